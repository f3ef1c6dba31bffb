// Kernels at the sizes of the flagship: a trade equilibrium, the digest of a state, the exponential of a matrix.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "sim/core/digest.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/setting.hpp"
#include "sim/trade/solver.hpp"
#include "tests/bench/flagship.hpp"

namespace splinternet::bench {
namespace {

/// Uniform draws on (−spread, spread).
std::vector<double> draws(std::size_t count, double spread) {
  std::vector<double> values(count);
  for (std::size_t n = 0; n < count; ++n) {
    values[n] = spread * (2.0 * Draws(1, Purpose::kTest, 0, static_cast<std::uint32_t>(n)).uniform() - 1.0);
  }
  return values;
}

/// Cost factors of all pairs, up to ±spread in logarithm.
std::vector<double> cost_factors(const TradeBaseline& baseline, double spread) {
  std::vector<double> factors = draws(baseline.flow().size(), spread);
  math::exp(factors, factors);
  return factors;
}

/// From the baseline's wages to 1e-12 after every cost has changed by up to 10 %.
void trade_cold(benchmark::State& state) {
  TradeSolver solver(flagship()->trade->baseline, Closure::kBalanced);
  const std::vector<double> factors = cost_factors(flagship()->trade->baseline, 0.1);
  for ([[maybe_unused]] auto iteration : state) {
    solver.reset();
    benchmark::DoNotOptimize(solver.solve({factors, {}}).residual);
  }
  state.counters["N"] = static_cast<double>(flagship()->countries.count);
  state.counters["iterations"] = solver.equilibrium().iterations;
}

/// From the last solution after every cost has changed by up to 0.1 %: a month of the run.
void trade_warm(benchmark::State& state) {
  TradeSolver solver(flagship()->trade->baseline, Closure::kBalanced);
  const std::vector<double> here = cost_factors(flagship()->trade->baseline, 0.1);
  std::vector<double> there = cost_factors(flagship()->trade->baseline, 0.101);
  bool back = false;
  solver.solve({here, {}});
  for ([[maybe_unused]] auto iteration : state) {
    back = !back;
    benchmark::DoNotOptimize(solver.solve({back ? there : here, {}}).residual);
  }
  state.counters["N"] = static_cast<double>(flagship()->countries.count);
  state.counters["iterations"] = solver.equilibrium().iterations;
}

void digest_of_state(benchmark::State& state) {
  const std::vector<double> values = draws(160'000, 1.0);
  for ([[maybe_unused]] auto iteration : state) {
    Digest digest;
    digest.add(std::span<const double>(values));
    benchmark::DoNotOptimize(digest.value());
  }
  state.counters["doubles"] = static_cast<double>(values.size());
  state.SetBytesProcessed(static_cast<std::int64_t>(values.size() * sizeof(double)) *
                          static_cast<std::int64_t>(state.iterations()));
}

constexpr std::size_t kCells = 2 * 198 * 198;

void exp_of_matrix(benchmark::State& state) {
  const std::vector<double> values = draws(kCells, 2.0);
  std::vector<double> result(values.size());
  for ([[maybe_unused]] auto iteration : state) {
    math::exp(values, result);
    benchmark::DoNotOptimize(result.data());
  }
  state.counters["cells"] = kCells;
  state.SetItemsProcessed(static_cast<std::int64_t>(kCells) * static_cast<std::int64_t>(state.iterations()));
}

void exp_of_libm(benchmark::State& state) {
  const std::vector<double> values = draws(kCells, 2.0);
  std::vector<double> result(values.size());
  for ([[maybe_unused]] auto iteration : state) {
    for (std::size_t n = 0; n < kCells; ++n) result[n] = std::exp(values[n]);
    benchmark::DoNotOptimize(result.data());
  }
  state.counters["cells"] = kCells;
  state.SetItemsProcessed(static_cast<std::int64_t>(kCells) * static_cast<std::int64_t>(state.iterations()));
}

const bool registered = [] {
  benchmark::RegisterBenchmark("trade equilibrium, cold", trade_cold)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("trade equilibrium, warm", trade_warm)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("digest", digest_of_state)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("exp of a matrix", exp_of_matrix)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("exp of a matrix by libm", exp_of_libm)->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
