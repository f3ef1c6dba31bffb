#include "sim/model/payoffs/taste.hpp"

#include <cmath>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double taste(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(taste_term(), world, country, target);
}

Scenario with_tastes(double deviation) {
  Scenario scenario = small_scenario();
  set(scenario, "countries.taste_sd", deviation);
  return scenario;
}

double drawn(const Scenario& scenario, const char* code, const char* framework) {
  const auto kind = static_cast<std::uint16_t>(entity_key(framework) & 0xffffU);
  return Draws(scenario.run.seed, Purpose::kTasteOfCountry, 0, entity_key(code), kind).normal();
}

TEST_CASE("taste: an accession adds the country's own draw for the framework, a withdrawal takes it away") {
  const Scenario scenario = with_tastes(0.1);
  const World world = make_world(scenario, small_tables());
  CHECK(taste(world, kEee, bit(kClean)) == near(0.1 * drawn(scenario, "EEE", "clean")));
  CHECK(taste(world, kEee, bit(kGids)) == near(0.1 * drawn(scenario, "EEE", "gids")));
  CHECK(taste(world, kCcc, 0) == near(-0.1 * drawn(scenario, "CCC", "clean")));
  CHECK(drawn(scenario, "EEE", "clean") != drawn(scenario, "EEE", "gids"));
}

TEST_CASE("taste: it lasts, and follows the code of a country, not its row") {
  const Scenario scenario = with_tastes(0.1);
  World world = make_world(scenario, small_tables());
  const double now = taste(world, kEee, bit(kClean));
  world.step = 17;
  CHECK(taste(world, kEee, bit(kClean)) == now);
  const std::size_t order[] = {5, 4, 3, 2, 1, 0};
  CHECK(taste(make_world(scenario, permuted(small_tables(), order)), 1, bit(kClean)) == now);
}

TEST_CASE("taste: another seed draws other tastes, a deviation of zero draws none") {
  Scenario scenario = with_tastes(0.1);
  const double now = taste(make_world(scenario, small_tables()), kEee, bit(kClean));
  scenario.run.seed += 1;
  CHECK(taste(make_world(scenario, small_tables()), kEee, bit(kClean)) != now);
  CHECK(taste(make_world(with_tastes(0.0), small_tables()), kEee, bit(kClean)) == 0.0);
}

TEST_CASE("taste: over many countries it has mean 0 and the standard deviation asked for") {
  const World world = make_world(with_tastes(0.2), random_tables(3, 120));
  double sum = 0.0;
  double squares = 0.0;
  constexpr double kCount = 2.0 * 114.0;
  for (std::size_t i = 6; i < world.countries(); ++i) {
    for (const std::size_t k : {kClean, kGids}) {
      const double t = taste(world, i, bit(k));
      sum += t;
      squares += t * t;
    }
  }
  CHECK(std::fabs(sum / kCount) < 4.0 * 0.2 / std::sqrt(kCount));
  CHECK(std::fabs(squares / kCount / 0.04 - 1.0) < 4.0 * std::sqrt(2.0 / kCount));
}

}  // namespace
}  // namespace splinternet::testing
