#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sim/coalition/better_replies.hpp"
#include "sim/coalition/simultaneous_response.hpp"
#include "sim/coalition/stability.hpp"
#include "sim/study/state_game.hpp"

namespace splinternet {

/// A state in which nobody gains by an own move, and what leads there. States that differ by the names of
/// interchangeable frameworks alone are told of once.
struct RestState {
  std::size_t state = 0;
  std::size_t names = 1;     ///< how many such states this stands for
  bool is_strict = false;    ///< every own move loses
  std::size_t starts = 0;    ///< states, up to names, from which the steepest moves lead there
  double probability = 0.0;  ///< of ending there from a start drawn evenly, moves in random order; NaN = not told
};

/// What it would take to make one actor move, all others staying.
struct Tipping {
  FrameworkSet now = 0;
  FrameworkSet best = 0;  ///< where it would rather go than anywhere else; `now` if all moves are barred
  double payment = 0.0;   ///< the loss that a payment would have to make good, 0 if it gains; NaN if all are barred
};

enum class PotentialKind : std::uint8_t {
  kNoPayoffs,  ///< moves there and back differ, so that there are no payoffs behind them
  kNone,       ///< gains do not add up around a square
  kExact,      ///< a move raises the potential by what its actor gains
  kBySize,     ///< by what its actor gains, times its size
};

/// The law of the states in the long run if one actor at a time, drawn evenly, chooses by logit. What can be left but
/// never entered again, like staying outside where membership is for good, has probability 0.
struct GibbsStates {
  double temperature = 0.0;
  std::vector<double> probability;   ///< by state
  std::vector<double> mean_members;  ///< by framework, of those that choose
  double mean_potential = 0.0;
  double mean_energy = 0.0;  ///< NaN without an energy
  double energy_sd = 0.0;
};

/// All coalitions of the free actors in the one framework that they choose about.
struct CoalitionStates {
  coalition::StableCoalitions found;  ///< bit i for actor i of the game
  std::vector<double> shapley_value;  ///< of the members' sum of payoffs, by actor; empty if not to be had
};

/// What follows from the moves of all states.
struct StateAnalysis {
  explicit StateAnalysis(StateGame states) : game(std::move(states)) {}

  StateGame game;
  double tie_eps = 0.0;
  std::size_t kinds = 0;                      ///< states up to names
  std::vector<FrameworkSet> interchangeable;  ///< sets of frameworks that differ by name alone
  std::vector<RestState> rest;                ///< most memberships first, then most starts
  std::size_t rest_states = 0;                ///< counting all names
  std::size_t never_rest = 0;                 ///< states from which the steepest moves go round for ever
  PotentialKind potential_kind = PotentialKind::kNoPayoffs;
  std::vector<double> potential;  ///< by state, 0 at the start; empty without one
  std::vector<double> energy;  ///< −Σ payoffs (times sizes) by state, if the potential is −½ of it up to a constant
  std::optional<coalition::Square> square;  ///< why there is no potential
  coalition::ReplyComponents better_replies;
  std::vector<coalition::ResponseCycle> at_once;        ///< all actors move at once to what is best while others stay
  std::optional<GibbsStates> gibbs;                     ///< under logit, with an exact potential and all moves open
  std::optional<std::vector<double>> quantal_response;  ///< option by option, actor by actor, under logit
  std::optional<CoalitionStates> coalitions;            ///< of one framework, if there are payoffs behind the moves
};

/// Goes through all states of the World as it starts. Throws as state_game does.
StateAnalysis analyse_states(const World& start, const StateProgress& progress = {});

/// What it would take to move each actor of the game out of a state.
std::vector<Tipping> tipping(const StateGame& game, std::size_t state);

}  // namespace splinternet
