#include "sim/coalition/contagion.hpp"

#include <algorithm>
#include <queue>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

void check_seed(std::uint32_t seed, std::size_t actors) {
  if (seed >= actors) {
    throw DataError("contagion: seed " + std::to_string(seed) + " is not one of the " + std::to_string(actors) +
                    " actors");
  }
}

// An actor and the neighbours that have adopted, of all it has.
struct Candidate {
  std::uint64_t adopters, neighbours;
  std::uint32_t actor;
};

bool smaller_share(const Candidate& a, const Candidate& b) {
  return a.adopters * b.neighbours < b.adopters * a.neighbours;
}

}  // namespace

std::vector<std::uint32_t> adopters_needed(const InteractionGraph& graph, double threshold, Following following) {
  if (!(threshold >= 0.0 && threshold <= 1.0)) {
    throw DataError("contagion: the threshold must be a share from 0 to 1");
  }
  std::vector<std::uint32_t> needed(graph.actors(), 1);
  for (std::size_t actor = 0; actor < graph.actors(); ++actor) {
    const auto degree = static_cast<std::uint32_t>(graph.degree(actor));
    if (degree == 0) continue;
    const auto suffices = [&](std::uint32_t adopters) {
      const double share = static_cast<double>(adopters) / static_cast<double>(degree);
      return following == Following::kAtThreshold ? share >= threshold : share > threshold;
    };
    auto least = static_cast<std::uint32_t>(threshold * static_cast<double>(degree));
    while (least > 0 && suffices(least - 1)) --least;
    while (least <= degree && !suffices(least)) ++least;
    needed[actor] = least;
  }
  return needed;
}

Spread spread(const InteractionGraph& graph, std::span<const std::uint32_t> needed,
              std::span<const std::uint32_t> seeds) {
  const std::size_t n = graph.actors();
  SPLINTERNET_CHECK(needed.size() == n, needed.size(), n);
  Spread result{std::vector<std::uint32_t>(n, kNeverAdopts), 0};
  std::vector<std::uint32_t> adopted;  // in the order of their rounds
  const auto adopt = [&](std::uint32_t actor, std::uint32_t round) {
    if (result.round[actor] != kNeverAdopts) return;
    result.round[actor] = round;
    adopted.push_back(actor);
  };
  for (const std::uint32_t seed : seeds) {
    check_seed(seed, n);
    adopt(seed, 0);
  }
  for (std::uint32_t actor = 0; actor < n; ++actor) {
    if (needed[actor] == 0) adopt(actor, 1);
  }
  std::vector<std::uint32_t> adopters(n, 0);
  for (std::size_t at = 0; at < adopted.size(); ++at) {
    for (const std::uint32_t actor : graph.neighbours(adopted[at])) {
      if (++adopters[actor] >= needed[actor]) adopt(actor, result.round[adopted[at]] + 1);
    }
  }
  result.adopters = adopted.size();
  return result;
}

Fraction contagion_threshold(const InteractionGraph& graph, std::span<const std::uint32_t> seeds) {
  const std::size_t n = graph.actors();
  std::vector<std::uint8_t> has_adopted(n, 0);
  std::vector<std::uint32_t> adopters(n, 0);
  std::priority_queue<Candidate, std::vector<Candidate>, decltype(&smaller_share)> candidates(&smaller_share);
  std::size_t left = n;
  const auto adopt = [&](std::uint32_t adopter) {
    if (has_adopted[adopter] != 0) return;
    has_adopted[adopter] = 1;
    --left;
    for (const std::uint32_t actor : graph.neighbours(adopter)) {
      if (has_adopted[actor] == 0) candidates.push({++adopters[actor], graph.degree(actor), actor});
    }
  };
  for (const std::uint32_t seed : seeds) {
    check_seed(seed, n);
    adopt(seed);
  }
  // Always the actor that is easiest to win over: the hardest of these is the hardest on the best way to all.
  Candidate hardest{1, 1, 0};
  while (left > 0) {
    if (candidates.empty()) return {};
    const Candidate easiest = candidates.top();
    candidates.pop();
    if (has_adopted[easiest.actor] != 0) continue;
    if (smaller_share(easiest, hardest)) hardest = easiest;
    adopt(easiest.actor);
  }
  return {hardest.adopters, hardest.neighbours};
}

}  // namespace splinternet::coalition
