// What this machine can do on one thread with the instructions that the library is compiled for: bytes per second of a
// triad in three sizes, and the two operations that the kernels are made of, on registers alone. The rows of kernels
// are held against these.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace splinternet::bench {
namespace {

constexpr auto kPerSecond = benchmark::Counter::kIsIterationInvariantRate;

/// a ← b + s·c over three arrays that fill `bytes` together. What the cache line of `a` costs to fetch is not counted.
void triad(benchmark::State& state, std::size_t bytes) {
  const std::size_t count = bytes / (3 * sizeof(double));
  std::vector<double> sum(count, 0.0);
  const std::vector<double> first(count, 1.0);
  const std::vector<double> second(count, 2.0);
  double scale = 0.5;
  benchmark::DoNotOptimize(scale);
  for ([[maybe_unused]] auto iteration : state) {
    double* __restrict const a = sum.data();
    const double* __restrict const b = first.data();
    const double* __restrict const c = second.data();
    for (std::size_t n = 0; n < count; ++n) a[n] = b[n] + scale * c[n];
    benchmark::ClobberMemory();
  }
  state.counters["bytes"] = benchmark::Counter(3.0 * sizeof(double) * static_cast<double>(count), kPerSecond);
}

// Vectors of the width that every x86-64 and every AArch64 has.
using Integers [[gnu::vector_size(16)]] = std::int32_t;
using Reals [[gnu::vector_size(16)]] = double;

constexpr int kSteps = 4096;

/// Runs `step` on as many independent vectors as hide its latency; counts one operation for each element.
template <class Vector, std::size_t kVectors>
void operations(benchmark::State& state, Vector start, auto&& step) {
  std::array<Vector, kVectors> value;
  value.fill(start);
  for ([[maybe_unused]] auto iteration : state) {
    for (int n = 0; n < kSteps; ++n) {
      for (Vector& one : value) one = step(one);
    }
    benchmark::DoNotOptimize(value);
  }
  constexpr std::size_t kElements = sizeof(Vector) / sizeof(start[0]);
  state.counters["operations"] = benchmark::Counter(static_cast<double>(kSteps * kVectors * kElements), kPerSecond);
}

void add_and_minimum(benchmark::State& state) {
  Integers one = {1, 1, 1, 1};
  Integers limit = {1 << 30, 1 << 29, 1 << 28, 1 << 27};
  benchmark::DoNotOptimize(one);
  benchmark::DoNotOptimize(limit);
  operations<Integers, 8>(state, Integers{}, [one, limit](Integers value) {
    const Integers sum = value + one;
    return sum < limit ? sum : limit;
  });
}

void multiply_and_add(benchmark::State& state) {
  Reals factor = {0.999, 0.998};
  Reals term = {0.001, 0.002};
  benchmark::DoNotOptimize(factor);
  benchmark::DoNotOptimize(term);
  operations<Reals, 12>(state, Reals{1.0, 1.0}, [factor, term](Reals value) { return value * factor + term; });
}

const bool registered = [] {
  struct Size {
    const char* name;
    std::size_t bytes;
  };
  for (const Size size : {Size{"32 kB", 32'000}, Size{"256 kB", 256'000}, Size{"64 MB", 64'000'000}}) {
    benchmark::RegisterBenchmark(("machine: triad of " + std::string(size.name)).c_str(), [bytes = size.bytes](
                                                                                              benchmark::State& state) {
      triad(state, bytes);
    })->Unit(benchmark::kMicrosecond);
  }
  benchmark::RegisterBenchmark("machine: add and minimum, 32-bit", add_and_minimum)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("machine: multiply and add, 64-bit", multiply_and_add)->Unit(benchmark::kMicrosecond);
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
