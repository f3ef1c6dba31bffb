#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace splinternet {

/// Flows by path, one entry per path in use, in order of class, origin and destination. Path k runs over
/// links[first_link[k]] … links[first_link[k + 1] − 1], from origin to destination.
struct PathFlows {
  std::vector<std::uint32_t> travel_class{}, origin{}, destination{};
  std::vector<double> flow{};
  std::vector<std::uint32_t> first_link{0};
  std::vector<std::uint32_t> links{};

  [[nodiscard]] std::size_t size() const { return flow.size(); }
  /// The links of path k.
  [[nodiscard]] std::span<const std::uint32_t> path(std::size_t k) const;
  /// Adds a path at the end.
  void add(std::uint32_t class_index, std::uint32_t from, std::uint32_t to, double amount,
           std::span<const std::uint32_t> path_links);
};

/// When an assignment ends.
struct StopRule {
  double gap = 1e-5;            ///< relative gap that is small enough
  int most_iterations = 10000;  ///< of all-or-nothing loads after the first flows
  /// Called between iterations if there is any: what it throws comes out.
  std::function<void()> between_iterations{};
};

/// Where an assignment has come.
struct EquilibriumFlows {
  std::vector<double> class_flow{};  ///< [class][link]
  std::vector<double> gaps{};        ///< relative gap of the first flows and after every iteration
  bool converged = false;            ///< the last gap is small enough
  PathFlows paths{};                 ///< empty if the method keeps none
};

/// total[link] = Σ over classes, in order of class, of class_flow[class][link].
void sum_classes(std::span<const double> class_flow, std::span<double> total);

/// (Σ x·c − Σ T·d) / Σ T·d: how much dearer the paths in use are than the cheapest, given the link flows x and costs c
/// and the sum of demand × cheapest path cost. 0 if neither costs anything, infinite if only the cheapest are free.
double relative_gap(std::span<const double> flow, std::span<const double> cost, double shortest_cost);

}  // namespace splinternet
