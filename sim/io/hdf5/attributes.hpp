#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/io/hdf5/handle.hpp"

namespace splinternet {

/// Attributes of HDF5 objects; `object` is an open group or dataset. All throw Hdf5Error. Call within an Hdf5Session.

/// Writes text of any length as a fixed-length UTF-8 attribute (which netCDF tools see as text). It must hold no NUL.
void write_text_attribute(std::int64_t object, const std::string& name, std::string_view text);
/// The same in ASCII, as the specification of dimension scales asks for.
void write_ascii_attribute(std::int64_t object, const std::string& name, std::string_view text);
/// Writes one number.
void write_attribute(std::int64_t object, const std::string& name, float value);
void write_attribute(std::int64_t object, const std::string& name, double value);
void write_attribute(std::int64_t object, const std::string& name, std::int32_t value);
/// Writes the numbers 0, 1, …, count − 1 as int8 (at most 128), the values of a flag variable.
void write_flag_values(std::int64_t object, const std::string& name, std::size_t count);

/// The text of a scalar attribute, or nothing if there is none of that name.
std::optional<std::string> read_text_attribute(std::int64_t object, const std::string& name);
/// A scalar integer, or nothing if there is none of that name.
std::optional<std::int32_t> read_integer_attribute(std::int64_t object, const std::string& name);
/// All attributes in the order of their creation; one that is no text is an error.
std::vector<std::pair<std::string, std::string>> read_text_attributes(std::int64_t object);

}  // namespace splinternet
