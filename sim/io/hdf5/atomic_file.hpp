#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

namespace splinternet {

/// The folders in which a file is to stand: created where they are missing, and removed again at the end of its life
/// if nothing was put into them, so that a failed write leaves nothing behind.
class ParentFolders {
 public:
  /// Throws FileError with the reason if a folder cannot be created.
  explicit ParentFolders(const std::filesystem::path& path);
  ParentFolders(const ParentFolders&) = delete;
  ParentFolders& operator=(const ParentFolders&) = delete;
  ~ParentFolders();

 private:
  std::vector<std::filesystem::path> created_;
};

/// Writes the file so that its name always stands for the old or the new content, never for a part: temporary name
/// `.<name>.<pid>.tmp` in the same folder, write, fsync, rename, fsync of the folder. A symbolic link is followed.
/// On failure the temporary file is removed, an existing file stays as it was, and FileError names path, reason and
/// remedy. The caller must ignore SIGXFSZ if a file-size limit is to be an error instead of the end of the process.
void write_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes);

}  // namespace splinternet
