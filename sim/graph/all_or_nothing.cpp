#include "sim/graph/all_or_nothing.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();
// Arcs that a group of origins looks at: enough to be worth a thread's while. Part of the definition of every sum.
constexpr std::size_t kArcsPerGroup = 32768;

}  // namespace

AllOrNothing::AllOrNothing(const CongestedNetwork& network, const TrafficDemand& demand)
    : network_(network),
      demand_(demand),
      flow_(demand.classes.size() * network.link_count(), 0.0),
      unserved_(demand.classes.size(), 0.0) {
  for (std::uint32_t index = 0; index < demand.classes.size(); ++index) {
    arcs_.emplace_back(network, demand.classes[index].avoid);
    for (std::uint32_t origin = 0; origin < demand.zone_count; ++origin) {
      rows_.push_back({index, origin});
      double away = 0.0;
      for (std::size_t zone = 0; zone < demand.zone_count; ++zone) {
        if (zone != origin) away += this->demand(rows_.size() - 1)[zone];
      }
      if (!(away > 0.0)) rows_.pop_back();
    }
  }
  trees_.resize(rows_.size());
  make_groups();
}

void AllOrNothing::make_groups() {
  const std::size_t most = 1 + kArcsPerGroup / (1 + network_.link_count());
  for (std::size_t begin = 0, end = 0; begin < rows_.size(); begin = end) {
    while (end < rows_.size() && end - begin < most && rows_[end].travel_class == rows_[begin].travel_class) ++end;
    groups_.push_back({begin, end, TreeSearch(network_.node_count()), std::vector<double>(network_.node_count()),
                       std::vector<double>(network_.link_count())});
  }
}

std::span<const double> AllOrNothing::demand(std::size_t row) const {
  const std::span<const double> all = demand_.classes[rows_[row].travel_class].demand;
  return all.subspan(rows_[row].origin * demand_.zone_count, demand_.zone_count);
}

void AllOrNothing::load(std::span<const double> link_cost) {
  SPLINTERNET_CHECK(link_cost.size() == network_.link_count(), link_cost.size(), network_.link_count());
  for (ArcsInto& arcs : arcs_) arcs.set_costs(link_cost);
  parallel::for_each_range(groups_.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t group = begin; group < end; ++group) load_group(groups_[group]);
  });
  std::fill(flow_.begin(), flow_.end(), 0.0);
  std::fill(unserved_.begin(), unserved_.end(), 0.0);
  shortest_cost_ = 0.0;
  for (const Group& group : groups_) {
    const std::size_t travel_class = rows_[group.begin].travel_class;
    const auto flow = std::span(flow_).subspan(travel_class * network_.link_count(), network_.link_count());
    for (std::size_t link = 0; link < flow.size(); ++link) flow[link] += group.flow[link];
    unserved_[travel_class] += group.unserved;
    shortest_cost_ += group.shortest_cost;
  }
}

void AllOrNothing::load_group(Group& group) {
  std::fill(group.flow.begin(), group.flow.end(), 0.0);
  group.shortest_cost = 0.0;
  group.unserved = 0.0;
  for (std::size_t row = group.begin; row < group.end; ++row) load_row(group, row);
}

void AllOrNothing::load_row(Group& group, std::size_t row) {
  const ArcsInto& arcs = arcs_[rows_[row].travel_class];
  const std::uint32_t origin = rows_[row].origin;
  PathTree& tree = trees_[row];
  group.search.run(arcs, origin, tree);
  const std::span<const double> label = group.search.label();
  const std::span<const double> wanted = demand(row);
  std::fill(group.carried.begin(), group.carried.end(), 0.0);
  for (std::size_t zone = 0; zone < wanted.size(); ++zone) {
    if (zone == origin || wanted[zone] == 0.0) continue;
    if (label[zone] < kInfinity) {
      group.carried[zone] = wanted[zone];
      group.shortest_cost += wanted[zone] * label[zone];
    } else {
      group.unserved += wanted[zone];
    }
  }
  // A node comes after the one before it on its path, so backwards every subtree is complete when its root comes.
  for (std::size_t place = tree.order.size(); place > 0; --place) {
    const std::uint32_t node = tree.order[place - 1];
    const std::uint32_t arc = tree.arc[node];
    if (arc == kNoArc) continue;
    group.flow[arcs.link(arc)] += group.carried[node];
    group.carried[arcs.tail(arc)] += group.carried[node];
  }
}

void AllOrNothing::path(std::size_t row, std::uint32_t destination, std::vector<std::uint32_t>& links) const {
  const ArcsInto& arcs = arcs_[rows_[row].travel_class];
  const PathTree& tree = trees_[row];
  links.clear();
  for (std::uint32_t arc = tree.arc[destination]; arc != kNoArc; arc = tree.arc[arcs.tail(arc)]) {
    links.push_back(arcs.link(arc));
  }
}

std::vector<double> path_costs(const CongestedNetwork& network, std::size_t zone_count, const AvoidSet& avoid,
                               std::span<const double> link_cost) {
  SPLINTERNET_CHECK(zone_count <= network.node_count(), zone_count, network.node_count());
  SPLINTERNET_CHECK(link_cost.size() == network.link_count(), link_cost.size(), network.link_count());
  ArcsInto arcs(network, avoid);
  arcs.set_costs(link_cost);
  TreeSearch search(network.node_count());
  std::vector<double> costs;
  costs.reserve(zone_count * zone_count);
  for (std::uint32_t origin = 0; origin < zone_count; ++origin) {
    PathTree tree;
    search.run(arcs, origin, tree);
    costs.insert(costs.end(), search.label().begin(), search.label().begin() + static_cast<std::ptrdiff_t>(zone_count));
  }
  return costs;
}

}  // namespace splinternet
