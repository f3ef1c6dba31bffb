#include "sim/coalition/finite_game.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "sim/coalition/actor_set.hpp"
#include "sim/core/check.hpp"

namespace splinternet::coalition {

FiniteGame::FiniteGame(std::vector<std::size_t> options,
                       FunctionRef<double(std::size_t, std::span<const std::uint8_t>)> payoff)
    : options_(std::move(options)) {
  number_profiles();
  std::vector<std::uint8_t> chosen(actors());
  payoff_.resize(profiles_ * actors());
  for (std::size_t profile = 0; profile < profiles_; ++profile) {
    for (std::size_t actor = 0; actor < actors(); ++actor) {
      chosen[actor] = static_cast<std::uint8_t>(choice(actor, profile));
    }
    for (std::size_t actor = 0; actor < actors(); ++actor) payoff_[profile * actors() + actor] = payoff(actor, chosen);
  }
  check_payoffs();
}

FiniteGame::FiniteGame(std::vector<std::size_t> options, std::vector<double> payoff)
    : options_(std::move(options)), payoff_(std::move(payoff)) {
  number_profiles();
  if (payoff_.size() != profiles_ * actors()) {
    throw DataError("game: the table has " + std::to_string(payoff_.size()) + " payoffs, but " +
                    std::to_string(profiles_) + " profiles of " + std::to_string(actors()) + " actors need " +
                    std::to_string(profiles_ * actors()));
  }
  check_payoffs();
}

void FiniteGame::number_profiles() {
  if (options_.empty()) throw DataError("game: no actor");
  stride_.resize(options_.size());
  for (std::size_t actor = options_.size(); actor-- > 0;) {
    if (options_[actor] == 0 || options_[actor] > 255) {
      throw DataError("game: actor " + std::to_string(actor) + " has " + std::to_string(options_[actor]) +
                      " options; it takes 1 to 255");
    }
    stride_[actor] = profiles_;
    profiles_ *= options_[actor];
    if (profiles_ > kMostStates) {
      throw DataError("game: more than " + std::to_string(kMostStates) + " profiles to go through");
    }
  }
}

void FiniteGame::check_payoffs() const {
  for (std::size_t at = 0; at < payoff_.size(); ++at) {
    if (std::isfinite(payoff_[at])) continue;
    std::string profile;
    for (std::size_t actor = 0; actor < actors(); ++actor) {
      profile += (actor == 0 ? "" : ", ") + std::to_string(choice(actor, at / actors()));
    }
    throw DataError("game: the payoff of actor " + std::to_string(at % actors()) + " in profile (" + profile +
                    ") is not a finite number");
  }
}

double FiniteGame::best_reply_payoff(std::size_t actor, std::size_t profile) const {
  double best = payoff(actor, profile);
  for (std::size_t option = 0; option < options_[actor]; ++option) {
    best = std::max(best, payoff(actor, deviation(profile, actor, option)));
  }
  return best;
}

NashProfiles nash_profiles(const FiniteGame& game, double tie_eps) {
  if (!(tie_eps >= 0.0)) throw DataError("game: tie_eps must be at least 0");
  NashProfiles found;
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    bool weak = true, strict = true;
    for (std::size_t actor = 0; actor < game.actors() && weak; ++actor) {
      const double own = game.payoff(actor, profile);
      for (std::size_t option = 0; option < game.options(actor); ++option) {
        if (option == game.choice(actor, profile)) continue;
        const double gain = game.payoff(actor, game.deviation(profile, actor, option)) - own;
        weak = weak && gain <= tie_eps;
        strict = strict && gain < -tie_eps;
      }
    }
    if (weak) found.weak.push_back(profile);
    if (weak && strict) found.strict.push_back(profile);
  }
  return found;
}

std::vector<double> potential(const FiniteGame& game, double tolerance, std::span<const double> weight) {
  const std::size_t n = game.actors();
  SPLINTERNET_CHECK(weight.empty() || weight.size() == n, weight.size(), n);
  for (std::size_t actor = 0; actor < weight.size(); ++actor) {
    if (!(weight[actor] > 0.0)) {
      throw DataError("game: the weight of actor " + std::to_string(actor) + " in the potential must be above 0");
    }
  }
  const auto step = [&](std::size_t actor, std::size_t from, std::size_t to) {
    return (game.payoff(actor, to) - game.payoff(actor, from)) / (weight.empty() ? 1.0 : weight[actor]);
  };
  // If the changes to and from option 0 agree with P, so do all others.
  std::vector<double> value(game.profiles(), 0.0);
  for (std::size_t profile = 1; profile < value.size(); ++profile) {
    bool known = false;
    for (std::size_t actor = n; actor-- > 0;) {
      if (game.choice(actor, profile) == 0) continue;
      const std::size_t from = game.deviation(profile, actor, 0);
      const double reached = value[from] + step(actor, from, profile);
      if (!known) value[profile] = reached;
      known = true;
      const double unit = weight.empty() ? 1.0 : weight[actor];
      if (!(std::fabs(reached - value[profile]) * unit <= tolerance)) return {};
    }
  }
  return value;
}

}  // namespace splinternet::coalition
