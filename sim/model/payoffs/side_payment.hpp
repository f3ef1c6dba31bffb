#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// Offers of those who court and transfers among members (M7): 100·(a·offer + transfer)/GDP_i, offers being one-off sums
/// and transfers yearly; what a withdrawal would end counts against it.
const PayoffTerm& side_payment_term();

}  // namespace splinternet
