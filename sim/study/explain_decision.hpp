#pragma once

#include <string>

#include "sim/study/decision_log.hpp"
#include "sim/study/wording.hpp"

namespace splinternet {

/// One decision in words: date, occasion and choice; the options with worth and probability, and the draw; what would
/// have changed it (single terms left out, the sum that would have tipped it); the waterfall of the option taken and of
/// its best alternative. Ends with a line break.
std::string explain_decision(const Wording& wording, const LoggedDecision& decision);

/// An organisation's answer in words, as `country` (code) saw it: rule, utility, draw, the member that decided, who was
/// against, whose absence would have changed it. Ends with a line break.
std::string explain_answer(const Wording& wording, const LoggedAnswer& answer, const std::string& country);

/// The best of the options that were not taken; 0 if there is no other.
std::size_t best_alternative(const LoggedDecision& decision);

}  // namespace splinternet
