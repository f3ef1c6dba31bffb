#include "sim/trade/fixed_point.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "sim/trade/anderson.hpp"

namespace splinternet {
namespace {

constexpr double kSmallestStep = 1e-4;  // of the plain iteration: below it there is no way back into the domain

class Search {
 public:
  Search(std::span<double> x, FixedPointStep step, const FixedPointSettings& settings)
      : x_(x), step_(step), settings_(settings), best_(x.begin(), x.end()), f_(x.size()), move_(x.size()) {}

  FixedPoint run() {
    if (!iterate_accelerated()) {
      std::copy(best_.begin(), best_.end(), x_.begin());
      iterate_plainly();
    }
    if (!std::equal(x_.begin(), x_.end(), best_.begin())) {
      std::copy(best_.begin(), best_.end(), x_.begin());
      evaluate();
    }
    result_.found = result_.residual < settings_.tolerance;
    return std::move(result_);
  }

 private:
  double evaluate() {
    const double residual = step_(x_, f_);
    result_.residuals.push_back(residual);
    if (residual < result_.residual) {
      result_.residual = residual;
      std::copy(x_.begin(), x_.end(), best_.begin());
    }
    return residual;
  }

  void move(std::span<const double> step, double largest_step) {
    double length = 0.0;
    for (const double value : step) length = std::max(length, std::fabs(value));
    const double scale = length > largest_step ? largest_step / length : 1.0;
    for (std::size_t i = 0; i < x_.size(); ++i) x_[i] += scale * step[i];
  }

  bool iterate_accelerated() {
    AndersonMixing mixing(x_.size());
    for (int k = 0; k < settings_.accelerated; ++k) {
      const double residual = evaluate();
      if (residual < settings_.tolerance) return true;
      if (!(residual < std::numeric_limits<double>::infinity())) return false;
      mixing.step(x_, f_, move_);
      move(move_, settings_.largest_step);
    }
    return false;
  }

  // A step out of the domain is taken back and tried again from the best point at half the length.
  void iterate_plainly() {
    double largest_step = settings_.largest_step;
    for (int k = 0; k < settings_.plain && largest_step > kSmallestStep; ++k) {
      const double residual = evaluate();
      if (residual < settings_.tolerance) return;
      if (residual < std::numeric_limits<double>::infinity()) {
        move(f_, largest_step);
        continue;
      }
      largest_step *= 0.5;
      std::copy(best_.begin(), best_.end(), x_.begin());
      if (!(evaluate() < std::numeric_limits<double>::infinity())) return;
      move(f_, largest_step);
    }
  }

  std::span<double> x_;
  FixedPointStep step_;
  FixedPointSettings settings_;
  FixedPoint result_{.residual = std::numeric_limits<double>::infinity(), .found = false, .residuals = {}};
  std::vector<double> best_, f_, move_;
};

}  // namespace

FixedPoint find_fixed_point(std::span<double> x, FixedPointStep step, const FixedPointSettings& settings) {
  return Search(x, step, settings).run();
}

std::string course_of(std::span<const double> residuals) {
  std::ostringstream text;
  text.precision(3);
  const std::size_t stride = residuals.size() / 16 + 1;
  for (std::size_t k = 0; k < residuals.size(); k += stride) text << (k == 0 ? "" : " ") << residuals[k];
  return text.str();
}

}  // namespace splinternet
