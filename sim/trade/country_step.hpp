#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/core/dense.hpp"

namespace splinternet {

/// How far one country's conditions in a world with inputs are from holding, and how they answer to its own wage,
/// prices and purchases. Columns have one value per sector.
struct CountryConditions {
  explicit CountryConditions(std::size_t sectors);

  std::span<const double> input_share;  ///< γ[input][output]
  std::vector<double> value_added;      ///< va
  std::vector<double> final_share;      ///< α
  std::vector<double> home_share;       ///< π_nn
  std::vector<double> sales_slope;      ///< −∂S/∂ln ĉ at given purchases ≥ 0, money
  std::vector<double> tariff_part;      ///< tariff revenue over purchases
  std::vector<double> price_gap;        ///< ln of the price index that costs give, less its present value
  std::vector<double> purchase_gap;     ///< purchases that income and production give, less their present value
  double labour_gap = 0.0;              ///< Σ_s va S less the wage bill
  double wage_bill = 0.0;
};

/// Newton's step of one country's wage, prices and purchases towards its own conditions, all other countries held.
/// No allocation after the first step.
class CountryStep {
 public:
  explicit CountryStep(std::size_t sectors);

  /// Solves the linearised conditions. The step of the wage is damped by `damping` and cut to ±`largest`; prices and
  /// purchases follow it. A country that hardly trades answers little to its own wage: its slope is kept above
  /// 1e-15 of the wage bill.
  void solve(const CountryConditions& conditions, double damping, double largest);

  [[nodiscard]] double wage() const { return wage_; }                             ///< Δ ln ŵ
  [[nodiscard]] std::span<const double> price() const { return price_; }          ///< Δ ln P̂
  [[nodiscard]] std::span<const double> purchases() const { return purchases_; }  ///< Δ X', money

 private:
  void answer_prices(const CountryConditions& conditions);
  void answer_purchases(const CountryConditions& conditions);

  std::size_t sectors_;
  double wage_ = 0.0;
  std::vector<double> matrix_;
  dense::Lu factors_;
  // Each at the present wage, and for each unit that ln ŵ rises.
  std::vector<double> price_, price_slope_, cost_, cost_slope_, purchases_, purchases_slope_;
};

}  // namespace splinternet
