#pragma once

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sim/app/command.hpp"
#include "tests/support/temporary_folder.hpp"

namespace splinternet::testing {

/// What a command came to.
struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

/// Sends what is written to a file descriptor into a file for its lifetime.
class Redirected {
 public:
  Redirected(std::FILE* stream, int target) : stream_(stream) {
    std::fflush(stream_);
    saved_ = ::dup(::fileno(stream_));
    ::dup2(target, ::fileno(stream_));
    ::close(target);
  }
  Redirected(std::FILE* stream, const std::filesystem::path& file)
      : Redirected(stream, ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600)) {}
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;
  ~Redirected() {
    std::fflush(stream_);
    ::dup2(saved_, ::fileno(stream_));
    ::close(saved_);
  }

 private:
  std::FILE* stream_;
  int saved_ = -1;
};

/// Runs the program in this process. Shipped scenarios are those of the checkout.
inline Ran run(const std::vector<std::string>& arguments) {
  ::setenv("SPLINTERNET_SCENARIOS", SPLINTERNET_SOURCE_DIR "/scenarios", 1);
  const TemporaryFolder folder;
  Ran ran;
  {
    const Redirected out(stdout, folder / "out");
    const Redirected err(stderr, folder / "err");
    ran.code = run_command(arguments);
  }
  ran.out = read_file(folder / "out");
  ran.err = read_file(folder / "err");
  return ran;
}

/// The program as a child of this process, its output going to files.
class Child {
 public:
  explicit Child(const std::vector<std::string>& arguments) : Child(arguments, [] {}) {}

  /// `prepare` is called in the child before the program starts.
  template <class Prepare>
  Child(const std::vector<std::string>& arguments, Prepare&& prepare) : pid_(fork_with_scenarios()) {
    if (pid_ != 0) return;
    prepare();
    std::vector<char*> pointers{const_cast<char*>(SPLINTERNET_PROGRAM_FILE)};
    for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    if (std::freopen((folder_ / "out").c_str(), "w", stdout) != nullptr &&
        std::freopen((folder_ / "err").c_str(), "w", stderr) != nullptr) {
      ::execv(pointers[0], pointers.data());
    }
    ::_exit(127);
  }

  /// Waits until the program handles SIGINT itself, as it does from its first statements on (before it is loaded, the
  /// child still has the handlers of the test); false if it ended before.
  bool wait_until_it_catches_interrupts() const {
    const std::string process = "/proc/" + std::to_string(pid_);
    while (::waitpid(pid_, nullptr, WNOHANG) == 0) {
      std::error_code ignored;
      if (!std::filesystem::equivalent(process + "/exe", SPLINTERNET_PROGRAM_FILE, ignored)) continue;
      std::ifstream status(process + "/status");
      for (std::string line; std::getline(status, line);) {
        if (line.rfind("SigCgt:", 0) != 0) continue;
        if ((std::stoull(line.substr(7), nullptr, 16) & (1ULL << (SIGINT - 1))) != 0) return true;
      }
      ::usleep(1000);
    }
    return false;
  }

  void send(int signal) const { ::kill(pid_, signal); }

  /// Waits for the end; a code of 1000 + signal if one ended it.
  Ran wait() const {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status), read_file(folder_ / "out"),
            read_file(folder_ / "err")};
  }

 private:
  static pid_t fork_with_scenarios() {
    ::setenv("SPLINTERNET_SCENARIOS", SPLINTERNET_SOURCE_DIR "/scenarios", 1);
    return ::fork();
  }

  TemporaryFolder folder_;
  pid_t pid_;
};

}  // namespace splinternet::testing
