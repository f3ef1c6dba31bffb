#include "sim/study/state_analysis.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "sim/coalition/gibbs_law.hpp"
#include "sim/coalition/quantal_response.hpp"
#include "sim/coalition/shapley.hpp"
#include "sim/core/check.hpp"
#include "sim/model/countries.hpp"
#include "sim/study/state_symmetry.hpp"

namespace splinternet {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
/// Worths are compared up to this share of the largest: they are sums of terms, rounded one by one.
constexpr double kRounding = 1e-9;
constexpr std::size_t kMostQuantalStates = std::size_t{1} << 14;
constexpr std::size_t kMostShapleyActors = 16;

std::size_t memberships(const StateGame& game, std::size_t state) {
  std::size_t count = 0;
  for (std::size_t actor = 0; actor < game.actors.size(); ++actor) {
    count += static_cast<std::size_t>(std::popcount(game.set_of(actor, state)));
  }
  return count;
}

/// Sizes turned into weights of a potential: w_i = 1/s_i. Empty if all are alike.
std::vector<double> weights_by_size(const World& world, const StateGame& game) {
  std::vector<double> weight;
  for (const std::uint32_t i : game.actors) weight.push_back(1.0 / world.setting().countries.gdp_busd[i]);
  const bool differ = std::any_of(weight.begin(), weight.end(), [&](double each) { return each != weight[0]; });
  return differ ? weight : std::vector<double>{};
}

/// The potential, and what kind it is.
void find_potential(const World& world, const std::optional<coalition::FiniteGame>& payoffs, double tolerance,
                    StateAnalysis& found) {
  if (!payoffs) return;
  found.potential_kind = PotentialKind::kExact;
  found.potential = coalition::potential(*payoffs, tolerance);
  const std::vector<double> weight = weights_by_size(world, found.game);
  if (found.potential.empty() && !weight.empty()) {
    found.potential_kind = PotentialKind::kBySize;
    found.potential = coalition::potential(*payoffs, tolerance, weight);
  }
  if (found.potential.empty()) {
    found.potential_kind = PotentialKind::kNone;
    found.square = coalition::open_square(*payoffs, tolerance);
    return;
  }
  const double at_start = found.potential[found.game.start];
  for (double& value : found.potential) value -= at_start;
}

/// Minus the sum of payoffs, if it tells the same as the potential.
void find_energy(StateAnalysis& found) {
  if (found.potential.empty() || found.game.sums.empty()) return;
  const auto energy_of = [&](const PayoffSums& sums) {
    return 0.0 - (found.potential_kind == PotentialKind::kBySize ? sums.by_size : sums.all);  // never −0
  };
  std::vector<double> energy;
  double largest = 0.0;
  for (const PayoffSums& sums : found.game.sums) {
    energy.push_back(energy_of(sums));
    largest = std::max(largest, std::fabs(energy.back()));
  }
  for (std::size_t state = 0; state < energy.size(); ++state) {
    const double fall = 0.5 * (energy[found.game.start] - energy[state]);
    if (!(std::fabs(found.potential[state] - fall) <= kRounding * largest)) return;
  }
  found.energy = std::move(energy);
}

/// States of rest and their basins, those of the same kind taken together.
void find_rest(const World& world, const StateSymmetry& symmetry, StateAnalysis& found) {
  const coalition::OwnMoves& moves = found.game.moves;
  const coalition::NashProfiles rest = coalition::rest_profiles(moves, found.tie_eps);
  const bool by_size = found.potential_kind == PotentialKind::kBySize;
  const std::vector<double> weight = by_size ? weights_by_size(world, found.game) : std::vector<double>{};
  const coalition::RestBasins basins = coalition::rest_basins(moves, found.tie_eps, weight);
  SPLINTERNET_CHECK(basins.basins.size() == rest.weak.size(), basins.basins.size(), rest.weak.size());
  found.rest_states = rest.weak.size();
  std::map<std::size_t, RestState> by_kind;
  std::size_t led_to_rest = 0;
  for (const coalition::RestBasin& basin : basins.basins) {
    const std::size_t lowest = symmetry.lowest(basin.profile);
    RestState& state = by_kind[lowest];
    state.state = lowest;
    state.names = symmetry.names(lowest);
    state.is_strict = std::binary_search(rest.strict.begin(), rest.strict.end(), lowest);
    state.probability += basin.probability;
    for (const std::uint32_t start : basin.starts) state.starts += symmetry.lowest(start) == start ? 1 : 0;
  }
  for (const auto& [lowest, state] : by_kind) {
    found.rest.push_back(state);
    led_to_rest += state.starts;
  }
  found.never_rest = found.kinds - led_to_rest;
  std::stable_sort(found.rest.begin(), found.rest.end(), [&](const RestState& a, const RestState& b) {
    const std::size_t in_a = memberships(found.game, a.state), in_b = memberships(found.game, b.state);
    return in_a != in_b ? in_a > in_b : a.starts > b.starts;
  });
}

/// [actor][option] whether it is ever entered; where some actor cannot move at all, or not from any such option to any
/// other, empty.
using Lasting = std::vector<std::vector<std::uint8_t>>;

bool is_lasting(const StateGame& game, const Lasting& lasting, std::size_t state) {
  for (std::size_t actor = 0; actor < game.actors.size(); ++actor) {
    if (lasting[actor][game.moves.choice(actor, state)] == 0) return false;
  }
  return true;
}

Lasting lasting_options(const StateGame& game) {
  Lasting lasting;
  for (const std::vector<FrameworkSet>& sets : game.sets) lasting.emplace_back(sets.size(), std::uint8_t{0});
  const auto visit = [&](std::size_t state, auto&& each) {
    for (std::size_t actor = 0; actor < game.actors.size(); ++actor) {
      for (std::size_t option = 0; option < game.sets[actor].size(); ++option) {
        if (option != game.moves.choice(actor, state)) each(actor, option);
      }
    }
  };
  for (std::size_t state = 0; state < game.moves.profiles(); ++state) {
    visit(state, [&](std::size_t actor, std::size_t option) {
      if (game.moves.allows(actor, state, option)) lasting[actor][option] = 1;
    });
  }
  bool is_open = true, any = false;
  for (std::size_t state = 0; state < game.moves.profiles(); ++state) {
    if (!is_lasting(game, lasting, state)) continue;
    any = true;
    visit(state, [&](std::size_t actor, std::size_t option) {
      is_open = is_open && (lasting[actor][option] == 0 || game.moves.allows(actor, state, option));
    });
  }
  return is_open && any ? lasting : Lasting{};
}

/// Mean and standard deviation of what states have.
std::pair<double, double> moments(std::span<const double> probability, std::span<const double> value) {
  double mean = 0.0, variance = 0.0;
  for (std::size_t state = 0; state < value.size(); ++state) mean += probability[state] * value[state];
  for (std::size_t state = 0; state < value.size(); ++state) {
    const double off = value[state] - mean;
    variance += probability[state] * off * off;
  }
  return {mean, std::sqrt(variance)};
}

std::vector<double> mean_members(const World& start, const StateGame& game, std::span<const double> probability) {
  std::vector<double> mean(start.frameworks(), 0.0);
  for (std::size_t state = 0; state < probability.size(); ++state) {
    for (std::size_t actor = 0; actor < game.actors.size(); ++actor) {
      for (std::size_t k = 0; k < mean.size(); ++k) {
        if (contains(game.set_of(actor, state), k)) mean[k] += probability[state];
      }
    }
  }
  return mean;
}

GibbsStates gibbs_states(const World& start, const StateAnalysis& found, const Lasting& lasting) {
  const double temperature = start.derived.parameters(parameters::kTemperature);
  std::vector<std::size_t> states;
  std::vector<double> potential;
  for (std::size_t state = 0; state < found.potential.size(); ++state) {
    if (!is_lasting(found.game, lasting, state)) continue;
    states.push_back(state);
    potential.push_back(found.potential[state]);
  }
  GibbsStates law{temperature, std::vector<double>(found.potential.size(), 0.0), {}, 0.0, kMissing, kMissing};
  const std::vector<double> probability = coalition::gibbs_probabilities(potential, 1.0 / temperature);
  for (std::size_t n = 0; n < states.size(); ++n) law.probability[states[n]] = probability[n];
  law.mean_members = mean_members(start, found.game, law.probability);
  law.mean_potential = moments(law.probability, found.potential).first;
  if (!found.energy.empty()) std::tie(law.mean_energy, law.energy_sd) = moments(law.probability, found.energy);
  return law;
}

/// Whether all actors choose about one and the same framework, to be in or out.
bool is_one_framework(const StateGame& game) {
  return std::all_of(game.sets.begin(), game.sets.end(), [&](const std::vector<FrameworkSet>& sets) {
    return sets.size() == 2 && std::popcount(sets[0]) == std::popcount(sets[1]) + 1 && (sets[0] & sets[1]) == sets[1] &&
           (sets[0] ^ sets[1]) == (game.sets[0][0] ^ game.sets[0][1]);
  });
}

/// The state in which the coalition is in: options are in, then out.
std::size_t state_of(const StateGame& game, coalition::ActorSet coalition) {
  std::size_t state = 0;
  for (std::size_t actor = 0; actor < game.actors.size(); ++actor) {
    state = game.moves.deviation(state, actor, coalition::contains(coalition, actor) ? 0 : 1);
  }
  return state;
}

CoalitionStates coalition_states(const StateGame& game, const coalition::FiniteGame& payoffs, double tie_eps) {
  const std::size_t n = game.actors.size();
  CoalitionStates result;
  result.found = coalition::stable_coalitions(
      n, [&](std::size_t actor, coalition::ActorSet set) { return payoffs.payoff(actor, state_of(game, set)); },
      tie_eps);
  if (n <= kMostShapleyActors && !game.sums.empty()) {
    result.shapley_value =
        coalition::shapley_value(n, [&](coalition::ActorSet set) { return game.sums[state_of(game, set)].members; });
  }
  return result;
}

void analyse_logit(const World& start, const std::optional<coalition::FiniteGame>& payoffs, StateAnalysis& found) {
  if (choice_rule_of(start) != ChoiceRule::kLogit || !payoffs) return;
  const Lasting lasting = lasting_options(found.game);
  if (found.potential_kind == PotentialKind::kExact && !lasting.empty()) {
    found.gibbs = gibbs_states(start, found, lasting);
  }
  if (!found.game.moves.is_complete() || payoffs->profiles() > kMostQuantalStates) return;
  const double precision = 1.0 / start.derived.parameters(parameters::kTemperature);
  try {
    found.quantal_response = coalition::quantal_response(*payoffs, precision).probability;
  } catch (const SolverError&) {
    // The branch turns back before this temperature is reached: there is no one equilibrium to tell of.
  }
}

}  // namespace

std::vector<Tipping> tipping(const StateGame& game, std::size_t state) {
  std::vector<Tipping> result;
  for (std::size_t actor = 0; actor < game.actors.size(); ++actor) {
    const FrameworkSet now = game.set_of(actor, state);
    Tipping& tip = result.emplace_back(Tipping{now, now, kMissing});
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t option = 0; option < game.sets[actor].size(); ++option) {
      const double gain = game.moves.gain(actor, state, option);
      if (game.sets[actor][option] == now || !(gain > most)) continue;
      most = gain;
      tip.best = game.sets[actor][option];
      tip.payment = std::max(0.0, -gain);
    }
  }
  return result;
}

StateAnalysis analyse_states(const World& start, const StateProgress& progress) {
  StateAnalysis found(state_game(start, progress));
  const coalition::OwnMoves& moves = found.game.moves;
  found.tie_eps = start.derived.parameters(parameters::kTieEps);
  const double tolerance = kRounding * moves.scale();
  const StateSymmetry symmetry(found.game, tolerance);
  found.kinds = symmetry.kinds();
  found.interchangeable = symmetry.classes();
  const std::optional<coalition::FiniteGame> payoffs = coalition::payoffs_behind(moves, tolerance);
  find_potential(start, payoffs, tolerance, found);
  find_energy(found);
  find_rest(start, symmetry, found);
  found.better_replies = coalition::reply_components(moves, coalition::Reply::kBetter, found.tie_eps);
  found.at_once = coalition::simultaneous_response(moves, found.tie_eps);
  analyse_logit(start, payoffs, found);
  if (payoffs && is_one_framework(found.game)) {
    found.coalitions = coalition_states(found.game, *payoffs, found.tie_eps);
  }
  return found;
}

}  // namespace splinternet
