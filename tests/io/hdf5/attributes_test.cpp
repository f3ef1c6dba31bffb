#include "sim/io/hdf5/attributes.hpp"

#include <hdf5.h>

#include <cmath>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/io/hdf5/memory_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// The root group of a file in memory.
class Root {
 public:
  Root() : group_(H5Gopen2(file_.id(), "/", H5P_DEFAULT), H5Gclose, "the root") {}
  [[nodiscard]] hid_t id() const { return group_.id(); }

 private:
  Hdf5Session session_;
  MemoryFile file_;
  Hdf5Handle group_;
};

}  // namespace

TEST_CASE("text of any length and language comes back, in the order of writing") {
  const Root root;
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"z", "Côte d'Ivoire"}, {"a", ""}, {"long", std::string(200'000, 'x')}, {"東京", "city"}};
  for (const auto& [name, text] : texts) write_text_attribute(root.id(), name, text);
  CHECK(read_text_attributes(root.id()) == texts);
  CHECK(read_text_attribute(root.id(), "z") == "Côte d'Ivoire");
  CHECK(read_text_attribute(root.id(), "a") == "");
}

TEST_CASE("an attribute that is not there is nothing, not an error") {
  const Root root;
  CHECK(read_text_attribute(root.id(), "none") == std::nullopt);
  CHECK(read_integer_attribute(root.id(), "none") == std::nullopt);
}

TEST_CASE("numbers are stored with their own type") {
  const Root root;
  write_attribute(root.id(), "integer", std::int32_t{-7});
  write_attribute(root.id(), "float", std::numeric_limits<float>::quiet_NaN());
  write_attribute(root.id(), "double", 0.1);
  CHECK(read_integer_attribute(root.id(), "integer") == -7);
  const Hdf5Handle single(H5Aopen(root.id(), "float", H5P_DEFAULT), H5Aclose, "float");
  float missing = 0;
  H5Aread(single.id(), H5T_NATIVE_FLOAT, &missing);
  CHECK(std::isnan(missing));
  CHECK(H5Aget_storage_size(single.id()) == 4);
  const Hdf5Handle real(H5Aopen(root.id(), "double", H5P_DEFAULT), H5Aclose, "double");
  double tenth = 0;
  H5Aread(real.id(), H5T_NATIVE_DOUBLE, &tenth);
  CHECK(tenth == 0.1);
}

TEST_CASE("flag values count from 0 and fit int8") {
  const Root root;
  write_flag_values(root.id(), "flags", 128);
  const Hdf5Handle flags(H5Aopen(root.id(), "flags", H5P_DEFAULT), H5Aclose, "flags");
  std::vector<std::int8_t> values(128);
  H5Aread(flags.id(), H5T_NATIVE_INT8, values.data());
  for (std::size_t i = 0; i < values.size(); ++i) REQUIRE(values[i] == static_cast<std::int8_t>(i));
  CHECK_THROWS_AS(write_flag_values(root.id(), "none", 0), InternalError);
  CHECK_THROWS_AS(write_flag_values(root.id(), "many", 129), InternalError);
}

TEST_CASE("the wrong kind of attribute is named") {
  const Root root;
  write_attribute(root.id(), "number", 1.0);
  CHECK_THAT(message_of<Hdf5Error>([&] { return read_text_attributes(root.id()); }),
             contains_substring("attribute \"number\" is not one text"));
  write_flag_values(root.id(), "flags", 3);
  CHECK_THAT(message_of<Hdf5Error>([&] { return read_integer_attribute(root.id(), "flags"); }),
             contains_substring("attribute \"flags\" is not one number"));
  CHECK_THAT(message_of<Hdf5Error>([&] { write_text_attribute(root.id(), "number", "again"); }),
             contains_substring("attribute \"number\" cannot be created"));
  CHECK_THROWS_AS(write_ascii_attribute(root.id(), "nul", std::string_view("a\0b", 3)), InternalError);
}
