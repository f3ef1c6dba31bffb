#include "sim/model/payoffs/compliance.hpp"

#include "sim/scenario/provisions.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double compliance(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(compliance_term(), world, country, target);
}

/// Gap of country i to provision p: i/10 + p/100.
WorldTables with_gaps() {
  WorldTables tables = small_tables();
  for (std::size_t i = 0; i < tables.countries.size(); ++i) {
    for (std::size_t p = 0; p < kProvisionCount; ++p) {
      tables.compliance_gap.push_back(static_cast<double>(i) / 10.0 + static_cast<double>(p) / 100.0);
    }
  }
  return tables;
}

Scenario at(double beta) {
  Scenario scenario = small_scenario();
  set(scenario, "countries.compliance", beta);
  return scenario;
}

TEST_CASE("compliance: an accession costs beta times the gaps to the provisions, by their strength") {
  World world = make_world(at(0.1), with_gaps());
  // clean: provisions 0–5 in full.
  CHECK(compliance(world, kEee, bit(kClean)) == near(-0.1 * (6 * 0.4 + 0.15)));
  // gids: 6, 7, 8 (conduct), 9 (local law) and 12 (open supply chain) in full.
  CHECK(compliance(world, kEee, bit(kGids)) == near(-0.1 * (5 * 0.4 + 0.42)));
  set_now(world, "framework.clean.provisions.clean_apps", 0.5);
  CHECK(compliance(world, kEee, bit(kClean)) == near(-0.1 * (5.5 * 0.4 + 0.125)));
}

TEST_CASE("compliance: a withdrawal gives the cost back") {
  const World world = make_world(at(0.1), with_gaps());
  CHECK(compliance(world, kCcc, 0) == near(0.1 * (6 * 0.2 + 0.15)));
}

TEST_CASE("compliance: without a table of gaps, or at its default, it is nothing") {
  CHECK(compliance(make_world(at(0.1), small_tables()), kEee, bit(kClean)) == 0.0);
  CHECK(compliance(make_world(small_scenario(), with_gaps()), kEee, bit(kClean)) == 0.0);
}

}  // namespace
}  // namespace splinternet::testing
