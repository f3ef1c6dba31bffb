#pragma once

#include <ctime>

namespace splinternet::bench {

/// Seconds of the processor that `work` takes on this thread: the same on a busy machine.
double seconds_of(auto&& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  const double start = now();
  work();
  return now() - start;
}

}  // namespace splinternet::bench
