#include "sim/study/state_analysis_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "sim/model/payoffs/registry.hpp"
#include "sim/study/analyses/result_table.hpp"
#include "sim/study/state_words.hpp"
#include "sim/study/wording.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kShownStates = 12;
constexpr std::size_t kShownCoalitions = 12;

const std::string& code_of(const World& start, const StateGame& game, std::size_t actor) {
  return start.setting().countries.code[game.actors[actor]];
}

std::string plural(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

/// All frameworks that somebody can choose or leave.
FrameworkSet chosen_about(const StateGame& game) {
  FrameworkSet all = 0;
  for (const std::vector<FrameworkSet>& sets : game.sets) {
    for (const FrameworkSet set : sets) all |= set ^ sets.front();
  }
  return all;
}

bool may_stay_outside(const StateGame& game) {
  return std::any_of(game.sets.begin(), game.sets.end(),
                     [](const std::vector<FrameworkSet>& sets) { return sets.back() == 0; });
}

std::string terms_text(const World& start) {
  std::string text;
  for (const PayoffTerm* term : active_terms(start.setting())) {
    text += (text.empty() ? "" : " + ") + std::string(term->name());
  }
  return text;
}

/// What all have together: now, and where it is most.
std::string sums_text(const World& start, const StateAnalysis& found) {
  const std::vector<PayoffSums>& sums = found.game.sums;
  if (sums.empty()) return "";
  const auto best = std::max_element(sums.begin(), sums.end(),
                                     [](const PayoffSums& a, const PayoffSums& b) { return a.all < b.all; });
  return fmt::format("Sum of all payoffs: {:.7g} at the start, most ({:.7g}) at {}.\n", sums[found.game.start].all,
                     best->all, state_words(start, found.game, static_cast<std::size_t>(best - sums.begin())));
}

std::string subject_text(const World& start, const StateAnalysis& found) {
  const StateGame& game = found.game;
  const std::size_t states = game.moves.profiles();
  const FrameworkSet about = chosen_about(game);
  std::string text = fmt::format("{} choose{} about {} ({}){}; payoffs: {}; {} states",
                                 plural(game.actors.size(), "actor", "actors"), game.actors.size() == 1 ? "s" : "",
                                 plural(static_cast<std::size_t>(std::popcount(about)), "framework", "frameworks"),
                                 set_words(start, about, ", "),
                                 may_stay_outside(game) ? "" : ", nobody may stay outside", terms_text(start), states);
  for (std::size_t n = 0; n < found.interchangeable.size(); ++n) {
    text +=
        fmt::format("{} {} are interchangeable", n == 0 ? ";" : ",", set_words(start, found.interchangeable[n], ", "));
  }
  if (found.kinds < states) text += fmt::format(": {} states but for their names", found.kinds);
  return text + ".\n" + sums_text(start, found);
}

std::string potential_text(const World& start, const StateAnalysis& found) {
  switch (found.potential_kind) {
    case PotentialKind::kNoPayoffs:
      return "No potential: moving there and back is not worth nothing, so there are no payoffs behind the moves.\n";
    case PotentialKind::kNone: {
      const coalition::Square& square = *found.square;
      const auto option = [&](std::size_t actor, std::size_t set) {
        return fmt::format("{} to {}", code_of(start, found.game, actor),
                           set_words(start, found.game.sets[actor][set], "+"));
      };
      return fmt::format("No potential: from {}, {}, then {}, then both back gain {:.7g} in sum, not 0.\n",
                         state_words(start, found.game, square.profile),
                         option(square.first_actor, square.first_option),
                         option(square.second_actor, square.second_option), square.sum);
    }
    default:
      break;
  }
  std::string text = fmt::format("Each move raises one potential by what its actor gains{}: moves one at a time end.",
                                 found.potential_kind == PotentialKind::kBySize ? " times its size" : "");
  if (!found.energy.empty()) {
    text += fmt::format(" It is −E/2 with the energy E = −Σ {}payoff.",
                        found.potential_kind == PotentialKind::kBySize ? "size·" : "");
  }
  return text + "\n";
}

std::string replies_text(const StateAnalysis& found) {
  const coalition::ReplyComponents& replies = found.better_replies;
  if (replies.cycles() == 0) return "Better replies, one at a time, never go round.\n";
  std::size_t largest = 0, inescapable = 0;
  for (std::size_t c = 0; c < replies.size.size(); ++c) {
    if (replies.size[c] < 2) continue;
    largest = std::max(largest, replies.size[c]);
    inescapable += replies.is_sink[c];
  }
  return fmt::format(
      "Better replies, one at a time, can go round: in {}, the largest of {} states; {} of them {} no way "
      "out.\n",
      plural(replies.cycles(), "set of states", "sets of states"), largest, inescapable,
      inescapable == 1 ? "has" : "have");
}

std::string at_once_text(const StateAnalysis& found) {
  std::string text = "If all move at once: ";
  for (std::size_t n = 0; n < found.at_once.size(); ++n) {
    const coalition::ResponseCycle& cycle = found.at_once[n];
    text += n == 0 ? "" : ", ";
    text +=
        cycle.period == 1
            ? fmt::format("{} of {} starts end in a state of rest", cycle.starts, found.game.moves.profiles())
            : fmt::format("{} {}in a cycle of {} states", cycle.starts,
                          n == 0 ? fmt::format("of {} starts end ", found.game.moves.profiles()) : "", cycle.period);
  }
  return text + ".\n";
}

std::string percent(double part) {
  return std::isnan(part) ? "–" : fmt::format("{:.1f} %", 100.0 * part);
}

/// The actor that it takes least to move.
std::string nearest_mover(const World& start, const StateGame& game, std::size_t state) {
  const std::vector<Tipping> tips = tipping(game, state);
  std::size_t nearest = tips.size();
  for (std::size_t actor = 0; actor < tips.size(); ++actor) {
    if (std::isnan(tips[actor].payment)) continue;
    if (nearest == tips.size() || tips[actor].payment < tips[nearest].payment) nearest = actor;
  }
  return nearest == tips.size() ? "–"
                                : fmt::format("{} at {:.6g}", code_of(start, game, nearest), tips[nearest].payment);
}

/// What states of rest are compared by.
std::string level_name(const StateAnalysis& found) {
  if (!found.energy.empty()) return "energy";
  if (!found.game.sums.empty()) return "sum of payoffs";
  return found.potential.empty() ? "" : "potential";
}
double level_of(const StateAnalysis& found, std::size_t state) {
  if (!found.energy.empty()) return found.energy[state];
  return found.game.sums.empty() ? found.potential[state] : found.game.sums[state].all;
}

std::string rest_text(const World& start, const StateAnalysis& found) {
  const auto strict = std::count_if(found.rest.begin(), found.rest.end(), [](const auto& r) { return r.is_strict; });
  std::string text =
      fmt::format("\nStates of rest (no own move gains more than {:g}): {}", found.tie_eps, found.rest.size());
  if (found.rest_states != found.rest.size())
    text += fmt::format(" but for names, {} with all names", found.rest_states);
  text +=
      fmt::format("; {} strict\n",
                  static_cast<std::size_t>(strict) == found.rest.size() ? "all" : fmt::format("{} of them", strict));
  if (found.rest.empty()) return text;
  ResultTable shown{{"state"}, {}};
  const std::string level = level_name(found);
  if (!level.empty()) shown.columns.push_back(level);
  for (const char* column : {"starts, steepest", "share of starts", "random order", "least to move"}) {
    shown.columns.emplace_back(column);
  }
  for (std::size_t n = 0; n < std::min(kShownStates, found.rest.size()); ++n) {
    const RestState& rest = found.rest[n];
    std::vector<std::string>& row = shown.rows.emplace_back();
    row.push_back(state_words(start, found.game, rest.state));
    if (!level.empty()) row.push_back(fmt::format("{:.8g}", level_of(found, rest.state)));
    row.push_back(fmt::format("{}", rest.starts));
    row.push_back(percent(static_cast<double>(rest.starts) / static_cast<double>(found.kinds)));
    row.push_back(percent(rest.probability));
    row.push_back(nearest_mover(start, found.game, rest.state));
  }
  text += aligned_text(shown);
  if (found.rest.size() > kShownStates) text += fmt::format("  … and {} more\n", found.rest.size() - kShownStates);
  if (found.never_rest > 0) {
    text += fmt::format("From {} of {} states the steepest moves never come to rest.\n", found.never_rest, found.kinds);
  }
  return text;
}

std::string tipping_text(const World& start, const StateAnalysis& found, std::size_t state) {
  const std::vector<Tipping> tips = tipping(found.game, state);
  ResultTable shown{{"actor", "now", "would go", "payment that tips it"}, {}};
  std::vector<std::size_t> order(tips.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return tips[a].payment < tips[b].payment; });
  for (const std::size_t actor : order) {
    if (std::isnan(tips[actor].payment)) continue;
    shown.rows.push_back({code_of(start, found.game, actor), set_words(start, tips[actor].now, "+"),
                          set_words(start, tips[actor].best, "+"), fmt::format("{:.6g}", tips[actor].payment)});
  }
  if (shown.rows.empty()) return "";
  return fmt::format("\nWhat would tip each actor at {} ({})\n{}", state_words(start, found.game, state),
                     unit_in_words(start.scenario()), aligned_text(shown));
}

std::string coalition_words(const World& start, const StateGame& game, coalition::ActorSet set) {
  std::string text;
  for (std::size_t actor = 0; actor < game.actors.size(); ++actor) {
    if (coalition::contains(set, actor)) text += (text.empty() ? "" : " ") + code_of(start, game, actor);
  }
  return "{" + text + "}";
}

std::string stable_text(const World& start, const StateGame& game, const coalition::StableCoalitions& found) {
  std::vector<coalition::ActorSet> large;
  std::size_t small = 0;
  for (const coalition::ActorSet set : found.stable) {
    if (coalition::size_of(set) < 2) {
      ++small;
    } else {
      large.push_back(set);
    }
  }
  std::string text = fmt::format("Stable coalitions of two or more: {}", large.empty() ? "none" : "");
  if (large.size() > kShownCoalitions) text += fmt::format("{}, e.g. ", large.size());
  for (std::size_t n = 0; n < std::min(kShownCoalitions, large.size()); ++n) {
    text += (n == 0 ? "" : ", ") + coalition_words(start, game, large[n]);
  }
  if (small > 0) text += fmt::format("; smaller ones: {}", small);
  return text + "\n";
}

std::string coalitions_text(const World& start, const StateAnalysis& found) {
  const coalition::StableCoalitions& coalitions = found.coalitions->found;
  ResultTable shown{
      {"members", "coalitions", "internally stable", "externally stable", "stable", "potentially internal"}, {}};
  double all = 1.0;
  const std::size_t n = found.game.actors.size();
  for (std::size_t size = 0; size <= n; ++size) {
    shown.rows.push_back(
        {fmt::format("{}", size), fmt::format("{:.0f}", all), fmt::format("{}", coalitions.internal_by_size[size]),
         fmt::format("{}", coalitions.external_by_size[size]), fmt::format("{}", coalitions.stable_by_size[size]),
         fmt::format("{}", coalitions.potentially_internal_by_size[size])});
    all = all * static_cast<double>(n - size) / static_cast<double>(size + 1);
  }
  std::string text = fmt::format(
      "\nCoalitions in {} if everybody may join (internally stable: nobody gains by leaving; externally: by joining;\n"
      "potentially internal: with transfers among members nobody need gain by leaving)\n"
      "{}{}",
      set_words(start, chosen_about(found.game), "+"), aligned_text(shown), stable_text(start, found.game, coalitions));
  const std::vector<double>& value = found.coalitions->shapley_value;
  if (value.empty()) return text;
  ResultTable shares{{"actor", "Shapley value"}, {}};
  for (std::size_t actor = 0; actor < value.size(); ++actor) {
    shares.rows.push_back({code_of(start, found.game, actor), fmt::format("{:.7g}", value[actor])});
  }
  return text + "What each adds to the members' sum of payoffs, over all orders of joining\n" + aligned_text(shares);
}

std::string gibbs_text(const World& start, const StateAnalysis& found) {
  const GibbsStates& law = *found.gibbs;
  double rest = 0.0;
  for (const RestState& state : found.rest) rest += law.probability[state.state] * static_cast<double>(state.names);
  std::string text = fmt::format(
      "\nLogit at temperature {:g}, one actor at a time: in the long run states follow Gibbs' law, P ∝ "
      "exp(potential/T)\n  mean potential {:.8g}",
      law.temperature, law.mean_potential);
  if (!std::isnan(law.mean_energy)) {
    text += fmt::format(", mean energy {:.8g} (s.d. {:.6g})", law.mean_energy, law.energy_sd);
  }
  text += fmt::format("; states of rest together have {:.6g}\n  mean number of members:", rest);
  const char* comma = "";
  for (std::size_t k = 0; k < law.mean_members.size(); ++k) {
    if (!contains(chosen_about(found.game), k)) continue;
    text += fmt::format("{} {} {:.7g}", comma, start.setting().frameworks.id[k], law.mean_members[k]);
    comma = ",";
  }
  return text + "\n";
}

std::string quantal_text(const World& start, const StateAnalysis& found) {
  ResultTable shown{{"actor", "option", "probability"}, {}};
  std::size_t at = 0;
  for (std::size_t actor = 0; actor < found.game.actors.size(); ++actor) {
    for (const FrameworkSet set : found.game.sets[actor]) {
      shown.rows.push_back({code_of(start, found.game, actor), set_words(start, set, "+"),
                            fmt::format("{:.6f}", (*found.quantal_response)[at++])});
    }
  }
  return "\nQuantal response equilibrium: each chooses by logit, knowing the probabilities of the others\n" +
         aligned_text(shown);
}

}  // namespace

std::string state_analysis_text(const World& start, const StateAnalysis& found) {
  std::string text = subject_text(start, found) + potential_text(start, found) + replies_text(found) +
                     at_once_text(found) + rest_text(start, found);
  if (found.gibbs) text += gibbs_text(start, found);
  if (found.quantal_response) text += quantal_text(start, found);
  if (found.coalitions) text += coalitions_text(start, found);
  return text + tipping_text(start, found, found.rest.empty() ? found.game.start : found.rest.front().state);
}

}  // namespace splinternet
