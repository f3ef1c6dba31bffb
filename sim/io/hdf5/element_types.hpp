#pragma once

#include <cstdint>

#include "sim/engine/labelled_dataset.hpp"
#include "sim/io/hdf5/handle.hpp"

namespace splinternet {

/// An element type as HDF5 identifiers: how it lies in files (little-endian numbers, variable-length UTF-8 text: netCDF
/// readers crash on fixed-length text) and in memory.
struct ElementType {
  Hdf5Handle in_file;
  Hdf5Handle in_memory;
};

/// The type of the alternative that is held; Flag lies as int8. Throws Hdf5Error.
ElementType element_type(const ArrayValues& values);

/// Whether a bare int8 stands for a number or for a truth value.
enum class ByteMeaning { kNumber, kFlag };

/// `count` zero elements of the alternative that a stored type stands for. Throws Hdf5Error for any other type.
ArrayValues zeros_of_stored_type(std::int64_t stored_type, ByteMeaning bytes, std::size_t count);

}  // namespace splinternet
