#include "sim/metrics/null_model.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "sim/core/balance.hpp"
#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/metrics/mixing.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_flows.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
using splinternet::testing::random_flows;
using splinternet::testing::reordered;
using splinternet::testing::shuffled;
namespace eight = splinternet::testing::eight_node;

namespace {

struct Totals {
  std::vector<double> out;
  std::vector<double> in;
  double all = 0.0;
};

Totals totals_without_diagonal(std::span<const double> flow, std::size_t n) {
  Totals totals{std::vector<double>(n, 0.0), std::vector<double>(n, 0.0)};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      totals.out[i] += flow[i * n + j];
      totals.in[j] += flow[i * n + j];
      totals.all += flow[i * n + j];
    }
  }
  return totals;
}

void require_margins(std::span<const double> null, std::span<const double> flow, std::size_t n) {
  const Totals wanted = totals_without_diagonal(flow, n);
  const Totals found = totals_without_diagonal(null, n);
  for (std::size_t i = 0; i < n; ++i) {
    REQUIRE(null[i * n + i] == 0.0);
    REQUIRE(found.out[i] == near(wanted.out[i], 1e-12, 1e-12 * wanted.all));
    REQUIRE(found.in[i] == near(wanted.in[i], 1e-12, 1e-12 * wanted.all));
  }
  for (const double value : null) REQUIRE(value >= 0.0);
}

}  // namespace

TEST_CASE("against the zero-diagonal null the eight-node case has its published decoupling and modularity") {
  const auto mixing = mixing_matrix(eight::kFlow, eight::kBloc, 3, Diagonal::kExcluded);
  const auto null =
      mixing_matrix(zero_diagonal_null(eight::kFlow, eight::kNodes), eight::kBloc, 3, Diagonal::kExcluded);
  CHECK(relative_cross_change(mixing, null, same_or_different(3)) == near(0.8014128821100006));
  CHECK(modularity(mixing, null) == near(0.38089001717927123));
}

TEST_CASE("equal countries give the same null everywhere off the diagonal") {
  std::vector<double> flow(25, 0.0);
  for (std::size_t i = 0; i < 5; ++i) flow[i * 5 + (i + 1) % 5] = 3.0;
  const auto null = zero_diagonal_null(flow, 5);
  for (std::size_t cell = 0; cell < 25; ++cell) CHECK(null[cell] == near(cell % 6 == 0 ? 0.0 : 0.75));
}

TEST_CASE("where one country takes part in all flows the null is the flows") {
  // Proportional fitting would need endless sweeps here.
  const std::vector<double> star = {9, 3, 1, 0, 2, 0, 0, 0, 5, 0, 9, 0, 4, 0, 0, 0};
  const std::vector<double> expected = {0, 3, 1, 0, 2, 0, 0, 0, 5, 0, 0, 0, 4, 0, 0, 0};
  const auto null = zero_diagonal_null(star, 4);
  for (std::size_t cell = 0; cell < 16; ++cell) CHECK(null[cell] == near(expected[cell]));
  const std::vector<double> two = {7.0, 2.0, 5.0, 7.0};
  const auto null_of_two = zero_diagonal_null(two, 2);
  CHECK(null_of_two[1] == near(2.0));
  CHECK(null_of_two[2] == near(5.0));
}

TEST_CASE("a country in nearly all flows leaves the strengths exact") {
  for (const double rest : {1e-2, 1e-5, 1e-9, 1e-13}) {
    std::vector<double> flow = {0, 3, 1, 0.5, 2, 0, rest, 0, 5, rest, 0, rest, 4, 0, rest, 0};
    require_margins(zero_diagonal_null(flow, 4), flow, 4);
  }
}

TEST_CASE("two countries with nearly all flows between them leave the strengths exact") {
  for (const double rest : {1e-1, 1e-3, 1e-6, 1e-8, 1e-9, 1e-10, 1e-12}) {
    for (const double back : {2.0, 3.0}) {
      const std::vector<double> flow = {0, 3, rest, back, 0, rest, rest, rest, 0};
      require_margins(zero_diagonal_null(flow, 3), flow, 3);
    }
  }
}

TEST_CASE("the null keeps the strengths of random flows and equals proportional fitting of a zero diagonal") {
  std::size_t fitted = 0;
  for (std::uint32_t world = 0; world < 200; ++world) {
    const auto random = random_flows(world);
    const std::size_t n = random.nodes();
    const auto null = zero_diagonal_null(random.flow, n);
    require_margins(null, random.flow, n);
    const Totals totals = totals_without_diagonal(random.flow, n);
    std::vector<double> by_fitting(n * n, 1.0);
    for (std::size_t i = 0; i < n; ++i) by_fitting[i * n + i] = 0.0;
    try {
      balance(by_fitting, totals.out, totals.in, 1e-13, 1000);
    } catch (const SolverError&) {
      continue;  // as good as a star: fitting converges too slowly to compare with
    }
    ++fitted;
    for (std::size_t cell = 0; cell < null.size(); ++cell) {
      REQUIRE(null[cell] == near(by_fitting[cell], 1e-10, 1e-11 * totals.all));
    }
  }
  CHECK(fitted > 150);
}

TEST_CASE("the null does not see domestic flows, follows a relabelling and scales with the flows") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = random_flows(world);
    const std::size_t n = random.nodes();
    const auto null = zero_diagonal_null(random.flow, n);
    auto other = random.flow;
    for (std::size_t i = 0; i < n; ++i) other[i * n + i] += 1.0;
    REQUIRE(zero_diagonal_null(other, n) == null);
    const auto order = shuffled(n, world);
    const auto moved = zero_diagonal_null(reordered(random.flow, order), n);
    const auto expected = reordered(null, order);
    auto scaled = random.flow;
    for (double& value : scaled) value *= 4096.0;
    const auto larger = zero_diagonal_null(scaled, n);
    for (std::size_t cell = 0; cell < null.size(); ++cell) {
      REQUIRE(moved[cell] == near(expected[cell], 1e-11));
      REQUIRE(larger[cell] == 4096.0 * null[cell]);
    }
  }
}

TEST_CASE("without flows between countries the null is empty") {
  CHECK(zero_diagonal_null({}, 0).empty());
  CHECK(zero_diagonal_null(std::vector<double>{5.0}, 1) == std::vector<double>{0.0});
  CHECK(zero_diagonal_null(std::vector<double>{5.0, 0.0, 0.0, 3.0}, 2) == std::vector<double>(4, 0.0));
}

TEST_CASE("the null keeps countries without any flow empty") {
  const std::vector<double> flow = {0, 2, 0, 1, 0, 0, 0, 0, 0};
  CHECK(zero_diagonal_null(flow, 3)[2] == 0.0);
  CHECK(zero_diagonal_null(flow, 3)[6] == 0.0);
}

TEST_CASE("the null refuses wrong sizes and impossible flows as internal errors") {
  CHECK_THROWS_AS(zero_diagonal_null(std::vector<double>(3, 1.0), 2), InternalError);
  CHECK_THROWS_AS(zero_diagonal_null(std::vector<double>{0.0, -1.0, 1.0, 0.0}, 2), InternalError);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(zero_diagonal_null(std::vector<double>{0.0, nan, 1.0, 0.0}, 2), InternalError);
}
