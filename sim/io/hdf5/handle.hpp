#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet {

/// A call into HDF5 that failed: what was tried, and HDF5's own reason. Does not leave this room: the writer makes an
/// InternalError of it, the reader a DataError that names the file.
class Hdf5Error : public Error {
 public:
  using Error::Error;
};

/// Throws Hdf5Error "<tried>: <reason>" with the innermost message of HDF5's error stack.
[[noreturn]] void fail_hdf5(const std::string& tried);

/// Returns the status (or identifier, or count) of a call into HDF5; throws Hdf5Error if it is negative.
template <class Status>
Status hdf5_check(Status status, const std::string& tried) {
  if (status < 0) fail_hdf5(tried);
  return status;
}

/// An HDF5 identifier (`hid_t`, spelt as the integer it is so that no header needs HDF5), closed at the end of its
/// life.
class Hdf5Handle {
 public:
  using Close = int (*)(std::int64_t);

  /// Takes over an identifier; throws Hdf5Error if it is negative.
  Hdf5Handle(std::int64_t id, Close closer, const std::string& tried) : id_(hdf5_check(id, tried)), closer_(closer) {}
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
  Hdf5Handle(const Hdf5Handle&) = delete;
  Hdf5Handle& operator=(const Hdf5Handle&) = delete;
  Hdf5Handle& operator=(Hdf5Handle&&) = delete;
  ~Hdf5Handle() {
    if (id_ >= 0) closer_(id_);
  }
  /// Closes now; throws Hdf5Error if that fails, as it may where closing writes.
  void close(const std::string& tried) { hdf5_check(closer_(std::exchange(id_, -1)), tried); }

  [[nodiscard]] std::int64_t id() const { return id_; }

 private:
  std::int64_t id_;
  Close closer_;
};

/// While it lives, this thread alone uses HDF5 (not every build of it is thread-safe) and HDF5 prints no error stack:
/// callers give one message of their own.
class Hdf5Session {
 public:
  Hdf5Session();
  ~Hdf5Session();
  Hdf5Session(const Hdf5Session&) = delete;
  Hdf5Session& operator=(const Hdf5Session&) = delete;

 private:
  using Printer = int (*)(std::int64_t, void*);
  std::lock_guard<std::mutex> lock_;
  Printer printer_ = nullptr;
  void* printer_data_ = nullptr;
};

}  // namespace splinternet
