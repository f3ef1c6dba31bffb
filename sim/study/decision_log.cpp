#include "sim/study/decision_log.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/model/choice/logit.hpp"
#include "sim/study/result_file.hpp"

namespace splinternet {
namespace {

/// Whether rows [first, first + count) are among `size` rows.
bool are_rows(std::int32_t first, std::int32_t count, std::size_t size) {
  return first >= 0 && count >= 0 && static_cast<std::size_t>(first) + static_cast<std::size_t>(count) <= size;
}

/// Throws DataError if a category is none of `count` words.
void check_category(std::int8_t value, std::int8_t count, const char* name, std::size_t row) {
  if (value >= 0 && value < count) return;
  throw DataError("array \"" + std::string(name) + "\" of the result has no meaning for " + std::to_string(value) +
                  " in row " + std::to_string(row));
}

/// Reads decisions from the columns of the file.
class DecisionReader {
 public:
  explicit DecisionReader(const LabelledDataset& result)
      : step_(values_of<std::int32_t>(result, "decision_step")),
        country_(values_of<std::string>(result, "decision_country")),
        courted_by_(values_of<std::string>(result, "decision_courted_by")),
        refused_by_(result.find("decision_refused_by") == nullptr
                        ? std::vector<std::string>{}
                        : values_of<std::string>(result, "decision_refused_by")),
        first_(values_of<std::int32_t>(result, "decision_first_option")),
        count_(values_of<std::int32_t>(result, "decision_option_count")),
        chosen_(values_of<std::int32_t>(result, "decision_chosen")),
        uniform_(values_of<double>(result, "decision_uniform")),
        rule_(values_of<std::int8_t>(result, "decision_rule")),
        temperature_(values_of<double>(result, "decision_temperature")),
        tie_eps_(values_of<double>(result, "decision_tie_eps")),
        on_tie_(values_of<std::int8_t>(result, "decision_on_tie")),
        annuity_(values_of<double>(result, "decision_annuity")),
        target_(values_of<std::string>(result, "option_target")),
        offer_(values_of<double>(result, "option_offer")),
        total_(values_of<double>(result, "option_total")),
        value_(values_of<double>(result, "option_value")),
        terms_(result.size("term")) {}

  [[nodiscard]] std::vector<LoggedDecision> all() const {
    std::vector<LoggedDecision> decisions;
    for (std::size_t n = 0; n < step_.size(); ++n) decisions.push_back(decision(n));
    return decisions;
  }

 private:
  [[nodiscard]] LoggedDecision decision(std::size_t n) const {
    if (count_[n] < 1 || !are_rows(first_[n], count_[n], target_.size()) || chosen_[n] < 0 || chosen_[n] >= count_[n]) {
      throw DataError("the decisions of the result contradict its options: decision " + std::to_string(n));
    }
    check_category(rule_[n], kPayoffRules, "decision_rule", n);
    check_category(on_tie_[n], 3, "decision_on_tie", n);
    LoggedDecision decision;
    decision.row = n;
    decision.step = step_[n];
    decision.country = country_[n];
    decision.courted_by = split_ids(courted_by_[n]);
    if (!refused_by_.empty()) decision.refused_by = split_ids(refused_by_[n]);
    decision.chosen = static_cast<std::size_t>(chosen_[n]);
    decision.uniform = uniform_[n];
    decision.rule = static_cast<ChoiceRule>(rule_[n]);
    decision.temperature = temperature_[n];
    decision.tie_eps = tie_eps_[n];
    decision.on_tie = static_cast<OnTie>(on_tie_[n]);
    decision.annuity = annuity_[n];
    add_options(static_cast<std::size_t>(first_[n]), static_cast<std::size_t>(count_[n]), decision);
    return decision;
  }

  void add_options(std::size_t first, std::size_t count, LoggedDecision& decision) const {
    std::vector<double> probability(count, std::numeric_limits<double>::quiet_NaN());
    if (decision.temperature > 0.0) {
      logit_probabilities(std::span(total_).subspan(first, count), decision.temperature, probability);
    }
    for (std::size_t o = 0; o < count; ++o) {
      const auto values = std::span(value_).subspan((first + o) * terms_, terms_);
      decision.options.push_back({split_ids(target_[first + o]),
                                  offer_[first + o],
                                  total_[first + o],
                                  probability[o],
                                  {values.begin(), values.end()}});
    }
  }

  const std::vector<std::int32_t>& step_;
  const std::vector<std::string>& country_;
  const std::vector<std::string>& courted_by_;
  const std::vector<std::string> refused_by_;  // empty if nobody was refused
  const std::vector<std::int32_t>& first_;
  const std::vector<std::int32_t>& count_;
  const std::vector<std::int32_t>& chosen_;
  const std::vector<double>& uniform_;
  const std::vector<std::int8_t>& rule_;
  const std::vector<double>& temperature_;
  const std::vector<double>& tie_eps_;
  const std::vector<std::int8_t>& on_tie_;
  const std::vector<double>& annuity_;
  const std::vector<std::string>& target_;
  const std::vector<double>& offer_;
  const std::vector<double>& total_;
  const std::vector<double>& value_;
  std::size_t terms_;
};

}  // namespace

std::vector<std::string> split_ids(std::string_view joined) {
  std::vector<std::string> ids;
  while (!joined.empty()) {
    const std::size_t plus = joined.find('+');
    ids.emplace_back(joined.substr(0, plus));
    joined = plus == std::string_view::npos ? std::string_view{} : joined.substr(plus + 1);
  }
  return ids;
}

std::vector<LoggedDecision> read_decisions(const LabelledDataset& result) {
  if (result.find("decision_step") == nullptr) return {};
  return DecisionReader(result).all();
}

std::vector<LoggedAnswer> read_answers(const LabelledDataset& result) {
  if (result.find("answer_step") == nullptr) return {};
  const auto& step = values_of<std::int32_t>(result, "answer_step");
  const auto& organisation = values_of<std::string>(result, "answer_organisation");
  const auto& framework = values_of<std::string>(result, "answer_framework");
  const auto& rule = values_of<std::int8_t>(result, "answer_rule");
  const auto& utility = values_of<double>(result, "answer_utility");
  const auto& temperature = values_of<double>(result, "answer_temperature");
  const auto& uniform = values_of<double>(result, "answer_uniform");
  const auto& accepted = values_of<std::int8_t>(result, "answer_accepted");
  const auto& first = values_of<std::int32_t>(result, "answer_first_ballot");
  const auto& count = values_of<std::int32_t>(result, "answer_ballot_count");
  const auto& voter = values_of<std::string>(result, "ballot_country");
  const auto& vote = values_of<double>(result, "ballot_utility");
  std::vector<LoggedAnswer> answers;
  for (std::size_t n = 0; n < step.size(); ++n) {
    if (count[n] < 1 || !are_rows(first[n], count[n], voter.size())) {
      throw DataError("the answers of the result contradict its ballots: answer " + std::to_string(n));
    }
    check_category(rule[n], 3, "answer_rule", n);
    LoggedAnswer answer{
        n,          step[n],        organisation[n], framework[n],     static_cast<OrganisationRule>(rule[n]),
        utility[n], temperature[n], uniform[n],      accepted[n] != 0, {}};
    const auto begin = static_cast<std::size_t>(first[n]);
    for (std::size_t b = begin; b < begin + static_cast<std::size_t>(count[n]); ++b) {
      answer.ballots.push_back({voter[b], vote[b]});
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace splinternet
