#include "sim/io/hdf5/element_types.hpp"

#include <hdf5.h>

#include "tests/support/catch.hpp"

using namespace splinternet;

TEST_CASE("every type of element is found again from the type in the file, with the count asked for") {
  const ArrayValues alternatives[] = {
      std::vector<float>(3),        std::vector<double>(3),       std::vector<std::int8_t>(3),
      std::vector<std::int32_t>(3), std::vector<std::int64_t>(3), std::vector<std::uint64_t>(3),
      std::vector<Flag>(3),         std::vector<std::string>(3),
  };
  const Hdf5Session session;
  for (const ArrayValues& values : alternatives) {
    CAPTURE(values.index());
    const bool is_flag = std::holds_alternative<std::vector<Flag>>(values);
    const ElementType type = element_type(values);
    const ArrayValues found =
        zeros_of_stored_type(type.in_file.id(), is_flag ? ByteMeaning::kFlag : ByteMeaning::kNumber, 3);
    CHECK(found.index() == values.index());
    CHECK(element_count(found) == 3);
  }
}

TEST_CASE("numbers lie little-endian in files, text with variable length in UTF-8") {
  const Hdf5Session session;
  CHECK(H5Tequal(element_type(std::vector<double>{}).in_file.id(), H5T_IEEE_F64LE) > 0);
  CHECK(H5Tequal(element_type(std::vector<Flag>{}).in_file.id(), H5T_STD_I8LE) > 0);
  CHECK(H5Tequal(element_type(std::vector<std::int64_t>{}).in_memory.id(), H5T_NATIVE_INT64) > 0);
  const ElementType text = element_type(std::vector<std::string>{});
  CHECK(H5Tis_variable_str(text.in_file.id()) > 0);
  CHECK(H5Tget_cset(text.in_file.id()) == H5T_CSET_UTF8);
}

TEST_CASE("a type that the format does not have is refused") {
  const Hdf5Session session;
  for (const hid_t type : {H5T_STD_U8LE, H5T_STD_I16LE, H5T_STD_U32LE, H5T_C_S1, H5T_STD_REF_OBJ}) {
    CHECK_THROWS_AS(zeros_of_stored_type(type, ByteMeaning::kNumber, 1), Hdf5Error);
  }
}
