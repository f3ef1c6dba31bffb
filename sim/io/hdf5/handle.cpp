#include "sim/io/hdf5/handle.hpp"

#include <hdf5.h>

#include <type_traits>

namespace splinternet {
namespace {

static_assert(std::is_same_v<hid_t, std::int64_t>, "HDF5 1.10 or later is needed");
static_assert(std::is_same_v<herr_t, int>);

std::mutex& session_mutex() {
  static std::mutex mutex;
  return mutex;
}

herr_t keep_description(unsigned, const H5E_error2_t* error, void* text) {
  if (error->desc != nullptr) *static_cast<std::string*>(text) = error->desc;
  return 0;
}

}  // namespace

void fail_hdf5(const std::string& tried) {
  // Walking downward visits the innermost, most telling message last.
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, keep_description, &reason);
  throw Hdf5Error(reason.empty() ? tried : tried + " (HDF5: " + reason + ")");
}

Hdf5Session::Hdf5Session() : lock_(session_mutex()) {
  H5Eget_auto2(H5E_DEFAULT, &printer_, &printer_data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Hdf5Session::~Hdf5Session() {
  H5Eset_auto2(H5E_DEFAULT, printer_, printer_data_);
}

}  // namespace splinternet
