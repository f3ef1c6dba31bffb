#include "sim/io/hdf5/attributes.hpp"

#include <hdf5.h>

#include <numeric>

namespace splinternet {
namespace {

std::string tried_to(const char* verb, const std::string& name) {
  return std::string("attribute \"") + name + "\" cannot be " + verb;
}

void write_array(std::int64_t object, const std::string& name, hid_t file_type, hid_t memory_type,
                 const Hdf5Handle& space, const void* values) {
  const Hdf5Handle attribute(H5Acreate2(object, name.c_str(), file_type, space.id(), H5P_DEFAULT, H5P_DEFAULT),
                             H5Aclose, tried_to("created", name));
  hdf5_check(H5Awrite(attribute.id(), memory_type, values), tried_to("written", name));
}

Hdf5Handle scalar_space() {
  return Hdf5Handle(H5Screate(H5S_SCALAR), H5Sclose, "a scalar dataspace cannot be created");
}

Hdf5Handle string_type(std::size_t size, H5T_cset_t characters) {
  Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "the text type cannot be copied");
  hdf5_check(H5Tset_size(type.id(), size), "the size of a text cannot be set");
  hdf5_check(H5Tset_cset(type.id(), characters), "the character set cannot be set");
  return type;
}

void write_string(std::int64_t object, const std::string& name, std::string_view text, H5T_cset_t characters) {
  SPLINTERNET_CHECK(text.find('\0') == std::string_view::npos, name);
  const std::string terminated(text);
  const Hdf5Handle type = string_type(terminated.size() + 1, characters);
  write_array(object, name, type.id(), type.id(), scalar_space(), terminated.c_str());
}

std::string read_string(const Hdf5Handle& attribute, const std::string& name) {
  const Hdf5Handle type(H5Aget_type(attribute.id()), H5Tclose, tried_to("read", name));
  const Hdf5Handle space(H5Aget_space(attribute.id()), H5Sclose, tried_to("read", name));
  if (H5Tget_class(type.id()) != H5T_STRING || H5Sget_simple_extent_npoints(space.id()) != 1) {
    throw Hdf5Error("attribute \"" + name + "\" is not one text: another program laid this file out");
  }
  if (hdf5_check(H5Tis_variable_str(type.id()), tried_to("read", name)) == 0) {
    std::string text(H5Tget_size(type.id()) + 1, '\0');
    hdf5_check(H5Aread(attribute.id(), type.id(), text.data()), tried_to("read", name));
    return std::string(text.c_str());
  }
  // Variable length is what h5py writes when someone edits an attribute.
  char* held = nullptr;
  hdf5_check(H5Aread(attribute.id(), type.id(), static_cast<void*>(&held)), tried_to("read", name));
  std::string text = held == nullptr ? "" : held;
  H5free_memory(held);
  return text;
}

std::optional<Hdf5Handle> open_if_present(std::int64_t object, const std::string& name) {
  if (hdf5_check(H5Aexists(object, name.c_str()), tried_to("sought", name)) == 0) return std::nullopt;
  return Hdf5Handle(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, tried_to("opened", name));
}

}  // namespace

void write_text_attribute(std::int64_t object, const std::string& name, std::string_view text) {
  write_string(object, name, text, H5T_CSET_UTF8);
}

void write_ascii_attribute(std::int64_t object, const std::string& name, std::string_view text) {
  write_string(object, name, text, H5T_CSET_ASCII);
}

void write_attribute(std::int64_t object, const std::string& name, float value) {
  write_array(object, name, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, scalar_space(), &value);
}

void write_attribute(std::int64_t object, const std::string& name, double value) {
  write_array(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, scalar_space(), &value);
}

void write_attribute(std::int64_t object, const std::string& name, std::int32_t value) {
  write_array(object, name, H5T_STD_I32LE, H5T_NATIVE_INT32, scalar_space(), &value);
}

void write_flag_values(std::int64_t object, const std::string& name, std::size_t count) {
  SPLINTERNET_CHECK(count >= 1 && count <= 128, name, count);
  std::vector<std::int8_t> values(count);
  std::iota(values.begin(), values.end(), std::int8_t{0});
  const hsize_t size = count;
  const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, tried_to("shaped", name));
  write_array(object, name, H5T_STD_I8LE, H5T_NATIVE_INT8, space, values.data());
}

std::optional<std::string> read_text_attribute(std::int64_t object, const std::string& name) {
  const std::optional<Hdf5Handle> attribute = open_if_present(object, name);
  if (!attribute) return std::nullopt;
  return read_string(*attribute, name);
}

std::optional<std::int32_t> read_integer_attribute(std::int64_t object, const std::string& name) {
  const std::optional<Hdf5Handle> attribute = open_if_present(object, name);
  if (!attribute) return std::nullopt;
  const Hdf5Handle space(H5Aget_space(attribute->id()), H5Sclose, tried_to("read", name));
  if (H5Sget_simple_extent_npoints(space.id()) != 1) throw Hdf5Error("attribute \"" + name + "\" is not one number");
  std::int32_t value = 0;
  hdf5_check(H5Aread(attribute->id(), H5T_NATIVE_INT32, &value), tried_to("read", name));
  return value;
}

std::vector<std::pair<std::string, std::string>> read_text_attributes(std::int64_t object) {
  std::vector<std::pair<std::string, std::string>> attributes;
  const int count = hdf5_check(H5Aget_num_attrs(object), "the attributes cannot be counted");
  for (hsize_t i = 0; i < static_cast<hsize_t>(count); ++i) {
    const Hdf5Handle attribute(
        H5Aopen_by_idx(object, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
        "the attributes cannot be read in their order");
    const auto length = hdf5_check(H5Aget_name(attribute.id(), 0, nullptr), "the name of an attribute cannot be read");
    std::string name(static_cast<std::size_t>(length), '\0');
    hdf5_check(H5Aget_name(attribute.id(), name.size() + 1, name.data()), "the name of an attribute cannot be read");
    std::string text = read_string(attribute, name);
    attributes.emplace_back(std::move(name), std::move(text));
  }
  return attributes;
}

}  // namespace splinternet
