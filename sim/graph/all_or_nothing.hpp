#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/congested_network.hpp"
#include "sim/graph/traffic_demand.hpp"
#include "sim/graph/tree_search.hpp"

namespace splinternet {

/// Sends all demand along the paths that are cheapest at given link costs, class by class and origin by origin, in
/// parallel. Sums run over fixed groups of origins: the same bits for any number of threads. Trees are kept from call
/// to call to make the next one faster.
class AllOrNothing {
 public:
  /// All demand from one origin in one class; there is a row for each origin that demands anything.
  struct Row {
    std::uint32_t travel_class;
    std::uint32_t origin;
  };

  /// The network and the demand must outlive it and have been checked.
  AllOrNothing(const CongestedNetwork& network, const TrafficDemand& demand);

  /// Finds paths at these costs (one per link, ≥ 0 and finite) and loads the demand onto them.
  void load(std::span<const double> link_cost);

  /// Flow of the last load by class and link: [class][link].
  [[nodiscard]] std::span<const double> flow() const { return flow_; }
  /// Σ over classes and pairs of demand × cheapest cost, over pairs with a path.
  [[nodiscard]] double shortest_cost() const { return shortest_cost_; }
  /// Demand by class that no allowed path serves; does not depend on costs.
  [[nodiscard]] std::span<const double> unserved() const { return unserved_; }

  [[nodiscard]] std::span<const Row> rows() const { return rows_; }
  /// Demand of a row by destination zone.
  [[nodiscard]] std::span<const double> demand(std::size_t row) const;
  /// The links of the path found last, destination first; empty if there is none.
  void path(std::size_t row, std::uint32_t destination, std::vector<std::uint32_t>& links) const;

 private:
  // Rows of one class whose loads are added up one after the other.
  struct Group {
    std::size_t begin, end;
    TreeSearch search;
    std::vector<double> carried;  // node → demand for it and for what lies behind
    std::vector<double> flow;     // by link
    double shortest_cost = 0.0;
    double unserved = 0.0;
  };
  void make_groups();
  void load_group(Group& group);
  void load_row(Group& group, std::size_t row);

  const CongestedNetwork& network_;
  const TrafficDemand& demand_;
  std::vector<ArcsInto> arcs_;  // by class
  std::vector<Row> rows_;
  std::vector<PathTree> trees_;  // by row
  std::vector<Group> groups_;
  std::vector<double> flow_;
  std::vector<double> unserved_;
  double shortest_cost_ = 0.0;
};

/// Cost of the cheapest allowed path between all zones at given link costs: [origin][destination], infinite where none
/// is allowed, 0 on the diagonal. The demand itself does not matter.
std::vector<double> path_costs(const CongestedNetwork& network, std::size_t zone_count, const AvoidSet& avoid,
                               std::span<const double> link_cost);

}  // namespace splinternet
