#include "sim/io/text/text_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"

namespace splinternet {

namespace fs = std::filesystem;

std::string read_text_file(const std::string& path) {
  std::error_code ignored;
  // A folder opens like a file and fails only when read, without a reason.
  if (fs::is_directory(path, ignored)) throw FileError(path + ": cannot be read: it is a folder; name a file in it");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) throw FileError(path + ": cannot be read: " + std::strerror(errno));
  return text;
}

std::string nearest_file(const std::string& path) {
  const fs::path missing = fs::path(path).lexically_normal();
  const fs::path folder = missing.has_parent_path() ? missing.parent_path() : fs::path(".");
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return did_you_mean(missing.filename().string(), names);
}

}  // namespace splinternet
