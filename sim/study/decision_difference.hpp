#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/study/decision_log.hpp"
#include "sim/study/wording.hpp"

namespace splinternet {

/// A term that says something else of the same alternative in two runs. pp.
struct TermDifference {
  std::size_t term = 0;
  double first = 0.0;   ///< its worth of `taken_first` against `taken_second` in the first run
  double second = 0.0;  ///< the same in the second run
  [[nodiscard]] double difference() const { return second - first; }
};

/// Two decisions of one country in one step of two runs: what is different about them.
struct DecisionDifference {
  bool draws = false;
  bool rules = false;                   ///< the rule, temperature, tie_eps or on_tie
  std::vector<std::string> only_first;  ///< targets of options that only the first run had, joined by +
  std::vector<std::string> only_second;
  bool offers = false;                   ///< of options that both had
  bool values = false;                   ///< a term or total of an option that both had, to the last bit
  std::vector<TermDifference> terms;     ///< in order of summation; empty unless both runs had both options taken
  std::optional<std::size_t> main_term;  ///< the one that moved most towards what the second run took
  bool draw_is_enough = false;           ///< the first run with the second's draw takes what the second took
  bool main_term_is_enough = false;      ///< the second run with the first's values of it takes what the first took
  /// Anything of the above.
  [[nodiscard]] bool any() const {
    return draws || rules || offers || values || !only_first.empty() || !only_second.empty();
  }
};

/// Compares the decisions; their terms have to be the same in the same order. If both took the same option, terms are
/// those of it against the best alternative of the first run.
DecisionDifference compare_decisions(const LoggedDecision& first, const LoggedDecision& second);

/// The difference in words: both choices, draws, rules, options and offers where they differ, terms side by side, and
/// what made them part. Ends with a line break.
std::string explain_difference(const Wording& first_wording, const Wording& second_wording, const LoggedDecision& first,
                               const LoggedDecision& second);

}  // namespace splinternet
