#include "sim/io/hdf5/chunk_shape.hpp"

#include <cstdint>
#include <numeric>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using Shape = std::vector<std::size_t>;

namespace {

std::size_t bytes_of(const Shape& shape, std::size_t element_size) {
  return std::accumulate(shape.begin(), shape.end(), element_size, std::multiplies<>());
}

}  // namespace

TEST_CASE("an array of up to 1 MiB is one chunk") {
  CHECK(chunk_shape({121, 198}, 8) == Shape{121, 198});
  CHECK(chunk_shape({1 << 17}, 8) == Shape{1 << 17});
}

TEST_CASE("a larger array is cut along its slowest dimension into equal slabs") {
  // 121 steps of 198 × 198 doubles (313,632 bytes): three steps fit into a MiB.
  CHECK(chunk_shape({121, 198, 198}, 8) == Shape{3, 198, 198});
  CHECK(chunk_shape({200'000}, 8) == Shape{100'000});
}

TEST_CASE("a row of more than 1 MiB is cut along the next dimension") {
  CHECK(chunk_shape({5, 200'000}, 8) == Shape{1, 100'000});
  CHECK(chunk_shape({5, 1, 300'000, 2}, 4) == Shape{1, 1, 100'000, 2});
}

TEST_CASE("chunks of large random shapes hold a quarter MiB to a MiB and lie within the array") {
  for (std::uint32_t i = 0; i < 500; ++i) {
    const Draws draws(1, Purpose::kTest, 0, i);
    Shape shape(1 + draws.below(4, 0));
    for (std::uint32_t d = 0; d < shape.size(); ++d) shape[d] = 1 + draws.below(3000, d + 1);
    const Shape chunk = chunk_shape(shape, 4);
    REQUIRE(chunk.size() == shape.size());
    for (std::size_t d = 0; d < shape.size(); ++d) REQUIRE((chunk[d] >= 1 && chunk[d] <= shape[d]));
    REQUIRE(bytes_of(chunk, 4) <= std::size_t{1} << 20);
    if (bytes_of(shape, 4) > std::size_t{1} << 20)
      REQUIRE(bytes_of(chunk, 4) >= std::size_t{1} << 18);
    else
      REQUIRE(chunk == shape);
  }
}

TEST_CASE("an empty dimension is refused") {
  CHECK_THROWS_AS(chunk_shape({3, 0}, 8), InternalError);
}
