#pragma once

#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/courting/targets.hpp"
#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kOfferCap =
    real("courting.offer_cap_pct", "% of GDP", 1, {0, 1000}, {0.2, 5}, "largest one-off offer to a country",
         "[C] uncapped, 12 states under USD 3 bn GDP would join");
inline constexpr Parameter kTargetProbability =
    real("courting.target_probability", "1", 0.8, {0.01, 0.99}, {0.6, 0.95},
         "probability of accession that an offer aims at (M13)", "[D] P = .8");

inline constexpr const Parameter* kCourtingRows[] = {&kTargetExponent, &kOfferCap, &kTargetProbability};

}  // namespace parameters

/// Whom sponsors court, in the order of the words of `framework.*.strategy`.
enum class CourtingStrategy { kTargeted, kUniform, kNone, kRivalAware, kCascade };

/// What a visit to a country carries, in the order of the words of `framework.*.budget_rule`.
enum class BudgetRule { kNeeded, kEqual };

/// The strategy of the framework's sponsors now.
CourtingStrategy courting_strategy(const World& world, std::size_t framework);

/// Whole missions that its sponsors may send this month: saved ones and the month's; 0 while they do not court.
std::size_t whole_missions(const World& world, std::size_t framework);

/// What they may offer in a step, USD bn.
double month_budget_busd(const World& world, std::size_t framework);

/// (M7) of an offer: a·100·offer/GDP, pp a year.
double offer_worth_pp(const World& world, std::size_t country, double offer_busd);

/// The one-off sum that lifts the probability of an alternative of utility `utility_pp` to the target probability p,
/// against staying at 0 and rivals of pull c (Contest): max(0, T·(ln(p/(1−p)) + c) − U) in pp of GDP a year, over the
/// annuity. USD bn.
double needed_offer_busd(const World& world, std::size_t country, double utility_pp, double pull = 0.0);

/// Phase 2 (M13): each sponsor ranks countries and organisations by its strategy and sends its missions down the list;
/// pressed countries are visited besides. Missions come framework by framework, best target first. Saved missions, the
/// list (CourtingState) and counts are booked in the World and the report.
std::vector<Mission> plan_missions(World& world, StepReport& report);

}  // namespace splinternet
