#include "sim/study/country_log.hpp"

#include <algorithm>
#include <utility>

#include "sim/core/nearest_name.hpp"
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

/// Whether the country voted in the organisation, or joined with it.
bool concerns(const LoggedAnswer& answer, const CountryLog& log) {
  const bool votes = std::any_of(answer.ballots.begin(), answer.ballots.end(),
                                 [&](const LoggedBallot& ballot) { return ballot.country == log.code; });
  return votes || std::any_of(log.acts.begin(), log.acts.end(), [&](const LoggedAct& act) {
           return act.step == answer.step && act.organisation == answer.organisation &&
                  act.framework == answer.framework;
         });
}

}  // namespace

std::vector<LoggedAct> acts_of_country(const LabelledDataset& result, const std::string& code) {
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

CountryLog read_country_log(const LabelledDataset& result, std::string_view country) {
  const std::size_t row = find_country(result, country);
  CountryLog log;
  log.code = values_of<std::string>(result, "country")[row];
  log.name = values_of<std::string>(result, "country_name")[row];
  log.at_start = memberships(result, row, 0);
  log.at_end = memberships(result, row, result.size("step") - 1);
  log.acts = acts_of_country(result, log.code);
  if (result.find("decision_step") == nullptr) return log;
  log.terms = values_of<std::string>(result, "term");
  for (LoggedDecision& decision : read_decisions(result)) {
    if (decision.country == log.code) log.decisions.push_back(std::move(decision));
  }
  for (LoggedAnswer& answer : read_answers(result)) {
    if (concerns(answer, log)) log.answers.push_back(std::move(answer));
  }
  return log;
}

}  // namespace splinternet
