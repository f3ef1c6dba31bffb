#include "sim/graph/frank_wolfe.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace splinternet {
namespace {

// A step this near to 1 leaves nothing of the flows before, so that the direction of the last step is void.
constexpr double kLongestConjugateStep = 0.9999;
// Largest weight of the last point when there is only one (Mitradjieva & Lindberg 2013, section 2).
constexpr double kLargestWeight = 0.99;
constexpr int kMostTrials = 200;

/// Flows by class, and their sum over classes.
struct Point {
  std::vector<double> by_class;
  std::vector<double> total;
};

/// Weights of the all-or-nothing flows, of the last point moved to and of the one before; they sum to 1.
struct Weights {
  double newest = 1.0;
  double last = 0.0;
  double before = 0.0;
};

class FrankWolfe {
 public:
  FrankWolfe(const LinkCosts& costs, AllOrNothing& loader)
      : costs_(costs), loader_(loader), cost_(costs.link_count()), slope_(costs.link_count()) {
    const std::size_t links = costs.link_count();
    const std::size_t cells = loader.unserved().size() * links;
    for (Point* point : {&flow_, &nearest_, &aim_, &last_, &before_}) {
      point->by_class.resize(cells);
      point->total.resize(links);
    }
  }

  EquilibriumFlows run(std::span<const double> start, std::span<const double> first_cost, const StopRule& rule) {
    if (start.empty()) {
      load(flow_, first_cost);
    } else {
      flow_.by_class.assign(start.begin(), start.end());
      sum_classes(flow_.by_class, flow_.total);
    }
    EquilibriumFlows result;
    for (int iteration = 0;; ++iteration) {
      if (rule.between_iterations) rule.between_iterations();
      costs_.costs_and_slopes(flow_.total, cost_, slope_);
      load(nearest_, cost_);
      result.gaps.push_back(relative_gap(flow_.total, cost_, loader_.shortest_cost()));
      result.converged = result.gaps.back() <= rule.gap;
      if (result.converged || iteration == rule.most_iterations || !move()) break;
    }
    result.class_flow = std::move(flow_.by_class);
    return result;
  }

 private:
  void load(Point& point, std::span<const double> cost) {
    loader_.load(cost);
    point.by_class.assign(loader_.flow().begin(), loader_.flow().end());
    sum_classes(point.by_class, point.total);
  }

  /// False if no step lowers the objective.
  bool move() {
    if (!aim_at(weights())) {
      points_ = 0;
      if (!aim_at({})) return false;
    }
    const double step = step_length();
    if (!(step > 0.0)) return false;
    for (auto [from, to] : {std::pair{&flow_.by_class, &aim_.by_class}, std::pair{&flow_.total, &aim_.total}}) {
      for (std::size_t n = 0; n < from->size(); ++n) (*from)[n] = (1.0 - step) * (*from)[n] + step * (*to)[n];
    }
    std::swap(before_, last_);
    std::swap(last_, aim_);
    points_ = step > kLongestConjugateStep ? 0 : std::min(points_ + 1, 2);
    last_step_ = step;
    return true;
  }

  /// Sets the point to move to; false if the way there does not lead down.
  bool aim_at(const Weights& weights) {
    const auto combine = [&](const Point& newest, const Point& last, const Point& before, auto part) {
      auto& aim = aim_.*part;
      for (std::size_t n = 0; n < aim.size(); ++n) {
        aim[n] =
            weights.newest * (newest.*part)[n] + weights.last * (last.*part)[n] + weights.before * (before.*part)[n];
      }
    };
    combine(nearest_, last_, before_, &Point::by_class);
    combine(nearest_, last_, before_, &Point::total);
    double descent = 0.0;
    for (std::size_t link = 0; link < cost_.size(); ++link) {
      descent += cost_[link] * (aim_.total[link] - flow_.total[link]);
    }
    return descent < 0.0;
  }

  [[nodiscard]] Weights weights() const {
    if (points_ == 0) return {};
    return points_ == 1 ? conjugate_weights() : biconjugate_weights();
  }

  /// Direction conjugate to the last one.
  [[nodiscard]] Weights conjugate_weights() const {
    double across = 0.0, along = 0.0;
    for (std::size_t link = 0; link < slope_.size(); ++link) {
      const double last = last_.total[link] - flow_.total[link];
      across += slope_[link] * last * (nearest_.total[link] - flow_.total[link]);
      along += slope_[link] * last * (last_.total[link] - nearest_.total[link]);
    }
    // s = w·last + (1 − w)·nearest with (last − x)·H·(s − x) = 0.
    const double weight = -across / along;
    if (!(weight > 0.0)) return {};
    const double last = std::min(weight, kLargestWeight);
    return {1.0 - last, last, 0.0};
  }

  /// Direction conjugate to the last two.
  [[nodiscard]] Weights biconjugate_weights() const {
    double last_newest = 0.0, last_last = 0.0, before_newest = 0.0, before_change = 0.0;
    for (std::size_t link = 0; link < slope_.size(); ++link) {
      const double newest = nearest_.total[link] - flow_.total[link];
      const double last = last_.total[link] - flow_.total[link];
      const double change = before_.total[link] - last_.total[link];
      const double before = last + (1.0 - last_step_) * change;
      last_newest += slope_[link] * last * newest;
      last_last += slope_[link] * last * last;
      before_newest += slope_[link] * before * newest;
      before_change += slope_[link] * before * change;
    }
    if (!(last_last > 0.0) || before_change == 0.0) return {};
    const double mu = std::max(0.0, -before_newest / before_change);
    const double nu = std::max(0.0, -last_newest / last_last + mu * last_step_ / (1.0 - last_step_));
    const double newest = 1.0 / (1.0 + mu + nu);
    return {newest, nu * newest, mu * newest};
  }

  /// Where on the way to the aim the objective is least: the root of Σ c(x + s·d)·d in [0, 1], by Newton's method
  /// kept between bounds that close in.
  [[nodiscard]] double step_length() const {
    double low = 0.0, high = 1.0, step = 1.0;
    for (int trial = 0; trial < kMostTrials && low < high; ++trial) {
      double value = 0.0, rise = 0.0;
      for (std::size_t link = 0; link < cost_.size(); ++link) {
        const double way = aim_.total[link] - flow_.total[link];
        if (way == 0.0) continue;
        const double there = (1.0 - step) * flow_.total[link] + step * aim_.total[link];
        value += costs_.cost(link, there) * way;
        rise += costs_.slope(link, there) * way * way;
      }
      if (value == 0.0 || (step == 1.0 && value < 0.0)) return step;
      (value < 0.0 ? low : high) = step;
      double next = step - value / rise;
      if (!(next > low && next < high)) next = 0.5 * (low + high);
      if (next == step || next == low || next == high) return next;
      step = next;
    }
    return step;
  }

  const LinkCosts& costs_;
  AllOrNothing& loader_;
  std::vector<double> cost_, slope_;
  Point flow_, nearest_, aim_, last_, before_;
  int points_ = 0;  // how many of last_ and before_ the next direction may use
  double last_step_ = 0.0;
};

}  // namespace

EquilibriumFlows frank_wolfe(const LinkCosts& costs, AllOrNothing& loader, std::span<const double> start,
                             std::span<const double> first_cost, const StopRule& rule) {
  return FrankWolfe(costs, loader).run(start, first_cost, rule);
}

}  // namespace splinternet
