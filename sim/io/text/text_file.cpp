#include "sim/io/text/text_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "sim/core/check.hpp"

namespace splinternet {

namespace fs = std::filesystem;

std::string read_text_file(const std::string& path) {
  std::error_code ignored;
  // A folder opens like a file and fails only when read, without a reason.
  if (fs::is_directory(path, ignored)) throw FileError(path + ": cannot be read: it is a folder; name a file in it");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::vector<char> block(std::size_t{1} << 16);
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())), file.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.is_open() || file.bad()) throw FileError(path + ": cannot be read: " + std::strerror(errno));
  return text;
}

}  // namespace splinternet
