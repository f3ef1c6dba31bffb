// Structural gravity: from outputs, expenditures and trade costs to the resistances of the baseline, those under other
// costs, and the full-endowment equilibrium. The thirty largest traders of the flagship, a size that programs which
// solve for all resistances by a general root finder can still do.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/setting.hpp"
#include "sim/trade/gravity.hpp"
#include "tests/bench/flagship.hpp"
#include "tests/bench/peer_files.hpp"

namespace splinternet::bench {
namespace {

constexpr std::size_t kCountries = 30;
constexpr double kElasticity = 4.0;
constexpr double kLeastDistance = 1.5;  // trade costs abroad are between this and twice it, those at home 1
constexpr double kDearer = 1.1;         // between countries of different parity

/// Outputs and expenditures of the largest traders, rescaled such that both have one sum, the last one the reference.
GravityData largest_traders() {
  const TradeBaseline& world = flagship()->trade->baseline;
  std::vector<std::size_t> order(world.countries());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return world.output()[a] > world.output()[b]; });
  GravityData data;
  data.elasticity = kElasticity;
  data.reference = kCountries - 1;
  for (std::size_t rank = 0; rank < kCountries; ++rank) {
    data.output.push_back(world.output()[order[rank]]);
    data.expenditure.push_back(world.expenditure()[order[rank]]);
  }
  const double output = std::accumulate(data.output.begin(), data.output.end(), 0.0);
  const double expenditure = std::accumulate(data.expenditure.begin(), data.expenditure.end(), 0.0);
  for (double& value : data.expenditure) value *= output / expenditure;
  return data;
}

/// T[exporter][importer] of symmetric random trade costs; `dearer` multiplies those between different parities.
std::vector<double> ease(double dearer) {
  const Draws draws(1, Purpose::kTest, 0, kCountries);
  std::vector<double> result(kCountries * kCountries, 1.0);
  for (std::size_t i = 0; i < kCountries; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double draw = draws.uniform(static_cast<std::uint32_t>(i * kCountries + j));
      const double cost = kLeastDistance * (1.0 + draw) * (i % 2 == j % 2 ? 1.0 : dearer);
      result[i * kCountries + j] = result[j * kCountries + i] = math::pow(cost, -kElasticity);
    }
  }
  return result;
}

void write_case(const GravityData& data, std::span<const double> before, std::span<const double> after,
                const Gravity& model, const GravityFlows& conditional, const GravityEquilibrium& full) {
  const std::vector<std::size_t> column = {kCountries}, matrix = {kCountries, kCountries};
  write_peer_array("gravity_output", data.output, column);
  write_peer_array("gravity_expenditure", data.expenditure, column);
  write_peer_array("gravity_ease", before, matrix);
  write_peer_array("gravity_ease_after", after, matrix);
  write_peer_array("gravity_outward", model.baseline().outward, column);
  write_peer_array("gravity_inward", model.baseline().inward, column);
  write_peer_array("gravity_outward_after", conditional.outward, column);
  write_peer_array("gravity_inward_after", conditional.inward, column);
  write_peer_array("gravity_price", full.price, column);
}

void gravity(benchmark::State& state) {
  const GravityData data = largest_traders();
  const std::vector<double> before = ease(1.0);
  const std::vector<double> after = ease(kDearer);
  int evaluations = 0;
  for ([[maybe_unused]] auto iteration : state) {
    const Gravity model(data, before);
    const GravityFlows conditional = model.conditional(after);
    const GravityEquilibrium full = model.full_endowment(after);
    evaluations = model.baseline().evaluations + conditional.evaluations + full.trade.evaluations;
    benchmark::DoNotOptimize(full.price.data());
  }
  const Gravity model(data, before);
  write_case(data, before, after, model, model.conditional(after), model.full_endowment(after));
  state.counters["N"] = kCountries;
  state.counters["evaluations"] = evaluations;
  // Each evaluation goes over all pairs for the sellers and for the buyers: a product and a sum for each cell.
  state.counters["operations"] = benchmark::Counter(2.0 * evaluations * static_cast<double>(before.size()),
                                                    benchmark::Counter::kIsIterationInvariantRate);
}

const bool registered = [] {
  benchmark::RegisterBenchmark("structural gravity", gravity)->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
