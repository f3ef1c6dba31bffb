#include "sim/io/hdf5/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

std::string remedy(int error, const std::filesystem::path& path, std::size_t bytes_needed) {
  const std::string size = std::to_string(bytes_needed) + " bytes are needed";
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return size + " in " + folder_of(path).string() + "; free some space or write to another folder";
    case EFBIG:
      return size + "; raise the file-size limit (ulimit -f) or write to another file system";
    case EACCES:
    case EPERM:
    case EROFS:
      return "write to a folder that you may write to, or change its permissions";
    case ENOENT:
      return "the folder " + folder_of(path).string() + " does not exist; create it";
    case ENOTDIR:
      return folder_of(path).string() + " is not a folder; choose another one";
    case EISDIR:
      return "a folder has this name; choose the name of a file in it";
    case ENAMETOOLONG:
      return "choose a shorter name";
    default:
      return "write to another folder or disk";
  }
}

[[noreturn]] void fail(int error, const std::filesystem::path& path, std::size_t bytes_needed) {
  throw FileError(path.string() + ": cannot be written: " + std::strerror(error) + "; " +
                  remedy(error, path, bytes_needed) + ".");
}

/// An open file descriptor, closed at the end of its life.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : value_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int value() const { return value_; }
  /// Closes now and returns 0 or errno: network file systems report a full disk only here.
  [[nodiscard]] int close() { return ::close(std::exchange(value_, -1)) == 0 ? 0 : errno; }

 private:
  int value_;
};

/// Returns 0 or errno.
int write_all(int descriptor, std::span<const std::byte> bytes) {
  // Linux writes at most 0x7ffff000 bytes per call, macOS refuses more than INT_MAX.
  constexpr std::size_t kMostPerCall = std::size_t{1} << 30;
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), std::min(bytes.size(), kMostPerCall));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Returns 0 or errno. A descriptor that cannot be synced (EINVAL: some file systems for folders) is no failure.
int sync(int descriptor) {
  return ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
}

/// Creates the file and brings its content to the disk. Returns 0 or errno.
int write_new_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (file.value() < 0) return errno;
  if (const int error = write_all(file.value(), bytes); error != 0) return error;
  if (const int error = sync(file.value()); error != 0) return error;
  return file.close();
}

/// Returns 0 or errno.
int sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened(folder, O_RDONLY | O_DIRECTORY);
  return opened.value() < 0 ? errno : sync(opened.value());
}

/// The file that the name stands for, links followed. Throws FileError for a folder or a device: a rename would
/// replace /dev/null by a file.
std::filesystem::path resolve_target(const std::filesystem::path& path, std::size_t bytes_needed) {
  if (!path.has_filename()) fail(EISDIR, path, bytes_needed);
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) fail(EISDIR, path, bytes_needed);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw FileError(path.string() + ": cannot be written: it is a device or a pipe; choose the name of a file.");
  }
  if (!std::filesystem::is_symlink(path, error)) return path;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, error);
  return error ? path : target;
}

[[noreturn]] void fail_folder(int error, const std::filesystem::path& path) {
  throw FileError(path.parent_path().string() + ": the folder cannot be created: " + std::strerror(error) +
                  "; choose another place for " + path.filename().string() + ".");
}

/// From the innermost folder outwards; one that holds something stays.
void remove_empty(const std::vector<std::filesystem::path>& folders) {
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) ::rmdir(folder->c_str());
}

}  // namespace

ParentFolders::ParentFolders(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> missing;
  std::error_code error;
  std::filesystem::path folder = path.parent_path();
  for (; !folder.empty() && !std::filesystem::exists(folder, error); folder = folder.parent_path()) {
    missing.push_back(folder);
  }
  if (!folder.empty() && !std::filesystem::is_directory(folder, error)) fail_folder(ENOTDIR, path);
  for (; !missing.empty(); missing.pop_back()) {
    if (std::filesystem::create_directory(missing.back(), error)) created_.push_back(missing.back());
    if (!error) continue;
    remove_empty(created_);
    fail_folder(error.value(), path);
  }
}

ParentFolders::~ParentFolders() {
  remove_empty(created_);
}

void write_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  const std::filesystem::path target = resolve_target(path, bytes.size());
  std::string temporary_name(".");
  temporary_name.append(target.filename().string()).append(".").append(std::to_string(::getpid())).append(".tmp");
  const std::filesystem::path temporary = folder_of(target) / temporary_name;
  int error = write_new_file(temporary, bytes);
  if (error == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    fail(error, path, bytes.size());
  }
  if (const int folder_error = sync_folder(folder_of(target)); folder_error != 0)
    fail(folder_error, path, bytes.size());
}

}  // namespace splinternet
