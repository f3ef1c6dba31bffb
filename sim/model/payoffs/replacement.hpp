#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Rip-and-replace of untrusted equipment (M9): −a·100·c_r·share·users·d·(base left)/GDP_i.
const PayoffTerm& replacement_term();

}  // namespace splinternet
