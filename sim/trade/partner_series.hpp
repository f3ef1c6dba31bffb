#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace splinternet {

/// A change of one country's trade with one partner, both ways alike.
struct IndexChange {
  std::uint32_t partner = 0;
  double index = 0.0;  ///< by which ln B of sector s moves by slope[s]·index
};
/// One after which B of the last sector is another altogether.
struct Jump {
  std::uint32_t partner = 0;
  double moved = 0.0;   ///< by how much the index and what comes on top have moved ln B of the last sector there
  double growth = 0.0;  ///< B'/B − 1 of the last sector, with what has been moved
};

/// A change of one country's own trade conditions. What it names of itself has no effect. Columns have an entry for
/// each partner, and zeros up to series_entries().
struct IndexedChange {
  std::span<const float> index{};          ///< empty if only `indices` change
  std::span<const IndexChange> indices{};  ///< instead, each partner at most once
  std::span<const float> log_last{};       ///< on top of ln B of the last sector; empty only without `index`
  std::span<const Jump> jumps{};           ///< each partner at most once
  double log_productivity = 0.0;           ///< ln of new Â_c over Â_c in force
};

/// How ln real income of a country answers a change with one partner, by partner: to first and to second order, and
/// what its product with ln Â adds.
struct SeriesColumns {
  explicit SeriesColumns(std::size_t partners) : first(partners), second(partners), more(partners) {}
  std::vector<double> first, second, more;
};
/// Of one country: per unit of the index, and per unit of ln B of the last sector alone.
struct CountrySeries {
  explicit CountrySeries(std::size_t partners) : index(partners), last(partners), weight(partners) {}
  SeriesColumns index, last;
  std::vector<double> weight;  ///< how much a change of ln B counts for what is left out
};

/// Sums over partners: of what a change does, but for what ln Â does alone; and of what bounds the rest, with
/// w = weight·d of changes of ln B by d, up or down.
struct SeriesSums {
  double effect = 0.0;
  double weight = 0.0, sizes = 0.0;  ///< Σ w, Σ d²
  double bends = 0.0;                ///< Σ w·d² − steepness·w²
};

/// The series of some partners, packed so that little memory is read to price a change: in single precision, but for
/// second orders and products with ln Â, which share a word: the upper halves of their bits, eight significant ones.
struct alignas(64) SeriesBlock {
  static constexpr std::size_t kPartners = 16;
  using Column = std::array<float, kPartners>;
  using Halves = std::array<std::uint32_t, kPartners>;
  Column index_first, last_first;
  Halves index_rest, last_rest;
  Column weight;
};

/// Entries of a column for so many partners: whole blocks.
constexpr std::size_t series_entries(std::size_t partners) {
  return (partners + SeriesBlock::kPartners - 1) / SeriesBlock::kPartners * SeriesBlock::kPartners;
}

/// The series of all countries.
class PartnerSeries {
 public:
  /// For so many countries, without any effect, and an index of these slopes by sector.
  void reset(std::size_t countries, std::span<const double> slope);

  /// Packs the series of a country, its own entry as 0; returns whether all of it is finite in single precision, else
  /// nothing is packed. Countries may be set by many threads.
  bool set(std::size_t country, const CountrySeries& series);

  /// Sums what the change does; exactly 0 for no change. `steepness` is by how much orders grow.
  [[nodiscard]] SeriesSums sums(std::size_t country, const IndexedChange& change, double steepness) const;

 private:
  struct Partner;
  [[nodiscard]] Partner unpack(std::size_t country, std::size_t partner) const;

  std::size_t countries_ = 0, blocks_ = 0;         // blocks of a country
  double largest_slope_ = 0.0, last_slope_ = 0.0;  // the former by size
  std::vector<SeriesBlock> block_;                 // [country][block]
};

}  // namespace splinternet
