#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"
#include "sim/model/choice/choice_rule.hpp"
#include "sim/model/step_report.hpp"
#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// One alternative of a recorded decision.
struct LoggedOption {
  std::vector<std::string> target;  ///< ids of the frameworks it leads to
  double offer_busd = 0.0;          ///< one-off sum offered for it
  double total = 0.0;               ///< worth against staying, pp of real income a year
  double probability = 0.0;         ///< under the logit rule; NaN under others
  std::vector<double> term_value;   ///< pp, in the order of summation
};

/// A revision of memberships as the file tells it; the first option is staying.
struct LoggedDecision {
  std::size_t row = 0;  ///< among all decisions of the file
  std::int32_t step = 0;
  std::string country;                  ///< code
  std::vector<std::string> courted_by;  ///< ids of frameworks; empty: it reconsidered on its own
  std::vector<std::string> refused_by;  ///< ids of frameworks whose members did not admit it
  std::size_t chosen = 0;
  double uniform = 0.0;
  ChoiceRule rule = ChoiceRule::kLogit;
  double temperature = 0.0;  ///< pp; NaN under other rules than logit
  double tie_eps = 0.0;      ///< pp; NaN under the logit rule
  OnTie on_tie = OnTie::kStay;
  double annuity = 0.0;  ///< yearly worth of a one-off sum, as a share of it
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

/// What a member of an organisation brought to its vote: pp, +∞ if it is in already, −∞ if it has signed a rival.
struct LoggedBallot {
  std::string country;
  double utility = 0.0;
};

/// An organisation's answer to a sponsor's visit as the file tells it.
struct LoggedAnswer {
  std::size_t row = 0;  ///< among all answers of the file
  std::int32_t step = 0;
  std::string organisation;
  std::string framework;
  OrganisationRule rule = OrganisationRule::kConsensus;
  double utility = 0.0;      ///< U_o, pp
  double temperature = 0.0;  ///< pp
  double uniform = 0.0;
  bool accepted = false;
  std::vector<LoggedBallot> ballots;
};

/// All decisions of the file in its order; none if it recorded none. Throws DataError if its arrays contradict each
/// other.
std::vector<LoggedDecision> read_decisions(const LabelledDataset& result);

/// All answers of organisations in the order of the file; none if it recorded none. Throws DataError likewise.
std::vector<LoggedAnswer> read_answers(const LabelledDataset& result);

/// The ids in "clean_network+gids".
std::vector<std::string> split_ids(std::string_view joined);

}  // namespace splinternet
