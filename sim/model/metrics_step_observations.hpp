#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sim/graph/network.hpp"

namespace splinternet {

/// The value of what the scenario has no section for.
inline constexpr double kNotObserved = std::numeric_limits<double>::quiet_NaN();

/// What is measured at metrics steps only, since it costs much more than a sum (docs/MODEL.md, "Metrics"); between
/// them the values are those of the last one. Empty or NaN without data.
struct NetworkObservations {
  // the links in use, as one network of countries
  double link_components = kNotObserved;
  double algebraic_connectivity = kNotObserved;      ///< normalised, of the largest component
  double betweenness_centralization = kNotObserved;  ///< Freeman's
  double articulation_countries = kNotObserved;
  double bridge_links = kNotObserved;
  std::vector<double> betweenness;   ///< [country] share of pairs of others
  std::vector<double> avoidability;  ///< [country] share of pairs of others
  std::vector<double> bridge;        ///< [link] in order of the table, 1 or 0
  // what the filters of a framework leave
  std::vector<double> usable_components;    ///< [framework]
  std::vector<double> usable_connectivity;  ///< [framework] normalised, of the largest component
  std::vector<double> usable_reach;         ///< [framework] share of pairs of a member and another country
  // between the blocs of two frameworks
  std::vector<double> minimum_cut_tbps;  ///< [framework][other framework]
};

/// Divisions of countries, measured at metrics steps too. NaN without data or trade.
struct DivisionObservations {
  double modularity_zero_diagonal_data = kNotObserved;
  double modularity_zero_diagonal_trade = kNotObserved;
  double decoupling_zero_diagonal_data = kNotObserved;
  double decoupling_zero_diagonal_trade = kNotObserved;
  // mean distance of two members of the same bloc and of different blocs, the unaligned left out
  double ideal_point_distance_within = kNotObserved;
  double ideal_point_distance_across = kNotObserved;
  double restrictiveness_distance_within = kNotObserved;
  double restrictiveness_distance_across = kNotObserved;
};

/// Links and filters as they were when the network was last measured.
struct NetworkMemory {
  std::uint64_t depends_on = 0;    ///< RoutingTables::depends_on of that moment
  std::optional<Network> network;  ///< all links, in order of id
  std::vector<AvoidSet> avoid;     ///< [framework] what its filters forbid
};

}  // namespace splinternet
