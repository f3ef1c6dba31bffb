#include "sim/coalition/contagion.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "sim/coalition/cascade.hpp"
#include "sim/coalition/regular_graphs.hpp"
#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using Actors = std::vector<std::uint32_t>;
using Sides = std::vector<std::size_t>;

namespace {

SparseGraph everybody_sees_everybody(std::uint32_t n) {
  std::vector<ActorPair> pairs;
  for (std::uint32_t a = 1; a < n; ++a) {
    for (std::uint32_t b = 0; b < a; ++b) pairs.push_back({a, b});
  }
  return undirected_graph(n, pairs);
}

// Each pair is drawn as two ends; the few that come twice count once.
SparseGraph random_graph(std::uint32_t world, std::uint32_t actors, std::uint32_t pairs) {
  const Draws draws(41, Purpose::kTest, world, 0);
  std::vector<ActorPair> drawn;
  for (std::uint32_t pair = 0; pair < pairs; ++pair) {
    const std::uint32_t a = draws.below(actors, 2 * pair);
    drawn.push_back({a, (a + 1 + draws.below(actors - 1, 2 * pair + 1)) % actors});
  }
  return undirected_graph(actors, drawn);
}

Actors random_seeds(std::uint32_t world, std::uint32_t actors, std::uint32_t count) {
  const Draws draws(42, Purpose::kTest, world, 1);
  Actors seeds;
  for (std::uint32_t at = 0; at < count; ++at) seeds.push_back(draws.below(actors, at));
  return seeds;
}

// Cells of a torus whose coordinates all are below `side`.
Actors block(const Sides& sides, std::size_t side) {
  const std::size_t cells = std::accumulate(sides.begin(), sides.end(), std::size_t{1}, std::multiplies<>());
  Actors inside;
  for (std::uint32_t cell = 0; cell < cells; ++cell) {
    bool is_in = true;
    std::size_t rest = cell;
    for (std::size_t axis = sides.size(); axis-- > 0; rest /= sides[axis]) is_in = is_in && rest % sides[axis] < side;
    if (is_in) inside.push_back(cell);
  }
  return inside;
}

std::size_t followers(const SparseGraph& graph, const Actors& seeds, double threshold,
                      Following following = Following::kAtThreshold) {
  return spread(graph, adopters_needed(graph, threshold, following), seeds).adopters;
}

// Morris' statement about a graph: at the threshold (or just below it) everybody follows, just above it nobody but the
// seeds does.
void check_turns_at(const SparseGraph& graph, const Actors& seeds, Fraction threshold) {
  CHECK(contagion_threshold(graph, seeds).text() == threshold.text());
  CHECK(followers(graph, seeds, threshold.value()) == graph.nodes());
  CHECK(followers(graph, seeds, threshold.value() - 1e-9) == graph.nodes());
  CHECK(followers(graph, seeds, threshold.value() + 1e-9) == seeds.size());
  CHECK(followers(graph, seeds, threshold.value(), Following::kAboveThreshold) == seeds.size());
}

}  // namespace

TEST_CASE("a crowd in which all look at all others spreads as on the graph of all pairs") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const Draws draws(43, Purpose::kTest, world, 0);
    const std::uint32_t actors = 1 + draws.below(30);
    Actors needed(actors);
    for (std::uint32_t actor = 0; actor < actors; ++actor) needed[actor] = draws.below(actors + 2, actor + 1);
    const Actors seeds = random_seeds(world, actors, draws.below(4, 100));
    const Spread on_graph = spread(everybody_sees_everybody(actors), needed, seeds);
    const Spread among_all = spread_among_all(needed, seeds);
    REQUIRE(among_all.round == on_graph.round);
    REQUIRE(among_all.adopters == on_graph.adopters);
  }
  CHECK(spread_among_all({}, {}).adopters == 0);
  CHECK_THROWS_AS(spread_among_all(Actors{0, 1}, Actors{2}), DataError);
}

TEST_CASE("each actor may have a threshold of its own") {
  const SparseGraph graph = everybody_sees_everybody(5);
  const std::vector<double> threshold = {0.0, 0.25, 0.5, 0.6, 1.0};
  CHECK(adopters_needed(graph, threshold, Following::kAtThreshold) == Actors{0, 1, 2, 3, 4});
  CHECK(adopters_needed(graph, threshold, Following::kAboveThreshold) == Actors{1, 2, 3, 3, 5});
  CHECK_THROWS_AS(adopters_needed(graph, std::vector<double>(4, 0.5), Following::kAtThreshold), InternalError);
  CHECK_THROWS_AS(adopters_needed(graph, std::vector<double>(5, 1.5), Following::kAtThreshold), DataError);
}

TEST_CASE("Morris 2000: contagion stops at 1/2 on a ring, however far actors see") {
  check_turns_at(torus(Sides{60}, Neighbourhood::kVonNeumann), {7}, {1, 2});
  for (const std::size_t reach : {2U, 3U, 5U}) {
    check_turns_at(torus(Sides{60}, Neighbourhood::kVonNeumann, reach), block({60}, reach), {1, 2});
  }
}

TEST_CASE("Morris 2000: contagion stops at 1/(2m) on a grid of m dimensions") {
  for (std::size_t dimensions = 1; dimensions <= 4; ++dimensions) {
    const Sides sides(dimensions, 7);
    check_turns_at(torus(sides, Neighbourhood::kVonNeumann), block(sides, 3), {1, 2 * dimensions});
  }
}

TEST_CASE("Morris 2000: diagonal neighbours raise it to 3/8 on a plane, and to r(2r+1)^(m-1)/((2r+1)^m - 1)") {
  check_turns_at(torus(Sides{12, 15}, Neighbourhood::kMoore), block({12, 15}, 3), {3, 8});
  check_turns_at(torus(Sides{11, 11, 11}, Neighbourhood::kMoore), block({11, 11, 11}, 5), {9, 26});
  check_turns_at(torus(Sides{16, 16}, Neighbourhood::kMoore, 2), block({16, 16}, 7), {10, 24});
  // Seeds too few to be seen by three from outside spread at two of eight only.
  CHECK(contagion_threshold(torus(Sides{12, 12}, Neighbourhood::kMoore), block({12, 12}, 2)) == Fraction(1, 4));
}

TEST_CASE("Morris 2000: contagion stops at 1/d on a tree of degree d") {
  for (const std::uint32_t degree : {2U, 3U, 4U, 6U}) {
    Actors root_and_children(1 + degree);
    std::iota(root_and_children.begin(), root_and_children.end(), 0U);
    const SparseGraph tree = regular_tree(500, degree);
    check_turns_at(tree, {0}, {1, degree});
    check_turns_at(tree, root_and_children, {1, degree});
  }
}

TEST_CASE("no seeds within a box leave it above the threshold of the grid, whatever their number") {
  const Sides sides = {14, 14};
  const Actors box = block(sides, 6);
  for (const Neighbourhood neighbourhood : {Neighbourhood::kVonNeumann, Neighbourhood::kMoore}) {
    const SparseGraph graph = torus(sides, neighbourhood);
    const Fraction limit = neighbourhood == Neighbourhood::kMoore ? Fraction(3, 8) : Fraction(1, 4);
    const auto needed = adopters_needed(graph, limit.value(), Following::kAboveThreshold);
    for (std::uint32_t world = 0; world < 100; ++world) {
      Actors seeds;
      for (const std::uint32_t place : random_seeds(world, 36, 1 + world / 2)) seeds.push_back(box[place]);
      const auto round = spread(graph, needed, seeds).round;
      for (std::uint32_t cell = 0; cell < graph.nodes(); ++cell) {
        REQUIRE((round[cell] == kNeverAdopts || std::binary_search(box.begin(), box.end(), cell)));
      }
      REQUIRE(contagion_threshold(graph, seeds).value() <= limit.value());
    }
  }
}

TEST_CASE("the contagion threshold is the largest at which all follow, in random graphs") {
  std::size_t reached = 0;
  for (std::uint32_t world = 0; world < 300; ++world) {
    const SparseGraph graph = random_graph(world, 30, 30 + world / 3);
    const Actors seeds = random_seeds(world, 30, 1 + world % 5);
    const double threshold = contagion_threshold(graph, seeds).value();
    CHECK(followers(graph, seeds, threshold, Following::kAboveThreshold) < 30);
    if (threshold == 0.0) continue;
    ++reached;
    CHECK(followers(graph, seeds, threshold) == 30);
  }
  CHECK(reached > 50);
  CHECK(reached < 300);  // some graphs fall apart
  CHECK(contagion_threshold(everybody_sees_everybody(3), Actors{2, 0, 1}) == Fraction(1, 1));
}

TEST_CASE("Granovetter's crowd of 100: the one who needs one other is the riot") {
  const SparseGraph crowd = everybody_sees_everybody(100);
  std::vector<std::uint32_t> needed(100);
  std::iota(needed.begin(), needed.end(), 0U);
  const Spread riot = spread(crowd, needed, {});
  CHECK(riot.adopters == 100);
  CHECK(riot.round[0] == 1);
  CHECK(riot.round[99] == 100);
  needed[1] = 2;
  CHECK(spread(crowd, needed, {}).adopters == 1);
}

TEST_CASE("whoever responds first, the same actors adopt in the end, each no sooner than all at once") {
  for (std::uint32_t world = 0; world < 40; ++world) {
    const SparseGraph graph = random_graph(world, 60, 120);
    const Actors seeds = random_seeds(world, 60, 4);
    const auto needed = adopters_needed(graph, 0.1 + 0.01 * (world % 40), Following::kAtThreshold);
    const Spread together = spread(graph, needed, seeds);
    std::vector<std::uint8_t> has_adopted(60, 0);
    for (const std::uint32_t seed : seeds) has_adopted[seed] = 1;
    const Draws draws(43, Purpose::kTest, world, 2);
    for (std::uint32_t turn = 0; turn < 6000; ++turn) {
      const std::uint32_t actor = draws.below(60, turn);
      std::uint32_t adopters = 0;
      for (const std::uint32_t neighbour : graph.peers(actor)) adopters += has_adopted[neighbour];
      if (adopters >= needed[actor]) has_adopted[actor] = 1;
    }
    for (std::size_t actor = 0; actor < 60; ++actor) {
      REQUIRE((has_adopted[actor] != 0) == (together.round[actor] != kNeverAdopts));
    }
  }
}

TEST_CASE("rounds are those of responses at once") {
  for (std::uint32_t world = 0; world < 40; ++world) {
    const SparseGraph graph = random_graph(world, 50, 110);
    auto needed = adopters_needed(graph, 0.3, Following::kAboveThreshold);
    needed[world] = 0;
    const Actors seeds = random_seeds(world, 50, 3);
    std::vector<std::uint32_t> round(50, kNeverAdopts);
    for (const std::uint32_t seed : seeds) round[seed] = 0;
    for (std::uint32_t now = 1; now <= 50; ++now) {
      for (std::size_t actor = 0; actor < 50; ++actor) {
        std::uint32_t adopters = 0;
        for (const std::uint32_t neighbour : graph.peers(actor)) adopters += round[neighbour] < now ? 1 : 0;
        if (round[actor] == kNeverAdopts && adopters >= needed[actor]) round[actor] = now;
      }
    }
    REQUIRE(spread(graph, needed, seeds).round == round);
  }
}

TEST_CASE("a crowd of 200,000 adopts as the mean field of many says") {
  constexpr std::uint32_t kActors = 200000;
  for (const std::uint32_t mean : {2U, 4U}) {
    const SparseGraph crowd = random_graph(mean, kActors, kActors / 2 * mean);
    Actors seeds(kActors / 100);
    std::iota(seeds.begin(), seeds.end(), 0U);
    const double expected = cascade_size(
        poisson_degrees(mean, 60),
        [](std::size_t active, std::size_t k) {
          return k > 0 && static_cast<double>(active) >= .18 * static_cast<double>(k) ? 1.0 : 0.0;
        },
        0.01);
    const double share = static_cast<double>(followers(crowd, seeds, .18)) / kActors;
    CHECK(std::fabs(share - expected) < 3.0 / std::sqrt(static_cast<double>(kActors)));
  }
}

TEST_CASE("shares are met exactly where they can be: k of n is the share k/n, not a bit less") {
  for (std::uint32_t degree = 1; degree <= 60; ++degree) {
    std::vector<ActorPair> star;
    for (std::uint32_t leaf = 1; leaf <= degree; ++leaf) star.push_back({0, leaf});
    const SparseGraph graph = undirected_graph(degree + 2, star);
    for (std::uint32_t part = 0; part <= degree; ++part) {
      const double threshold = static_cast<double>(part) / degree;
      REQUIRE(adopters_needed(graph, threshold, Following::kAtThreshold)[0] == part);
      REQUIRE(adopters_needed(graph, threshold, Following::kAboveThreshold)[0] == part + 1);
    }
    // Whom nobody sees follows nobody.
    CHECK(adopters_needed(graph, 0.0, Following::kAtThreshold)[degree + 1] == 1);
  }
}

TEST_CASE("adoption goes from who is looked at to who looks") {
  // 1 and 2 look at 0, 0 looks at nobody, 3 at 1 and twice at 2.
  const SparseGraph graph = {{0, 0, 1, 2, 5}, {0, 0, 2, 1, 2}, {}};
  CHECK(spread(graph, Actors{1, 1, 1, 3}, Actors{0}).round == Actors{0, 1, 1, 2});
  CHECK(spread(graph, Actors{1, 1, 2, 3}, Actors{0}).adopters == 2);
  CHECK(spread(graph, Actors{1, 1, 1, 2}, Actors{2, 2}).round == Actors{kNeverAdopts, kNeverAdopts, 0, 1});
  CHECK(contagion_threshold(graph, Actors{0}) == Fraction(1, 1));
  CHECK(contagion_threshold(graph, Actors{0, 1}) == Fraction(1, 1));
  CHECK(contagion_threshold(graph, Actors{1, 2, 3}) == Fraction(0, 1));
}

TEST_CASE("graphs that are none are refused") {
  const SparseGraph weighted = {{0, 1, 2}, {1, 0}, {.5, .5}}, outside = {{0, 1, 2}, {1, 2}, {}};
  const auto fault = [](const SparseGraph& graph) {
    return testing::error_message([&] { spread(graph, Actors{1, 1}, {}); });
  };
  CHECK(testing::contains(fault(weighted), "weights"));
  CHECK(testing::contains(fault(outside), "actor 1 looks at 2"));
  CHECK(testing::contains(testing::error_message([&] { contagion_threshold(outside, {}); }), "actor 1 looks at 2"));
}

TEST_CASE("thresholds that are no shares and seeds that are no actors are refused") {
  const SparseGraph ring = torus(Sides{5}, Neighbourhood::kVonNeumann);
  const auto fault = [&](double threshold) {
    return testing::error_message([&] { adopters_needed(ring, threshold, Following::kAtThreshold); });
  };
  CHECK(testing::contains(fault(-0.1), "from 0 to 1"));
  CHECK(testing::contains(fault(1.1), "from 0 to 1"));
  CHECK(testing::contains(fault(std::nan("")), "from 0 to 1"));
  const Actors outside = {4, 5}, needed(5, 1);
  CHECK(testing::contains(testing::error_message([&] { spread(ring, needed, outside); }), "seed 5"));
  CHECK(testing::contains(testing::error_message([&] { contagion_threshold(ring, outside); }), "seed 5"));
  CHECK_THROWS_AS(spread(ring, Actors(4, 1), {}), InternalError);
}
