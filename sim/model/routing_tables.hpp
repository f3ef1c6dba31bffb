#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/setting.hpp"

namespace splinternet {

class World;

/// Shortest paths of every policy class from every origin. A policy class is the set of frameworks whose link filters
/// (clean_carrier, clean_cable) a country keeps; it does not depend on who else is a member, so the tables change only
/// when links or strengths do, and the class a country *would* be in is a table look-up.
struct RoutingTables {
  /// Frameworks with a link filter: class c filters those whose bit is set among these, in order.
  std::vector<std::uint32_t> filters;
  struct Class {
    std::vector<std::uint32_t> distance;  ///< [origin][destination] 0.1 µs, kUnreachable without a path
    std::vector<double> transit;          ///< [origin][country] share of world demand of the origin that passes through
    std::vector<double> link_load;        ///< [origin][link]
    std::vector<double> lost;             ///< [origin] share of world demand without a path
  };
  std::vector<Class> classes;                    ///< 2^filters.size(); class 0 is unrestricted
  std::vector<std::uint32_t> baseline_distance;  ///< class 0 with all links in use
  std::uint64_t depends_on = 0;                  ///< digest of what the tables were computed from
};

/// Computes all classes, in parallel over origins, unless links in use and filters are those of the tables at hand.
void update_routing_tables(const World& world, RoutingTables& tables);

/// Share of the origin's traffic that keeps each class, given the depth [framework] at which provisions bind.
/// weights has one entry per class; sums to 1.
void class_weights(const World& world, std::span<const double> depth, std::span<double> weights);

}  // namespace splinternet
