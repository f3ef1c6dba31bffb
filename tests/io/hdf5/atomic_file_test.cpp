#include "sim/io/hdf5/atomic_file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;
using Names = std::vector<std::string>;

namespace {

/// What the operating system does to the child.
enum class Disk { kFine, kFull, kLimited };
constexpr std::size_t kDiskBytes = 100'000;

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

/// Starts the child with its messages going to the file `messages`; returns its process id.
pid_t start_writer(const Names& arguments, const std::filesystem::path& messages, Disk disk = Disk::kFine) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (disk == Disk::kFull) {
    // The loader splits the variable at blanks, which the build folder may have in its name.
    const std::string shim = messages.parent_path() / "enospc_shim.so";
    if (::symlink(SPLINTERNET_ENOSPC_SHIM, shim.c_str()) != 0 && errno != EEXIST) ::_exit(126);
    ::setenv("LD_PRELOAD", shim.c_str(), 1);
    ::setenv("SPLINTERNET_DISK_BYTES", std::to_string(kDiskBytes).c_str(), 1);
    ::setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
  }
  if (disk == Disk::kLimited) {
    const rlimit limit{kDiskBytes, kDiskBytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  std::vector<char*> pointers{const_cast<char*>(SPLINTERNET_ATOMIC_WRITER)};
  for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  if (std::freopen(messages.c_str(), "w", stderr) != nullptr) ::execv(pointers[0], pointers.data());
  ::_exit(127);
}

int exit_code_of(pid_t child) {
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

std::string message_of_write(const std::filesystem::path& path) {
  return message_of<FileError>([&] { write_atomically(path, bytes_of("new")); });
}

}  // namespace

TEST_CASE("a file holds what was written, and nothing else is left in its folder") {
  const TemporaryFolder folder;
  write_atomically(folder / "run.h5", bytes_of("first"));
  CHECK(read_file(folder / "run.h5") == "first");
  write_atomically(folder / "run.h5", bytes_of(""));
  CHECK(read_file(folder / "run.h5").empty());
  CHECK(folder.names() == Names{"run.h5"});
}

TEST_CASE("a name without a folder stands for the working folder") {
  const TemporaryFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const ParentFolders parents("plain.h5");
  write_atomically("plain.h5", bytes_of("here"));
  std::filesystem::current_path(before);
  CHECK(read_file(folder / "plain.h5") == "here");
}

TEST_CASE("a missing folder is an error that names it, until it is created") {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "a/b/run.h5";
  CHECK(message_of_write(path) == path.string() + ": cannot be written: No such file or directory; the folder " +
                                      path.parent_path().string() + " does not exist; create it.");
  {
    const ParentFolders parents(path);
    write_atomically(path, bytes_of("new"));
  }
  CHECK(read_file(path) == "new");
}

TEST_CASE("folders that were created for a file which was not written are removed, others stay") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "old");
  { const ParentFolders parents(folder / "old/a/b/run.h5"); }
  CHECK(folder.names() == Names{"old"});
  CHECK(std::filesystem::is_empty(folder / "old"));
}

TEST_CASE("a file where a folder should be is an error for both functions") {
  const TemporaryFolder folder;
  write_file(folder / "file", "x");
  const std::filesystem::path path = folder / "file/run.h5";
  CHECK_THAT(message_of_write(path), contains_substring("file is not a folder; choose another one."));
  CHECK_THAT(message_of<FileError>([&] { ParentFolders{path}; }),
             contains_substring("the folder cannot be created: Not a directory"));
}

TEST_CASE("a folder, a pipe or an overlong name cannot be the target and stays as it is") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "runs");
  CHECK_THAT(message_of_write(folder / "runs"), contains_substring("Is a directory; a folder has this name"));
  CHECK_THAT(message_of_write(folder / "runs/"), contains_substring("choose the name of a file in it"));
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK_THAT(message_of_write(folder / "pipe"), contains_substring("it is a device or a pipe"));
  CHECK(std::filesystem::is_fifo(folder / "pipe"));
  CHECK_THAT(message_of_write(folder / std::string(250, 'n')), contains_substring("choose a shorter name"));
  CHECK(folder.names() == Names{"pipe", "runs"});
}

TEST_CASE("a place where nobody may write is an error with a remedy") {
  CHECK_THAT(message_of_write("/sys/splinternet.h5"),
             contains_substring("write to a folder that you may write to, or change its permissions."));
}

TEST_CASE("a symbolic link is followed and kept") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "store");
  write_file(folder / "store/real.h5", "old");
  std::filesystem::create_symlink("store/real.h5", folder / "link.h5");
  write_atomically(folder / "link.h5", bytes_of("new"));
  CHECK(std::filesystem::is_symlink(folder / "link.h5"));
  CHECK(read_file(folder / "store/real.h5") == "new");
}

TEST_CASE("a full disk or a file-size limit keeps the old file, leaves nothing behind and says how much is needed") {
  const TemporaryFolder folder;
  const TemporaryFolder messages;
  const Disk disk = GENERATE(Disk::kFull, Disk::kLimited);
  const std::string reason = disk == Disk::kFull ? "No space left on device" : "File too large";
  const std::string path = (folder / "run.h5").string();
  const auto run = [&](const std::string& size) {
    return exit_code_of(start_writer({path, size, "n"}, messages / "stderr", disk));
  };

  CHECK(run("200000") == 2);
  CHECK(folder.names().empty());
  write_file(path, "old");
  CHECK(run("200000") == 2);
  CHECK(folder.names() == Names{"run.h5"});
  CHECK(read_file(path) == "old");
  const std::string message = read_file(messages / "stderr");
  CHECK_THAT(message,
             Catch::Matchers::StartsWith(path + ": cannot be written: " + reason + "; 200000 bytes are needed"));
  CHECK(run(std::to_string(kDiskBytes)) == 0);
  CHECK((read_file(path) == std::string(kDiskBytes, 'n')));
}

TEST_CASE("a process killed at any moment leaves the old or the new file, whole") {
  const TemporaryFolder folder;
  const TemporaryFolder messages;
  constexpr std::size_t kSize = 300'000;
  const std::filesystem::path path = folder / "run.h5";
  const Draws draws(7, Purpose::kTest, 0, 0);
  for (std::uint32_t round = 0; round < 40; ++round) {
    write_file(path, std::string(kSize, 'x'));
    const pid_t child = start_writer({path.string(), std::to_string(kSize), "o", "n"}, messages / "stderr");
    // Every other child is killed while it starts, the others among their writes.
    const bool wait_for_a_write = round % 2 == 0;
    while (wait_for_a_write && read_file(path)[0] == 'x') {
      REQUIRE(::waitpid(child, nullptr, WNOHANG) == 0);
      ::usleep(200);
    }
    ::usleep(draws.below(4000, round));
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    const std::string content = read_file(path);
    REQUIRE(content.size() == kSize);
    REQUIRE(content.find_first_not_of(content[0]) == std::string::npos);
    REQUIRE(std::string(wait_for_a_write ? "on" : "xon").find(content[0]) != std::string::npos);
  }
}
