#include "sim/scenario/parameter_values.hpp"

#include <array>
#include <cstdlib>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

namespace splinternet::testing {
namespace {

constexpr Parameter kRate = real("room.rate", "per month", 0.25, {0, 1}, {0.1, 0.5}, "", "");
constexpr Parameter kCount = integer("room.count", "firms", 7, {0, 1e7}, {1, 50}, "", "");
constexpr Parameter kSwitch = flag("room.switch", false, "", "");
constexpr Parameter kWord = option("framework.*.word", "first|second", "", "");
constexpr Parameter kBudget = real("framework.*.budget", "USD bn", 2.5, {0, 10}, {0, 5}, "", "");
constexpr std::array<const Parameter*, 5> kRows = {&kRate, &kWord, &kCount, &kBudget, &kSwitch};

ParameterValues two_frameworks() {
  const ParameterValues::Family families[] = {{"organisation.", {"nobody"}}, {"framework.", {"clean", "gids"}}};
  return ParameterValues(kRows, families);
}

TEST_CASE("every row starts at its default, once per instance of its family") {
  const ParameterValues values = two_frameworks();
  CHECK(values.size() == 7);
  CHECK(values(kRate) == 0.25);
  CHECK(values(kCount) == 7.0);
  CHECK(values(kBudget, 0) == 2.5);
  CHECK(values(kBudget, 1) == 2.5);
  CHECK(values.choice(kWord, 1) == 0);
  CHECK(values.paths() == std::vector<std::string>{"room.rate", "framework.clean.word", "framework.gids.word",
                                                   "room.count", "framework.clean.budget", "framework.gids.budget",
                                                   "room.switch"});
}

TEST_CASE("a value set by its path is read by its row and instance, and no other changes") {
  ParameterValues values = two_frameworks();
  const std::size_t index = values.find("framework.gids.budget");
  REQUIRE(index < values.size());
  values.set(index, 4.0);
  CHECK(values(kBudget, 1) == 4.0);
  CHECK(values(kBudget, 0) == 2.5);
  CHECK(&values.row(index) == &kBudget);
  CHECK(values.path(index) == "framework.gids.budget");
  CHECK(values.value(index) == 4.0);
  values.set(values.find("framework.clean.word"), 1);
  CHECK(values.choice(kWord, 0) == 1);
  CHECK(values.choice(kWord, 1) == 0);
}

TEST_CASE("an unknown path has the index behind the last") {
  const ParameterValues values = two_frameworks();
  CHECK(values.find("framework.gidz.budget") == values.size());
  CHECK(values.find("framework.*.budget") == values.size());
}

TEST_CASE("copies are independent") {
  const ParameterValues values = two_frameworks();
  ParameterValues copy = values;
  copy.set(0, 0.5);
  CHECK(values(kRate) == 0.25);
  CHECK(copy(kRate) == 0.5);
}

TEST_CASE("asking for a row or instance that is not there is our bug") {
  constexpr Parameter kOther = real("room.other", "1", 0, {0, 1}, {0, 1}, "", "");
  const ParameterValues values = two_frameworks();
  CHECK_THROWS_AS(values(kOther), InternalError);
  CHECK_THROWS_AS(values(kBudget, 2), InternalError);
  CHECK_THROWS_AS(values(kRate, 1), InternalError);
}

TEST_CASE("a family without instances has no values") {
  const ParameterValues values(kRows, {});
  CHECK(values.size() == 3);
  CHECK(values(kCount) == 7.0);
  CHECK_THROWS_AS(values(kBudget, 0), InternalError);
}

TEST_CASE("two rows of one path are our bug") {
  constexpr Parameter kTwin = real("room.rate", "1", 0, {0, 1}, {0, 1}, "", "");
  const std::array<const Parameter*, 2> rows = {&kRate, &kTwin};
  CHECK_THROWS_AS(ParameterValues(rows, {}), InternalError);
}

TEST_CASE("values are written as a scenario file has them") {
  CHECK(to_text(kRate, 0.1) == "0.1");
  CHECK(to_text(kRate, 1.0 / 3) == "0.3333333333333333");
  CHECK(to_text(kCount, 1e7) == "10000000");
  CHECK(to_text(kSwitch, 0) == "false");
  CHECK(to_text(kSwitch, 1) == "true");
  CHECK(to_text(kWord, 1) == "second");
}

TEST_CASE("reals are written so that they read back to the same bits") {
  for (std::uint32_t n = 0; n < 2000; ++n) {
    const Draws draws(1, Purpose::kTest, 0, n);
    const double value = (draws.uniform(0) - 0.5) * math::exp(60.0 * draws.uniform(1) - 30.0);
    const std::string text = to_text(kRate, value);
    CAPTURE(n, text);
    REQUIRE(std::strtod(text.c_str(), nullptr) == value);
  }
}

}  // namespace
}  // namespace splinternet::testing
