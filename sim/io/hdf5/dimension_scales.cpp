#include "sim/io/hdf5/dimension_scales.hpp"

#include <hdf5.h>

#include <cstdio>
#include <string_view>

#include "sim/io/hdf5/attributes.hpp"
#include "sim/io/hdf5/handle.hpp"

namespace splinternet {
namespace {

constexpr std::string_view kDimensionOnlyName = "This is a netCDF dimension but not a netCDF variable.";
constexpr const char* kAxes = "DIMENSION_LIST";
constexpr const char* kUses = "REFERENCE_LIST";
constexpr const char* kNumber = "_Netcdf4Dimid";

/// One entry of REFERENCE_LIST as it lies in the file; the padding is named so that it is zero.
struct StoredUse {
  hobj_ref_t dataset;
  std::int32_t axis;
  std::int32_t padding;
};
static_assert(sizeof(StoredUse) == 16);

hobj_ref_t reference_to(std::int64_t object) {
  hobj_ref_t reference{};
  hdf5_check(H5Rcreate(&reference, object, ".", H5R_OBJECT, -1), "a reference cannot be made");
  return reference;
}

void write_list(std::int64_t object, const char* name, const Hdf5Handle& type, std::size_t count, const void* list) {
  const std::string tried = std::string("attribute \"") + name + "\" cannot be written";
  const hsize_t size = count;
  const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, tried);
  const Hdf5Handle attribute(H5Acreate2(object, name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                             tried);
  hdf5_check(H5Awrite(attribute.id(), type.id(), list), tried);
}

Hdf5Handle axes_type() {
  return Hdf5Handle(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "the type of the list of axes cannot be made");
}

Hdf5Handle uses_type() {
  const char* const tried = "the type of the list of uses cannot be made";
  Hdf5Handle type(H5Tcreate(H5T_COMPOUND, sizeof(StoredUse)), H5Tclose, tried);
  hdf5_check(H5Tinsert(type.id(), "dataset", offsetof(StoredUse, dataset), H5T_STD_REF_OBJ), tried);
  hdf5_check(H5Tinsert(type.id(), "dimension", offsetof(StoredUse, axis), H5T_NATIVE_INT32), tried);
  return type;
}

std::string name_of_target(std::int64_t dataset, hobj_ref_t reference) {
  const Hdf5Handle target(H5Rdereference2(dataset, H5P_DEFAULT, H5R_OBJECT, &reference), H5Oclose,
                          "the scale of a dimension cannot be found");
  const auto length = hdf5_check(H5Iget_name(target.id(), nullptr, 0), "the name of a scale cannot be read");
  std::string name(static_cast<std::size_t>(length), '\0');
  hdf5_check(H5Iget_name(target.id(), name.data(), name.size() + 1), "the name of a scale cannot be read");
  return name.starts_with('/') ? name.substr(1) : name;
}

/// Lists of references as HDF5 hands them out; gives the memory back at the end of its life.
class ReferenceLists {
 public:
  ReferenceLists(const Hdf5Handle& attribute, std::size_t count)
      : type_(axes_type()),
        space_(H5Aget_space(attribute.id()), H5Sclose, "the list of axes cannot be read"),
        lists_(count, hvl_t{0, nullptr}) {
    if (H5Sget_simple_extent_npoints(space_.id()) != static_cast<hssize_t>(count)) {
      throw Hdf5Error("the list of axes does not fit the shape");
    }
    hdf5_check(H5Aread(attribute.id(), type_.id(), lists_.data()), "the list of axes cannot be read");
  }
  ReferenceLists(const ReferenceLists&) = delete;
  ReferenceLists& operator=(const ReferenceLists&) = delete;
  ~ReferenceLists() { H5Dvlen_reclaim(type_.id(), space_.id(), H5P_DEFAULT, lists_.data()); }

  [[nodiscard]] const std::vector<hvl_t>& lists() const { return lists_; }

 private:
  Hdf5Handle type_;
  Hdf5Handle space_;
  std::vector<hvl_t> lists_;
};

}  // namespace

void make_scale(std::int64_t dataset, const std::string& name, std::size_t size, DimensionScale scale) {
  std::string stored_name = name;
  if (scale.role == ScaleRole::kDimensionOnly) {
    char width[24];
    std::snprintf(width, sizeof width, "%10zu", size);
    stored_name = std::string(kDimensionOnlyName) + width;
  }
  write_ascii_attribute(dataset, "CLASS", "DIMENSION_SCALE");
  write_ascii_attribute(dataset, "NAME", stored_name);
  write_attribute(dataset, kNumber, scale.number);
}

void write_axes(std::int64_t dataset, std::span<const std::int64_t> scales) {
  std::vector<hobj_ref_t> references;
  for (const std::int64_t scale : scales) references.push_back(reference_to(scale));
  std::vector<hvl_t> lists;
  for (hobj_ref_t& reference : references) lists.push_back(hvl_t{1, &reference});
  write_list(dataset, kAxes, axes_type(), lists.size(), lists.data());
}

void write_uses(std::int64_t scale, std::span<const ScaleUse> uses) {
  std::vector<StoredUse> stored;
  for (const ScaleUse& use : uses) {
    stored.push_back(StoredUse{reference_to(use.dataset), static_cast<std::int32_t>(use.axis), 0});
  }
  write_list(scale, kUses, uses_type(), stored.size(), stored.data());
}

std::optional<DimensionScale> read_scale(std::int64_t dataset) {
  if (read_text_attribute(dataset, "CLASS") != "DIMENSION_SCALE") return std::nullopt;
  const std::optional<std::int32_t> number = read_integer_attribute(dataset, kNumber);
  if (!number) throw Hdf5Error("the dimension has no number: another program laid this file out");
  const std::string name = read_text_attribute(dataset, "NAME").value_or("");
  return DimensionScale{*number,
                        name.starts_with(kDimensionOnlyName) ? ScaleRole::kDimensionOnly : ScaleRole::kCoordinate};
}

std::vector<std::string> read_axes(std::int64_t dataset, std::size_t rank) {
  if (hdf5_check(H5Aexists(dataset, kAxes), "the list of axes cannot be sought") == 0) {
    throw Hdf5Error("its dimensions have no names: another program laid this file out");
  }
  const Hdf5Handle attribute(H5Aopen(dataset, kAxes, H5P_DEFAULT), H5Aclose, "the list of axes cannot be opened");
  const ReferenceLists references(attribute, rank);
  std::vector<std::string> names;
  for (const hvl_t& list : references.lists()) {
    if (list.len != 1) throw Hdf5Error("a dimension has not exactly one name: another program laid this file out");
    names.push_back(name_of_target(dataset, *static_cast<const hobj_ref_t*>(list.p)));
  }
  return names;
}

}  // namespace splinternet
