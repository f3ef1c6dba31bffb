#include "sim/trade/country_step.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

constexpr std::size_t kSectors = 4;

/// Conditions with random gaps; inputs take up to half of each cost.
CountryConditions random_conditions(std::vector<double>& input_share, std::uint64_t seed) {
  CountryConditions conditions(kSectors);
  input_share.resize(kSectors * kSectors);
  for (std::size_t k = 0; k < input_share.size(); ++k) input_share[k] = 0.125 * test::uniform(seed, k, 1);
  conditions.input_share = input_share;
  for (std::size_t s = 0; s < kSectors; ++s) {
    conditions.value_added[s] = 1.0;
    for (std::size_t input = 0; input < kSectors; ++input) {
      conditions.value_added[s] -= input_share[input * kSectors + s];
    }
    conditions.final_share[s] = 1.0 / kSectors;
    conditions.home_share[s] = test::uniform(seed, s, 2);
    conditions.sales_slope[s] = 20.0 * test::uniform(seed, s, 3);
    conditions.tariff_part[s] = 0.1 * test::uniform(seed, s, 4);
    conditions.price_gap[s] = 0.01 * (test::uniform(seed, s, 5) - 0.5);
    conditions.purchase_gap[s] = 0.1 * (test::uniform(seed, s, 6) - 0.5);
  }
  conditions.labour_gap = 0.2;
  conditions.wage_bill = 30.0;
  return conditions;
}

/// How far the linearised conditions are from holding after the step: prices, purchases, labour.
struct Rest {
  std::array<double, kSectors> price{}, purchases{};
  double labour = 0.0;
};

Rest rest_after(const CountryConditions& conditions, const CountryStep& step) {
  Rest rest;
  std::array<double, kSectors> cost{}, sales{};
  double income = conditions.wage_bill * step.wage();
  for (std::size_t s = 0; s < kSectors; ++s) {
    cost[s] = conditions.value_added[s] * step.wage();
    for (std::size_t input = 0; input < kSectors; ++input) {
      cost[s] += conditions.input_share[input * kSectors + s] * step.price()[input];
    }
    sales[s] = conditions.home_share[s] * step.purchases()[s] - conditions.sales_slope[s] * cost[s];
    income += conditions.tariff_part[s] * step.purchases()[s];
  }
  rest.labour = conditions.labour_gap - conditions.wage_bill * step.wage();
  for (std::size_t s = 0; s < kSectors; ++s) {
    rest.price[s] = conditions.price_gap[s] + conditions.home_share[s] * cost[s] - step.price()[s];
    rest.purchases[s] = conditions.purchase_gap[s] + conditions.final_share[s] * income - step.purchases()[s];
    for (std::size_t output = 0; output < kSectors; ++output) {
      rest.purchases[s] += conditions.input_share[s * kSectors + output] * sales[output];
    }
    rest.labour += conditions.value_added[s] * sales[s];
  }
  return rest;
}

}  // namespace

TEST_CASE("a country's full step satisfies its linearised conditions") {
  std::vector<double> input_share;
  const CountryConditions conditions = random_conditions(input_share, GENERATE(1U, 2U, 3U));
  CountryStep step(kSectors);
  step.solve(conditions, 1.0, 10.0);
  const Rest rest = rest_after(conditions, step);
  CHECK(std::fabs(step.wage()) > 1e-4);
  CHECK(std::fabs(rest.labour) < 1e-13);
  for (std::size_t s = 0; s < kSectors; ++s) {
    CHECK(std::fabs(rest.price[s]) < 1e-14);
    CHECK(std::fabs(rest.purchases[s]) < 1e-13);
  }
}

TEST_CASE("prices and purchases follow a wage whose step is damped or cut") {
  std::vector<double> input_share;
  CountryConditions conditions = random_conditions(input_share, 4);
  CountryStep full(kSectors), damped(kSectors), cut(kSectors);
  full.solve(conditions, 1.0, 10.0);
  damped.solve(conditions, 0.5, 10.0);
  CHECK(damped.wage() == 0.5 * full.wage());
  cut.solve(conditions, 1.0, 1e-6);
  CHECK(std::fabs(cut.wage()) == 1e-6);
  for (const CountryStep* step : {&damped, &cut}) {
    const Rest rest = rest_after(conditions, *step);
    for (std::size_t s = 0; s < kSectors; ++s) {
      CHECK(std::fabs(rest.price[s]) < 1e-14);
      CHECK(std::fabs(rest.purchases[s]) < 1e-13);
    }
  }
}

TEST_CASE("a closed country's wage has no slope of its own, and its step stays finite") {
  std::vector<double> input_share{0.5};
  CountryConditions conditions(1);
  conditions.input_share = input_share;
  conditions.value_added = {0.5};
  conditions.final_share = {1.0};
  conditions.home_share = {1.0};
  conditions.wage_bill = 10.0;
  conditions.labour_gap = 1e-3;
  CountryStep step(1);
  step.solve(conditions, 0.8, 0.5);
  CHECK(step.wage() == 0.5);
  CHECK(step.price()[0] == Approx(0.5));  // all prices rise with the wage
}
