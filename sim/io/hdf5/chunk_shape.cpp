#include "sim/io/hdf5/chunk_shape.hpp"

#include <algorithm>

#include "sim/core/check.hpp"

namespace splinternet {

std::vector<std::size_t> chunk_shape(const std::vector<std::size_t>& shape, std::size_t element_size) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 20;
  std::size_t bytes = element_size;
  for (const std::size_t extent : shape) {
    SPLINTERNET_CHECK(extent >= 1, extent);
    bytes *= extent;
  }
  std::vector<std::size_t> chunk = shape;
  for (std::size_t& extent : chunk) {
    if (bytes <= kMostBytes) break;
    const std::size_t bytes_per_row = bytes / extent;
    const std::size_t most_rows = std::max<std::size_t>(1, kMostBytes / bytes_per_row);
    const std::size_t count = (extent + most_rows - 1) / most_rows;
    extent = (extent + count - 1) / count;
    bytes = bytes_per_row * extent;
  }
  return chunk;
}

}  // namespace splinternet
