#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sim/trade/linear_response.hpp"
#include "sim/trade/partner_series.hpp"

namespace splinternet {

/// LinearResponse to small changes, summed up beforehand over sectors and both ways of trade (M16): to second order in
/// the changes of ln B (of B where it jumps) and ln Â, so that a change is priced in a handful of operations for each
/// partner. Left out are products of the changes of two partners, and all of third order but the cube of ln Â.
/// Coefficients are packed far finer than that.
class ResponseSeries {
 public:
  /// What real_income_effect() may leave out, in ln of real income.
  static constexpr double kLeftOut = 1e-5;

  /// Around the conditions at which `response` was factorised last, B `cost_factor` among them as
  /// [s][exporter][importer]; `slope` has one entry per sector. Independent of later changes of all three.
  void take(const LinearResponse& response, std::span<const double> cost_factor, std::span<const double> slope);

  /// Whether these are the slopes that it was taken with.
  [[nodiscard]] bool fits(std::span<const double> slope) const;

  /// Change of the country's log real income as LinearResponse tells it where B in force is that of take(); nothing if
  /// more than kLeftOut might be left out. Exactly 0 for no change. No allocation, safe to call from many threads.
  [[nodiscard]] std::optional<double> real_income_effect(std::size_t country, const IndexedChange& change) const;

 private:
  struct Country {
    bool is_usable = false;
    std::array<double, 3> productivity{};  // coefficients of ln Â, its square and its cube
    double steepness = 0.0;                // of products of two partners, against that of their weights
  };

  struct Scratch;
  struct Conditions {
    std::span<const double> cost_factor;  // B as [s][exporter][importer] …
    std::span<const double> by_importer;  // … and as [s][importer][exporter]
  };
  void take_country(const LinearResponse& response, std::size_t country, const Conditions& conditions,
                    Scratch& scratch);
  void read_sector(const LinearResponse& response, std::size_t sector, std::size_t country,
                   const Conditions& conditions, Scratch& scratch) const;
  void fit_productivity(const LinearResponse& response, std::size_t country, const Conditions& conditions,
                        const Scratch& scratch);

  std::size_t countries_ = 0;
  double elasticity_ = 0.0;       // the largest
  std::vector<double> slope_;     // [s] of the index
  std::vector<double> last_;      // [s] of log_last: 1 for the last
  std::vector<Country> country_;  // [country]
  PartnerSeries partners_;
};

}  // namespace splinternet
