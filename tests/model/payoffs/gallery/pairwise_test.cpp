#include "sim/model/payoffs/gallery/pairwise.hpp"

#include "sim/coalition/landscape.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

/// Sizes and propensities [i][j], the diagonal unused.
struct Rivalry {
  std::vector<double> size;
  std::vector<double> propensity;
  [[nodiscard]] coalition::Landscape landscape() const { return {size, propensity}; }
};

/// Nine computer firms before the Unix alliances of 1988 (Axelrod & Bennett 1993, table 2): Sun, Prime, AT&T, IBM, DEC,
/// HP, Apollo, Intergraph, SGI.
Rivalry unix_rivalry() {
  const std::string type = "SSGGGGSSS";
  Rivalry rivalry{{28.9, 1.0, 28.5, 3.8, 20.0, 11.5, 21.2, 4.4, 4.4}, {}};
  for (const char one : type) {
    for (const char other : type) rivalry.propensity.push_back(one == other ? -1.0 : 0.0);
  }
  return rivalry;
}

/// Sizes 0.5 to 1.5, propensities −1 to 1.
Rivalry random_rivalry(std::uint32_t world, std::size_t n, bool symmetric) {
  const Draws draws(23, Purpose::kTest, world, 0);
  Rivalry rivalry{std::vector<double>(n), std::vector<double>(n * n, 0.0)};
  std::uint32_t next = 0;
  for (double& size : rivalry.size) size = 0.5 + draws.uniform(next++);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double drawn = 2.0 * draws.uniform(next++) - 1.0;
      if (i != j) rivalry.propensity[i * n + j] = symmetric && j < i ? rivalry.propensity[j * n + i] : drawn;
    }
  }
  return rivalry;
}

WorldTables tables_of(const Rivalry& rivalry) {
  const std::size_t n = rivalry.size.size();
  WorldTables tables = lettered_actors(n);
  tables.actors->size = rivalry.size;
  tables.pairs.column = {"propensity"};
  tables.pairs.value.resize(1);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      const double propensity = rivalry.propensity[i * n + j];
      if (i == j || propensity == 0.0) continue;
      tables.pairs.from.push_back(i);
      tables.pairs.to.push_back(j);
      tables.pairs.place.push_back("pairs.csv:" + std::to_string(tables.pairs.from.size() + 1) + ":1");
      tables.pairs.value[0].push_back(propensity);
    }
  }
  return tables;
}

/// Two alliances that exclude each other; bit i of the state tells whether i stands in the second.
World alliances(const Rivalry& rivalry, unsigned state, double own_size = 0) {
  Scenario scenario = pact_scenario(0, {}, {"one", "two"});
  scenario.terms = {"pairwise"};
  scenario.frameworks[0].incompatible_with = {"two"};
  set(scenario, "countries.pairwise_own_size", own_size);
  set(scenario, "countries.pairwise_symmetric", 0);
  World world = actor_world(scenario, tables_of(rivalry));
  for (std::size_t i = 0; i < world.countries(); ++i) accede(world, i, is_in(state, i) ? 1 : 0);
  return world;
}

double level(const World& world, std::size_t actor) {
  return *pairwise_term().level(world, actor, world.membership(actor));
}

double energy(const World& world) {
  double sum = 0.0;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    sum -= world.setting().countries.gdp_busd[i] * level(world, i);
  }
  return sum;
}

/// What the actor gains by standing in the other alliance.
double gain(const World& world, std::size_t actor) {
  return value_of(pairwise_term(), world, actor, world.membership(actor) == bit(0) ? bit(1) : bit(0));
}

/// Sun, Prime, AT&T and IBM against the others: configuration 1 of Axelrod & Bennett 1993.
constexpr unsigned kConfiguration1 = 0b111110000;

TEST_CASE("pairwise: the Unix firms have the published frustrations in their two minima") {
  const World world = alliances(unix_rivalry(), kConfiguration1);
  const double frustration[] = {-30.0, -30.0, -31.5, -31.5, -32.3, -32.3, -29.9, -29.9, -29.9};
  for (std::size_t i = 0; i < 9; ++i) CHECK(level(world, i) == near(-frustration[i]));
  CHECK(energy(world) == near(-3828.9));
}

TEST_CASE("pairwise: of the 512 states of the Unix firms four are minima, two alliances with their names swapped") {
  std::vector<unsigned> minima;
  for (unsigned state = 0; state < 512; ++state) {
    const World world = alliances(unix_rivalry(), state);
    bool is_minimum = true;
    for (std::size_t i = 0; i < 9 && is_minimum; ++i) is_minimum = gain(world, i) <= 1e-9;
    if (is_minimum) minima.push_back(state);
  }
  // Sun and Prime stand with AT&T and IBM, or with DEC and HP.
  CHECK(minima == std::vector<unsigned>{0b000001111, 0b000110011, 0b111001100, 0b111110000});
}

TEST_CASE("pairwise: levels are the frustrations of the landscape kernel, for any propensities") {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    const Rivalry rivalry = random_rivalry(seed, 6, false);
    for (const unsigned state : {0U, 5U, 21U, 63U, 44U}) {
      const World world = alliances(rivalry, state);
      std::vector<std::uint8_t> alliance(6);
      for (std::size_t i = 0; i < 6; ++i) alliance[i] = is_in(state, i) ? 1 : 0;
      for (std::size_t i = 0; i < 6; ++i) {
        CHECK(level(world, i) == near(-rivalry.landscape().frustration(i, alliance)));
      }
      CHECK(energy(world) == near(rivalry.landscape().energy(alliance)));
    }
  }
}

TEST_CASE("pairwise: times one's own size a move changes the energy by twice its loss") {
  const Rivalry rivalry = random_rivalry(3, 6, true);
  for (const unsigned state : {0U, 9U, 27U}) {
    const World world = alliances(rivalry, state, 1);
    const World plain = alliances(rivalry, state);
    for (std::size_t i = 0; i < 6; ++i) {
      const World after = alliances(rivalry, state ^ (1U << i));
      CHECK(energy(after) - energy(plain) == near(-2.0 * gain(world, i), 1e-10, 1e-12));
      CHECK(gain(world, i) == near(rivalry.size[i] * gain(plain, i), 1e-10, 1e-12));
    }
  }
}

TEST_CASE("pairwise: two who stand in no framework stand apart") {
  const Rivalry friends{{2.0, 3.0}, {0.0, 0.5, 0.5, 0.0}};
  World world = alliances(friends, 0);
  CHECK(level(world, 0) == 0.0);
  withdraw(world, 0, 0);
  withdraw(world, 1, 0);
  CHECK(level(world, 0) == -1.5);
  CHECK(level(world, 1) == -1.0);
}

TEST_CASE("pairwise: propensities that differ by direction are refused with both lines unless they are meant") {
  WorldTables tables = tables_of(unix_rivalry());
  tables.pairs.value[0][3] = -2.0;
  Scenario scenario = pact_scenario(0, {}, {"one", "two"});
  scenario.terms = {"pairwise"};
  const std::string message = error_message([&] { make_setting(scenario, tables); });
  CHECK(contains(message, "pairs.csv:"));
  CHECK(contains(message, "propensity of a towards i is -2, but of i towards a -1 (pairs.csv:"));
  CHECK(contains(message, "pairwise_symmetric = false"));
  set(scenario, "countries.pairwise_symmetric", 0);
  CHECK_NOTHROW(make_setting(scenario, tables));
}

TEST_CASE("pairwise: without a table of pairs there is nothing to weigh") {
  Scenario scenario = pact_scenario(0);
  scenario.terms = {"pairwise"};
  const std::string message = error_message([&] { make_setting(scenario, lettered_actors(3)); });
  CHECK(contains(message, "no column \"propensity\" in a table of pairs"));
  CHECK(contains(message, "add pairs.csv"));
}

}  // namespace
}  // namespace splinternet::testing
