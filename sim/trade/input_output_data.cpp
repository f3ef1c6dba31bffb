#include "sim/trade/input_output_data.hpp"

#include <cmath>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/dense.hpp"
#include "sim/core/number_text.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();
constexpr double kAccountingTolerance = 1e-9;  // relative; of shares that should add up to 1 and of final demand

[[noreturn]] void fail_data(const std::string& what) {
  throw DataError("input-output data: " + what);
}

void require_size(std::span<const double> values, std::size_t expected, const std::string& what) {
  if (values.size() == expected) return;
  fail_data(what + " has " + std::to_string(values.size()) + " values; expected " + std::to_string(expected));
}

}  // namespace

InputOutputBaseline::InputOutputBaseline(InputOutputData data, std::span<const std::string> labels)
    : trade_(std::move(data.trade), labels),
      tariff_(std::move(data.tariff)),
      value_added_(std::move(data.value_added)),
      input_share_(std::move(data.input_share)) {
  if (tariff_.empty()) tariff_.assign(trade_.flow().size(), 0.0);
  check_tariffs();
  check_technology();
  sum_up();
  find_leontief_shares();
}

void InputOutputBaseline::check_tariffs() const {
  const std::size_t n = countries();
  require_size(tariff_, trade_.flow().size(), "tariff");
  for (std::size_t k = 0; k < tariff_.size(); ++k) {
    const std::size_t i = k / n % n, j = k % n;
    if (tariff_[k] > -1.0 && tariff_[k] < kInfinity && (i != j || tariff_[k] == 0.0)) continue;
    fail_data("the tariff of " + name(j) + " on goods of " + name(i) + " in sector " + std::to_string(k / n / n) +
              " is " + number_text(tariff_[k]) + "; it must be above -1 and finite, and 0 at home");
  }
}

void InputOutputBaseline::check_technology() const {
  const std::size_t n = countries(), sectors = trade_.sectors();
  require_size(value_added_, sectors * n, "value_added");
  require_size(input_share_, n * sectors * sectors, "input_share");
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t output = 0; output < sectors; ++output) {
      double sum = value_added_[output * n + i];
      bool sound = sum > 0.0;
      for (std::size_t input = 0; input < sectors; ++input) {
        const double share = input_share_[(i * sectors + input) * sectors + output];
        sound = sound && share >= 0.0;
        sum += share;
      }
      if (sound && std::fabs(sum - 1.0) <= kAccountingTolerance) continue;
      fail_data("sector " + std::to_string(output) + " of " + name(i) + " has a value added of " +
                number_text(value_added_[output * n + i]) + " and with its inputs costs of " + number_text(sum) +
                " per unit of sales; value added must be positive, inputs not negative, their sum 1");
    }
  }
}

void InputOutputBaseline::sum_up() {
  const std::size_t n = countries();
  std::vector<double> sales(sectors() * n, 0.0), revenue(n, 0.0);
  wage_bill_.assign(n, 0.0);
  for (std::size_t s = 0; s < sectors(); ++s) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const std::size_t k = (s * n + i) * n + j;
        const double net = trade_.flow()[k] / (1.0 + tariff_[k]);
        sales[s * n + i] += net;
        revenue[j] += trade_.flow()[k] - net;
      }
      wage_bill_[i] += value_added_[s * n + i] * sales[s * n + i];
    }
  }
  find_final_demand(sales);
  deficit_.resize(n);
  for (std::size_t i = 0; i < n; ++i) deficit_[i] = final_demand_[i] - wage_bill_[i] - revenue[i];
}

void InputOutputBaseline::find_final_demand(std::span<const double> sales) {
  const std::size_t n = countries();
  final_share_.resize(sectors() * n);
  final_demand_.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t s = 0; s < sectors(); ++s) {
      const double bought = trade_.sector_expenditure()[s * n + i];
      double demand = bought;
      for (std::size_t output = 0; output < sectors(); ++output) {
        demand -= input_share_[(i * sectors() + s) * sectors() + output] * sales[output * n + i];
      }
      if (demand < -kAccountingTolerance * bought || (bought == 0.0 && demand < 0.0)) {
        fail_data(name(i) + " buys " + number_text(bought) + " in sector " + std::to_string(s) + " and uses " +
                  number_text(bought - demand) + " of it as inputs; lower input_share or add purchases");
      }
      final_share_[s * n + i] = demand > 0.0 ? demand : 0.0;  // a negative rest is rounding
      final_demand_[i] += final_share_[s * n + i];
    }
    if (!(final_demand_[i] > 0.0)) fail_data(name(i) + " has no final demand; all that it buys is used as inputs");
    for (std::size_t s = 0; s < sectors(); ++s) final_share_[s * n + i] /= final_demand_[i];
  }
}

void InputOutputBaseline::find_leontief_shares() {
  const std::size_t n = countries(), sectors = trade_.sectors();
  leontief_share_.resize(sectors * n);
  std::vector<double> matrix(sectors * sectors), shares(sectors);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t output = 0; output < sectors; ++output) {
      for (std::size_t input = 0; input < sectors; ++input) {
        const double share = input_share_[(i * sectors + input) * sectors + output];
        matrix[output * sectors + input] = (input == output ? 1.0 : 0.0) - share;
      }
      shares[output] = final_share_[output * n + i];
    }
    dense::Lu(matrix, sectors).solve_transposed(shares);
    for (std::size_t s = 0; s < sectors; ++s) leontief_share_[s * n + i] = shares[s];
  }
}

}  // namespace splinternet
