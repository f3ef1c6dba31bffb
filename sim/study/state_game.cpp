#include "sim/study/state_game.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "sim/coalition/actor_set.hpp"
#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/options.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/model/policy.hpp"
#include "sim/scenario/fault.hpp"
#include "sim/study/run.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kGrain = 256;   // states that one copy of the World goes through
constexpr std::size_t kBlock = 8192;  // states between two reports of progress

bool larger_first(FrameworkSet a, FrameworkSet b) {
  return std::popcount(a) != std::popcount(b) ? std::popcount(a) > std::popcount(b) : a < b;
}

FrameworkSet after_signing(const Setting& setting, FrameworkSet set, std::size_t framework) {
  const FrameworkSetting& frameworks = setting.frameworks;
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    if (l != framework && frameworks.incompatible[framework * frameworks.count + l] != 0) set &= ~bit(l);
  }
  return set | bit(framework);
}

/// What the actor can come to, one accession, swap or withdrawal after another.
std::vector<FrameworkSet> reachable_sets(const World& world, std::size_t i) {
  std::vector<FrameworkSet> sets = {world.membership(i)};
  const auto add = [&](FrameworkSet set) {
    if (std::find(sets.begin(), sets.end(), set) == sets.end()) sets.push_back(set);
  };
  for (std::size_t at = 0; at < sets.size(); ++at) {
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      const FrameworkSet set = sets[at];
      if (may_decide_on(world, i, k) && !contains(set, k)) add(after_signing(world.setting(), set, k));
      if (contains(set, k) && may_withdraw(world)) add(set & ~bit(k));
    }
  }
  std::sort(sets.begin(), sets.end(), larger_first);
  return sets;
}

bool may_decide(const World& world, std::size_t i) {
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (may_decide_on(world, i, k)) return true;
  }
  return false;
}

/// Those who have a choice, in order of code.
void add_actors(const World& world, std::vector<std::uint32_t>& actors, std::vector<std::vector<FrameworkSet>>& sets) {
  std::vector<std::uint32_t> by_code(world.countries());
  for (std::uint32_t i = 0; i < by_code.size(); ++i) by_code[world.setting().countries.rank[i]] = i;
  for (const std::uint32_t i : by_code) {
    if (!may_decide(world, i)) continue;
    std::vector<FrameworkSet> of_actor = reachable_sets(world, i);
    if (of_actor.size() < 2) continue;
    actors.push_back(i);
    sets.push_back(std::move(of_actor));
  }
}

void refuse_without_payoffs(const World& world) {
  const Scenario& scenario = world.scenario();
  if (!scenario.has_countries || scenario.terms.empty()) {
    refuse({place_of(scenario, "countries.terms"), "countries.terms",
            "states are compared by what they are worth to the actors, but the scenario has no payoff terms", "",
            "run it (splinternet run), or name payoff terms in [countries] (docs/MODEL.md, Gallery terms)"});
  }
}

std::vector<std::size_t> option_counts(const World& world, const std::vector<std::vector<FrameworkSet>>& sets) {
  const Scenario& scenario = world.scenario();
  if (sets.empty()) {
    refuse({place_of(scenario, "framework"), "",
            "at the start nobody can choose anything: states are those of frameworks that are open then", "",
            "run it (splinternet run) and analyse the result, or write open_at_start = true for a framework"});
  }
  std::vector<std::size_t> counts;
  std::size_t states = 1, most = 0;
  for (const std::vector<FrameworkSet>& of_actor : sets) {
    counts.push_back(of_actor.size());
    states *= of_actor.size();
    most = std::max(most, of_actor.size());
    if (states <= coalition::kMostStates && of_actor.size() <= 255) continue;
    refuse({place_of(scenario, "world"), "",
            fmt::format("{} actors that choose among up to {} memberships have more states than can be gone through",
                        sets.size(), most),
            fmt::format("{} states, e.g. 22 actors with two possibilities or 13 with three", coalition::kMostStates),
            "run it (splinternet run) and analyse the result, or take fewer actors or frameworks"});
  }
  return counts;
}

/// Visits states in turn on a World of its own.
class StateWalk {
 public:
  StateWalk(const World& start, StateGame& game) : world_(start), game_(game), terms_(active_terms(start.setting())) {}

  void visit(std::size_t state) {
    enter(state);
    price_moves(state);
    if (!game_.sums.empty()) game_.sums[state] = sums();
  }

 private:
  void enter(std::size_t state) {
    for (std::size_t actor = 0; actor < game_.actors.size(); ++actor) {
      const std::size_t i = game_.actors[actor];
      const FrameworkSet wanted = game_.set_of(actor, state);
      for (std::size_t k = 0; k < world_.frameworks(); ++k) {
        if (contains(world_.membership(i) & ~wanted, k)) withdraw(world_, i, k);
      }
      for (std::size_t k = 0; k < world_.frameworks(); ++k) {
        if (contains(wanted & ~world_.signed_membership(i), k)) accede(world_, i, k);
      }
    }
    update_entry_into_force(world_);
    if (world_.setting().has_map()) apply_policy(world_);
  }

  void price_moves(std::size_t state) {
    Admission admission(world_);
    priced_.options.clear();
    for (const std::uint32_t i : game_.actors) {
      add_options(world_, {.country = i, .on_its_own = true}, {}, admission, priced_.options);
    }
    price(world_, priced_);
    std::size_t actor = 0;
    for (std::size_t row = 0; row < priced_.options.size(); ++row) {
      while (game_.actors[actor] != priced_.options.country[row]) ++actor;
      const std::vector<FrameworkSet>& sets = game_.sets[actor];
      const auto place = std::lower_bound(sets.begin(), sets.end(), priced_.options.target[row], larger_first);
      const auto option = static_cast<std::size_t>(place - sets.begin());
      SPLINTERNET_CHECK(place != sets.end() && *place == priced_.options.target[row], actor, state, option);
      if (option != game_.moves.choice(actor, state)) game_.moves.set(actor, state, option, priced_.total[row]);
    }
  }

  PayoffSums sums() const {
    PayoffSums sums;
    const CountrySetting& countries = world_.setting().countries;
    std::vector<std::uint32_t> by_code(world_.countries());
    for (std::uint32_t i = 0; i < by_code.size(); ++i) by_code[countries.rank[i]] = i;
    for (const std::uint32_t i : by_code) {
      const FrameworkSet set = world_.membership(i);
      double payoff = 0.0;
      for (const PayoffTerm* term : terms_) payoff += *term->level(world_, i, set);
      sums.all += payoff;
      sums.by_size += countries.gdp_busd[i] * payoff;
      if (set != 0) sums.members += payoff;
    }
    return sums;
  }

  World world_;
  StateGame& game_;
  std::vector<const PayoffTerm*> terms_;
  PricedOptions priced_;
};

bool has_levels(const World& world) {
  const std::vector<const PayoffTerm*> terms = active_terms(world.setting());
  return std::all_of(terms.begin(), terms.end(),
                     [&](const PayoffTerm* term) { return term->level(world, 0, world.membership(0)).has_value(); });
}

std::size_t state_of_start(const World& world, const StateGame& game) {
  std::size_t state = 0;
  for (std::size_t actor = 0; actor < game.actors.size(); ++actor) {
    const std::vector<FrameworkSet>& sets = game.sets[actor];
    const auto place = std::lower_bound(sets.begin(), sets.end(), world.membership(game.actors[actor]), larger_first);
    state = game.moves.deviation(state, actor, static_cast<std::size_t>(place - sets.begin()));
  }
  return state;
}

}  // namespace

StateGame state_game(const World& start, const StateProgress& progress) {
  refuse_without_payoffs(start);
  std::vector<std::uint32_t> actors;
  std::vector<std::vector<FrameworkSet>> sets;
  add_actors(start, actors, sets);
  std::vector<std::size_t> counts = option_counts(start, sets);
  StateGame game{std::move(actors), std::move(sets), coalition::OwnMoves(std::move(counts)), 0, {}};
  game.start = state_of_start(start, game);
  const std::size_t states = game.moves.profiles();
  if (has_levels(start)) game.sums.resize(states);
  const std::size_t grain = any_at_once(active_terms(start.setting())) ? kBlock : kGrain;
  for (std::size_t first = 0; first < states; first += kBlock) {
    const std::size_t count = std::min(kBlock, states - first);
    parallel::for_each_range(count, grain, [&](std::size_t begin, std::size_t end) {
      StateWalk walk(start, game);
      for (std::size_t at = begin; at < end; ++at) walk.visit(first + at);
    });
    if (progress && !progress(first + count, states)) throw Interrupted("interrupted; nothing was written");
  }
  return game;
}

}  // namespace splinternet
