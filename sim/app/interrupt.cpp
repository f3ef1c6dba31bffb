#include "sim/app/interrupt.hpp"

#include <csignal>

namespace splinternet {
namespace {

volatile std::sig_atomic_t signal_came = 0;

extern "C" void remember_signal(int) { signal_came = 1; }

}  // namespace

SignalGuard::SignalGuard() {
  signal_came = 0;
  std::signal(SIGINT, remember_signal);
  std::signal(SIGTERM, remember_signal);
  std::signal(SIGXFSZ, SIG_IGN);
}

SignalGuard::~SignalGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGXFSZ, SIG_DFL);
}

bool interrupted() { return signal_came != 0; }

}  // namespace splinternet
