#include "sim/trade/panel_matrix.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<double> random_values(std::size_t count, std::uint16_t kind) {
  std::vector<double> values(count);
  for (std::size_t k = 0; k < count; ++k) values[k] = test::uniform(57, k, kind);
  return values;
}

}  // namespace

TEST_CASE("sums over the rows of panels are those of the plain loop bit for bit") {
  const std::size_t n = GENERATE(1U, 7U, 8U, 24U, 25U, 61U);
  const auto values = random_values(n * n, 0), weight = random_values(n, 1);
  PanelMatrix matrix(n);
  matrix.assign(values);
  std::vector<double> out(matrix.padded_columns(), 9.0);
  for (std::size_t p = 0; p < matrix.panels(); ++p) {
    matrix.sum_rows(p, weight, std::span(out).subspan(p * PanelMatrix::kWidth, PanelMatrix::kWidth));
  }
  for (std::size_t j = 0; j < out.size(); ++j) {
    double plain = 0.0;
    for (std::size_t i = 0; i < n && j < n; ++i) plain += weight[i] * values[i * n + j];
    REQUIRE(out[j] == plain);
    for (std::size_t i = 0; i < n && j < n; ++i) REQUIRE(matrix.at(i, j) == values[i * n + j]);
  }
}

TEST_CASE("sums over columns, and of squares, are those of the plain loop to rounding") {
  const std::size_t n = GENERATE(1U, 7U, 24U, 25U, 61U);
  const auto values = random_values(n * n, 2);
  PanelMatrix matrix(n);
  matrix.assign(values);
  auto weight = random_values(n, 3);
  weight.resize(matrix.padded_columns(), 0.0);
  std::vector<double> lanes(n * PanelMatrix::kLanes, 9.0), lanes2 = lanes, sum(n), squares(n);  // started anew
  for (std::size_t p = 0; p < matrix.panels(); ++p) {
    const auto part = std::span<const double>(weight).subspan(p * PanelMatrix::kWidth, PanelMatrix::kWidth);
    matrix.add_columns(p, part, lanes);
    matrix.add_column_squares(p, part, lanes2);
  }
  sum_lanes(lanes, sum);
  sum_lanes(lanes2, squares);
  for (std::size_t i = 0; i < n; ++i) {
    double plain = 0.0, plain2 = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      plain += values[i * n + j] * weight[j];
      plain2 += values[i * n + j] * values[i * n + j] * weight[j];
    }
    CHECK(test::near(sum[i], plain, 1e-14));
    CHECK(test::near(squares[i], plain2, 1e-14));
  }
}

TEST_CASE("products and scaled cells of panels are those of the cells bit for bit") {
  const std::size_t n = GENERATE(1U, 24U, 25U, 50U);
  const auto values = random_values(n * n, 4), factor = random_values(n * n, 5), row = random_values(n, 6),
             column = random_values(n, 7), money = random_values(n, 8);
  PanelMatrix matrix(n);
  REQUIRE(matrix.assign_product(values, factor));
  std::vector<double> scaled(n * n), product(n * n);
  matrix.scale(row, column, money, scaled, product);
  for (std::size_t k = 0; k < n * n; ++k) {
    const std::size_t i = k / n, j = k % n;
    REQUIRE(matrix.at(i, j) == values[k] * factor[k]);
    REQUIRE(scaled[k] == values[k] * factor[k] * row[i] * column[j]);
    REQUIRE(product[k] == scaled[k] * money[j]);
  }
}

TEST_CASE("a factor that is negative or not finite is seen wherever it stands in the panels") {
  const double bad = GENERATE(-1e-300, -1.0, kInfinity, -kInfinity, std::nan(""));
  const std::size_t n = 27;
  const auto values = random_values(n * n, 9);
  PanelMatrix matrix(n);
  for (std::size_t k = 0; k < n * n; ++k) {
    std::vector<double> factor(n * n, k % 2 == 0 ? 0.0 : 3.0);
    REQUIRE(matrix.assign_product(values, factor));
    factor[k] = bad;
    REQUIRE_FALSE(matrix.assign_product(values, factor));
  }
}
