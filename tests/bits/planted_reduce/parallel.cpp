// A planted fault, for tests/bits/run.py: core/parallel with a sum as reductions of OpenMP and oneTBB make it. It
// stands in for sim/core/parallel.cpp, which it includes with the honest sum under another name.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#define sum ordered_sum
#include "sim/core/parallel.cpp"
#undef sum

namespace splinternet::parallel {
namespace {

/// How many threads take part in loops: tasks sleep, so that each wakes another thread.
std::size_t count_workers() {
  constexpr std::size_t kTasks = 16;
  std::atomic<std::size_t> inside = 0;
  std::atomic<std::size_t> most = 1;
  for_each_range(kTasks, 1, [&](std::size_t, std::size_t) {
    const std::size_t now = inside.fetch_add(1) + 1;
    std::size_t seen = most.load();
    while (seen < now && !most.compare_exchange_weak(seen, now)) {
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    inside.fetch_sub(1);
  });
  return most.load();
}

}  // namespace

/// One range per thread, partials added in the order in which they end, from a place that moves with every call: the
/// bits depend on the number of threads and, with more than two, on chance.
double sum(std::size_t count, FunctionRef<double(std::size_t, std::size_t)> partial) {
  static const std::size_t workers = count_workers();
  static std::atomic<std::size_t> calls = 0;
  if (count == 0) return 0.0;
  std::vector<double> partials;
  std::mutex mutex;
  for_each_range(count, (count + workers - 1) / workers, [&](std::size_t begin, std::size_t end) {
    const double value = partial(begin, end);
    const std::lock_guard lock(mutex);
    partials.push_back(value);
  });
  const auto place = static_cast<std::ptrdiff_t>(calls.fetch_add(1) % partials.size());
  std::rotate(partials.begin(), partials.begin() + place, partials.end());
  double total = 0.0;
  for (const double value : partials) total += value;
  return total;
}

}  // namespace splinternet::parallel
