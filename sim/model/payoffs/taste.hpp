#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Persistent taste of a country for a framework, drawn once: s.d. `countries.taste_sd`.
const PayoffTerm& taste_term();

}  // namespace splinternet
