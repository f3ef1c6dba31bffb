#include "sim/coalition/birth_death.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet::coalition {

namespace {

double log_rate(double rate, std::size_t count) {
  if (!(rate > 0.0) || !std::isfinite(rate)) {
    throw DataError("birth and death: the rate at " + std::to_string(count) + " is not a finite number above 0");
  }
  return math::log(rate);
}

}  // namespace

std::vector<double> birth_death_law(std::size_t most, FunctionRef<double(std::size_t)> up,
                                    FunctionRef<double(std::size_t)> down) {
  std::vector<double> law(most + 1, 0.0);  // first as logarithms: the ratios may leave the range of doubles
  for (std::size_t k = 0; k < most; ++k) law[k + 1] = law[k] + log_rate(up(k), k) - log_rate(down(k + 1), k + 1);
  const double highest = *std::max_element(law.begin(), law.end());
  double sum = 0.0;
  for (double& value : law) {
    value = math::exp(value - highest);
    sum += value;
  }
  for (double& value : law) value /= sum;
  return law;
}

}  // namespace splinternet::coalition
