#include "sim/coalition/fixed_points.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

// map(x) − x.
class Excess {
 public:
  explicit Excess(FunctionRef<double(double)> map) : map_(map) {}

  double operator()(double x) const {
    const double value = map_(x);
    if (!std::isfinite(value)) throw DataError("fixed points: the map is not finite at " + std::to_string(x));
    return value - x;
  }

  // The root between two places of different sign, halving until nothing lies between.
  [[nodiscard]] double root(double a, double b, double at_a) const {
    while (true) {
      const double middle = 0.5 * (a + b);
      if (middle == a || middle == b) return middle;
      const double at_middle = (*this)(middle);
      if (at_middle == 0.0) return middle;
      if ((at_middle < 0.0) == (at_a < 0.0)) {
        a = middle;
      } else {
        b = middle;
      }
    }
  }

  // Where sign·excess is least between a and b, by golden sections.
  [[nodiscard]] double turning_point(double a, double b, double sign) const {
    constexpr double kGolden = 0.6180339887498949;
    double left = b - kGolden * (b - a), right = a + kGolden * (b - a);
    double at_left = sign * (*this)(left), at_right = sign * (*this)(right);
    for (int section = 0; section < 80; ++section) {
      if (at_left < at_right) {
        b = right;
        right = left;
        at_right = at_left;
        left = b - kGolden * (b - a);
        at_left = sign * (*this)(left);
      } else {
        a = left;
        left = right;
        at_left = at_right;
        right = a + kGolden * (b - a);
        at_right = sign * (*this)(right);
      }
    }
    return at_left < at_right ? left : right;
  }

 private:
  FunctionRef<double(double)> map_;
};

// Roots where three points of one sign turn towards 0 and reach it between them.
void add_turning_roots(const Excess& excess, const double (&x)[3], const double (&value)[3],
                       std::vector<double>& roots) {
  const double sign = value[1] < 0.0 ? -1.0 : 1.0;
  const bool turns = sign * value[0] > sign * value[1] && sign * value[1] <= sign * value[2] && value[1] != 0.0;
  if (!turns || sign * value[0] <= 0.0 || sign * value[2] <= 0.0) return;
  const double turn = excess.turning_point(x[0], x[2], sign);
  const double at_turn = excess(turn);
  if (at_turn == 0.0) {
    roots.push_back(turn);
  } else if (sign * at_turn < 0.0) {
    roots.push_back(excess.root(x[0], turn, value[0]));
    roots.push_back(excess.root(turn, x[2], at_turn));
  }
}

}  // namespace

std::vector<double> fixed_points(FunctionRef<double(double)> map, double low, double high, std::size_t cells) {
  if (!std::isfinite(low) || !std::isfinite(high) || !(low < high) || cells < 2) {
    throw DataError("fixed points: it takes finite bounds, low below high, and at least two cells");
  }
  const Excess excess(map);
  const auto place = [&](std::size_t point) {
    return point == cells ? high : low + (high - low) * (static_cast<double>(point) / static_cast<double>(cells));
  };
  std::vector<double> roots;
  double x[3] = {low, low, low};
  double value[3] = {0.0, 0.0, excess(low)};
  if (value[2] == 0.0) roots.push_back(low);
  for (std::size_t point = 1; point <= cells; ++point) {
    x[0] = x[1], x[1] = x[2], x[2] = place(point);
    value[0] = value[1], value[1] = value[2], value[2] = excess(x[2]);
    if (value[2] == 0.0) {
      roots.push_back(x[2]);
    } else if (value[1] != 0.0 && (value[1] < 0.0) != (value[2] < 0.0)) {
      roots.push_back(excess.root(x[1], x[2], value[1]));
    } else if (point > 1) {
      add_turning_roots(excess, x, value, roots);
    }
  }
  return roots;
}

CriticalPoint critical_point(FunctionRef<double(double, double)> map, double low, double high, double level,
                             double quiet, double loud, std::size_t cells) {
  const auto smallest = [&](double parameter) {
    const auto found = fixed_points([&](double x) { return map(x, parameter); }, low, high, cells);
    return found.empty() ? std::numeric_limits<double>::infinity() : found.front();
  };
  CriticalPoint critical{quiet, smallest(quiet)};
  if (!(critical.fixed_point < level) || smallest(loud) < level) {
    throw DataError("critical point: the smallest fixed point is not below " + std::to_string(level) + " at " +
                    std::to_string(quiet) + ", or still is at " + std::to_string(loud));
  }
  while (true) {
    const double middle = 0.5 * (critical.parameter + loud);
    if (middle == critical.parameter || middle == loud) return critical;
    const double found = smallest(middle);
    if (found < level) {
      critical = {middle, found};
    } else {
      loud = middle;
    }
  }
}

}  // namespace splinternet::coalition
