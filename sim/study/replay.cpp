#include "sim/study/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/core/rng.hpp"
#include "sim/model/actors.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/organisations.hpp"
#include "sim/study/counterfactual.hpp"
#include "sim/study/decision_log.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/waterfall.hpp"
#include "sim/study/wording.hpp"

namespace splinternet {
namespace {

using Ids = std::vector<std::string>;

/// Where a decision stands among those of its country in its step.
struct Turn {
  std::uint32_t number = 0;
  const LoggedDecision* before = nullptr;
  bool is_last = true;
};

std::vector<Turn> turns_of(const std::vector<LoggedDecision>& decisions) {
  std::vector<Turn> turns(decisions.size());
  std::map<std::pair<std::int32_t, std::string>, std::size_t> latest;
  for (std::size_t n = 0; n < decisions.size(); ++n) {
    const auto [place, is_first] = latest.try_emplace({decisions[n].step, decisions[n].country}, n);
    if (is_first) continue;
    turns[place->second].is_last = false;
    turns[n].number = turns[place->second].number + 1;
    turns[n].before = &decisions[place->second];
    place->second = n;
  }
  return turns;
}

class Replayer {
 public:
  explicit Replayer(const LabelledDataset& result) : result_(result), wording_(result) {}

  Replay replay() {
    const std::vector<LoggedDecision> decisions = read_decisions(result_);
    const std::vector<Turn> turns = turns_of(decisions);
    for (const LoggedDecision& decision : decisions) {
      place_ = fmt::format("decision {} ({} in step {}, {})", decision.row, decision.country, decision.step,
                           wording_.month(decision.step));
      ++found_.decisions;
      check(decision, turns[decision.row]);
    }
    for (const LoggedAnswer& answer : read_answers(result_)) {
      place_ = fmt::format("answer {} ({} to {} in step {}, {})", answer.row, answer.organisation, answer.framework,
                           answer.step, wording_.month(answer.step));
      ++found_.answers;
      check(answer);
    }
    return std::move(found_);
  }

 private:
  template <class... Values>
  void fault(fmt::format_string<Values...> text, Values&&... values) {
    found_.faults.push_back(place_ + ": " + fmt::format(text, std::forward<Values>(values)...));
  }

  void check(const LoggedDecision& decision, const Turn& turn) {
    const double drawn =
        draws(Purpose::kCountryChoice, decision.step, country_key(decision.country)).uniform(turn.number);
    if (decision.uniform != drawn) fault("the draw is {}, but the seed gives {}", decision.uniform, drawn);
    check_rule(decision);
    for (std::size_t n = 0; n < decision.options.size(); ++n) check_option(decision, n);
    try {
      const std::size_t chosen = choose_again(decision, totals_of(decision));
      if (chosen != decision.chosen) {
        fault("it {}, but the same totals and draw give option {} ({})",
              wording_.option(decision, decision.chosen, Form::kPast), chosen,
              wording_.option(decision, chosen, Form::kInfinitive));
      }
    } catch (const DataError& error) {
      fault("{}", error.what());
    }
    if (result_.find("membership") != nullptr) check_memberships(decision, turn);
  }

  /// The numbers of the rule are those of the scenario, unless a shock may have changed them.
  void check_rule(const LoggedDecision& decision) {
    const ParameterValues& value = wording_.scenario().parameters;
    const bool shocked = std::any_of(wording_.scenario().events.begin(), wording_.scenario().events.end(),
                                     [](const EventSpec& event) { return event.kind == EventKind::kShock; });
    if (shocked) return;
    if (decision.rule != static_cast<ChoiceRule>(value.choice(parameters::kChoice))) {
      fault("its rule is not the scenario's");
    }
    const bool logit = decision.rule == ChoiceRule::kLogit;
    const double rule = logit ? value(parameters::kTemperature) : value(parameters::kTieEps);
    const double recorded = logit ? decision.temperature : decision.tie_eps;
    if (recorded != rule) fault("its rule has {} pp, the scenario {}", recorded, rule);
    if (std::isnan(decision.temperature) == std::isnan(decision.tie_eps)) fault("its rule is not told apart");
    if (decision.on_tie != static_cast<OnTie>(value.choice(parameters::kOnTie)))
      fault("its on_tie is not the scenario's");
    if (decision.annuity != value(parameters::kAnnuity)) fault("its annuity is not the scenario's");
  }

  void check_option(const LoggedDecision& decision, std::size_t n) {
    const LoggedOption& option = decision.options[n];
    double total = 0.0;
    for (const double value : option.term_value) total += value;
    if (total != option.total) fault("the terms of option {} add up to {}, not to {}", n, total, option.total);
    const auto worth_something = [](double value) { return value != 0.0; };
    if (n == 0 && std::any_of(option.term_value.begin(), option.term_value.end(), worth_something)) {
      fault("a term of staying is not 0");
    }
    if (option.offer_busd == 0.0) return;
    const Ids added = ids_without(option.target, decision.options.front().target);
    if (ids_without(added, decision.courted_by).size() == added.size()) {
      fault("option {} has an offer of {} from nobody who courted it", n, sum_of_money(option.offer_busd));
    }
  }

  void check_memberships(const LoggedDecision& decision, const Turn& turn) {
    const std::size_t steps = result_.size("step");
    if (decision.step < 1 || static_cast<std::size_t>(decision.step) >= steps) {
      fault("the run has no such step");
      return;
    }
    if (turn.before == nullptr) {
      check_membership(decision, decision.step - 1, 0, "before");
    } else if (turn.before->options[turn.before->chosen].target != decision.options[0].target) {
      fault("option 0 is not what the country chose just before in this step");
    }
    if (turn.is_last) check_membership(decision, decision.step, decision.chosen, "after");
  }

  void check_membership(const LoggedDecision& decision, std::int32_t step, std::size_t option, const char* when) {
    const auto& codes = values_of<std::string>(result_, "country");
    const auto& frameworks = values_of<std::string>(result_, "framework");
    const auto& level = values_of<std::int8_t>(result_, "membership");
    const auto place = std::find(codes.begin(), codes.end(), decision.country);
    if (place == codes.end()) {
      fault("the result has no such country");
      return;
    }
    const std::size_t row =
        (static_cast<std::size_t>(step) * codes.size() + static_cast<std::size_t>(place - codes.begin())) *
        frameworks.size();
    Ids recorded;
    for (std::size_t k = 0; k < frameworks.size(); ++k) {
      if (level[row + k] != 0) recorded.push_back(frameworks[k]);
    }
    const Ids& target = decision.options[option].target;
    if (recorded == target) return;
    fault("option {} is to be in {}, but it was in {} {}", option, in(target), in(recorded), when);
  }

  static std::string in(const Ids& ids) { return ids.empty() ? "nothing" : listed(ids); }

  void check(const LoggedAnswer& answer) {
    const auto framework = static_cast<std::uint16_t>(entity_key(answer.framework) & 0xffffU);
    const double drawn =
        draws(Purpose::kOrganisationChoice, answer.step, entity_key(answer.organisation), framework).uniform();
    if (answer.uniform != drawn) fault("the draw is {}, but the seed gives {}", answer.uniform, drawn);
    std::vector<double> votes;
    for (const LoggedBallot& ballot : answer.ballots) votes.push_back(ballot.utility);
    const double utility = collective_utility(answer.rule, std::move(votes));
    if (answer.utility != utility) fault("its utility is {}, but its ballots make {}", answer.utility, utility);
    if (answers_yes(answer, answer.utility) != answer.accepted) {
      fault("it {}, but the same utility and draw give the other answer", answer.accepted ? "acceded" : "refused");
    }
  }

  /// What draws of a country are keyed by: its code; of a synthetic actor its number.
  [[nodiscard]] std::uint32_t country_key(const std::string& code) const {
    const std::size_t actors = wording_.scenario().world.actors;
    return actors == 0 ? entity_key(code) : static_cast<std::uint32_t>(synthetic_actor(code, actors));
  }

  [[nodiscard]] Draws draws(Purpose purpose, std::int32_t step, std::uint32_t key, std::uint16_t kind = 0) const {
    return {wording_.scenario().run.seed, purpose, static_cast<std::uint32_t>(step), key, kind};
  }

  const LabelledDataset& result_;
  Wording wording_;
  std::string place_;
  Replay found_;
};

}  // namespace

Replay replay_decisions(const LabelledDataset& result) {
  return Replayer(result).replay();
}

}  // namespace splinternet
