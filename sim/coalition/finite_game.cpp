#include "sim/coalition/finite_game.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

FiniteGame::FiniteGame(std::vector<std::size_t> options,
                       FunctionRef<double(std::size_t, std::span<const std::uint8_t>)> payoff)
    : ProfileSpace(std::move(options)) {
  std::vector<std::uint8_t> chosen(actors());
  payoff_.resize(profiles() * actors());
  for (std::size_t profile = 0; profile < profiles(); ++profile) {
    for (std::size_t actor = 0; actor < actors(); ++actor) {
      chosen[actor] = static_cast<std::uint8_t>(choice(actor, profile));
    }
    for (std::size_t actor = 0; actor < actors(); ++actor) payoff_[profile * actors() + actor] = payoff(actor, chosen);
  }
  check_payoffs();
}

FiniteGame::FiniteGame(std::vector<std::size_t> options, std::vector<double> payoff)
    : ProfileSpace(std::move(options)), payoff_(std::move(payoff)) {
  if (payoff_.size() != profiles() * actors()) {
    throw DataError("game: the table has " + std::to_string(payoff_.size()) + " payoffs, but " +
                    std::to_string(profiles()) + " profiles of " + std::to_string(actors()) + " actors need " +
                    std::to_string(profiles() * actors()));
  }
  check_payoffs();
}

void FiniteGame::check_payoffs() const {
  for (std::size_t at = 0; at < payoff_.size(); ++at) {
    if (std::isfinite(payoff_[at])) continue;
    throw DataError("game: the payoff of actor " + std::to_string(at % actors()) + " in profile " +
                    text(at / actors()) + " is not a finite number");
  }
}

double FiniteGame::best_reply_payoff(std::size_t actor, std::size_t profile) const {
  double best = payoff(actor, profile);
  for (std::size_t option = 0; option < options(actor); ++option) {
    best = std::max(best, payoff(actor, deviation(profile, actor, option)));
  }
  return best;
}

NashProfiles nash_profiles(const FiniteGame& game, double tie_eps) {
  if (!(tie_eps >= 0.0)) throw DataError("game: tie_eps must be at least 0");
  return profiles_without_gain(game, tie_eps, [](std::size_t, std::size_t, std::size_t) { return true; });
}

namespace {

void check_weights(const FiniteGame& game, std::span<const double> weight) {
  SPLINTERNET_CHECK(weight.empty() || weight.size() == game.actors(), weight.size(), game.actors());
  for (std::size_t actor = 0; actor < weight.size(); ++actor) {
    if (!(weight[actor] > 0.0)) {
      throw DataError("game: the weight of actor " + std::to_string(actor) + " in the potential must be above 0");
    }
  }
}

double weight_of(std::span<const double> weight, std::size_t actor) {
  return weight.empty() ? 1.0 : weight[actor];
}

/// Gains over weights around a square.
double sum_around(const FiniteGame& game, std::span<const double> weight, const Square& square) {
  const auto [start, i, a, j, b, unused] = square;
  const std::size_t over = game.deviation(start, i, a);
  const std::size_t across = game.deviation(over, j, b);
  const std::size_t back = game.deviation(start, j, b);
  return (game.gain(i, start, a) - game.gain(i, back, a)) / weight_of(weight, i) +
         (game.payoff(j, across) - game.payoff(j, over) - game.gain(j, start, b)) / weight_of(weight, j);
}

}  // namespace

std::vector<double> potential(const FiniteGame& game, double tolerance, std::span<const double> weight) {
  check_weights(game, weight);
  const auto step = [&](std::size_t actor, std::size_t from, std::size_t to) {
    return (game.payoff(actor, to) - game.payoff(actor, from)) / weight_of(weight, actor);
  };
  // If the changes to and from option 0 agree with P, so do all others.
  std::vector<double> value(game.profiles(), 0.0);
  for (std::size_t profile = 1; profile < value.size(); ++profile) {
    bool known = false;
    for (std::size_t actor = game.actors(); actor-- > 0;) {
      if (game.choice(actor, profile) == 0) continue;
      const std::size_t from = game.deviation(profile, actor, 0);
      const double reached = value[from] + step(actor, from, profile);
      if (!known) value[profile] = reached;
      known = true;
      if (!(std::fabs(reached - value[profile]) * weight_of(weight, actor) <= tolerance)) return {};
    }
  }
  return value;
}

std::optional<Square> open_square(const FiniteGame& game, double tolerance, std::span<const double> weight) {
  check_weights(game, weight);
  Square square;
  for (square.profile = 0; square.profile < game.profiles(); ++square.profile) {
    for (std::size_t i = 0; i < game.actors(); ++i) {
      for (std::size_t j = i + 1; j < game.actors(); ++j) {
        // A square with a corner at lower options has been looked at from there.
        for (std::size_t a = game.choice(i, square.profile) + 1; a < game.options(i); ++a) {
          for (std::size_t b = game.choice(j, square.profile) + 1; b < game.options(j); ++b) {
            square.first_actor = i, square.first_option = a;
            square.second_actor = j, square.second_option = b;
            square.sum = sum_around(game, weight, square);
            const double unit = std::max(weight_of(weight, i), weight_of(weight, j));
            if (!(std::fabs(square.sum) * unit <= tolerance)) return square;
          }
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace splinternet::coalition
