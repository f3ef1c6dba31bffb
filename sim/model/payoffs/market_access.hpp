#pragma once

#include <cstddef>
#include <span>

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Real income after moving, others fixed and trade fully phased in (M2): 100·ln Ŵ_i, by the linear response or exactly
/// (`countries.market_access`).
const PayoffTerm& market_access_term();

/// (M2) of options [begin, end) by the linear response of the World, pp. Needs trade.
void price_linearly(const World& world, const Options& options, std::size_t begin, std::size_t end,
                    std::span<double> out);

/// (M2) of options [begin, end) by solving the world anew for each, from the wages of today, pp. Needs trade. Exactly 0
/// for options that change no condition. Throws SolverError naming the country in the way.
void price_exactly(const World& world, const Options& options, std::size_t begin, std::size_t end,
                   std::span<double> out);

}  // namespace splinternet
