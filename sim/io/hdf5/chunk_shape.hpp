#pragma once

#include <cstddef>
#include <vector>

namespace splinternet {

/// Shape of the chunks in which an array is stored: the whole array up to 1 MiB, otherwise slabs over the slowest
/// dimensions, of nearly equal size and between about 1/3 and 1 MiB, so that a reader that wants a stretch of time
/// reads little else. All extents must be at least 1. Throws InternalError otherwise.
std::vector<std::size_t> chunk_shape(const std::vector<std::size_t>& shape, std::size_t element_size);

}  // namespace splinternet
