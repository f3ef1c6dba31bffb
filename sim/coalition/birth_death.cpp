#include "sim/coalition/birth_death.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet::coalition {

namespace {

double checked(double rate, std::size_t count) {
  if (!(rate > 0.0) || !std::isfinite(rate)) {
    throw DataError("birth and death: the rate at " + std::to_string(count) + " is not a finite number above 0");
  }
  return rate;
}

double log_rate(double rate, std::size_t count) {
  return math::log(checked(rate, count));
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

FirstExit first_exit(std::size_t most, std::size_t start, FunctionRef<double(std::size_t)> up,
                     FunctionRef<double(std::size_t)> down) {
  SPLINTERNET_CHECK(start <= most, start, most);
  if (start == most) return {1.0, 0.0};
  // From k the walk comes to k + 1 before 0 with probability 1 − lost, in spent units of time if it stops at either.
  // Nothing is ever subtracted, so all digits are good.
  double lost = 1.0, spent = 0.0;
  FirstExit exit{start == 0 ? 0.0 : 1.0, 0.0};
  for (std::size_t k = 1; k < most; ++k) {
    const double rate_up = checked(up(k), k), rate_down = checked(down(k), k);
    const double rate = rate_up + rate_down * lost;
    spent = (1.0 + rate_down * spent) / rate;
    lost *= rate_down / rate;
    if (k < start || start == 0) continue;
    exit.mean_time += exit.at_top * spent;
    exit.at_top *= rate_up / rate;
  }
  return exit;
}

}  // namespace splinternet::coalition
