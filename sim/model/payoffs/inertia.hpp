#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Cost of change (M11): −κ_join per accession, −κ_leave per withdrawal of a signature.
const PayoffTerm& inertia_term();

}  // namespace splinternet
