#include "sim/io/hdf5/element_types.hpp"

#include <hdf5.h>

#include <variant>

namespace splinternet {
namespace {

Hdf5Handle copy_of(hid_t type) {
  return Hdf5Handle(H5Tcopy(type), H5Tclose, "a type cannot be copied");
}

Hdf5Handle text_type() {
  Hdf5Handle type = copy_of(H5T_C_S1);
  hdf5_check(H5Tset_size(type.id(), H5T_VARIABLE), "the text type cannot be made");
  hdf5_check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "the text type cannot be made");
  return type;
}

struct TypeOf {
  ElementType operator()(const std::vector<float>&) const { return numbers(H5T_IEEE_F32LE, H5T_NATIVE_FLOAT); }
  ElementType operator()(const std::vector<double>&) const { return numbers(H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE); }
  ElementType operator()(const std::vector<std::int8_t>&) const { return numbers(H5T_STD_I8LE, H5T_NATIVE_INT8); }
  ElementType operator()(const std::vector<std::int32_t>&) const { return numbers(H5T_STD_I32LE, H5T_NATIVE_INT32); }
  ElementType operator()(const std::vector<std::int64_t>&) const { return numbers(H5T_STD_I64LE, H5T_NATIVE_INT64); }
  ElementType operator()(const std::vector<std::uint64_t>&) const { return numbers(H5T_STD_U64LE, H5T_NATIVE_UINT64); }
  ElementType operator()(const std::vector<Flag>&) const { return numbers(H5T_STD_I8LE, H5T_NATIVE_INT8); }
  ElementType operator()(const std::vector<std::string>&) const { return {text_type(), text_type()}; }

 private:
  static ElementType numbers(hid_t in_file, hid_t in_memory) { return {copy_of(in_file), copy_of(in_memory)}; }
};

}  // namespace

ElementType element_type(const ArrayValues& values) {
  return std::visit(TypeOf{}, values);
}

ArrayValues zeros_of_stored_type(std::int64_t stored_type, ByteMeaning bytes, std::size_t count) {
  const H5T_class_t kind = H5Tget_class(stored_type);
  const std::size_t size = H5Tget_size(stored_type);
  const bool is_signed = kind == H5T_INTEGER && H5Tget_sign(stored_type) == H5T_SGN_2;
  const bool is_unsigned = kind == H5T_INTEGER && !is_signed;
  if (kind == H5T_FLOAT && size == 4) return std::vector<float>(count);
  if (kind == H5T_FLOAT && size == 8) return std::vector<double>(count);
  if (is_signed && size == 1 && bytes == ByteMeaning::kFlag) return std::vector<Flag>(count);
  if (is_signed && size == 1) return std::vector<std::int8_t>(count);
  if (is_signed && size == 4) return std::vector<std::int32_t>(count);
  if (is_signed && size == 8) return std::vector<std::int64_t>(count);
  if (is_unsigned && size == 8) return std::vector<std::uint64_t>(count);
  if (kind == H5T_STRING && H5Tis_variable_str(stored_type) > 0) return std::vector<std::string>(count);
  throw Hdf5Error("its type is none of this format: another program laid this file out");
}

}  // namespace splinternet
