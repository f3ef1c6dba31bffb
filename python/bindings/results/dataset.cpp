#include <pybind11/stl.h>

#include <string>
#include <type_traits>

#include "python/bindings/arrays.hpp"
#include "python/bindings/topics.hpp"
#include "sim/engine/labelled_dataset.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/study/output_path.hpp"
#include "sim/study/result_file.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

template <class T>
py::object values_as_array(std::vector<T> values, const std::vector<py::ssize_t>& shape) {
  if constexpr (std::is_same_v<T, std::string>) {
    return py::module_::import("numpy").attr("array")(py::cast(values), py::str("object")).attr("reshape")(shape);
  } else if constexpr (std::is_same_v<T, Flag>) {
    std::vector<std::int8_t> plain;
    for (const Flag flag : values) plain.push_back(flag.value);
    return to_array(std::move(plain), shape).attr("astype")("bool");
  } else {
    return to_array(std::move(values), shape);
  }
}

py::dict array_as_dict(const LabelledDataset& dataset, const LabelledArray& array) {
  std::vector<py::ssize_t> shape;
  for (const std::string& dim : array.dims) shape.push_back(static_cast<py::ssize_t>(dataset.size(dim)));
  py::dict entry;
  entry["dims"] = py::tuple(py::cast(array.dims));
  entry["values"] = std::visit([&](const auto& values) { return values_as_array(values, shape); }, array.values);
  entry["units"] = array.units;
  entry["long_name"] = array.long_name;
  entry["flag_meanings"] = array.flag_meanings;
  return entry;
}

void write(const LabelledDataset& dataset, const std::string& path) {
  check_writable(path);
  const ParentFolders folders(path);
  write_atomically(path, to_hdf5(dataset));
}

}  // namespace

void bind_dataset(py::module_& module) {
  py::class_<LabelledDataset, std::shared_ptr<LabelledDataset>>(
      module, "LabelledDataset", "Named arrays over named dimensions: what a run gathers and a file holds.")
      .def_property_readonly(
          "attributes", [](const LabelledDataset& dataset) { return dataset.attributes; },
          "Pairs of name and text, in the order of the file.")
      .def_property_readonly("dims", [](const LabelledDataset& dataset) { return dataset.dims; })
      .def_property_readonly(
          "names",
          [](const LabelledDataset& dataset) {
            std::vector<std::string> names;
            for (const LabelledArray& array : dataset.arrays) names.push_back(array.name);
            return names;
          })
      .def(
          "array",
          [](const LabelledDataset& dataset, const std::string& name) {
            const LabelledArray* array = dataset.find(name);
            if (array == nullptr) throw DataError("the result holds no array \"" + name + "\"");
            return array_as_dict(dataset, *array);
          },
          py::arg("name"), "Dims, values (a copy as a NumPy array), units, long_name and flag_meanings.")
      .def("write", &write, py::arg("path"), py::call_guard<py::gil_scoped_release>(),
           "Write the HDF5 file; either the whole file is there afterwards or the old one.");
  module.def(
      "read_result", [](const std::string& path) { return std::make_shared<LabelledDataset>(read_result(path)); },
      py::arg("path"), py::call_guard<py::gil_scoped_release>(), "Read a result file, all values to the bit.");
}

}  // namespace splinternet::python
