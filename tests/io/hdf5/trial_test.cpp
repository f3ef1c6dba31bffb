#include "sim/io/hdf5/trial.hpp"

#include <csignal>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("a reading that comes through in the child leaves no trace in the parent") {
  int read = 0;
  try_in_child("result.h5", [&read] { ++read; });
  CHECK(read == 0);
}

TEST_CASE("the child's errors arrive with their kind and message") {
  CHECK(message_of<DataError>([] { try_in_child("result.h5", [] { throw DataError("array x is damaged"); }); }) ==
        "array x is damaged");
  CHECK(message_of<FileError>([] { try_in_child("result.h5", [] { throw FileError("no permission"); }); }) ==
        "no permission");
}

TEST_CASE("a reading that crashes becomes a message that names the file") {
  for (const int signal : {SIGSEGV, SIGABRT}) {
    const std::string message =
        message_of<DataError>([&] { try_in_child("result.h5", [&] { static_cast<void>(raise(signal)); }); });
    CHECK_THAT(message, contains_substring("result.h5: the file is damaged"));
  }
}
