#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "tests/trade/engines.hpp"

/// Worlds and shocks of every size and shape, one for each key, to find where solvers give up.
namespace splinternet::test {

/// What a draw decides.
enum class Fuzz : std::uint16_t {
  kSmallOrLarge,
  kCountries,
  kSectors,
  kElasticity,
  kSize,
  kPair,
  kMissing,
  kOpenness,
  kUnit,
  kDeficit,
  kEngine,
  kClosure,
  kShock,
  kStrength,
  kFactor,
  kProductivity,
  kSupply,
  kValueAdded,
  kTariff
};

/// The draws of one world; one more of a kind moves no other.
class FuzzDraws {
 public:
  explicit FuzzDraws(std::uint64_t key) : key_(key) {}
  [[nodiscard]] double uniform(Fuzz kind, std::size_t place = 0) const { return draws(kind, place).uniform(); }
  [[nodiscard]] double normal(Fuzz kind, std::size_t place = 0) const { return draws(kind, place).normal(); }
  [[nodiscard]] std::size_t below(std::uint32_t count, Fuzz kind) const { return draws(kind, 0).below(count); }
  /// Between low and high, even in logs.
  [[nodiscard]] double spread(double low, double high, Fuzz kind, std::size_t place = 0) const {
    const double from = math::log(low);
    return math::exp(from + (math::log(high) - from) * uniform(kind, place));
  }

 private:
  [[nodiscard]] Draws draws(Fuzz kind, std::size_t place) const {
    return {key_, Purpose::kTest, 0, static_cast<std::uint32_t>(place), static_cast<std::uint16_t>(kind)};
  }
  std::uint64_t key_;
};

/// Where a value of [sector][exporter][importer] belongs.
struct Place {
  Place(std::size_t k, std::size_t n) : s(k / n / n), i(k / n % n), j(k % n), countries(n) {}
  std::size_t s, i, j, countries;
  /// The same for both directions.
  [[nodiscard]] std::size_t pair() const { return (s * countries + std::min(i, j)) * countries + std::max(i, j); }
  /// Trade between neighbours in the first sector never ends, or nothing would tie the wages of the world together.
  [[nodiscard]] bool is_kept() const { return s == 0 && (j == (i + 1) % countries || i == (j + 1) % countries); }
};

/// How much of what a country makes it trades, from next to nothing to nearly all; the same for all in most worlds.
inline double fuzzed_openness(const FuzzDraws& draws, std::size_t country) {
  const bool differs = draws.uniform(Fuzz::kOpenness, 0) < 0.3;
  return draws.spread(1e-6, 0.95, Fuzz::kOpenness, differs ? 2 + country : 1);
}

/// One sector's sales abroad before they are scaled: gravity, lumpy, with missing pairs in half of the worlds.
inline double fuzzed_weight(const FuzzDraws& draws, const Place& at, std::size_t k) {
  const double missing = 0.8 * std::max(0.0, 2.0 * draws.uniform(Fuzz::kMissing, 0) - 1.0);
  if (at.i == at.j || (!at.is_kept() && draws.uniform(Fuzz::kMissing, 1 + at.pair()) < missing)) return 0.0;
  const double lumps = 1.5 * draws.uniform(Fuzz::kPair, 0);
  return fuzzed_openness(draws, at.j) * draws.spread(1.0, 1e3, Fuzz::kSize, at.j) *
         math::exp(lumps * draws.normal(Fuzz::kPair, 1 + k));
}

/// Moves flows a share of the way to where each pair trades as much one way as the other: deficits shrink by as much.
inline void even_out(TradeFlows& flows, double share) {
  const std::size_t n = flows.countries;
  for (std::size_t k = 0; k < flows.flow.size(); ++k) {
    const Place at(k, n);
    double& there = flows.flow[k];
    double& back = flows.flow[(at.s * n + at.j) * n + at.i];
    if (at.j <= at.i || there == 0.0 || back == 0.0) continue;
    const double mean = 0.5 * (there + back);
    there += share * (mean - there);
    back += share * (mean - back);
  }
}

/// 2 to 12 countries, or up to 60; 1 to 4 sectors; θ from 0.5 to 20; sizes over three orders of magnitude, money over
/// 24; deficits of any size; now and then a sector without home sales.
inline TradeFlows fuzzed_flows(const FuzzDraws& draws) {
  const bool is_small = draws.uniform(Fuzz::kSmallOrLarge) < 0.97;
  const std::size_t n = is_small ? 2 + draws.below(11, Fuzz::kCountries) : 13 + draws.below(48, Fuzz::kCountries);
  const std::size_t sectors = 1 + draws.below(4, Fuzz::kSectors);
  TradeFlows flows{n, sectors, std::vector<double>(sectors * n * n), {}};
  for (std::size_t s = 0; s < sectors; ++s) flows.elasticity.push_back(draws.spread(0.5, 20.0, Fuzz::kElasticity, s));
  for (std::size_t k = 0; k < flows.flow.size(); ++k) flows.flow[k] = fuzzed_weight(draws, Place(k, n), k);
  const double unit = draws.uniform(Fuzz::kUnit, 0) < 0.7 ? 1.0 : draws.spread(1e-12, 1e12, Fuzz::kUnit, 1);
  for (std::size_t row = 0; row < sectors * n; ++row) {
    const std::size_t i = row % n;
    const auto sales = std::span(flows.flow).subspan(row * n, n);
    double abroad = 0.0;
    for (const double flow : sales) abroad += flow;
    const double openness = fuzzed_openness(draws, i);
    const double size = unit * draws.spread(1.0, 1e3, Fuzz::kSize, i) * draws.spread(0.3, 3.0, Fuzz::kSize, n + row);
    for (std::size_t j = 0; j < n && abroad > 0.0; ++j) sales[j] *= size * openness / abroad;
    if (draws.uniform(Fuzz::kMissing, 1 + sectors * n * n + row) > 0.02) sales[i] = size * (1.0 - openness);
  }
  const double asymmetry = draws.uniform(Fuzz::kDeficit);
  even_out(flows, 1.0 - asymmetry * asymmetry);
  return flows;
}

/// B of one of four shapes: two blocs, all pairs at random, pairs forbidden, or a world that closes altogether.
inline std::vector<double> fuzzed_factors(const FuzzDraws& draws, const TradeFlows& flows) {
  const std::size_t n = flows.countries, shape = draws.below(4, Fuzz::kShock);
  const double strength = draws.uniform(Fuzz::kStrength);
  std::vector<double> factors(flows.flow.size(), 1.0);
  for (std::size_t k = 0; k < factors.size(); ++k) {
    const Place at(k, n);
    if (at.i == at.j) continue;
    if (shape == 0 && at.i % 2 != at.j % 2) factors[k] = math::exp(-flows.elasticity[at.s] * 2.3 * strength);
    if (shape == 1) factors[k] = math::exp(2.0 * strength * draws.normal(Fuzz::kFactor, k));
    if (shape == 2 && !at.is_kept() && draws.uniform(Fuzz::kFactor, at.pair()) < 0.3) factors[k] = 0.0;
    if (shape == 3) factors[k] = math::exp(-6.9 * strength);
  }
  return factors;
}

/// Value added of a random share of cost, and inputs of no more than nine tenths of what is bought; tariffs that
/// change.
inline void add_production(const FuzzDraws& draws, EngineWorld& world) {
  const std::size_t n = world.flows.countries, sectors = world.flows.sectors, cells = sectors * n;
  world.tariff.assign(cells * n, 0.0);
  world.new_tariff.assign(cells * n, 0.0);
  std::vector<double> bought(cells, 0.0), all_sold(n, 0.0);
  for (std::size_t k = 0; k < cells * n; ++k) {
    const Place at(k, n);
    if (at.i != at.j) world.tariff[k] = 0.2 * draws.uniform(Fuzz::kTariff, k);
    if (at.i != at.j) world.new_tariff[k] = 0.4 * draws.uniform(Fuzz::kTariff, cells * n + k);
    bought[at.s * n + at.j] += world.flows.flow[k];
    all_sold[at.i] += world.flows.flow[k] / (1.0 + world.tariff[k]);
  }
  const double inputs = 0.85 * draws.uniform(Fuzz::kValueAdded, 0) / static_cast<double>(sectors);
  world.value_added.assign(cells, 1.0);
  world.input_share.resize(n * sectors * sectors);
  for (std::size_t k = 0; k < world.input_share.size(); ++k) {
    const std::size_t i = k / sectors / sectors, input = k / sectors % sectors, output = k % sectors;
    const double most = std::min(inputs, 0.9 * bought[input * n + i] / all_sold[i]);
    world.input_share[k] = most * draws.uniform(Fuzz::kValueAdded, 1 + k);
    world.value_added[output * n + i] -= world.input_share[k];
  }
}

inline EngineWorld fuzzed_world(std::uint64_t key) {
  const FuzzDraws draws(key);
  EngineWorld world;
  world.engine = static_cast<Engine>(draws.below(kEngines, Fuzz::kEngine));
  world.closure = static_cast<Closure>(draws.below(3, Fuzz::kClosure));
  world.flows = fuzzed_flows(draws);
  world.cost_factor = fuzzed_factors(draws, world.flows);
  for (std::size_t i = 0; i < world.flows.countries; ++i) {
    world.productivity.push_back(math::exp(0.3 * draws.normal(Fuzz::kProductivity, i)));
  }
  world.supply_elasticity = draws.spread(0.1, 5.0, Fuzz::kSupply);
  if (world.engine == Engine::kInputs) add_production(draws, world);
  return world;
}

}  // namespace splinternet::test
