#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Extra political weight of home firms (M6; Grossman & Helpman 1994): β_D·100·margin·Δ(their home revenue)/GDP.
const PayoffTerm& domestic_firms_term();

}  // namespace splinternet
