#pragma once

#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kCredibilityRecovery =
    real("frameworks.credibility_recovery", "per month", 0.02, {0, 1}, {0, 0.1},
         "rate at which credibility returns to where it started: μ in (M17)", "[J]");

inline constexpr const Parameter* kAdaptationRows[] = {&kCredibilityRecovery};

}  // namespace parameters

/// Phase 8: what follows slowly from signing. Depth rises to 1 over `replacement_years` for signatories of a framework
/// in force (a listing stays at the depth of signing); untrusted equipment is replaced at the same pace where
/// clean_path binds; credibility recovers (M17); firms' markets are shared out anew.
void adapt(World& world);

}  // namespace splinternet
