#include "sim/metrics/reach.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/core/function_ref.hpp"

namespace splinternet::metrics {

namespace {

// Calls body(cell) for every ordered pair of different nodes, row by row.
void for_each_pair(std::size_t nodes, FunctionRef<void(std::size_t)> body) {
  for (std::size_t from = 0; from < nodes; ++from) {
    for (std::size_t to = 0; to < nodes; ++to) {
      if (from != to) body(from * nodes + to);
    }
  }
}

double pair_count(std::size_t nodes) {
  return static_cast<double>(nodes) * (static_cast<double>(nodes) - 1.0);
}

bool has_path(double distance) {
  return distance < std::numeric_limits<double>::infinity();
}

bool has_ratio(double now, double before) {
  return has_path(now) && has_path(before) && before != 0.0;
}

void check_size(std::size_t cells, std::size_t nodes) {
  SPLINTERNET_CHECK(cells == nodes * nodes, "cells:", cells, "nodes:", nodes);
}

}  // namespace

double reach_loss_by_demand(std::span<const double> demand, PathLengths distance, std::size_t nodes) {
  check_size(demand.size(), nodes);
  check_size(distance.size(), nodes);
  double total = 0.0;
  double lost = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    total += demand[cell];
    if (!has_path(distance[cell])) lost += demand[cell];
  });
  return total > 0.0 ? lost / total : 0.0;
}

double reach_loss_by_pair(PathLengths distance, std::size_t nodes) {
  check_size(distance.size(), nodes);
  if (nodes < 2) return 0.0;
  std::size_t lost = 0;
  for_each_pair(nodes, [&](std::size_t cell) { lost += has_path(distance[cell]) ? 0 : 1; });
  return static_cast<double>(lost) / pair_count(nodes);
}

double demand_weighted_stretch(std::span<const double> demand, PathLengths distance, PathLengths baseline,
                               std::size_t nodes) {
  check_size(demand.size(), nodes);
  check_size(distance.size(), nodes);
  check_size(baseline.size(), nodes);
  double now = 0.0;
  double before = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    if (!has_path(distance[cell]) || !has_path(baseline[cell])) return;
    now += demand[cell] * distance[cell];
    before += demand[cell] * baseline[cell];
  });
  return before > 0.0 ? now / before : 1.0;
}

double mean_stretch(std::span<const double> demand, PathLengths distance, PathLengths baseline, std::size_t nodes) {
  check_size(demand.size(), nodes);
  check_size(distance.size(), nodes);
  check_size(baseline.size(), nodes);
  double weighted = 0.0;
  double total = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    if (!has_ratio(distance[cell], baseline[cell])) return;
    weighted += demand[cell] * (distance[cell] / baseline[cell]);
    total += demand[cell];
  });
  return total > 0.0 ? weighted / total : 1.0;
}

double largest_stretch(PathLengths distance, PathLengths baseline, std::size_t nodes) {
  check_size(distance.size(), nodes);
  check_size(baseline.size(), nodes);
  double largest = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    if (has_ratio(distance[cell], baseline[cell])) largest = std::max(largest, distance[cell] / baseline[cell]);
  });
  return largest > 0.0 ? largest : 1.0;
}

double global_efficiency(PathLengths distance, std::size_t nodes) {
  check_size(distance.size(), nodes);
  if (nodes < 2) return 0.0;
  double sum = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    if (has_path(distance[cell])) sum += 1.0 / std::max(distance[cell], distance.resolution());
  });
  return sum / pair_count(nodes);
}

double efficiency_ratio(PathLengths distance, PathLengths baseline, std::size_t nodes) {
  const double before = global_efficiency(baseline, nodes);
  return before > 0.0 ? global_efficiency(distance, nodes) / before : 1.0;
}

}  // namespace splinternet::metrics
