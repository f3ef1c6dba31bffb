#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Expected coercion by the sponsors of frameworks incompatible with the alternative (M10).
const PayoffTerm& retaliation_term();

}  // namespace splinternet
