#include "sim/study/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "sim/model/countries.hpp"
#include "sim/study/country_log.hpp"
#include "sim/study/explain_decision.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/wording.hpp"

namespace splinternet {
namespace {

/// Writes the log of one country.
class Explanation {
 public:
  Explanation(const LabelledDataset& result, std::string_view country)
      : result_(result), wording_(result), log_(read_country_log(result, country)) {}

  std::string of_run() const {
    std::string text = head() + "\n" + memberships("At the start", log_.at_start);
    for (const LoggedAct& act : log_.acts) text += wording_.month(act.step) + "  " + act_in_words(wording_, act) + "\n";
    if (log_.acts.empty()) text += "Its memberships never changed.\n";
    text += memberships("At the end", log_.at_end) + courting();
    for (const std::string& part : parts({})) text += "\n" + part;
    return text;
  }

  std::string of_step(std::int32_t step) const {
    const int horizon = wording_.scenario().run.horizon;
    if (step < 1 || step > horizon) {
      throw DataError(fmt::format("there is no step {}: the run has steps 1 to {}", step, horizon));
    }
    std::string text;
    for (const LoggedAct& act : log_.acts) {
      if (act.step == step) text += wording_.month(step) + "  " + act_in_words(wording_, act) + "\n";
    }
    for (const std::string& part : parts(step)) text += (text.empty() ? "" : "\n") + part;
    if (text.empty()) text = fmt::format("In {} (step {}) it decided nothing.\n", wording_.month(step), step);
    return head() + "\n" + text;
  }

 private:
  std::string head() const { return fmt::format("{} in {}\n", named_code(log_.name, log_.code), wording_.run()); }

  /// Answers of its organisations and its own decisions in order of time: within a step organisations come first.
  std::vector<std::string> parts(std::optional<std::int32_t> step) const {
    std::vector<std::string> texts;
    auto decision = log_.decisions.begin();
    const auto tell_decisions_before = [&](std::int32_t end) {
      for (; decision != log_.decisions.end() && decision->step < end; ++decision) {
        if (!step || decision->step == *step) texts.push_back(explain_decision(wording_, *decision));
      }
    };
    for (const LoggedAnswer& answer : log_.answers) {
      tell_decisions_before(answer.step);
      if (!step || answer.step == *step) texts.push_back(explain_answer(wording_, answer, log_.code));
    }
    tell_decisions_before(std::numeric_limits<std::int32_t>::max());
    return texts;
  }

  std::string memberships(const char* when, const std::vector<LoggedMembership>& list) const {
    if (result_.find("membership") == nullptr) return "";
    std::vector<std::string> parts;
    for (const LoggedMembership& one : list) {
      parts.push_back((one.level == MembershipLevel::kSigned ? "signatory of " : "listed in ") +
                      wording_.framework(one.framework));
    }
    return fmt::format("{}: {}.\n", when, parts.empty() ? "in no framework" : listed(parts));
  }

  /// Who courted it, how often, and how often it said no.
  std::string courting() const {
    const std::int64_t rule = wording_.scenario().parameters.choice(parameters::kChoice);
    if (!weighs_payoffs(static_cast<ChoiceRule>(rule))) {
      return fmt::format("It went by what its peers did (rule \"{}\"): no payoffs were weighed.\n",
                         option_words(parameters::kChoice)[static_cast<std::size_t>(rule)]);
    }
    if (result_.find("decision_step") == nullptr) return "The run recorded no decisions (record.decisions = false).\n";
    std::string text;
    for (const std::string& id : values_of<std::string>(result_, "framework")) {
      std::size_t visits = 0;
      std::size_t refusals = 0;
      for (const LoggedDecision& decision : log_.decisions) {
        if (std::find(decision.courted_by.begin(), decision.courted_by.end(), id) == decision.courted_by.end())
          continue;
        const std::vector<std::string>& target = decision.options[decision.chosen].target;
        ++visits;
        if (std::find(target.begin(), target.end(), id) == target.end()) ++refusals;
      }
      if (visits == 0) continue;
      text += fmt::format("Courted {} by {}; {}.\n", times(visits), wording_.framework(id),
                          refusals == 0 ? "it never refused" : "it refused " + times(refusals));
    }
    return text.empty() ? "Nobody courted it.\n" : text;
  }

  const LabelledDataset& result_;
  Wording wording_;
  CountryLog log_;
};

}  // namespace

std::string explain(const LabelledDataset& result, std::string_view country, std::optional<std::int32_t> step) {
  const Explanation explanation(result, country);
  return step ? explanation.of_step(*step) : explanation.of_run();
}

}  // namespace splinternet
