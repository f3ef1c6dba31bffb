#pragma once

#include <string>

#include "sim/study/analyse.hpp"

namespace splinternet {

/// The analysis for people: of each framework whether it holds together, who would leave or join first and for which
/// sum, who has power over its entry into force, between whom its traffic runs; then what each country that was held
/// out would have changed.
std::string analysis_text(const Analysis& analysis);

}  // namespace splinternet
