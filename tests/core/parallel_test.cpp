#include "sim/core/parallel.hpp"

#include <atomic>
#include <chrono>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

bool is_serial() {
  return std::string_view(parallel::back_end()) == "serial";
}

/// Waits until `count` ranges are under way at once, at most some seconds; false if they never were.
bool meet(std::atomic<int>& arrived, int count) {
  arrived.fetch_add(1);
  const auto deadline =
      std::chrono::steady_clock::now() + (is_serial() ? std::chrono::seconds(0) : std::chrono::seconds(10));
  while (arrived.load() < count) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

/// True if `count` ranges can be under way at once.
bool run_at_once(int count) {
  std::atomic<int> arrived = 0;
  std::atomic<int> met = 0;
  parallel::for_each_range(static_cast<std::size_t>(count), 1, [&](std::size_t, std::size_t) {
    if (meet(arrived, count)) met.fetch_add(1);
  });
  return met.load() == count;
}

double sum_of(const std::vector<double>& values) {
  return parallel::sum(values.size(), [&](std::size_t begin, std::size_t end) {
    double sum = 0.0;
    for (std::size_t n = begin; n < end; ++n) sum += values[n];
    return sum;
  });
}

std::vector<double> values_of_many_sizes(std::uint32_t count) {
  std::vector<double> values(count);
  for (std::uint32_t n = 0; n < count; ++n) {
    const Draws draws(1, Purpose::kTest, 0, n);
    values[n] = std::ldexp(draws.uniform(0) - 0.5, static_cast<int>(draws.below(80, 1)));
  }
  return values;
}

}  // namespace

TEST_CASE("Ranges cover every element once and are no longer than the grain") {
  for (const int threads : {1, 2, 8}) {
    const parallel::ThreadLimit limit(threads);
    for (const std::size_t count : {0U, 1U, 2U, 7U, 64U, 1000U}) {
      for (const std::size_t grain : {1U, 3U, 64U, 5000U}) {
        std::vector<int> visits(count, 0);
        std::atomic<bool> too_long = false;
        parallel::for_each_range(count, grain, [&](std::size_t begin, std::size_t end) {
          if (end - begin > grain || begin >= end) too_long = true;
          for (std::size_t n = begin; n < end; ++n) ++visits[n];
        });
        REQUIRE(visits == std::vector<int>(count, 1));
        REQUIRE_FALSE(too_long.load());
      }
    }
  }
  CHECK_THROWS_AS(parallel::for_each_range(5, 0, [](std::size_t, std::size_t) {}), InternalError);
}

TEST_CASE("A sum has the same bits for any number of threads and equals the plain sum of chunk sums") {
  for (const std::uint32_t count : {0U, 1U, 1023U, 1024U, 1025U, 100'000U}) {
    const std::vector<double> values = values_of_many_sizes(count);
    double expected = 0.0;
    for (std::size_t begin = 0; begin < count; begin += parallel::kChunk) {
      double partial = 0.0;
      for (std::size_t n = begin; n < count && n < begin + parallel::kChunk; ++n) partial += values[n];
      expected += partial;
    }
    for (const int threads : {1, 2, 3, 8}) {
      const parallel::ThreadLimit limit(threads);
      for (int repeat = 0; repeat < 5; ++repeat) REQUIRE(sum_of(values) == expected);
    }
    REQUIRE(sum_of(values) == expected);
  }
}

TEST_CASE("The values of the sum test do tell orders of addition apart") {
  const std::vector<double> values = values_of_many_sizes(100'000);
  double left_to_right = 0.0;
  for (const double value : values) left_to_right += value;
  CHECK(left_to_right != sum_of(values));
}

TEST_CASE("Two workers take part, and eight when eight are asked for") {
  const parallel::ThreadLimit limit(8);
  CHECK(run_at_once(1));
  for (const int threads : {2, 8}) CHECK(run_at_once(threads) == !is_serial());
}

TEST_CASE("A limit of one thread runs every range on the caller, in order") {
  const parallel::ThreadLimit limit(1);
  std::vector<std::size_t> begins;
  std::set<std::thread::id> threads;
  parallel::for_each_range(100, 1, [&](std::size_t begin, std::size_t) {
    begins.push_back(begin);
    threads.insert(std::this_thread::get_id());
  });
  REQUIRE(begins.size() == 100);
  for (std::size_t n = 0; n < 100; ++n) CHECK(begins[n] == n);
  CHECK(threads == std::set<std::thread::id>{std::this_thread::get_id()});
}

TEST_CASE("No more threads take part than the limit allows, and inner limits end with their scope") {
  const auto threads_at_once = [] {
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    parallel::for_each_range(400, 1, [&](std::size_t, std::size_t) {
      const int now = inside.fetch_add(1) + 1;
      int seen = most.load();
      while (seen < now && !most.compare_exchange_weak(seen, now)) {
      }
      std::this_thread::sleep_for(std::chrono::microseconds(50));
      inside.fetch_sub(1);
    });
    return most.load();
  };
  const parallel::ThreadLimit outer(3);
  CHECK(threads_at_once() <= 3);
  {
    const parallel::ThreadLimit inner(1);
    CHECK(threads_at_once() == 1);
  }
  CHECK(run_at_once(3) == !is_serial());
  CHECK_THROWS_AS(parallel::ThreadLimit(-1), InternalError);
}

TEST_CASE("A loop of one range runs on the caller") {
  const parallel::ThreadLimit limit(8);
  for (int repeat = 0; repeat < 100; ++repeat) {
    std::thread::id worker;
    parallel::for_each_range(10, 10, [&](std::size_t, std::size_t) { worker = std::this_thread::get_id(); });
    REQUIRE(worker == std::this_thread::get_id());
  }
}

TEST_CASE("The exception of the lowest range wins, after all ranges have ended") {
  for (const int threads : {1, 2, 8}) {
    const parallel::ThreadLimit limit(threads);
    for (int repeat = 0; repeat < 20; ++repeat) {
      std::atomic<int> ended = 0;
      std::string message;
      try {
        parallel::for_each_range(200, 2, [&](std::size_t begin, std::size_t) {
          ended.fetch_add(1);
          if (begin >= 40 && begin % 3 == 1) throw std::runtime_error(std::to_string(begin));
        });
      } catch (const std::runtime_error& error) {
        message = error.what();
      }
      REQUIRE(message == "40");
      REQUIRE(ended.load() == 100);
    }
    // A loop after a failed one works.
    std::atomic<int> visits = 0;
    parallel::for_each_range(10, 1, [&](std::size_t, std::size_t) { visits.fetch_add(1); });
    REQUIRE(visits.load() == 10);
  }
  CHECK_THROWS_AS(parallel::for_each_range(1, 1, [](std::size_t, std::size_t) { throw DataError("one"); }), DataError);
}

TEST_CASE("Loops and sums may be nested, and no body is interrupted by another") {
  for (const int threads : {1, 2, 8}) {
    const parallel::ThreadLimit limit(threads);
    std::vector<double> sums(50);
    std::atomic<bool> interrupted = false;
    parallel::for_each_range(sums.size(), 1, [&](std::size_t outer, std::size_t) {
      static thread_local bool busy = false;
      if (busy) interrupted = true;
      busy = true;
      sums[outer] = parallel::sum(10 * parallel::kChunk, [&](std::size_t begin, std::size_t end) {
        return static_cast<double>((end - begin) * outer);
      });
      busy = false;
    });
    for (std::size_t n = 0; n < sums.size(); ++n) REQUIRE(sums[n] == static_cast<double>(10 * parallel::kChunk * n));
    CHECK_FALSE(interrupted.load());
  }
}

TEST_CASE("Two threads may run loops at once under limits of their own") {
  const std::vector<double> values = values_of_many_sizes(50'000);
  const double expected = sum_of(values);
  std::atomic<int> wrong = 0;
  const auto work = [&](int threads) {
    const parallel::ThreadLimit limit(threads);
    for (int repeat = 0; repeat < 50; ++repeat) {
      if (sum_of(values) != expected) wrong.fetch_add(1);
    }
  };
  std::thread first(work, 2);
  std::thread second(work, 3);
  work(1);
  first.join();
  second.join();
  CHECK(wrong.load() == 0);
}

TEST_CASE("The back end names itself") {
  const std::string_view name = parallel::back_end();
  CHECK((name == "oneTBB" || name == "std::thread" || name == "serial"));
}
