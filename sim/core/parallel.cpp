#include "sim/core/parallel.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel_back_end.hpp"

namespace splinternet::parallel {
namespace {

/// The exception of the lowest range that threw, whichever ended first.
class LowestError {
 public:
  void keep(std::size_t range, std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_ || range < range_) {
      range_ = range;
      error_ = std::move(error);
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::mutex mutex_;
  std::size_t range_ = 0;
  std::exception_ptr error_;
};

}  // namespace

void for_each_range(std::size_t count, std::size_t grain, FunctionRef<void(std::size_t, std::size_t)> body) {
  SPLINTERNET_CHECK(grain > 0, grain);
  if (count == 0) return;
  if (count <= grain) {
    body(0, count);
    return;
  }
  LowestError error;
  auto task = [&](std::size_t range) {
    try {
      const std::size_t begin = range * grain;
      body(begin, begin + std::min(grain, count - begin));
    } catch (...) {
      error.keep(range, std::current_exception());
    }
  };
  detail::run_tasks((count - 1) / grain + 1, task);
  error.rethrow();
}

double sum(std::size_t count, FunctionRef<double(std::size_t, std::size_t)> partial) {
  std::vector<double> partials((count + kChunk - 1) / kChunk);
  for_each_range(count, kChunk,
                 [&](std::size_t begin, std::size_t end) { partials[begin / kChunk] = partial(begin, end); });
  double total = 0.0;
  for (const double value : partials) total += value;
  return total;
}

}  // namespace splinternet::parallel
