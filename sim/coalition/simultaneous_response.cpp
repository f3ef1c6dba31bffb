#include "sim/coalition/simultaneous_response.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

std::size_t number_of_starts(std::size_t actors, std::size_t alliances) {
  if (alliances == 0 || alliances > 255) throw DataError("landscape: the number of alliances must be 1 to 255");
  std::size_t starts = 1;
  for (std::size_t actor = 0; actor < actors && starts <= kMostStates; ++actor) starts *= alliances;
  if (starts > kMostStates) {
    throw DataError("landscape: " + std::to_string(actors) + " actors in " + std::to_string(alliances) +
                    " alliances have more than " + std::to_string(kMostStates) + " starts to go through");
  }
  return starts;
}

// The alliance an actor goes to, given what draws it to each.
std::size_t answer(std::span<const double> attraction, std::size_t own, double tie_eps) {
  const double enough = *std::max_element(attraction.begin(), attraction.end()) - tie_eps;
  if (attraction[own] >= enough) return own;
  return static_cast<std::size_t>(
      std::find_if(attraction.begin(), attraction.end(), [&](double value) { return value >= enough; }) -
      attraction.begin());
}

// The start after each start; digits to the base K, actor 0 last.
std::vector<std::uint32_t> responses(const Landscape& landscape, std::size_t alliances, double tie_eps,
                                     std::span<const std::uint8_t> frozen) {
  const std::size_t n = landscape.actors();
  std::vector<std::uint32_t> next(number_of_starts(n, alliances));
  std::vector<std::uint8_t> alliance(n);
  std::vector<double> attraction(alliances);
  for (std::size_t start = 0; start < next.size(); ++start) {
    std::size_t rest = start;
    for (std::size_t actor = 0; actor < n; ++actor, rest /= alliances) {
      alliance[actor] = static_cast<std::uint8_t>(rest % alliances);
    }
    std::size_t code = 0;
    for (std::size_t actor = n; actor-- > 0;) {
      std::size_t to = alliance[actor];
      if (frozen.empty() || frozen[actor] == 0) {
        landscape.attraction(actor, alliance, attraction);
        to = answer(attraction, to, tie_eps);
      }
      code = code * alliances + to;
    }
    next[start] = static_cast<std::uint32_t>(code);
  }
  return next;
}

/// The option that an actor takes in a profile.
std::size_t best_option(const OwnMoves& moves, std::size_t actor, std::size_t profile, double tie_eps) {
  double best = 0.0;
  for (std::size_t option = 0; option < moves.options(actor); ++option) {
    const double gain = moves.gain(actor, profile, option);
    if (gain > best) best = gain;  // never of one that is barred
  }
  if (!(best > tie_eps)) return moves.choice(actor, profile);
  std::size_t option = 0;
  while (!(moves.gain(actor, profile, option) >= best - tie_eps)) ++option;
  return option;
}

std::vector<ResponseCycle> cycles_of(std::span<const std::uint32_t> next) {
  std::vector<std::size_t> period(next.size(), 0);  // of the cycle that each start ends in, 0 = not known yet
  std::vector<std::size_t> place(next.size(), 0);   // on the path walked, from 1
  std::map<std::size_t, ResponseCycle> by_period;
  std::vector<std::uint32_t> path;
  for (std::uint32_t start = 0; start < next.size(); ++start) {
    path.clear();
    std::uint32_t at = start;
    for (; period[at] == 0 && place[at] == 0; at = next[at]) {
      path.push_back(at);
      place[at] = path.size();
    }
    std::size_t length = period[at];
    if (length == 0) {
      length = path.size() - place[at] + 1;
      ++by_period[length].cycles;
    }
    for (const std::uint32_t passed : path) period[passed] = length;
    by_period[length].starts += path.size();
  }
  std::vector<ResponseCycle> result;
  for (auto& [length, cycle] : by_period) {
    cycle.period = length;
    result.push_back(cycle);
  }
  return result;
}

void check_tie_eps(double tie_eps, const char* what) {
  if (!(tie_eps >= 0.0)) throw DataError(std::string(what) + ": tie_eps must be at least 0");
}

}  // namespace

std::vector<ResponseCycle> simultaneous_response(const Landscape& landscape, std::size_t alliances, double tie_eps,
                                                 std::span<const std::uint8_t> frozen) {
  SPLINTERNET_CHECK(frozen.empty() || frozen.size() == landscape.actors(), frozen.size(), landscape.actors());
  check_tie_eps(tie_eps, "landscape");
  return cycles_of(responses(landscape, alliances, tie_eps, frozen));
}

std::vector<ResponseCycle> simultaneous_response(const OwnMoves& moves, double tie_eps) {
  check_tie_eps(tie_eps, "game");
  std::vector<std::uint32_t> next(moves.profiles());
  for (std::size_t profile = 0; profile < next.size(); ++profile) {
    std::size_t to = profile;
    for (std::size_t actor = 0; actor < moves.actors(); ++actor) {
      to = moves.deviation(to, actor, best_option(moves, actor, profile, tie_eps));
    }
    next[profile] = static_cast<std::uint32_t>(to);
  }
  return cycles_of(next);
}

}  // namespace splinternet::coalition
