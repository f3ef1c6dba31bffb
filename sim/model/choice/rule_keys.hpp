#pragma once

#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// Throws ScenarioError for the first key below [countries] that the rule of choice or the schedule does not take, if
/// it was written in the same file as the rule or the schedule (or if these are the defaults): what it says would
<<<<<<< HEAD
/// change nothing; likewise for a key on the command line, unless the rule is chosen there too. A file that extends
/// another, or the command line, may choose another rule without knowing what the base wrote. Also for payoff terms
/// that are missing or not weighed, and for a policy table that is missing.
=======
/// change nothing. A file that extends another, or the command line, may choose another rule without knowing what the
/// base wrote. Also for payoff terms that are missing or not weighed, and for a policy table that is missing.
>>>>>>> parent of 103d7b2 (A number on the command line that the chosen rule does not take is refused)
void check_rule_keys(const Scenario& scenario, bool has_map);

}  // namespace splinternet
