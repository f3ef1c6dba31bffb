#include "sim/trade/hat_algebra.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;
using testing::contains;
using testing::error_message;

namespace {

const std::vector<std::string> kLabels{"AAA", "BBB", "CCC"};

std::string message_of(TradeFlows flows, std::span<const std::string> labels = kLabels) {
  return error_message([&] { const TradeBaseline baseline(std::move(flows), labels); });
}

/// The three countries with one flow replaced.
TradeFlows with_flow(std::size_t exporter, std::size_t importer, double value) {
  TradeFlows flows = test::three_countries();
  flows.flow[exporter * 3 + importer] = value;
  return flows;
}

}  // namespace

TEST_CASE("totals and shares are those of the flows, exporters in rows and importers in columns") {
  const TradeBaseline baseline(TradeFlows{2, 2, {6, 2, 1, 3, 10, 0, 4, 5}, {5.0, 8.0}});
  const auto values = [](std::span<const double> span) { return std::vector<double>(span.begin(), span.end()); };
  CHECK(values(baseline.output()) == std::vector<double>{18, 13});
  CHECK(values(baseline.expenditure()) == std::vector<double>{21, 10});
  CHECK(values(baseline.sector_expenditure()) == std::vector<double>{7, 5, 14, 5});
  CHECK(values(baseline.sector_share()) == std::vector<double>{7.0 / 21, 0.5, 14.0 / 21, 0.5});
  const std::vector<double> share{6.0 / 7, 0.4, 1.0 / 7, 0.6, 10.0 / 14, 0, 4.0 / 14, 1};
  for (std::size_t k = 0; k < 8; ++k) CHECK(std::fabs(baseline.share()[k] - share[k]) < 1e-15);
  CHECK(baseline.deficit(0) == 3.0);
  CHECK(baseline.deficit(1) == -3.0);
}

TEST_CASE("a sector in which a country buys nothing has share 0") {
  const TradeBaseline baseline(TradeFlows{2, 2, {6, 2, 1, 3, 10, 0, 4, 0}, {5.0, 8.0}});
  CHECK(baseline.sector_share()[3] == 0.0);
  CHECK(baseline.share()[5] == 0.0);
  CHECK(baseline.share()[7] == 0.0);
}

TEST_CASE("broken flows are refused with the countries named") {
  CHECK(message_of(test::three_countries()) == "no error");
  CHECK(contains(message_of(with_flow(1, 2, std::nan(""))), "exports of country BBB (row 1) to country CCC (row 2)"));
  CHECK(contains(message_of(with_flow(1, 2, -3.0)), "are -3; a flow must be"));
  CHECK(contains(message_of(with_flow(0, 0, HUGE_VAL)), "country AAA (row 0)"));
  CHECK(contains(message_of(with_flow(1, 2, -3.0), {}), "country in row 1"));
  CHECK(contains(message_of({3, 1, {1, 1, 1, 0, 0, 0, 1, 1, 1}, {5}}), "country BBB (row 1) sells nothing"));
  CHECK(contains(message_of({3, 1, {1, 0, 1, 1, 0, 1, 1, 0, 1}, {5}}), "country BBB (row 1) buys nothing"));
  CHECK(contains(message_of({3, 1, {1, 1, 0, 1, 1, 0, 0, 0, 1}, {5}}), "country CCC (row 2) has no trade"));
  CHECK(contains(message_of({3, 1, std::vector<double>(9, 1e308), {5}}), "totals of country AAA (row 0) overflow"));
}

TEST_CASE("arrays that do not fit together are refused") {
  CHECK(contains(message_of({3, 1, {1, 2, 3}, {5}}), "= 9 values, got 3"));
  CHECK(
      contains(message_of({3, 1, std::vector<double>(9, 1.0), {5, 6}}), "elasticity for each of the 1 sectors, got 2"));
  CHECK(contains(message_of({3, 1, std::vector<double>(9, 1.0), {0}}), "elasticity of sector 0 is 0"));
  CHECK(contains(message_of({2, 1, std::vector<double>(4, 1.0), {5}}), "3 country labels for 2"));
  CHECK(contains(message_of({0, 1, {}, {5}}), "at least one country"));
}

TEST_CASE("balancing ends all deficits and keeps the named countries") {
  const TradeBaseline observed(test::three_countries(), kLabels);
  const TradeBaseline result = balanced(observed);
  CHECK(observed.deficit(0) != 0.0);
  for (std::size_t i = 0; i < 3; ++i) {
    double sold = 0.0, bought = 0.0;
    for (std::size_t j = 0; j < 3; ++j) {
      sold += result.flow()[i * 3 + j];
      bought += result.flow()[j * 3 + i];
    }
    CHECK(result.deficit(i) == 0.0);
    CHECK(std::fabs(sold / bought - 1.0) < 1e-12);
  }
  CHECK(result.name(2) == "country CCC (row 2)");
}

TEST_CASE("balancing flows that are balanced changes nothing but rounding") {
  const TradeBaseline once = balanced(TradeBaseline(test::random_flows(21, 30, 2, 0.6)));
  const TradeBaseline twice = balanced(once);
  for (std::size_t k = 0; k < once.flow().size(); ++k) {
    REQUIRE(std::fabs(twice.flow()[k] / once.flow()[k] - 1.0) < 1e-12);
  }
}

TEST_CASE("balancing a country that only imports or only exports is refused by name") {
  const auto refusal = [](std::vector<double> flow) {
    return error_message([&] { balanced(TradeBaseline(TradeFlows{3, 1, std::move(flow), {5.0}}, kLabels)); });
  };
  CHECK(contains(refusal({70, 20, 10, 15, 55, 12, 0, 0, 80}),
                 "country CCC (row 2) sells nothing, not even through others, to country AAA (row 0)"));
  CHECK(contains(refusal({70, 20, 0, 15, 55, 0, 3, 4, 80}),
                 "country AAA (row 0) sells nothing, not even through others, to country CCC (row 2)"));
  CHECK(refusal({70, 20, 0, 15, 55, 1, 3, 4, 80}) == "no error");
}
