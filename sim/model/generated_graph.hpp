#pragma once

#include "sim/core/sparse_graph.hpp"
#include "sim/model/setting.hpp"

namespace splinternet {

/// At whom actors look, in the order of the words of `influence.graph`.
enum class ActorGraph { kComplete, kTable, kRing, kGrid, kMooreGrid, kRegularTree, kPoisson };

/// The graph of a rule, for the actors of the scenario, without weights (all peers alike): all but kComplete and
/// kTable. Throws ScenarioError where no such graph has as many nodes.
SparseGraph generated_graph(ActorGraph graph, const Scenario& scenario, const CountrySetting& actors);

}  // namespace splinternet
