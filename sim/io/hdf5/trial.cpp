#include "sim/io/hdf5/trial.hpp"

#include <fcntl.h>
#include <hdf5.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

constexpr unsigned kSecondsAllowed = 60;
/// First byte of what the child sends: which error it met; nothing is sent if it met none.
constexpr char kData = 'D';
constexpr char kFile = 'F';

void send(int pipe, char kind, const char* message) {
  const std::string text = kind + std::string(message);
  static_cast<void>(write(pipe, text.data(), text.size()));
}

/// The child: reads, tells what it met, and leaves without the parent's clean-up.
[[noreturn]] void read_and_leave(int pipe, FunctionRef<void()> reading) {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGALRM, SIGPIPE}) std::signal(signal, SIG_DFL);
  alarm(kSecondsAllowed);
  // The library speaks on standard error when it cannot close a damaged file.
  const int nowhere = open("/dev/null", O_WRONLY);
  if (nowhere >= 0) dup2(nowhere, STDERR_FILENO);
  try {
    reading();
    H5close();
  } catch (const FileError& error) {
    send(pipe, kFile, error.what());
  } catch (const std::exception& error) {
    send(pipe, kData, error.what());
  }
  _exit(0);
}

std::string received(int pipe) {
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t got = 0; (got = read(pipe, part.data(), part.size())) != 0;) {
    if (got > 0) text.append(part.data(), static_cast<std::size_t>(got));
    if (got < 0 && errno != EINTR) break;
  }
  return text;
}

}  // namespace

void try_in_child(const std::filesystem::path& path, FunctionRef<void()> reading) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw FileError(path.string() + ": no pipe could be made: " + std::strerror(errno));
  const pid_t child = fork();
  if (child < 0) throw FileError(path.string() + ": no process could be started to read it: " + std::strerror(errno));
  if (child == 0) read_and_leave(ends[1], reading);
  close(ends[1]);
  const std::string message = received(ends[0]);
  close(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!message.empty() && message.front() == kFile) throw FileError(message.substr(1));
  if (!message.empty()) throw DataError(message.substr(1));
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw DataError(path.string() +
                    ": the file is damaged, so badly that the HDF5 library fails on it; "
                    "restore it or run again");
  }
}

}  // namespace splinternet
