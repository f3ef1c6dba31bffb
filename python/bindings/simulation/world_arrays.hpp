#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet::python {

/// The memory of an array of a World; nothing if this world does not have it.
using WorldMemory = std::variant<std::monostate, std::span<const double>, std::span<const std::uint8_t>,
                                 std::span<const std::int32_t>, std::span<const std::uint32_t>>;

/// One array that Python may look at.
struct WorldArray {
  std::string_view name;
  std::string_view kind;  ///< "state", "derived" or "setting"
  std::string_view dims;  ///< separated by spaces, slowest first
  std::string_view units;
  std::string_view meaning;
  WorldMemory (*memory)(const World& world);
};

/// All of them but the attributes of actors, whose names are the scenario's.
std::span<const WorldArray> world_arrays();

/// Its row, or nullptr.
const WorldArray* find_world_array(std::string_view name);

/// How many places a dimension has in this world. Throws InternalError for one that no array has.
std::size_t world_dimension(const World& world, std::string_view dim);

}  // namespace splinternet::python
