#include "sim/model/row_sum.hpp"

#include <numeric>
#include <vector>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("rows of every length sum to the sum of their values, and to it less their own place") {
  const Draws draws(43, Purpose::kTest, 0, 0);
  for (std::size_t size = 0; size < 20; ++size) {
    std::vector<double> row(size);
    for (std::size_t n = 0; n < size; ++n) row[n] = draws.uniform(static_cast<std::uint32_t>(n + 1));
    CHECK(row_sum(row) == near(std::accumulate(row.begin(), row.end(), 0.0)));
    for (std::size_t own = 0; own < size; ++own) {
      std::vector<double> others = row;
      others[own] = 0.0;
      CHECK(row_sum_abroad(row, own) == near(std::accumulate(others.begin(), others.end(), 0.0)));
    }
  }
}

TEST_CASE("a large home value leaves the sum abroad exact") {
  CHECK(row_sum_abroad(std::vector<double>{1e300, 1.0, 2.0}, 0) == 3.0);
  CHECK(row_sum({}) == 0.0);
}

}  // namespace
}  // namespace splinternet::testing
