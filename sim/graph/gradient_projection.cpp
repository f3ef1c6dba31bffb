#include "sim/graph/gradient_projection.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

constexpr int kSweeps = 20;      // through all pairs, after each search
constexpr int kMostTrials = 30;  // of a move, until what is left of the difference in costs is small:
constexpr double kRemainder = 0.25;

/// A path in use; its links stand in the pool, destination first.
struct UsedPath {
  std::uint32_t first;
  std::uint32_t count;
  double flow;
};

/// All demand from one zone for another in one class.
struct Pair {
  std::uint32_t row;
  std::uint32_t destination;
  double demand;
  std::vector<UsedPath> paths;
};

class GradientProjection {
 public:
  GradientProjection(const LinkCosts& costs, AllOrNothing& loader)
      : costs_(costs),
        loader_(loader),
        flow_(costs.link_count()),
        cost_(costs.link_count()),
        slope_(costs.link_count()),
        mark_(costs.link_count(), 0) {
    for (std::uint32_t row = 0; row < loader.rows().size(); ++row) {
      const std::span<const double> demand = loader.demand(row);
      for (std::uint32_t zone = 0; zone < demand.size(); ++zone) {
        if (zone != loader.rows()[row].origin && demand[zone] > 0.0) pairs_.push_back({row, zone, demand[zone], {}});
      }
    }
  }

  EquilibriumFlows run(const PathFlows& start, std::span<const double> first_cost, const StopRule& rule) {
    take_paths(start);
    loader_.load(first_cost);
    for (Pair& pair : pairs_) {
      if (!pair.paths.empty()) continue;
      add_cheapest(pair);
      if (!pair.paths.empty()) pair.paths.front().flow = pair.demand;
    }
    EquilibriumFlows result;
    for (int iteration = 0;; ++iteration) {
      if (rule.between_iterations) rule.between_iterations();
      compact();
      result.class_flow = class_flow();
      sum_classes(result.class_flow, flow_);
      costs_.costs_and_slopes(flow_, cost_, slope_);
      loader_.load(cost_);
      result.gaps.push_back(relative_gap(flow_, cost_, loader_.shortest_cost()));
      result.converged = result.gaps.back() <= rule.gap;
      if (result.converged || iteration == rule.most_iterations) break;
      for (Pair& pair : pairs_) add_cheapest(pair);
      for (int sweep = 0; sweep < kSweeps; ++sweep) {
        for (Pair& pair : pairs_) {
          if (pair.paths.size() > 1) balance(pair);
        }
      }
    }
    result.paths = paths();
    return result;
  }

 private:
  [[nodiscard]] std::span<const std::uint32_t> links(const UsedPath& path) const {
    return std::span(pool_).subspan(path.first, path.count);
  }

  void add(Pair& pair, double flow, auto begin, auto end) {
    const auto first = static_cast<std::uint32_t>(pool_.size());
    pool_.insert(pool_.end(), begin, end);
    pair.paths.push_back({first, static_cast<std::uint32_t>(pool_.size()) - first, flow});
  }

  /// Both lists are in order of class, origin and destination.
  void take_paths(const PathFlows& start) {
    auto pair = pairs_.begin();
    const auto key = [&](const Pair& one) {
      const AllOrNothing::Row& row = loader_.rows()[one.row];
      return std::tuple(row.travel_class, row.origin, one.destination);
    };
    for (std::size_t k = 0; k < start.size(); ++k) {
      const auto wanted = std::tuple(start.travel_class[k], start.origin[k], start.destination[k]);
      while (pair != pairs_.end() && key(*pair) < wanted) ++pair;
      SPLINTERNET_CHECK(pair != pairs_.end() && key(*pair) == wanted, "path without demand:", k);
      const auto path = start.path(k);
      add(*pair, start.flow[k], path.rbegin(), path.rend());
    }
  }

  void add_cheapest(Pair& pair) {
    loader_.path(pair.row, pair.destination, found_);
    if (found_.empty()) return;
    for (const UsedPath& path : pair.paths) {
      const auto known = links(path);
      if (std::equal(known.begin(), known.end(), found_.begin(), found_.end())) return;
    }
    add(pair, 0.0, found_.begin(), found_.end());
  }

  [[nodiscard]] double cost_of(std::span<const std::uint32_t> path_links) const {
    double sum = 0.0;
    for (const std::uint32_t link : path_links) sum += cost_[link];
    return sum;
  }

  void balance(Pair& pair) {
    std::size_t cheapest = 0;
    double least = __builtin_inf();
    for (std::size_t k = 0; k < pair.paths.size(); ++k) {
      const double cost = cost_of(links(pair.paths[k]));
      if (cost < least) {
        least = cost;
        cheapest = k;
      }
    }
    for (std::size_t k = 0; k < pair.paths.size(); ++k) {
      if (k != cheapest) move(pair.paths[k], pair.paths[cheapest]);
    }
    std::swap(pair.paths[0], pair.paths[cheapest]);
    const auto is_empty = [](const UsedPath& path) { return path.flow == 0.0; };
    pair.paths.erase(std::remove_if(pair.paths.begin() + 1, pair.paths.end(), is_empty), pair.paths.end());
  }

  /// Moves flow to the cheaper path until both cost the same, or all of it.
  void move(UsedPath& from, UsedPath& to) {
    separate(links(from), links(to));
    double value = cost_of(only_from_) - cost_of(only_to_);
    if (!(value > 0.0) || from.flow == 0.0) return;
    double rise = 0.0;
    for (const auto* list : {&only_from_, &only_to_}) {
      for (const std::uint32_t link : *list) rise += slope_[link];
    }
    const double small = kRemainder * value;
    // Newton's method between bounds: at `low` the path left is still the dearer one, at a known `high` no more.
    double low = 0.0, high = from.flow, amount = 0.0;
    bool high_is_known = false;
    for (int trial = 0; trial < kMostTrials && std::fabs(value) > small && low < from.flow; ++trial) {
      amount += value / rise;
      if (amount >= high) amount = high_is_known ? 0.5 * (low + high) : high;
      if (!(amount > low)) amount = 0.5 * (low + high);
      std::tie(value, rise) = difference_after(amount);
      high_is_known = high_is_known || !(value > 0.0);
      (value > 0.0 ? low : high) = amount;
    }
    shift(only_from_, -amount);
    shift(only_to_, amount);
    from.flow = std::max(0.0, from.flow - amount);
    to.flow += amount;
  }

  /// Splits two paths into the links that only one of them uses.
  void separate(std::span<const std::uint32_t> from, std::span<const std::uint32_t> to) {
    only_from_.clear();
    only_to_.clear();
    const std::uint32_t mark = (last_mark_ += 2);
    for (const std::uint32_t link : to) mark_[link] = mark;
    for (const std::uint32_t link : from) {
      if (mark_[link] == mark) {
        mark_[link] = mark + 1;  // on both
      } else {
        only_from_.push_back(link);
      }
    }
    for (const std::uint32_t link : to) {
      if (mark_[link] == mark) only_to_.push_back(link);
    }
  }

  /// By how much the path left is still dearer once `amount` has moved, and how fast that falls.
  [[nodiscard]] std::pair<double, double> difference_after(double amount) const {
    double value = 0.0, rise = 0.0;
    for (const std::uint32_t link : only_from_) {
      const double flow = std::max(0.0, flow_[link] - amount);
      value += costs_.cost(link, flow);
      rise += costs_.slope(link, flow);
    }
    for (const std::uint32_t link : only_to_) {
      value -= costs_.cost(link, flow_[link] + amount);
      rise += costs_.slope(link, flow_[link] + amount);
    }
    return {value, rise};
  }

  void shift(const std::vector<std::uint32_t>& path_links, double amount) {
    for (const std::uint32_t link : path_links) {
      flow_[link] = std::max(0.0, flow_[link] + amount);
      cost_[link] = costs_.cost(link, flow_[link]);
      slope_[link] = costs_.slope(link, flow_[link]);
    }
  }

  /// Frees the links of paths that are no longer in use once they fill half of the pool.
  void compact() {
    std::size_t used = 0;
    for (const Pair& pair : pairs_) {
      for (const UsedPath& path : pair.paths) used += path.count;
    }
    if (pool_.size() <= 2 * used) return;
    std::vector<std::uint32_t> kept;
    kept.reserve(used);
    for (Pair& pair : pairs_) {
      for (UsedPath& path : pair.paths) {
        const auto path_links = links(path);
        path.first = static_cast<std::uint32_t>(kept.size());
        kept.insert(kept.end(), path_links.begin(), path_links.end());
      }
    }
    pool_ = std::move(kept);
  }

  /// Summed anew, so that rounding does not add up over the moves.
  [[nodiscard]] std::vector<double> class_flow() const {
    std::vector<double> flow(loader_.unserved().size() * costs_.link_count(), 0.0);
    for (const Pair& pair : pairs_) {
      double* row = flow.data() + loader_.rows()[pair.row].travel_class * costs_.link_count();
      for (const UsedPath& path : pair.paths) {
        for (const std::uint32_t link : links(path)) row[link] += path.flow;
      }
    }
    return flow;
  }

  [[nodiscard]] PathFlows paths() const {
    PathFlows result;
    std::vector<std::uint32_t> forward;
    for (const Pair& pair : pairs_) {
      for (const UsedPath& path : pair.paths) {
        const auto backward = links(path);
        forward.assign(backward.rbegin(), backward.rend());
        const AllOrNothing::Row& row = loader_.rows()[pair.row];
        result.add(row.travel_class, row.origin, pair.destination, path.flow, forward);
      }
    }
    return result;
  }

  const LinkCosts& costs_;
  AllOrNothing& loader_;
  std::vector<Pair> pairs_;
  std::vector<std::uint32_t> pool_;
  std::vector<double> flow_, cost_, slope_;  // by link, all classes together
  std::vector<std::uint32_t> mark_;
  std::uint32_t last_mark_ = 0;
  std::vector<std::uint32_t> found_, only_from_, only_to_;
};

}  // namespace

EquilibriumFlows project_gradients(const LinkCosts& costs, AllOrNothing& loader, const PathFlows& start,
                                   std::span<const double> first_cost, const StopRule& rule) {
  return GradientProjection(costs, loader).run(start, first_cost, rule);
}

}  // namespace splinternet
