#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace splinternet {

/// Named dimensions of datasets: the attributes of the HDF5 Dimension Scale Specification (and netCDF-4's dimension
/// number), written here and not by the high-level library, which stores uninitialised padding bytes and rewrites its
/// lists with every dataset. `dataset`, `scale` and `root` are open identifiers. All throw Hdf5Error.

/// What a dataset is for its dimension.
enum class ScaleRole { kCoordinate, kDimensionOnly };

/// A dimension as a scale describes it.
struct DimensionScale {
  std::int32_t number;  ///< place among the dimensions of the file
  ScaleRole role;       ///< kDimensionOnly: no array holds labels of this dimension
};

/// Use of a scale by one axis of a dataset.
struct ScaleUse {
  std::int64_t dataset;
  std::size_t axis;
};

/// Marks a one-dimensional dataset of that size as the scale of dimension `number`.
void make_scale(std::int64_t dataset, const std::string& name, std::size_t size, DimensionScale scale);
/// Tells a dataset which scales name its axes, slowest first.
void write_axes(std::int64_t dataset, std::span<const std::int64_t> scales);
/// Tells a scale which datasets use it.
void write_uses(std::int64_t scale, std::span<const ScaleUse> uses);

/// What the dataset is a scale of, or nothing if it is none.
std::optional<DimensionScale> read_scale(std::int64_t dataset);
/// Names of the scales that stand for the axes of a dataset of that rank.
std::vector<std::string> read_axes(std::int64_t dataset, std::size_t rank);

}  // namespace splinternet
