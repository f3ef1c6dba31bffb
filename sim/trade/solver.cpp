#include "sim/trade/solver.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/vector_clones.hpp"
#include "sim/trade/acr.hpp"
#include "sim/trade/column_kernels.hpp"
#include "sim/trade/fixed_point.hpp"
#include "sim/trade/steady_state.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();
constexpr double kDamping = 0.9;       // of the Jacobi step
constexpr double kLargestStep = 0.5;   // in log wages; without it Anderson mixing diverges under prohibitive costs
constexpr double kSlopeFloor = 1e-15;  // the slope of a closed country is rounding
constexpr double kSlopesHold = 0.1;    // residual below which slopes stay as they are: they only scale the steps
constexpr int kPatience = 40;          // iterations in which the residual must halve

/// damping·2(demand − bill)/(demand + bill), cut off at the largest step: ln(demand/bill) but for the third order of
/// the gap, and bounded.
SPLINTERNET_VECTOR_CLONES void scale_gaps(std::span<const double> gap, std::span<const double> bill,
                                          std::span<const double> damping, std::span<double> scaled) {
  const double* __restrict g = gap.data();
  const double* __restrict b = bill.data();
  const double* __restrict d = damping.data();
  double* __restrict out = scaled.data();
  for (std::size_t i = 0; i < gap.size(); ++i) {
    const double step = d[i] * (2.0 * g[i] / (g[i] + 2.0 * b[i]));
    const double below = step > kLargestStep ? kLargestStep : step;
    out[i] = below < -kLargestStep ? -kLargestStep : below;
  }
}

}  // namespace

TradeSolver::TradeSolver(TradeBaseline baseline, Closure closure, TradeSolverSettings settings)
    : clearing_(std::move(baseline), closure, settings.supply_elasticity),
      mixing_(clearing_.baseline().countries()),
      settings_(settings) {
  const std::size_t n = clearing_.baseline().countries(), cells = clearing_.baseline().sectors() * n;
  for (auto* column : {&start_, &ln_wage_, &best_ln_wage_, &scaled_gap_, &damping_, &step_}) column->assign(n, 0.0);
  TradeEquilibrium& out = equilibrium_;
  for (auto* column : {&out.ln_wage, &out.price_index, &out.real_income, &out.real_wage, &out.output, &out.expenditure,
                       &out.demand_slope}) {
    column->assign(n, 0.0);
  }
  for (auto* table : {&out.sector_price_index, &out.home_share}) table->assign(cells, 0.0);
  for (auto* matrix : {&out.share, &out.flow}) matrix->assign(cells * n, 0.0);
  residuals_.reserve(static_cast<std::size_t>(settings_.max_iterations) + 2);
}

void TradeSolver::reset() {
  std::fill(start_.begin(), start_.end(), 0.0);
}

void TradeSolver::start_from(std::span<const double> ln_wage) {
  SPLINTERNET_CHECK(ln_wage.size() == start_.size(), ln_wage.size(), start_.size());
  std::copy(ln_wage.begin(), ln_wage.end(), start_.begin());
}

bool TradeSolver::evaluate() {
  const bool sound = clearing_.evaluate(ln_wage_);
  residuals_.push_back(clearing_.residual());
  if (sound && clearing_.residual() < best_residual_) {
    best_residual_ = clearing_.residual();
    std::copy(ln_wage_.begin(), ln_wage_.end(), best_ln_wage_.begin());
  }
  if (!sound) bankrupt_ = std::min(bankrupt_, clearing_.country_without_spending());
  return sound;
}

void TradeSolver::move(double largest_step) {
  const double length = largest_size(step_);
  clearing_.move(ln_wage_, step_, length > largest_step ? largest_step / length : 1.0);
}

/// The step of each log wage by which its own condition, ln(demand/output) = 0, would hold if nothing else moved.
void TradeSolver::find_scaled_gaps() {
  const auto gap = clearing_.gap(), bill = clearing_.wage_bill();
  if (residuals_.size() == 1 || clearing_.residual() > kSlopesHold) {
    clearing_.find_slopes(SlopeTerms::kHome);
    for (std::size_t i = 0; i < damping_.size(); ++i) {
      const double slope = 1.0 + (clearing_.slope()[i] - bill[i]) / (gap[i] + bill[i]);
      damping_[i] = kDamping / std::max(slope, kSlopeFloor);
    }
  }
  scale_gaps(gap, bill, damping_, scaled_gap_);
}

bool TradeSolver::iterate() {
  mixing_.reset();
  if (!evaluate()) {
    clearing_.require_markets();
    std::fill(best_ln_wage_.begin(), best_ln_wage_.end(), 0.0);
    return false;
  }
  double milestone = clearing_.residual();
  int patience = kPatience;
  for (int iteration = 0; iteration < settings_.max_iterations && patience > 0; ++iteration, --patience) {
    if (clearing_.residual() < settings_.tolerance) return true;
    find_scaled_gaps();
    mixing_.step(ln_wage_, scaled_gap_, step_);
    move(kLargestStep);
    if (!evaluate()) return false;
    if (clearing_.residual() > 0.5 * milestone) continue;
    milestone = clearing_.residual();
    patience = kPatience;
  }
  return clearing_.residual() < settings_.tolerance;
}

bool TradeSolver::iterate_newton(std::span<const double> ln_wage) {
  std::copy(ln_wage.begin(), ln_wage.end(), ln_wage_.begin());
  ClearingJacobian jacobian(ln_wage_.size(), baseline().sectors());
  const auto find_rates = [&](std::span<double> rate) {
    for (std::size_t i = 0; i < rate.size(); ++i) rate[i] = 1.0 + clearing_.gap()[i] / clearing_.wage_bill()[i];
    math::log(rate, rate);
  };
  const auto look = [&](std::span<double> x) -> RestGap {
    clearing_.normalise(x);
    if (!evaluate()) return {kInfinity, false};
    find_rates(step_);
    double largest = 0.0;
    for (const double rate : step_) largest = std::max(largest, std::fabs(rate));
    return {largest, clearing_.residual() < settings_.tolerance};
  };
  const auto linearise = [&](std::span<double> matrix, std::span<double> rate) {
    const std::size_t numeraire = clearing_.compute_rates(jacobian);
    std::copy(jacobian.matrix().begin(), jacobian.matrix().end(), matrix.begin());
    find_rates(rate);
    rate[numeraire] = 0.0;
    return numeraire;
  };
  return find_rest(ln_wage_, {look, linearise}, settings_.newton_iterations);
}

void TradeSolver::solve_by_newton() {
  clearing_.require_balance_apart();
  const std::vector<double> best = best_ln_wage_, baseline_wages(ln_wage_.size(), 0.0);
  if (!iterate_newton(best) && !iterate_newton(baseline_wages)) fail();
}

void TradeSolver::fail() {
  const std::size_t evaluations = residuals_.size(), bankrupt = bankrupt_;
  const std::string course = course_of(residuals_);
  std::copy(best_ln_wage_.begin(), best_ln_wage_.end(), ln_wage_.begin());
  evaluate();  // for the country in the way at the best wages, not at the last
  std::ostringstream text;
  text.precision(3);
  text << "no trade equilibrium found: after " << evaluations << " evaluations sales and output of "
       << baseline().name(clearing_.worst_country()) << " still differ by " << clearing_.residual()
       << " relative at best (wanted " << settings_.tolerance << "). ";
  if (bankrupt < ln_wage_.size()) {
    text << "The fixed surplus of " << baseline().name(bankrupt) << " takes all that it can earn under this shock; use "
         << "closure kMultiplicative or kBalanced.";
  } else {
    text << "A country with a deficit and no trade to pay for it is the usual reason; see closure kBalanced.";
  }
  text << " Residuals: " << course;
  throw SolverError(text.str());
}

const TradeEquilibrium& TradeSolver::solve(const TradeShock& shock, TradeDetail detail) {
  clearing_.set_shock(shock);
  residuals_.clear();
  best_residual_ = kInfinity;
  bankrupt_ = start_.size();
  std::copy(start_.begin(), start_.end(), ln_wage_.begin());
  std::copy(start_.begin(), start_.end(), best_ln_wage_.begin());
  reset();  // what the next solve starts from if this one throws
  equilibrium_.newton_used = !iterate();
  if (equilibrium_.newton_used) solve_by_newton();
  clearing_.write(ln_wage_, detail, equilibrium_);
  equilibrium_.iterations = static_cast<int>(residuals_.size()) - 1;
  equilibrium_.acr_gap = acr_gap(baseline(), shock, equilibrium_);
  std::copy(ln_wage_.begin(), ln_wage_.end(), start_.begin());
  return equilibrium_;
}

}  // namespace splinternet
