#include "sim/metrics/leiden.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_flows.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
using splinternet::testing::random_flows;
using splinternet::testing::reordered;
using splinternet::testing::shuffled;
namespace eight = splinternet::testing::eight_node;

namespace {

using Labels = std::vector<std::uint32_t>;

PartitionSearch search_with(std::span<const std::uint32_t> reference = {}, double resolution = 1.0) {
  return {.seed = 11, .purpose = Purpose::kTest, .resolution = resolution, .reference = reference};
}

FlowGraph graph_of(std::span<const double> flow, std::size_t nodes) {
  return FlowGraph::from_matrix(flow, nodes, Diagonal::kExcluded);
}

// The highest modularity over all divisions, by restricted growth strings.
double best_of_all(const FlowGraph& graph, double resolution) {
  const std::size_t n = graph.node_count();
  Labels label(n, 0);
  double best = modularity(graph, label, resolution);
  for (;;) {
    std::size_t node = n;
    while (node-- > 1) {
      const std::uint32_t highest = *std::max_element(label.begin(), label.begin() + static_cast<std::ptrdiff_t>(node));
      if (label[node] <= highest) break;
      label[node] = 0;
    }
    if (node == 0 || node >= n) return best;
    ++label[node];
    best = std::max(best, modularity(graph, label, resolution));
  }
}

void connect(std::vector<FlowEdge>& edges, std::uint32_t a, std::uint32_t b) {
  edges.push_back({a, b, 1.0});
  edges.push_back({b, a, 1.0});
}

std::vector<FlowEdge> ring_of_cliques(std::uint32_t cliques, std::uint32_t size) {
  std::vector<FlowEdge> edges;
  for (std::uint32_t clique = 0; clique < cliques; ++clique) {
    const std::uint32_t first = clique * size;
    for (std::uint32_t a = 0; a < size; ++a) {
      for (std::uint32_t b = 0; b < a; ++b) connect(edges, first + a, first + b);
    }
    connect(edges, first, ((clique + 1) % cliques) * size + 1);
  }
  return edges;
}

// Sparse flows: each ordered pair with probability 1/6.
std::vector<double> sparse_flows(std::uint32_t world, std::uint32_t n) {
  const Draws draws(17, Purpose::kTest, 0, world);
  std::vector<double> flow(n * n, 0.0);
  for (std::uint32_t cell = 0; cell < n * n; ++cell) {
    if (cell / n != cell % n && draws.below(6, cell) == 0) flow[cell] = draws.uniform(n * n + cell);
  }
  return flow;
}

bool are_connected(const FlowGraph& graph, const Labels& label, std::uint32_t community) {
  Labels reached;
  std::vector<bool> seen(label.size(), false);
  std::size_t members = 0;
  for (std::uint32_t node = 0; node < label.size(); ++node) {
    if (label[node] != community) continue;
    ++members;
    if (!reached.empty()) continue;
    reached.push_back(node);
    seen[node] = true;
  }
  for (std::size_t next = 0; next < reached.size(); ++next) {
    for (const std::uint32_t other : graph.neighbours(reached[next])) {
      if (seen[other] || label[other] != community) continue;
      seen[other] = true;
      reached.push_back(other);
    }
  }
  return reached.size() == members;
}

}  // namespace

TEST_CASE("the best division of the eight-node case is its blocs, as found by trying all, directed and undirected") {
  const FlowGraph directed = graph_of(eight::kFlow, eight::kNodes);
  const BestPartition best = best_partition(directed, search_with(eight::kBloc));
  CHECK(best_of_all(directed, 1.0) == near(0.2889693677380414));
  CHECK(best.modularity == near(0.2889693677380414));
  CHECK(best.label == Labels(eight::kBloc.begin(), eight::kBloc.end()));
  CHECK(best.communities == 3);
  REQUIRE(best.reference.has_value());
  CHECK(best.reference->modularity == best.modularity);
  CHECK(best.reference->agreement.normalized_mutual_information == 1.0);
  CHECK(best.reference->agreement.variation_of_information == 0.0);
  std::vector<double> both(eight::kFlow.begin(), eight::kFlow.end());
  for (std::size_t i = 0; i < eight::kNodes; ++i) {
    for (std::size_t j = 0; j < eight::kNodes; ++j) both[i * eight::kNodes + j] += eight::kFlow[j * eight::kNodes + i];
  }
  CHECK(best_partition(graph_of(both, eight::kNodes), search_with()).modularity == near(0.2888687691766008));
}

TEST_CASE("no division of a few countries beats the one found, but for rare cases") {
  std::size_t optimal = 0;
  for (std::uint32_t world = 0; world < 100; ++world) {
    const auto random = random_flows(world, 6);
    const double resolution = world % 3 == 0 ? 0.7 : world % 3 == 1 ? 1.0 : 1.5;
    const auto graph = FlowGraph::from_matrix(random.flow, random.nodes(), Diagonal::kIncluded);
    const double best = best_of_all(graph, resolution);
    const double found = best_partition(graph, search_with({}, resolution)).modularity;
    REQUIRE(found <= best + 1e-12);
    if (found >= best - 1e-12) ++optimal;
  }
  CHECK(optimal >= 98);
}

TEST_CASE("cliques on a ring are told apart, or in pairs where modularity sees no smaller ones") {
  // Fortunato & Barthélemy 2007: Q = 1 − 2/(c(c − 1) + 2) − 1/n for single cliques, 1 − 1/(c(c − 1) + 2) − 2/n in
  // pairs.
  const auto few = FlowGraph::from_edges(ring_of_cliques(8, 5), 40, Diagonal::kExcluded);
  const BestPartition apart = best_partition(few, search_with());
  CHECK(apart.communities == 8);
  CHECK(apart.modularity == near(1.0 - 2.0 / 22.0 - 1.0 / 8.0));
  for (std::uint32_t node = 0; node < 40; ++node) CHECK(apart.label[node] == node / 5);
  const auto many = FlowGraph::from_edges(ring_of_cliques(30, 5), 150, Diagonal::kExcluded);
  CHECK(best_partition(many, search_with()).modularity >= 1.0 - 1.0 / 22.0 - 2.0 / 30.0 - 1e-12);
  const BestPartition fine = best_partition(many, search_with({}, 3.0));
  CHECK(fine.communities == 30);
  CHECK(fine.modularity == near(1.0 - 2.0 / 22.0 - 3.0 / 30.0));
}

TEST_CASE("two planted blocs are found") {
  constexpr std::uint32_t kNodes = 60;
  const Draws draws(19, Purpose::kTest, 0, 0);
  std::vector<double> flow(kNodes * kNodes, 0.0);
  Labels planted;
  for (std::uint32_t node = 0; node < kNodes; ++node) planted.push_back(draws.below(2, kNodes * kNodes + node));
  for (std::uint32_t cell = 0; cell < kNodes * kNodes; ++cell) {
    const bool same = planted[cell / kNodes] == planted[cell % kNodes];
    if (cell / kNodes != cell % kNodes) flow[cell] = draws.uniform(cell) * (same ? 2.0 : 1.0);
  }
  const BestPartition best = best_partition(graph_of(flow, kNodes), search_with(planted));
  CHECK(best.communities == 2);
  CHECK(best.reference->agreement.variation_of_information == 0.0);
}

TEST_CASE("separate parts never share a community, and countries without flows stand alone") {
  // Two triangles, a pair, and three countries without flows.
  std::vector<FlowEdge> edges;
  for (const std::uint32_t first : {0U, 3U}) {
    connect(edges, first, first + 1);
    connect(edges, first, first + 2);
    connect(edges, first + 1, first + 2);
  }
  connect(edges, 7, 9);
  const auto graph = FlowGraph::from_edges(edges, 11, Diagonal::kExcluded);
  const BestPartition best = best_partition(graph, search_with(Labels(11, 0)));
  CHECK(best.label == Labels{0, 0, 0, 1, 1, 1, 2, 3, 4, 3, 5});
  CHECK(best.modularity == near(1.0 - (9.0 + 9.0 + 1.0) / 49.0));
  CHECK(best.reference->modularity == near(0.0));
}

TEST_CASE(
    "the division found is never below single countries, one block or the reference, and its parts are connected") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const std::uint32_t n = 3 + world % 40;
    const auto flow = sparse_flows(world, n);
    const auto graph = graph_of(flow, n);
    const Draws draws(23, Purpose::kTest, 0, world);
    Labels reference;
    for (std::uint32_t node = 0; node < n; ++node) reference.push_back(draws.below(4, node));
    const double resolution = world % 2 == 0 ? 1.0 : 0.5;
    // Half of the references are already as good as can be.
    if (world % 4 < 2) reference = best_partition(graph, search_with(reference, resolution)).label;
    const BestPartition best = best_partition(graph, search_with(reference, resolution));
    REQUIRE(best.modularity >= best.reference->modularity);
    REQUIRE(best.modularity >= modularity(graph, Labels(n, 0), resolution));
    Labels singles(n);
    for (std::uint32_t node = 0; node < n; ++node) singles[node] = node;
    REQUIRE(best.modularity >= modularity(graph, singles, resolution));
    REQUIRE(best.modularity == near(modularity(graph, best.label, resolution), 1e-12, 1e-13));
    REQUIRE(best.label == canonical_labels(best.label));
    for (std::uint32_t community = 0; community < best.communities; ++community) {
      REQUIRE(are_connected(graph, best.label, community));
    }
  }
}

TEST_CASE("no single country gains by moving to another community of the best division") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto graph = graph_of(sparse_flows(world, 25), 25);
    BestPartition best = best_partition(graph, search_with());
    for (std::uint32_t node = 0; node < 25; ++node) {
      const std::uint32_t own = best.label[node];
      for (std::uint32_t other = 0; other < std::min<std::size_t>(25, best.communities + 1); ++other) {
        best.label[node] = other;
        REQUIRE(modularity(graph, best.label) <= best.modularity + 1e-11);
      }
      best.label[node] = own;
    }
  }
}

TEST_CASE("reordering the rows reorders the labels and leaves modularity as it is, bit for bit") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = random_flows(world, 30);
    const std::size_t n = random.nodes();
    const auto order = shuffled(n, world);
    Labels moved_bloc;
    for (const std::uint32_t row : order) moved_bloc.push_back(random.bloc[row]);
    const BestPartition plain =
        best_partition(FlowGraph::from_matrix(random.flow, n, Diagonal::kExcluded), search_with(random.bloc));
    const BestPartition moved = best_partition(
        FlowGraph::from_matrix(reordered(random.flow, order), n, Diagonal::kExcluded, order), search_with(moved_bloc));
    REQUIRE(moved.modularity == plain.modularity);
    REQUIRE(moved.reference->modularity == plain.reference->modularity);
    REQUIRE(moved.reference->agreement.variation_of_information == plain.reference->agreement.variation_of_information);
    for (std::size_t row = 0; row < n; ++row) REQUIRE(moved.label[row] == plain.label[order[row]]);
  }
}

TEST_CASE("scaling the flows by a power of two leaves the division as it is") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    auto flow = sparse_flows(world, 30);
    const BestPartition plain = best_partition(graph_of(flow, 30), search_with());
    for (double& value : flow) value *= 1048576.0;
    const BestPartition scaled = best_partition(graph_of(flow, 30), search_with());
    REQUIRE(scaled.label == plain.label);
    REQUIRE(scaled.modularity == plain.modularity);
  }
}

TEST_CASE("the division is the same for any number of threads and of equal draws") {
  const auto graph = graph_of(sparse_flows(5, 80), 80);
  const BestPartition all = best_partition(graph, search_with());
  for (const int threads : {1, 2, 7}) {
    const parallel::ThreadLimit limit(threads);
    const BestPartition limited = best_partition(graph, search_with());
    CHECK(limited.label == all.label);
    CHECK(limited.modularity == all.modularity);
  }
}

TEST_CASE("more random starts never make the division worse") {
  const auto graph = graph_of(sparse_flows(9, 70), 70);
  double before = -1.0;
  for (const std::size_t starts : {0U, 1U, 4U, 12U}) {
    PartitionSearch search = search_with();
    search.random_starts = starts;
    const double now = best_partition(graph, search).modularity;
    CHECK(now >= before);
    before = now;
  }
}

TEST_CASE("a higher resolution gives no fewer communities on the ring of cliques") {
  const auto ring = FlowGraph::from_edges(ring_of_cliques(12, 4), 48, Diagonal::kExcluded);
  std::size_t before = 0;
  for (const double resolution : {0.01, 0.3, 1.0, 3.0, 40.0}) {
    const std::size_t communities = best_partition(ring, search_with({}, resolution)).communities;
    CHECK(communities >= before);
    before = communities;
  }
  CHECK(best_partition(ring, search_with({}, 0.01)).communities == 1);
  CHECK(best_partition(ring, search_with({}, 40.0)).communities == 48);
}

TEST_CASE("without flows every country stands alone at modularity 0; without countries there is no division") {
  const BestPartition empty = best_partition(graph_of(std::vector<double>(9, 0.0), 3), search_with(Labels{4, 4, 9}));
  CHECK(empty.label == Labels{0, 1, 2});
  CHECK(empty.communities == 3);
  CHECK(empty.modularity == 0.0);
  CHECK(empty.reference->modularity == 0.0);
  const BestPartition nobody = best_partition(graph_of({}, 0), search_with());
  CHECK(nobody.label.empty());
  CHECK(nobody.communities == 0);
  CHECK_FALSE(nobody.reference.has_value());
}

TEST_CASE("the search refuses wrong sizes and resolutions as internal errors") {
  const auto graph = graph_of(std::vector<double>(9, 1.0), 3);
  CHECK_THROWS_AS(best_partition(graph, search_with(Labels{0, 1})), InternalError);
  CHECK_THROWS_AS(best_partition(graph, search_with({}, 0.0)), InternalError);
  CHECK_THROWS_AS(best_partition(graph, search_with({}, std::numeric_limits<double>::infinity())), InternalError);
  PartitionSearch search = search_with();
  search.random_starts = 65536;
  CHECK_THROWS_AS(best_partition(graph, search), InternalError);
}
