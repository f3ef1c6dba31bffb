#include "sim/core/balance.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

using Values = std::vector<double>;

double draw(std::uint32_t stream, std::size_t n) {
  return Draws(3, Purpose::kTest, stream, 0).uniform(static_cast<std::uint32_t>(n));
}

double row_sum(const Values& matrix, std::size_t columns, std::size_t i) {
  double sum = 0.0;
  for (std::size_t j = 0; j < columns; ++j) sum += matrix[i * columns + j];
  return sum;
}

double column_sum(const Values& matrix, std::size_t columns, std::size_t j) {
  double sum = 0.0;
  for (std::size_t n = j; n < matrix.size(); n += columns) sum += matrix[n];
  return sum;
}

/// What `balance` says of a problem, or "" if it solves it.
std::string complaint(Values matrix, const Values& rows, const Values& columns) {
  try {
    balance(matrix, rows, columns);
  } catch (const SolverError& error) {
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Margins of a random matrix with the same zeros as `matrix`, so that they can be met.
void feasible_margins(const Values& matrix, Values& rows, Values& columns) {
  for (std::size_t n = 0; n < matrix.size(); ++n) {
    const double flow = matrix[n] > 0.0 ? draw(9, n) : 0.0;
    rows[n / columns.size()] += flow;
    columns[n % columns.size()] += flow;
  }
}

}  // namespace

TEST_CASE("A matrix of ones becomes the product of its margins") {
  Values matrix(6, 1.0);
  const Values rows = {1.0, 3.0}, columns = {2.0, 1.0, 1.0};
  const BalanceResult result = balance(matrix, rows, columns);
  CHECK(result.residual <= 1e-12);
  CHECK(result.iterations == 1);
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 3; ++j) CHECK(std::fabs(matrix[i * 3 + j] - rows[i] * columns[j] / 4.0) < 1e-15);
  }
}

TEST_CASE("A 2x2 table keeps its odds ratio and reaches the solution in closed form") {
  // Odds ratio 4 and margins of one half: a²/(½−a)² = 4, so a = 1/3.
  Values matrix = {4.0, 1.0, 1.0, 1.0};
  balance(matrix, Values{0.5, 0.5}, Values{0.5, 0.5});
  CHECK(std::fabs(matrix[0] - 1.0 / 3.0) < 1e-12);
  CHECK(std::fabs(matrix[1] - 1.0 / 6.0) < 1e-12);
}

TEST_CASE("Margins are met, zeros stay zero and odds ratios are kept on random matrices") {
  constexpr std::size_t kRows = 20, kColumns = 13;
  Values matrix(kRows * kColumns);
  for (std::size_t n = 0; n < matrix.size(); ++n) matrix[n] = draw(1, n) < 0.3 ? 0.0 : 0.1 + draw(2, n);
  const Values before = matrix;
  Values rows(kRows, 0.0), columns(kColumns, 0.0);
  feasible_margins(matrix, rows, columns);
  const BalanceResult result = balance(matrix, rows, columns);
  CHECK(result.residual <= 1e-12);
  CHECK(result.iterations > 1);
  for (std::size_t i = 0; i < kRows; ++i) CHECK(std::fabs(row_sum(matrix, kColumns, i) / rows[i] - 1.0) <= 2e-12);
  for (std::size_t j = 0; j < kColumns; ++j) {
    CHECK(std::fabs(column_sum(matrix, kColumns, j) / columns[j] - 1.0) <= 2e-12);
  }
  int compared = 0;
  for (std::size_t i = 0; i + 1 < kRows; ++i) {
    for (std::size_t j = 0; j + 1 < kColumns; ++j) {
      const std::size_t a = i * kColumns + j, c = a + kColumns;
      REQUIRE((before[a] == 0.0) == (matrix[a] == 0.0));
      const double old_cross = before[a] * before[c + 1], old_other = before[a + 1] * before[c];
      if (old_cross == 0.0 || old_other == 0.0) continue;
      const double ratio = matrix[a] * matrix[c + 1] / (matrix[a + 1] * matrix[c]);
      REQUIRE(std::fabs(ratio / (old_cross / old_other) - 1.0) < 1e-11);
      ++compared;
    }
  }
  CHECK(compared > 20);
}

TEST_CASE("A balanced matrix is left alone and money may be scaled by a power of two bit for bit") {
  Values matrix = {1.0, 2.0, 3.0, 4.0};
  const BalanceResult result = balance(matrix, Values{3.0, 7.0}, Values{4.0, 6.0});
  CHECK(result.iterations == 0);
  CHECK(matrix == Values{1.0, 2.0, 3.0, 4.0});
  Values plain = {1.0, 2.0, 3.0, 5.0}, scaled = plain;
  balance(plain, Values{3.0, 7.0}, Values{4.0, 6.0});
  balance(scaled, Values{3072.0, 7168.0}, Values{4096.0, 6144.0});
  for (std::size_t n = 0; n < 4; ++n) CHECK(scaled[n] == 1024.0 * plain[n]);
}

TEST_CASE("Rows and columns whose total is zero become zero") {
  Values matrix(9, 1.0);
  const BalanceResult result = balance(matrix, Values{0.0, 1.0, 1.0}, Values{2.0, 0.0, 0.0});
  CHECK(result.residual <= 1e-12);
  CHECK(matrix == Values{0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0});
  Values nothing(4, 1.0);
  balance(nothing, Values{0.0, 0.0}, Values{0.0, 0.0});
  CHECK(nothing == Values(4, 0.0));
}

TEST_CASE("Totals whose sums differ by a rounding are met") {
  Values matrix(4, 1.0);
  CHECK(balance(matrix, Values{1.0, 2.0}, Values{1.5, 1.5 * (1.0 + 5e-10)}).residual <= 1e-12);
}

TEST_CASE("Problems without a solution are refused with their reason") {
  const Values ones(4, 1.0), pair = {1.0, 1.0};
  CHECK(contains(complaint(ones, {1.0, 2.0}, pair), "the row totals sum to 3, the column totals to 2"));
  CHECK(contains(complaint({0.0, 0.0, 1.0, 1.0}, pair, pair), "row 0 must sum to 1 but holds only zeros"));
  CHECK(contains(complaint({0.0, 1.0, 0.0, 1.0}, pair, pair), "column 0 must sum to 1 but holds only zeros"));
  // The zero at (0, 0) rules out a first row that needs more than its other column takes.
  CHECK(contains(complaint({0.0, 1.0, 1.0, 1.0}, {2.0, 1.0}, {2.0, 1.0}), "the zeros may rule the totals out"));
  CHECK(contains(complaint({1.0, -1.0, 1.0, 1.0}, pair, pair), "cell 1 is -1"));
  CHECK(contains(complaint(ones, {std::nan(""), 1.0}, pair), "row total 0 is nan"));
  CHECK(contains(complaint(ones, pair, {1.0, std::numeric_limits<double>::infinity()}), "column total 1 is inf"));
  CHECK(complaint(ones, pair, pair).empty());
}

TEST_CASE("Too few sweeps are refused with the gap that is left, and wrong shapes too") {
  // The zero forces (0, 0) towards zero, which it reaches as one over twice the number of sweeps.
  CHECK(contains(complaint({1.0, 1.0, 1.0, 0.0}, {1.0, 1.0}, {1.0, 1.0}),
                 "after 10000 sweeps a margin is still off by "
                 "4.99975e-05 of itself"));
  Values matrix = {1.0, 1.0, 1.0, 0.0};
  CHECK_THROWS_AS(balance(matrix, Values{1.0, 1.0}, Values{1.0, 1.0}, 1e-2, 30), SolverError);
  CHECK(balance(matrix, Values{1.0, 1.0}, Values{1.0, 1.0}, 1e-2, 30).iterations > 0);
  CHECK_THROWS_AS(balance(matrix, Values{1.0}, Values{1.0, 1.0}), InternalError);
}
