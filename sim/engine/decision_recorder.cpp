#include "sim/engine/decision_recorder.hpp"

#include <algorithm>
#include <limits>

#include "sim/model/choice/choice_rule.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/model/trade_response.hpp"

namespace splinternet {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

void append(std::vector<double>& to, const std::vector<double>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// The unit of payoffs for the attribute `units`, which knows percentage points as percent.
std::string units_of(std::string_view unit) {
  return unit == kUnitOfIncome ? "percent" : std::string(unit);
}

std::string in_words(std::string_view unit) {
  return unit == kUnitOfIncome ? "pp of real income" : std::string(unit);
}

}  // namespace

std::string framework_names(const Setting& setting, FrameworkSet set) {
  std::string names;
  for (std::size_t k = 0; k < setting.frameworks.count; ++k) {
    if (!contains(set, k)) continue;
    if (!names.empty()) names += '+';
    names += setting.frameworks.id[k];
  }
  return names;
}

void DecisionRecorder::record(const World& world, const StepReport& report) {
  const Setting& setting = world.setting();
  const ParameterValues& value = world.derived.parameters;  // with the shocks that were in force in the step
  const auto rule = static_cast<ChoiceRule>(value.choice(parameters::kChoice));
  const bool logit = rule == ChoiceRule::kLogit;
  Decisions& d = decisions_;
  for (const Decision& decision : report.decisions) {
    d.step.push_back(world.step);
    d.country.push_back(setting.countries.code[decision.country]);
    d.courted_by.push_back(framework_names(setting, decision.courted_by));
    d.refused_by.push_back(framework_names(setting, decision.refused_by));
    d.first_option.push_back(static_cast<std::int32_t>(d.target.size()));
    d.option_count.push_back(static_cast<std::int32_t>(decision.row_count));
    d.chosen.push_back(static_cast<std::int32_t>(decision.chosen));
    d.uniform.push_back(decision.uniform);
    d.rule.push_back(static_cast<std::int8_t>(rule));
    d.temperature.push_back(logit ? value(parameters::kTemperature) : kNone);
    d.tie_eps.push_back(logit ? kNone : value(parameters::kTieEps));
    d.on_tie.push_back(static_cast<std::int8_t>(value.choice(parameters::kOnTie)));
    d.annuity.push_back(value(parameters::kAnnuity));
    d.chosen_linear.push_back(static_cast<std::int32_t>(decision.chosen_linear));
    d.chosen_exact.push_back(static_cast<std::int32_t>(decision.chosen_exact));
    record_options(world, report, decision);
  }
  append(d.value, report.option_value);
  append(d.market_access_linear, report.option_market_access_linear);
  append(d.market_access_exact, report.option_market_access_exact);
  record_answers(world, report);
}

void DecisionRecorder::record_options(const World& world, const StepReport& report, const Decision& decision) {
  for (std::size_t n = decision.first_row; n < decision.first_row + decision.row_count; ++n) {
    decisions_.target.push_back(framework_names(world.setting(), report.option_target[n]));
    decisions_.offer_busd.push_back(report.option_offer_busd[n]);
    decisions_.total.push_back(report.option_total[n]);
  }
}

void DecisionRecorder::record_answers(const World& world, const StepReport& report) {
  const Setting& setting = world.setting();
  Answers& a = answers_;
  for (const OrganisationAnswer& answer : report.answers) {
    const OrganisationSetting& body = setting.organisations[answer.organisation];
    a.step.push_back(world.step);
    a.organisation.push_back(body.id);
    a.framework.push_back(setting.frameworks.id[answer.framework]);
    a.rule.push_back(static_cast<std::int8_t>(body.rule));
    a.utility.push_back(answer.utility);
    a.temperature.push_back(world.derived.parameters(parameters::kTemperature));
    a.uniform.push_back(answer.uniform);
    a.accepted.push_back(answer.accepted ? 1 : 0);
    a.first_ballot.push_back(static_cast<std::int32_t>(a.ballot_country.size()));
    a.ballot_count.push_back(static_cast<std::int32_t>(answer.ballot_count));
    for (std::size_t n = answer.first_ballot; n < answer.first_ballot + answer.ballot_count; ++n) {
      a.ballot_country.push_back(setting.countries.code[report.ballots[n].country]);
      a.ballot_utility.push_back(report.ballots[n].utility);
    }
  }
}

void DecisionRecorder::add_to(const World& world, LabelledDataset& dataset) const {
  std::vector<std::string> terms;
  for (const PayoffTerm* term : active_terms(world.setting())) terms.emplace_back(term->name());
  dataset.dims.emplace_back("term", terms.size());
  dataset.dims.emplace_back("decision", decisions_.step.size());
  dataset.dims.emplace_back("option", decisions_.target.size());
  dataset.arrays.push_back({"term", {"term"}, terms, "", "payoff term, in order of summation", {}});
  add_decisions(world.scenario().unit, dataset);
  add_options(world.scenario().unit, dataset);
  if (world.scenario().record.market_access_exact && weighs_market_access(world.setting())) add_market_access(dataset);
  if (!world.setting().organisations.empty()) add_answers(dataset);
}

void DecisionRecorder::add_decisions(std::string_view unit, LabelledDataset& dataset) const {
  const Decisions& d = decisions_;
  const auto add = [&](const char* name, ArrayValues values, const std::string& units, const std::string& meaning,
                       std::vector<std::string> flags = {}) {
    dataset.arrays.push_back({name, {"decision"}, std::move(values), units, meaning, std::move(flags)});
  };
  add("decision_step", d.step, "1", "step of a revision");
  add("decision_country", d.country, "", "country that revised");
  add("decision_courted_by", d.courted_by, "", "frameworks that courted it");
  const auto is_refused = [](const std::string& frameworks) { return !frameworks.empty(); };
  if (std::any_of(d.refused_by.begin(), d.refused_by.end(), is_refused)) {
    add("decision_refused_by", d.refused_by, "", "frameworks whose members did not admit it");
  }
  add("decision_first_option", d.first_option, "1", "row of its first option");
  add("decision_option_count", d.option_count, "1", "number of its options");
  add("decision_chosen", d.chosen, "1", "option taken, counted from 0 = stay");
  add("decision_uniform", d.uniform, "1", "uniform draw that chose");
  add("decision_rule", d.rule, "1", "rule that chose", option_words(parameters::kChoice));
  add("decision_temperature", d.temperature, units_of(unit),
      "logit temperature, " + in_words(unit) + "; missing under other rules than logit");
  add("decision_tie_eps", d.tie_eps, units_of(unit),
      "options this close tie, " + in_words(unit) + "; missing under the logit rule");
  add("decision_on_tie", d.on_tie, "1", "what best and better response do with a tie", {"stay", "lowest", "random"});
  add("decision_annuity", d.annuity, "1/yr", "yearly worth of a one-off sum");
}

void DecisionRecorder::add_options(std::string_view unit, LabelledDataset& dataset) const {
  const std::vector<std::string> option{"option"};
  const Decisions& d = decisions_;
  dataset.arrays.push_back({"option_target", option, d.target, "", "memberships that the option leads to", {}});
  dataset.arrays.push_back({"option_offer", option, d.offer_busd, "1e9 USD", "one-off sum offered", {}});
  dataset.arrays.push_back(
      {"option_total", option, d.total, units_of(unit), "utility of the option, " + in_words(unit), {}});
  dataset.arrays.push_back(
      {"option_value", {"option", "term"}, d.value, units_of(unit), "value of each term, " + in_words(unit), {}});
}

void DecisionRecorder::add_market_access(LabelledDataset& dataset) const {
  const std::vector<std::string> decision{"decision"};
  const std::vector<std::string> option{"option"};
  dataset.arrays.push_back({"option_market_access_linear",
                            option,
                            decisions_.market_access_linear,
                            "percent",
                            "market access by the linear response, pp of real income",
                            {}});
  dataset.arrays.push_back({"option_market_access_exact",
                            option,
                            decisions_.market_access_exact,
                            "percent",
                            "market access by solving the world anew, pp of real income",
                            {}});
  dataset.arrays.push_back({"decision_chosen_linear",
                            decision,
                            decisions_.chosen_linear,
                            "1",
                            "option that the same draw takes with market access by the linear response",
                            {}});
  dataset.arrays.push_back({"decision_chosen_exact",
                            decision,
                            decisions_.chosen_exact,
                            "1",
                            "option that the same draw takes with exact market access",
                            {}});
}

void DecisionRecorder::add_answers(LabelledDataset& dataset) const {
  const Answers& a = answers_;
  dataset.dims.emplace_back("answer", a.step.size());
  dataset.dims.emplace_back("ballot", a.ballot_country.size());
  const auto add = [&](const char* name, const char* dim, ArrayValues values, const char* units, const char* meaning,
                       std::vector<std::string> flags = {}) {
    dataset.arrays.push_back({name, {dim}, std::move(values), units, meaning, std::move(flags)});
  };
  add("answer_step", "answer", a.step, "1", "step in which an organisation answered a visit");
  add("answer_organisation", "answer", a.organisation, "", "organisation");
  add("answer_framework", "answer", a.framework, "", "framework that courted it");
  add("answer_rule", "answer", a.rule, "1", "how it decides", {"consensus", "majority", "leader"});
  add("answer_utility", "answer", a.utility, "percent", "its utility by this rule, pp of real income");
  add("answer_temperature", "answer", a.temperature, "percent", "logit temperature, pp of real income");
  add("answer_uniform", "answer", a.uniform, "1", "uniform draw: it accedes if this is below the probability");
  add("answer_accepted", "answer", a.accepted, "1", "whether it acceded", {"refused", "acceded"});
  add("answer_first_ballot", "answer", a.first_ballot, "1", "row of its first ballot");
  add("answer_ballot_count", "answer", a.ballot_count, "1", "number of its ballots");
  add("ballot_country", "ballot", a.ballot_country, "", "member that has a say");
  add("ballot_utility", "ballot", a.ballot_utility, "percent",
      "utility to the member, pp of real income; inf if it is in already, -inf if it has signed a rival");
}

}  // namespace splinternet
