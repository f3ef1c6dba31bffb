#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/world.hpp"

/// Worlds without files: small enough to check by hand, and random ones.
namespace splinternet::testing {

/// Rows of the six countries that every small world has.
inline constexpr std::size_t kAaa = 0;  ///< sponsor of "clean"
inline constexpr std::size_t kBbb = 1;  ///< sponsor of "gids", untrusted home of "clean"
inline constexpr std::size_t kCcc = 2;  ///< close to AAA; a signatory of "clean" before the start
inline constexpr std::size_t kDdd = 3;  ///< in the middle; listed in "clean" before the start
inline constexpr std::size_t kEee = 4;  ///< close to BBB; the table has it sign "gids" after the start
inline constexpr std::size_t kFff = 5;  ///< small

/// Rows of the frameworks of `small_scenario`.
inline constexpr std::size_t kClean = 0;
inline constexpr std::size_t kGids = 1;

/// AAA, BBB, … (from 6 to 26 countries): unequal GDP, asymmetric trade, organisations "league" and "union", nine named
/// firms. CCC reaches EEE and FFF fastest through BBB; the detour leads through AAA and DDD. Beyond the six, each
/// country hangs on two others.
WorldTables small_tables(std::size_t countries = 6);

/// Two incompatible frameworks, all sections, the terms without compliance and taste, 40 synthetic firms, κ_s = 0.1,
/// κ_g = 0.01, φ = 0.064, recognition 0.1, defaults of the catalogue elsewhere. Starts 2020-08-01; "clean" opens in step 1 (event "open_clean"), "gids" in step 3
/// ("open_gids").
Scenario small_scenario();

/// Sets a parameter by its full path ("framework.gids.budget_busd"). Throws InternalError if there is none.
void set(Scenario& scenario, std::string_view path, double value);
/// The parameter's value.
double get(const Scenario& scenario, std::string_view path);

/// An event at the first day of a month, counted from the start of `small_scenario`.
EventSpec event_in_month(std::string id, EventKind kind, int months);
/// Adds the event in its place by id.
void add_event(Scenario& scenario, EventSpec event);

/// The same world with its countries in another order: row r holds what was row order[r].
WorldTables permuted(const WorldTables& tables, std::span<const std::size_t> order);
/// A keyed random order of 0 … count − 1.
std::vector<std::size_t> random_order(std::uint64_t seed, std::size_t count);

/// A random world of n ≥ 6 countries for `small_scenario`: sizes over three orders of magnitude, positive trade between
/// all, a connected link graph, some of its links owned by BBB, vendor shares, firms, groupings and organisations.
WorldTables random_tables(std::uint64_t seed, std::size_t n);

/// The World at step 0.
World make_world(const Scenario& scenario, const WorldTables& tables);

/// One step in which nobody decides: every phase but courting and the revisions of countries and firms.
void advance(World& world);
/// As many such steps.
void advance(World& world, int steps);

}  // namespace splinternet::testing
