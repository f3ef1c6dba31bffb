#include "sim/coalition/own_moves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

constexpr std::size_t kMostGains = std::size_t{1} << 27;
constexpr double kBarred = std::numeric_limits<double>::quiet_NaN();

std::vector<std::size_t> options_of(const ProfileSpace& space) {
  std::vector<std::size_t> options;
  for (std::size_t actor = 0; actor < space.actors(); ++actor) options.push_back(space.options(actor));
  return options;
}

void check_tie_eps(double tie_eps) {
  if (!(tie_eps >= 0.0)) throw DataError("game: tie_eps must be at least 0");
}

}  // namespace

OwnMoves::OwnMoves(std::vector<std::size_t> options) : ProfileSpace(std::move(options)) {
  for (std::size_t actor = 0; actor < actors(); ++actor) {
    first_.push_back(changes_);
    changes_ += this->options(actor) - 1;
  }
  if (changes_ * profiles() > kMostGains) {
    throw DataError("game: " + std::to_string(profiles()) + " profiles with " + std::to_string(changes_) +
                    " changes each; it takes no more than " + std::to_string(kMostGains) + " changes");
  }
  gain_.assign(changes_ * profiles(), kBarred);
}

OwnMoves::OwnMoves(const FiniteGame& game) : OwnMoves(options_of(game)) {
  for (std::size_t profile = 0; profile < profiles(); ++profile) {
    for (std::size_t actor = 0; actor < actors(); ++actor) {
      for (std::size_t option = 0; option < this->options(actor); ++option) {
        if (option != choice(actor, profile)) set(actor, profile, option, game.gain(actor, profile, option));
      }
    }
  }
}

void OwnMoves::set(std::size_t actor, std::size_t profile, std::size_t option, double gain) {
  const std::size_t own = choice(actor, profile);
  SPLINTERNET_CHECK(option != own && option < this->options(actor), actor, profile, option);
  if (!std::isfinite(gain)) {
    throw DataError("game: what actor " + std::to_string(actor) + " gains in profile " + text(profile) +
                    " by changing to option " + std::to_string(option) + " is not a finite number");
  }
  gain_[place(actor, profile, option, own)] = gain;
}

bool OwnMoves::is_complete() const {
  return std::none_of(gain_.begin(), gain_.end(), [](double gain) { return std::isnan(gain); });
}

double OwnMoves::scale() const {
  double largest = 0.0;
  for (const double gain : gain_) largest = std::max(largest, std::isnan(gain) ? 0.0 : std::fabs(gain));
  return largest;
}

NashProfiles rest_profiles(const OwnMoves& moves, double tie_eps) {
  check_tie_eps(tie_eps);
  return profiles_without_gain(moves, tie_eps, [&](std::size_t actor, std::size_t profile, std::size_t option) {
    return moves.allows(actor, profile, option);
  });
}

namespace {

/// Payoffs of one actor's options against one choice of the others, from the gains between them.
class OwnPayoffs {
 public:
  OwnPayoffs(const OwnMoves& moves, std::size_t actor) : moves_(moves), actor_(actor), worth_(moves.options(actor)) {}

  /// `profile` has the actor's first option. False if the gains contradict one another or do not reach all options.
  bool find(std::size_t profile, double tolerance) {
    std::fill(worth_.begin(), worth_.end(), kBarred);
    worth_[0] = 0.0;
    reached_.assign(1, 0);
    for (std::size_t at = 0; at < reached_.size(); ++at) reach_from(profile, reached_[at]);
    return reached_.size() == worth_.size() && agree(profile, tolerance);
  }
  [[nodiscard]] std::span<const double> worth() const { return worth_; }

 private:
  [[nodiscard]] double gain(std::size_t profile, std::size_t from, std::size_t to) const {
    return moves_.gain(actor_, moves_.deviation(profile, actor_, from), to);
  }

  void reach_from(std::size_t profile, std::size_t from) {
    for (std::size_t to = 0; to < worth_.size(); ++to) {
      if (!std::isnan(worth_[to])) continue;
      const double there = gain(profile, from, to);
      const double difference = std::isnan(there) ? -gain(profile, to, from) : there;
      if (std::isnan(difference)) continue;
      worth_[to] = worth_[from] + difference;
      reached_.push_back(to);
    }
  }

  [[nodiscard]] bool agree(std::size_t profile, double tolerance) const {
    for (std::size_t from = 0; from < worth_.size(); ++from) {
      for (std::size_t to = 0; to < worth_.size(); ++to) {
        if (std::fabs(worth_[to] - worth_[from] - gain(profile, from, to)) > tolerance) return false;
      }
    }
    return true;
  }

  const OwnMoves& moves_;
  std::size_t actor_;
  std::vector<double> worth_;
  std::vector<std::size_t> reached_;
};

}  // namespace

std::optional<FiniteGame> payoffs_behind(const OwnMoves& moves, double tolerance) {
  const std::size_t n = moves.actors();
  std::vector<double> payoff(moves.profiles() * n);
  for (std::size_t actor = 0; actor < n; ++actor) {
    OwnPayoffs own(moves, actor);
    for (std::size_t profile = 0; profile < moves.profiles(); ++profile) {
      if (moves.choice(actor, profile) != 0) continue;
      if (!own.find(profile, tolerance)) return std::nullopt;
      for (std::size_t option = 0; option < moves.options(actor); ++option) {
        payoff[moves.deviation(profile, actor, option) * n + actor] = own.worth()[option];
      }
    }
  }
  return FiniteGame(options_of(moves), std::move(payoff));
}

namespace {

/// Best changes out of a profile, of each actor that gains.
class BestChanges {
 public:
  BestChanges(const OwnMoves& moves, double tie_eps, std::span<const double> weight)
      : moves_(moves), tie_eps_(tie_eps), weight_(weight) {}

  struct Change {
    double steepness;
    std::size_t ways;  // best options of this actor
    std::uint32_t next;
  };

  const std::vector<Change>& find(std::size_t profile) {
    found_.clear();
    movers_ = 0;
    for (std::size_t actor = 0; actor < moves_.actors(); ++actor) add(actor, profile);
    return found_;
  }
  [[nodiscard]] std::size_t movers() const { return movers_; }
  [[nodiscard]] std::uint32_t steepest() const {
    const Change* best = &found_.front();
    for (const Change& change : found_) {
      if (change.steepness > best->steepness * (1.0 + 1e-12)) best = &change;  // equals may differ in their last bits
    }
    return best->next;
  }

 private:
  void add(std::size_t actor, std::size_t profile) {
    double best = 0.0;
    for (std::size_t option = 0; option < moves_.options(actor); ++option) {
      const double gain = moves_.gain(actor, profile, option);
      if (gain > best) best = gain;  // never of one that is barred
    }
    if (!(best > tie_eps_)) return;
    const std::size_t first = found_.size();
    for (std::size_t option = 0; option < moves_.options(actor); ++option) {
      const double gain = moves_.gain(actor, profile, option);
      if (!(gain > tie_eps_) || gain < best - tie_eps_) continue;
      found_.push_back({gain / (weight_.empty() ? 1.0 : weight_[actor]), 0,
                        static_cast<std::uint32_t>(moves_.deviation(profile, actor, option))});
    }
    for (std::size_t change = first; change < found_.size(); ++change) found_[change].ways = found_.size() - first;
    ++movers_;
  }

  const OwnMoves& moves_;
  double tie_eps_;
  std::span<const double> weight_;
  std::vector<Change> found_;
  std::size_t movers_ = 0;
};

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// The profile of rest at the end of each profile's steepest path; kNone if it goes round. `next[p] == p` at rest.
std::vector<std::uint32_t> ends_of(std::span<const std::uint32_t> next) {
  std::vector<std::uint32_t> end(next.size(), kNone), path;
  std::vector<std::uint8_t> seen(next.size(), 0);
  for (std::uint32_t start = 0; start < next.size(); ++start) {
    path.clear();
    std::uint32_t at = start;
    for (; seen[at] == 0; at = next[at]) {
      path.push_back(at);
      seen[at] = 1;
      if (next[at] == at) end[at] = at;
    }
    for (const std::uint32_t passed : path) end[passed] = end[at];
  }
  return end;
}

/// Probability of being in each profile of rest in the end, pushed down from profile to profile once all that leads
/// into one is known; empty if changes go round.
std::vector<double> absorbed(BestChanges& changes, std::size_t profiles) {
  std::vector<std::uint32_t> leads_in(profiles, 0), order;
  for (std::size_t profile = 0; profile < profiles; ++profile) {
    for (const auto& change : changes.find(profile)) ++leads_in[change.next];
  }
  for (std::uint32_t profile = 0; profile < profiles; ++profile) {
    if (leads_in[profile] == 0) order.push_back(profile);
  }
  std::vector<double> probability(profiles, 1.0 / static_cast<double>(profiles));
  for (std::size_t at = 0; at < order.size(); ++at) {
    const std::uint32_t profile = order[at];
    const auto& found = changes.find(profile);
    if (found.empty()) continue;
    const double share = probability[profile] / static_cast<double>(changes.movers());
    for (const auto& change : found) {
      probability[change.next] += share / static_cast<double>(change.ways);
      if (--leads_in[change.next] == 0) order.push_back(change.next);
    }
  }
  if (order.size() != profiles) probability.clear();
  return probability;
}

}  // namespace

RestBasins rest_basins(const OwnMoves& moves, double tie_eps, std::span<const double> weight) {
  check_tie_eps(tie_eps);
  SPLINTERNET_CHECK(weight.empty() || weight.size() == moves.actors(), weight.size(), moves.actors());
  for (const double each : weight) {
    if (!(each > 0.0)) throw DataError("game: weights of actors must be above 0");
  }
  BestChanges changes(moves, tie_eps, weight);
  std::vector<std::uint32_t> next(moves.profiles());
  for (std::uint32_t profile = 0; profile < next.size(); ++profile) {
    next[profile] = changes.find(profile).empty() ? profile : changes.steepest();
  }
  const std::vector<std::uint32_t> end = ends_of(next);
  const std::vector<double> probability = absorbed(changes, next.size());
  RestBasins found;
  found.has_probabilities = !probability.empty();
  std::vector<std::uint32_t> basin(next.size(), kNone);
  for (std::uint32_t profile = 0; profile < next.size(); ++profile) {
    if (next[profile] != profile) continue;
    basin[profile] = static_cast<std::uint32_t>(found.basins.size());
    found.basins.push_back({profile, {}, found.has_probabilities ? probability[profile] : kBarred});
  }
  for (std::uint32_t profile = 0; profile < next.size(); ++profile) {
    if (end[profile] == kNone) {
      ++found.never_rest;
    } else {
      found.basins[basin[end[profile]]].starts.push_back(profile);
    }
  }
  return found;
}

}  // namespace splinternet::coalition
