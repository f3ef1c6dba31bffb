#include "sim/study/output_path.hpp"

#include <unistd.h>

#include <filesystem>

#include "sim/core/check.hpp"

namespace splinternet {

void check_writable(const std::string& path, std::string_view option) {
  namespace fs = std::filesystem;
  const std::string with(option);
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    throw FileError(path + ": cannot write the result: this is a folder. Name a file in it, e.g. " +
                    (fs::path(path) / "result.h5").string());
  }
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored)) {
    throw FileError(path + ": cannot write the result: this is a device or a pipe. Name a file with " + with);
  }
  fs::path folder = fs::path(path).parent_path();
  while (!folder.empty() && !fs::exists(folder, ignored)) folder = folder.parent_path();
  if (folder.empty()) folder = ".";
  if (!fs::is_directory(folder, ignored)) {
    throw FileError(path + ": cannot write the result: " + folder.string() +
                    " is a file, not a folder. Choose another place with " + with);
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    throw FileError(path + ": cannot write the result: no permission to write in " + folder.string() +
                    ". Choose another place with " + with);
  }
}

}  // namespace splinternet
