#include "sim/model/option_conditions.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/trade_flows.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/closed_path.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// ln ψ of a pair: trust from what both sides share, to the smaller of the two depths.
double log_trust(const World& world, std::span<const double> depth_i, std::span<const double> depth_j) {
  double sum = 0.0;
  for (std::size_t k = 0; k < depth_i.size(); ++k) {
    sum += std::min(depth_i[k], depth_j[k]) * world.derived.strengths[k].trust;
  }
  return sum;
}

/// The conditions as they are afterwards, when the member has the memberships of the option and all is phased in.
struct After {
  World world;

  After(const World& before, std::size_t country, FrameworkSet target) : world(before) {
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      const bool has = contains(world.membership(country), k);
      if (has && !contains(target, k)) withdraw(world, country, k);
    }
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      if (contains(target, k) && !contains(world.membership(country), k)) accede(world, country, k);
    }
    refresh(world);
  }
  /// B that policy aims at for services sold by i to j, but for paths.
  [[nodiscard]] static double cost(const World& world, std::size_t i, std::size_t j) {
    const std::size_t n = world.countries(), k = world.frameworks();
    const auto depth = [&](std::size_t c) { return std::span(world.derived.depth).subspan(c * k, k); };
    const LogCostFactors factors = log_cost_factors(
        world.derived.costs, {world.derived.restrictiveness[i * n + j], world.derived.log_latency[i * n + j],
                              log_trust(world, depth(i), depth(j))});
    return math::exp(factors.services);
  }
  [[nodiscard]] static double services(const World& world, std::size_t i, std::size_t j) {
    const std::size_t n = world.countries();
    return cost(world, i, j) * world.derived.reach[i * n + j] * world.derived.reach[j * n + i];
  }
};

TEST_CASE("option conditions: staying changes nothing, in any bit") {
  World world = make_world(small_scenario(), random_tables(2, 14));
  let_events_pass(world, 4);
  OptionConditions conditions(world);
  for (std::size_t i = 0; i < world.countries(); ++i) {
    const OwnChange change = conditions.change(i, world.membership(i));
    const auto is_zero = [](double rise) { return rise == 0.0; };
    CHECK(std::ranges::all_of(change.export_rise, is_zero));
    CHECK(std::ranges::all_of(change.import_rise, is_zero));
    CHECK(change.log_productivity == 0.0);
  }
}

TEST_CASE("option conditions: answers do not depend on what was asked before") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.depth_on_signing", 0.5);
  World world = make_world(scenario, random_tables(2, 30));
  advance(world, 4);
  OptionConditions asked_often(world);
  for (const std::size_t i : random_order(3, world.countries())) {
    for (const FrameworkSet target : {FrameworkSet{0}, bit(kClean), bit(kGids)}) {
      OptionConditions fresh(world);
      const OwnChange change = asked_often.change(i, target), expected = fresh.change(i, target);
      CHECK(std::ranges::equal(change.export_rise, expected.export_rise));
      CHECK(std::ranges::equal(change.import_rise, expected.import_rise));
      CHECK(change.log_productivity == expected.log_productivity);
    }
  }
}

TEST_CASE("option conditions: they change by as much as the phases of policy and routing then say") {
  for (const bool hosted : {false, true}) {
    Scenario scenario = small_scenario();
    set(scenario, "countries.depth_on_signing", 0.5);
    set(scenario, "data.demand", hosted ? 1 : 0);
    World world = make_world(scenario, random_tables(3, 14));
    let_events_pass(world, 4);
    const std::size_t n = world.countries();
    OptionConditions conditions(world);
    for (std::size_t i = 0; i < n; ++i) {
      for (const FrameworkSet target : {FrameworkSet{0}, bit(kClean), bit(kGids)}) {
        if (world.setting().countries.chooses[i] == 0) continue;
        const After after(world, i, target);
        const OwnChange change = conditions.change(i, target);
        CAPTURE(i, target);
        for (std::size_t j = 0; j < n; ++j) {
          if (j == i) continue;
          const double before = After::services(world, i, j), then = After::services(after.world, i, j);
          const double sold = change.cost_factor[(n + i) * n + j], bought = change.cost_factor[(n + j) * n + i];
          CHECK((sold + change.export_rise[n + j]) * before == near(sold * then, 1e-9));
          CHECK((bought + change.import_rise[n + j]) * before == near(bought * then, 1e-9));
        }
        const double access = after.world.derived.data_access[i] - world.derived.data_access[i];
        CHECK(change.log_productivity == near(get(world.scenario(), "policy.idea_diffusion") * access, 1e-9, 1e-12));
      }
    }
  }
}

TEST_CASE("option conditions: services that a closed path had ended begin again at what policy then says") {
  const World world = behind_a_closed_path();
  REQUIRE(world.derived.reach[kEee * 6 + kFff] == 0.0);
  OptionConditions conditions(world);
  const OwnChange change = conditions.change(kEee, 0);
  const After after(world, kEee, 0);
  CHECK(change.cost_factor[36 + kEee * 6 + kFff] == 0.0);
  // Nothing is phased in yet, so B is what its target changes by.
  const double expected = After::services(after.world, kEee, kFff) / After::cost(world, kEee, kFff);
  CHECK(expected > 0.5);
  CHECK(change.export_rise[6 + kFff] == near(expected, 1e-9));
  CHECK(change.import_rise[6 + kFff] == near(expected, 1e-9));
}

constexpr double kSingle = 1e-8;  // to which indices tell changes of ln B, .1 at most, in single precision

/// B of one sector both ways as an indexed change has it, over that in force; [partner].
std::vector<double> growths(const World& world, const IndexedChange& change, std::size_t sector) {
  const PolicyCosts& costs = world.derived.costs;
  const double slope = sector == kServices ? costs.services_per_restrictiveness : costs.goods_per_restrictiveness;
  std::vector<double> log(world.countries(), 0.0);
  for (std::size_t j = 0; j < log.size() && !change.index.empty(); ++j) log[j] = slope * change.index[j];
  for (const IndexChange& with : change.indices) log[with.partner] = slope * with.index;
  for (std::size_t j = 0; j < log.size() && sector == kServices; ++j) log[j] += change.log_last[j];
  std::vector<double> growth(log.size());
  for (std::size_t j = 0; j < log.size(); ++j) growth[j] = math::expm1(log[j]);
  for (const Jump& jump : change.jumps) {
    if (sector != kServices) continue;
    CHECK(jump.moved == near(log[jump.partner], 1e-12, 1e-15));
    growth[jump.partner] = jump.growth;
  }
  return growth;
}

/// What was told in a world, by kinds of partners.
struct Told {
  std::size_t changes = 0, single = 0, jumps = 0;
};

/// Compares all options of a world that indices can tell with what they are.
void compare_indexed(const World& world, Told& told) {
  const std::size_t n = world.countries();
  OptionConditions conditions(world), other(world);
  for (std::size_t i = 0; i < n; ++i) {
    for (const FrameworkSet target : {FrameworkSet{0}, bit(kClean), bit(kGids)}) {
      const std::optional<IndexedChange> indexed = conditions.indexed_change(i, target);
      if (!indexed) continue;
      const OwnChange change = other.change(i, target);
      CAPTURE(i, target);
      for (std::size_t s = 0; s < kTradeSectors; ++s) {
        const std::vector<double> growth = growths(world, *indexed, s);
        for (std::size_t j = 0; j < n; ++j) {
          if (j == i) continue;
          const double sold = change.cost_factor[(s * n + i) * n + j];
          const double bought = change.cost_factor[(s * n + j) * n + i];
          CHECK(sold * growth[j] == near(change.export_rise[s * n + j], 1e-9, kSingle * sold));
          CHECK(bought * growth[j] == near(change.import_rise[s * n + j], 1e-9, kSingle * bought));
        }
      }
      CHECK(indexed->log_productivity == near(change.log_productivity, 1e-6, kSingle));
      told.jumps += indexed->jumps.size();
      told.single += indexed->index.empty() && !indexed->indices.empty() ? 1U : 0U;
      ++told.changes;
    }
  }
}

TEST_CASE("option conditions: told by indices they are the same change") {
  Told told;
  for (const std::uint64_t seed : {3U, 4U, 5U}) {
    for (const bool hosted : {false, true}) {
      Scenario scenario = small_scenario();
      set(scenario, "countries.depth_on_signing", 0.5);
      set(scenario, "data.demand", hosted ? 1 : 0);
      World world = make_world(scenario, random_tables(seed, 14));
      let_events_pass(world, 4);
      compare_indexed(world, told);
    }
  }
  CHECK(told.changes > 200);
  CHECK(told.single > 0);
  World apart = behind_a_closed_path();
  withdraw(apart, kEee, kClean);
  refresh(apart);
  REQUIRE(apart.derived.reach[kEee * 6 + kFff] > 0.0);
  compare_indexed(apart, told);
  CHECK(told.jumps > 0);
}

TEST_CASE("option conditions: no index tells of services that begin again, nor of goods that answer latency") {
  const World closed = behind_a_closed_path();
  CHECK_FALSE(OptionConditions(closed).indexed_change(kEee, 0).has_value());
  World world = make_world(small_scenario(), random_tables(3, 14));
  let_events_pass(world, 4);
  const auto told = [&] {
    OptionConditions conditions(world);
    std::size_t count = 0;
    for (std::size_t i = 0; i < world.countries(); ++i) {
      count += conditions.indexed_change(i, world.membership(i) ^ bit(kClean)).has_value() ? 1U : 0U;
    }
    return count;
  };
  const std::size_t before = told();
  set_now(world, "policy.latency_cost_goods", 0.02);
  apply_policy(world);
  CHECK(told() < before);
}

}  // namespace
}  // namespace splinternet::testing
