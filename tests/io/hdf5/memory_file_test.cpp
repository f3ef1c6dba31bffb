#include "sim/io/hdf5/memory_file.hpp"

#include <hdf5.h>

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::vector<std::byte> bytes_of_file_with_group() {
  const Hdf5Session session;
  MemoryFile file;
  H5Gclose(H5Gcreate2(file.id(), "group", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  return std::move(file).take_bytes();
}

}  // namespace

TEST_CASE("the bytes are a complete file that HDF5 opens") {
  const TemporaryFolder folder;
  const std::vector<std::byte> bytes = bytes_of_file_with_group();
  write_file(folder / "x.h5", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const hid_t file = H5Fopen((folder / "x.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  REQUIRE(file >= 0);
  CHECK(H5Lexists(file, "group", H5P_DEFAULT) > 0);
  hsize_t size = 0;
  H5Fget_filesize(file, &size);
  CHECK(size == bytes.size());
  H5Fclose(file);
}

TEST_CASE("nothing is written to disk") {
  const TemporaryFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const std::vector<std::byte> bytes = bytes_of_file_with_group();
  std::filesystem::current_path(before);
  CHECK(bytes.size() > 100);
  CHECK(folder.names().empty());
}

TEST_CASE("a file that is dropped unfinished leaves HDF5 usable") {
  {
    const Hdf5Session session;
    const MemoryFile dropped;
    H5Gclose(H5Gcreate2(dropped.id(), "group", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  }
  CHECK(bytes_of_file_with_group() == bytes_of_file_with_group());
}

TEST_CASE("a file of many megabytes is held") {
  const Hdf5Session session;
  MemoryFile file;
  const hsize_t size = 3'000'000;
  const std::vector<double> values(size, 1.5);
  const hid_t space = H5Screate_simple(1, &size, nullptr);
  const hid_t dataset = H5Dcreate2(file.id(), "x", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  CHECK(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
  H5Dclose(dataset);
  H5Sclose(space);
  const std::vector<std::byte> bytes = std::move(file).take_bytes();
  CHECK(bytes.size() >= size * sizeof(double));
  CHECK(bytes.size() < size * sizeof(double) + 10'000);
}
