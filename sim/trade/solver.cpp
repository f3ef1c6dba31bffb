#include "sim/trade/solver.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/dense.hpp"

namespace splinternet {
namespace {

constexpr double kDamping = 0.8;        // of the Jacobi step
constexpr double kLargestStep = 0.5;    // in log wages; without it Anderson mixing diverges under prohibitive costs
constexpr double kSlopeFloor = 1e-15;   // of the wage bill: the slope of a closed country is rounding
constexpr double kSmallestStep = 1e-4;  // in log wages: below it the fallback is stuck
constexpr int kPatience = 40;           // iterations in which the residual must halve
constexpr double kAcrTolerance = 1e-9;

}  // namespace

TradeSolver::TradeSolver(TradeBaseline baseline, Closure closure, TradeSolverSettings settings)
    : clearing_(std::move(baseline), closure), mixing_(clearing_.baseline().countries()), settings_(settings) {
  const std::size_t n = clearing_.baseline().countries(), cells = clearing_.baseline().sectors() * n;
  for (auto* column : {&start_, &ln_wage_, &best_ln_wage_, &scaled_gap_, &step_}) column->assign(n, 0.0);
  TradeEquilibrium& out = equilibrium_;
  for (auto* column : {&out.ln_wage, &out.price_index, &out.real_income, &out.real_wage, &out.output, &out.expenditure,
                       &out.demand_slope}) {
    column->assign(n, 0.0);
  }
  out.sector_price_index.assign(cells, 0.0);
  for (auto* matrix : {&out.share, &out.flow}) matrix->assign(cells * n, 0.0);
  residuals_.reserve(static_cast<std::size_t>(settings_.max_iterations + settings_.newton_iterations) + 2);
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
  return sound;
}

void TradeSolver::move(double largest_step) {
  double length = 0.0;
  for (const double value : step_) length = std::max(length, std::fabs(value));
  const double scale = length > largest_step ? largest_step / length : 1.0;
  for (std::size_t i = 0; i < ln_wage_.size(); ++i) ln_wage_[i] += scale * step_[i];
  clearing_.normalise(ln_wage_);
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
    for (std::size_t i = 0; i < ln_wage_.size(); ++i) {
      const double slope = std::max(clearing_.slope()[i], kSlopeFloor * clearing_.wage_bill()[i]);
      scaled_gap_[i] = std::clamp(kDamping * clearing_.gap()[i] / slope, -kLargestStep, kLargestStep);
    }
    mixing_.step(ln_wage_, scaled_gap_, step_);
    move(kLargestStep);
    if (!evaluate()) return false;
    if (clearing_.residual() > 0.5 * milestone) continue;
    milestone = clearing_.residual();
    patience = kPatience;
  }
  return clearing_.residual() < settings_.tolerance;
}

void TradeSolver::newton_step(ClearingJacobian& jacobian) {
  const auto bill = clearing_.wage_bill();
  clearing_.compute_jacobian(jacobian);
  const std::size_t numeraire = jacobian.pin_numeraire(bill);
  for (std::size_t i = 0; i < step_.size(); ++i) step_[i] = -clearing_.gap()[i] / bill[i];
  step_[numeraire] = 0.0;
  dense::Lu(jacobian.matrix(), step_.size()).solve(step_);
}

bool TradeSolver::iterate_newton(std::span<const double> ln_wage) {
  std::copy(ln_wage.begin(), ln_wage.end(), ln_wage_.begin());
  clearing_.normalise(ln_wage_);
  if (!evaluate()) return false;
  ClearingJacobian jacobian(ln_wage_.size(), baseline().sectors());
  for (int iteration = 0; iteration < settings_.newton_iterations; ++iteration) {
    if (clearing_.residual() < settings_.tolerance) return true;
    try {
      newton_step(jacobian);
    } catch (const SolverError&) {
      return false;  // a singular Jacobian: fail() reports the residuals, which say more
    }
    if (!move_within_domain()) return false;
  }
  return clearing_.residual() < settings_.tolerance;
}

// The residual may rise for a while: from afar Newton's method crosses worse points on its way, and to insist on
// descent (measured on random worlds) gets stuck where the Jacobian is nearly singular. Only prices must stay positive.
bool TradeSolver::move_within_domain() {
  std::copy(ln_wage_.begin(), ln_wage_.end(), scaled_gap_.begin());
  for (double largest_step = kLargestStep; largest_step > kSmallestStep; largest_step *= 0.5) {
    move(largest_step);
    if (evaluate()) return true;
    std::copy(scaled_gap_.begin(), scaled_gap_.end(), ln_wage_.begin());
  }
  return false;
}

void TradeSolver::solve_by_newton() {
  const std::vector<double> best = best_ln_wage_, baseline_wages(ln_wage_.size(), 0.0);
  if (!iterate_newton(best) && !iterate_newton(baseline_wages)) fail();
}

void TradeSolver::fail() {
  const std::size_t evaluations = residuals_.size();
  std::copy(best_ln_wage_.begin(), best_ln_wage_.end(), ln_wage_.begin());
  evaluate();  // for the country in the way at the best wages, not at the last
  std::ostringstream text;
  text.precision(3);
  text << "no trade equilibrium found: after " << evaluations << " evaluations sales and wage bill of "
       << baseline().name(clearing_.worst_country()) << " still differ by " << clearing_.residual()
       << " relative at best (wanted " << settings_.tolerance << "). Residuals:";
  const std::size_t stride = evaluations / 16 + 1;
  for (std::size_t k = 0; k < evaluations; k += stride) text << ' ' << residuals_[k];
  text << ". A country with a deficit and no trade to pay for it is the usual reason; see closure kBalanced.";
  throw SolverError(text.str());
}

const TradeEquilibrium& TradeSolver::solve(const TradeShock& shock) {
  clearing_.set_shock(shock);
  residuals_.clear();
  best_residual_ = std::numeric_limits<double>::infinity();
  std::copy(start_.begin(), start_.end(), ln_wage_.begin());
  std::copy(start_.begin(), start_.end(), best_ln_wage_.begin());
  reset();  // what the next solve starts from if this one throws
  equilibrium_.newton_used = !iterate();
  if (equilibrium_.newton_used) solve_by_newton();
  clearing_.write(ln_wage_, equilibrium_);
  equilibrium_.iterations = static_cast<int>(residuals_.size()) - 1;
  SPLINTERNET_CHECK(equilibrium_.acr_gap <= kAcrTolerance, equilibrium_.acr_gap, equilibrium_.residual);
  std::copy(ln_wage_.begin(), ln_wage_.end(), start_.begin());
  return equilibrium_;
}

}  // namespace splinternet
