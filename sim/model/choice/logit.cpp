#include "sim/model/choice/logit.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kFew = 32;  // alternatives that need no memory of their own

}  // namespace

void logit_probabilities(std::span<const double> utility, double temperature, std::span<double> probability) {
  SPLINTERNET_CHECK(!utility.empty() && temperature > 0.0, utility.size(), temperature);
  const double best = *std::max_element(utility.begin(), utility.end());
  double sum = 0.0;
  for (std::size_t n = 0; n < utility.size(); ++n) {
    probability[n] = math::exp((utility[n] - best) / temperature);
    sum += probability[n];
  }
  for (std::size_t n = 0; n < utility.size(); ++n) probability[n] /= sum;
}

std::size_t choose_logit(std::span<const double> utility, double temperature, double uniform) {
  std::array<double, kFew> few;
  std::vector<double> many(utility.size() > kFew ? utility.size() : 0);
  const std::span<double> probability = many.empty() ? std::span(few).first(utility.size()) : std::span(many);
  logit_probabilities(utility, temperature, probability);
  double below = 0.0;
  for (std::size_t n = 0; n + 1 < probability.size(); ++n) {
    below += probability[n];
    if (uniform < below) return n;
  }
  return probability.size() - 1;
}

}  // namespace splinternet
