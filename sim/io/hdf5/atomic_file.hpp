#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace splinternet {

/// Creates the folders in which `path` is to stand; throws FileError with the reason.
void make_parent_folders(const std::filesystem::path& path);

/// Writes the file so that its name always stands for the old or the new content, never for a part: temporary name
/// `.<name>.<pid>.tmp` in the same folder, write, fsync, rename, fsync of the folder. A symbolic link is followed.
/// On failure the temporary file is removed, an existing file stays as it was, and FileError names path, reason and
/// remedy. The caller must ignore SIGXFSZ if a file-size limit is to be an error instead of the end of the process.
void write_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes);

}  // namespace splinternet
