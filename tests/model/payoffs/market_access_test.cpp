#include "sim/model/payoffs/market_access.hpp"

#include <cmath>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/trade_response.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/closed_path.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double market_access(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(market_access_term(), world, country, target);
}

double exact_market_access(const World& world, std::size_t country, FrameworkSet target) {
  Options options;
  options.add(country, target);
  std::vector<double> out(1);
  price_exactly(world, options, 0, 1, out);
  return out[0];
}

Scenario without_data() {
  Scenario scenario = small_scenario();
  scenario.has_data = false;
  return scenario;
}

/// 100·ln of the country's real income with B and productivity as given, over that of today.
double solved_pp(const World& world, std::size_t country, const std::vector<double>& cost_factor,
                 const std::vector<double>& productivity) {
  TradeSolver solver = *world.trade_solver;
  const double after = solver.solve({cost_factor, productivity}).real_income[country];
  return 100.0 * math::log(after / world.trade_solver->equilibrium().real_income[country]);
}

TEST_CASE("market access: without data it is the world in which trade with the untrusted home is dearer") {
  const World world = make_world(without_data(), small_tables());
  // EEE treats data of BBB at .30, excluded .30 + .25·.50; BBB treats that of EEE at .45.
  const double change = (1.0 - (1.0 - 0.425) * (1.0 - 0.45)) - (1.0 - (1.0 - 0.30) * (1.0 - 0.45));
  std::vector<double> factor(kTradeSectors * 36, 1.0);
  factor[kEee * 6 + kBbb] = factor[kBbb * 6 + kEee] = math::exp(-5.0 * 0.010 * change);
  factor[36 + kEee * 6 + kBbb] = factor[36 + kBbb * 6 + kEee] = math::exp(-5.0 * 0.10 * change);
  const double expected = solved_pp(world, kEee, factor, std::vector<double>(6, 1.0));
  CHECK(expected < 0.0);
  CHECK(exact_market_access(world, kEee, bit(kClean)) == near(expected, 1e-9));
  CHECK(market_access(world, kEee, bit(kClean)) == near(expected, 0.01));
}

TEST_CASE("market access: solved anew it is what the phases of a step lead to, fully phased in") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.depth_on_signing", 0.6);
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 3);
  for (const FrameworkSet target : {bit(kClean), bit(kGids)}) {
    // EEE alone moves; trade conditions follow all at once by as much as their targets do.
    World moved = world;
    accede(moved, kEee, target == bit(kClean) ? kClean : kGids);
    refresh(moved);
    const auto target_of = [](World of) {
      of.policy.log_cost_factor.assign(of.policy.log_cost_factor.size(), 0.0);
      of.policy.log_productivity.assign(6, 0.0);
      set_now(of, "policy.phase_in_months", 1e-3);
      solve_trade(of);
      return of.policy;
    };
    const PolicyState before = target_of(world), after = target_of(moved);
    PolicyState then = world.policy;
    for (std::size_t k = 0; k < then.log_cost_factor.size(); ++k) {
      then.log_cost_factor[k] += after.log_cost_factor[k] - before.log_cost_factor[k];
    }
    then.log_productivity[kEee] += after.log_productivity[kEee] - before.log_productivity[kEee];
    std::vector<double> factor(72), productivity(6);
    math::exp(then.log_cost_factor, factor);
    math::exp(then.log_productivity, productivity);
    for (std::size_t i = 0; i < 6; ++i) {
      for (std::size_t j = 0; j < 6; ++j) {
        if (i != j) factor[36 + i * 6 + j] *= moved.derived.reach[i * 6 + j] * moved.derived.reach[j * 6 + i];
      }
    }
    const double expected = solved_pp(world, kEee, factor, productivity);
    CAPTURE(target, expected);
    CHECK(std::fabs(expected) > 1e-3);
    CHECK(exact_market_access(world, kEee, target) == near(expected, 1e-8));
  }
}

TEST_CASE("market access: the linear response is near the world solved anew for every country and set of frameworks") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    World world = make_world(small_scenario(), random_tables(seed, 14));
    set_now(world, "countries.depth_on_signing", 0.5);
    let_events_pass(world, 3);
    take_response(world);
    for (std::size_t i = 0; i < world.countries(); ++i) {
      for (const FrameworkSet target : {FrameworkSet{0}, bit(kClean), bit(kGids)}) {
        const double exact = exact_market_access(world, i, target);
        CAPTURE(seed, i, target, exact);
        CHECK(market_access(world, i, target) == near(exact, 0.02, 1e-3));
      }
    }
  }
}

TEST_CASE("market access: options that change no condition are worth exactly nothing, linear or solved anew") {
  World world = make_world(small_scenario(), small_tables());
  set_now(world, "countries.depth_on_signing", 0.0);
  for (std::size_t i = 0; i < 6; ++i) {
    if (world.membership(i) != 0) continue;
    CHECK(market_access(world, i, bit(kGids)) == 0.0);
    CHECK(exact_market_access(world, i, bit(kGids)) == 0.0);
  }
}

TEST_CASE("market access: the option \"exact\" solves the world anew, in the same bits by any number of threads") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.market_access", 1);
  World world = make_world(scenario, random_tables(3, 14));
  let_events_pass(world, 3);
  PricedOptions options;
  for (std::uint32_t i = 0; i < world.countries(); ++i) {
    for (const FrameworkSet target : {bit(kClean), bit(kGids)}) options.options.add(i, target);
  }
  std::vector<double> one;
  for (const int threads : {1, 2, 3, 8}) {
    const parallel::ThreadLimit limit(threads);
    price(world, options);
    const std::vector<double> value(options.term_value.begin(),
                                    options.term_value.begin() + static_cast<long>(options.options.size()));
    if (one.empty()) one = value;
    CHECK(value == one);
  }
  for (std::size_t n = 0; n < one.size(); ++n) {
    const auto i = options.options.country[n];
    CHECK(one[n] == exact_market_access(world, i, options.options.target[n]));
    CHECK(one[n] == market_access(world, i, options.options.target[n]));
  }
}

TEST_CASE("market access: trade that a closed path had ended begins again for who leaves") {
  const World world = behind_a_closed_path();
  REQUIRE(world.derived.reach[kEee * 6 + kFff] == 0.0);
  CHECK(world.derived.cost_factor[36 + kEee * 6 + kFff] == 0.0);
  CHECK(exact_market_access(world, kEee, 0) > 0.0);
  CHECK(market_access(world, kEee, 0) == near(exact_market_access(world, kEee, 0), 0.05));
}

TEST_CASE("market access: keeping to oneself costs more the deeper provisions bind") {
  World world = make_world(small_scenario(), small_tables());
  double last = 0.0;
  for (const double depth : {0.0, 0.25, 0.5, 1.0}) {
    set_now(world, "countries.depth_on_signing", depth);
    const double now = market_access(world, kEee, bit(kClean));
    if (depth > 0.0) CHECK(now < last);
    if (depth == 0.0) CHECK(now == near(0.0, 0.0, 1e-12));
    last = now;
  }
}

TEST_CASE("market access: less data access costs productivity, by the strength of idea diffusion") {
  World world = make_world(small_scenario(), small_tables());
  set_now(world, "policy.idea_diffusion", 0.0);
  const double trade_alone = market_access(world, kEee, bit(kClean));
  set_now(world, "policy.idea_diffusion", 0.064);
  CHECK(market_access(world, kEee, bit(kClean)) < trade_alone);
}

TEST_CASE("market access: trust among members makes joining them better") {
  Scenario scenario = small_scenario();
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 3);
  const double before = market_access(world, kEee, bit(kGids));
  set_now(world, "policy.trust", 0.5);
  apply_policy(world);
  CHECK(market_access(world, kEee, bit(kGids)) > before);
}

TEST_CASE("market access: leaving at once what was joined gives back what it cost") {
  World world = make_world(without_data(), small_tables());
  let_events_pass(world, 1);
  const double joining = market_access(world, kEee, bit(kClean));
  accede(world, kEee, kClean);
  refresh(world);
  world.policy.log_cost_factor.assign(world.policy.log_cost_factor.size(), 0.0);
  resume_trade(world);
  CHECK(market_access(world, kEee, 0) == near(-joining, 0.05));
}

TEST_CASE("market access: it needs trade") {
  Scenario scenario = small_scenario();
  scenario.has_trade = false;
  CHECK(market_access(make_world(scenario, small_tables()), kEee, bit(kClean)) == 0.0);
}

}  // namespace
}  // namespace splinternet::testing
