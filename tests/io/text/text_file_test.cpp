#include "sim/io/text/text_file.hpp"

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using testing::message_of;
using testing::TemporaryFolder;
using testing::write_file;

TEST_CASE("A file is read byte for byte, also an empty one") {
  const TemporaryFolder folder;
  const std::string bytes("a\r\n\0b\xff", 6);
  write_file(folder / "a.txt", bytes);
  write_file(folder / "empty.txt", "");
  CHECK(read_text_file(folder / "a.txt") == bytes);
  CHECK(read_text_file(folder / "empty.txt").empty());
}

TEST_CASE("What cannot be read is a FileError with the reason") {
  const TemporaryFolder folder;
  const std::string missing = folder / "none.txt";
  CHECK(message_of<FileError>([&] { read_text_file(missing); }) ==
        missing + ": cannot be read: No such file or directory");
  CHECK(message_of<FileError>([&] { read_text_file(folder.path()); }) ==
        folder.path().string() + ": cannot be read: it is a folder; name a file in it");
}
