#include "sim/trade/universal_gravity.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();
constexpr double kDamping = 0.8;       // of the Jacobi step
constexpr double kLargestStep = 0.5;   // in log prices
constexpr double kSlopeFloor = 1e-15;  // of output: the slope of a closed country is rounding
constexpr double kAcrTolerance = 1e-9;

std::string number(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

}  // namespace

UniversalGravitySolver::UniversalGravitySolver(TradeBaseline baseline, Closure closure, double supply_elasticity,
                                               FixedPointSettings settings)
    : clearing_(std::move(baseline), closure), supply_elasticity_(supply_elasticity), settings_(settings) {
  if (!(supply_elasticity >= 0.0 && supply_elasticity < kInfinity)) {
    throw DataError("universal gravity: the supply elasticity is " + number(supply_elasticity) +
                    "; it must be finite and not negative");
  }
  const TradeBaseline& world = clearing_.baseline();
  const std::size_t n = world.countries(), cells = world.sectors() * n;
  for (const double output : world.output()) world_output_ += output;
  for (auto* column : {&home_share_, &ln_price_, &start_, &ln_income_, &scratch_}) column->assign(n, 0.0);
  for (std::size_t k = 0; k < cells; ++k) {
    home_share_[k % n] += world.sector_share()[k] * world.share()[k * n + k % n];
  }
  TradeEquilibrium& out = equilibrium_;
  for (auto* column : {&out.ln_wage, &out.price_index, &out.real_income, &out.real_wage, &out.output, &out.expenditure,
                       &out.demand_slope}) {
    column->assign(n, 0.0);
  }
  out.sector_price_index.assign(cells, 0.0);
  for (auto* matrix : {&out.share, &out.flow}) matrix->assign(cells * n, 0.0);
}

void UniversalGravitySolver::reset() {
  std::fill(start_.begin(), start_.end(), 0.0);
}

/// Prices and incomes in units in which world output is that of the baseline; returns what was taken off the logs.
double UniversalGravitySolver::find_income(std::span<const double> ln_price) {
  const double psi = supply_elasticity_;
  clearing_.find_price_index(ln_price, scratch_);
  for (std::size_t i = 0; i < ln_price.size(); ++i) ln_income_[i] = (1.0 + psi) * ln_price[i] - psi * scratch_[i];
  math::exp(ln_income_, scratch_);
  double output = 0.0;
  for (std::size_t i = 0; i < ln_price.size(); ++i) output += scratch_[i] * clearing_.baseline().output()[i];
  const double shift = math::log(output / world_output_);
  for (std::size_t i = 0; i < ln_price.size(); ++i) {
    ln_price_[i] = ln_price[i] - shift;
    ln_income_[i] -= shift;
  }
  return shift;
}

double UniversalGravitySolver::step(std::span<const double> ln_price, std::span<double> f) {
  const double shift = find_income(ln_price);
  if (!clearing_.evaluate(ln_price_, ln_income_)) return kInfinity;
  for (std::size_t i = 0; i < f.size(); ++i) {
    // A dearer good also draws out supply, the more so the less of it is bought at home.
    const double output = clearing_.wage_bill()[i];
    const double slope = clearing_.slope()[i] + supply_elasticity_ * (1.0 - home_share_[i]) * output;
    const double move = kDamping * clearing_.gap()[i] / std::max(slope, kSlopeFloor * output);
    f[i] = std::clamp(move, -kLargestStep, kLargestStep) - shift;
  }
  return clearing_.residual();
}

const TradeEquilibrium& UniversalGravitySolver::solve(const TradeShock& shock) {
  std::vector<double> x = start_;
  reset();  // what the next solve starts from if this one throws
  clearing_.set_shock(shock);
  clearing_.require_markets();
  const FixedPoint found = find_fixed_point(
      x, [this](std::span<const double> at, std::span<double> f) { return step(at, f); }, settings_);
  if (!found.found) {
    throw SolverError("no trade equilibrium with elastic supply found: sales and output of " +
                      baseline().name(clearing_.worst_country()) + " still differ by " + number(found.residual) +
                      " relative at best. Residuals: " + course_of(found.residuals) +
                      ". A country with a deficit and no trade to pay for it is the usual reason.");
  }
  clearing_.write(ln_price_, equilibrium_);
  equilibrium_.iterations = static_cast<int>(found.residuals.size()) - 1;
  SPLINTERNET_CHECK(equilibrium_.acr_gap <= kAcrTolerance, equilibrium_.acr_gap, equilibrium_.residual);
  start_ = ln_price_;
  return equilibrium_;
}

}  // namespace splinternet
