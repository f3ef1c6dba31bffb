#pragma once

#include <string>

namespace splinternet {

/// Refuses an output path that cannot be written, before a run is begun for it: a folder, below something that is no
/// folder, or without permission. Creates nothing. Throws FileError with reason and remedy.
void check_writable(const std::string& path);

}  // namespace splinternet
