#include "sim/metrics/inequality.hpp"

#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
using Labels = std::vector<std::uint32_t>;
using Values = std::vector<double>;

TEST_CASE("Theil of two equal persons with incomes 1 and 3 is (ln ½ + 3·ln 3/2)/4") {
  const double expected = 0.1308120359411370;
  const Theil together = theil(Values{1, 3}, Values{1, 1}, Labels{0, 0}, 1);
  CHECK(together.total == near(expected));
  CHECK(together.within == near(expected));
  CHECK(together.between == 0.0);
  const Theil apart = theil(Values{1, 3}, Values{1, 1}, Labels{0, 1}, 2);
  CHECK(apart.between == near(expected));
  CHECK(apart.within == 0.0);
}

TEST_CASE("if one of n persons has everything, Theil is ln n") {
  const Theil all = theil(Values{0, 0, 5, 0, 0}, Values(5, 1.0), Labels{0, 0, 0, 1, 1}, 2);
  CHECK(all.total == near(1.6094379124341003));
  // Between: 3/5 of the people hold all of it. Within: one of three has everything there.
  CHECK(all.between == near(0.5108256237659907));
  CHECK(all.within == near(1.0986122886681098));
}

TEST_CASE("equal incomes have no inequality, whatever the populations") {
  const Theil none = theil(Values(4, 7.0), Values{1, 2, 3, 4}, Labels{0, 1, 0, 1}, 2);
  CHECK(none.total == near(0.0));
  CHECK(none.between == near(0.0));
  CHECK(none.within == near(0.0));
}

TEST_CASE("between and within add up to the total, and groups see themselves as a world") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const Draws draws(17, Purpose::kTest, 0, world);
    const std::uint32_t n = 2 + draws.below(20, 0);
    const std::uint32_t groups = 1 + draws.below(4, 1);
    Values value;
    Values weight;
    Labels group;
    for (std::uint32_t i = 0; i < n; ++i) {
      value.push_back(draws.below(6, 4 * i + 2) == 0 ? 0.0 : draws.pareto(1.0, 1.2, 4 * i + 3));
      weight.push_back(draws.uniform(4 * i + 4));
      group.push_back(draws.below(groups, 4 * i + 5));
    }
    const Theil whole = theil(value, weight, group, groups);
    REQUIRE(whole.total == near(whole.between + whole.within));
    REQUIRE(whole.between >= -1e-14);
    REQUIRE(whole.within >= -1e-14);
    // Σ_g (income share)·T_g, each group computed alone.
    double income = 0.0;
    for (std::uint32_t i = 0; i < n; ++i) income += weight[i] * value[i];
    double within = 0.0;
    for (std::uint32_t g = 0; g < groups; ++g) {
      Values own_value;
      Values own_weight;
      double own_income = 0.0;
      for (std::uint32_t i = 0; i < n; ++i) {
        if (group[i] != g) continue;
        own_value.push_back(value[i]);
        own_weight.push_back(weight[i]);
        own_income += weight[i] * value[i];
      }
      if (own_income == 0.0) continue;
      within += own_income / income * theil(own_value, own_weight, Labels(own_value.size(), 0), 1).total;
    }
    REQUIRE(whole.within == near(within));
    for (double& v : value) v *= 1000.0;
    for (double& w : weight) w *= 1000.0;
    REQUIRE(theil(value, weight, group, groups).total == near(whole.total));
  }
}

TEST_CASE("no people or no income gives 0; groups may be empty") {
  for (const Theil& empty : {theil({}, {}, {}, 0), theil(Values{1, 2}, Values{0, 0}, Labels{0, 1}, 2),
                             theil(Values{0, 0}, Values{1, 1}, Labels{0, 1}, 2)}) {
    CHECK((empty.total == 0.0 && empty.between == 0.0 && empty.within == 0.0));
  }
  CHECK(theil(Values{1, 3}, Values{1, 1}, Labels{0, 4}, 5).total == near(0.1308120359411370));
}

TEST_CASE("Theil refuses wrong sizes and labels as internal errors") {
  CHECK_THROWS_AS(theil(Values{1}, Values{1, 2}, Labels{0}, 1), InternalError);
  CHECK_THROWS_AS(theil(Values{1}, Values{1}, Labels{0, 0}, 1), InternalError);
  CHECK_THROWS_AS(theil(Values{1}, Values{1}, Labels{1}, 1), InternalError);
}
