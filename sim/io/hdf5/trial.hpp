#pragma once

#include <filesystem>

#include "sim/core/function_ref.hpp"

namespace splinternet {

/// Does `reading` in a child process first, with HDF5 closed down after it: a damaged file can crash the HDF5 library,
/// or keep it busy for ever, where the format has no checksums. Throws the child's DataError or FileError, or a
/// DataError that names the file if the child crashed or took more than a minute. Returns if the child came through.
void try_in_child(const std::filesystem::path& path, FunctionRef<void()> reading);

}  // namespace splinternet
