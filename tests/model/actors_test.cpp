#include "sim/model/actors.hpp"

#include <cmath>

#include "sim/core/check.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"

namespace splinternet::testing {
namespace {

using Numbers = std::vector<std::pair<std::string, double>>;

std::vector<double> column(std::size_t actors, const std::string& rule, const Numbers& numbers,
                           const std::string& spread = "quantiles") {
  Scenario scenario = pact_scenario(actors, {"x"});
  choose(scenario, "attribute.x.rule", rule);
  choose(scenario, "attribute.x.spread", spread);
  for (const auto& [key, value] : numbers) set(scenario, "attribute.x." + key, value);
  return *make_setting(scenario, {})->actors->find("x");
}

Scenario with_initiators(std::size_t actors, double initiators) {
  Scenario scenario = pact_scenario(actors);
  set(scenario, "framework.pact.initiators", initiators);
  return scenario;
}

TEST_CASE("a world of actors has no map and keeps nothing that grows with the square of their number") {
  const World world = actor_world(pact_scenario(50'000));
  CHECK_FALSE(world.setting().has_map());
  CHECK(world.derived.restrictiveness.empty());
  CHECK(world.setting().influence->weight.empty());
  world.visit([](const char* name, const auto& array) {
    INFO(name);
    CHECK(array.size() <= 50'000);
  });
}

TEST_CASE("synthetic actors are numbered, alike in size, and rank by number") {
  const auto setting = make_setting(pact_scenario(12), {});
  CHECK(setting->countries.code.front() == "01");
  CHECK(setting->countries.code.back() == "12");
  CHECK(setting->countries.rank[11] == 11);
  CHECK(setting->countries.gdp_share[3] == near(1.0 / 12.0));
}

TEST_CASE("a synthetic actor is found by the code that it has, and by no other") {
  for (const std::size_t count : {std::size_t{1}, std::size_t{9}, std::size_t{10}, std::size_t{1234}}) {
    const World world = actor_world(pact_scenario(count));
    for (std::size_t i = 0; i < count; ++i) {
      REQUIRE(synthetic_actor(world.setting().countries.code[i], count) == i);
    }
  }
  for (const char* code : {"", "0", "1", "00", "13", "012", "1a", "a1", "-1", " 1", "99"}) {
    INFO(code);
    CHECK(synthetic_actor(code, 12) == 12);
  }
}

TEST_CASE("attributes follow their rules") {
  CHECK(column(3, "constant", {{"value", 7}}) == std::vector<double>{7, 7, 7});
  CHECK(column(4, "sequence", {{"first", 2}, {"step", 0.5}}) == std::vector<double>{2, 2.5, 3, 3.5});
  CHECK(column(4, "two_values", {{"value", 1}, {"other", 9}, {"share", 0.25}}) == std::vector<double>{9, 1, 1, 1});
  CHECK(column(2, "uniform", {{"low", 10}, {"high", 14}}) == std::vector<double>{11, 13});
}

TEST_CASE("normal quantiles are symmetric about the mean and stand where tables have them") {
  const std::vector<double> x = column(20, "normal", {{"mean", 25}, {"sd", 10}});
  CHECK(x[9] + x[10] == near(50.0));
  CHECK(std::fabs(x[19] - (25.0 + 10.0 * 1.959963985)) < 1e-8);  // the quantile of 97.5 %
}

TEST_CASE("drawn attributes are keyed by the actor: more actors shift nobody's draw") {
  const std::vector<double> few = column(10, "uniform", {}, "draws");
  const std::vector<double> many = column(1000, "uniform", {}, "draws");
  CHECK(std::equal(few.begin(), few.end(), many.begin()));
  double mean = 0.0;
  for (const double x : many) mean += x / 1000.0;
  CHECK(std::fabs(mean - 0.5) < 4.0 / std::sqrt(12.0 * 1000.0));
}

TEST_CASE("an attribute that nobody has is refused with the nearest name") {
  const auto setting = make_setting(pact_scenario(3, {"threshold"}), {});
  const std::string message = error_message([&] { attribute(*setting, "treshold", "countries.choice"); });
  CHECK(message.find("Did you mean \"threshold\"?") != std::string::npos);
}

TEST_CASE("initiators are committed from the opening, as many as asked for, and drawn anew with another seed") {
  const World world = actor_world(with_initiators(1000, 40));
  CHECK(world.derived.member_count[0] == 40);
  Scenario other = with_initiators(1000, 40);
  other.run.seed = 2;
  CHECK(actor_world(other).members.level != world.members.level);
  CHECK_THROWS_AS(make_setting(with_initiators(10, 11), {}), ScenarioError);
}

}  // namespace
}  // namespace splinternet::testing
