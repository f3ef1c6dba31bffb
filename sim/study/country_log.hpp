#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"
#include "sim/model/step_report.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

/// One alternative of a recorded decision.
struct LoggedOption {
  std::vector<std::string> target;  ///< ids of the frameworks it leads to
  double offer_busd = 0.0;          ///< one-off sum offered for it
  double total = 0.0;               ///< worth against staying, pp of real income a year
  double probability = 0.0;         ///< under the logit rule; NaN under best response
  std::vector<double> term_value;   ///< pp, in the order of CountryLog::terms
};

/// A revision of memberships as the file tells it; the first option is staying.
struct LoggedDecision {
  std::int32_t step = 0;
  std::vector<std::string> courted_by;  ///< ids of frameworks; empty: it reconsidered on its own
  std::size_t chosen = 0;
  double uniform = 0.0;
  std::vector<LoggedOption> options;
};

/// A change of membership as the file tells it.
struct LoggedAct {
  std::int32_t step = 0;
  std::string framework;
  ActKind kind = ActKind::kAccede;
  std::string organisation;  ///< id, for a joint accession
  double offer_busd = 0.0;
};

struct LoggedMembership {
  std::string framework;
  MembershipLevel level = MembershipLevel::kNone;
};

/// All that a result file tells about one country's memberships, in order of time.
struct CountryLog {
  std::string code;
  std::string name;
  std::vector<LoggedMembership> at_start;  ///< those it had at step 0 and in the last step; empty if none was recorded
  std::vector<LoggedMembership> at_end;
  std::vector<LoggedAct> acts;
  std::vector<LoggedDecision> decisions;  ///< empty if the run recorded none
  std::vector<std::string> terms;         ///< names of payoff terms, in order of summation
};

/// Reads the log of a country, given by ISO code or English name in any case. Throws DataError with the nearest name if
/// the file knows no such country, or if its arrays contradict each other.
CountryLog read_country_log(const LabelledDataset& result, std::string_view country);

}  // namespace splinternet
