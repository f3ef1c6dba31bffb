#include "sim/trade/partner_series.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/lane_sum.hpp"
#include "sim/core/vector_clones.hpp"
#include "sim/trade/column_kernels.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kPartners = SeriesBlock::kPartners;
constexpr double kTooLarge = 1e38;  // for single precision
using Column = SeriesBlock::Column;

/// As SeriesSums, by lane.
struct LaneSums {
  Column effect{}, more{}, weight{}, sizes{}, squares{}, cubes{};
};

/// Upper half of the bits of a number, to nearest.
std::uint32_t half(double value) {
  const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
  return (bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U;
}
std::uint32_t packed(double second, double more) {
  return half(second) << 16U | half(more);
}
inline float second_of(std::uint32_t rest) {
  return std::bit_cast<float>(rest & 0xFFFF0000U);
}
inline float more_of(std::uint32_t rest) {
  return std::bit_cast<float>(rest << 16U);
}

/// Adds blocks of partners, with whom only the last sector changes: [block][lane].
SPLINTERNET_VECTOR_CLONES void add_last(const SeriesBlock* __restrict block, std::size_t blocks,
                                        const float* __restrict last, LaneSums& __restrict out) {
  for (std::size_t b = 0; b < blocks; ++b, ++block, last += kPartners) {
    for (std::size_t l = 0; l < kPartners; ++l) {
      const float y = last[l], size = std::fabs(y), square = size * size, w = block->weight[l] * size;
      out.effect[l] += (block->last_first[l] + second_of(block->last_rest[l]) * y) * y;
      out.more[l] += more_of(block->last_rest[l]) * y;
      out.weight[l] += w;
      out.sizes[l] += square;
      out.squares[l] += w * w;
      out.cubes[l] += w * square;
    }
  }
}

/// Of an index, in ln B: the largest by size, and that of the last sector.
struct Slopes {
  float largest, last;
};

/// Adds blocks with whom the index changes too. Where it has moved ln B of the last sector by v, a change y on top
/// answers to second order as (v + y)² − v².
SPLINTERNET_VECTOR_CLONES void add_both(const SeriesBlock* __restrict block, std::size_t blocks, Slopes slope,
                                        const float* __restrict index, const float* __restrict last,
                                        LaneSums& __restrict out) {
  const float largest = slope.largest, twice = 2.0F * slope.last;
  for (std::size_t b = 0; b < blocks; ++b, ++block, index += kPartners, last += kPartners) {
    for (std::size_t l = 0; l < kPartners; ++l) {
      const float x = index[l], y = last[l];
      const float size = largest * std::fabs(x) + std::fabs(y), square = size * size, w = block->weight[l] * size;
      out.effect[l] += (block->index_first[l] + second_of(block->index_rest[l]) * x) * x +
                       (block->last_first[l] + second_of(block->last_rest[l]) * (y + twice * x)) * y;
      out.more[l] += more_of(block->index_rest[l]) * x + more_of(block->last_rest[l]) * y;
      out.weight[l] += w;
      out.sizes[l] += square;
      out.squares[l] += w * w;
      out.cubes[l] += w * square;
    }
  }
}

/// What is left of a column after whole blocks, filled up by 0.
Column rest_of(std::span<const float> column) {
  Column block{};
  const std::size_t rest = column.size() % kPartners;
  std::copy(column.end() - static_cast<std::ptrdiff_t>(rest), column.end(), block.begin());
  return block;
}

/// Adds all partners.
void add_all(const SeriesBlock* block, Slopes slope, const PartnerChange& change, LaneSums& out) {
  const auto add = [&](const SeriesBlock* at, std::size_t blocks, const float* index, const float* last) {
    change.index.empty() ? add_last(at, blocks, last, out) : add_both(at, blocks, slope, index, last, out);
  };
  const std::size_t whole = change.log_last.size() / kPartners;
  add(block, whole, change.index.data(), change.log_last.data());
  if (whole * kPartners == change.log_last.size()) return;
  const Column index = rest_of(change.index), last = rest_of(change.log_last);
  add(block + whole, 1, index.data(), last.data());
}

double sum_of(const Column& lanes) {
  Lanes sum;
  for (std::size_t l = 0; l < sum.size(); ++l) {
    sum[l] = static_cast<double>(lanes[l]) + static_cast<double>(lanes[l + sum.size()]);
  }
  return add_lanes(sum);
}

/// How much a change of ln B by `size` counts, or, with sign −1, no longer counts.
void weigh(SeriesSums& sums, double w, double size, double sign = 1.0) {
  const double square = size * size;
  sums.weight += sign * w;
  sums.sizes += sign * square;
  sums.squares += sign * (w * w);
  sums.cubes += sign * (w * square);
}

bool can_be_packed(std::span<const double> column) {
  return std::all_of(column.begin(), column.end(), [](double value) { return std::fabs(value) < kTooLarge; });
}

bool can_be_packed(const SeriesColumns& columns) {
  return can_be_packed(columns.first) && can_be_packed(columns.second) && can_be_packed(columns.more);
}

}  // namespace

/// Of one partner, unpacked.
struct PartnerSeries::Partner {
  double index_first, index_second, index_more, last_first, last_second, last_more, weight;
};

void PartnerSeries::reset(std::size_t countries, std::span<const double> slope) {
  SPLINTERNET_CHECK(!slope.empty(), slope.size());
  countries_ = countries;
  blocks_ = (countries + kPartners - 1) / kPartners;
  largest_slope_ = largest_size(slope);
  last_slope_ = slope.back();
  block_.assign(countries * blocks_, SeriesBlock{});
}

bool PartnerSeries::set(std::size_t country, const CountrySeries& series) {
  if (!can_be_packed(series.index) || !can_be_packed(series.last) || !can_be_packed(series.weight)) return false;
  for (std::size_t j = 0; j < countries_; ++j) {
    if (j == country) continue;
    SeriesBlock& block = block_[country * blocks_ + j / kPartners];
    const std::size_t l = j % kPartners;
    block.index_first[l] = static_cast<float>(series.index.first[j]);
    block.last_first[l] = static_cast<float>(series.last.first[j]);
    block.index_rest[l] = packed(series.index.second[j], series.index.more[j]);
    block.last_rest[l] = packed(series.last.second[j], series.last.more[j]);
    block.weight[l] = static_cast<float>(series.weight[j]);
  }
  return true;
}

PartnerSeries::Partner PartnerSeries::unpack(std::size_t country, std::size_t partner) const {
  const SeriesBlock& block = block_[country * blocks_ + partner / kPartners];
  const std::size_t l = partner % kPartners;
  return {block.index_first[l], second_of(block.index_rest[l]), more_of(block.index_rest[l]),
          block.last_first[l],  second_of(block.last_rest[l]),  more_of(block.last_rest[l]),
          block.weight[l]};
}

/// The index of one partner, whose change on top of it has been added.
void PartnerSeries::add_index(const Partner& of, double index, double on_top, SeriesSums& sums) const {
  const double before = std::fabs(on_top), size = largest_slope_ * std::fabs(index) + before;
  sums.effect +=
      (of.index_first + of.index_second * index) * index + of.last_second * (2.0 * (last_slope_ * index)) * on_top;
  sums.more += of.index_more * index;
  weigh(sums, of.weight * size, size);
  weigh(sums, of.weight * before, before, -1.0);
}

/// To second order in the growth of B, beyond what has moved ln B.
void PartnerSeries::add_jump(const Partner& of, const Jump& jump, double steepness, SeriesSums& sums) {
  const double growth = jump.growth, moved = jump.moved;
  const double second = of.last_second - 0.5 * of.last_first;  // B instead of ln B
  sums.effect += of.last_first * (growth - (moved + 0.5 * moved * moved)) + second * (growth * growth - moved * moved);
  sums.more += of.last_more * (growth - moved);
  const double w = of.weight * std::fabs(growth), bend = second * growth * growth;
  // The next order: of what meets itself, and of the sector as such by how fast its orders fall.
  weigh(sums, w, steepness * w);
  if (w > 0.0) sums.cubes += bend * bend / w;
}

SeriesSums PartnerSeries::sums(std::size_t country, const PartnerChange& change, double steepness) const {
  const std::span<const float> index = change.index, last = change.log_last;
  SPLINTERNET_CHECK(country < countries_ && (last.empty() || last.size() == countries_) &&
                        (index.empty() || index.size() == last.size()),
                    country, countries_, last.size(), index.size());
  LaneSums lanes;
  add_all(&block_[country * blocks_], {static_cast<float>(largest_slope_), static_cast<float>(last_slope_)}, change,
          lanes);
  SeriesSums sums{sum_of(lanes.effect), sum_of(lanes.more),    sum_of(lanes.weight),
                  sum_of(lanes.sizes),  sum_of(lanes.squares), sum_of(lanes.cubes)};
  for (const IndexChange& with : change.indices) {
    add_index(unpack(country, with.partner), with.index, last.empty() ? 0.0 : last[with.partner], sums);
  }
  for (const Jump& jump : change.jumps) add_jump(unpack(country, jump.partner), jump, steepness, sums);
  return sums;
}

}  // namespace splinternet
