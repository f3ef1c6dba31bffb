#pragma once

#include <cstddef>

#include "sim/core/function_ref.hpp"

/// Loops and sums whose result does not depend on the number of threads. Three back ends stand behind this header,
/// chosen by CMake: oneTBB (default), std::thread (the tsan preset), serial (WebAssembly).
namespace splinternet::parallel {

/// Number of elements whose sum one partial holds; part of the definition of every sum.
inline constexpr std::size_t kChunk = 1024;

/// Calls body(begin, end) for disjoint ranges that cover [0, count), each of at most `grain` elements, in any order and
/// possibly at once; on the calling thread if there is one range only. Bodies may themselves start loops. If bodies
/// throw, the exception of the lowest range is rethrown after all ranges have ended.
void for_each_range(std::size_t count, std::size_t grain, FunctionRef<void(std::size_t, std::size_t)> body);

/// Sum of partial(begin, end) over the fixed chunks [0, kChunk), [kChunk, 2·kChunk), …, added in index order:
/// the same bits for any number of threads and in every back end.
double sum(std::size_t count, FunctionRef<double(std::size_t, std::size_t)> partial);

/// While it lives, at most `threads` threads (0 = all of the machine) take part in loops started by this thread.
class ThreadLimit {
 public:
  explicit ThreadLimit(int threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  struct State;
  State* state_;
};

/// "oneTBB", "std::thread" or "serial".
const char* back_end();

}  // namespace splinternet::parallel
