#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"

namespace splinternet {

/// The dataset as the bytes of an HDF5 file that xarray (netcdf4 and h5netcdf), h5py and netCDF open with named
/// dimensions, labels and units; equal datasets give equal bytes. Built in memory, so a full disk cannot disturb it.
/// Layout: one flat root; dimensions are dimension scales; format bounds V18; arrays of 64 elements or more are
/// deflated (level 1) with Fletcher-32 checksums; NaN is the fill value; text attributes may be of any length.
/// Throws InternalError if shapes disagree, or a text holds a NUL, or flag meanings are no single words.
std::vector<std::byte> to_hdf5(const LabelledDataset& dataset);

/// Reads what `to_hdf5` wrote, without loss: types, values to the bit, order and attributes.
/// Throws DataError "file: what is wrong" for a file that is missing, not HDF5, cut off or damaged, for a dataset whose
/// checksum fails (named) and for another layout (the object is named); FileError if the operating system refuses.
/// Reads twice: first in a child process, which damage may crash.
LabelledDataset from_hdf5(const std::filesystem::path& path);

}  // namespace splinternet
