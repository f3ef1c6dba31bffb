#include "sim/trade/steady_state.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/dense.hpp"

namespace splinternet {
namespace {

constexpr double kFirstTime = 1.0;        // Δt of the first step
constexpr double kSmallestTime = 1e-6;    // below it the search is stuck
constexpr double kLargestTime = 1e100;    // an infinite one, after a rate of 0 that is no rest, would never shrink
constexpr double kGrowth = 2.0;           // of Δt after a step at least
constexpr double kLargestRise = 2.0;      // of the rate in one step: from afar the way crosses worse points
constexpr double kLargestStep = 2.0;      // in any component of x
constexpr double kSmallestShift = 1e-12;  // of the diagonal: parts of the world that hardly trade float freely

class Search {
 public:
  Search(std::span<double> x, const Movement& movement)
      : x_(x),
        movement_(movement),
        matrix_(x.size() * x.size()),
        shifted_(matrix_.size()),
        rate_(x.size()),
        step_(x.size()),
        last_x_(x.size()) {}

  bool run(int steps) {
    gap_ = movement_.evaluate(x_);
    for (int k = 0; k < steps && gap_.rate < __builtin_inf(); ++k) {
      if (gap_.is_found) return true;
      const std::size_t fixed = movement_.linearise(matrix_, rate_);
      std::copy(x_.begin(), x_.end(), last_x_.begin());
      while (!try_step(fixed)) {
        time_ *= 0.25;
        if (time_ < kSmallestTime) return false;
        std::copy(last_x_.begin(), last_x_.end(), x_.begin());
      }
    }
    return gap_.is_found;
  }

 private:
  bool try_step(std::size_t fixed) {
    std::copy(matrix_.begin(), matrix_.end(), shifted_.begin());
    std::copy(rate_.begin(), rate_.end(), step_.begin());
    const double shift = std::max(1.0 / time_, kSmallestShift);
    for (std::size_t i = 0; i < x_.size(); ++i) {
      if (i != fixed) shifted_[i * x_.size() + i] += shift;
    }
    try {
      factors_.factorise(shifted_, x_.size());
    } catch (const SolverError&) {
      return false;  // another Δt has another matrix
    }
    factors_.solve(step_);
    double length = 0.0;
    for (const double value : step_) length = std::max(length, std::fabs(value));
    if (!(length < __builtin_inf())) return false;
    const double scale = length > kLargestStep ? kLargestStep / length : 1.0;
    for (std::size_t i = 0; i < x_.size(); ++i) x_[i] += scale * step_[i];
    const RestGap gap = movement_.evaluate(x_);
    if (!(gap.rate <= kLargestRise * gap_.rate) && !gap.is_found) return false;
    time_ = std::min(kLargestTime, time_ * std::max(kGrowth, gap_.rate / gap.rate));
    gap_ = gap;
    return true;
  }

  std::span<double> x_;
  const Movement& movement_;
  double time_ = kFirstTime;
  RestGap gap_;
  std::vector<double> matrix_, shifted_, rate_, step_, last_x_;
  dense::Lu factors_;
};

}  // namespace

bool find_rest(std::span<double> x, const Movement& movement, int steps) {
  return Search(x, movement).run(steps);
}

}  // namespace splinternet
