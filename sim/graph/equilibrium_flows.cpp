#include "sim/graph/equilibrium_flows.hpp"

#include <algorithm>

#include "sim/core/check.hpp"

namespace splinternet {

std::span<const std::uint32_t> PathFlows::path(std::size_t k) const {
  return std::span(links).subspan(first_link[k], first_link[k + 1] - first_link[k]);
}

void PathFlows::add(std::uint32_t class_index, std::uint32_t from, std::uint32_t to, double amount,
                    std::span<const std::uint32_t> path_links) {
  travel_class.push_back(class_index);
  origin.push_back(from);
  destination.push_back(to);
  flow.push_back(amount);
  links.insert(links.end(), path_links.begin(), path_links.end());
  first_link.push_back(static_cast<std::uint32_t>(links.size()));
}

void sum_classes(std::span<const double> class_flow, std::span<double> total) {
  std::fill(total.begin(), total.end(), 0.0);
  for (std::size_t begin = 0; begin < class_flow.size(); begin += total.size()) {
    for (std::size_t link = 0; link < total.size(); ++link) total[link] += class_flow[begin + link];
  }
}

double relative_gap(std::span<const double> flow, std::span<const double> cost, double shortest_cost) {
  SPLINTERNET_CHECK(flow.size() == cost.size(), flow.size(), cost.size());
  double spent = 0.0;
  for (std::size_t link = 0; link < flow.size(); ++link) spent += flow[link] * cost[link];
  if (shortest_cost > 0.0) return std::max(0.0, (spent - shortest_cost) / shortest_cost);
  return spent > 0.0 ? __builtin_inf() : 0.0;
}

}  // namespace splinternet
