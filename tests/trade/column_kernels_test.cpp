#include "sim/trade/column_kernels.hpp"

#include <vector>

#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

std::vector<double> random_values(std::size_t count, std::uint16_t kind) {
  std::vector<double> values(count);
  for (std::size_t k = 0; k < count; ++k) values[k] = test::uniform(51, k, kind);
  return values;
}

}  // namespace

TEST_CASE("row sums are those of the plain loop bit for bit, for any number of rows and columns") {
  const std::size_t rows = GENERATE(1U, 3U, 4U, 7U, 8U, 21U), columns = GENERATE(1U, 2U, 5U, 16U, 33U);
  const auto matrix = random_values(rows * columns, 0), weight = random_values(rows, 1),
             weight2 = random_values(rows, 2);
  std::vector<double> plain(columns, 0.0), plain2(columns, 0.0);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const double value = matrix[r * columns + c];
      plain[c] += weight[r] * value;
      plain2[c] += weight2[r] * (value * value);
    }
  }
  std::vector<double> out(columns, 9.0), both(columns, 9.0), squares(columns, 9.0);
  sum_rows(matrix, weight, out);
  sum_rows_and_squares(matrix, weight, weight2, both, squares);
  CHECK(out == plain);
  CHECK(both == plain);
  CHECK(squares == plain2);
}

TEST_CASE("the largest size is found wherever it stands, whatever its sign") {
  const std::size_t n = GENERATE(1U, 7U, 8U, 9U, 20U);
  CHECK(largest_size({}) == 0.0);
  for (std::size_t k = 0; k < n; ++k) {
    auto values = random_values(n, 4);
    values[k] = k % 2 == 0 ? -3.5 : 3.5;
    CHECK(largest_size(values) == 3.5);
  }
}

TEST_CASE("transposing exchanges rows and columns") {
  const std::size_t n = GENERATE(1U, 7U, 8U, 9U, 20U);
  const auto matrix = random_values(n * n, 3);
  std::vector<double> out(n * n);
  transpose(matrix, n, out);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) REQUIRE(out[j * n + i] == matrix[i * n + j]);
  }
}
