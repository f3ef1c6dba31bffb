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

constexpr double kDamping = 0.8;       // of the Jacobi step
constexpr double kLargestStep = 0.5;   // in log wages; without it Anderson mixing diverges under prohibitive costs
constexpr double kSlopeFloor = 1e-15;  // of the wage bill: the slope of a closed country is rounding
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
    return false;
  }
  for (int iteration = 0; iteration < settings_.max_iterations; ++iteration) {
    if (clearing_.residual() < settings_.tolerance) return true;
    for (std::size_t i = 0; i < ln_wage_.size(); ++i) {
      const double slope = std::max(clearing_.slope()[i], kSlopeFloor * clearing_.wage_bill()[i]);
      scaled_gap_[i] = std::clamp(kDamping * clearing_.gap()[i] / slope, -kLargestStep, kLargestStep);
    }
    mixing_.step(ln_wage_, scaled_gap_, step_);
    move(kLargestStep);
    if (!evaluate()) return false;
  }
  return clearing_.residual() < settings_.tolerance;
}

void TradeSolver::newton_step() {
  const std::size_t n = ln_wage_.size();
  std::vector<double> jacobian = clearing_.jacobian();
  for (std::size_t i = 0; i < n; ++i) step_[i] = -clearing_.gap()[i];
  // By Walras' law one condition follows from the others: the largest country's gives way to the numeraire.
  const auto bill = clearing_.wage_bill();
  const auto largest = static_cast<std::size_t>(std::max_element(bill.begin(), bill.end()) - bill.begin());
  std::copy(bill.begin(), bill.end(), jacobian.begin() + static_cast<std::ptrdiff_t>(largest * n));
  step_[largest] = 0.0;
  for (std::size_t i = 0; i < n; ++i) {  // rows in units of the wage bill, so that pivots compare like with like
    for (std::size_t k = 0; k < n; ++k) jacobian[i * n + k] /= bill[i];
    step_[i] /= bill[i];
  }
  dense::Lu(jacobian, n).solve(step_);
}

bool TradeSolver::iterate_newton() {
  std::copy(best_ln_wage_.begin(), best_ln_wage_.end(), ln_wage_.begin());
  clearing_.normalise(ln_wage_);
  for (int iteration = 0; iteration <= settings_.newton_iterations; ++iteration) {
    if (!evaluate()) return false;
    if (clearing_.residual() < settings_.tolerance) return true;
    if (iteration == settings_.newton_iterations) return false;
    try {
      newton_step();
    } catch (const SolverError&) {
      return false;  // a singular Jacobian: fail() reports the residuals, which say more
    }
    move(kLargestStep);
  }
  return false;
}

void TradeSolver::fail() const {
  std::ostringstream text;
  text.precision(3);
  const TradeBaseline& world = clearing_.baseline();
  text << "no trade equilibrium found: sales and wage bill of " << world.name(clearing_.worst_country())
       << " still differ after " << residuals_.size() << " evaluations, at best by " << best_residual_
       << " relative in the worst country (wanted " << settings_.tolerance << "). Residuals:";
  const std::size_t stride = residuals_.size() / 16 + 1;
  for (std::size_t k = 0; k < residuals_.size(); k += stride) text << ' ' << residuals_[k];
  text << " … " << residuals_.back()
       << ". A country with a deficit and no trade to pay for it is the usual reason; see closure kBalanced.";
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
  if (equilibrium_.newton_used && !iterate_newton()) fail();
  clearing_.write(ln_wage_, equilibrium_);
  equilibrium_.iterations = static_cast<int>(residuals_.size()) - 1;
  SPLINTERNET_CHECK(equilibrium_.acr_gap <= kAcrTolerance, equilibrium_.acr_gap, equilibrium_.residual);
  std::copy(ln_wage_.begin(), ln_wage_.end(), start_.begin());
  return equilibrium_;
}

}  // namespace splinternet
