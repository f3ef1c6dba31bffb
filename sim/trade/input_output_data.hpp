#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/trade/hat_algebra.hpp"

namespace splinternet {

/// Trade of one year with the inputs and tariffs behind it.
struct InputOutputData {
  TradeFlows trade;                 ///< at the prices that buyers pay, tariffs included; for final and input use
  std::vector<double> tariff;       ///< τ[s][exporter][importer] > −1 ad valorem, 0 at home; empty: none
  std::vector<double> value_added;  ///< va[s][country] > 0: share of labour in the cost of the sector
  std::vector<double> input_share;  ///< γ[country][input][output] ≥ 0: share of an input in the cost of an output
};

/// Checked accounts of a world with inputs and tariffs (Caliendo & Parro 2015), and what follows from them. Immutable.
class InputOutputBaseline {
 public:
  /// Throws DataError naming the country and sector for what TradeBaseline refuses, a wrong size, a tariff at home or
  /// of −1 or less, a value added that is not positive, input shares that are negative or do not add up to 1 with
  /// value added (to 1e-9), and for a final demand below zero (inputs bought that nobody sold).
  explicit InputOutputBaseline(InputOutputData data, std::span<const std::string> labels = {});

  [[nodiscard]] std::size_t countries() const { return trade_.countries(); }
  [[nodiscard]] std::size_t sectors() const { return trade_.sectors(); }
  /// Flows, elasticities θ[s], shares π[s][exporter][importer], spending X[s][importer] and names.
  [[nodiscard]] const TradeBaseline& trade() const { return trade_; }
  /// τ[s][exporter][importer].
  [[nodiscard]] std::span<const double> tariff() const { return tariff_; }
  /// va[s][country].
  [[nodiscard]] std::span<const double> value_added() const { return value_added_; }
  /// γ[country][input][output].
  [[nodiscard]] std::span<const double> input_share() const { return input_share_; }
  /// α[s][country]: share of the sector in final demand; sums to 1 over s.
  [[nodiscard]] std::span<const double> final_share() const { return final_share_; }
  /// I[country] = w L + tariff revenue + D: what each country spends on final goods.
  [[nodiscard]] std::span<const double> final_demand() const { return final_demand_; }
  /// w L[country] = Σ_s va·sales.
  [[nodiscard]] std::span<const double> wage_bill() const { return wage_bill_; }
  /// D[country]: final demand less income; sums to 0.
  [[nodiscard]] std::span<const double> deficit() const { return deficit_; }
  /// [s][country]: what a cost of the sector's goods adds to consumer prices by way of all inputs, α'(I − Γ')⁻¹.
  [[nodiscard]] std::span<const double> leontief_share() const { return leontief_share_; }
  [[nodiscard]] std::string name(std::size_t country) const { return trade_.name(country); }

 private:
  void check_tariffs() const;
  void check_technology() const;
  void sum_up();
  void find_final_demand(std::span<const double> sales);
  void find_leontief_shares();

  TradeBaseline trade_;
  std::vector<double> tariff_, value_added_, input_share_;
  std::vector<double> final_share_, final_demand_, wage_bill_, deficit_, leontief_share_;
};

}  // namespace splinternet
