#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/parallel_back_end.hpp"

namespace splinternet::parallel {
namespace {

/// Set while this thread works on a task: loops inside a task run on the thread that meets them.
thread_local bool inside_task = false;

void run_here(std::size_t count, FunctionRef<void(std::size_t)> task) {
  for (std::size_t n = 0; n < count; ++n) task(n);
}

/// The calling thread and a fixed set of workers, which sleep between loops.
class Pool {
 public:
  explicit Pool(int threads) {
    for (int n = 1; n < threads; ++n) workers_.emplace_back([this] { work(); });
  }

  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    loop_began_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void run(std::size_t count, FunctionRef<void(std::size_t)> task) {
    if (workers_.empty() || inside_task) return run_here(count, task);
    {
      const std::lock_guard lock(mutex_);
      task_ = &task;
      count_ = count;
      next_.store(0, std::memory_order_relaxed);
      busy_ = workers_.size();
      ++loop_;
    }
    loop_began_.notify_all();
    take_tasks(count, task);
    std::unique_lock lock(mutex_);
    loop_ended_.wait(lock, [this] { return busy_ == 0; });
  }

 private:
  void work() {
    std::size_t loops_done = 0;
    std::unique_lock lock(mutex_);
    while (true) {
      loop_began_.wait(lock, [&] { return ending_ || loop_ != loops_done; });
      if (ending_) return;
      loops_done = loop_;
      const FunctionRef<void(std::size_t)> task = *task_;
      const std::size_t count = count_;
      lock.unlock();
      take_tasks(count, task);
      lock.lock();
      if (--busy_ == 0) loop_ended_.notify_one();
    }
  }

  /// The counter is relaxed on purpose: it hands out numbers and orders no memory, so that the thread sanitizer sees
  /// a race between two tasks. The mutex orders what lies before and after the loop.
  void take_tasks(std::size_t count, FunctionRef<void(std::size_t)> task) {
    inside_task = true;
    for (std::size_t n = next_.fetch_add(1, std::memory_order_relaxed); n < count;
         n = next_.fetch_add(1, std::memory_order_relaxed)) {
      task(n);
    }
    inside_task = false;
  }

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable loop_began_;
  std::condition_variable loop_ended_;
  std::atomic<std::size_t> next_ = 0;
  const FunctionRef<void(std::size_t)>* task_ = nullptr;
  std::size_t count_ = 0;
  std::size_t loop_ = 0;
  std::size_t busy_ = 0;
  bool ending_ = false;
};

int machine_threads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

struct Limit {
  Limit(int threads, Limit* outer_limit) : pool(threads), outer(outer_limit) {}

  Pool pool;
  Limit* outer;
};

thread_local Limit* current_limit = nullptr;

}  // namespace

struct ThreadLimit::State : Limit {
  using Limit::Limit;
};

void detail::run_tasks(std::size_t count, FunctionRef<void(std::size_t)> task) {
  if (inside_task) return run_here(count, task);
  if (current_limit != nullptr) return current_limit->pool.run(count, task);
  static thread_local Pool whole_machine(machine_threads());
  whole_machine.run(count, task);
}

ThreadLimit::ThreadLimit(int threads) : state_(nullptr) {
  SPLINTERNET_CHECK(threads >= 0, threads);
  state_ = new State(threads > 0 ? threads : machine_threads(), current_limit);
  current_limit = state_;
}

ThreadLimit::~ThreadLimit() {
  current_limit = state_->outer;
  delete state_;
}

const char* back_end() {
  return "std::thread";
}

}  // namespace splinternet::parallel
