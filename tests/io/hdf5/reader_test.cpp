#include <hdf5.h>

#include <cstring>
#include <memory>
#include <type_traits>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/result_dataset.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::string as_text(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// True if type and all bits agree (so that NaN equals NaN, and −0.0 is not 0.0).
bool same_bits(const ArrayValues& a, const ArrayValues& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& left) {
        using Values = std::decay_t<decltype(left)>;
        const auto& right = std::get<Values>(b);
        if constexpr (std::is_same_v<Values, std::vector<std::string>>) {
          return left == right;
        } else {
          const std::size_t bytes = left.size() * sizeof(typename Values::value_type);
          return left.size() == right.size() && (bytes == 0 || std::memcmp(left.data(), right.data(), bytes) == 0);
        }
      },
      a);
}

/// A folder with one file in it.
class OneFile {
 public:
  explicit OneFile(const std::string& content) { write_file(path(), content); }
  [[nodiscard]] std::filesystem::path path() const { return *folder_ / "run.h5"; }
  [[nodiscard]] std::string message() const {
    return message_of<DataError>([&] { return from_hdf5(path()); });
  }

 private:
  std::unique_ptr<TemporaryFolder> folder_ = std::make_unique<TemporaryFolder>();
};

/// Changes a good file through the HDF5 library, as a person with h5py might.
template <class Change>
OneFile changed_file(Change&& change) {
  OneFile file(as_text(to_hdf5(result_dataset())));
  const hid_t id = H5Fopen(file.path().c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  REQUIRE(id >= 0);
  change(id);
  REQUIRE(H5Fclose(id) >= 0);
  return file;
}

}  // namespace

TEST_CASE("what was written is read back without loss") {
  const LabelledDataset written = result_dataset();
  const LabelledDataset read = from_hdf5(OneFile(as_text(to_hdf5(written))).path());
  CHECK(read.attributes == written.attributes);
  CHECK(read.dims == written.dims);
  REQUIRE(read.arrays.size() == written.arrays.size());
  for (std::size_t i = 0; i < read.arrays.size(); ++i) {
    const LabelledArray& a = written.arrays[i];
    const LabelledArray& b = read.arrays[i];
    CAPTURE(a.name);
    CHECK(b.name == a.name);
    CHECK(b.dims == a.dims);
    CHECK(b.units == a.units);
    CHECK(b.long_name == a.long_name);
    CHECK(b.flag_meanings == a.flag_meanings);
    CHECK(same_bits(a.values, b.values));
  }
}

TEST_CASE("an empty dataset is read back as one") {
  const LabelledDataset read = from_hdf5(OneFile(as_text(to_hdf5({}))).path());
  CHECK(read.attributes.empty());
  CHECK(read.dims.empty());
  CHECK(read.arrays.empty());
}

TEST_CASE("arrays of several chunks are read back without loss") {
  LabelledDataset data;
  data.dims = {{"step", 7}, {"cell", 70'000}};
  std::vector<double> noise(7 * 70'000);
  const Draws draws(3, Purpose::kTest, 0, 0);
  for (std::uint32_t i = 0; i < noise.size(); ++i) noise[i] = draws.uniform(i);
  data.arrays.push_back({"noise", {"step", "cell"}, noise, "1", "", {}});
  const LabelledDataset read = from_hdf5(OneFile(as_text(to_hdf5(data))).path());
  CHECK(same_bits(read.arrays.at(0).values, data.arrays[0].values));
}

TEST_CASE("a file that is missing, unreadable or of another kind is named with the reason") {
  const TemporaryFolder folder;
  const std::string missing = (folder / "run.h5").string();
  CHECK(message_of<DataError>([&] { return from_hdf5(missing); }) ==
        missing + ": the file does not exist; check the name and the folder.");
  CHECK_THAT(message_of<FileError>([&] { return from_hdf5(folder.path()); }),
             contains_substring("cannot be read: Is a directory"));
  const OneFile text("year,index\n2020,0.1\n");
  CHECK(text.message() ==
        text.path().string() + ": this is not an HDF5 file; give a result file that splinternet run has written.");
  CHECK_THAT(OneFile("").message(), contains_substring("this is not an HDF5 file"));
}

TEST_CASE("a file that was cut off anywhere is refused") {
  const std::string whole = as_text(to_hdf5(result_dataset()));
  for (const std::size_t size : {std::size_t{8}, std::size_t{60}, whole.size() / 2, whole.size() - 1}) {
    CAPTURE(size);
    CHECK_THAT(OneFile(whole.substr(0, size)).message(), contains_substring("the file is cut off or damaged"));
  }
}

TEST_CASE("a damaged value is found by its checksum, and the dataset is named") {
  std::string bytes = as_text(to_hdf5(result_dataset()));
  hid_t id = -1;
  haddr_t place = 0;
  {
    const OneFile whole(bytes);
    id = H5Fopen(whole.path().c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const hid_t dataset = H5Dopen2(id, "welfare", H5P_DEFAULT);
    hsize_t size = 0;
    unsigned filters_skipped = 0;
    const hsize_t origin[2] = {0, 0};
    REQUIRE(H5Dget_chunk_info_by_coord(dataset, origin, &filters_skipped, &place, &size) >= 0);
    H5Dclose(dataset);
    H5Fclose(id);
  }
  bytes[place + 100] = static_cast<char>(bytes[place + 100] ^ 1);
  const OneFile damaged(bytes);
  CHECK(damaged.message() == damaged.path().string() +
                                 ": dataset \"welfare\": its values do not match their checksum (Fletcher-32): the "
                                 "file is damaged; restore it or run again");
}

TEST_CASE("a value that was changed by another program is read as it stands") {
  const OneFile file = changed_file([](hid_t id) {
    const hid_t dataset = H5Dopen2(id, "lane_km", H5P_DEFAULT);
    const float values[3] = {7, 8, 9};
    REQUIRE(H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    H5Dclose(dataset);
  });
  const LabelledDataset read = from_hdf5(file.path());
  CHECK(std::get<std::vector<float>>(read.find("lane_km")->values) == std::vector<float>{7, 8, 9});
}

TEST_CASE("a text attribute that h5py rewrote, of variable length, is read") {
  const OneFile file = changed_file([](hid_t id) {
    H5Adelete_by_name(id, ".", "title", H5P_DEFAULT);
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t attribute = H5Acreate_by_name(id, ".", "title", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    const char* text = "another title";
    REQUIRE(H5Awrite(attribute, type, &text) >= 0);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
  });
  CHECK(from_hdf5(file.path()).attribute("title") == "another title");
}

TEST_CASE("a file laid out by another program is refused, and the object is named") {
  const auto add_dataset = [](hid_t id, const char* name, hid_t type) {
    const hsize_t size = 3;
    const hid_t space = H5Screate_simple(1, &size, nullptr);
    H5Dclose(H5Dcreate2(id, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(space);
  };
  const OneFile group =
      changed_file([](hid_t id) { H5Gclose(H5Gcreate2(id, "extra", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT)); });
  CHECK_THAT(group.message(), contains_substring("dataset \"extra\": it is a group or a type, not a dataset"));
  const OneFile nameless = changed_file([&](hid_t id) { add_dataset(id, "bare", H5T_IEEE_F64LE); });
  CHECK_THAT(nameless.message(), contains_substring("dataset \"bare\": its dimensions have no names"));
  const OneFile renamed = changed_file([](hid_t id) { H5Adelete_by_name(id, "step", "_Netcdf4Dimid", H5P_DEFAULT); });
  CHECK_THAT(renamed.message(), contains_substring("dataset \"step\": the dimension has no number"));
  const OneFile unlabelled = changed_file([&](hid_t id) {
    H5Ldelete(id, "seed", H5P_DEFAULT);
    const hid_t space = H5Screate(H5S_SCALAR);
    H5Dclose(H5Dcreate2(id, "seed", H5T_STD_U16LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(space);
  });
  CHECK_THAT(unlabelled.message(), contains_substring("dataset \"seed\": its type is none of this format"));
}

TEST_CASE("a file of another program's, without an order of creation, is refused") {
  const TemporaryFolder folder;
  const std::string path = (folder / "other.h5").string();
  const hid_t id = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  H5Gclose(H5Gcreate2(id, "a", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Fclose(id);
  CHECK_THAT(message_of<DataError>([&] { return from_hdf5(path); }),
             contains_substring("the names in the file cannot be read in their order"));
}
