#include <hdf5.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "sim/core/check.hpp"
#include "sim/io/hdf5/attributes.hpp"
#include "sim/io/hdf5/chunk_shape.hpp"
#include "sim/io/hdf5/dimension_scales.hpp"
#include "sim/io/hdf5/element_types.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/io/hdf5/handle.hpp"
#include "sim/io/hdf5/memory_file.hpp"

namespace splinternet {
namespace {

/// Below this many elements compression and a checksum cost more bytes than they save.
constexpr std::size_t kLeastCompressed = 64;

using Shape = std::vector<hsize_t>;

bool is_coordinate(const LabelledArray& array) {
  return array.dims.size() == 1 && array.dims[0] == array.name;
}

bool is_text(const ArrayValues& values) {
  return std::holds_alternative<std::vector<std::string>>(values);
}

bool is_dimension(const LabelledDataset& dataset, std::string_view name) {
  return std::any_of(dataset.dims.begin(), dataset.dims.end(), [&](const auto& dim) { return dim.first == name; });
}

void check_name(const std::string& name, std::set<std::string>& taken) {
  SPLINTERNET_CHECK(!name.empty() && name != "." && name.find_first_of(std::string_view("/\0", 2)) == name.npos, name);
  SPLINTERNET_CHECK(taken.insert(name).second, name, "stands twice");
}

void check_array(const LabelledDataset& dataset, const LabelledArray& array) {
  SPLINTERNET_CHECK(is_coordinate(array) || !is_dimension(dataset, array.name), array.name,
                    "has the name of a dimension but is not its coordinate");
  if (const auto* texts = std::get_if<std::vector<std::string>>(&array.values)) {
    for (const std::string& text : *texts) SPLINTERNET_CHECK(text.find('\0') == text.npos, array.name, text);
  }
  if (array.flag_meanings.empty()) return;
  SPLINTERNET_CHECK(std::holds_alternative<std::vector<std::int8_t>>(array.values), array.name);
  for (const std::string& word : array.flag_meanings) {
    SPLINTERNET_CHECK(!word.empty() && word.find(' ') == word.npos, array.name, word);
  }
}

void check_writable(const LabelledDataset& dataset) {
  check_shapes(dataset);
  std::set<std::string> dims;
  for (const auto& [name, size] : dataset.dims) check_name(name, dims);
  std::set<std::string> arrays;
  for (const LabelledArray& array : dataset.arrays) {
    check_name(array.name, arrays);
    check_array(dataset, array);
  }
  std::set<std::string> attributes;
  for (const auto& [name, text] : dataset.attributes) check_name(name, attributes);
}

Hdf5Handle dataset_properties() {
  Hdf5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "a property list cannot be created");
  const char* const tried = "the properties of a dataset cannot be set";
  hdf5_check(H5Pset_obj_track_times(properties.id(), false), tried);
  hdf5_check(H5Pset_attr_creation_order(properties.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), tried);
  return properties;
}

void compress(const Hdf5Handle& properties, const Shape& shape, std::size_t element_size) {
  const std::vector<std::size_t> chunk =
      chunk_shape(std::vector<std::size_t>(shape.begin(), shape.end()), element_size);
  const Shape extent(chunk.begin(), chunk.end());
  const char* const tried = "compression cannot be set";
  hdf5_check(H5Pset_chunk(properties.id(), static_cast<int>(extent.size()), extent.data()), tried);
  hdf5_check(H5Pset_deflate(properties.id(), 1), tried);
  hdf5_check(H5Pset_fletcher32(properties.id()), tried);
}

Hdf5Handle dataspace(const Shape& shape) {
  const char* const tried = "a dataspace cannot be created";
  if (shape.empty()) return Hdf5Handle(H5Screate(H5S_SCALAR), H5Sclose, tried);
  return Hdf5Handle(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose, tried);
}

/// Sets NaN as the value of what was never written, also as the attribute that netCDF readers look for. Coordinates
/// have none: the CF conventions do not allow a missing label.
template <class Real>
void set_fill(const Hdf5Handle& properties, hid_t type) {
  const Real missing = std::numeric_limits<Real>::quiet_NaN();
  hdf5_check(H5Pset_fill_value(properties.id(), type, &missing), "the fill value cannot be set");
}

void set_fill(const Hdf5Handle& properties, const LabelledArray& array) {
  if (is_coordinate(array)) return;
  if (std::holds_alternative<std::vector<float>>(array.values)) set_fill<float>(properties, H5T_NATIVE_FLOAT);
  if (std::holds_alternative<std::vector<double>>(array.values)) set_fill<double>(properties, H5T_NATIVE_DOUBLE);
}

void write_values(const Hdf5Handle& dataset, const LabelledArray& array, const Hdf5Handle& type) {
  const std::string tried = "the values of \"" + array.name + "\" cannot be written";
  const auto write = [&](const void* values) {
    hdf5_check(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values), tried);
  };
  if (element_count(array.values) == 0) return;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&array.values)) {
    std::vector<const char*> pointers;
    for (const std::string& text : *texts) pointers.push_back(text.c_str());
    return write(pointers.data());
  }
  std::visit([&](const auto& values) { write(values.data()); }, array.values);
}

void describe(const Hdf5Handle& dataset, const LabelledArray& array) {
  if (!is_coordinate(array)) {
    if (std::holds_alternative<std::vector<float>>(array.values)) {
      write_attribute(dataset.id(), "_FillValue", std::numeric_limits<float>::quiet_NaN());
    }
    if (std::holds_alternative<std::vector<double>>(array.values)) {
      write_attribute(dataset.id(), "_FillValue", std::numeric_limits<double>::quiet_NaN());
    }
  }
  if (!array.units.empty()) write_text_attribute(dataset.id(), "units", array.units);
  if (!array.long_name.empty()) write_text_attribute(dataset.id(), "long_name", array.long_name);
  if (std::holds_alternative<std::vector<Flag>>(array.values)) write_text_attribute(dataset.id(), "dtype", "bool");
  if (array.flag_meanings.empty()) return;
  std::string words;
  for (const std::string& word : array.flag_meanings) words += (words.empty() ? "" : " ") + word;
  write_flag_values(dataset.id(), "flag_values", array.flag_meanings.size());
  write_text_attribute(dataset.id(), "flag_meanings", words);
}

/// Writes one dataset after the other; the dimension scales tie them together at the end.
class Writer {
 public:
  explicit Writer(const LabelledDataset& dataset) : dataset_(dataset) {}

  std::vector<std::byte> write() {
    for (const auto& [name, text] : dataset_.attributes) write_text_attribute(file_.id(), name, text);
    for (std::size_t dim = 0; dim < dataset_.dims.size(); ++dim) write_dimension_without_labels(dim);
    for (const LabelledArray& array : dataset_.arrays) write_array(array);
    tie_dimensions();
    written_.clear();
    return std::move(file_).take_bytes();
  }

 private:
  struct Written {
    std::string name;
    std::vector<std::string> dims;
    Hdf5Handle handle;
  };

  [[nodiscard]] std::int32_t number_of(const std::string& dim) const {
    const auto place =
        std::find_if(dataset_.dims.begin(), dataset_.dims.end(), [&](const auto& known) { return known.first == dim; });
    return static_cast<std::int32_t>(place - dataset_.dims.begin());
  }

  Hdf5Handle create(const std::string& name, hid_t type, const Shape& shape, const Hdf5Handle& properties) {
    return Hdf5Handle(
        H5Dcreate2(file_.id(), name.c_str(), type, dataspace(shape).id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
        H5Dclose, "dataset \"" + name + "\" cannot be created");
  }

  void write_dimension_without_labels(std::size_t dim) {
    const auto& [name, size] = dataset_.dims[dim];
    if (dataset_.find(name) != nullptr) return;
    Hdf5Handle handle = create(name, H5T_IEEE_F32LE, {size}, dataset_properties());
    make_scale(handle.id(), name, size, {static_cast<std::int32_t>(dim), ScaleRole::kDimensionOnly});
    written_.push_back({name, {name}, std::move(handle)});
  }

  void write_array(const LabelledArray& array) {
    Shape shape;
    for (const std::string& dim : array.dims) shape.push_back(dataset_.size(dim));
    const ElementType type = element_type(array.values);
    const Hdf5Handle properties = dataset_properties();
    if (!is_text(array.values) && !shape.empty() && element_count(array.values) >= kLeastCompressed) {
      compress(properties, shape, H5Tget_size(type.in_file.id()));
    }
    set_fill(properties, array);
    Hdf5Handle handle = create(array.name, type.in_file.id(), shape, properties);
    write_values(handle, array, type.in_memory);
    if (is_coordinate(array)) {
      make_scale(handle.id(), array.name, shape[0], {number_of(array.name), ScaleRole::kCoordinate});
    }
    describe(handle, array);
    written_.push_back({array.name, array.dims, std::move(handle)});
  }

  [[nodiscard]] std::int64_t scale_of(const std::string& dim) const {
    return std::find_if(written_.begin(), written_.end(), [&](const Written& one) { return one.name == dim; })
        ->handle.id();
  }

  void tie_dimensions() {
    std::vector<std::vector<ScaleUse>> uses(dataset_.dims.size());
    for (const Written& one : written_) {
      if (one.dims.empty() || is_dimension(dataset_, one.name)) continue;
      std::vector<std::int64_t> scales;
      for (std::size_t axis = 0; axis < one.dims.size(); ++axis) {
        scales.push_back(scale_of(one.dims[axis]));
        uses[static_cast<std::size_t>(number_of(one.dims[axis]))].push_back({one.handle.id(), axis});
      }
      write_axes(one.handle.id(), scales);
    }
    for (std::size_t dim = 0; dim < uses.size(); ++dim) {
      if (!uses[dim].empty()) write_uses(scale_of(dataset_.dims[dim].first), uses[dim]);
    }
  }

  const LabelledDataset& dataset_;
  MemoryFile file_;
  std::vector<Written> written_;
};

}  // namespace

std::vector<std::byte> to_hdf5(const LabelledDataset& dataset) {
  check_writable(dataset);
  const Hdf5Session session;
  try {
    return Writer(dataset).write();
  } catch (const Hdf5Error& error) {
    throw InternalError(std::string("HDF5 refused to build a file in memory: ") + error.what());
  }
}

}  // namespace splinternet
