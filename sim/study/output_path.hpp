#pragma once

#include <string>
#include <string_view>

namespace splinternet {

/// Refuses an output path that cannot be written, before a run is begun for it: a folder, below something that is no
/// folder, or without permission. Creates nothing. Throws FileError with reason and remedy, naming the `option` by
/// which the path was given.
void check_writable(const std::string& path, std::string_view option = "-o");

}  // namespace splinternet
