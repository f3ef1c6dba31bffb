#include "sim/io/hdf5/dimension_scales.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include "sim/io/hdf5/memory_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// A file in memory with the scales "step" (2) and "country" (3, without labels) and the array "x" over both.
class Scaled {
 public:
  Scaled() : step_(dataset("step", {2})), country_(dataset("country", {3})), array_(dataset("x", {2, 3})) {
    make_scale(step(), "step", 2, {1, ScaleRole::kCoordinate});
    make_scale(country(), "country", 3, {0, ScaleRole::kDimensionOnly});
    write_axes(array(), std::vector<std::int64_t>{step(), country()});
    write_uses(step(), std::vector<ScaleUse>{{array(), 0}});
    write_uses(country(), std::vector<ScaleUse>{{array(), 1}});
  }
  [[nodiscard]] hid_t step() const { return step_.id(); }
  [[nodiscard]] hid_t country() const { return country_.id(); }
  [[nodiscard]] hid_t array() const { return array_.id(); }

 private:
  Hdf5Handle dataset(const char* name, const std::vector<hsize_t>& shape) {
    const Hdf5Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose, name);
    return Hdf5Handle(H5Dcreate2(file_.id(), name, H5T_IEEE_F32LE, space.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                      H5Dclose, name);
  }

  Hdf5Session session_;
  MemoryFile file_;
  Hdf5Handle step_;
  Hdf5Handle country_;
  Hdf5Handle array_;
};

}  // namespace

TEST_CASE("the axes of an array are found by the names of their scales") {
  const Scaled file;
  CHECK(read_axes(file.array(), 2) == std::vector<std::string>{"step", "country"});
  CHECK_THROWS_AS(read_axes(file.array(), 3), Hdf5Error);
}

TEST_CASE("scales tell their number, and whether they hold labels") {
  const Scaled file;
  const std::optional<DimensionScale> step = read_scale(file.step());
  REQUIRE(step.has_value());
  CHECK(step->number == 1);
  CHECK(step->role == ScaleRole::kCoordinate);
  const std::optional<DimensionScale> country = read_scale(file.country());
  REQUIRE(country.has_value());
  CHECK(country->number == 0);
  CHECK(country->role == ScaleRole::kDimensionOnly);
  CHECK_FALSE(read_scale(file.array()).has_value());
}

TEST_CASE("HDF5's own dimension scale library understands what was written") {
  const Scaled file;
  CHECK(H5DSis_scale(file.step()) > 0);
  CHECK(H5DSis_scale(file.array()) == 0);
  CHECK(H5DSget_num_scales(file.array(), 0) == 1);
  CHECK(H5DSis_attached(file.array(), file.step(), 0) > 0);
  CHECK(H5DSis_attached(file.array(), file.country(), 1) > 0);
  CHECK(H5DSis_attached(file.array(), file.step(), 1) == 0);
  char name[16] = {};
  CHECK(H5DSget_scale_name(file.step(), name, sizeof name) == 4);
  CHECK(std::string(name) == "step");
}

TEST_CASE("an array without named dimensions is refused") {
  const Scaled file;
  CHECK_THAT(message_of<Hdf5Error>([&] { return read_axes(file.country(), 1); }),
             contains_substring("its dimensions have no names"));
}
