// A child process for the tests of atomic files: `atomic_writer PATH BYTES LETTER...` writes BYTES times each LETTER to
// PATH, one after the other, and starts again for ever if there are several. On an error it prints it and exits with 2.
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/io/hdf5/atomic_file.hpp"

int main(int count, char** arguments) {
  std::signal(SIGXFSZ, SIG_IGN);
  const std::size_t size = std::strtoull(arguments[2], nullptr, 10);
  try {
    do {
      for (int i = 3; i < count; ++i) {
        splinternet::write_atomically(arguments[1], std::vector<std::byte>(size, std::byte(arguments[i][0])));
      }
    } while (count > 4);
  } catch (const splinternet::FileError& error) {
    std::cerr << error.what();
    return 2;
  }
  return 0;
}
