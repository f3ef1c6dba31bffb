#include "sim/metrics/polarization.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet::metrics {

namespace {

// Empty if there is no mass.
std::vector<double> shares_of(std::span<const double> mass) {
  double sum = 0.0;
  for (const double value : mass) sum += value;
  std::vector<double> shares;
  if (sum == 0.0) return shares;
  shares.reserve(mass.size());
  for (const double value : mass) shares.push_back(value / sum);
  return shares;
}

}  // namespace

double esteban_ray(std::span<const double> mass, std::span<const double> distance, double alpha, double scale) {
  SPLINTERNET_CHECK(distance.size() == mass.size() * mass.size(), distance.size(), mass.size());
  SPLINTERNET_CHECK(alpha > 0.0 && alpha <= 1.6, "alpha", alpha);
  const std::vector<double> shares = shares_of(mass);
  double sum = 0.0;
  for (std::size_t a = 0; a < shares.size(); ++a) {
    double alienation = 0.0;
    for (std::size_t b = 0; b < shares.size(); ++b) alienation += shares[b] * distance[a * shares.size() + b];
    sum += math::pow(shares[a], 1.0 + alpha) * alienation;
  }
  return scale * sum;
}

double relative_esteban_ray(std::span<const double> mass, std::span<const double> distance, double alpha,
                            double maximal_distance) {
  SPLINTERNET_CHECK(maximal_distance > 0.0, "maximal distance", maximal_distance);
  const double two_equal_masses = maximal_distance * 2.0 * math::pow(0.5, 2.0 + alpha);
  return std::min(1.0, esteban_ray(mass, distance, alpha) / two_equal_masses);
}

double reynal_querol(std::span<const double> mass) {
  double sum = 0.0;
  for (const double share : shares_of(mass)) sum += share * share * (1.0 - share);
  return 4.0 * sum;
}

PolicyDistance policy_distance(std::span<const double> position, std::span<const std::uint32_t> bloc,
                               std::span<const double> weight) {
  const std::size_t n = position.size();
  SPLINTERNET_CHECK(bloc.size() == n && (weight.empty() || weight.size() == n), n, bloc.size(), weight.size());
  PolicyDistance mass;
  PolicyDistance distance;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double pair = weight.empty() ? 1.0 : weight[i] * weight[j];
      const auto kind = bloc[i] == bloc[j] ? &PolicyDistance::within : &PolicyDistance::across;
      mass.*kind += pair;
      distance.*kind += pair * std::fabs(position[i] - position[j]);
    }
  }
  return {mass.within > 0.0 ? distance.within / mass.within : 0.0,
          mass.across > 0.0 ? distance.across / mass.across : 0.0};
}

}  // namespace splinternet::metrics
