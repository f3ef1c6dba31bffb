#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Offers of those who court (M7): a·100·offer/GDP_i; what a withdrawal would end counts against it.
const PayoffTerm& side_payment_term();

}  // namespace splinternet
