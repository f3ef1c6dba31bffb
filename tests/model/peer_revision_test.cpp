#include "sim/model/peer_revision.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/crowds.hpp"
#include "tests/support/payoff_values.hpp"

namespace splinternet::testing {
namespace {

Scenario granovetter(double first_step) {
  Scenario scenario = crowd(100, "threshold", {"threshold"});
  choose(scenario, "countries.threshold_counts", "number");
  choose(scenario, "attribute.threshold.rule", "sequence");
  set(scenario, "attribute.threshold.step", first_step);
  return scenario;
}

TEST_CASE("peers: Granovetter's crowd with the thresholds 0 to 99 joins one by one, all of it") {
  World world = actor_world(granovetter(1.0));
  for (std::uint32_t n = 1; n <= 100; ++n) {
    step(world);
    CHECK(members(world) == n);
  }
}

TEST_CASE("peers: with a 2 in the place of the 1 only one joins") {
  // The second actor of a table is given the threshold of the third.
  WorldTables tables;
  tables.actors.emplace();
  std::vector<double> threshold;
  for (int n = 0; n < 100; ++n) {
    tables.countries.code.push_back((n < 10 ? "a0" : "a") + std::to_string(n));
    tables.countries.name.push_back(tables.countries.code.back());
    tables.actors->size.push_back(1.0);
    threshold.push_back(n == 1 ? 2.0 : n);
  }
  tables.actors->attribute = {"threshold"};
  tables.actors->value = {threshold};
  Scenario scenario = crowd(0, "threshold");
  choose(scenario, "countries.threshold_counts", "number");
  CHECK(settled(scenario, tables) == 1);
  tables.actors->value[0][1] = 1.0;
  CHECK(settled(scenario, tables) == 100);
}

Scenario watts(std::size_t actors, double degree, double initiators) {
  Scenario scenario = crowd(actors, "threshold");
  choose(scenario, "influence.graph", "poisson");
  set(scenario, "influence.mean_degree", degree);
  set(scenario, "countries.threshold", 0.18);
  set(scenario, "framework.pact.initiators", initiators * static_cast<double>(actors));
  return scenario;
}

TEST_CASE("peers: cascades on Poisson graphs are as large as Gleeson and Cahalane compute") {
  // Within 3/√N of the mean field away from the ends of the window.
  constexpr std::size_t kActors = 100'000;
  const double tolerance = 3.0 / std::sqrt(static_cast<double>(kActors));
  const auto share = [&](double degree, double initiators) {
    return settled(watts(kActors, degree, initiators)) / static_cast<double>(kActors);
  };
  CHECK(std::fabs(share(2, 0.01) - 0.800018) < tolerance);
  CHECK(std::fabs(share(3, 0.01) - 0.941201) < tolerance);
  CHECK(std::fabs(share(4, 0.01) - 0.980388) < tolerance);
  CHECK(std::fabs(share(5, 0.01) - 0.993095) < tolerance);
  CHECK(std::fabs(share(8, 0.01) - 0.999667) < tolerance);
  CHECK(std::fabs(share(3, 0.001) - 0.940551) < tolerance);
  CHECK(std::fabs(share(8, 0.001) - 0.002308) < tolerance);
}

/// A table of actors on a graph of the scenario; `start` of them are signatories from the beginning.
struct Seeded {
  Scenario scenario;
  std::vector<std::uint32_t> start;
};

std::uint32_t spread(const Seeded& seeded, double threshold) {
  Scenario scenario = seeded.scenario;
  set(scenario, "countries.threshold", threshold);
  World world = actor_world(scenario);
  for (const std::uint32_t actor : seeded.start) accede(world, actor, 0);
  settle(world);
  return members(world);
}

Seeded on_graph(std::size_t actors, std::string_view graph, std::vector<std::uint32_t> start) {
  Seeded seeded{crowd(actors, "threshold"), std::move(start)};
  choose(seeded.scenario, "influence.graph", graph);
  return seeded;
}

TEST_CASE("peers: a standard spreads from a few exactly up to Morris's contagion threshold") {
  constexpr double kEps = 1e-6;
  SECTION("ring: 1/2") {
    const Seeded ring = on_graph(100, "ring", {0, 1});
    CHECK(spread(ring, 0.5 - kEps) == 100);
    CHECK(spread(ring, 0.5) == 100);
    CHECK(spread(ring, 0.5 + kEps) == 2);
  }
  SECTION("grid of m dimensions: 1/(2m)") {
    for (const int dimensions : {2, 3}) {
      const std::size_t side = 7, count = dimensions == 2 ? side * side : side * side * side;
      Seeded grid = on_graph(count, "grid", {0});
      set(grid.scenario, "influence.dimensions", dimensions);
      CHECK(spread(grid, 0.5 / dimensions - kEps) == count);
      CHECK(spread(grid, 0.5 / dimensions) == count);
      CHECK(spread(grid, 0.5 / dimensions + kEps) == 1);
    }
  }
  SECTION("grid with diagonals: 3/8") {
    // Three full rows of a torus: those beside a full row see three of eight.
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < 3 * 12; ++i) rows.push_back(i);
    const Seeded moore = on_graph(144, "moore_grid", rows);
    CHECK(spread(moore, 0.375 - kEps) == 144);
    CHECK(spread(moore, 0.375) == 144);
    CHECK(spread(moore, 0.375 + kEps) == 36);
  }
  SECTION("regular tree of degree d: 1/d, up to its leaves") {
    for (const int degree : {3, 4}) {
      Seeded tree = on_graph(1000, "regular_tree", {0});
      set(tree.scenario, "influence.degree", degree);
      CHECK(spread(tree, 1.0 / degree - kEps) == 1000);
      CHECK(spread(tree, 1.0 / degree) == 1000);
      CHECK(spread(tree, 1.0 / degree + kEps) == 1);
    }
  }
}

TEST_CASE("peers: the crowd ends in the same state whatever the order and the threads") {
  constexpr std::size_t kActors = 100'000;
  Scenario scenario = watts(kActors, 5.0, 0.001);
  World first = actor_world(scenario);
  settle(first);
  CHECK(members(first) > kActors / 2);
  // Seeds also draw graph and initiators: another order is another step of the same seed to begin at.
  int orders = 0;
  for (const char* schedule :
       {"random_sequential", "async_uniform", "simultaneous", "fixed_order", "simultaneous_with_prob", "poisson"}) {
    choose(scenario, "countries.schedule", schedule);
    set(scenario, "countries.spontaneous_rate", 0.7);
    const bool drawn = std::string(schedule) == "random_sequential";
    const World start = actor_world(scenario);
    for (int order = 0; order < (drawn ? 20 : 1); ++order) {
      for (const int threads : {1, 2, 8}) {
        const parallel::ThreadLimit limit(threads);
        World world = start;
        world.step = 1000 * order;
        if (std::string(schedule) == "async_uniform" || std::string(schedule).ends_with("prob") ||
            std::string(schedule) == "poisson") {
          for (int n = 0; n < 60; ++n) step(world);
        } else {
          settle(world);
        }
        CHECK(world.members.level == first.members.level);
        ++orders;
      }
    }
  }
  CHECK(orders == (20 + 5) * 3);
}

TEST_CASE("peers: threads change no bit, whatever the rule") {
  for (const char* rule : {"threshold", "imitate", "policy_table"}) {
    Scenario scenario = crowd(30'000, rule, {}, {"pact", "union"});
    scenario.policy_table = {{0.0, 0.05, 0.0}, {1.0, 0.6, 0.3}};
    choose(scenario, "influence.graph", "poisson");
    choose(scenario, "countries.withdrawal", "allowed");
    choose(scenario, "countries.schedule", "simultaneous_with_prob");
    set(scenario, "framework.pact.initiators", 3000);
    set(scenario, "framework.union.initiators", 3000);
    std::vector<std::uint64_t> digests;
    for (const int threads : {1, 2, 8}) {
      const parallel::ThreadLimit limit(threads);
      World world = actor_world(scenario);
      for (int n = 0; n < 8; ++n) step(world);
      CHECK(members(world) > 3000);
      digests.push_back(state_digest(world));
    }
    CHECK(digests[0] == digests[1]);
    CHECK(digests[0] == digests[2]);
  }
}

TEST_CASE("peers: the column of a single framework decides as actors one by one would") {
  for (const char* graph : {"complete", "poisson"}) {
    for (const bool never : {false, true}) {
      Scenario scenario = crowd(5000, "threshold", {"threshold"});
      choose(scenario, "influence.graph", graph);
      choose(scenario, "countries.withdrawal", never ? "never" : "allowed");
      choose(scenario, "attribute.threshold.rule", "uniform");
      choose(scenario, "attribute.threshold.spread", "draws");
      set(scenario, "framework.pact.initiators", 1500);
      World columns = actor_world(scenario);
      // A revision probability just below 1 keeps all in and takes the other path.
      choose(scenario, "countries.schedule", "simultaneous_with_prob");
      set(scenario, "countries.revision_probability", 1.0 - 1e-15);
      World one_by_one = actor_world(scenario);
      for (int n = 0; n < 5; ++n) {
        step(columns);
        step(one_by_one);
        CHECK(columns.members.level == one_by_one.members.level);
      }
      CHECK(members(columns) > 1500);
      CHECK(members(columns) < 5000);
    }
  }
}

TEST_CASE("peers: acts tell every change where they are recorded, and nothing else changes") {
  Scenario scenario = crowd(50, "threshold");
  set(scenario, "countries.threshold", 0.0);
  scenario.record.acts = true;
  World world = actor_world(scenario);
  const StepReport report = step(world);
  REQUIRE(report.acts.size() == 50);
  for (std::uint32_t i = 0; i < 50; ++i) {
    CHECK(report.acts[i].country == i);
    CHECK(report.acts[i].kind == ActKind::kAccede);
  }
  CHECK(report.decisions.empty());
  CHECK(step(world).acts.empty());
}

TEST_CASE("peers: countries of a map choose by their peers too, and sponsors do not court them") {
  Scenario scenario = small_scenario();
  choose(scenario, "countries.choice", "threshold");
  choose(scenario, "countries.schedule", "simultaneous");
  set(scenario, "countries.threshold", 0.3);
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 3);
  const std::vector<FrameworkSet> before{world.membership(kCcc), world.membership(kEee), world.membership(kFff)};
  const StepReport report = step(world);
  CHECK(report.decisions.empty());
  for (const std::size_t i : {kCcc, kDdd, kEee, kFff}) CHECK(is_admissible(world.setting(), world.membership(i)));
  CHECK(world.membership(kAaa) == bit(kClean));
  CHECK(before != std::vector<FrameworkSet>{world.membership(kCcc), world.membership(kEee), world.membership(kFff)});
}

}  // namespace
}  // namespace splinternet::testing
