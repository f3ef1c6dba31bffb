#include "sim/model/option_detours.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/math.hpp"
#include "sim/core/vector_clones.hpp"
#include "sim/model/routing_tables.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTicksPerMs = 10000.0;  // of 0.1 µs
constexpr double kShort = 0.04;          // (d/(2 + d))² up to which ln(1 + d) is a short series: 1e-10 of it left out

/// out = ln(1 + longer/pair) = 2 artanh(longer/(2 pair + longer)) by a series; returns how many are too far for it.
SPLINTERNET_VECTOR_CLONES std::size_t log_ratios(const double* __restrict longer, const double* __restrict pair,
                                                 std::size_t n, double* __restrict out) {
  std::size_t far = 0;
  for (std::size_t m = 0; m < n; ++m) {
    const double ratio = longer[m] / (2.0 * pair[m] + longer[m]), square = ratio * ratio;
    far += square > kShort ? 1U : 0U;
    double series = square * (1.0 / 11.0) + 1.0 / 9.0;
    series = series * square + 1.0 / 7.0;
    series = series * square + 1.0 / 5.0;
    series = series * square + 1.0 / 3.0;
    out[m] = 2.0 * ratio * (series * square + 1.0);
  }
  return far;
}

SPLINTERNET_VECTOR_CLONES void add_scaled(double factor, const double* __restrict in, std::size_t n,
                                          double* __restrict out) {
  for (std::size_t m = 0; m < n; ++m) out[m] += factor * in[m];
}

/// Of the traffic of a country with one destination: the share that has a path, and by how much longer than class 0
/// the mean of that takes, in 0.1 µs.
struct Mix {
  double reach = 1.0, longer = 0.0;

  Mix() = default;
  Mix(std::span<const double> share, const double* excess) {
    for (std::size_t c = 1; c < share.size(); ++c) {
      if (excess[c - 1] == kInfinity) {
        reach -= share[c];
      } else {
        longer += share[c] * excess[c - 1];
      }
    }
    if (longer != 0.0) longer /= reach;
  }
};

}  // namespace

OptionDetours::OptionDetours(const World& world)
    : world_(world),
      filter_strength_(filter_strengths(world)),
      share_(world.derived.routing.classes.size()),
      shift_(share_.size()) {}

bool OptionDetours::look_at(std::size_t country, std::span<const double> depth) {
  const std::size_t classes = share_.size();
  const double* now = &world_.derived.class_share[country * classes];
  class_weights(world_.derived.routing, filter_strength_, depth, share_);
  bool moves = false, is_same = country_ == country;
  for (std::size_t c = 0; c < classes; ++c) {
    const double shift = share_[c] - now[c];
    moves = moves || shift != 0.0;
    is_same = is_same && shift_[c] == shift;
    shift_[c] = shift;
  }
  country_ = country;
  is_solved_ = is_solved_ && is_same;
  return moves;
}

void OptionDetours::find_longer() {
  if (is_solved_) return;
  is_solved_ = true;
  const RoutingTables& routing = world_.derived.routing;
  const std::size_t begin = routing.first_detour[country_], count = routing.first_detour[country_ + 1] - begin;
  partners_ = std::span(routing.detour).subspan(begin, count);
  longer_.assign(count, 0.0);
  for (std::size_t c = 1; c < shift_.size(); ++c) {
    add_scaled(shift_[c], routing.detour_excess[c - 1].data() + begin, count, longer_.data());
  }
  const double* pair = world_.derived.detour_pair.data() + begin;
  log_latency_.resize(count);
  if (log_ratios(longer_.data(), pair, count, log_latency_.data()) == 0) return;
  for (std::size_t m = 0; m < count; ++m) {
    const double growth = longer_[m] / pair[m];
    if (growth < -0.3 || growth > 0.4) log_latency_[m] = math::log(1.0 + growth);
  }
}

std::span<const ReachChange> OptionDetours::find_gaps() {
  const RoutingTables& routing = world_.derived.routing;
  const std::size_t n = world_.countries(), classes = share_.size();
  const std::span<const double> now(&world_.derived.class_share[country_ * classes], classes);
  gaps_.clear();
  const double* solved = nullptr;  // excess that the mixes are of: those of neighbours mostly are alike
  Mix before, then;
  for (std::size_t g = routing.first_gap[country_]; g < routing.first_gap[country_ + 1]; ++g) {
    const double* excess = &routing.gap_excess[g * (classes - 1)];
    if (solved == nullptr || !std::equal(excess, excess + (classes - 1), solved)) {
      before = Mix(now, excess);
      then = Mix(share_, excess);
      solved = excess;
    }
    const bool begins = !(before.reach > 0.0);
    ReachChange change{routing.gap[g], begins ? kInfinity : std::max(then.reach, 0.0) / before.reach, 0.0};
    if (then.longer != before.longer && then.reach > 0.0) {
      const double pair = kTicksPerMs * world_.derived.pair_latency_ms[country_ * n + change.partner];
      if (pair > 0.0) change.log_latency = math::log(1.0 + (then.longer - before.longer) / pair);
    }
    gaps_.push_back(change);
  }
  return gaps_;
}

}  // namespace splinternet
