#pragma once

#include "sim/model/payoffs/gallery/level_term.hpp"

namespace splinternet {

/// What a membership is worth in itself, whoever else is in: `framework.*.intrinsic` plus the attribute intrinsic_<id>.
const LevelTerm& intrinsic_term();

}  // namespace splinternet
