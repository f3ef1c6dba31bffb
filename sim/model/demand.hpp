#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/setting.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kDemandKind =
    at_set_up(option("data.demand", "gravity|hosting|file",
                     "where demand for data comes from: gravity, who hosts for whom, or the table data_demand (M15)",
                     "[J] gravity; hosting is what places content (Edmundson et al. 2018; Blum & Goldfarb 2006)"));
inline constexpr Parameter kDemandOrigin =
    at_set_up(real("data.origin_exponent", "1", 1, {0, 3}, {0.5, 1.2},
                   "exponent a of the origin's size in demand (M15)", "[M] gravity"));
inline constexpr Parameter kDemandDestination =
    at_set_up(real("data.destination_exponent", "1", 1, {0, 3}, {0.5, 1.2},
                   "exponent b of the destination's size (M15)", "[M] gravity"));
inline constexpr Parameter kDemandDistance =
    at_set_up(real("data.distance_exponent", "1", 0.7, {0, 3}, {0, 1.2}, "exponent δ of distance in demand (M15)",
                   "[S] Blum & Goldfarb 2006: 0 for content that is no matter of taste"));
inline constexpr Parameter kDemandLanguage = at_set_up(
    real("data.language_effect", "1", 0.5, {0, 3}, {0, 1}, "ln demand between speakers of one language (M15)", "[M]"));
inline constexpr Parameter kFileTotals =
    at_set_up(option("data.file_totals", "as_given|by_size",
                     "totals of a demand from the table data_demand: its own, or balanced to size as in gravity",
                     "[D] who brings a matrix means it as it stands"));

inline constexpr const Parameter* kDemandRows[] = {&kDemandKind,     &kDemandOrigin,   &kDemandDestination,
                                                   &kDemandDistance, &kDemandLanguage, &kFileTotals};

}  // namespace parameters

/// Baseline demand for data (M15) of the kind that the scenario names, as shares of the world's. Throws ScenarioError
/// if it names the table data_demand, which the tables lack or whose zeros rule the totals out.
DemandSetting baseline_demand(const Scenario& scenario, const WorldTables& tables);

/// T[origin][destination] ∝ m_o^a·m_d^b·dist^−δ·e^{ε·[common language]}, balanced (Furness) to totals ∝ m^a and m^b.
DemandSetting gravity_demand(const Scenario& scenario, const WorldTables& tables);

/// T[user][host] = m_u^a·H_uh over its sum, H the hosting matrix (sim/model/hosting).
DemandSetting hosted_demand(const Scenario& scenario, const WorldTables& tables);

/// T[origin][destination] of the table data_demand over its sum; balanced to size if the scenario says so.
DemandSetting given_demand(const Scenario& scenario, const WorldTables& tables);

/// Users times GDP per head: the size m of a country's digital economy, USD bn a year.
std::vector<double> digital_mass(const CountryTable& countries);

/// Great-circle distance in km between capitals; to oneself max(50, 120·√(population/10 mn)) km.
double distance_km(const CountryTable& countries, std::size_t a, std::size_t b);

}  // namespace splinternet
