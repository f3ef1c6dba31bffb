#pragma once

namespace splinternet {

/// While it lives, Ctrl-C and SIGTERM only raise a flag, so that a run ends between two steps with nothing
/// half-written; a file-size limit becomes an error of the write instead of the end of the process. Afterwards signals
/// do what they did before. One at a time.
class SignalGuard {
 public:
  SignalGuard();
  ~SignalGuard();
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;

 private:
  using Handler = void (*)(int);
  Handler on_interrupt_;
  Handler on_terminate_;
  Handler on_file_limit_;
};

/// Whether a signal has come since the guard was set up.
bool interrupted();

}  // namespace splinternet
