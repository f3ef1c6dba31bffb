#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/parallel_back_end.hpp"

namespace splinternet::parallel {

void detail::run_tasks(std::size_t count, FunctionRef<void(std::size_t)> task) {
  for (std::size_t n = 0; n < count; ++n) task(n);
}

ThreadLimit::ThreadLimit(int threads) : state_(nullptr) {
  SPLINTERNET_CHECK(threads >= 0, threads);
}

ThreadLimit::~ThreadLimit() = default;

const char* back_end() {
  return "serial";
}

}  // namespace splinternet::parallel
