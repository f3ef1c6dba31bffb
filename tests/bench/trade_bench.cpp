// Solves of trade at the size of the flagship against the plain fixed point in the same run, from the baseline's wages
// to a residual of 1e-12, when trade between two blocs (even and odd rows) becomes dearer: wages, prices and real
// incomes. What the flows themselves take on top is a column of its own.
#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/model/setting.hpp"
#include "sim/trade/solver.hpp"
#include "tests/bench/flagship.hpp"
#include "tests/bench/peer_files.hpp"
#include "tests/bench/seconds.hpp"
#include "tests/trade/worlds.hpp"

namespace splinternet::bench {
namespace {

constexpr double kTolerance = 1e-12;
constexpr int kMostPlainSteps = 20'000;  // where it has not arrived by then, its answer is not compared

struct Case {
  double home_share;  ///< 0: the flagship's observed trade
  double tau;
};

TradeBaseline baseline_of(const Case& c) {
  if (c.home_share == 0.0) return flagship()->trade->baseline;
  return balanced(TradeBaseline(test::random_flows(12, flagship()->countries.count, 2, c.home_share)));
}

std::vector<double> factors_of(const TradeBaseline& baseline, double tau) {
  TradeFlows shape{baseline.countries(), baseline.sectors(), {}, {}};
  shape.flow.assign(baseline.flow().begin(), baseline.flow().end());
  shape.elasticity.assign(baseline.elasticity().begin(), baseline.elasticity().end());
  return test::split_by_parity(shape, tau);
}

std::string name_of(const Case& c) {
  std::string text = "trade equilibrium, ";
  text += c.home_share == 0.0 ? "observed" : "home share ." + std::to_string(std::lround(100.0 * c.home_share));
  text += ", tau ";
  text += c.tau == 1.3 ? "1.3" : std::to_string(std::lround(c.tau));
  return text;
}

/// ŵ_i ← ŵ_i (Σ_j X'_ij / ŵ_i Y_i)^(1/(1+θ)): with one θ the iteration of the published codes for one sector. On the
/// same kernels as ours.
class PlainFixedPoint {
 public:
  explicit PlainFixedPoint(const TradeBaseline& baseline)
      : markets_(baseline, Closure::kBalanced),
        result_(TradeSolver(baseline, Closure::kBalanced).equilibrium()),
        ln_wage_(baseline.countries()),
        step_(baseline.countries()) {
    for (const double theta : baseline.elasticity()) steepest_ = std::max(steepest_, theta);
  }

  int solve(const TradeShock& shock) {
    markets_.set_shock(shock);
    std::fill(ln_wage_.begin(), ln_wage_.end(), 0.0);
    for (int k = 0; k < kMostPlainSteps; ++k) {
      SPLINTERNET_CHECK(markets_.evaluate(ln_wage_), "the plain iteration left the domain");
      if (markets_.residual() < kTolerance) {
        markets_.write(ln_wage_, TradeDetail::kTotals, result_);
        return k;
      }
      for (std::size_t i = 0; i < step_.size(); ++i) step_[i] = 1.0 + markets_.gap()[i] / markets_.wage_bill()[i];
      math::log(step_, step_);
      for (std::size_t i = 0; i < step_.size(); ++i) ln_wage_[i] += step_[i] / (1.0 + steepest_);
      markets_.normalise(ln_wage_);
    }
    return kMostPlainSteps;
  }

  [[nodiscard]] const std::vector<double>& ln_wage() const { return ln_wage_; }

 private:
  MarketClearing markets_;
  TradeEquilibrium result_;
  double steepest_ = 0.0;
  std::vector<double> ln_wage_, step_;
};

/// trade_<case>_{flow,factor,elasticity,ln_wage,real_income}.npy, X and B as [sector][exporter][importer].
void write_case(const Case& c, const TradeBaseline& baseline, std::span<const double> factors,
                const TradeEquilibrium& solution) {
  std::string stem = "trade_" + name_of(c).substr(sizeof("trade equilibrium, ") - 1);
  for (char& letter : stem) letter = letter == ' ' || letter == ',' || letter == '.' ? '_' : letter;
  const std::size_t n = baseline.countries(), sectors = baseline.sectors();
  write_peer_array(stem + "_flow", baseline.flow(), {sectors, n, n});
  write_peer_array(stem + "_factor", factors, {sectors, n, n});
  write_peer_array(stem + "_elasticity", baseline.elasticity(), {sectors});
  write_peer_array(stem + "_ln_wage", solution.ln_wage, {n});
  write_peer_array(stem + "_real_income", solution.real_income, {n});
}

/// The time is ours; that of the plain iteration is a column beside it, measured once before. Operations are those of
/// the two passes over X·B of each evaluation (a product and a sum for each cell); bytes those that a solve cannot do
/// without: one reading of X·B for each evaluation, and what is read and written when the shock is taken.
void solve_case(benchmark::State& state, const Case& c) {
  const TradeBaseline baseline = baseline_of(c);
  const std::vector<double> factors = factors_of(baseline, c.tau);
  TradeSolver solver(baseline, Closure::kBalanced);
  PlainFixedPoint plain(baseline);
  int plain_steps = 0;
  const double plain_seconds = seconds_of([&] { plain_steps = plain.solve({factors, {}}); });
  double seconds = 0.0;
  for ([[maybe_unused]] auto iteration : state) {
    const double time = seconds_of([&] {
      solver.reset();
      benchmark::DoNotOptimize(solver.solve({factors, {}}, TradeDetail::kTotals).residual);
    });
    state.SetIterationTime(time);
    seconds += time;
  }
  const auto solve_with_flows = [&] {
    solver.reset();
    benchmark::DoNotOptimize(solver.solve({factors, {}}).residual);
  };
  solve_with_flows();  // makes room for them
  const double with_flows = seconds_of(solve_with_flows);
  for (std::size_t i = 0; i < baseline.countries(); ++i) {
    const double gap = std::fabs(solver.equilibrium().ln_wage[i] - plain.ln_wage()[i]);
    SPLINTERNET_CHECK(gap < 1e-7 || plain_steps == kMostPlainSteps, i, gap, plain_steps,
                      "wages differ from those of the plain iteration");
  }
  write_case(c, baseline, factors, solver.equilibrium());
  const auto cells = static_cast<double>(baseline.flow().size());
  const double evaluations = solver.equilibrium().iterations + 1.0;
  state.counters["N"] = static_cast<double>(baseline.countries());
  state.counters["sectors"] = static_cast<double>(baseline.sectors());
  state.counters["iterations"] = solver.equilibrium().iterations;
  state.counters["plain_iterations"] = plain_steps;
  state.counters["with_flows_ms"] = 1000.0 * with_flows;
  state.counters["plain_ms"] = 1000.0 * plain_seconds;
  state.counters["times_faster"] = plain_seconds * static_cast<double>(state.iterations()) / seconds;
  const auto per_second = benchmark::Counter::kIsIterationInvariantRate;
  state.counters["operations"] = benchmark::Counter(2.0 * evaluations * cells, per_second);
  state.counters["bytes"] = benchmark::Counter(8.0 * (evaluations + 3.0) * cells, per_second);
}

const bool registered = [] {
  for (const double home_share : {0.0, 0.5, 0.75, 0.95}) {
    for (const double tau : {1.3, 2.0, 10.0}) {
      const Case c{home_share, tau};
      benchmark::RegisterBenchmark(name_of(c).c_str(), [c](benchmark::State& state) { solve_case(state, c); })
          ->UseManualTime()
          ->Unit(benchmark::kMillisecond);
    }
  }
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
