#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Gap between own rules and those of a framework (M8): −β_C·Σ_p q_kp·gap_ip. Needs a table of gaps.
const PayoffTerm& compliance_term();

}  // namespace splinternet
