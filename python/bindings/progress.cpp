#include "python/bindings/progress.hpp"

#include "sim/study/run.hpp"

namespace splinternet::python {

namespace py = pybind11;

namespace {

// A signal is answered so soon, or after the step in which it comes; to ask after each of many short steps would make
// them wait for the GIL.
constexpr std::chrono::milliseconds kBetweenChecks(20);
constexpr std::chrono::milliseconds kBetweenCalls(100);

}  // namespace

bool PythonProgress::operator()(int done, int total) {
  const Clock::time_point now = Clock::now();
  const bool calls = !callback_.is_none() && (done >= total || now - last_call_ >= kBetweenCalls);
  if (!calls && now - last_check_ < kBetweenChecks) return true;
  last_check_ = now;
  const py::gil_scoped_acquire gil;
  if (PyErr_CheckSignals() != 0) {
    if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt) == 0) throw py::error_already_set();
    PyErr_Clear();
    return false;
  }
  if (calls) {
    last_call_ = now;
    callback_(done, total);
  }
  return true;
}

void InterruptCheck::operator()() {
  if (!progress_(0, 1)) throw Interrupted("interrupted");
}

}  // namespace splinternet::python
