#include "sim/model/payoffs/gallery/level_term.hpp"

#include <stdexcept>

#include "tests/support/catch.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

/// Ten for each member beside it, one more for being in; counts how often the common part is worked out.
class Headcount final : public LevelTerm {
 public:
  mutable int made = 0;

  [[nodiscard]] std::string_view name() const override { return "headcount"; }
  [[nodiscard]] std::string_view symbol() const override { return "#"; }
  [[nodiscard]] std::string_view meaning() const override { return "members counted"; }
  [[nodiscard]] ParameterRows parameters() const override { return {}; }
  [[nodiscard]] std::unique_ptr<const Levels> levels(const World& /*world*/) const override {
    ++made;
    class Count final : public Levels {
     public:
      [[nodiscard]] double of(const Situation& situation) const override {
        if (situation.own() == 0 && situation.actor() == 4) throw std::runtime_error("asked about staying");
        return 10.0 * static_cast<double>(situation.others(0)) + (situation.own() != 0 ? 1.0 : 0.0);
      }
    };
    return std::make_unique<Count>();
  }
};

World three_in(double gate = 0, double needed = 0) {
  Scenario scenario = pact_scenario(0);
  set(scenario, "framework.pact.gated", gate);
  set(scenario, "framework.pact.entry_into_force_members", needed);
  World world = actor_world(scenario, lettered_actors(5));
  put_in(world, 0b00111);
  return world;
}

TEST_CASE("level term: an option is worth the payoff after it less the payoff now") {
  const World world = three_in();
  const Headcount term;
  CHECK(value_of(term, world, 3, bit(0)) == 31.0 - 30.0);
  CHECK(value_of(term, world, 0, 0) == 20.0 - 21.0);
  CHECK(term.level(world, 3, bit(0)) == 31.0);
  CHECK(term.level(world, 0, 0) == 20.0);
}

TEST_CASE("level term: staying is worth nothing and is not even asked about") {
  CHECK(value_of(Headcount{}, three_in(), 4, 0) == 0.0);
}

TEST_CASE("level term: what actors have in common is worked out once for a batch") {
  const World world = three_in();
  Options options;
  for (std::size_t i = 0; i < 4; ++i) options.add(i, i < 3 ? 0 : bit(0));
  std::vector<double> out(4);
  const Headcount term;
  term.evaluate(world, options, 0, 4, out);
  CHECK(term.made == 1);
  CHECK(out == std::vector<double>{-1, -1, -1, 1});
}

TEST_CASE("level term: a gated framework pays as if empty until the option brings it into force") {
  CHECK(value_of(Headcount{}, three_in(1, 5), 3, bit(0)) == 0.0);
  CHECK(value_of(Headcount{}, three_in(1, 4), 3, bit(0)) == 31.0);
  CHECK(value_of(Headcount{}, three_in(1, 3), 3, bit(0)) == 1.0);
  CHECK(value_of(Headcount{}, three_in(1, 3), 0, 0) == -21.0);  // pivotal: leaving ends it
}

TEST_CASE("level term: an attribute of the actors comes before the parameter") {
  const World world = actor_world(pact_scenario(3, {"x"}));
  CHECK(ActorValue(world.setting(), "x", 7.0)[1] == 0.0);
  CHECK(ActorValue(world.setting(), "x", 7.0).is_attribute());
  CHECK(ActorValue(world.setting(), "y", 7.0)[1] == 7.0);
  CHECK_FALSE(ActorValue(world.setting(), "y", 7.0).is_attribute());
}

}  // namespace
}  // namespace splinternet::testing
