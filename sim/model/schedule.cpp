#include "sim/model/schedule.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"

namespace splinternet {
namespace {

using Revisions = std::vector<Revision>;
using Batches = std::vector<Revisions>;

/// Whether those who are courted revise for that reason.
enum class Bidding { kBrings, kIgnored };

Draws draws_of(const World& world, Purpose purpose, const Revision& revision) {
  return {world.scenario().run.seed, purpose, static_cast<std::uint32_t>(world.step),
          world.setting().countries.key[revision.country]};
}

/// Those who may decide on some framework and have not answered yet, in order of code.
Revisions candidates(const World& world, std::span<const Mission> missions, std::span<const std::uint8_t> answered) {
  const CountrySetting& countries = world.setting().countries;
  Revisions list;
  for (std::size_t i = 0; i < countries.count; ++i) {
    bool may = false;
    for (std::size_t k = 0; k < world.frameworks(); ++k) may = may || may_decide_on(world, i, k);
    if (!may || answered[i] != 0) continue;
    Revision revision{static_cast<std::uint32_t>(i), 0, true};
    for (const Mission& mission : missions) {
      if (mission.country == i) revision.courted_by |= bit(mission.framework);
    }
    list.push_back(revision);
  }
  std::sort(list.begin(), list.end(), [&](const Revision& a, const Revision& b) {
    return countries.rank[a.country] < countries.rank[b.country];
  });
  return list;
}

/// Keeps those who come on their own, each with this probability, and those whom a bidding brings.
Batches drawn(const World& world, const Revisions& list, double probability, Bidding bidding) {
  Batches batches(1);
  for (Revision revision : list) {
    revision.on_its_own = draws_of(world, Purpose::kRevisionTime, revision).uniform() < probability;
    if (revision.on_its_own || (bidding == Bidding::kBrings && revision.courted_by != 0))
      batches[0].push_back(revision);
  }
  return batches;
}

Batches one_by_one(const Revisions& list) {
  Batches batches;
  for (const Revision& revision : list) batches.emplace_back(1, revision);
  return batches;
}

/// Order of a sequential schedule: by a keyed draw, ties by code.
Revisions shuffled(const World& world, Revisions list) {
  std::vector<double> place(world.countries());
  for (const Revision& revision : list) {
    place[revision.country] = draws_of(world, Purpose::kRevisionOrder, revision).uniform();
  }
  std::stable_sort(list.begin(), list.end(),
                   [&](const Revision& a, const Revision& b) { return place[a.country] < place[b.country]; });
  return list;
}

/// One country drawn for each revision, with replacement.
Batches async_uniform(const World& world, Revisions list) {
  const auto asked = static_cast<std::size_t>(world.derived.parameters(parameters::kRevisionsPerStep));
  const std::size_t revisions = asked == 0 ? list.size() : asked;
  Batches batches;
  for (std::size_t n = 0; n < revisions && !list.empty(); ++n) {
    std::size_t lowest = 0;
    double best = 1.0;
    for (std::size_t m = 0; m < list.size(); ++m) {
      const double draw = draws_of(world, Purpose::kRevisionOrder, list[m]).uniform(static_cast<std::uint32_t>(n));
      if (draw < best) lowest = m;
      best = std::min(best, draw);
    }
    batches.emplace_back(1, list[lowest]);
    ++list[lowest].turn;
    list[lowest].courted_by = 0;
  }
  return batches;
}

}  // namespace

std::vector<std::vector<Revision>> scheduled_revisions(const World& world, std::span<const Mission> missions,
                                                       std::span<const std::uint8_t> answered) {
  const ParameterValues& value = world.derived.parameters;
  Revisions list = candidates(world, missions, answered);
  switch (static_cast<Schedule>(value.choice(parameters::kSchedule))) {
    case Schedule::kCourted:
      return drawn(world, list, world.per_step(value(parameters::kSpontaneous)), Bidding::kBrings);
    // Nobody comes at the sponsors' bidding, but who happens to revise weighs their offers.
    case Schedule::kPoisson:
      return drawn(world, list, world.per_step(value(parameters::kSpontaneous)), Bidding::kIgnored);
    case Schedule::kSimultaneousWithProb:
      return drawn(world, list, value(parameters::kRevisionProbability), Bidding::kIgnored);
    case Schedule::kSimultaneous:
      return {list};
    case Schedule::kFixedOrder:
      return one_by_one(list);
    case Schedule::kRandomSequential:
      return one_by_one(shuffled(world, std::move(list)));
    case Schedule::kAsyncUniform:
      return async_uniform(world, std::move(list));
  }
  SPLINTERNET_CHECK(false);
  return {};
}

}  // namespace splinternet
