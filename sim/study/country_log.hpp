#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"
#include "sim/scenario/world_tables.hpp"
#include "sim/study/decision_log.hpp"

namespace splinternet {

struct LoggedMembership {
  std::string framework;
  MembershipLevel level = MembershipLevel::kNone;
};

/// All that a result file tells about one country's memberships, each list in order of time.
struct CountryLog {
  std::string code;
  std::string name;
  std::vector<LoggedMembership> at_start;  ///< those it had at step 0 and in the last step; empty if none was recorded
  std::vector<LoggedMembership> at_end;
  std::vector<LoggedAct> acts;
  std::vector<LoggedDecision> decisions;  ///< empty if the run recorded none
  std::vector<LoggedAnswer> answers;      ///< of organisations in which it has a say, or with which it joined
  std::vector<std::string> terms;         ///< names of payoff terms, in order of summation
};

/// The changes of a country's memberships in order of time.
std::vector<LoggedAct> acts_of_country(const LabelledDataset& result, const std::string& code);

/// Reads the log of a country, given by ISO code or English name in any case. Throws DataError with the nearest name if
/// the file knows no such country, or if its arrays contradict each other.
CountryLog read_country_log(const LabelledDataset& result, std::string_view country);

}  // namespace splinternet
