#pragma once

#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kTargetExponent =
    real("courting.target_exponent", "1", 0.5, {0, 5}, {0, 1}, "exponent v of GDP share in a target's value (M13)",
         "[C] 0 courts micro-states, 1 ignores them");
inline constexpr Parameter kOfferCap =
    real("courting.offer_cap_pct", "% of GDP", 1, {0, 1000}, {0.2, 5}, "largest one-off offer to a country",
         "[C] uncapped, 12 states under USD 3 bn GDP would join");
inline constexpr Parameter kTargetProbability =
    real("courting.target_probability", "1", 0.8, {0.01, 0.99}, {0.6, 0.95},
         "probability of accession that an offer aims at (M13)", "[D] P = .8");

inline constexpr const Parameter* kCourtingRows[] = {&kTargetExponent, &kOfferCap, &kTargetProbability};

}  // namespace parameters

/// The one-off sum that lifts the probability of an alternative of utility `utility_pp` (against staying at 0) to the
/// target probability: max(0, T·ln(p/(1−p)) − U) in pp of GDP a year, over the annuity. USD bn.
double needed_offer_busd(const World& world, std::size_t country, double utility_pp);

/// Phase 2 (M13): each sponsor ranks countries and organisations by value times probability with the affordable offer
/// and sends its missions down the list; pressed countries are visited besides. Missions come framework by framework,
/// best target first. Saved missions and counts are booked in the World and the report.
std::vector<Mission> plan_missions(World& world, StepReport& report);

}  // namespace splinternet
