#include "sim/io/hdf5/memory_file.hpp"

#include <hdf5.h>

#include <new>
#include <stdexcept>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

using Buffer = std::vector<std::byte>;

/// Growth for HDF5's driver; new bytes are zero, so that unused space in the file is the same in every run.
void* resize_buffer(void*, std::size_t size, H5FD_file_image_op_t, void* buffer) {
  try {
    static_cast<Buffer*>(buffer)->resize(size);
    return static_cast<Buffer*>(buffer)->data();
  } catch (const std::exception&) {  // out of memory: no exception may pass through C
    return nullptr;
  }
}

herr_t keep_buffer(void*, H5FD_file_image_op_t, void*) {
  return 0;
}
void* share_buffer(void* buffer) {
  return buffer;
}
herr_t release_share(void*) {
  return 0;
}

Hdf5Handle property_list(hid_t kind) {
  return Hdf5Handle(H5Pcreate(kind), H5Pclose, "a property list cannot be created");
}

Hdf5Handle create_file(Buffer& buffer) {
  constexpr std::size_t kGrowth = std::size_t{1} << 18;
  constexpr hbool_t kNeverOnDisk = false;
  const char* const tried = "the properties of the file cannot be set";
  const Hdf5Handle access = property_list(H5P_FILE_ACCESS);
  hdf5_check(H5Pset_fapl_core(access.id(), kGrowth, kNeverOnDisk), tried);
  H5FD_file_image_callbacks_t callbacks{nullptr,      nullptr,       resize_buffer, keep_buffer,
                                        share_buffer, release_share, &buffer};
  hdf5_check(H5Pset_file_image_callbacks(access.id(), &callbacks), tried);
  hdf5_check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), tried);
  constexpr unsigned kCreationOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  const Hdf5Handle creation = property_list(H5P_FILE_CREATE);
  hdf5_check(H5Pset_link_creation_order(creation.id(), kCreationOrder), tried);
  hdf5_check(H5Pset_attr_creation_order(creation.id(), kCreationOrder), tried);
  hdf5_check(H5Pset_obj_track_times(creation.id(), false), tried);
  return Hdf5Handle(H5Fcreate("in memory", H5F_ACC_TRUNC, creation.id(), access.id()), H5Fclose,
                    "a file in memory cannot be created");
}

/// The "end of file address" of a version 2 superblock (HDF5 file format specification, II.A): the driver's buffer is
/// a little larger than the file.
std::size_t end_of_file(const Buffer& buffer) {
  constexpr std::size_t kVersionAt = 8;
  constexpr std::size_t kAddressAt = 28;
  SPLINTERNET_CHECK(buffer.size() > kAddressAt + 8 && buffer[kVersionAt] == std::byte{2}, buffer.size());
  std::size_t address = 0;
  for (std::size_t i = 0; i < 8; ++i) address |= std::to_integer<std::size_t>(buffer[kAddressAt + i]) << (8 * i);
  SPLINTERNET_CHECK(address <= buffer.size(), address, buffer.size());
  return address;
}

}  // namespace

MemoryFile::MemoryFile() : buffer_(std::make_unique<Buffer>()), file_(create_file(*buffer_)) {}

std::vector<std::byte> MemoryFile::take_bytes() && {
  file_.close("the file in memory cannot be completed");
  buffer_->resize(end_of_file(*buffer_));
  return std::move(*buffer_);
}

}  // namespace splinternet
