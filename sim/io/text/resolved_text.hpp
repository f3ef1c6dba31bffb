#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// The whole scenario as one canonical TOML text: sections and keys sorted, every parameter with its value, no path of
/// this machine. Parameters of a section that is switched off (countries, firms, data, trade) are left out, because a
/// phase runs only if its section stands. `parse_scenario` of it gives an equal scenario, whose text is the same again.
std::string resolved_text(const Scenario& scenario);

}  // namespace splinternet
