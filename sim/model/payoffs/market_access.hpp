#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Real income after moving, others fixed and trade fully phased in (M2): 100·ln Ŵ_i by the own direct effect.
const PayoffTerm& market_access_term();

}  // namespace splinternet
