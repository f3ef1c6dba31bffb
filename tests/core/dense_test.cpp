#include "sim/core/dense.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

using Values = std::vector<double>;

Values random_values(std::size_t count, std::uint32_t stream) {
  const Draws draws(7, Purpose::kTest, stream, 0);
  Values values(count);
  for (std::size_t n = 0; n < count; ++n) values[n] = 2.0 * draws.uniform(static_cast<std::uint32_t>(n)) - 1.0;
  return values;
}

Values times(const Values& a, const Values& x) {
  const std::size_t n = x.size();
  Values product(a.size() / n, 0.0);
  for (std::size_t i = 0; i < product.size(); ++i) {
    for (std::size_t j = 0; j < n; ++j) product[i] += a[i * n + j] * x[j];
  }
  return product;
}

Values transposed(const Values& a, std::size_t rows) {
  const std::size_t columns = a.size() / rows;
  Values result(a.size());
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) result[j * rows + i] = a[i * columns + j];
  }
  return result;
}

double largest_gap(const Values& a, const Values& b) {
  REQUIRE(a.size() == b.size());
  double gap = 0.0;
  for (std::size_t n = 0; n < a.size(); ++n) gap = std::max(gap, std::fabs(a[n] - b[n]));
  return gap;
}

double size_of(const Values& x) {
  double size = 0.0;
  for (const double value : x) size = std::max(size, std::fabs(value));
  return size;
}

/// min |b − M x|₂ over column-major M, the residual vector.
Values residual(const Values& m, const Values& x, const Values& b) {
  Values rest = b;
  for (std::size_t j = 0; j < x.size(); ++j) {
    for (std::size_t i = 0; i < b.size(); ++i) rest[i] -= m[j * b.size() + i] * x[j];
  }
  return rest;
}

}  // namespace

TEST_CASE("LU solves a 2x2 system written out by hand, and its transpose") {
  const Values a = {0.0, 2.0, 4.0, 1.0};  // needs the pivot
  const dense::Lu lu(a, 2);
  CHECK(lu.size() == 2);
  Values x = {6.0, 11.0};
  lu.solve(x);
  CHECK(x == Values{2.0, 3.0});
  Values y = {8.0, 5.0};
  lu.solve_transposed(y);
  CHECK(y == Values{1.5, 2.0});
}

TEST_CASE("LU leaves a residual of rounding size on random systems, plain and transposed") {
  for (const std::size_t n : {1U, 2U, 3U, 5U, 16U, 61U, 198U}) {
    const Values a = random_values(n * n, static_cast<std::uint32_t>(n));
    const Values b = random_values(n, 1000 + static_cast<std::uint32_t>(n));
    const dense::Lu lu(a, n);
    Values x = b;
    lu.solve(x);
    const double scale = 1e-15 * static_cast<double>(n);
    CHECK(largest_gap(times(a, x), b) <= 20.0 * scale * std::max(1.0, size_of(x)));
    Values y = b;
    lu.solve_transposed(y);
    CHECK(largest_gap(times(transposed(a, n), y), b) <= 20.0 * scale * std::max(1.0, size_of(y)));
  }
}

TEST_CASE("LU factors by panels are those of plain elimination bit for bit") {
  for (const std::size_t n : {1U, 4U, 15U, 16U, 17U, 50U}) {
    Values a = random_values(n * n, 50 + static_cast<std::uint32_t>(n));
    for (std::size_t i = 0; i < n; ++i) a[i * n + i] += 2.0 * static_cast<double>(n);  // no row is exchanged
    const Values b = random_values(n, 60);
    Values x = b;
    dense::Lu(a, n).solve_transposed(x);
    Values plain = a;  // column by column, the rest of the matrix after each
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = k + 1; i < n; ++i) {
        plain[i * n + k] /= plain[k * n + k];
        for (std::size_t j = k + 1; j < n; ++j) plain[i * n + j] -= plain[i * n + k] * plain[k * n + j];
      }
    }
    Values y = b;
    for (std::size_t k = 0; k < n; ++k) {
      y[k] /= plain[k * n + k];
      for (std::size_t j = k + 1; j < n; ++j) y[j] -= y[k] * plain[k * n + j];
    }
    for (std::size_t k = n; k-- > 0;) {
      for (std::size_t j = 0; j < k; ++j) y[j] -= y[k] * plain[k * n + j];
    }
    CHECK(x == y);
  }
}

TEST_CASE("LU solves many transposed systems with the bits of plain substitution, one by one") {
  for (const std::size_t n : {1U, 5U, 16U, 17U, 40U}) {
    const Values a = random_values(n * n, 60);
    dense::Lu lu(a, n);
    for (const std::size_t count : {1U, 2U, 15U, 16U, 37U}) {
      Values rows = random_values(count * n, 61);
      Values single = rows;
      lu.solve_transposed(rows);
      for (std::size_t r = 0; r < count; ++r) lu.solve_transposed(std::span(single).subspan(r * n, n));
      CHECK(rows == single);
    }
    Values nothing;
    CHECK_NOTHROW(lu.solve_transposed(nothing));
  }
}

TEST_CASE("LU takes one matrix after another, and none after an error") {
  dense::Lu lu;
  CHECK(lu.size() == 0);
  for (const std::size_t n : {7U, 3U, 20U}) {
    const Values a = random_values(n * n, 70), b = random_values(n, 71);
    lu.factorise(a, n);
    Values x = b, expected = b;
    lu.solve(x);
    dense::Lu(a, n).solve(expected);
    CHECK(x == expected);
  }
  CHECK_THROWS_AS(lu.factorise(Values{1.0, 2.0, 2.0, 4.0}, 2), SolverError);
  CHECK(lu.size() == 0);
  lu.factorise(Values{2.0}, 1);
  Values x = {3.0};
  lu.solve(x);
  CHECK(x == Values{1.5});
}

TEST_CASE("LU solves permutation matrices exactly") {
  constexpr std::size_t kSize = 12;
  Values a(kSize * kSize, 0.0);
  for (std::size_t i = 0; i < kSize; ++i) a[i * kSize + (5 * i + 3) % kSize] = 1.0;
  const Values b = random_values(kSize, 3);
  const dense::Lu lu(a, kSize);
  Values x = b;
  lu.solve(x);
  Values y = b;
  lu.solve_transposed(y);
  for (std::size_t i = 0; i < kSize; ++i) {
    CHECK(x[(5 * i + 3) % kSize] == b[i]);
    CHECK(y[i] == b[(5 * i + 3) % kSize]);
  }
}

TEST_CASE("LU gets the inverse of a Hilbert matrix right to its condition number") {
  // Entry (0, 0) of the inverse of the n×n Hilbert matrix is n².
  for (const std::size_t n : {2U, 4U, 6U}) {
    Values hilbert(n * n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) hilbert[i * n + j] = 1.0 / static_cast<double>(i + j + 1);
    }
    Values x(n, 0.0);
    x[0] = 1.0;
    dense::Lu(hilbert, n).solve(x);
    const auto exact = static_cast<double>(n * n);
    CHECK(std::fabs(x[0] / exact - 1.0) < 1e-9);  // condition number 1.5e7 at n = 6
  }
}

TEST_CASE("LU refuses singular matrices and takes badly scaled ones") {
  CHECK_THROWS_AS(dense::Lu(Values{0.0}, 1), SolverError);
  CHECK_THROWS_AS(dense::Lu(Values{1.0, 2.0, 2.0, 4.0}, 2), SolverError);
  Values three(3, 1.0);
  CHECK_THROWS_AS(dense::Lu(Values{1.0, 0.0, std::nan(""), 1.0}, 2), SolverError);
  Values rank_two = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0};
  CHECK_THROWS_WITH(dense::Lu(rank_two, 3), "LU: the matrix of size 3 is singular at column 2");
  Values x = {1e20, 3.0};
  dense::Lu(Values{1e20, 0.0, 0.0, 1e-10}, 2).solve(x);
  CHECK(x == Values{1.0, 3e10});
  CHECK_THROWS_AS(dense::Lu(Values{1.0, 2.0}, 2), InternalError);
  CHECK_THROWS_AS(dense::Lu(Values{1.0}, 1).solve(x), InternalError);
  CHECK_THROWS_AS(dense::Lu(Values{1.0, 0.0, 0.0, 1.0}, 2).solve_transposed(three), InternalError);
}

TEST_CASE("Least squares fits a straight line") {
  // y = 2 + 3t with errors (+1, −1, −1, +1), which are orthogonal to 1 and t.
  const Values design = {1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 2.0, 3.0};
  const Values y = {3.0, 4.0, 7.0, 12.0};
  const Values found = dense::least_squares(design, 2, y);
  CHECK(largest_gap(found, {2.0, 3.0}) < 1e-14);
}

TEST_CASE("Least squares leaves a residual orthogonal to every column") {
  for (std::uint32_t stream = 0; stream < 20; ++stream) {
    const std::size_t rows = 5 + stream, columns = 1 + stream / 4;
    const Values m = random_values(rows * columns, 100 + stream);
    const Values b = random_values(rows, 200 + stream);
    const Values rest = residual(m, dense::least_squares(m, columns, b), b);
    for (std::size_t j = 0; j < columns; ++j) {
      double product = 0.0;
      for (std::size_t i = 0; i < rows; ++i) product += m[j * rows + i] * rest[i];
      CHECK(std::fabs(product) < 1e-13);
    }
  }
}

TEST_CASE("Least squares gives dependent columns the coefficient 0") {
  const std::size_t rows = 6;
  Values m = random_values(2 * rows, 5);
  const Values b = random_values(rows, 6);
  const Values without = dense::least_squares(m, 2, b);
  Values with = {};
  with.insert(with.end(), m.begin(), m.begin() + 6);
  for (std::size_t i = 0; i < rows; ++i) with.push_back(-4.0 * m[i]);  // a multiple of the first column
  with.insert(with.end(), m.begin() + 6, m.end());
  with.insert(with.end(), rows, 0.0);  // a column of zeros
  const Values found = dense::least_squares(with, 4, b);
  CHECK(found[1] == 0.0);
  CHECK(found[3] == 0.0);
  CHECK(largest_gap({found[0], found[2]}, without) < 1e-13);
}

TEST_CASE("Least squares with more columns than rows meets every equation") {
  const Values m = random_values(3 * 5, 8);
  const Values b = random_values(3, 9);
  const Values found = dense::least_squares(m, 5, b);
  CHECK(size_of(residual(m, found, b)) < 1e-13);
  CHECK(found[3] == 0.0);
  CHECK(found[4] == 0.0);
  CHECK_THROWS_AS(dense::least_squares(m, 4, b), InternalError);
}

TEST_CASE("multiply gives the bits of the sum over k from left to right") {
  for (const std::size_t k : {0U, 1U, 2U, 3U, 4U, 5U, 8U, 11U}) {
    const std::size_t m = 3, n = 7;
    const Values a = random_values(m * k, 1), b = random_values(k * n, 2);
    Values c(m * n, 99.0), expected(m * n, 0.0);
    dense::multiply(a, b, c, m, k, n);
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t l = 0; l < k; ++l) expected[i * n + j] += a[i * k + l] * b[l * n + j];
      }
    }
    REQUIRE(c == expected);
  }
  Values wrong(3);
  CHECK_THROWS_AS(dense::multiply(wrong, wrong, wrong, 2, 2, 2), InternalError);
}

TEST_CASE("multiply_to_symmetric gives the bits of multiply in its range of the upper triangle, and touches no other") {
  for (const std::size_t n : {1U, 6U, 21U}) {
    const Values a = random_values(n * n, 70), b = transposed(a, n);
    Values whole(n * n), part(n * n, 7.0);
    dense::multiply(a, b, whole, n, n, n);
    for (std::size_t begin = 0; begin < n; begin += 4) {
      dense::multiply_to_symmetric(a, b, part, begin, std::min(n, begin + 4), n);
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (j >= i) CHECK(part[i * n + j] == whole[i * n + j]);
        if (j < i / 4 * 4) CHECK(part[i * n + j] == 7.0);
      }
    }
  }
  Values square(4);
  CHECK_THROWS_AS(dense::multiply_to_symmetric(square, square, square, 1, 3, 2), InternalError);
}
