#include "sim/engine/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/dataset_recorder.hpp"
#include "sim/engine/invariants.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/firm_rules.hpp"
#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/near.hpp"
#include "tests/support/recorded_run.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

Scenario lively(std::uint64_t seed, int horizon) {
  Scenario scenario = small_scenario();
  scenario.run.seed = seed;
  scenario.run.horizon = horizon;
  set(scenario, "countries.spontaneous_rate", 0.05);
  return scenario;
}

/// A whole run with everything that can be recorded.
LabelledDataset run(Scenario scenario, const WorldTables& tables, int threads = 0) {
  const parallel::ThreadLimit limit(threads);
  scenario.record.arrays = output_names(*make_setting(small_scenario(), small_tables()));
  Simulation simulation(make_setting(scenario, tables));
  return record_to_end(simulation);
}

template <class T>
const std::vector<T>& values(const LabelledDataset& dataset, std::string_view name) {
  return std::get<std::vector<T>>(dataset.find(name)->values);
}

/// Bit for bit, so that NaN equals NaN.
template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}
bool same_bits(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a == b;
}

bool same_bits(const ArrayValues& a, const ArrayValues& b) {
  if (a.index() != b.index()) return false;
  return std::visit([&](const auto& held) { return same_bits(held, std::get<std::decay_t<decltype(held)>>(b)); }, a);
}

void check_same(const LabelledDataset& a, const LabelledDataset& b) {
  REQUIRE(a.arrays.size() == b.arrays.size());
  for (std::size_t n = 0; n < a.arrays.size(); ++n) {
    INFO(a.arrays[n].name);
    CHECK(same_bits(a.arrays[n].values, b.arrays[n].values));
  }
}

TEST_CASE("simulation: a step runs the nine phases and a run ends at its horizon") {
  Scenario scenario = small_scenario();
  scenario.run.horizon = 3;
  Simulation simulation(make_setting(scenario, small_tables()));
  CHECK(phase_names().size() == 10);
  CHECK(simulation.phase_seconds().size() == 10);
  CHECK(simulation.world().step == 0);
  int steps = 0;
  while (!simulation.is_finished()) {
    simulation.step();
    ++steps;
    CHECK(simulation.world().step == steps);
    CHECK(simulation.report().trade_residual <= 1e-12);
  }
  CHECK(steps == 3);
  for (const double seconds : simulation.phase_seconds()) CHECK(seconds >= 0.0);
}

TEST_CASE("simulation: events are reported when they happen, and sponsors sign what they open") {
  Simulation simulation(make_setting(small_scenario(), small_tables()));
  const StepReport& report = simulation.step();
  CHECK(report.events == std::vector<std::size_t>{0});
  REQUIRE_FALSE(report.acts.empty());
  CHECK(report.acts[0].country == kAaa);
  CHECK(report.acts[0].framework == kClean);
  CHECK(report.acts[0].kind == ActKind::kSponsorSigned);
  simulation.step();
  CHECK(report.events.empty());
  simulation.step();
  CHECK(report.events == std::vector<std::size_t>{1});
  CHECK(contains(simulation.world().signed_membership(kBbb), kGids));
}

TEST_CASE("simulation: a sponsor that was listed with the rival loses the listing when it opens its own") {
  WorldTables tables = small_tables();
  tables.initial_memberships.push_back({kBbb, "clean", MembershipLevel::kListed, Date{2020, 5, 1}});
  Scenario scenario = small_scenario();
  scenario.frameworks[kClean].untrusted_homes = {"EEE"};
  scenario.frameworks[kClean].incompatible_with = {"gids"};
  Simulation simulation(make_setting(scenario, tables));
  for (int step = 0; step < 3; ++step) simulation.step();
  REQUIRE(simulation.report().acts.size() >= 2);
  CHECK(simulation.report().acts[0].country == kBbb);
  CHECK(simulation.report().acts[0].kind == ActKind::kListingLapsed);
  CHECK(simulation.report().acts[1].kind == ActKind::kSponsorSigned);
  CHECK(simulation.world().membership(kBbb) == bit(kGids));
}

TEST_CASE("simulation: trade without an equilibrium is an error that names the step and the country") {
  WorldTables tables = small_tables();
  tables.countries.goods_domestic_busd[kFff] = tables.countries.services_domestic_busd[kFff] = 0.0;
  Scenario scenario = small_scenario();
  EventSpec wall = event_in_month("wall", EventKind::kTariff, 4);
  wall.countries = {"FFF"};
  wall.partners = {"all"};
  wall.amount = 1e300;
  add_event(scenario, wall);
  Simulation simulation(make_setting(scenario, tables));
  for (int step = 0; step < 4; ++step) simulation.step();
  const auto go_on = [&] {
    while (!simulation.is_finished()) simulation.step();
  };
  CHECK_THROWS_WITH(go_on(), contains_substring("step ") && contains_substring("FFF"));
  CHECK(simulation.world().step > 4);
}

TEST_CASE("simulation: any number of threads gives the same bits") {
  const Scenario scenario = lively(3, 12);
  const LabelledDataset small = run(scenario, small_tables(), 1);
  Scenario many = lively(4, 8);
  set(many, "firms.synthetic", 3000);
  const LabelledDataset random = run(many, random_tables(4, 40), 1);
  for (const int threads : {2, 3, 8}) {
    INFO(threads << " threads");
    check_same(run(scenario, small_tables(), threads), small);
    check_same(run(many, random_tables(4, 40), threads), random);
  }
}

TEST_CASE("simulation: two or more workers take part in a step of many firms") {
  Scenario scenario = lively(4, 8);
  set(scenario, "firms.synthetic", 20000);
  const parallel::ThreadLimit limit(8);
  Simulation simulation(make_setting(scenario, random_tables(4, 20)));
  for (int step = 0; step < 4; ++step) simulation.step();
  const World& world = simulation.world();
  const FirmRules rules(world);
  const std::uint8_t unaligned = 0;
  // The loop of the firms' phase, with the same work in it, and who does it.
  std::mutex mutex;
  std::set<std::thread::id> workers;
  const bool serial = std::string(parallel::back_end()) == "serial";
  for (int attempt = 0; attempt < 100 && workers.size() < (serial ? 1U : 2U); ++attempt) {
    parallel::for_each_range(world.setting().firms->count, 256, [&](std::size_t begin, std::size_t end) {
      double sum = 0.0;
      for (std::size_t f = begin; f < end; ++f) {
        double value = 0.0;
        rules.value_stances(f, {&unaligned, 1}, {&value, 1});
        sum += value;
      }
      const std::lock_guard<std::mutex> lock(mutex);
      if (std::isfinite(sum)) workers.insert(std::this_thread::get_id());
    });
  }
  CHECK(workers.size() >= (serial ? 1U : 2U));
}

TEST_CASE("simulation: a run repeated gives the same bits, another seed another run") {
  const LabelledDataset first = run(lively(5, 10), random_tables(5, 12));
  check_same(run(lively(5, 10), random_tables(5, 12)), first);
  const LabelledDataset other = run(lively(6, 10), random_tables(5, 12));
  CHECK_FALSE(same_bits(other.find("state_digest")->values, first.find("state_digest")->values));
}

/// Rows of the second run stand in another order; row r of it is row order[r] of the first.
void check_permutes(const Simulation& plain, const Simulation& relabelled, const std::vector<std::size_t>& order) {
  const World& a = plain.world();
  const World& b = relabelled.world();
  INFO("step " << a.step);
  for (std::size_t r = 0; r < order.size(); ++r) {
    for (std::size_t k = 0; k < a.frameworks(); ++k) {
      CHECK(b.members.level[b.at(r, k)] == a.members.level[a.at(order[r], k)]);
      CHECK(b.members.signed_step[b.at(r, k)] == a.members.signed_step[a.at(order[r], k)]);
      CHECK(b.members.refused_until[b.at(r, k)] == a.members.refused_until[a.at(order[r], k)]);
      CHECK(b.members.depth[b.at(r, k)] == a.members.depth[a.at(order[r], k)]);
    }
    const Observations& seen_a = a.derived.observed;
    const Observations& seen_b = b.derived.observed;
    CHECK(seen_b.real_income_pp[r] == near(seen_a.real_income_pp[order[r]], 1e-9, 1e-9));
    CHECK(seen_b.exports_busd[r] == near(seen_a.exports_busd[order[r]], 1e-9));
    CHECK(seen_b.transit_share[r] == near(seen_a.transit_share[order[r]], 1e-9));
    CHECK(seen_b.data_access[r] == near(seen_a.data_access[order[r]], 1e-9));
    CHECK(seen_b.latency_ms[r] == near(seen_a.latency_ms[order[r]], 1e-9));
  }
  CHECK(b.firms.stance == a.firms.stance);
  CHECK(b.derived.observed.splinternet_index == near(a.derived.observed.splinternet_index, 1e-9, 1e-12));
  REQUIRE(relabelled.report().decisions.size() == plain.report().decisions.size());
  for (std::size_t d = 0; d < plain.report().decisions.size(); ++d) {
    const Decision& one = plain.report().decisions[d];
    const Decision& other = relabelled.report().decisions[d];
    CHECK(order[other.country] == one.country);
    CHECK(other.chosen == one.chosen);
    CHECK(other.uniform == one.uniform);
  }
}

TEST_CASE("simulation: countries in another order decide the same") {
  for (const int choice : {0, 1}) {
    for (const int schedule : {0, 2}) {
      Scenario scenario = lively(11, 15);
      set(scenario, "countries.choice", choice);
      set(scenario, "countries.schedule", schedule);
      const WorldTables tables = random_tables(11, 14);
      const std::vector<std::size_t> order = random_order(2, 14);
      Simulation plain(make_setting(scenario, tables));
      Simulation relabelled(make_setting(scenario, permuted(tables, order)));
      check_permutes(plain, relabelled, order);
      while (!plain.is_finished()) {
        plain.step();
        relabelled.step();
        check_permutes(plain, relabelled, order);
      }
    }
  }
}

/// All money counted in a unit `factor` times smaller.
WorldTables in_other_money(WorldTables tables, double factor) {
  for (auto* column :
       {&tables.countries.gdp_busd, &tables.countries.goods_domestic_busd, &tables.countries.services_domestic_busd,
        &tables.goods_trade_busd, &tables.services_trade_busd}) {
    for (double& value : *column) value *= factor;
  }
  for (FirmRow& firm : tables.firms) firm.revenue_busd *= factor;
  return tables;
}

Scenario in_other_money(Scenario scenario, double factor) {
  for (const char* path : {"framework.clean.budget_busd", "framework.gids.budget_busd", "firms.minimum_revenue_busd",
                           "countries.replacement_cost_usd"}) {
    set(scenario, path, factor * get(scenario, path));
  }
  return scenario;
}

bool is_money(const LabelledArray& array) {
  return array.units.find("USD") != std::string::npos;
}

template <class T>
std::vector<T> scaled(std::vector<T> values, double factor) {
  for (T& value : values) value = static_cast<T>(static_cast<double>(value) * factor);
  return values;
}

TEST_CASE("simulation: money in units of 1/1024 changes no bit but the money itself, by that factor") {
  const Scenario scenario = lively(12, 15);
  const WorldTables tables = random_tables(12, 14);
  const LabelledDataset plain = run(scenario, tables);
  const LabelledDataset other = run(in_other_money(scenario, 1024.0), in_other_money(tables, 1024.0));
  std::size_t money = 0;
  for (const LabelledArray& array : plain.arrays) {
    INFO(array.name);
    if (array.name == "state_digest" || array.name == "state_part_digest") continue;
    const LabelledArray& same = *other.find(array.name);
    if (!is_money(array)) {
      CHECK(same_bits(same.values, array.values));
      continue;
    }
    ++money;
    if (const auto* single = std::get_if<std::vector<float>>(&array.values)) {
      CHECK(same_bits(std::get<std::vector<float>>(same.values), scaled(*single, 1024.0)));
    } else {
      const auto& reals = std::get<std::vector<double>>(array.values);
      CHECK(same_bits(std::get<std::vector<double>>(same.values), scaled(reals, 1024.0)));
    }
  }
  CHECK(money >= 8);
  CHECK(values<std::int32_t>(plain, "decision_chosen").size() > 20);
}

TEST_CASE("simulation: money in units of 1/1000 changes no decision") {
  const Scenario scenario = lively(12, 15);
  const WorldTables tables = random_tables(12, 14);
  const LabelledDataset plain = run(scenario, tables);
  const LabelledDataset other = run(in_other_money(scenario, 1000.0), in_other_money(tables, 1000.0));
  for (const char* name : {"decision_step", "decision_country", "decision_chosen", "act_step", "act_country",
                           "act_framework", "act_kind", "membership"}) {
    INFO(name);
    CHECK(same_bits(other.find(name)->values, plain.find(name)->values));
  }
}

/// True if all steps of an array hold what step 0 holds, bit for bit.
template <class T>
bool is_constant(const std::vector<T>& values, std::size_t steps) {
  const std::size_t width = values.size() / steps;
  for (std::size_t t = 1; t < steps; ++t) {
    const std::vector<T> first(values.begin(), values.begin() + static_cast<long>(width));
    const auto begin = values.begin() + static_cast<long>(t * width);
    if (!same_bits(std::vector<T>(begin, begin + static_cast<long>(width)), first)) return false;
  }
  return true;
}

TEST_CASE("simulation: where nothing opens nothing changes, in any bit, for ten years") {
  for (const bool random : {false, true}) {
    Scenario scenario = lively(13, 120);
    scenario.events.clear();
    set(scenario, "countries.spontaneous_rate", 0.5);
    set(scenario, "firms.revision_rate", 0.5);
    const LabelledDataset dataset = run(scenario, random ? random_tables(13, 12) : small_tables());
    std::size_t checked = 0;
    for (const LabelledArray& array : dataset.arrays) {
      if (array.dims.empty() || (array.dims.front() != "step" && array.dims.front() != "metrics_step")) continue;
      if (array.dims.front() == array.name || array.name.ends_with("time") || array.name == "state_digest") continue;
      INFO(array.name);
      const std::size_t steps = dataset.size(array.dims.front());
      CHECK(std::visit([steps](const auto& held) { return is_constant(held, steps); }, array.values));
      ++checked;
    }
    CHECK(checked >= output_table().size());
    CHECK(values<std::int32_t>(dataset, "act_step").empty());
    CHECK(values<std::int32_t>(dataset, "decision_step").empty());
  }
}

TEST_CASE("simulation: sponsors stay in their own and nobody signs two rivals, over random worlds") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    Scenario scenario = lively(seed, 40);
    set(scenario, "countries.schedule", static_cast<double>(seed % 4));
    set(scenario, "framework.clean.missions_per_month", 4);
    set(scenario, "framework.gids.missions_per_month", 4);
    set(scenario, "firms.synthetic", 50);
    Simulation simulation(make_setting(scenario, random_tables(seed, 8 + seed % 5)));
    const World& world = simulation.world();
    while (!simulation.is_finished()) {
      simulation.step();
      REQUIRE_NOTHROW(check_invariants(world));
      for (std::size_t i = 0; i < world.countries(); ++i) {
        CHECK(world.signed_membership(i) != (bit(kClean) | bit(kGids)));
      }
      CHECK(world.signed_membership(kAaa) == bit(kClean));
      CHECK(world.membership(kBbb) == (world.step >= 3 ? bit(kGids) : 0));
    }
  }
}

TEST_CASE("simulation: steps report their refreshes, and recording exact market access changes no bit of the state") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.spontaneous_rate", 0.2);
  set(scenario, "countries.market_access_refresh", 1e-4);
  Scenario recorded = scenario;
  recorded.record.market_access_exact = true;
  Simulation plain(make_setting(scenario, random_tables(5, 14)));
  Simulation watched(make_setting(recorded, random_tables(5, 14)));
  int refreshes = 0;
  std::size_t options = 0;
  for (int step = 0; step < 12; ++step) {
    const StepReport& report = watched.step();
    refreshes += plain.step().market_access_refreshes;
    CHECK(report.market_access_refreshes == plain.report().market_access_refreshes);
    CHECK(state_digest(plain.world()) == state_digest(watched.world()));
    CHECK(plain.report().option_market_access_exact.empty());
    REQUIRE(report.option_market_access_linear.size() == report.option_target.size());
    REQUIRE(report.option_market_access_exact.size() == report.option_target.size());
    const std::size_t terms = scenario.terms.size();
    for (std::size_t n = 0; n < report.option_target.size(); ++n) {
      CHECK(report.option_market_access_linear[n] == report.option_value[n * terms]);
      CHECK(report.option_market_access_exact[n] == near(report.option_market_access_linear[n], 0.05, 1e-3));
    }
    for (const Decision& decision : report.decisions) CHECK(decision.chosen_linear == decision.chosen);
    options += report.option_target.size();
  }
  CHECK(refreshes > 2);
  CHECK(options > 20);
}

TEST_CASE("simulation: a world without a section runs without its phase") {
  for (int left_out = 0; left_out < 4; ++left_out) {
    INFO("section " << left_out);
    Scenario scenario = lively(14, 10);
    bool* const sections[] = {&scenario.has_countries, &scenario.has_firms, &scenario.has_data, &scenario.has_trade};
    *sections[left_out] = false;
    Simulation simulation(make_setting(scenario, small_tables()));
    while (!simulation.is_finished()) simulation.step();
    CHECK_NOTHROW(check_invariants(simulation.world()));
    const std::span<const double> seconds = simulation.phase_seconds();
    CHECK(seconds[0] > 0.0);
    if (left_out == 0) CHECK(simulation.world().membership(kCcc) == bit(kClean));
    if (left_out == 1) CHECK(simulation.world().firms.stance.empty());
    if (left_out == 2) CHECK(simulation.world().derived.latency_ms.empty());
    if (left_out == 3) CHECK_FALSE(simulation.world().trade_solver.has_value());
  }
}

TEST_CASE("simulation: more coercion by the rival's sponsor means no more accessions to it, in the mean") {
  double last = 1e9;
  for (const double coercion : {0.0, 0.05, 0.2, 0.8, 3.2}) {
    double accessions = 0.0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      Scenario scenario = lively(seed, 12);
      scenario.has_data = scenario.has_firms = false;
      scenario.record.decisions = false;
      set(scenario, "countries.coercion", coercion);
      set(scenario, "framework.clean.missions_per_month", 6);
      Simulation simulation(make_setting(scenario, random_tables(3, 20)));
      while (!simulation.is_finished()) simulation.step();
      accessions += simulation.world().derived.observed.signed_count[kClean];
    }
    CHECK(accessions <= last);
    last = accessions;
  }
}

}  // namespace
}  // namespace splinternet::testing
