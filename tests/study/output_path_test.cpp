#include "sim/study/output_path.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::string message_for(const std::filesystem::path& path) {
  return message_of<FileError>([&] {
    check_writable(path.string());
    return 0;
  });
}

}  // namespace

TEST_CASE("a new file, an existing one and one in folders still to be made can be written, and nothing is created") {
  const TemporaryFolder folder;
  write_file(folder / "old.h5", "old");
  CHECK_NOTHROW(check_writable((folder / "new.h5").string()));
  CHECK_NOTHROW(check_writable((folder / "old.h5").string()));
  CHECK_NOTHROW(check_writable((folder / "a/b/c.h5").string()));
  CHECK(folder.names() == std::vector<std::string>{"old.h5"});
  CHECK(read_file(folder / "old.h5") == "old");
}

TEST_CASE("a name without a folder is looked for in the working folder") {
  const TemporaryFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  CHECK_NOTHROW(check_writable("plain.h5"));
  std::filesystem::current_path(before);
}

TEST_CASE("a folder cannot be the result, and a file in it is proposed") {
  const TemporaryFolder folder;
  CHECK_THAT(message_for(folder.path()),
             contains_substring("this is a folder. Name a file in it, e.g. " + (folder / "result.h5").string()));
}

TEST_CASE("a pipe or a device cannot be the result") {
  const TemporaryFolder folder;
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK_THAT(message_for(folder / "pipe"), contains_substring("this is a device or a pipe"));
  CHECK_THAT(message_for("/dev/null"), contains_substring("this is a device or a pipe"));
}

TEST_CASE("nothing can be written below a file") {
  const TemporaryFolder folder;
  write_file(folder / "file", "x");
  CHECK_THAT(message_for(folder / "file/run.h5"),
             contains_substring((folder / "file").string() + " is a file, not a folder"));
  CHECK_THAT(message_for(folder / "file/deep/run.h5"), contains_substring("Choose another place with -o"));
}

TEST_CASE("a folder in which the user may not write is refused") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "closed");
  ::chmod(folder.path().c_str(), 0755);
  ::chmod((folder / "closed").c_str(), 0555);
  // Root may write anywhere, so the question is asked by a child that is nobody.
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(2);
    try {
      check_writable((folder / "closed/deep/run.h5").string());
    } catch (const FileError& error) {
      ::_exit(std::string(error.what()).find("no permission to write in") == std::string::npos ? 3 : 0);
    }
    ::_exit(1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}
