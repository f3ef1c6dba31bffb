#include "sim/model/generated_graph.hpp"

#include <cmath>
#include <string>

#include "sim/coalition/regular_graphs.hpp"
#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/influence.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

using coalition::Neighbourhood;

[[noreturn]] void refuse_size(const Scenario& scenario, const std::string& what, const std::string& allowed) {
  const std::string path = "influence.graph";
  refuse({place_of(scenario, path), path, what, allowed, "change the number of actors or the graph"});
}

SparseGraph ring(const Scenario& scenario, std::size_t actors) {
  const auto degree = static_cast<std::size_t>(scenario.parameters(parameters::kInfluenceDegree));
  if (degree % 2 != 0 || degree >= actors) {
    refuse_size(scenario, "a ring of " + std::to_string(actors) + " actors has no degree " + std::to_string(degree),
                "an even influence.degree below the number of actors");
  }
  return coalition::torus(std::vector{actors}, Neighbourhood::kVonNeumann, degree / 2);
}

SparseGraph torus(const Scenario& scenario, std::size_t actors, Neighbourhood neighbourhood) {
  const auto dimensions = static_cast<std::size_t>(scenario.parameters(parameters::kInfluenceDimensions));
  std::size_t side = 2, product = 0;
  while (product < actors) {
    product = 1;
    ++side;
    for (std::size_t d = 0; d < dimensions; ++d) product *= side;
  }
  if (product != actors) {
    refuse_size(scenario,
                std::to_string(actors) + " actors fill no torus of " + std::to_string(dimensions) + " equal sides",
                "a whole number of at least 3 to the power of influence.dimensions");
  }
  return coalition::torus(std::vector<std::size_t>(dimensions, side), neighbourhood);
}

SparseGraph regular_tree(const Scenario& scenario, std::size_t actors) {
  const auto degree = static_cast<std::size_t>(scenario.parameters(parameters::kInfluenceDegree));
  if (degree < 2) refuse_size(scenario, "a tree of degree 1 has no branches", "influence.degree of at least 2");
  return coalition::regular_tree(actors, degree);
}

/// Half the mean degree times the actors in pairs, each of two actors by lot; pairs of one with itself drop out.
SparseGraph poisson(const Scenario& scenario, std::size_t actors) {
  const double mean = scenario.parameters(parameters::kInfluenceMeanDegree);
  const double pairs = std::floor(mean * static_cast<double>(actors) / 2.0 + 0.5);
  if (pairs > 4e9) refuse_size(scenario, "there would be " + std::to_string(pairs) + " pairs", "at most 4e9 pairs");
  std::vector<coalition::ActorPair> drawn;
  drawn.reserve(static_cast<std::size_t>(pairs));
  for (std::uint32_t p = 0; p < static_cast<std::uint32_t>(pairs); ++p) {
    const Draws draws(scenario.run.seed, Purpose::kInfluencePeer, 0, p);
    const coalition::ActorPair pair{draws.below(static_cast<std::uint32_t>(actors), 0),
                                    draws.below(static_cast<std::uint32_t>(actors), 1)};
    if (pair.a != pair.b) drawn.push_back(pair);
  }
  return coalition::undirected_graph(actors, drawn);
}

}  // namespace

SparseGraph generated_graph(ActorGraph graph, const Scenario& scenario, const CountrySetting& actors) {
  switch (graph) {
    case ActorGraph::kRing:
      return ring(scenario, actors.count);
    case ActorGraph::kGrid:
      return torus(scenario, actors.count, Neighbourhood::kVonNeumann);
    case ActorGraph::kMooreGrid:
      return torus(scenario, actors.count, Neighbourhood::kMoore);
    case ActorGraph::kRegularTree:
      return regular_tree(scenario, actors.count);
    case ActorGraph::kPoisson:
      return poisson(scenario, actors.count);
    case ActorGraph::kComplete:
    case ActorGraph::kTable:
      break;
  }
  SPLINTERNET_CHECK(false);
  return {};
}

}  // namespace splinternet
