#include "sim/graph/congested_network.hpp"

#include <sstream>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();

bool is_amount(double value) {
  return value >= 0.0 && value < kInfinity;
}

}  // namespace

CongestedNetwork::CongestedNetwork(std::size_t node_count, std::vector<CongestedLink> links)
    : node_count_(node_count), links_(std::move(links)) {
  for (std::size_t link = 0; link < links_.size(); ++link) check(link);
}

std::string CongestedNetwork::name(std::size_t link) const {
  return "link " + std::to_string(link) + " (" + std::to_string(links_[link].tail) + " -> " +
         std::to_string(links_[link].head) + ")";
}

void CongestedNetwork::check(std::size_t link) const {
  const CongestedLink& row = links_[link];
  const auto refuse = [&](const auto&... words) {
    std::ostringstream text;
    text << name(link);
    (text << ... << words);
    throw DataError(text.str());
  };
  if (row.tail >= node_count_ || row.head >= node_count_) refuse(" leaves the network of ", node_count_, " nodes");
  if (row.tail == row.head) refuse(" joins a node to itself");
  if (!is_amount(row.free_time)) refuse(" has a free time of ", row.free_time, "; it must be finite and not negative");
  if (!is_amount(row.fixed_cost)) {
    refuse(" has a fixed cost of ", row.fixed_cost, "; it must be finite and not negative");
  }
  if (!is_amount(row.b)) refuse(" has b = ", row.b, "; it must be finite and not negative");
  if (!(row.power == 0.0 || (row.power >= 1.0 && row.power < kInfinity))) {
    refuse(" has a power of ", row.power, "; it must be 0, or at least 1 and finite");
  }
  if (row.b > 0.0 && !(row.capacity > 0.0 && row.capacity < kInfinity)) {
    refuse(" has a capacity of ", row.capacity, "; it must be positive and finite, or else b = 0");
  }
}

}  // namespace splinternet
