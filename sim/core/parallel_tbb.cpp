#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <optional>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/parallel_back_end.hpp"

namespace splinternet::parallel {
namespace {

/// An arena limits the loops that this thread starts and leaves those of other threads alone. oneTBB gives no more
/// threads than the machine has cores unless a global_control raises that number; as the lowest of all such controls
/// counts, there is one only where it is needed.
struct Limit {
  Limit(int thread_count, Limit* outer_limit) : threads(thread_count), arena(thread_count), outer(outer_limit) {
    if (threads > tbb::info::default_concurrency()) {
      control.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    }
  }

  int threads;
  std::optional<tbb::global_control> control;
  tbb::task_arena arena;
  Limit* outer;
};

thread_local Limit* current_limit = nullptr;

}  // namespace

struct ThreadLimit::State : Limit {
  using Limit::Limit;
};

void detail::run_tasks(std::size_t count, FunctionRef<void(std::size_t)> task) {
  if (current_limit != nullptr && current_limit->threads == 1) {
    for (std::size_t n = 0; n < count; ++n) task(n);
    return;
  }
  const auto loop = [&] {
    // Isolated, so that a thread which waits for a nested loop takes no task of the outer one meanwhile: no body is
    // interrupted by another, and each may use scratch memory of its thread.
    tbb::this_task_arena::isolate([&] {
      tbb::parallel_for(
          tbb::blocked_range<std::size_t>(0, count),
          [&](const tbb::blocked_range<std::size_t>& tasks) {
            for (std::size_t n = tasks.begin(); n != tasks.end(); ++n) task(n);
          },
          tbb::simple_partitioner());
    });
  };
  if (current_limit == nullptr) {
    loop();
  } else {
    current_limit->arena.execute(loop);
  }
}

ThreadLimit::ThreadLimit(int threads) : state_(nullptr) {
  SPLINTERNET_CHECK(threads >= 0, threads);
  state_ = new State(threads > 0 ? threads : tbb::info::default_concurrency(), current_limit);
  current_limit = state_;
}

ThreadLimit::~ThreadLimit() {
  current_limit = state_->outer;
  delete state_;
}

const char* back_end() {
  return "oneTBB";
}

}  // namespace splinternet::parallel
