#include "sim/coalition/cascade.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet::coalition {

namespace {

void check_probability(double value, const std::string& of) {
  if (!(value >= 0.0) || !std::isfinite(value)) {
    throw DataError("cascade: the probability of " + of + " is negative or not a finite number");
  }
}

// Throws unless all are finite and ≥ 0; returns the mean degree.
double checked_mean_degree(std::span<const double> degree) {
  double mean = 0.0;
  for (std::size_t k = 0; k < degree.size(); ++k) {
    check_probability(degree[k], "degree " + std::to_string(k));
    mean += static_cast<double>(k) * degree[k];
  }
  return mean;
}

// How likely an actor of degree k follows when each of n of its neighbours adopts with probability q:
// Σ_m B(m; n, q)·response(m, k), responses looked up once.
class MeanResponse {
 public:
  MeanResponse(std::size_t degrees, FunctionRef<double(std::size_t, std::size_t)> response)
      : log_factorial_(degrees + 1, 0.0), response_(degrees) {
    for (std::size_t k = 1; k < log_factorial_.size(); ++k) {
      log_factorial_[k] = log_factorial_[k - 1] + math::log(static_cast<double>(k));
    }
    for (std::size_t k = 0; k < degrees; ++k) {
      for (std::size_t m = 0; m <= k; ++m) {
        response_[k].push_back(response(m, k));
        check_probability(response_[k].back(), "a response to " + std::to_string(m) + " of " + std::to_string(k));
      }
    }
  }

  [[nodiscard]] double operator()(std::size_t n, std::size_t k, double q) const {
    if (q <= 0.0) return response_[k][0];
    if (q >= 1.0) return response_[k][n];
    const double log_q = math::log(q), log_rest = math::log(1.0 - q);
    double sum = 0.0;
    for (std::size_t m = 0; m <= n; ++m) {
      if (response_[k][m] == 0.0) continue;
      const double subsets = log_factorial_[n] - log_factorial_[m] - log_factorial_[n - m];
      const double log_chance = subsets + static_cast<double>(m) * log_q + static_cast<double>(n - m) * log_rest;
      sum += response_[k][m] * math::exp(log_chance);
    }
    return sum;
  }

 private:
  std::vector<double> log_factorial_;
  std::vector<std::vector<double>> response_;  // degree → adopting neighbours → probability
};

// Rounds that settle in reasonable time: each sums over all pairs of a degree that somebody has and of a number of
// adopting neighbours.
std::size_t most_rounds(std::span<const double> degree) {
  constexpr std::size_t kMostRounds = 1000000, kMostTerms = std::size_t{1} << 31U;
  std::size_t terms = 1;
  for (std::size_t k = 1; k < degree.size(); ++k) terms += degree[k] > 0.0 ? k : 0;
  return std::min(kMostRounds, kMostTerms / terms);
}

}  // namespace

std::vector<double> poisson_degrees(double mean, std::size_t most) {
  if (!(mean >= 0.0) || !std::isfinite(mean)) throw DataError("cascade: the mean degree must be finite and at least 0");
  std::vector<double> degree(most, 0.0);
  double log_chance = -mean;
  for (std::size_t k = 0; k < most; ++k) {
    degree[k] = math::exp(log_chance);
    log_chance += math::log(mean) - math::log(static_cast<double>(k + 1));
  }
  return degree;
}

double cascade_condition(std::span<const double> degree, FunctionRef<double(std::size_t)> follows_one) {
  const double mean = checked_mean_degree(degree);
  if (mean == 0.0) return 0.0;
  double sum = 0.0;
  for (std::size_t k = 2; k < degree.size(); ++k) {
    const double follows = follows_one(k);
    check_probability(follows, "following one of " + std::to_string(k));
    sum += static_cast<double>(k * (k - 1)) * degree[k] * follows;
  }
  return sum / mean;
}

double cascade_size(std::span<const double> degree, FunctionRef<double(std::size_t, std::size_t)> response, double seed,
                    FunctionRef<void()> between_rounds) {
  constexpr double kSettled = 1e-14;
  if (!(seed >= 0.0 && seed <= 1.0)) throw DataError("cascade: the seed must be a share from 0 to 1");
  const double mean = checked_mean_degree(degree);
  const MeanResponse follows(degree.size(), response);
  const auto size_at = [&](double q) {
    double sum = 0.0;
    for (std::size_t k = 0; k < degree.size(); ++k) sum += degree[k] * follows(k, k, q);
    return seed + (1.0 - seed) * sum;
  };
  const std::size_t rounds = most_rounds(degree);
  double q = seed;
  for (std::size_t round = 0; round < rounds; ++round) {
    between_rounds();
    double sum = 0.0;
    for (std::size_t k = 1; k < degree.size(); ++k) {
      if (degree[k] > 0.0) sum += static_cast<double>(k) * degree[k] / mean * follows(k - 1, k, q);
    }
    const double next = seed + (1.0 - seed) * sum;
    if (mean == 0.0 || std::fabs(next - q) <= kSettled) return size_at(next);
    q = next;
  }
  throw SolverError("cascade: not settled after " + std::to_string(rounds) + " rounds at q = " + std::to_string(q));
}

}  // namespace splinternet::coalition
