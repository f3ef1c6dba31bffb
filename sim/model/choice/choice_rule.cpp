#include "sim/model/choice/choice_rule.hpp"

#include "sim/core/check.hpp"
#include "sim/model/choice/better_response.hpp"
#include "sim/model/choice/logit.hpp"
#include "sim/model/choice/steepest.hpp"

namespace splinternet {

std::size_t choose_option(const ChoiceSetting& setting, std::span<const double> utility, double uniform) {
  switch (setting.rule) {
    case ChoiceRule::kLogit:
      return choose_logit(utility, setting.temperature, uniform);
    case ChoiceRule::kBestResponse:
      return choose_best_response(utility, setting.tie_eps, setting.on_tie, uniform);
    case ChoiceRule::kBetterResponse:
      return choose_better_response(utility, setting.tie_eps, setting.on_tie, uniform);
    case ChoiceRule::kSteepest:
      return choose_steepest(utility, setting.tie_eps);
    case ChoiceRule::kThreshold:
    case ChoiceRule::kImitate:
    case ChoiceRule::kPolicyTable:
      break;  // look at peers, not at options
  }
  SPLINTERNET_CHECK(false);
  return 0;
}

}  // namespace splinternet
