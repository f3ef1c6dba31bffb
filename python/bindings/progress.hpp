#pragma once

#include <pybind11/pybind11.h>

#include <chrono>

namespace splinternet::python {

/// Between two steps of C++ that run without the GIL: lets Python handle signals and tells `callback(done, total)` how
/// far it is, each a few times a second at most, and the last step always.
class PythonProgress {
 public:
  /// `callback` may be None. Needs the GIL, as does the end of its life.
  explicit PythonProgress(pybind11::object callback) : callback_(std::move(callback)) {}

  /// False once a signal asked for KeyboardInterrupt. Throws what else a signal's handler or the callback raised.
  bool operator()(int done, int total);

 private:
  using Clock = std::chrono::steady_clock;
  pybind11::object callback_;
  Clock::time_point last_check_ = Clock::now();
  Clock::time_point last_call_ = last_check_;
};

/// Between two iterations of C++ that run without the GIL: throws Interrupted, KeyboardInterrupt to Python, once a signal
/// asked for it, and what else a signal's handler raised. To be made and let go with the GIL.
class InterruptCheck {
 public:
  void operator()();

 private:
  PythonProgress progress_{pybind11::none()};
};

}  // namespace splinternet::python
