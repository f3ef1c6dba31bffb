#include "sim/app/interrupt.hpp"

#include <csignal>

namespace splinternet {
namespace {

volatile std::sig_atomic_t signal_came = 0;

extern "C" void remember_signal(int) {
  signal_came = 1;
}

}  // namespace

SignalGuard::SignalGuard() {
  signal_came = 0;
  on_interrupt_ = std::signal(SIGINT, remember_signal);
  on_terminate_ = std::signal(SIGTERM, remember_signal);
  on_file_limit_ = std::signal(SIGXFSZ, SIG_IGN);
}

SignalGuard::~SignalGuard() {
  std::signal(SIGINT, on_interrupt_);
  std::signal(SIGTERM, on_terminate_);
  std::signal(SIGXFSZ, on_file_limit_);
}

bool interrupted() {
  return signal_came != 0;
}

}  // namespace splinternet
