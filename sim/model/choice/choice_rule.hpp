#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/model/choice/best_response.hpp"

namespace splinternet {

/// Rules by which a country picks among its options, in the order of the words of `countries.choice`.
enum class ChoiceRule { kLogit, kBestResponse, kBetterResponse };

/// Number of the rules above.
inline constexpr std::int8_t kChoiceRules = 3;

/// A rule with its numbers.
struct ChoiceSetting {
  ChoiceRule rule = ChoiceRule::kLogit;
  double temperature = 0.0;  ///< pp, of the logit rule
  double tie_eps = 0.0;      ///< pp, of the other rules
  OnTie on_tie = OnTie::kStay;
};

/// The option that the rule takes by the uniform draw among options worth `utility` pp; option 0 is staying.
std::size_t choose_option(const ChoiceSetting& setting, std::span<const double> utility, double uniform);

}  // namespace splinternet
