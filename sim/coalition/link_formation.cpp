#include "sim/coalition/link_formation.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

// Payoffs of all actors in all graphs, graph by graph.
std::vector<double> payoff_table(std::size_t actors, std::size_t graphs,
                                 FunctionRef<double(std::size_t, std::span<const ActorSet>)> payoff) {
  std::vector<double> table(graphs * actors);
  for (std::size_t links = 0; links < graphs; ++links) {
    const std::vector<ActorSet> neighbours = neighbours_of(static_cast<LinkSet>(links), actors);
    for (std::size_t actor = 0; actor < actors; ++actor) {
      double& value = table[links * actors + actor] = payoff(actor, neighbours);
      if (std::isfinite(value)) continue;
      std::string where;
      for (const ActorSet of_one : neighbours) where += " " + text(of_one);
      throw DataError("link formation: the payoff of actor " + std::to_string(actor) + " is not a finite number where" +
                      " the neighbours of each actor are" + where);
    }
  }
  return table;
}

// Graphs that a link speaks against, present or missing: what it adds to the payoffs of its ends speaks for both
// graphs.
void judge_link(std::size_t i, std::size_t j, std::size_t actors, std::span<const double> table, double tie_eps,
                std::span<std::uint8_t> unstable) {
  const std::size_t link = std::size_t{1} << link_between(i, j);
  for (std::size_t without = 0; without < unstable.size(); ++without) {
    if ((without & link) != 0) continue;
    const std::size_t with = without | link;
    const double to_i = table[with * actors + i] - table[without * actors + i];
    const double to_j = table[with * actors + j] - table[without * actors + j];
    const double less = std::min(to_i, to_j), more = std::max(to_i, to_j);
    if (less < -tie_eps) {
      unstable[with] = 1;
    } else if (more > tie_eps) {
      unstable[without] = 1;
    }
  }
}

void find_efficient(std::size_t actors, std::span<const double> table, double tie_eps, LinkFormation& found) {
  std::vector<double> value(table.size() / actors, 0.0);
  for (std::size_t at = 0; at < table.size(); ++at) value[at / actors] += table[at];
  found.highest_value = *std::max_element(value.begin(), value.end());
  for (std::size_t links = 0; links < value.size(); ++links) {
    if (value[links] >= found.highest_value - tie_eps) found.efficient.push_back(static_cast<LinkSet>(links));
  }
}

}  // namespace

std::vector<ActorSet> neighbours_of(LinkSet links, std::size_t actors) {
  std::vector<ActorSet> neighbours(actors, 0);
  for (std::size_t i = 1; i < actors; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if ((links >> link_between(i, j) & 1U) == 0) continue;
      neighbours[i] = with(neighbours[i], j);
      neighbours[j] = with(neighbours[j], i);
    }
  }
  return neighbours;
}

std::vector<std::size_t> degree_pattern(LinkSet links, std::size_t actors) {
  std::vector<std::size_t> degrees;
  for (const ActorSet neighbours : neighbours_of(links, actors)) degrees.push_back(size_of(neighbours));
  std::sort(degrees.begin(), degrees.end(), std::greater<>());
  return degrees;
}

LinkFormation link_formation(std::size_t actors, FunctionRef<double(std::size_t, std::span<const ActorSet>)> payoff,
                             double tie_eps) {
  if (actors < 1 || actors > kMostLinkedActors) {
    throw DataError("link formation: " + std::to_string(actors) + " actors; graphs are gone through for 1 to " +
                    std::to_string(kMostLinkedActors));
  }
  if (!(tie_eps >= 0.0)) throw DataError("link formation: tie_eps must be at least 0");
  const std::size_t graphs = std::size_t{1} << actors * (actors - 1) / 2;
  const std::vector<double> table = payoff_table(actors, graphs, payoff);
  std::vector<std::uint8_t> unstable(graphs, 0);
  for (std::size_t i = 1; i < actors; ++i) {
    for (std::size_t j = 0; j < i; ++j) judge_link(i, j, actors, table, tie_eps, unstable);
  }
  LinkFormation found;
  for (std::size_t links = 0; links < graphs; ++links) {
    if (unstable[links] == 0) found.stable.push_back(static_cast<LinkSet>(links));
  }
  find_efficient(actors, table, tie_eps, found);
  return found;
}

Connections::Connections(double decay, double link_cost) : decay_(decay), link_cost_(link_cost) {
  if (!(decay >= 0.0 && decay <= 1.0) || !std::isfinite(link_cost)) {
    throw DataError("connections: the decay must lie between 0 and 1 and the cost of a link be finite");
  }
}

double Connections::operator()(std::size_t actor, std::span<const ActorSet> neighbours) const {
  double payoff = -link_cost_ * static_cast<double>(size_of(neighbours[actor]));
  double worth = 1.0;
  ActorSet reached = with(0, actor), last = reached;
  while (last != 0) {
    ActorSet next = 0;
    for (std::size_t other = 0; other < neighbours.size(); ++other) {
      if (contains(last, other)) next |= neighbours[other];
    }
    last = next & ~reached;
    reached |= last;
    worth *= decay_;
    payoff += worth * static_cast<double>(size_of(last));
  }
  return payoff;
}

}  // namespace splinternet::coalition
