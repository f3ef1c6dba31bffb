#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/choice/choice_rule.hpp"
#include "sim/model/payoffs/term.hpp"
#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kTemperature =
    real("countries.temperature", "pp", 0.10, {1e-6, 1e15}, {0.05, 0.2}, "logit temperature T (M12)",
         "[C] real costs E, V, R are 0.01-0.3 pp; only U/T is identified");
inline constexpr Parameter kChoice = at_set_up(option(
    "countries.choice", "logit|best_response|better_response|steepest|threshold|imitate|policy_table",
    "rule by which a country picks among its options (M12): by their worth, the last three by what its peers do",
    "[S] McFadden 1974; McKelvey & Palfrey 1995; Friedman & Mezzetti 2001; Axelrod & Bennett 1993; Granovetter 1978; "
    "Holley & Liggett 1975; Bass 1969"));
inline constexpr Parameter kSchedule = option(
    "countries.schedule",
    "courted|poisson|random_sequential|simultaneous|async_uniform|fixed_order|simultaneous_with_prob|on_entry",
    "who revises in a step: those courted and a few on their own; a few on their own; all, one after another in random "
    "order; all at once; one drawn at a time, so many a step; all, one after another by code; each with a probability, "
    "at once; those who enter, one after another, each once and for all",
    "[J] (M12)");
inline constexpr Parameter kRevisionsPerStep =
    integer("countries.revisions_per_step", "1", 0, {0, 1e7}, {0, 1000},
            "revisions in a step under async_uniform, moves under steepest; 0: as many as there are countries that may "
            "decide; moves until nobody gains",
            "[D]");
inline constexpr Parameter kRevisionProbability =
    real("countries.revision_probability", "per step", 0.5, {0, 1}, {0.05, 1},
         "probability that a country revises in a step under simultaneous_with_prob", "[D]");
inline constexpr Parameter kSpontaneous =
    real("countries.spontaneous_rate", "per month", 0.002, {0, 1}, {0, 0.01},
         "rate at which a country revises without being courted: r", "[C] .01 already adds about 4 GIDS members");
inline constexpr Parameter kRefusalMonths =
    integer("countries.refusal_months", "months", 6, {0, 1200}, {0, 24}, "time for which a refusal stands", "[J]");
inline constexpr Parameter kAnnuity = real("countries.annuity", "per year", 0.15, {0, 10}, {0.05, 0.3},
                                           "yearly worth of a one-off sum: a in (M7) and (M9)", "[J] 10 years at 8 %");
inline constexpr Parameter kTieEps = real("countries.tie_eps", "pp", 1e-9, {0, 10}, {0, 0.01},
                                          "utilities this close tie under best_response, better_response and steepest", "[D]");
inline constexpr Parameter kOnTie =
    option("countries.on_tie", "stay|lowest|random", "what best_response and better_response do with a tie", "[D]");

inline constexpr const Parameter* kCountryRows[] = {
    &kTemperature,         &kChoice,        &kSchedule, &kSpontaneous, &kRevisionsPerStep,
    &kRevisionProbability, &kRefusalMonths, &kAnnuity,  &kTieEps,      &kOnTie};

}  // namespace parameters

/// Whether the scenario has countries choose by this rule.
bool chooses_by(const Scenario& scenario, ChoiceRule rule);

/// The rule by which countries choose.
ChoiceRule choice_rule_of(const World& world);

/// z_i: UNGA ideal point in s.d. with leader changes in force, clipped at ±2.
double ideal_point(const World& world, std::size_t country);

/// First sponsor of the first framework that is incompatible with `framework`, or kNoCountry.
std::uint32_t rival_sponsor(const World& world, std::size_t framework);

/// Whether the country may decide on the framework now: it chooses, sponsors none, is not an untrusted home of this
/// one, and this one is open.
bool may_decide_on(const World& world, std::size_t country, std::size_t framework);

/// Memberships after an accession, by a swap where signatures are incompatible with it.
FrameworkSet accession_or_swap(const World& world, std::size_t country, std::size_t framework);

/// Values of options term by term.
struct PricedOptions {
  Options options;
  std::vector<double> term_value;  ///< [term][row] pp, terms in the order of the scenario
  std::vector<double> total;       ///< [row] left-to-right sum over the terms
};

/// Evaluates every term of the scenario for every option, in parallel over options.
void price(const World& world, PricedOptions& priced);

/// A visit of a sponsor: to a country, or to an organisation.
struct Mission {
  std::uint32_t framework = 0;
  std::uint32_t country = kNoCountry;
  std::uint32_t organisation = kNoCountry;
  double utility = 0.0;  ///< U_o of an organisation when the mission was planned, pp
  double offer_busd = 0.0;
  /// With record.decisions: the ballots of an organisation, in the report.
  std::uint32_t first_ballot = 0;
  std::uint32_t ballot_count = 0;
};

/// Phase 3: organisations answer, then countries revise their memberships by the schedule; decisions are taken on the
/// World as it was at the start of their batch and applied in order of code.
void revise_memberships(World& world, std::span<const Mission> missions, StepReport& report);

}  // namespace splinternet
