#include "sim/model/option_rules.hpp"

#include <algorithm>
#include <vector>

#include "sim/model/policy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

World some_world() {
  World world = make_world(small_scenario(), random_tables(6, 14));
  let_events_pass(world, 4);
  return world;
}

TEST_CASE("option rules: they are those of policy at the depths asked for, whatever was asked before") {
  const World world = some_world();
  const std::size_t n = world.countries();
  OptionRules rules(world);
  std::vector<double> towards(n), by(n);
  for (int round = 0; round < 30; ++round) {
    for (std::size_t i = 0; i < n; i += 3) {
      const std::vector<double> depth{0.05 * round, 0.5};
      FrameworkSet untrusted = 0;
      for (std::size_t k = 0; k < depth.size(); ++k) {
        if (world.setting().frameworks.untrusted_home[k * n + i] != 0) untrusted |= bit(k);
      }
      rules_towards(world, depth, towards);
      rules_by(world, depth, untrusted, by);
      const OptionRules::Rules& found = rules.rules(i, depth);
      CHECK(found.towards == towards);
      CHECK(found.least == std::ranges::min(towards));
      CHECK(found.most == std::ranges::max(towards));
      for (std::size_t j = 0; j < n; ++j) {
        CHECK(found.by[j] == home_rules(world, j) + by[j]);
        CHECK(found.open_by[j] == 1.0 - std::clamp(found.by[j], 0.0, 1.0));
      }
      CHECK(rules.home(i) == home_rules(world, i));
    }
  }
}

TEST_CASE("option rules: trust changes by the smaller of both depths, with those whose depth makes a difference") {
  const World world = some_world();
  const std::size_t n = world.countries();
  OptionRules rules(world);
  std::size_t changed = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::vector<double> depth{0.3, 0.2};
    const OptionRules::Trust& trust = rules.trust(i, depth);
    for (std::size_t j = 0; j < n; ++j) {
      double expected = 0.0;
      for (std::size_t k = 0; k < depth.size(); ++k) {
        const double theirs = world.derived.depth[j * 2 + k], now = world.derived.depth[i * 2 + k];
        expected += (std::min(depth[k], theirs) - std::min(now, theirs)) * world.derived.strengths[k].trust;
      }
      CHECK(trust.change[j] == near(expected, 1e-12, 1e-16));
      CHECK(trust.single[j] == static_cast<float>(trust.change[j]));
      changed += trust.change[j] != 0.0 ? 1U : 0U;
    }
  }
  CHECK(changed > 10);
}

TEST_CASE("option rules: the change of R in single precision is that of R where nothing is clipped") {
  const World world = some_world();
  const std::size_t n = world.countries();
  OptionRules rules(world);
  const std::vector<float> use(n, 0.25F);
  std::vector<double> change(n);
  std::vector<float> index(n);
  std::size_t unclipped = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::vector<double> depth{0.3, 0.2};
    const OptionRules::Rules& then = rules.rules(i, depth);
    const double home = rules.home(i);
    if (!then.is_unclipped(home)) continue;
    ++unclipped;
    const std::span<const double> before = std::span(world.derived.restrictiveness).subspan(i * n, n);
    then.compare(home, before, change);
    double used = 0.0;
    change[i] = 0.0;
    for (const double of : change) used += 0.25 * of;
    CHECK(then.index(i, home, {0.0, 1.0, before.data()}, use, index) == near(used, 1e-12));
    for (std::size_t j = 0; j < n; ++j) CHECK(index[j] == near(change[j], 1e-7, 1e-15));
  }
  CHECK(unclipped > 5);
}

}  // namespace
}  // namespace splinternet::testing
