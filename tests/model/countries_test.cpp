#include "sim/model/countries.hpp"

#include <limits>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("countries: the ideal point is that of the table, moved by leaders and clipped at two") {
  World world = make_world(small_scenario(), small_tables());
  CHECK(ideal_point(world, kAaa) == 1.8);
  world.derived.effects.ideal_point_shift[kAaa] = 0.5;
  CHECK(ideal_point(world, kAaa) == 2.0);
  world.derived.effects.ideal_point_shift[kAaa] = -5.0;
  CHECK(ideal_point(world, kAaa) == -2.0);
}

TEST_CASE("countries: the rival's sponsor is that of the first incompatible framework, or nobody") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(rival_sponsor(world, kClean) == kBbb);
  CHECK(rival_sponsor(world, kGids) == kAaa);
  Scenario compatible = small_scenario();
  set(compatible, "framework.gids.provisions.open_supply_chain", 0.0);
  CHECK(rival_sponsor(make_world(compatible, small_tables()), kClean) == kNoCountry);
}

TEST_CASE("countries: only those who choose may decide, on an open framework that does not exclude them") {
  WorldTables tables = small_tables();
  tables.countries.chooses[kFff] = 0;
  World world = make_world(small_scenario(), tables);
  for (std::size_t i = 0; i < 6; ++i) CHECK_FALSE(may_decide_on(world, i, kClean));
  let_events_pass(world, 1);
  // AAA and BBB are sponsors, FFF does not choose.
  const std::vector<bool> expected{false, false, true, true, true, false};
  for (std::size_t i = 0; i < 6; ++i) {
    INFO(i);
    CHECK(may_decide_on(world, i, kClean) == expected[i]);
    CHECK_FALSE(may_decide_on(world, i, kGids));
  }
  let_events_pass(world, 2);
  for (std::size_t i = 0; i < 6; ++i) CHECK(may_decide_on(world, i, kGids) == expected[i]);
  world.frameworks_state.status[kClean] = static_cast<std::uint8_t>(FrameworkStatus::kClosed);
  for (std::size_t i = 0; i < 6; ++i) CHECK_FALSE(may_decide_on(world, i, kClean));
}

TEST_CASE("countries: an untrusted home that sponsors nothing may still not decide on what excludes it") {
  Scenario scenario = small_scenario();
  scenario.frameworks[kClean].untrusted_homes = {"BBB", "EEE"};
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 3);
  CHECK_FALSE(may_decide_on(world, kEee, kClean));
  CHECK(may_decide_on(world, kEee, kGids));
}

TEST_CASE("countries: an accession swaps away what is incompatible with it and keeps the rest") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(accession_or_swap(world, kEee, kClean) == bit(kClean));
  CHECK(accession_or_swap(world, kCcc, kGids) == bit(kGids));
  CHECK(accession_or_swap(world, kDdd, kGids) == bit(kGids));
  Scenario compatible = small_scenario();
  set(compatible, "framework.gids.provisions.open_supply_chain", 0.0);
  CHECK(accession_or_swap(make_world(compatible, small_tables()), kCcc, kGids) == (bit(kClean) | bit(kGids)));
}

TEST_CASE("countries: a price is the sum of the terms from left to right, whatever the number of threads") {
  World world = make_world(small_scenario(), small_tables(20));
  let_events_pass(world, 3);
  PricedOptions priced;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    for (FrameworkSet set = 0; set < 4; ++set) priced.options.add(i, set, set == 1 ? 0.5 : 0.0);
  }
  const std::vector<const PayoffTerm*> terms = active_terms(world.setting());
  const std::size_t rows = priced.options.size();
  for (const int threads : {1, 2, 3, 8}) {
    const parallel::ThreadLimit limit(threads);
    price(world, priced);
    REQUIRE(priced.total.size() == rows);
    REQUIRE(priced.term_value.size() == rows * terms.size());
    for (std::size_t n = 0; n < rows; ++n) {
      double total = 0.0;
      for (std::size_t t = 0; t < terms.size(); ++t) {
        const double value = value_of(*terms[t], world, priced.options.country[n], priced.options.target[n],
                                      priced.options.offer_busd[n]);
        CHECK(priced.term_value[t * rows + n] == value);
        total += value;
      }
      CHECK(priced.total[n] == total);
    }
  }
}

TEST_CASE("countries: pricing nothing gives nothing") {
  const World world = make_world(small_scenario(), small_tables());
  PricedOptions priced;
  price(world, priced);
  CHECK(priced.total.empty());
  CHECK(priced.term_value.empty());
}

TEST_CASE("countries: a payoff that is not a finite number is refused with step, term, actor and option") {
  Scenario scenario = pact_scenario(3, {"intrinsic_pact"});
  scenario.terms = {"peers", "intrinsic"};
  scenario.places["countries.terms[1]"] = "game.toml:9:20";
  World world = actor_world(scenario);
  world.step = 4;
  PricedOptions priced;
  priced.options.add(1, bit(0));
  const auto message = [&](double parameter) {
    set_now(world, "framework.pact.intrinsic", parameter);
    return error_message([&] { price(world, priced); });
  };
  CHECK(message(1.0) == "no error");
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()}) {
    CHECK(message(bad).starts_with(
        "game.toml:9:20: step 4: the payoff term intrinsic is not a finite number for 2 as a member of pact"));
  }
  set_now(world, "countries.peers", 1.7e308);
  put_in(world, 0b101);
  CHECK(contains(message(1.7e308), "the sum of all payoff terms is not a finite number"));
}

}  // namespace
}  // namespace splinternet::testing
