#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Ideology (M3): directional voting after Rabinowitz & Macdonald (1989), β_A·z_i·Σ y_k over what is added, less what
/// is dropped; or by proximity, with z_i² − (z_i − y_k)² in place of z_i·y_k: the gain in squared distance against the
/// neutral point 0.
const PayoffTerm& alignment_term();

}  // namespace splinternet
