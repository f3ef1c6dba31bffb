#include "sim/coalition/contagion.hpp"

#include <algorithm>
#include <numeric>
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

// Who looks at each actor, from whom each actor looks at.
SparseGraph observers_in(const SparseGraph& graph) {
  if (!graph.weight.empty()) throw DataError("contagion: adopters are counted, so the graph must have no weights");
  const std::size_t n = graph.nodes();
  SparseGraph observers;
  observers.first.assign(n + 1, 0);
  for (std::size_t actor = 0; actor < n; ++actor) {
    for (const std::uint32_t peer : graph.peers(actor)) {
      if (peer >= n) {
        throw DataError("contagion: actor " + std::to_string(actor) + " looks at " + std::to_string(peer) +
                        ", which is not one of the " + std::to_string(n) + " actors");
      }
      ++observers.first[peer + 1];
    }
  }
  std::partial_sum(observers.first.begin(), observers.first.end(), observers.first.begin());
  observers.peer.resize(graph.peer.size());
  std::vector<std::uint64_t> next(observers.first.begin(), observers.first.end() - 1);
  for (std::uint32_t actor = 0; actor < n; ++actor) {
    for (const std::uint32_t peer : graph.peers(actor)) {
      observers.peer[static_cast<std::size_t>(next[peer]++)] = actor;
    }
  }
  return observers;
}

// An actor and the peers that have adopted, of all it has.
struct Candidate {
  std::uint64_t adopters, peers;
  std::uint32_t actor;
};

// Of so many peers; one more than there are where no number will do.
std::uint32_t least_adopters(std::size_t peers, double threshold, Following following) {
  if (!(threshold >= 0.0 && threshold <= 1.0)) {
    throw DataError("contagion: the threshold must be a share from 0 to 1");
  }
  const auto degree = static_cast<std::uint32_t>(peers);
  if (degree == 0) return 1;
  const auto suffices = [&](std::uint32_t adopters) {
    const double share = static_cast<double>(adopters) / static_cast<double>(degree);
    return following == Following::kAtThreshold ? share >= threshold : share > threshold;
  };
  auto least = static_cast<std::uint32_t>(threshold * static_cast<double>(degree));
  while (least > 0 && suffices(least - 1)) --least;
  while (least <= degree && !suffices(least)) ++least;
  return least;
}

bool smaller_share(const Candidate& a, const Candidate& b) {
  return a.adopters * b.peers < b.adopters * a.peers;
}

}  // namespace

std::vector<std::uint32_t> adopters_needed(const SparseGraph& graph, double threshold, Following following) {
  return adopters_needed(graph, std::vector<double>(graph.nodes(), threshold), following);
}

std::vector<std::uint32_t> adopters_needed(const SparseGraph& graph, std::span<const double> threshold,
                                           Following following) {
  SPLINTERNET_CHECK(threshold.size() == graph.nodes(), threshold.size(), graph.nodes());
  std::vector<std::uint32_t> needed(graph.nodes());
  for (std::size_t actor = 0; actor < needed.size(); ++actor) {
    needed[actor] = least_adopters(graph.degree(actor), threshold[actor], following);
  }
  return needed;
}

Spread spread(const SparseGraph& graph, std::span<const std::uint32_t> needed, std::span<const std::uint32_t> seeds) {
  const std::size_t n = graph.nodes();
  SPLINTERNET_CHECK(needed.size() == n, needed.size(), n);
  const SparseGraph observers = observers_in(graph);
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
    for (const std::uint32_t actor : observers.peers(adopted[at])) {
      if (++adopters[actor] >= needed[actor]) adopt(actor, result.round[adopted[at]] + 1);
    }
  }
  result.adopters = adopted.size();
  return result;
}

Spread spread_among_all(std::span<const std::uint32_t> needed, std::span<const std::uint32_t> seeds) {
  const std::size_t n = needed.size();
  Spread result{std::vector<std::uint32_t>(n, kNeverAdopts), 0};
  for (const std::uint32_t seed : seeds) {
    check_seed(seed, n);
    result.adopters += result.round[seed] == kNeverAdopts ? 1 : 0;
    result.round[seed] = 0;
  }
  std::vector<std::uint32_t> waiting;  // who is won over first
  for (std::uint32_t actor = 0; actor < n; ++actor) {
    if (result.round[actor] == kNeverAdopts) waiting.push_back(actor);
  }
  std::sort(waiting.begin(), waiting.end(), [&](std::uint32_t a, std::uint32_t b) { return needed[a] < needed[b]; });
  std::size_t next = 0;
  for (std::uint32_t round = 1;; ++round) {
    const std::size_t seen = result.adopters;
    for (; next < waiting.size() && needed[waiting[next]] <= seen; ++next, ++result.adopters) {
      result.round[waiting[next]] = round;
    }
    if (result.adopters == seen) return result;
  }
}

Fraction contagion_threshold(const SparseGraph& graph, std::span<const std::uint32_t> seeds) {
  const std::size_t n = graph.nodes();
  const SparseGraph observers = observers_in(graph);
  std::vector<std::uint8_t> has_adopted(n, 0);
  std::vector<std::uint32_t> adopters(n, 0);
  std::priority_queue<Candidate, std::vector<Candidate>, decltype(&smaller_share)> candidates(&smaller_share);
  std::size_t left = n;
  const auto adopt = [&](std::uint32_t adopter) {
    if (has_adopted[adopter] != 0) return;
    has_adopted[adopter] = 1;
    --left;
    for (const std::uint32_t actor : observers.peers(adopter)) {
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
  return {hardest.adopters, hardest.peers};
}

}  // namespace splinternet::coalition
