#include "sim/coalition/landscape_moves.hpp"

#include <algorithm>
#include <map>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/landscapes.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;
using Alliances = std::vector<std::uint8_t>;

namespace {

const Alliances kPredicted = {0, 0, 0, 0, 1, 1, 1, 1, 1};
const Alliances kOther = {0, 0, 1, 1, 0, 0, 1, 1, 1};

// Frustrations of an actor in each of K alliances, an empty one included, by definition.
std::vector<double> frustrations(const Landscape& landscape, std::size_t actor, Alliances alliance, std::size_t k) {
  std::vector<double> result;
  for (std::uint8_t to = 0; to < k; ++to) {
    alliance[actor] = to;
    result.push_back(landscape.frustration(actor, alliance));
  }
  return result;
}

bool rests(const Landscape& landscape, const Alliances& alliance, std::size_t k) {
  for (std::size_t actor = 0; actor < alliance.size(); ++actor) {
    const auto options = frustrations(landscape, actor, alliance, k);
    if (*std::min_element(options.begin(), options.end()) < options[alliance[actor]] - 1e-9) return false;
  }
  return true;
}

// Probability of each state of rest when moves come in random order, by recursion over labelled configurations.
std::map<std::size_t, double> ends_of(const Landscape& landscape, const PartitionSpace& space, const Alliances& from) {
  std::vector<Alliances> next;
  for (std::size_t actor = 0; actor < from.size(); ++actor) {
    const auto options = frustrations(landscape, actor, from, space.most_alliances());
    const auto best = std::min_element(options.begin(), options.end());
    if (*best >= options[from[actor]] - 1e-9) continue;
    next.push_back(from);
    next.back()[actor] = static_cast<std::uint8_t>(best - options.begin());
  }
  if (next.empty()) return {{space.find(from), 1.0}};
  std::map<std::size_t, double> ends;
  for (const Alliances& to : next) {
    for (const auto& [state, probability] : ends_of(landscape, space, to)) {
      ends[state] += probability / static_cast<double>(next.size());
    }
  }
  return ends;
}

// The state of rest to which the single moves that lower the energy most lead.
std::size_t steepest_end(const Landscape& landscape, const PartitionSpace& space, Alliances at) {
  while (true) {
    Alliances lowest = at;
    for (std::size_t actor = 0; actor < at.size(); ++actor) {
      for (std::uint8_t to = 0; to < space.most_alliances(); ++to) {
        Alliances next = at;
        next[actor] = to;
        if (landscape.energy(next) < landscape.energy(lowest) - 1e-9) lowest = next;
      }
    }
    if (lowest == at) return space.find(at);
    at = lowest;
  }
}

}  // namespace

TEST_CASE("Unix 1988: two local minima, each reached from 128 configurations and with probability one half") {
  const PartitionSpace space(9, 2);
  const Landscape firms = testing::unix_firms();
  std::vector<std::size_t> minima = {space.find(kPredicted), space.find(kOther)};
  std::sort(minima.begin(), minima.end());
  CHECK(nash_partitions(firms, space) == minima);
  const auto found = basins(firms, space);
  REQUIRE(found.size() == 2);
  for (std::size_t at = 0; at < 2; ++at) {
    CHECK(found[at].state == minima[at]);
    CHECK(found[at].starts == 128);
    CHECK(found[at].probability == near(0.5));
  }
}

TEST_CASE("Unix 1988: once AT&T and Sun are together, the predicted alliances are the only minimum") {
  const PartitionSpace space(9, 2);
  const std::vector<std::uint8_t> frozen = {1, 0, 1, 0, 0, 0, 0, 0, 0}, together(9, 0);
  AllianceMoves moves;
  moves.frozen = frozen;
  moves.start = together;
  CHECK(nash_partitions(testing::unix_firms(), space, moves) == std::vector<std::size_t>{space.find(kPredicted)});
  const auto found = basins(testing::unix_firms(), space, moves);
  REQUIRE(found.size() == 1);
  CHECK(found[0].starts == 128);
  CHECK(found[0].probability == near(1.0));
}

TEST_CASE("Unix 1988: Nash partitions into up to 2, 3, 4 and 9 alliances") {
  const auto count = [](std::size_t k) { return nash_partitions(testing::unix_firms(), PartitionSpace(9, k)).size(); };
  CHECK(count(2) == 2);
  CHECK(count(3) == 6);
  CHECK(count(4) == 48);
  CHECK(count(9) == 501);
}

TEST_CASE("Unix 1988 with the utilities of 1995: the same two equilibria for any dislike of close rivals") {
  const PartitionSpace space(9, 2);
  const auto published = nash_partitions(testing::unix_firms(), space);
  for (const double beta : {.25, .5, 1.0, 1.5, 2.0}) {
    CHECK(nash_partitions(testing::unix_firms(0.0, -beta), space) == published);
  }
  CHECK(nash_partitions(testing::unix_firms(.5, -.5), space).size() == 9);
}

TEST_CASE("Nash partitions are those by definition, symmetric or not, in up to three of five places") {
  const PartitionSpace space(5, 3);
  Alliances alliance(5);
  for (std::uint32_t world = 0; world < 60; ++world) {
    const Landscape landscape = testing::random_landscape(world, 5, world % 2 == 0);
    std::vector<std::size_t> expected;
    for (std::size_t state = 0; state < space.size(); ++state) {
      space.read(state, alliance);
      if (rests(landscape, alliance, 3)) expected.push_back(state);
    }
    REQUIRE(nash_partitions(landscape, space) == expected);
  }
}

TEST_CASE("basins cover all starts, and end where moves in random order end with their exact probabilities") {
  const PartitionSpace space(5, 3);
  Alliances alliance(5);
  for (std::uint32_t world = 0; world < 25; ++world) {
    const Landscape landscape = testing::random_landscape(world, 5, true);
    std::map<std::size_t, double> expected;
    std::map<std::size_t, std::size_t> descents;
    for (std::size_t state = 0; state < space.size(); ++state) {
      space.read(state, alliance);
      ++descents[steepest_end(landscape, space, alliance)];
      for (const auto& [end, probability] : ends_of(landscape, space, alliance)) {
        expected[end] += probability / static_cast<double>(space.size());
      }
    }
    std::size_t starts = 0;
    std::vector<std::size_t> ends;
    for (const Basin& basin : basins(landscape, space)) {
      starts += basin.starts;
      ends.push_back(basin.state);
      REQUIRE(basin.starts == descents[basin.state]);
      REQUIRE(basin.probability == near(expected[basin.state], 1e-10));
    }
    REQUIRE(starts == space.size());
    REQUIRE(ends == nash_partitions(landscape, space));
  }
}

TEST_CASE("an actor drawn to two alliances alike goes to each as often") {
  // Actor 2 likes both others alike, who dislike each other more than they like it: from alone, it joins either.
  const Landscape landscape({1.0, 1.0, 1.0}, {0, -2, 1, -2, 0, 1, 1, 1, 0});
  const PartitionSpace space(3, 3);
  const auto found = basins(landscape, space);
  REQUIRE(found.size() == 2);
  CHECK(found[0].probability == near(0.5));
  CHECK(found[1].probability == near(0.5));
}

TEST_CASE("enemies of enemies: every way to leave two of three together is at rest but never strictly") {
  const Landscape enemies({1.0, 1.0, 1.0}, {0, -1, -1, -1, 0, -1, -1, -1, 0});
  const PartitionSpace space(3, 2);
  CHECK(nash_partitions(enemies, space).size() == 3);
  CHECK(nash_partitions(enemies, PartitionSpace(3, 3)).size() == 1);
}

TEST_CASE("asymmetric propensities have no energy, other faults no answer: refused by name") {
  const PartitionSpace space(4, 2);
  const Landscape lopsided = testing::random_landscape(1, 4, false);
  CHECK(testing::contains(testing::error_message([&] { basins(lopsided, space); }), "energy needs them equal"));
  AllianceMoves moves;
  moves.tie_eps = -1.0;
  CHECK(testing::contains(testing::error_message([&] { nash_partitions(lopsided, space, moves); }), "tie_eps"));
  CHECK_THROWS_AS(nash_partitions(lopsided, PartitionSpace(5, 2)), InternalError);
}

TEST_CASE("without any tolerance, moves of energies far beyond the tolerance's usual size still end") {
  const Landscape huge({1e8, 1e8, 1e8}, {0, 0.1, -0.3, 0.1, 0, 0.2, -0.3, 0.2, 0});
  const PartitionSpace space(3, 3);
  AllianceMoves exact;
  exact.tie_eps = 0.0;
  std::size_t starts = 0;
  for (const Basin& basin : basins(huge, space, exact)) starts += basin.starts;
  CHECK(starts == 5);
}
