#pragma once

#include <string>
#include <vector>

#include "sim/scenario/parameter.hpp"

namespace splinternet {

/// The parameter table: every row of every room, in the order of the documentation.
ParameterRows parameter_catalogue();

/// Names of the payoff terms that a scenario may switch on, in order.
std::vector<std::string> term_names();

/// Names of those that a scenario has if it names none: the terms of (M1).
std::vector<std::string> default_term_names();

}  // namespace splinternet
