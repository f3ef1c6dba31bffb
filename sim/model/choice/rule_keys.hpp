#pragma once

#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// Throws ScenarioError for the first key below [countries] that the rule of choice or the schedule does not take, if
/// it was written in the same file as the rule or the schedule (or if these are the defaults): what it says would
/// change nothing. A file that extends another, or the command line, may choose another rule without knowing what the
/// base wrote. Also for payoff terms that are missing or not weighed, and for a policy table that is missing.
void check_rule_keys(const Scenario& scenario, bool has_map);

}  // namespace splinternet
