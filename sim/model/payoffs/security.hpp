#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Exposure to untrusted vendors and routes that a framework removes (M5): β_X·ρ_i·Δexposure.
const PayoffTerm& security_term();

}  // namespace splinternet
