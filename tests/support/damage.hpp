#pragma once

#include <hdf5.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace splinternet::testing {

/// Flips one bit among the stored values of a two-dimensional dataset, as a failing disk would, so that its checksum no
/// longer holds.
inline void damage(const std::filesystem::path& path, const std::string& name) {
  haddr_t place = 0;
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t dataset = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
  hsize_t size = 0;
  unsigned filters_skipped = 0;
  const hsize_t origin[2] = {0, 0};
  const herr_t status = H5Dget_chunk_info_by_coord(dataset, origin, &filters_skipped, &place, &size);
  H5Dclose(dataset);
  H5Fclose(file);
  if (status < 0) throw std::runtime_error(name + " is not stored in chunks");
  std::string bytes = read_file(path);
  bytes[place + size / 2] = static_cast<char>(bytes[place + size / 2] ^ 1);
  write_file(path, bytes);
}

}  // namespace splinternet::testing
