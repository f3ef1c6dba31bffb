#pragma once

#include "sim/model/world.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kAttributeRule = at_set_up(
    option("attribute.*.rule", "constant|two_values|sequence|uniform|normal",
           "how actors get the attribute: all the same value; `other` for a share of them; first, first + step, … in "
           "order of the actors; between low and high; normal with mean and sd",
           "[D]"));
inline constexpr Parameter kAttributeSpread = at_set_up(option(
    "attribute.*.spread", "quantiles|draws",
    "two_values, uniform and normal: actor n of N takes the quantile (n + 1/2)/N, or each draws its own", "[D]"));
inline constexpr Parameter kAttributeValue = at_set_up(
    real("attribute.*.value", "1", 0, {-1e12, 1e12}, {0, 1}, "the value of constant, the first of two_values", "[D]"));
inline constexpr Parameter kAttributeOther =
    at_set_up(real("attribute.*.other", "1", 1, {-1e12, 1e12}, {0, 1}, "the other of two_values", "[D]"));
inline constexpr Parameter kAttributeShare = at_set_up(
    real("attribute.*.share", "1", 0.5, {0, 1}, {0, 1}, "share of the actors with the other of two_values", "[D]"));
inline constexpr Parameter kAttributeFirst =
    at_set_up(real("attribute.*.first", "1", 0, {-1e12, 1e12}, {0, 1}, "first value of sequence", "[D]"));
inline constexpr Parameter kAttributeStep =
    at_set_up(real("attribute.*.step", "1", 1, {-1e12, 1e12}, {0, 1}, "step of sequence from actor to actor", "[D]"));
inline constexpr Parameter kAttributeLow =
    at_set_up(real("attribute.*.low", "1", 0, {-1e12, 1e12}, {0, 1}, "lower end of uniform", "[D]"));
inline constexpr Parameter kAttributeHigh =
    at_set_up(real("attribute.*.high", "1", 1, {-1e12, 1e12}, {0, 1}, "upper end of uniform", "[D]"));
inline constexpr Parameter kAttributeMean =
    at_set_up(real("attribute.*.mean", "1", 0, {-1e12, 1e12}, {0, 1}, "mean of normal", "[D]"));
inline constexpr Parameter kAttributeDeviation =
    at_set_up(real("attribute.*.sd", "1", 1, {0, 1e12}, {0, 1}, "standard deviation of normal", "[D]"));

inline constexpr const Parameter* kAttributeRows[] = {
    &kAttributeRule, &kAttributeSpread, &kAttributeValue, &kAttributeOther, &kAttributeShare,    &kAttributeFirst,
    &kAttributeStep, &kAttributeLow,    &kAttributeHigh,  &kAttributeMean,  &kAttributeDeviation};

}  // namespace parameters

/// The actors of a world without a map in the columns of countries: synthetic ones are numbered from 1 and drawn for by
/// their number; those of a table by their code. `gdp_busd` holds their size: weight in quotas and shares.
CountrySetting actors_as_countries(const Scenario& scenario, const WorldTables& tables);

/// The row of a synthetic actor by its code, its number from 1 with leading zeros; `count`, the number of actors, if
/// there is none.
std::size_t synthetic_actor(std::string_view code, std::size_t count);

/// Attributes of the actors: columns of their table and those that rules of the scenario fill. Throws ScenarioError if
/// both give the same.
ActorSetting actor_attributes(const Scenario& scenario, const WorldTables& tables, const CountrySetting& actors);

/// The column of that name. Throws ScenarioError naming `wanted_by` (a key of the scenario or a word in it), with the
/// nearest name, if the actors have no such attribute or the world has a map.
const std::vector<double>& attribute(const Setting& setting, std::string_view name, std::string_view wanted_by);

}  // namespace splinternet
