#include "sim/metrics/mixing.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_flows.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
using splinternet::testing::random_flows;
using splinternet::testing::RandomFlows;
namespace eight = splinternet::testing::eight_node;

namespace {

MixingMatrix eight_node_mixing() {
  return mixing_matrix(eight::kFlow, eight::kBloc, 3, Diagonal::kExcluded);
}

// Σ_ij (W_ij − so_i·si_j/m)·[same bloc]/m, country by country.
double modularity_by_definition(const RandomFlows& random) {
  const std::size_t n = random.bloc.size();
  std::vector<double> out(n, 0.0);
  std::vector<double> in(n, 0.0);
  double total = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      out[i] += random.flow[i * n + j];
      in[j] += random.flow[i * n + j];
      total += random.flow[i * n + j];
    }
  }
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (random.bloc[i] == random.bloc[j]) sum += random.flow[i * n + j] - out[i] * in[j] / total;
    }
  }
  return sum / total;
}

}  // namespace

TEST_CASE("flows are summed by bloc of origin and destination") {
  const auto mixing = eight_node_mixing();
  CHECK(mixing.flow == std::vector<double>{42, 6, 9, 7, 41, 8, 10, 9, 9});
  CHECK(mixing.at(1, 0) == 7.0);
  CHECK(mixing.total() == 141.0);
  const std::vector<double> flow = {10, 1, 2, 20};
  const std::vector<std::uint32_t> bloc = {0, 1};
  CHECK(mixing_matrix(flow, bloc, 2, Diagonal::kIncluded).flow == std::vector<double>{10, 1, 2, 20});
  CHECK(mixing_matrix(flow, bloc, 2, Diagonal::kExcluded).flow == std::vector<double>{0, 1, 2, 0});
}

TEST_CASE("the eight-node case has its published mixing measures") {
  const auto mixing = eight_node_mixing();
  const auto pairs = same_or_different(3);
  CHECK(modularity(mixing) == near(0.2889693677380414));
  CHECK(assortativity(mixing) == near(0.4540066382171645));
  CHECK(external_internal_index(mixing, pairs) == near(-0.3049645390070922));
  CHECK(cross_share(mixing, pairs) == near(0.3475177304964539));
  CHECK(flow_of_kind(mixing, pairs, PairKind::kCross) / flow_of_kind(mixing, pairs, PairKind::kWithin) ==
        near(0.532608695652174));
  const auto null = proportional_null(mixing);
  CHECK(flow_of_kind(null, pairs, PairKind::kCross) / flow_of_kind(null, pairs, PairKind::kWithin) ==
        near(1.7509339975093396));
  CHECK(decoupling_index(mixing, pairs) == near(0.6958145216154369));
  CHECK(bilateral_index(mixing, 0, 1) == near(0.15663787513136096));
  CHECK(bilateral_index(mixing, 1, 0) == bilateral_index(mixing, 0, 1));
}

TEST_CASE("the undirected sum of the eight-node flows has its published modularity") {
  CHECK(modularity(undirected(eight_node_mixing())) == near(0.2888687691766008));
}

TEST_CASE("domestic flows raise modularity, and once more where libraries double self-loops") {
  // Domestic flows of 40, 50 and 15 in each country of the three blocs.
  std::vector<double> flow(eight::kFlow.begin(), eight::kFlow.end());
  for (std::size_t i = 0; i < eight::kNodes; ++i) {
    const std::vector<double> domestic = {40.0, 50.0, 15.0};
    flow[i * eight::kNodes + i] = domestic[eight::kBloc[i]];
  }
  MixingMatrix mixing = mixing_matrix(flow, eight::kBloc, 3, Diagonal::kIncluded);
  CHECK(modularity(mixing) == near(0.49107624909374176));
  CHECK(modularity(mixing_matrix(flow, eight::kBloc, 3, Diagonal::kExcluded)) == near(0.2889693677380414));
  CHECK(modularity(undirected(mixing)) == near(0.4910659653128069));
  for (std::size_t i = 0; i < eight::kNodes; ++i) flow[i * eight::kNodes + i] *= 2.0;
  mixing = mixing_matrix(flow, eight::kBloc, 3, Diagonal::kIncluded);
  CHECK(modularity(undirected(mixing)) == near(0.5275414738444784));
}

TEST_CASE(
    "against the proportional null modularity and assortativity are the usual ones; any baseline can be the null") {
  const auto mixing = eight_node_mixing();
  const auto null = proportional_null(mixing);
  CHECK(modularity(mixing, null) == near(modularity(mixing)));
  CHECK(maximum_modularity_against(null) == near(maximum_modularity(mixing)));
  CHECK(assortativity(mixing, null) == near(0.4540066382171645));
  CHECK(relative_cross_change(mixing, null, same_or_different(3)) == near(0.6958145216154369));
  CHECK(modularity(mixing, mixing) == 0.0);
  // Shares count, so a null in another unit is the same null.
  CHECK(modularity({2, {6.0, 1.0, 1.0, 2.0}}, {2, {500.0, 250.0, 150.0, 100.0}}) == near(0.2));
  CHECK(assortativity({2, {6.0, 1.0, 1.0, 2.0}}, {2, {500.0, 250.0, 150.0, 100.0}}) == near(0.5));
}

TEST_CASE("the proportional null keeps the strengths: out-strength of the row times in-strength of the column") {
  const auto null = proportional_null({2, {10.0, 4.0, 6.0, 20.0}});
  const std::vector<double> expected = {5.6, 8.4, 10.4, 15.6};
  for (std::size_t cell = 0; cell < expected.size(); ++cell) CHECK(null.flow[cell] == near(expected[cell]));
}

TEST_CASE("B equal blocs with a share s of flows within have modularity s − 1/B") {
  for (const std::size_t blocs : {2U, 3U, 5U}) {
    for (const double within : {0.1, 0.5, 1.0}) {
      MixingMatrix mixing{blocs, std::vector<double>(blocs * blocs)};
      const auto b = static_cast<double>(blocs);
      for (std::size_t from = 0; from < blocs; ++from) {
        for (std::size_t to = 0; to < blocs; ++to) {
          mixing.flow[from * blocs + to] = from == to ? within / b : (1.0 - within) / (b * (b - 1.0));
        }
      }
      CHECK(modularity(mixing) == near(within - 1.0 / b));
      CHECK(maximum_modularity(mixing) == near(1.0 - 1.0 / b));
      CHECK(external_internal_index(mixing, same_or_different(blocs)) == near(1.0 - 2.0 * within));
    }
  }
}

TEST_CASE("without cross flow decoupling is 1, E–I is −1 and assortativity 1") {
  const MixingMatrix mixing{2, {3.0, 0.0, 0.0, 5.0}};
  const auto pairs = same_or_different(2);
  CHECK(decoupling_index(mixing, pairs) == 1.0);
  CHECK(external_internal_index(mixing, pairs) == -1.0);
  CHECK(assortativity(mixing) == near(1.0));
  CHECK(bilateral_index(mixing, 0, 1) == 0.0);
}

TEST_CASE("the relative cross change is neutral to size and exact at its ends") {
  const MixingMatrix before{2, {10.0, 4.0, 6.0, 20.0}};
  const auto pairs = same_or_different(2);
  CHECK(relative_cross_change(before, before, pairs) == 0.0);
  // Everything halves: no change. Cross alone falls by 12 %: .12, as Gopinath et al. (2024) report.
  CHECK(relative_cross_change({2, {5.0, 2.0, 3.0, 10.0}}, before, pairs) == 0.0);
  CHECK(relative_cross_change({2, {10.0, 3.52, 5.28, 20.0}}, before, pairs) == near(0.12));
  CHECK(relative_cross_change({2, {10.0, 0.0, 0.0, 20.0}}, before, pairs) == 1.0);
  CHECK(relative_cross_change({2, {10.0, 8.0, 12.0, 20.0}}, before, pairs) == near(-1.0));
  CHECK(relative_cross_change({2, {0.0, 1.0, 0.0, 0.0}}, before, pairs) == -std::numeric_limits<double>::infinity());
  CHECK(relative_cross_change({2, {0.0, 0.0, 0.0, 0.0}}, before, pairs) == 0.0);
  CHECK(relative_cross_change(before, {2, {1.0, 0.0, 0.0, 1.0}}, pairs) == 0.0);
  CHECK(relative_cross_change(before, {2, {0.0, 1.0, 1.0, 0.0}}, pairs) == 0.0);
}

TEST_CASE("flows with non-aligned countries count nowhere when only rivals count as cross") {
  const auto mixing = eight_node_mixing();
  const std::vector<std::uint8_t> rival = {0, 1, 0, 1, 0, 0, 0, 0, 0};
  const auto pairs = within_or_rival(3, rival);
  CHECK(flow_of_kind(mixing, pairs, PairKind::kCross) == 13.0);
  CHECK(flow_of_kind(mixing, pairs, PairKind::kWithin) == 92.0);
  CHECK(flow_of_kind(mixing, pairs, PairKind::kNeither) == 36.0);
  CHECK(cross_share(mixing, pairs) == near(13.0 / 105.0));
  const std::vector<std::uint8_t> itself = {1, 1, 0, 1, 1, 0, 0, 0, 1};
  CHECK(within_or_rival(3, itself).kind == pairs.kind);
}

TEST_CASE("modularity from bloc sums equals the sum over countries, and measures stay in range") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const auto random = random_flows(world);
    const auto mixing = mixing_matrix(random.flow, random.bloc, random.blocs, Diagonal::kIncluded);
    if (mixing.total() == 0.0) continue;
    const auto pairs = same_or_different(random.blocs);
    REQUIRE(modularity(mixing) == near(modularity_by_definition(random)));
    REQUIRE(std::fabs(assortativity(mixing)) <= 1.0 + 1e-12);
    REQUIRE(decoupling_index(mixing, pairs) <= 1.0);
    REQUIRE(external_internal_index(mixing, pairs) == near(2.0 * cross_share(mixing, pairs) - 1.0));
    // Q and the decoupling index agree on the sign: both compare within with its expectation.
    const double decoupling = decoupling_index(mixing, pairs);
    if (std::fabs(modularity(mixing)) > 1e-9) REQUIRE((decoupling > 0.0) == (modularity(mixing) > 0.0));
  }
}

TEST_CASE("renaming blocs changes no measure, and merging all into one leaves nothing to sort") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = random_flows(world);
    const auto last = static_cast<std::uint32_t>(random.blocs - 1);
    auto reversed = random.bloc;
    for (auto& label : reversed) label = last - label;
    const auto mixing = mixing_matrix(random.flow, random.bloc, random.blocs, Diagonal::kExcluded);
    const auto other = mixing_matrix(random.flow, reversed, random.blocs, Diagonal::kExcluded);
    const auto pairs = same_or_different(random.blocs);
    REQUIRE(modularity(other) == near(modularity(mixing)));
    REQUIRE(assortativity(other) == near(assortativity(mixing)));
    REQUIRE(cross_share(other, pairs) == near(cross_share(mixing, pairs)));
    const std::vector<std::uint32_t> one(random.bloc.size(), 0);
    const auto single = mixing_matrix(random.flow, one, 1, Diagonal::kExcluded);
    REQUIRE(modularity(single) == near(0.0));
    REQUIRE(assortativity(single) == 0.0);
    REQUIRE(decoupling_index(single, same_or_different(1)) == 0.0);
  }
}

TEST_CASE("scaling all flows changes no measure, and merging two countries of a bloc keeps the mixing matrix") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = random_flows(world);
    const std::size_t n = random.nodes();
    auto scaled = random.flow;
    for (double& value : scaled) value *= 1024.0;
    const auto mixing = mixing_matrix(random.flow, random.bloc, random.blocs, Diagonal::kIncluded);
    const auto larger = mixing_matrix(scaled, random.bloc, random.blocs, Diagonal::kIncluded);
    const auto pairs = same_or_different(random.blocs);
    REQUIRE(modularity(larger) == modularity(mixing));
    REQUIRE(assortativity(larger) == assortativity(mixing));
    REQUIRE(decoupling_index(larger, pairs) == decoupling_index(mixing, pairs));
    REQUIRE(external_internal_index(larger, pairs) == external_internal_index(mixing, pairs));
    if (random.bloc[n - 1] != random.bloc[0]) continue;
    // The last country becomes part of the first; what they exchanged is now domestic.
    std::vector<double> merged((n - 1) * (n - 1), 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) merged[i % (n - 1) * (n - 1) + j % (n - 1)] += random.flow[i * n + j];
    }
    const auto fewer = mixing_matrix(merged, std::span(random.bloc).first(n - 1), random.blocs, Diagonal::kIncluded);
    for (std::size_t cell = 0; cell < mixing.flow.size(); ++cell) {
      REQUIRE(fewer.flow[cell] == near(mixing.flow[cell]));
    }
  }
}

TEST_CASE("flows summed row by row, in any order of rows, are those of the matrix cell by cell") {
  const Draws draws(41, Purpose::kTest, 0, 0);
  constexpr std::size_t n = 23;
  std::vector<double> flow(n * n);
  std::vector<std::uint32_t> bloc(n);
  for (std::uint32_t cell = 0; cell < n * n; ++cell) flow[cell] = draws.uniform(cell);
  for (std::uint32_t i = 0; i < n; ++i) bloc[i] = draws.below(3, i + 1000);
  for (const Diagonal diagonal : {Diagonal::kIncluded, Diagonal::kExcluded}) {
    std::vector<double> cell_by_cell(9, 0.0);
    MixingSum sum(bloc, 3);
    for (std::size_t from = n; from-- > 0;) {
      sum.add_row(from, std::span(flow).subspan(from * n, n), diagonal);
      for (std::size_t to = 0; to < n; ++to) {
        if (from != to || diagonal == Diagonal::kIncluded)
          cell_by_cell[bloc[from] * 3 + bloc[to]] += flow[from * n + to];
      }
    }
    for (std::size_t cell = 0; cell < 9; ++cell) CHECK(sum.matrix().flow[cell] == near(cell_by_cell[cell]));
  }
  MixingSum sum(bloc, 3);
  CHECK_THROWS_AS(sum.add_row(n, std::span(flow).subspan(0, n), Diagonal::kIncluded), InternalError);
  CHECK_THROWS_AS(sum.add_row(0, std::span(flow).subspan(0, n - 1), Diagonal::kIncluded), InternalError);
}

TEST_CASE("empty flows give zeros; the bilateral index of a bloc without internal flow is NaN") {
  const MixingMatrix empty{2, std::vector<double>(4, 0.0)};
  const auto pairs = same_or_different(2);
  CHECK(modularity(empty) == 0.0);
  CHECK(maximum_modularity(empty) == 0.0);
  CHECK(assortativity(empty) == 0.0);
  CHECK(cross_share(empty, pairs) == 0.0);
  CHECK(external_internal_index(empty, pairs) == 0.0);
  CHECK(decoupling_index(empty, pairs) == 0.0);
  CHECK(proportional_null(empty).flow == empty.flow);
  CHECK(undirected(empty).flow == empty.flow);
  CHECK(modularity(empty, {2, {1.0, 0.0, 0.0, 0.0}}) == 0.0);
  CHECK(modularity({2, {1.0, 0.0, 0.0, 0.0}}, empty) == 0.0);
  CHECK(maximum_modularity_against(empty) == 0.0);
  CHECK(assortativity({2, {1.0, 0.0, 0.0, 1.0}}, {2, {1.0, 0.0, 0.0, 0.0}}) == 0.0);
  CHECK(std::isnan(bilateral_index(empty, 0, 1)));
  CHECK(mixing_matrix({}, {}, 0, Diagonal::kIncluded).total() == 0.0);
}

TEST_CASE("mixing measures refuse wrong sizes and labels as internal errors") {
  const std::vector<double> flow(4, 1.0);
  const std::vector<std::uint32_t> bloc = {0, 1};
  CHECK_THROWS_AS(mixing_matrix(std::vector<double>(3, 1.0), bloc, 2, Diagonal::kIncluded), InternalError);
  CHECK_THROWS_AS(mixing_matrix(flow, bloc, 1, Diagonal::kIncluded), InternalError);
  const auto mixing = mixing_matrix(flow, bloc, 2, Diagonal::kIncluded);
  CHECK_THROWS_AS(cross_share(mixing, same_or_different(3)), InternalError);
  CHECK_THROWS_AS(within_or_rival(2, std::vector<std::uint8_t>(3, 0)), InternalError);
  CHECK_THROWS_AS(bilateral_index(mixing, 0, 2), InternalError);
  CHECK_THROWS_AS(modularity(mixing, {1, {1.0}}), InternalError);
}
