#include "sim/trade/country_step.hpp"

#include <algorithm>
#include <cmath>

namespace splinternet {
namespace {

constexpr double kSlopeFloor = 1e-15;  // of the wage bill: the slope of a closed country is rounding …
constexpr double kGapFloor = 1e-14;    // … and so is such a gap, by which its wage would wander

}  // namespace

CountryConditions::CountryConditions(std::size_t sectors) {
  for (auto* column :
       {&value_added, &final_share, &home_share, &sales_slope, &tariff_part, &price_gap, &purchase_gap}) {
    column->resize(sectors);
  }
}

CountryStep::CountryStep(std::size_t sectors) : sectors_(sectors), matrix_(sectors * sectors) {
  for (auto* column : {&price_, &price_slope_, &cost_, &cost_slope_, &purchases_, &purchases_slope_}) {
    column->resize(sectors);
  }
}

/// ΔP = price_gap + π_nn Δc with Δc = va Δw + Γ'ΔP.
void CountryStep::answer_prices(const CountryConditions& conditions) {
  for (std::size_t s = 0; s < sectors_; ++s) {
    const double home = conditions.home_share[s];
    for (std::size_t input = 0; input < sectors_; ++input) {
      matrix_[s * sectors_ + input] = (s == input ? 1.0 : 0.0) - home * conditions.input_share[input * sectors_ + s];
    }
    price_[s] = conditions.price_gap[s];
    price_slope_[s] = home * conditions.value_added[s];
  }
  factors_.factorise(matrix_, sectors_);
  factors_.solve(price_);
  factors_.solve(price_slope_);
  for (std::size_t s = 0; s < sectors_; ++s) {
    cost_[s] = 0.0;
    cost_slope_[s] = conditions.value_added[s];
    for (std::size_t input = 0; input < sectors_; ++input) {
      cost_[s] += conditions.input_share[input * sectors_ + s] * price_[input];
      cost_slope_[s] += conditions.input_share[input * sectors_ + s] * price_slope_[input];
    }
  }
}

/// ΔX = purchase_gap + Γ ΔS + α(wL Δw + tariff_part·ΔX) with ΔS = π_nn ΔX − sales_slope Δc.
void CountryStep::answer_purchases(const CountryConditions& conditions) {
  for (std::size_t s = 0; s < sectors_; ++s) {
    const double* used = &conditions.input_share[s * sectors_];
    const double alpha = conditions.final_share[s];
    purchases_[s] = conditions.purchase_gap[s];
    purchases_slope_[s] = alpha * conditions.wage_bill;
    for (std::size_t k = 0; k < sectors_; ++k) {
      matrix_[s * sectors_ + k] =
          (s == k ? 1.0 : 0.0) - used[k] * conditions.home_share[k] - alpha * conditions.tariff_part[k];
      purchases_[s] -= used[k] * conditions.sales_slope[k] * cost_[k];
      purchases_slope_[s] -= used[k] * conditions.sales_slope[k] * cost_slope_[k];
    }
  }
  factors_.factorise(matrix_, sectors_);
  factors_.solve(purchases_);
  factors_.solve(purchases_slope_);
}

void CountryStep::solve(const CountryConditions& conditions, double damping, double largest) {
  answer_prices(conditions);
  answer_purchases(conditions);
  double gap = conditions.labour_gap, slope = conditions.wage_bill;
  for (std::size_t s = 0; s < sectors_; ++s) {
    const double added = conditions.value_added[s], home = conditions.home_share[s];
    gap += added * (home * purchases_[s] - conditions.sales_slope[s] * cost_[s]);
    slope -= added * (home * purchases_slope_[s] - conditions.sales_slope[s] * cost_slope_[s]);
  }
  if (std::fabs(gap) < kGapFloor * conditions.wage_bill) gap = 0.0;
  wage_ = std::clamp(damping * gap / std::max(slope, kSlopeFloor * conditions.wage_bill), -largest, largest);
  for (std::size_t s = 0; s < sectors_; ++s) {
    price_[s] += price_slope_[s] * wage_;
    purchases_[s] += purchases_slope_[s] * wage_;
  }
}

}  // namespace splinternet
