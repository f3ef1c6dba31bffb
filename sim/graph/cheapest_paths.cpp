#include "sim/graph/cheapest_paths.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kSources = 4;         // that one thread takes at a time
constexpr std::size_t kFewestOrigins = 16;  // of a group; part of the definition of every sum …
constexpr std::size_t kMostGroups = 64;     // … as is this

/// The loads of some origins, one after the other.
class Group {
 public:
  Group(const ArcsInto& arcs, std::size_t link_count, PathSplit split)
      : arcs_(arcs), split_(split), search_(arcs.node_count()), carried_(arcs.node_count()), place_(arcs.node_count()) {
    loads_.link.assign(link_count, 0.0);
    loads_.transit.assign(arcs.node_count(), 0.0);
  }

  /// `demand` is that of the origin by zone.
  void add(std::uint32_t origin, std::span<const double> demand) {
    PathTree tree;
    search_.run(arcs_, origin, tree);
    std::fill(carried_.begin(), carried_.end(), 0.0);
    double lost = 0.0;
    for (std::size_t zone = 0; zone < demand.size(); ++zone) {
      if (zone == origin || demand[zone] == 0.0) continue;
      const double cost = search_.label()[zone];
      (std::isfinite(cost) ? loads_.cost : lost) += std::isfinite(cost) ? demand[zone] * cost : demand[zone];
    }
    loads_.lost.push_back(lost);
    for (std::size_t place = 0; place < tree.order.size(); ++place) place_[tree.order[place]] = place;
    // A node comes after those before it on its paths, so backwards all that it passes on has come when its turn comes.
    for (std::size_t place = tree.order.size(); place-- > 0;) {
      const std::uint32_t node = tree.order[place];
      if (tree.arc[node] == kNoArc) continue;
      loads_.transit[node] += carried_[node];
      pass_on(node, tree.arc[node], carried_[node] + (node < demand.size() ? demand[node] : 0.0));
    }
  }

  [[nodiscard]] const PathLoads& loads() const { return loads_; }

 private:
  void pass_on(std::uint32_t node, std::uint32_t best_arc, double arriving) {
    if (arriving == 0.0) return;
    const auto send = [&](std::uint32_t arc, double part) {
      carried_[arcs_.tail(arc)] += part;
      loads_.link[arcs_.link(arc)] += part;
    };
    if (split_ == PathSplit::kSingle) return send(best_arc, arriving);
    double ways = 0.0;
    for (std::uint32_t arc = arcs_.first(node); arc < arcs_.first(node + 1); ++arc) ways += is_tight(arc) ? 1.0 : 0.0;
    for (std::uint32_t arc = arcs_.first(node); arc < arcs_.first(node + 1); ++arc) {
      if (is_tight(arc)) send(arc, arriving / ways);
    }
  }

  /// Only along an arc of cost zero can the tail come later.
  [[nodiscard]] bool is_tight(std::uint32_t arc) const {
    const std::uint32_t tail = arcs_.tail(arc), head = arcs_.head(arc);
    return search_.may_leave(tail) && search_.label()[tail] + arcs_.cost(arc) == search_.label()[head] &&
           place_[tail] < place_[head];
  }

  const ArcsInto& arcs_;
  PathSplit split_;
  TreeSearch search_;
  std::vector<double> carried_;
  std::vector<std::size_t> place_;  // node → where it stands in the order
  PathLoads loads_;
};

void write_row(const ArcsInto& arcs, const TreeSearch& search, const PathTree& tree, std::size_t row,
               CheapestPaths& out) {
  const std::size_t nodes = arcs.node_count();
  std::copy(search.label().begin(), search.label().end(), &out.cost[row * nodes]);
  for (std::size_t node = 0; node < nodes; ++node) {
    const std::uint32_t arc = tree.arc[node];
    if (arc == kNoArc) continue;
    out.predecessor[row * nodes + node] = arcs.tail(arc);
    out.predecessor_link[row * nodes + node] = arcs.link(arc);
  }
}

}  // namespace

CheapestPaths cheapest_paths(const ArcsInto& arcs, std::span<const std::uint32_t> sources) {
  const std::size_t cells = sources.size() * arcs.node_count();
  CheapestPaths paths{std::vector<double>(cells), std::vector<std::uint32_t>(cells, kNoNode),
                      std::vector<std::uint32_t>(cells, kNoNode)};
  parallel::for_each_range(sources.size(), kSources, [&](std::size_t begin, std::size_t end) {
    TreeSearch search(arcs.node_count());
    for (std::size_t row = begin; row < end; ++row) {
      PathTree tree;
      search.run(arcs, sources[row], tree);
      write_row(arcs, search, tree, row, paths);
    }
  });
  return paths;
}

PathLoads load_paths(const ArcsInto& arcs, std::size_t link_count, std::size_t zone_count,
                     std::span<const double> demand, PathSplit split) {
  SPLINTERNET_CHECK(zone_count <= arcs.node_count() && demand.size() == zone_count * zone_count, zone_count,
                    demand.size(), arcs.node_count());
  const std::size_t origins = std::max(kFewestOrigins, (zone_count + kMostGroups - 1) / kMostGroups);
  std::vector<Group> groups((zone_count + origins - 1) / origins, Group(arcs, link_count, split));
  parallel::for_each_range(groups.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t g = begin; g < end; ++g) {
      for (std::size_t origin = g * origins; origin < std::min(zone_count, (g + 1) * origins); ++origin) {
        groups[g].add(static_cast<std::uint32_t>(origin), demand.subspan(origin * zone_count, zone_count));
      }
    }
  });
  PathLoads total{std::vector<double>(link_count, 0.0), std::vector<double>(arcs.node_count(), 0.0), {}, 0.0};
  for (const Group& group : groups) {
    const PathLoads& part = group.loads();
    for (std::size_t link = 0; link < link_count; ++link) total.link[link] += part.link[link];
    for (std::size_t node = 0; node < arcs.node_count(); ++node) total.transit[node] += part.transit[node];
    total.lost.insert(total.lost.end(), part.lost.begin(), part.lost.end());
    total.cost += part.cost;
  }
  return total;
}

}  // namespace splinternet
