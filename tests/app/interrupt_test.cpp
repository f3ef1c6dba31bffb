#include "sim/app/interrupt.hpp"

#include <csignal>

#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

volatile std::sig_atomic_t seen_by_test = 0;

void count_signal(int) {
  seen_by_test = seen_by_test + 1;
}

}  // namespace

TEST_CASE("under a guard Ctrl-C and SIGTERM raise a flag and nothing else") {
  const int signal = GENERATE(SIGINT, SIGTERM);
  const SignalGuard guard;
  CHECK_FALSE(interrupted());
  std::raise(signal);
  CHECK(interrupted());
  std::raise(signal);
  CHECK(interrupted());
}

TEST_CASE("a new guard forgets the signals of the last") {
  {
    const SignalGuard guard;
    std::raise(SIGINT);
    CHECK(interrupted());
  }
  const SignalGuard guard;
  CHECK_FALSE(interrupted());
}

TEST_CASE("a file-size limit does not end the process under a guard") {
  const SignalGuard guard;
  std::raise(SIGXFSZ);
  CHECK_FALSE(interrupted());
}

TEST_CASE("after a guard signals do what they did before") {
  for (const int signal : {SIGINT, SIGTERM, SIGXFSZ}) {
    const auto before = std::signal(signal, count_signal);
    seen_by_test = 0;
    {
      const SignalGuard guard;
      std::raise(signal);
      CHECK(seen_by_test == 0);
    }
    std::raise(signal);
    CHECK(seen_by_test == 1);
    std::signal(signal, before);
  }
}
