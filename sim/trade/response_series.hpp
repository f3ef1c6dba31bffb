#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/trade/linear_response.hpp"

namespace splinternet {

/// A change of one country's trade with one partner, both ways alike.
struct IndexChange {
  std::uint32_t partner = 0;
  double index = 0.0;  ///< by which ln B of sector s moves by slope[s]·index
};
/// What comes on top of ln B of the last sector with some partners, in columns.
struct LastChanges {
  std::span<const std::uint32_t> partner;
  std::span<const double> change;  ///< ln B moves by scale·change
  std::span<const double> moved;   ///< by how much indices, and last changes before these, have moved ln B there
  double scale = 1.0;
};
/// One after which B of the last sector is another altogether.
struct Jump {
  std::uint32_t partner = 0;
  double moved = 0.0;   ///< as of last changes
  double growth = 0.0;  ///< B'/B − 1 of the last sector, with what has been moved
};

/// A change of one country's own trade conditions. What it names of itself counts for nothing.
struct IndexedChange {
  std::span<const double> index{};         ///< [partner], 0 for itself; empty if only `indices` change
  std::span<const IndexChange> indices{};  ///< instead, each partner at most once
  std::array<LastChanges, 2> last{};       ///< each partner at most once in each
  std::span<const Jump> jumps{};           ///< each partner at most once
  double log_productivity = 0.0;           ///< ln of new Â_c over Â_c in force
};

/// LinearResponse to small changes, summed up beforehand over sectors and both ways of trade (M16): to second order in
/// the changes of ln B (of B where it jumps) and ln Â, so that a change is priced in a handful of operations for each
/// partner. Left out are products of the changes of two partners, and all of third order but the cube of ln Â.
/// Coefficients are in single precision, which is far finer than that.
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
  void write_index(const Scratch& scratch, std::size_t country);
  void write_last(const Scratch& scratch, std::size_t country);
  void write_weight(const Scratch& scratch, std::size_t country);

  std::size_t countries_ = 0;
  double elasticity_ = 0.0;       // the largest
  double largest_slope_ = 0.0;    // by size
  std::vector<double> slope_;     // [s] of the index
  std::vector<double> last_;      // [s] of log_last: 1 for the last
  std::vector<Country> country_;  // [country]
  std::vector<float> by_index_;   // [country][block][column][lane]: blocks of as many partners as there are lanes
  std::vector<float> by_last_;    // [country][partner][column]
};

}  // namespace splinternet
