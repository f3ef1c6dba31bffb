#include "sim/model/influence.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/vector_clones.hpp"
#include "sim/model/generated_graph.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

using Matrix = std::vector<double>;

constexpr std::size_t kAllAtOnce = 4;  // options of one country are some three, and columns add up faster than rows

SPLINTERNET_VECTOR_CLONES void add(const double* __restrict in, std::size_t n, double* __restrict out) {
  for (std::size_t i = 0; i < n; ++i) out[i] += in[i];
}

/// Rows scaled to sum to 1; a row of zeros stays one.
void normalise_rows(Matrix& matrix, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0.0;
    for (std::size_t j = 0; j < n; ++j) sum += matrix[i * n + j];
    for (std::size_t j = 0; j < n && sum > 0.0; ++j) matrix[i * n + j] /= sum;
  }
}

/// Adds weight times the normalised part, leaving out oneself and those who do not choose.
void add_part(Matrix& mix, Matrix part, double weight, const CountryTable& countries) {
  const std::size_t n = countries.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j || countries.chooses[j] == 0) part[i * n + j] = 0.0;
    }
  }
  normalise_rows(part, n);
  for (std::size_t e = 0; e < mix.size(); ++e) mix[e] += weight * part[e];
}

/// The table's rows in compressed form, each actor's weights scaled to sum to 1.
SparseGraph graph_of_table(const Scenario& scenario, const WorldTables& tables) {
  const std::string path = "influence.graph";
  if (tables.influence.empty()) {
    refuse({place_of(scenario, path), path, "the tables have no influence graph", "",
            "add a table influence (from, to, weight), or choose another graph"});
  }
  std::vector<InfluenceRow> rows = tables.influence;
  std::sort(rows.begin(), rows.end(), [](const InfluenceRow& a, const InfluenceRow& b) {
    return std::pair(a.from, a.to) < std::pair(b.from, b.to);
  });
  SparseGraph graph;
  graph.first.assign(tables.countries.size() + 1, 0);
  std::vector<double> total(tables.countries.size(), 0.0);
  for (const InfluenceRow& row : rows) {
    ++graph.first[row.from + 1];
    total[row.from] += row.weight;
  }
  for (std::size_t i = 1; i < graph.first.size(); ++i) graph.first[i] += graph.first[i - 1];
  for (const InfluenceRow& row : rows) {
    graph.peer.push_back(row.to);
    graph.weight.push_back(row.weight / total[row.from]);
  }
  return graph;
}

}  // namespace

InfluenceSetting influence_graph(const Scenario& scenario, const WorldTables& tables) {
  const std::size_t n = tables.countries.size();
  const ParameterValues& value = scenario.parameters;
  Matrix mix(n * n, 0.0);
  Matrix trade(n * n, 0.0);
  Matrix groups(n * n, 0.0);
  Matrix subregion(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      trade[i * n + j] = tables.goods_trade_busd[i * n + j] + tables.goods_trade_busd[j * n + i] +
                         tables.services_trade_busd[i * n + j] + tables.services_trade_busd[j * n + i];
      subregion[i * n + j] = tables.countries.subregion[i] == tables.countries.subregion[j] ? 1.0 : 0.0;
    }
  }
  for (const GroupingRow& grouping : tables.groupings) {
    for (const std::uint32_t i : grouping.members) {
      for (const std::uint32_t j : grouping.members) groups[i * n + j] += 1.0;
    }
  }
  add_part(mix, std::move(trade), value(parameters::kInfluenceTrade), tables.countries);
  add_part(mix, std::move(groups), value(parameters::kInfluenceGroups), tables.countries);
  add_part(mix, std::move(subregion), value(parameters::kInfluenceSubregion), tables.countries);
  add_part(mix, Matrix(n * n, 1.0), value(parameters::kInfluenceWorld), tables.countries);
  normalise_rows(mix, n);
  InfluenceSetting influence;
  influence.weight = std::move(mix);
  influence.weight_by_peer.resize(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) influence.weight_by_peer[j * n + i] = influence.weight[i * n + j];
  }
  return influence;
}

InfluenceSetting influence_of_actors(const Scenario& scenario, const WorldTables& tables,
                                     const CountrySetting& actors) {
  const auto graph = static_cast<ActorGraph>(scenario.parameters.choice(parameters::kInfluenceGraph));
  if (graph != ActorGraph::kTable && !tables.influence.empty()) {
    const std::string path = "influence.graph";
    refuse({place_of(scenario, path), path, "the tables have an influence graph that the scenario would not use",
            "\"table\"", "write graph = \"table\", or take the table influence out"});
  }
  InfluenceSetting influence;
  influence.form = graph == ActorGraph::kComplete ? InfluenceForm::kComplete : InfluenceForm::kSparse;
  if (graph == ActorGraph::kTable) influence.graph = graph_of_table(scenario, tables);
  if (influence.form == InfluenceForm::kSparse && graph != ActorGraph::kTable) {
    influence.graph = generated_graph(graph, scenario, actors);
  }
  return influence;
}

double peer_share(const World& world, std::size_t country, std::size_t framework) {
  if (!world.setting().influence) return 0.0;
  const InfluenceSetting& influence = *world.setting().influence;
  const auto is_member = [&](std::size_t j) { return world.members.level[world.at(j, framework)] != 0; };
  const std::size_t n = world.countries();
  if (influence.form == InfluenceForm::kComplete) {
    const double others = world.derived.member_count[framework] - (is_member(country) ? 1.0 : 0.0);
    return n < 2 ? 0.0 : others / static_cast<double>(n - 1);
  }
  double share = 0.0;
  if (influence.form == InfluenceForm::kDense) {
    const double* weight = &influence.weight[country * n];
    for (std::size_t j = 0; j < n; ++j) {
      if (is_member(j)) share += weight[j];
    }
    return share;
  }
  const std::span<const std::uint32_t> peers = influence.graph.peers(country);
  const double* weight = influence.graph.weight.empty()
                             ? nullptr
                             : &influence.graph.weight[static_cast<std::size_t>(influence.graph.first[country])];
  for (std::size_t e = 0; e < peers.size(); ++e) {
    if (is_member(peers[e])) share += weight == nullptr ? 1.0 : weight[e];
  }
  return weight == nullptr && !peers.empty() ? share / static_cast<double>(peers.size()) : share;
}

PeerShares::PeerShares(const World& world, std::size_t options) : world_(world) {
  const std::size_t n = world.countries();
  if (!world.setting().influence || world.setting().influence->form != InfluenceForm::kDense) return;
  if (options * kAllAtOnce < n) return;
  const std::vector<double>& weight_by_peer = world.setting().influence->weight_by_peer;
  share_.assign(world.frameworks() * n, 0.0);
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    for (std::size_t j = 0; j < n; ++j) {
      if (world.members.level[world.at(j, k)] != 0) add(&weight_by_peer[j * n], n, &share_[k * n]);
    }
  }
}

}  // namespace splinternet
