#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Ideology (M3): directional voting after Rabinowitz & Macdonald (1989), β_A·z_i·Σ y_k over what is added, less what
/// is dropped; or by proximity, −β_A·Σ (z_i − 2·y_k)² against the same at no distance.
const PayoffTerm& alignment_term();

}  // namespace splinternet
