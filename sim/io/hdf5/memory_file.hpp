#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/io/hdf5/handle.hpp"

namespace splinternet {

/// A new HDF5 file that lives in memory only: HDF5's core driver on a buffer of our own, which is taken over when the
/// file is closed. (H5Fget_file_image would leave a wrong superblock checksum in releases before 2.0, HDFGroup/hdf5
/// issue 1915; and closing a file on a full disk crashes releases before 1.12.) Format bounds V18, creation order
/// tracked, no time stamps. Throws Hdf5Error.
class MemoryFile {
 public:
  MemoryFile();

  /// Identifier of the open file.
  [[nodiscard]] std::int64_t id() const { return file_.id(); }
  /// Closes the file, of which nothing else may be open, and returns its bytes.
  std::vector<std::byte> take_bytes() &&;

 private:
  std::unique_ptr<std::vector<std::byte>> buffer_;  ///< HDF5 keeps its address
  Hdf5Handle file_;
};

}  // namespace splinternet
