#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Expected coercion by the sponsors of frameworks incompatible with what the country would have signed (M10):
/// −c·100 times the change in threatened exports over GDP. Listings neither provoke nor, when they lapse, appease.
const PayoffTerm& retaliation_term();

}  // namespace splinternet
