#include "sim/model/option_detours.hpp"

#include <cmath>
#include <vector>

#include "sim/model/data_flows.hpp"
#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/closed_path.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// Paths of the country at the shares looked at, against those in force, as mixing them one by one tells; returns how
/// many of either kind were found.
struct Found {
  std::size_t longer = 0, gaps = 0;
};
Found compare(const World& world, std::size_t i, OptionDetours& detours) {
  const std::size_t n = world.countries();
  const Derived& derived = world.derived;
  std::vector<double> log(n, 0.0), ratio(n, 1.0);
  detours.find_longer();
  Found found;
  REQUIRE(detours.partners().size() == detours.log_latency().size());
  for (std::size_t m = 0; m < detours.partners().size(); ++m) {
    const std::size_t j = detours.partners()[m];
    log[j] = detours.log_latency()[m];
    ++found.longer;
  }
  for (const ReachChange& gap : detours.find_gaps()) {
    log[gap.partner] = gap.log_latency;
    ratio[gap.partner] = gap.reach_ratio;
    ++found.gaps;
  }
  for (std::size_t j = 0; j < n; ++j) {
    if (j == i) continue;
    CAPTURE(i, j);
    const PathMix mix = mix_paths(derived.routing, detours.class_share(), i, j);
    const double before = derived.reach[i * n + j], pair = derived.pair_latency_ms[i * n + j];
    if (before > 0.0) CHECK(ratio[j] == near(mix.reach / before, 1e-12));
    if (!(mix.reach > 0.0 && before > 0.0 && pair > 0.0)) continue;
    const double growth = (mix.latency_ms - derived.latency_ms[i * n + j]) / pair;
    CHECK(log[j] == near(std::log1p(growth), 1e-9, 1e-12));
  }
  return found;
}

TEST_CASE("option detours: paths change as mixing them by the new shares tells, pair by pair") {
  Found all;
  for (const std::uint64_t seed : {3U, 4U, 5U, 6U}) {
    World world = make_world(small_scenario(), random_tables(seed, 14));
    let_events_pass(world, 4);
    OptionDetours detours(world);
    for (std::size_t i = 0; i < world.countries(); ++i) {
      for (const double depth : {0.0, 0.4, 1.0, 0.4}) {
        if (!detours.look_at(i, std::vector{depth, 0.0})) continue;
        const Found found = compare(world, i, detours);
        all.longer += found.longer;
        all.gaps += found.gaps;
      }
    }
  }
  CHECK(all.longer > 50);
}

TEST_CASE("option detours: what a path is closed to has no ratio of reach, what it would be closed to has 0") {
  World world = behind_a_closed_path();
  OptionDetours closed(world);
  REQUIRE(closed.look_at(kEee, std::vector{0.0, 0.0}));
  REQUIRE(closed.find_gaps().size() >= 1);
  CHECK(std::isinf(closed.find_gaps()[0].reach_ratio));
  withdraw(world, kEee, kClean);
  refresh(world);
  OptionDetours open(world);
  REQUIRE(open.look_at(kEee, std::vector{1.0, 0.0}));
  CHECK(compare(world, kEee, open).gaps >= 1);
  CHECK(open.find_gaps()[0].reach_ratio == 0.0);
}

TEST_CASE("option detours: nothing moves where the shares stay") {
  World world = make_world(small_scenario(), random_tables(3, 14));
  let_events_pass(world, 4);
  OptionDetours detours(world);
  for (std::size_t i = 0; i < world.countries(); ++i) {
    CHECK_FALSE(detours.look_at(i, std::span(world.derived.depth).subspan(i * 2, 2)));
  }
}

}  // namespace
}  // namespace splinternet::testing
