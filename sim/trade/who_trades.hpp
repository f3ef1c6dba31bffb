#pragma once

#include <cstddef>

#include "sim/core/function_ref.hpp"
#include "sim/trade/hat_algebra.hpp"

/// Shocks after which no prices can clear the markets, told from who still sells to whom.
namespace splinternet {

/// Whether `exporter` still sells anything of `sector` to `importer`.
using StillSells = FunctionRef<bool(std::size_t sector, std::size_t exporter, std::size_t importer)>;

/// Throws SolverError naming the first country that is left without anything to buy in a sector that it needs, or
/// without any buyer; returns if there is none.
void require_markets(const TradeBaseline& baseline, StillSells still_sells);

/// Throws SolverError naming two countries if the world has split into parts that do not trade and one of them has a
/// fixed deficit or surplus (closure kAdditive) that nobody in it balances; returns otherwise.
void require_balance_apart(const TradeBaseline& baseline, StillSells still_sells);

}  // namespace splinternet
