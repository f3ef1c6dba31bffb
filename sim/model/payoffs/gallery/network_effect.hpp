#pragma once

#include "sim/model/payoffs/gallery/level_term.hpp"

namespace splinternet {

/// What the members among those an actor looks at are worth to it: ν·Σ_k f(x_ik) over its memberships (Arthur 1989;
/// Katz & Shapiro 1985; Granovetter 1978), x_ik their share or number.
const LevelTerm& network_effect_term();

}  // namespace splinternet
