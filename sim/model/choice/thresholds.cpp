#include "sim/model/choice/thresholds.hpp"

#include <algorithm>
#include <cmath>

#include "sim/model/setting.hpp"

namespace splinternet {
namespace {

bool is_reached(double value, double threshold, bool above) {
  return above ? value > threshold : value >= threshold;
}

/// The smallest number of `degree` peers whose share reaches the threshold.
std::uint32_t fewest_of(std::uint32_t degree, double threshold, bool above) {
  const double all = std::max(1.0, static_cast<double>(degree));
  // A little below the answer, then up: the division decides, not the product.
  const double guess = std::floor(std::min(threshold, 1.0) * all) - 1.0;
  for (double count = std::max(0.0, guess); count <= static_cast<double>(degree); count += 1.0) {
    if (is_reached(count / all, threshold, above)) return static_cast<std::uint32_t>(count);
  }
  return ThresholdSetting::kNever;
}

/// The smallest number that reaches the threshold.
std::uint32_t fewest(double threshold, bool above) {
  const double number = above ? std::floor(threshold) + 1.0 : std::ceil(threshold);
  return static_cast<std::uint32_t>(std::clamp(number, 0.0, static_cast<double>(ThresholdSetting::kNever)));
}

}  // namespace

ThresholdSetting thresholds(const Setting& setting) {
  const ParameterValues& value = setting.scenario.parameters;
  const InfluenceSetting& influence = *setting.influence;
  const std::size_t n = setting.countries.count;
  const std::vector<double>* attribute = setting.actors ? setting.actors->find("threshold") : nullptr;
  const bool by_number = value.choice(parameters::kThresholdCounts) == 1;
  const bool weighted = influence.form == InfluenceForm::kDense ||
                        (influence.form == InfluenceForm::kSparse && !influence.graph.weight.empty());
  ThresholdSetting found;
  found.above = value.choice(parameters::kThresholdReached) == 1;
  for (std::size_t i = 0; i < n; ++i) {
    const double theta = attribute != nullptr ? (*attribute)[i] : value(parameters::kThreshold);
    if (weighted && !by_number) {
      found.share.push_back(theta);
    } else if (by_number) {
      found.number.push_back(fewest(theta, found.above));
    } else {
      const std::size_t degree = influence.form == InfluenceForm::kComplete ? n - 1 : influence.graph.degree(i);
      found.number.push_back(fewest_of(static_cast<std::uint32_t>(degree), theta, found.above));
    }
  }
  return found;
}

}  // namespace splinternet
