// What must not change a run: repeating it, the order of rows, the unit of money, frameworks that never open.
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/whole_runs.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("invariance: a run repeated gives the same bits, another seed another run") {
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

TEST_CASE("invariance: countries in another order decide the same") {
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

TEST_CASE("invariance: money in units of 1/1024 changes no bit but the money itself, by that factor") {
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

TEST_CASE("invariance: money in units of 1/1000 changes no decision") {
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

TEST_CASE("invariance: where nothing opens nothing changes, in any bit, for ten years") {
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

}  // namespace
}  // namespace splinternet::testing
