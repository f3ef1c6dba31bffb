#include <hdf5.h>

#include <cmath>
#include <cstring>
#include <thread>

#include "sim/core/check.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/result_dataset.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// A written file, looked at through HDF5's own interface.
class WrittenFile {
 public:
  WrittenFile() {
    const std::vector<std::byte> bytes = to_hdf5(result_dataset());
    write_file(folder_ / "run.h5", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    id_ = H5Fopen((folder_ / "run.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    REQUIRE(id_ >= 0);
  }
  WrittenFile(const WrittenFile&) = delete;
  WrittenFile& operator=(const WrittenFile&) = delete;
  ~WrittenFile() { H5Fclose(id_); }
  [[nodiscard]] hid_t id() const { return id_; }

  /// The text of a fixed-length attribute, "(none)" if there is none.
  [[nodiscard]] std::string text(const char* dataset, const char* name) const {
    if (H5Aexists_by_name(id_, dataset, name, H5P_DEFAULT) <= 0) return "(none)";
    const hid_t attribute = H5Aopen_by_name(id_, dataset, name, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t type = H5Aget_type(attribute);
    REQUIRE(H5Tis_variable_str(type) == 0);
    std::string value(H5Tget_size(type), '\0');
    H5Aread(attribute, type, value.data());
    H5Tclose(type);
    H5Aclose(attribute);
    return value.c_str();
  }

  /// Creation properties of a dataset.
  template <class Look>
  void look_at(const char* dataset, Look&& look) const {
    const hid_t opened = H5Dopen2(id_, dataset, H5P_DEFAULT);
    REQUIRE(opened >= 0);
    const hid_t properties = H5Dget_create_plist(opened);
    look(opened, properties);
    H5Pclose(properties);
    H5Dclose(opened);
  }

 private:
  TemporaryFolder folder_;
  hid_t id_ = -1;
};

}  // namespace

TEST_CASE("equal datasets give equal bytes, whichever thread and heap they are built in") {
  const std::vector<std::byte> first = to_hdf5(result_dataset());
  std::vector<std::vector<std::byte>> others(4);
  std::vector<std::thread> threads;
  for (std::vector<std::byte>& bytes : others) {
    threads.emplace_back([&bytes] {
      // Dirty memory of many sizes, which HDF5 then gets for its own structures.
      for (std::size_t size = 8; size < 20'000; size += 56) {
        volatile unsigned char* const dirt = new unsigned char[size];
        for (std::size_t i = 0; i < size; ++i) dirt[i] = 0xA5;
        delete[] dirt;
      }
      bytes = to_hdf5(result_dataset());
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::vector<std::byte>& bytes : others) CHECK(bytes == first);
}

TEST_CASE("another value gives other bytes") {
  LabelledDataset changed = result_dataset();
  std::get<std::vector<double>>(changed.arrays[0].values)[5] += 1;
  CHECK(to_hdf5(changed) != to_hdf5(result_dataset()));
}

TEST_CASE("names stand in the order of dimensions without labels, then of arrays") {
  const WrittenFile file;
  std::vector<std::string> names;
  H5G_info_t info;
  REQUIRE(H5Gget_info(file.id(), &info) >= 0);
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    char name[64];
    H5Lget_name_by_idx(file.id(), ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name, sizeof name, H5P_DEFAULT);
    names.push_back(name);
  }
  std::vector<std::string> expected{"lane", "nothing"};
  for (const LabelledArray& array : result_dataset().arrays) expected.push_back(array.name);
  CHECK(names == expected);
}

TEST_CASE("dimensions are dimension scales as netCDF writes them") {
  const WrittenFile file;
  CHECK(file.text("country", "CLASS") == "DIMENSION_SCALE");
  CHECK(file.text("country", "NAME") == "country");
  CHECK(file.text("lane", "NAME") == "This is a netCDF dimension but not a netCDF variable.         3");
  CHECK(file.text("welfare", "CLASS") == "(none)");
  CHECK(H5Aexists_by_name(file.id(), "welfare", "DIMENSION_LIST", H5P_DEFAULT) > 0);
  CHECK(H5Aexists_by_name(file.id(), "country", "REFERENCE_LIST", H5P_DEFAULT) > 0);
  CHECK(H5Aexists_by_name(file.id(), "nothing", "REFERENCE_LIST", H5P_DEFAULT) > 0);
}

TEST_CASE("units, meanings and truth values are attributes, and empty ones are left out") {
  const WrittenFile file;
  CHECK(file.text("welfare", "units") == "pp");
  CHECK(file.text("welfare", "long_name") == "change of welfare");
  CHECK(file.text("country", "units") == "(none)");
  CHECK(file.text("member", "dtype") == "bool");
  CHECK(file.text("status", "dtype") == "(none)");
  CHECK(file.text("status", "flag_meanings") == "ok failed timeout");
  std::int8_t values[3] = {};
  const hid_t attribute = H5Aopen_by_name(file.id(), "status", "flag_values", H5P_DEFAULT, H5P_DEFAULT);
  H5Aread(attribute, H5T_NATIVE_INT8, values);
  H5Aclose(attribute);
  CHECK((values[0] == 0 && values[1] == 1 && values[2] == 2));
}

TEST_CASE("arrays of 64 elements or more are deflated with checksums and never shuffled, smaller ones are plain") {
  const WrittenFile file;
  for (const char* name : {"welfare", "reach", "member"}) {
    file.look_at(name, [](hid_t, hid_t properties) {
      unsigned flags = 0;
      std::size_t count = 1;
      unsigned level = 0;
      REQUIRE(H5Pget_nfilters(properties) == 2);
      CHECK(H5Pget_filter2(properties, 0, &flags, &count, &level, 0, nullptr, nullptr) == H5Z_FILTER_DEFLATE);
      CHECK(level == 1);
      CHECK(H5Pget_filter2(properties, 1, &flags, &count, &level, 0, nullptr, nullptr) == H5Z_FILTER_FLETCHER32);
    });
  }
  for (const char* name : {"status", "lane_km", "country", "seed"}) {
    file.look_at(name, [](hid_t, hid_t properties) { CHECK(H5Pget_nfilters(properties) == 0); });
  }
}

TEST_CASE("missing reals are NaN both as fill value and as _FillValue") {
  const WrittenFile file;
  file.look_at("welfare", [](hid_t dataset, hid_t properties) {
    double fill = 0;
    H5Pget_fill_value(properties, H5T_NATIVE_DOUBLE, &fill);
    CHECK(std::isnan(fill));
    double attribute_value = 0;
    const hid_t attribute = H5Aopen(dataset, "_FillValue", H5P_DEFAULT);
    H5Aread(attribute, H5T_NATIVE_DOUBLE, &attribute_value);
    H5Aclose(attribute);
    CHECK(std::isnan(attribute_value));
  });
  CHECK(H5Aexists_by_name(file.id(), "reach", "_FillValue", H5P_DEFAULT) > 0);
  CHECK(H5Aexists_by_name(file.id(), "status", "_FillValue", H5P_DEFAULT) == 0);
}

TEST_CASE("labels are UTF-8 text of variable length") {
  const WrittenFile file;
  file.look_at("country", [](hid_t dataset, hid_t) {
    const hid_t type = H5Dget_type(dataset);
    CHECK(H5Tis_variable_str(type) > 0);
    CHECK(H5Tget_cset(type) == H5T_CSET_UTF8);
    H5Tclose(type);
  });
}

TEST_CASE("what a file cannot hold is refused as our own mistake") {
  const auto refused = [](auto&& spoil) {
    LabelledDataset data = result_dataset();
    spoil(data);
    CHECK_THROWS_AS(to_hdf5(data), InternalError);
  };
  refused([](LabelledDataset& data) { data.dims[0].second += 1; });
  refused([](LabelledDataset& data) { data.arrays[0].name = "reach"; });
  refused([](LabelledDataset& data) { data.arrays[0].name = "a/b"; });
  refused([](LabelledDataset& data) { data.arrays[0].name = "lane"; });
  refused([](LabelledDataset& data) { data.dims[4].first = "step"; });
  refused([](LabelledDataset& data) { data.attributes[1].first = "title"; });
  refused([](LabelledDataset& data) { data.attributes[1].second = std::string("a\0b", 3); });
  refused([](LabelledDataset& data) { data.arrays[0].units = std::string("a\0b", 3); });
  refused([](LabelledDataset& data) {
    std::get<std::vector<std::string>>(data.arrays[1].values)[0] = std::string("a\0b", 3);
  });
  refused([](LabelledDataset& data) { data.arrays[0].flag_meanings = {"yes", "no"}; });
  refused([](LabelledDataset& data) { data.arrays[5].flag_meanings[0] = "two words"; });
}
