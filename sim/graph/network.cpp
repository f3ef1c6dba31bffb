#include "sim/graph/network.hpp"

#include <algorithm>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet {

namespace {

void check_link(std::size_t link, LinkEnds ends, std::size_t node_count) {
  const std::string name =
      "link " + std::to_string(link) + " (" + std::to_string(ends.a) + "–" + std::to_string(ends.b) + ")";
  if (ends.a >= node_count || ends.b >= node_count) {
    throw DataError(name + ": there are only " + std::to_string(node_count) + " nodes, numbered from 0");
  }
  if (ends.a == ends.b) {
    throw DataError(name + " joins a node to itself; leave it out, domestic traffic needs no link");
  }
}

// A shortest path has at most node_count − 1 links, so below this bound no sum of weights can overflow.
void check_longest_path(std::size_t node_count, std::span<const std::uint32_t> weights) {
  if (weights.empty()) return;
  const auto heaviest = std::max_element(weights.begin(), weights.end());
  const std::uint64_t longest = static_cast<std::uint64_t>(node_count - 1) * *heaviest;
  if (longest >= kUnreachable) {
    throw DataError("link " + std::to_string(heaviest - weights.begin()) + " weighs " + std::to_string(*heaviest) +
                    " (0.1 µs); with " + std::to_string(node_count) + " nodes a link may weigh at most " +
                    std::to_string((kUnreachable - 1) / (node_count - 1)) + ", or path lengths could overflow");
  }
}

}  // namespace

Network::Network(std::size_t node_count, std::span<const LinkEnds> links, std::span<const std::uint32_t> weights)
    : links_(links.begin(), links.end()),
      weights_(weights.begin(), weights.end()),
      first_out_(node_count + 1, 0),
      arcs_(2 * links.size()) {
  if (weights.size() != links.size()) {
    throw DataError(std::to_string(links.size()) + " links but " + std::to_string(weights.size()) + " link weights");
  }
  for (std::size_t link = 0; link < links.size(); ++link) {
    check_link(link, links[link], node_count);
    ++first_out_[links[link].a + 1];
    ++first_out_[links[link].b + 1];
  }
  check_longest_path(node_count, weights);
  for (std::size_t node = 0; node < node_count; ++node) first_out_[node + 1] += first_out_[node];
  std::vector<std::uint32_t> next(first_out_.begin(), first_out_.end() - 1);
  for (std::size_t link = 0; link < links.size(); ++link) {
    const auto id = static_cast<std::uint32_t>(link);
    const auto [a, b] = links[link];
    arcs_[next[a]++] = {b, id, weights[link]};
    arcs_[next[b]++] = {a, id, weights[link]};
  }
}

std::span<const Arc> Network::arcs(std::size_t node) const {
  return std::span<const Arc>(arcs_).subspan(first_out_[node], first_out_[node + 1] - first_out_[node]);
}

}  // namespace splinternet
