#include "sim/trade/partner_series.hpp"

#include <algorithm>
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
  Column effect{}, weight{}, sizes{}, bends{};
};

/// Of an index, in ln B: the largest by size, and that of the last sector. By how much orders grow; ln Â.
struct Setting {
  double largest_slope, last_slope, steepness, log_productivity;
};

/// Upper half of the bits of a number, to nearest.
std::uint32_t half(double value) {
  const auto bits = __builtin_bit_cast(std::uint32_t, static_cast<float>(value));
  return (bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U;
}
std::uint32_t packed(double second, double more) {
  return half(second) << 16U | half(more);
}
inline float second_of(std::uint32_t rest) {
  return __builtin_bit_cast(float, rest & 0xFFFF0000U);
}
inline float more_of(std::uint32_t rest) {
  return __builtin_bit_cast(float, rest << 16U);
}

/// Adds blocks of partners, with whom only the last sector changes: [block][lane].
SPLINTERNET_VECTOR_CLONES void add_last(const SeriesBlock* __restrict block, std::size_t blocks, const Setting& setting,
                                        const float* __restrict last, LaneSums& __restrict out) {
  const auto steepness = static_cast<float>(setting.steepness), a = static_cast<float>(setting.log_productivity);
  for (std::size_t b = 0; b < blocks; ++b, ++block, last += kPartners) {
    for (std::size_t l = 0; l < kPartners; ++l) {
      const float y = last[l], d = std::fabs(y), square = d * d, w = block->weight[l] * d;
      const std::uint32_t rest = block->last_rest[l];
      out.effect[l] += (block->last_first[l] + second_of(rest) * y + a * more_of(rest)) * y;
      out.weight[l] += w;
      out.sizes[l] += square;
      out.bends[l] += w * (square - steepness * w);
    }
  }
}

/// Adds blocks with whom the index changes too. Where it has moved ln B of the last sector by v, a change y on top
/// answers to second order as (v + y)² − v².
SPLINTERNET_VECTOR_CLONES void add_both(const SeriesBlock* __restrict block, std::size_t blocks, const Setting& setting,
                                        const float* __restrict index, const float* __restrict last,
                                        LaneSums& __restrict out) {
  const auto steepness = static_cast<float>(setting.steepness), a = static_cast<float>(setting.log_productivity);
  const auto largest = static_cast<float>(setting.largest_slope), slope = static_cast<float>(2.0 * setting.last_slope);
  for (std::size_t b = 0; b < blocks; ++b, ++block, index += kPartners, last += kPartners) {
    for (std::size_t l = 0; l < kPartners; ++l) {
      const float x = index[l], y = last[l];
      const float d = largest * std::fabs(x) + std::fabs(y), square = d * d, w = block->weight[l] * d;
      const std::uint32_t rest = block->index_rest[l], on_top = block->last_rest[l];
      out.effect[l] += (block->index_first[l] + second_of(rest) * x + a * more_of(rest)) * x +
                       (block->last_first[l] + second_of(on_top) * (y + slope * x) + a * more_of(on_top)) * y;
      out.weight[l] += w;
      out.sizes[l] += square;
      out.bends[l] += w * (square - steepness * w);
    }
  }
}

/// Sums over lanes, in one order.
SPLINTERNET_VECTOR_CLONES void add_up(const LaneSums& __restrict lanes, SeriesSums& __restrict out) {
  Lanes part[4];
  const Column* column[4] = {&lanes.effect, &lanes.weight, &lanes.sizes, &lanes.bends};
  for (std::size_t c = 0; c < 4; ++c) {
    for (std::size_t l = 0; l < part[c].size(); ++l) {
      part[c][l] = static_cast<double>((*column[c])[l]) + static_cast<double>((*column[c])[l + part[c].size()]);
    }
  }
  out = {add_lanes(part[0]), add_lanes(part[1]), add_lanes(part[2]), add_lanes(part[3])};
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

  /// The index, where what changes on top of it has been added.
  void add_index(double index, double on_top, const Setting& setting, SeriesSums& sums) const {
    const double v = setting.last_slope * index, before = std::fabs(on_top);
    sums.effect += (index_first + index_second * index + setting.log_productivity * index_more) * index +
                   last_second * (2.0 * v) * on_top;
    count(setting, setting.largest_slope * std::fabs(index) + before, 1.0, sums);
    count(setting, before, -1.0, sums);
  }
  /// To second order in the growth of B, beyond what has moved ln B.
  void add_jump(const Jump& jump, const Setting& setting, SeriesSums& sums) const {
    const double growth = jump.growth, moved = jump.moved;
    const double second = last_second - 0.5 * last_first;  // B instead of ln B
    sums.effect += last_first * (growth - (moved + 0.5 * moved * moved)) + second * (growth * growth - moved * moved) +
                   setting.log_productivity * last_more * (growth - moved);
    // The next order: of what meets itself, and of the sector as such by how fast its orders fall.
    const double w = weight * std::fabs(growth), d = setting.steepness * w, bend = second * growth * growth;
    sums.weight += w;
    sums.sizes += d * d;
    sums.bends += w * (d * d - d);
    if (w > 0.0) sums.bends += bend * bend / w;
  }
  /// For what is left out: a change of ln B by d, or, with sign −1, no longer.
  void count(const Setting& setting, double d, double sign, SeriesSums& sums) const {
    const double square = d * d, w = weight * d;
    sums.weight += sign * w;
    sums.sizes += sign * square;
    sums.bends += sign * (w * (square - setting.steepness * w));
  }
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

SeriesSums PartnerSeries::sums(std::size_t country, const IndexedChange& change, double steepness) const {
  const std::span<const float> index = change.index, last = change.log_last;
  const std::size_t entries = blocks_ * kPartners;
  SPLINTERNET_CHECK(country < countries_ && (last.empty() || last.size() == entries) &&
                        (index.empty() || index.size() == last.size()),
                    country, countries_, last.size(), index.size());
  const Setting setting{largest_slope_, last_slope_, steepness, change.log_productivity};
  const SeriesBlock* block = &block_[country * blocks_];
  LaneSums lanes;
  if (!index.empty()) {
    add_both(block, blocks_, setting, index.data(), last.data(), lanes);
  } else if (!last.empty()) {
    add_last(block, blocks_, setting, last.data(), lanes);
  }
  SeriesSums sums;
  add_up(lanes, sums);
  for (const IndexChange& with : change.indices) {
    const double on_top = last.empty() ? 0.0 : static_cast<double>(last[with.partner]);
    unpack(country, with.partner).add_index(with.index, on_top, setting, sums);
  }
  for (const Jump& jump : change.jumps) unpack(country, jump.partner).add_jump(jump, setting, sums);
  return sums;
}

}  // namespace splinternet
