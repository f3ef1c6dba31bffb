#pragma once

#include "sim/trade/equilibrium.hpp"
#include "sim/trade/hat_algebra.hpp"
#include "sim/trade/input_output_data.hpp"

/// What every solution of trade must obey whatever the shock: real wages follow from home shares alone (Arkolakis,
/// Costinot & Rodríguez-Clare 2012). Solvers check it on every solve; it is computed from what they return, not from
/// how they got there.
namespace splinternet {

struct InputOutputShock;
struct InputOutputEquilibrium;

/// Largest |ln(p̂_j/P̂_j) − ln Â_j + Σ_s (α_js/θ_s) ln(π'_jj/(λ_jj B_jj))| over countries, p̂ being the wage where supply
/// is fixed. A country without home sales in a sector that it buys is left out: its home share is 0 before and after.
/// Throws InternalError naming the country if it is above 1e-9 or not a number, SolverError if the real wage itself is
/// too large or too small a number.
double acr_gap(const TradeBaseline& baseline, const TradeShock& shock, const TradeEquilibrium& equilibrium);

/// The same with inputs, in Leontief's form (Costinot & Rodríguez-Clare 2014):
/// ln(ŵ_n/P̂c_n) = α_n'(I − Γ_n')⁻¹ [ln Â_n − ln(π'_nn/(π_nn B_nn))/θ]; holds with tariffs.
double acr_gap(const InputOutputBaseline& baseline, const InputOutputShock& shock,
               const InputOutputEquilibrium& equilibrium);

}  // namespace splinternet
