#pragma once

#include <string>

namespace splinternet {

/// All bytes of a file. Throws FileError with the reason if the operating system refuses.
std::string read_text_file(const std::string& path);

}  // namespace splinternet
