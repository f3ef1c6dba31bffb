#include "sim/engine/outputs.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/model/build_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/hosted_world.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

std::vector<std::string> dims_of(const OutputRow& row) {
  std::vector<std::string> dims;
  std::string word;
  for (const char c : std::string(row.dims) + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      dims.push_back(word);
      word.clear();
    }
  }
  return dims;
}

std::vector<double> read(const OutputRow& row, const World& world, const StepReport& report, double before) {
  std::size_t width = 1;
  for (const std::string& dim : dims_of(row)) width *= dimension_size(world, dim);
  std::vector<double> out(width, before);
  row.get(world, report, out);
  return out;
}

std::vector<double> read(std::string_view name, const Simulation& simulation) {
  return read(*find_output(name), simulation.world(), simulation.report(), 0.0);
}

Simulation simulated(const Scenario& scenario, int steps) {
  Simulation simulation(make_setting(scenario, small_tables()));
  for (int step = 0; step < steps; ++step) simulation.step();
  return simulation;
}

TEST_CASE("outputs: names are unique, and every row has a unit, a meaning and known dimensions") {
  std::set<std::string_view> names;
  const World world = make_world(small_scenario(), small_tables());
  for (const OutputRow& row : output_table()) {
    INFO(row.name);
    CHECK(names.insert(row.name).second);
    CHECK_FALSE(row.units.empty());
    CHECK(row.long_name.size() > 3);
    for (const std::string& dim : dims_of(row)) CHECK(dimension_size(world, dim) > 0);
    const bool integer = row.type == OutputType::kInt8 || row.type == OutputType::kInt32;
    CHECK((row.flag_meanings.empty() || integer));
    CHECK(find_output(row.name) == &row);
  }
  CHECK(find_output("no_such_array") == nullptr);
  CHECK(output_names().size() == output_table().size());
  CHECK_THROWS_AS(dimension_size(world, "planet"), InternalError);
}

TEST_CASE("outputs: every row fills its whole width, whatever sections the scenario has") {
  for (int sections = 0; sections < 16; ++sections) {
    INFO("sections " << sections);
    Scenario scenario = small_scenario();
    scenario.has_countries = (sections & 1) != 0;
    scenario.has_firms = (sections & 2) != 0;
    scenario.has_data = (sections & 4) != 0;
    scenario.has_trade = (sections & 8) != 0;
    set(scenario, "metrics.every_months", 1);
    const Simulation simulation = simulated(scenario, 3);
    for (const OutputRow& row : output_table()) {
      if (row.worlds == Worlds::kOfActors) continue;
      INFO(row.name);
      const std::vector<double> one = read(row, simulation.world(), simulation.report(), -77.0);
      const std::vector<double> other = read(row, simulation.world(), simulation.report(), -78.0);
      const bool integer = row.type == OutputType::kInt8 || row.type == OutputType::kInt32;
      for (std::size_t n = 0; n < one.size(); ++n) {
        CHECK((one[n] == other[n] || (std::isnan(one[n]) && std::isnan(other[n]))));
        if (integer) CHECK(one[n] == std::floor(one[n]));
        const bool cuts_bloc_from_itself = row.name == "minimum_cut" && n % 3 == 0;
        if (sections == 15) CHECK(std::isfinite(one[n]) == !cuts_bloc_from_itself);
      }
    }
  }
}

TEST_CASE("outputs: what a missing section would give is not a number") {
  Scenario scenario = small_scenario();
  scenario.has_firms = scenario.has_data = scenario.has_trade = false;
  const Simulation simulation = simulated(scenario, 1);
  for (const char* name : {"reach_loss", "decoupling_trade", "real_income", "latency", "dual_stack_share", "goods_flow",
                           "pair_latency", "aligned_firms", "member_traffic_share", "betweenness", "usable_reach",
                           "minimum_cut", "data_between_blocs", "transit_gini", "best_modularity_trade"}) {
    INFO(name);
    for (const double value : read(name, simulation)) CHECK(std::isnan(value));
  }
  for (const double part : read("community_data", simulation)) CHECK(part == -1.0);
  CHECK(dimension_size(simulation.world(), "link") == 0);
}

TEST_CASE("outputs: memberships, blocs and counts are those of the world") {
  const Simulation simulation = simulated(small_scenario(), 1);
  const std::vector<double> membership = read("membership", simulation);
  CHECK(membership[kAaa * 2 + kClean] == 2.0);
  CHECK(membership[kCcc * 2 + kClean] == 2.0);
  CHECK(membership[kEee * 2 + kGids] == 0.0);  // not open yet
  double members = 0.0;
  for (std::size_t i = 0; i < 6; ++i) members += membership[i * 2 + kClean] > 0.0 ? 1.0 : 0.0;
  CHECK(read("member_count", simulation)[kClean] == members);
  CHECK(read("bloc", simulation)[kAaa] == 1.0);
  CHECK(read("in_force", simulation) == std::vector<double>{1.0, 0.0});
}

TEST_CASE("outputs: traffic on links adds up to demand times hops, permuted link rows or not") {
  const Simulation simulation = simulated(small_scenario(), 4);
  const std::vector<double> traffic = read("link_traffic", simulation);
  const World& world = simulation.world();
  double carried = 0.0;
  for (const double load : traffic) carried += load;
  double expected = 0.0;
  for (const double share : world.derived.transit_share) expected += share;
  for (std::size_t o = 0; o < 6; ++o) {
    for (std::size_t d = 0; d < 6; ++d) {
      if (o != d) expected += world.setting().demand->share[o * 6 + d] * world.derived.reach[o * 6 + d];
    }
  }
  CHECK(carried == near(expected, 1e-10));
  WorldTables tables = small_tables();
  std::reverse(tables.links.begin(), tables.links.end());
  Simulation reversed(make_setting(small_scenario(), tables));
  for (int step = 0; step < 4; ++step) reversed.step();
  std::vector<double> other = read("link_traffic", reversed);
  std::reverse(other.begin(), other.end());
  CHECK(other == traffic);
}

TEST_CASE("outputs: with hosting, demand and the share abroad follow what clean_cloud has moved") {
  Scenario scenario = small_scenario();
  set(scenario, "data.demand", 1);
  const WorldTables tables = hosted_tables();
  Simulation simulation(make_setting(scenario, tables));
  const std::vector<double> before = read("data_abroad_share", simulation);
  CHECK(before[kCcc] == near(0.4));
  CHECK(before[kBbb] == near(0.0));
  for (int step = 0; step < 4; ++step) simulation.step();
  const double moved = simulation.world().derived.depth[simulation.world().at(kCcc, kClean)];
  REQUIRE(moved > 0.0);
  CHECK(read("data_abroad_share", simulation)[kCcc] == near(0.4 * (1.0 - moved)));
  const std::vector<double> demand = read("data_demand", simulation);
  double row = 0.0;
  for (std::size_t h = 0; h < 6; ++h) row += demand[kCcc * 6 + h];
  CHECK(demand[kCcc * 6 + kBbb] == near(0.4 * (1.0 - moved) * row));
}

TEST_CASE("outputs: congested links carry what is delivered and passed on, and their use is traffic over capacity") {
  Scenario scenario = small_scenario();
  set(scenario, "data.congestion", 1);
  set(scenario, "data.international_traffic_tbps", 12);
  const Simulation simulation = simulated(scenario, 2);
  const World& world = simulation.world();
  const std::vector<double> use = read("link_utilisation", simulation);
  const std::vector<double> traffic = read("link_traffic", simulation);
  double carried = 0.0;
  for (const double load : traffic) carried += load;
  double passed = 0.0;
  for (const double share : world.derived.transit_share) passed += share;
  double expected = passed;
  for (std::size_t o = 0; o < 6; ++o) {
    for (std::size_t d = 0; d < 6; ++d) expected += o != d ? world.setting().demand->share[o * 6 + d] : 0.0;
  }
  CHECK(carried == near(expected, 1e-10));
  double used = 0.0;
  for (std::size_t l = 0; l < use.size(); ++l) {
    CHECK(use[l] == near(traffic[l] * tbps_per_demand(world) / 20.0));  // 10 Tb/s each way
    used += use[l];
  }
  CHECK(used > 0.0);
  CHECK(tbps_per_demand(world) * (expected - passed) == near(12.0));
}

TEST_CASE("outputs: exports are the off-diagonal sums of the flows") {
  const Simulation simulation = simulated(small_scenario(), 6);
  const std::vector<double> goods = read("goods_flow", simulation);
  const std::vector<double> services = read("services_flow", simulation);
  const std::vector<double> exports = read("exports", simulation);
  const std::vector<double> digital = read("digital_exports", simulation);
  for (std::size_t i = 0; i < 6; ++i) {
    double sum = 0.0;
    double services_sum = 0.0;
    for (std::size_t j = 0; j < 6; ++j) {
      if (i == j) continue;
      sum += goods[i * 6 + j] + services[i * 6 + j];
      services_sum += services[i * 6 + j];
    }
    CHECK(exports[i] == near(sum));
    CHECK(digital[i] == near(services_sum));
  }
}

TEST_CASE("outputs: the best division is measured when asked, beside the blocs") {
  const Simulation simulation = simulated(small_scenario(), 6);
  for (const std::string kind : {"data", "trade"}) {
    CHECK(read("best_modularity_" + kind, simulation)[0] >= read("modularity_" + kind, simulation)[0] - 1e-12);
    const double agreement = read("bloc_agreement_" + kind, simulation)[0];
    CHECK((agreement >= 0.0 && agreement <= 1.0));
    const std::vector<double> community = read("community_" + kind, simulation);
    CHECK(community[kAaa] == 0.0);
    CHECK(*std::max_element(community.begin(), community.end()) < 6.0);
    CHECK(find_output("community_" + kind)->recorded == Recorded::kWhenNamed);
  }
  CHECK(time_dimension(*find_output("best_modularity_data")) == "metrics_step");
  CHECK(time_dimension(*find_output("modularity_data")) == "step");
}

}  // namespace
}  // namespace splinternet::testing
