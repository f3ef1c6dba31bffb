#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/model/choice/best_response.hpp"

namespace splinternet {

/// Rules by which a country picks among its options, in the order of the words of `countries.choice`: first those that
/// weigh the payoffs of options, then those that look at peers alone (sim/model/choice/peer_rules.hpp).
enum class ChoiceRule { kLogit, kBestResponse, kBetterResponse, kSteepest, kThreshold, kImitate, kPolicyTable };

/// Number of the rules above, and of those among them that weigh payoffs.
inline constexpr std::int8_t kChoiceRules = 7;
inline constexpr std::int8_t kPayoffRules = 4;

/// Whether the rule weighs payoffs, so that it needs payoff terms.
constexpr bool weighs_payoffs(ChoiceRule rule) {
  return static_cast<std::int8_t>(rule) < kPayoffRules;
}

/// A rule with its numbers.
struct ChoiceSetting {
  ChoiceRule rule = ChoiceRule::kLogit;
  double temperature = 0.0;  ///< pp, of the logit rule
  double tie_eps = 0.0;      ///< pp, of the other rules
  OnTie on_tie = OnTie::kStay;
};

/// The option that a rule which weighs payoffs takes by the uniform draw among options worth `utility` pp; option 0 is
/// staying.
std::size_t choose_option(const ChoiceSetting& setting, std::span<const double> utility, double uniform);

}  // namespace splinternet
