#include <hdf5.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/core/split_words.hpp"
#include "sim/io/hdf5/attributes.hpp"
#include "sim/io/hdf5/dimension_scales.hpp"
#include "sim/io/hdf5/element_types.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/io/hdf5/handle.hpp"
#include "sim/io/hdf5/trial.hpp"

namespace splinternet {
namespace {

/// Throws unless the file can be read and begins as HDF5 files do; HDF5's own message would tell less.
void check_signature(const std::filesystem::path& path) {
  errno = 0;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file && errno == ENOENT) {
    throw DataError(path.string() + ": the file does not exist; check the name and the folder." +
                    nearest_file(path.string()));
  }
  std::array<char, 8> start{};
  if (file) static_cast<void>(std::fread(start.data(), 1, start.size(), file.get()));
  if (!file || std::ferror(file.get()) != 0) {
    throw FileError(path.string() + ": cannot be read: " + std::strerror(errno) + "; a result file is needed here.");
  }
  if (std::string_view(start.data(), start.size()) != "\x89HDF\r\n\x1a\n") {
    throw DataError(path.string() + ": this is not an HDF5 file; give a result file that splinternet run has written.");
  }
}

Hdf5Handle open_file(const std::filesystem::path& path) {
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "a property list cannot be created");
  // Result files are replaced as a whole and never changed, so no lock is needed; some cluster file systems have none.
  hdf5_check(H5Pset_file_locking(access.id(), false, true), "file locking cannot be switched off");
  return Hdf5Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose,
                    "the file is cut off or damaged; restore it or run again");
}

std::vector<std::string> names_of_links(const Hdf5Handle& file) {
  const char* const tried = "the names in the file cannot be read in their order";
  H5G_info_t info;
  hdf5_check(H5Gget_info(file.id(), &info), tried);
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const auto name_by_place = [&](char* text, std::size_t size) {
      return hdf5_check(H5Lget_name_by_idx(file.id(), ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, text, size, H5P_DEFAULT),
                        tried);
    };
    std::string name(static_cast<std::size_t>(name_by_place(nullptr, 0)), '\0');
    name_by_place(name.data(), name.size() + 1);
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<hsize_t> shape_of(const Hdf5Handle& space) {
  const int rank = hdf5_check(H5Sget_simple_extent_ndims(space.id()), "its shape cannot be read");
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  hdf5_check(H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr), "its shape cannot be read");
  return shape;
}

[[noreturn]] void fail_values() {
  try {
    fail_hdf5("its values cannot be read");
  } catch (const Hdf5Error& error) {
    if (std::string_view(error.what()).find("letcher32") == std::string_view::npos) throw;
    throw Hdf5Error(
        "its values do not match their checksum (Fletcher-32): the file is damaged; restore it or run again");
  }
}

void read_numbers(const Hdf5Handle& dataset, const Hdf5Handle& type, void* values) {
  if (H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) fail_values();
}

void read_texts(const Hdf5Handle& dataset, const Hdf5Handle& type, const Hdf5Handle& space,
                std::vector<std::string>& texts) {
  std::vector<char*> held(texts.size(), nullptr);
  const herr_t status = H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, held.data());
  for (std::size_t i = 0; i < held.size(); ++i) texts[i] = held[i] == nullptr ? "" : held[i];
  if (status < 0) fail_values();
  H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, held.data());
}

ArrayValues read_values(const Hdf5Handle& dataset, const Hdf5Handle& space) {
  const auto count = hdf5_check(H5Sget_simple_extent_npoints(space.id()), "its size cannot be read");
  const Hdf5Handle stored(H5Dget_type(dataset.id()), H5Tclose, "its type cannot be read");
  const bool is_flag = read_text_attribute(dataset.id(), "dtype") == "bool";
  ArrayValues values = zeros_of_stored_type(stored.id(), is_flag ? ByteMeaning::kFlag : ByteMeaning::kNumber,
                                            static_cast<std::size_t>(count));
  if (count == 0) return values;
  const ElementType type = element_type(values);
  if (auto* texts = std::get_if<std::vector<std::string>>(&values)) {
    read_texts(dataset, type.in_memory, space, *texts);
  } else {
    std::visit([&](auto& numbers) { read_numbers(dataset, type.in_memory, numbers.data()); }, values);
  }
  return values;
}

/// Reads the datasets of one file in the order in which they were written.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) : file_(open_file(path)) {}

  LabelledDataset read() {
    const Hdf5Handle root(H5Gopen2(file_.id(), "/", H5P_DEFAULT), H5Gclose, "the root group cannot be opened");
    result_.attributes = read_text_attributes(root.id());
    for (const std::string& name : names_of_links(file_)) {
      try {
        read_object(name);
      } catch (const Hdf5Error& error) {
        throw Hdf5Error("dataset \"" + name + "\": " + error.what());
      }
    }
    order_dimensions();
    check_sizes();
    return std::move(result_);
  }

 private:
  struct Dimension {
    std::int32_t number;
    std::string name;
    std::size_t size;
  };

  void read_object(const std::string& name) {
    const Hdf5Handle object(H5Oopen(file_.id(), name.c_str(), H5P_DEFAULT), H5Oclose, "it cannot be opened");
    if (H5Iget_type(object.id()) != H5I_DATASET) {
      throw Hdf5Error("it is a group or a type, not a dataset: another program laid this file out");
    }
    const Hdf5Handle space(H5Dget_space(object.id()), H5Sclose, "its shape cannot be read");
    const std::vector<hsize_t> shape = shape_of(space);
    const std::optional<DimensionScale> scale = read_scale(object.id());
    if (scale) {
      if (shape.size() != 1) throw Hdf5Error("a dimension must be one-dimensional: another program laid this file out");
      dimensions_.push_back({scale->number, name, shape[0]});
      if (scale->role == ScaleRole::kDimensionOnly) return;
    }
    LabelledArray array;
    array.name = name;
    if (scale) {
      array.dims = {name};
    } else if (!shape.empty()) {
      array.dims = read_axes(object.id(), shape.size());
    }
    array.values = read_values(object, space);
    array.units = read_text_attribute(object.id(), "units").value_or("");
    array.long_name = read_text_attribute(object.id(), "long_name").value_or("");
    const std::string meanings = read_text_attribute(object.id(), "flag_meanings").value_or("");
    for (const std::string_view word : split_words(meanings)) array.flag_meanings.emplace_back(word);
    result_.arrays.push_back(std::move(array));
  }

  void order_dimensions() {
    std::sort(dimensions_.begin(), dimensions_.end(),
              [](const Dimension& a, const Dimension& b) { return a.number < b.number; });
    for (const Dimension& dimension : dimensions_) result_.dims.emplace_back(dimension.name, dimension.size);
  }

  void check_sizes() const {
    try {
      check_shapes(result_);
    } catch (const InternalError&) {
      throw Hdf5Error("the shapes of the datasets contradict their dimensions: another program laid this file out");
    }
  }

  Hdf5Handle file_;
  std::vector<Dimension> dimensions_;
  LabelledDataset result_;
};

}  // namespace

LabelledDataset from_hdf5(const std::filesystem::path& path) {
  check_signature(path);
  const Hdf5Session session;
  const auto read = [&path] {
    try {
      return Reader(path).read();
    } catch (const Hdf5Error& error) {
      throw DataError(path.string() + ": " + error.what());
    }
  };
  try_in_child(path, [&read] { static_cast<void>(read()); });
  return read();
}

}  // namespace splinternet
