#include "sim/graph/avoidability.hpp"

#include <algorithm>
#include <cstddef>

#include "sim/core/check.hpp"

namespace splinternet {

namespace {

/// Breadth-first search from one node; marks who was reached.
class Search {
 public:
  Search(const Network& network, const AvoidSet& avoid)
      : network_(network), avoid_(avoid), reached_(network.node_count(), 0) {}

  void forget() { std::fill(reached_.begin(), reached_.end(), std::uint8_t{0}); }

  /// The nodes reached from `start` and not before, `start` first.
  const std::vector<std::uint32_t>& run(std::uint32_t start) {
    found_.assign(1, start);
    reached_[start] = 1;
    for (std::size_t place = 0; place < found_.size(); ++place) {
      const std::uint32_t node = found_[place];
      if (place > 0 && is_marked(avoid_.transit, node)) continue;  // absorbing: the path ends here
      for (const Arc& arc : network_.arcs(node)) {
        if (reached_[arc.head] != 0 || is_marked(avoid_.link, arc.link)) continue;
        reached_[arc.head] = 1;
        found_.push_back(arc.head);
      }
    }
    return found_;
  }

  [[nodiscard]] bool has_reached(std::size_t node) const { return reached_[node] != 0; }
  void block(std::size_t node) { reached_[node] = 1; }

 private:
  static bool is_marked(const std::vector<std::uint8_t>& marks, std::size_t n) {
    return !marks.empty() && marks[n] != 0;
  }

  const Network& network_;
  const AvoidSet& avoid_;
  std::vector<std::uint8_t> reached_;
  std::vector<std::uint32_t> found_;
};

}  // namespace

double avoidability(const Network& network, const AvoidSet& avoid, std::span<const std::uint8_t> source,
                    std::span<const std::uint8_t> destination) {
  const std::size_t nodes = network.node_count();
  SPLINTERNET_CHECK(source.size() == nodes && destination.size() == nodes, source.size(), destination.size(), nodes);
  SPLINTERNET_CHECK(avoid.transit.empty() || avoid.transit.size() == nodes, avoid.transit.size(), nodes);
  SPLINTERNET_CHECK(avoid.link.empty() || avoid.link.size() == network.link_count(), avoid.link.size());
  Search search(network, avoid);
  std::size_t pairs = 0;
  std::size_t served = 0;
  const auto destinations = static_cast<std::size_t>(
      std::count_if(destination.begin(), destination.end(), [](std::uint8_t mark) { return mark != 0; }));
  for (std::uint32_t s = 0; s < nodes; ++s) {
    if (source[s] == 0) continue;
    pairs += destinations - (destination[s] != 0 ? 1 : 0);
    search.forget();
    for (const std::uint32_t d : search.run(s)) served += d != s && destination[d] != 0 ? 1 : 0;
  }
  return pairs == 0 ? 1.0 : static_cast<double>(served) / static_cast<double>(pairs);
}

std::vector<double> transit_avoidability(const Network& network) {
  const std::size_t nodes = network.node_count();
  std::vector<double> share(nodes, 1.0);
  if (nodes < 3) return share;
  const AvoidSet nothing;
  Search search(network, nothing);
  const auto pairs = static_cast<double>((nodes - 1) * (nodes - 2));
  for (std::size_t without = 0; without < nodes; ++without) {
    search.forget();
    search.block(without);
    std::size_t connected = 0;
    for (std::uint32_t start = 0; start < nodes; ++start) {
      if (search.has_reached(start)) continue;
      const std::size_t size = search.run(start).size();
      connected += size * (size - 1);
    }
    share[without] = static_cast<double>(connected) / pairs;
  }
  return share;
}

}  // namespace splinternet
