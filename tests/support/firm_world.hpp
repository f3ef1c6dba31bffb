#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "sim/model/firm_rules.hpp"
#include "sim/model/policy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {

inline constexpr std::uint8_t kUnaligned = 0;
inline constexpr std::uint8_t kWithClean = 1;
inline constexpr std::uint8_t kWithGids = 2;
inline constexpr std::uint8_t kDual = 3;

/// The small scenario without synthetic firms.
inline Scenario named_only() {
  Scenario scenario = small_scenario();
  set(scenario, "firms.synthetic", 0);
  return scenario;
}

/// Row of a named firm.
inline std::size_t firm(const World& world, const std::string& name) {
  const std::vector<std::string>& names = world.setting().firms->name;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// The firm–market edge of a firm in a country.
inline std::size_t edge(const World& world, const std::string& name, std::size_t market) {
  const FirmSetting& firms = *world.setting().firms;
  std::size_t e = firms.first_market[firm(world, name)];
  while (firms.market[e] != market) ++e;
  REQUIRE(e < firms.first_market[firm(world, name) + 1]);
  return e;
}

/// Carriers and platforms only: nobody supplies anybody, so that taint and partners play no part.
inline WorldTables without_suppliers() {
  WorldTables tables = small_tables();
  tables.firms = {{"Beta Telecom", kBbb, FirmSector::kCarrier, 40, {kBbb, kCcc, kEee}},
                  {"Beta Video", kBbb, FirmSector::kPlatform, 30, {kBbb, kCcc}},
                  {"Epsilon Trade", kEee, FirmSector::kMerchant, 8, {kEee}},
                  {"Gamma Telecom", kCcc, FirmSector::kCarrier, 20, {kCcc, kDdd}},
                  {"Gamma Video", kCcc, FirmSector::kPlatform, 10, {kCcc}}};
  tables.firm_stances.clear();
  return tables;
}

/// "clean" is in force for CCC at a given depth.
inline World with_depth(double depth, const Scenario& scenario = named_only(),
                        const WorldTables& tables = without_suppliers()) {
  World world = make_world(scenario, tables);
  let_events_pass(world, 3);
  world.members.depth[world.at(kCcc, kClean)] = depth;
  apply_policy(world);
  return world;
}

/// An event in month 0 that strikes Beta Video.
inline EventSpec market_event(EventKind kind, std::vector<std::string> countries, std::string buyer = "") {
  EventSpec event = event_in_month("zz_market", kind, 0);
  event.firm = "Beta Video";
  event.buyer = std::move(buyer);
  event.countries = std::move(countries);
  return event;
}

/// Whether a firm of that stance is untrusted under a framework.
inline bool is_exposed(const World& world, std::size_t firm, std::size_t framework, std::uint8_t stance) {
  return contains(FirmRules(world).exposure(firm, stance), framework);
}

/// Access of a firm of that stance to the market of one of its edges.
inline double market_access(const World& world, std::size_t firm, std::size_t edge, std::uint8_t stance) {
  const FirmSetting& firms = *world.setting().firms;
  const FirmRules rules(world);
  const std::size_t market = firms.market[edge];
  return rules.market_access(firm, market, rules.exposure(firm, stance), rules.remainders(market, firms.sector[firm]));
}

/// What one stance alone is worth to a firm.
inline double stance_value(const World& world, std::size_t firm, std::uint8_t stance) {
  double value = 0.0;
  FirmRules(world).value_stances(firm, {&stance, 1}, {&value, 1});
  return value;
}

}  // namespace splinternet::testing
