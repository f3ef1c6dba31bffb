#include "sim/study/country_log.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/nearest_name.hpp"
#include "sim/model/choice/logit.hpp"
#include "sim/study/result_file.hpp"

namespace splinternet {
namespace {

bool equal_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::size_t find_country(const LabelledDataset& result, std::string_view country) {
  const auto& codes = values_of<std::string>(result, "country");
  const auto& names = values_of<std::string>(result, "country_name");
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (equal_letters(country, codes[i]) || equal_letters(country, names[i])) return i;
  }
  std::vector<std::string> candidates = names;
  candidates.insert(candidates.end(), codes.begin(), codes.end());
  throw DataError("the result has no country \"" + std::string(country) +
                  "\"; give an ISO 3166-1 alpha-3 code or an "
                  "English name." +
                  did_you_mean(country, candidates));
}

/// The ids in "clean_network+gids".
std::vector<std::string> split(std::string_view joined) {
  std::vector<std::string> ids;
  while (!joined.empty()) {
    const std::size_t plus = joined.find('+');
    ids.emplace_back(joined.substr(0, plus));
    joined = plus == std::string_view::npos ? std::string_view{} : joined.substr(plus + 1);
  }
  return ids;
}

std::vector<LoggedMembership> memberships(const LabelledDataset& result, std::size_t country, std::size_t step) {
  std::vector<LoggedMembership> list;
  if (result.find("membership") == nullptr) return list;
  const auto& levels = values_of<std::int8_t>(result, "membership");
  const auto& frameworks = values_of<std::string>(result, "framework");
  const std::size_t row = (step * result.size("country") + country) * frameworks.size();
  for (std::size_t k = 0; k < frameworks.size(); ++k) {
    const auto level = static_cast<MembershipLevel>(levels[row + k]);
    if (level != MembershipLevel::kNone) list.push_back({frameworks[k], level});
  }
  return list;
}

std::vector<LoggedAct> acts_of(const LabelledDataset& result, const std::string& code) {
  const auto& step = values_of<std::int32_t>(result, "act_step");
  const auto& country = values_of<std::string>(result, "act_country");
  const auto& framework = values_of<std::string>(result, "act_framework");
  const auto& kind = values_of<std::int8_t>(result, "act_kind");
  const auto& organisation = values_of<std::string>(result, "act_organisation");
  const auto& offer = values_of<double>(result, "act_offer");
  std::vector<LoggedAct> acts;
  for (std::size_t n = 0; n < step.size(); ++n) {
    if (country[n] != code) continue;
    acts.push_back({step[n], framework[n], static_cast<ActKind>(kind[n]), organisation[n], offer[n]});
  }
  return acts;
}

/// Reads decisions from the columns of the file.
class DecisionReader {
 public:
  explicit DecisionReader(const LabelledDataset& result)
      : step_(values_of<std::int32_t>(result, "decision_step")),
        country_(values_of<std::string>(result, "decision_country")),
        courted_by_(values_of<std::string>(result, "decision_courted_by")),
        first_(values_of<std::int32_t>(result, "decision_first_option")),
        count_(values_of<std::int32_t>(result, "decision_option_count")),
        chosen_(values_of<std::int32_t>(result, "decision_chosen")),
        uniform_(values_of<double>(result, "decision_uniform")),
        temperature_(values_of<double>(result, "decision_temperature")),
        target_(values_of<std::string>(result, "option_target")),
        offer_(values_of<double>(result, "option_offer")),
        total_(values_of<double>(result, "option_total")),
        value_(values_of<double>(result, "option_value")),
        terms_(result.size("term")) {}

  [[nodiscard]] std::vector<LoggedDecision> of(const std::string& code) const {
    std::vector<LoggedDecision> decisions;
    for (std::size_t n = 0; n < step_.size(); ++n) {
      if (country_[n] == code) decisions.push_back(decision(n));
    }
    return decisions;
  }

 private:
  [[nodiscard]] LoggedDecision decision(std::size_t n) const {
    if (first_[n] < 0 || count_[n] < 1 || chosen_[n] < 0 || chosen_[n] >= count_[n] ||
        static_cast<std::size_t>(first_[n]) + static_cast<std::size_t>(count_[n]) > target_.size()) {
      throw DataError("the decisions of the result contradict its options: decision " + std::to_string(n));
    }
    LoggedDecision decision{step_[n], split(courted_by_[n]), static_cast<std::size_t>(chosen_[n]), uniform_[n], {}};
    const auto first = static_cast<std::size_t>(first_[n]);
    const auto count = static_cast<std::size_t>(count_[n]);
    std::vector<double> probability(count, std::numeric_limits<double>::quiet_NaN());
    if (!std::isnan(temperature_[n])) {
      logit_probabilities(std::span(total_).subspan(first, count), temperature_[n], probability);
    }
    for (std::size_t o = 0; o < count; ++o) {
      const auto values = std::span(value_).subspan((first + o) * terms_, terms_);
      decision.options.push_back({split(target_[first + o]),
                                  offer_[first + o],
                                  total_[first + o],
                                  probability[o],
                                  {values.begin(), values.end()}});
    }
    return decision;
  }

  const std::vector<std::int32_t>& step_;
  const std::vector<std::string>& country_;
  const std::vector<std::string>& courted_by_;
  const std::vector<std::int32_t>& first_;
  const std::vector<std::int32_t>& count_;
  const std::vector<std::int32_t>& chosen_;
  const std::vector<double>& uniform_;
  const std::vector<double>& temperature_;
  const std::vector<std::string>& target_;
  const std::vector<double>& offer_;
  const std::vector<double>& total_;
  const std::vector<double>& value_;
  std::size_t terms_;
};

}  // namespace

CountryLog read_country_log(const LabelledDataset& result, std::string_view country) {
  const std::size_t row = find_country(result, country);
  CountryLog log;
  log.code = values_of<std::string>(result, "country")[row];
  log.name = values_of<std::string>(result, "country_name")[row];
  log.at_start = memberships(result, row, 0);
  log.at_end = memberships(result, row, result.size("step") - 1);
  log.acts = acts_of(result, log.code);
  if (result.find("decision_step") != nullptr) {
    log.terms = values_of<std::string>(result, "term");
    log.decisions = DecisionReader(result).of(log.code);
  }
  return log;
}

}  // namespace splinternet
