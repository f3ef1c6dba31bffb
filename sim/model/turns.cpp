#include "sim/model/turns.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/countries.hpp"

namespace splinternet {
namespace {

constexpr std::uint16_t kEntry = 1;  // tells the draws of entry from those of the order of a step

Draws order_draws(const World& world, std::uint32_t country) {
  return {world.scenario().run.seed, Purpose::kRevisionOrder, static_cast<std::uint32_t>(world.step),
          world.setting().countries.key[country]};
}

/// A turn and the moment at which it comes; among equal ones the lowest code is first.
struct Moment {
  double time;
  std::uint32_t place;  // in the list of candidates
  std::uint32_t number;
  friend bool operator<(const Moment& a, const Moment& b) {
    return a.time < b.time || (a.time == b.time && a.place < b.place);
  }
};

/// Sorts in linear time: moments are uniform over their span, so that as many slices of it hold one each on average.
void sort_by_time(std::vector<Moment>& moments) {
  const auto earlier = [](const Moment& a, const Moment& b) { return a.time < b.time; };
  const auto [lowest, highest] = std::minmax_element(moments.begin(), moments.end(), earlier);
  if (moments.empty() || highest->time == lowest->time) return std::sort(moments.begin(), moments.end());
  const double from = lowest->time, slices = static_cast<double>(moments.size());
  const double scale = slices / (highest->time - from);
  const auto slice_of = [&](const Moment& moment) {
    return static_cast<std::size_t>(std::min((moment.time - from) * scale, slices - 1.0));
  };
  std::vector<std::uint32_t> end(moments.size() + 1, 0);
  for (const Moment& moment : moments) ++end[slice_of(moment) + 1];
  for (std::size_t slice = 1; slice < end.size(); ++slice) end[slice] += end[slice - 1];
  std::vector<Moment> sorted(moments.size());
  for (const Moment& moment : moments) sorted[end[slice_of(moment)]++] = moment;
  auto first = sorted.begin();
  for (std::size_t slice = 0; slice < moments.size(); ++slice) {
    const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(end[slice]);
    std::sort(first, last);
    first = last;
  }
  moments.swap(sorted);
}

std::vector<Turn> in_order(std::vector<Moment>& moments, std::span<const std::uint32_t> candidates) {
  sort_by_time(moments);
  std::vector<Turn> turns(moments.size());
  for (std::size_t n = 0; n < turns.size(); ++n) turns[n] = {candidates[moments[n].place], moments[n].number};
  return turns;
}

std::vector<Turn> shuffled(const World& world, std::span<const std::uint32_t> candidates) {
  std::vector<Moment> moments(candidates.size());
  for (std::uint32_t place = 0; place < moments.size(); ++place) {
    moments[place] = {order_draws(world, candidates[place]).uniform(), place, 0};
  }
  return in_order(moments, candidates);
}

/// All that ring before `until`.
std::vector<Moment> rings(const World& world, std::span<const std::uint32_t> candidates, double until) {
  std::vector<Moment> moments;
  for (std::uint32_t place = 0; place < candidates.size(); ++place) {
    const Draws draws = order_draws(world, candidates[place]);
    std::uint32_t number = 0;
    for (double time = -math::log(draws.uniform()); time < until; time -= math::log(draws.uniform(++number))) {
      moments.push_back({time, place, number});
    }
  }
  return moments;
}

std::vector<Turn> by_clocks(const World& world, std::span<const std::uint32_t> candidates) {
  if (candidates.empty()) return {};
  const auto asked = static_cast<std::size_t>(world.derived.parameters(parameters::kRevisionsPerStep));
  const std::size_t wanted = asked == 0 ? candidates.size() : asked;
  // So long that a Poisson number of rings seldom falls short; if it does, longer.
  const auto number = static_cast<double>(wanted);
  double until = (number + 4.0 * std::sqrt(number) + 4.0) / static_cast<double>(candidates.size());
  std::vector<Moment> moments = rings(world, candidates, until);
  while (moments.size() < wanted) moments = rings(world, candidates, until *= 1.5);
  std::nth_element(moments.begin(), moments.begin() + static_cast<std::ptrdiff_t>(wanted - 1), moments.end());
  moments.resize(wanted);
  return in_order(moments, candidates);
}

/// Everybody who may ever decide has a place in the order of entry, whatever is open at the moment.
std::vector<Moment> places_of_entry(const World& world, std::span<const std::uint32_t> by_code) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  const bool drawn = world.derived.parameters.choice(parameters::kEntryOrder) == 0;
  std::vector<Moment> moments;
  for (std::uint32_t place = 0; place < by_code.size(); ++place) {
    bool ever = false;
    for (std::size_t k = 0; k < frameworks.count; ++k) {
      ever = ever || frameworks.eligible[k * world.countries() + by_code[place]] != 0;
    }
    const Draws draws(world.scenario().run.seed, Purpose::kRevisionOrder, 0,
                      world.setting().countries.key[by_code[place]], kEntry);
    if (ever) moments.push_back({drawn ? draws.uniform() : 0.0, place, 0});
  }
  return moments;
}

std::vector<Turn> entrants(const World& world, std::span<const std::uint32_t> candidates) {
  const std::vector<std::uint32_t>& rank = world.setting().countries.rank;
  std::vector<std::uint32_t> by_code(rank.size());
  for (std::uint32_t row = 0; row < rank.size(); ++row) by_code[rank[row]] = row;
  std::vector<Moment> moments = places_of_entry(world, by_code);
  const auto each = static_cast<std::size_t>(world.derived.parameters(parameters::kEntriesPerStep));
  const std::size_t before = std::min(moments.size(), static_cast<std::size_t>(world.step - 1) * each);
  const std::size_t after = std::min(moments.size(), before + each);
  const auto first = moments.begin() + static_cast<std::ptrdiff_t>(before);
  const auto last = moments.begin() + static_cast<std::ptrdiff_t>(after);
  if (first == last) return {};
  std::nth_element(moments.begin(), first, moments.end());
  std::nth_element(first, last - 1, moments.end());
  std::vector<Moment> now(first, last);
  std::vector<std::uint8_t> may(rank.size(), 0);
  for (const std::uint32_t candidate : candidates) may[candidate] = 1;
  std::erase_if(now, [&](const Moment& moment) { return may[by_code[moment.place]] == 0; });
  return in_order(now, by_code);
}

}  // namespace

Schedule schedule_of(const World& world) {
  return static_cast<Schedule>(world.derived.parameters.choice(parameters::kSchedule));
}

bool is_sequential(Schedule schedule) {
  switch (schedule) {
    case Schedule::kRandomSequential:
    case Schedule::kAsyncUniform:
    case Schedule::kFixedOrder:
    case Schedule::kOnEntry:
      return true;
    case Schedule::kCourted:
    case Schedule::kPoisson:
    case Schedule::kSimultaneous:
    case Schedule::kSimultaneousWithProb:
      break;
  }
  return false;
}

std::vector<Turn> turns_of_step(const World& world, std::span<const std::uint32_t> candidates) {
  const Schedule schedule = schedule_of(world);
  if (schedule == Schedule::kRandomSequential) return shuffled(world, candidates);
  if (schedule == Schedule::kAsyncUniform) return by_clocks(world, candidates);
  if (schedule == Schedule::kOnEntry) return entrants(world, candidates);
  SPLINTERNET_CHECK(schedule == Schedule::kFixedOrder);
  std::vector<Turn> turns(candidates.size());
  for (std::size_t n = 0; n < turns.size(); ++n) turns[n].country = candidates[n];
  return turns;
}

double revision_probability(const World& world) {
  const ParameterValues& value = world.derived.parameters;
  switch (schedule_of(world)) {
    case Schedule::kCourted:
    case Schedule::kPoisson:
      return world.per_step(value(parameters::kSpontaneous));
    case Schedule::kSimultaneousWithProb:
      return value(parameters::kRevisionProbability);
    default:
      return 1.0;
  }
}

double revision_draw(const World& world, std::size_t country) {
  return Draws(world.scenario().run.seed, Purpose::kRevisionTime, static_cast<std::uint32_t>(world.step),
               world.setting().countries.key[country])
      .uniform();
}

}  // namespace splinternet
