#include "sim/graph/routed_demand.hpp"

#include <algorithm>
#include <numeric>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/graph/all_pairs.hpp"

namespace splinternet {

namespace {

constexpr std::size_t kGrain = 8;  // origins that share one workspace

// An arc that some origins gain or lose.
struct ArcChange {
  enum class Kind { kGone, kNew };
  enum class For { kAll, kTail, kAllButTail };
  std::uint32_t tail;
  Arc arc;
  Kind kind;
  For whom;
};

bool is_same(const Arc& a, const Arc& b) {
  return a.head == b.head && a.link == b.link && a.weight == b.weight;
}

// The arcs of one tail in both policies, both in order of rank of their heads.
void compare_tail(const RoutingIndex& before, const RoutingIndex& after, std::uint32_t tail,
                  std::vector<ArcChange>& changes) {
  using For = ArcChange::For;
  using Kind = ArcChange::Kind;
  const bool passed = before.may_pass(tail);
  const bool passes = after.may_pass(tail);
  const auto gone = [&](const Arc& arc) {
    changes.push_back({tail, arc, Kind::kGone, passed ? For::kAll : For::kTail});
  };
  const auto added = [&](const Arc& arc) {
    changes.push_back({tail, arc, Kind::kNew, passes ? For::kAll : For::kTail});
  };
  const std::span<const Arc> old_arcs = before.arcs(tail);
  const std::span<const Arc> new_arcs = after.arcs(tail);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < old_arcs.size() || j < new_arcs.size()) {
    const bool both = i < old_arcs.size() && j < new_arcs.size();
    if (both && is_same(old_arcs[i], new_arcs[j])) {
      if (passed != passes) {
        changes.push_back({tail, old_arcs[i], passed ? Kind::kGone : Kind::kNew, For::kAllButTail});
      }
      ++i;
      ++j;
    } else if (j == new_arcs.size() || (both && before.rank(old_arcs[i].head) <= before.rank(new_arcs[j].head))) {
      gone(old_arcs[i++]);
    } else {
      added(new_arcs[j++]);
    }
  }
}

bool concerns(const ArcChange& change, std::uint32_t origin, std::span<const std::uint32_t> distance) {
  if (change.whom == ArcChange::For::kTail && origin != change.tail) return false;
  if (change.whom == ArcChange::For::kAllButTail && origin == change.tail) return false;
  if (distance[change.tail] == kUnreachable) return false;
  const std::uint64_t reached = std::uint64_t{distance[change.tail]} + change.arc.weight;
  const std::uint32_t known = distance[change.arc.head];
  return change.kind == ArcChange::Kind::kGone ? reached == known : reached <= known;
}

}  // namespace

RoutedDemand route_demand(const RoutingIndex& index, std::span<const double> demand, PathSplit split) {
  const std::size_t n = index.node_count();
  RoutedDemand routed;
  routed.distance.resize(n * n);
  routed.transit.resize(n * n);
  routed.link_load.resize(n * index.link_count());
  routed.lost.resize(n);
  std::vector<std::uint32_t> origins(n);
  std::iota(origins.begin(), origins.end(), 0U);
  reroute_demand(index, demand, origins, routed, split);
  return routed;
}

void reroute_demand(const RoutingIndex& index, std::span<const double> demand, std::span<const std::uint32_t> origins,
                    RoutedDemand& routed, PathSplit split) {
  const std::size_t n = index.node_count();
  const std::size_t links = index.link_count();
  SPLINTERNET_CHECK(demand.size() == n * n, demand.size(), n);
  SPLINTERNET_CHECK(routed.distance.size() == n * n && routed.transit.size() == n * n, routed.distance.size(), n);
  SPLINTERNET_CHECK(routed.link_load.size() == n * links && routed.lost.size() == n, routed.link_load.size(), links);
  const std::vector<std::uint32_t> distance = shortest_distances(index, origins);
  parallel::for_each_range(origins.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    RoutingQuery query(n);
    for (std::size_t k = begin; k < end; ++k) {
      const std::uint32_t o = origins[k];
      query.follow(index, o, std::span(distance).subspan(k * n, n));
      std::copy(query.distance().begin(), query.distance().end(),
                routed.distance.begin() + static_cast<std::ptrdiff_t>(o * n));
      const std::span<double> transit = std::span(routed.transit).subspan(o * n, n);
      const std::span<double> link_load = std::span(routed.link_load).subspan(o * links, links);
      std::fill(transit.begin(), transit.end(), 0.0);
      std::fill(link_load.begin(), link_load.end(), 0.0);
      routed.lost[o] = query.accumulate_transit(demand.subspan(o * n, n), transit, link_load, split);
    }
  });
}

std::vector<std::uint32_t> origins_that_change(const RoutingIndex& before, const RoutingIndex& after,
                                               std::span<const std::uint32_t> distance_before) {
  const std::size_t n = before.node_count();
  SPLINTERNET_CHECK(after.node_count() == n && distance_before.size() == n * n, n, distance_before.size());
  SPLINTERNET_CHECK(after.link_count() == before.link_count(), after.link_count(), before.link_count());
  std::vector<ArcChange> changes;
  for (std::uint32_t tail = 0; tail < n; ++tail) {
    SPLINTERNET_CHECK(before.rank(tail) == after.rank(tail), tail, before.rank(tail), after.rank(tail));
    compare_tail(before, after, tail, changes);
  }
  std::vector<std::uint32_t> origins;
  for (std::uint32_t origin = 0; origin < n; ++origin) {
    const std::span<const std::uint32_t> distance = distance_before.subspan(origin * n, n);
    const bool changed = std::any_of(changes.begin(), changes.end(),
                                     [&](const ArcChange& change) { return concerns(change, origin, distance); });
    if (changed) origins.push_back(origin);
  }
  return origins;
}

}  // namespace splinternet
