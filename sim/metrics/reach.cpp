#include "sim/metrics/reach.hpp"

#include <algorithm>

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

bool has_ratio(std::uint32_t now, std::uint32_t before) {
  return now != kNoPath && before != kNoPath && before != 0;
}

double ratio(std::uint32_t now, std::uint32_t before) {
  return static_cast<double>(now) / static_cast<double>(before);
}

void check_size(std::size_t cells, std::size_t nodes) {
  SPLINTERNET_CHECK(cells == nodes * nodes, "cells:", cells, "nodes:", nodes);
}

}  // namespace

double reach_loss_by_demand(std::span<const double> demand, std::span<const std::uint32_t> distance,
                            std::size_t nodes) {
  check_size(demand.size(), nodes);
  check_size(distance.size(), nodes);
  double total = 0.0;
  double lost = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    total += demand[cell];
    if (distance[cell] == kNoPath) lost += demand[cell];
  });
  return total > 0.0 ? lost / total : 0.0;
}

double reach_loss_by_pair(std::span<const std::uint32_t> distance, std::size_t nodes) {
  check_size(distance.size(), nodes);
  if (nodes < 2) return 0.0;
  std::size_t lost = 0;
  for_each_pair(nodes, [&](std::size_t cell) { lost += distance[cell] == kNoPath ? 1 : 0; });
  return static_cast<double>(lost) / pair_count(nodes);
}

double demand_weighted_stretch(std::span<const double> demand, std::span<const std::uint32_t> distance,
                               std::span<const std::uint32_t> baseline, std::size_t nodes) {
  check_size(demand.size(), nodes);
  check_size(distance.size(), nodes);
  check_size(baseline.size(), nodes);
  double now = 0.0;
  double before = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    if (distance[cell] == kNoPath || baseline[cell] == kNoPath) return;
    now += demand[cell] * distance[cell];
    before += demand[cell] * baseline[cell];
  });
  return before > 0.0 ? now / before : 1.0;
}

double mean_stretch(std::span<const double> demand, std::span<const std::uint32_t> distance,
                    std::span<const std::uint32_t> baseline, std::size_t nodes) {
  check_size(demand.size(), nodes);
  check_size(distance.size(), nodes);
  check_size(baseline.size(), nodes);
  double weighted = 0.0;
  double total = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    if (!has_ratio(distance[cell], baseline[cell])) return;
    weighted += demand[cell] * ratio(distance[cell], baseline[cell]);
    total += demand[cell];
  });
  return total > 0.0 ? weighted / total : 1.0;
}

double largest_stretch(std::span<const std::uint32_t> distance, std::span<const std::uint32_t> baseline,
                       std::size_t nodes) {
  check_size(distance.size(), nodes);
  check_size(baseline.size(), nodes);
  double largest = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    if (has_ratio(distance[cell], baseline[cell])) largest = std::max(largest, ratio(distance[cell], baseline[cell]));
  });
  return largest > 0.0 ? largest : 1.0;
}

double global_efficiency(std::span<const std::uint32_t> distance, std::size_t nodes) {
  check_size(distance.size(), nodes);
  if (nodes < 2) return 0.0;
  double sum = 0.0;
  for_each_pair(nodes, [&](std::size_t cell) {
    if (distance[cell] != kNoPath) sum += 1.0 / static_cast<double>(std::max(distance[cell], 1U));
  });
  return sum / pair_count(nodes);
}

double efficiency_ratio(std::span<const std::uint32_t> distance, std::span<const std::uint32_t> baseline,
                        std::size_t nodes) {
  const double before = global_efficiency(baseline, nodes);
  return before > 0.0 ? global_efficiency(distance, nodes) / before : 1.0;
}

}  // namespace splinternet::metrics
