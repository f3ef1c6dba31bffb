#include "sim/trade/input_output_data.hpp"

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/trade/input_output_worlds.hpp"

using namespace splinternet;

namespace {

std::string refusal(const InputOutputData& data) {
  const std::array<std::string, 3> labels{"AAA", "BBB", "CCC"};
  try {
    InputOutputBaseline(data, std::span(labels).first(data.trade.countries));
  } catch (const DataError& error) {
    return error.what();
  }
  return "no error";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("wages, final demand and deficits are what is left after inputs and tariffs") {
  const InputOutputBaseline baseline(test::three_by_three());
  const std::array wages{85.83797400847706, 84.18472253619589, 63.25078939664978};
  const std::array deficits{11.53714446558961, -6.4206147097503194, -5.116529755839282};
  const std::array demand{100.0, 80.0, 60.0};
  const std::array final_share{0.2, 0.15, 0.3, 0.35, 0.3, 0.35, 0.45, 0.55, 0.35};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(test::near(baseline.wage_bill()[i], wages[i], 1e-13));
    CHECK(test::near(baseline.deficit()[i], deficits[i], 1e-12));
    CHECK(test::near(baseline.final_demand()[i], demand[i], 1e-13));
  }
  for (std::size_t k = 0; k < 9; ++k) CHECK(test::near(baseline.final_share()[k], final_share[k], 1e-13));
}

TEST_CASE("Leontief shares carry a cost through one's own use and that of all users") {
  // One sector with inputs g: consumer prices rise by 1/(1 − g) for each unit of its cost.
  InputOutputData data;
  data.trade = {2, 1, {80, 20, 20, 80}, {5.0}};
  data.value_added = {0.5, 0.75};
  data.input_share = {0.5, 0.25};
  const InputOutputBaseline one(data);
  CHECK(test::near(one.leontief_share()[0], 2.0, 1e-15));
  CHECK(test::near(one.leontief_share()[1], 4.0 / 3.0, 1e-15));
  // In general Σ_s m_s va_s = 1: a rise of all wages raises consumer prices alike.
  const InputOutputBaseline baseline(test::random_production(91, 7, 4, 0.6, 0.45));
  for (std::size_t i = 0; i < 7; ++i) {
    double sum = 0.0;
    for (std::size_t s = 0; s < 4; ++s) sum += baseline.leontief_share()[s * 7 + i] * baseline.value_added()[s * 7 + i];
    CHECK(test::near(sum, 1.0, 1e-13));
  }
}

TEST_CASE("deficits of the world add up to nothing") {
  const InputOutputBaseline baseline(test::random_production(92, 20, 3, 0.5, 0.5));
  double sum = 0.0, size = 0.0;
  for (std::size_t i = 0; i < 20; ++i) {
    sum += baseline.deficit()[i];
    size += std::fabs(baseline.deficit()[i]);
  }
  CHECK(std::fabs(sum) < 1e-12 * size);
}

TEST_CASE("accounts that contradict themselves are refused by name") {
  InputOutputData data = test::three_by_three();
  data.tariff[0 * 9 + 1 * 3 + 2] = -1.0;
  CHECK(contains(refusal(data), "tariff of country CCC (row 2) on goods of country BBB (row 1) in sector 0 is -1"));
  data = test::three_by_three();
  data.tariff[2 * 9 + 4] = 0.1;
  CHECK(contains(refusal(data), "0 at home"));
  data = test::three_by_three();
  data.value_added[1 * 3 + 2] = 0.0;
  CHECK(contains(refusal(data), "sector 1 of country CCC (row 2) has a value added of 0"));
  data = test::three_by_three();
  data.input_share[0] = -0.1;
  CHECK(contains(refusal(data), "sector 0 of country AAA (row 0)"));
  data = test::three_by_three();
  data.input_share[9] += 0.1;
  CHECK(contains(refusal(data), "costs of 1.1 per unit of sales"));
  data = test::three_by_three();
  data.value_added.pop_back();
  CHECK(contains(refusal(data), "value_added has 8 values; expected 9"));
  data = test::three_by_three();
  data.tariff.resize(26);
  CHECK(contains(refusal(data), "tariff has 26 values; expected 27"));
  data = test::three_by_three();
  data.trade.flow[5] = std::nan("");
  CHECK(contains(refusal(data), "country BBB (row 1)"));
}

TEST_CASE("inputs that nobody sold are refused by name") {
  InputOutputData data;
  data.trade = {2, 2, {80, 1, 1, 80, 5, 1, 1, 5}, {5.0, 5.0}};
  data.value_added.assign(4, 0.5);
  data.input_share = {0, 0, 0.5, 0.5, 0.5, 0.5, 0, 0};  // country 0 uses sector 1 for everything
  const std::string text = refusal(data);
  CHECK(contains(text, "buys 6 in sector 1 and uses 43.5 of it as inputs"));
}
