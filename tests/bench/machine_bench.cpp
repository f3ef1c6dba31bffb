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

/// a ← b + s·c; a function of its own, so that the compiler sees that nothing else changes what it reads.
[[gnu::noinline]] void triad(double* __restrict a, const double* __restrict b, const double* __restrict c, double s,
                             std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) a[n] = b[n] + s * c[n];
}

/// The triad over three arrays that fill `bytes` together. What the cache line of `a` costs to fetch is not counted.
void time_triad(benchmark::State& state, std::size_t bytes) {
  const std::size_t count = bytes / (3 * sizeof(double));
  std::vector<double> sum(count, 0.0);
  const std::vector<double> first(count, 1.0);
  const std::vector<double> second(count, 2.0);
  for ([[maybe_unused]] auto iteration : state) {
    triad(sum.data(), first.data(), second.data(), 0.5, count);
    benchmark::ClobberMemory();
  }
  state.counters["bytes"] = benchmark::Counter(3.0 * sizeof(double) * static_cast<double>(count), kPerSecond);
}

// As wide as what the compiler may use; every x86-64 and every AArch64 has 16 bytes.
#if defined(__AVX512F__)
constexpr std::size_t kVectorBytes = 64;
#elif defined(__AVX2__)
constexpr std::size_t kVectorBytes = 32;
#else
constexpr std::size_t kVectorBytes = 16;
#endif
using Integers [[gnu::vector_size(kVectorBytes)]] = std::int32_t;
using Reals [[gnu::vector_size(kVectorBytes)]] = double;

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
  Integers one = Integers{} + 1;
  Integers limit = Integers{} + (1 << 30);
  benchmark::DoNotOptimize(one);
  benchmark::DoNotOptimize(limit);
  operations<Integers, 8>(state, Integers{}, [one, limit](Integers value) {
    const Integers sum = value + one;
    return sum < limit ? sum : limit;
  });
}

void multiply_and_add(benchmark::State& state) {
  Reals factor = Reals{} + 0.999;
  Reals term = Reals{} + 0.001;
  benchmark::DoNotOptimize(factor);
  benchmark::DoNotOptimize(term);
  operations<Reals, 12>(state, Reals{} + 1.0, [factor, term](Reals value) { return value * factor + term; });
}

const bool registered = [] {
  struct Size {
    const char* name;
    std::size_t bytes;
  };
  for (const Size size : {Size{"32 kB", 32'000}, Size{"256 kB", 256'000}, Size{"64 MB", 64'000'000}}) {
    benchmark::RegisterBenchmark(("machine: triad of " + std::string(size.name)).c_str(), [bytes = size.bytes](
                                                                                              benchmark::State& state) {
      time_triad(state, bytes);
    })->Unit(benchmark::kMicrosecond);
  }
  benchmark::RegisterBenchmark("machine: add and minimum, 32-bit", add_and_minimum)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("machine: multiply and add, 64-bit", multiply_and_add)->Unit(benchmark::kMicrosecond);
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
