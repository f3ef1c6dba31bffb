#include "sim/coalition/link_formation.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;
using Degrees = std::vector<std::size_t>;

namespace {

std::map<Degrees, std::size_t> patterns(const std::vector<LinkSet>& graphs, std::size_t actors) {
  std::map<Degrees, std::size_t> count;
  for (const LinkSet links : graphs) ++count[degree_pattern(links, actors)];
  return count;
}

LinkSet complete(std::size_t actors) {
  return (LinkSet{1} << actors * (actors - 1) / 2) - 1;
}

bool is_stable(const LinkFormation& found, LinkSet links) {
  return std::binary_search(found.stable.begin(), found.stable.end(), links);
}

LinkSet star(std::size_t actors) {
  LinkSet links = 0;
  for (std::size_t leaf = 1; leaf < actors; ++leaf) links |= LinkSet{1} << link_between(0, leaf);
  return links;
}

// Few values, so that ties are common.
double random_payoff(std::uint32_t world, std::size_t actor, LinkSet links) {
  return Draws(51, Purpose::kTest, world, links, static_cast<std::uint16_t>(actor)).below(5);
}

LinkSet links_of(std::span<const ActorSet> neighbours) {
  LinkSet links = 0;
  for (std::size_t i = 1; i < neighbours.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (contains(neighbours[i], j)) links |= LinkSet{1} << link_between(i, j);
    }
  }
  return links;
}

// Jackson & Wolinsky's definition, word by word.
bool stable_by_definition(std::uint32_t world, std::size_t actors, LinkSet links) {
  for (std::size_t i = 0; i < actors; ++i) {
    for (std::size_t j = 0; j < actors; ++j) {
      if (i == j) continue;
      const LinkSet link = LinkSet{1} << link_between(i, j);
      const auto change = [&](std::size_t actor) {
        return random_payoff(world, actor, links ^ link) - random_payoff(world, actor, links);
      };
      if ((links & link) != 0 && change(i) > 0.0) return false;
      if ((links & link) == 0 && change(i) > 0.0 && !(change(j) < 0.0)) return false;
    }
  }
  return true;
}

// A partner's time is worth less the more partners it has (Jackson & Wolinsky 1996, section 2.2).
constexpr auto kCoAuthor = [](std::size_t actor, std::span<const ActorSet> neighbours) {
  const auto own = static_cast<double>(size_of(neighbours[actor]));
  double payoff = 0.0;
  for (std::size_t other = 0; other < neighbours.size(); ++other) {
    if (!contains(neighbours[actor], other)) continue;
    const auto of_other = static_cast<double>(size_of(neighbours[other]));
    payoff += 1.0 / own + 1.0 / of_other + 1.0 / (own * of_other);
  }
  return payoff;
};

}  // namespace

TEST_CASE("Jackson & Wolinsky's connections, five actors, decay 1/2: stable and efficient among all 1024 graphs") {
  const auto at_cost = [](double cost) { return link_formation(5, Connections(.5, cost), 1e-12); };
  const LinkFormation cheap = at_cost(.2);
  CHECK(cheap.stable == std::vector<LinkSet>{complete(5)});
  CHECK(cheap.efficient == cheap.stable);
  CHECK(cheap.highest_value == near(20.0 * .3));

  const LinkFormation middle = at_cost(.3);
  const std::map<Degrees, std::size_t> expected = {{{2, 2, 2, 2, 2}, 12}, {{3, 3, 2, 2, 2}, 10}, {{4, 1, 1, 1, 1}, 5}};
  CHECK(middle.stable.size() == 27);
  CHECK(patterns(middle.stable, 5) == expected);
  CHECK(patterns(middle.efficient, 5) == std::map<Degrees, std::size_t>{{{4, 1, 1, 1, 1}, 5}});
  CHECK(middle.highest_value == near(4.6));

  const LinkFormation dear = at_cost(.6);
  CHECK(dear.stable == std::vector<LinkSet>{0});
  CHECK(patterns(dear.efficient, 5) == std::map<Degrees, std::size_t>{{{4, 1, 1, 1, 1}, 5}});
  CHECK(dear.highest_value == near(2.2));

  const LinkFormation forbidding = at_cost(.9);
  CHECK(forbidding.stable == std::vector<LinkSet>{0});
  CHECK(forbidding.efficient == std::vector<LinkSet>{0});
  CHECK(forbidding.highest_value == 0.0);
}

TEST_CASE("Jackson & Wolinsky's propositions 1 and 2 on connections hold at random costs and decays") {
  std::map<int, std::size_t> seen;
  for (std::uint32_t world = 0; world < 60; ++world) {
    const Draws draws(52, Purpose::kTest, world, 0);
    const std::size_t n = 3 + world % 3;
    const double decay = 0.05 + 0.9 * draws.uniform(0), cost = 1.5 * draws.uniform(1);
    const LinkFormation found = link_formation(n, Connections(decay, cost), 1e-12);
    const double half_others = (static_cast<double>(n) - 2.0) / 2.0;
    if (cost < decay - decay * decay) {
      ++seen[0];
      REQUIRE(found.efficient == std::vector<LinkSet>{complete(n)});
      REQUIRE(found.stable == std::vector<LinkSet>{complete(n)});
    } else if (cost < decay + half_others * decay * decay) {
      ++seen[cost < decay ? 1 : 2];
      REQUIRE(std::binary_search(found.efficient.begin(), found.efficient.end(), star(n)));
      REQUIRE(found.efficient.size() == n);
      REQUIRE(is_stable(found, star(n)) == (cost < decay));
    } else {
      ++seen[3];
      REQUIRE(found.efficient == std::vector<LinkSet>{0});
    }
    for (const LinkSet links : found.stable) {
      // Where a link costs more than its nearer end is worth, nobody keeps a partner who has no other.
      for (const std::size_t degree : degree_pattern(links, n)) REQUIRE((cost < decay || degree != 1));
    }
  }
  for (const int range : {0, 1, 2, 3}) CHECK(seen[range] > 3);
}

TEST_CASE("seven actors, two million graphs: cheap links are all formed, stars are best at a middling cost") {
  const LinkFormation found = link_formation(7, Connections(.5, .4), 1e-12);
  CHECK(patterns(found.efficient, 7) == std::map<Degrees, std::size_t>{{{6, 1, 1, 1, 1, 1, 1}, 7}});
  CHECK(found.highest_value == near(12.0 * .1 + 30.0 * .25));
  CHECK(is_stable(found, star(7)));
  CHECK_FALSE(is_stable(found, complete(7)));
}

TEST_CASE("Jackson & Wolinsky's co-authors: pairs are best, but stable are cliques of unlike size") {
  const LinkFormation four = link_formation(4, kCoAuthor, 1e-12);
  CHECK(patterns(four.efficient, 4) == std::map<Degrees, std::size_t>{{{1, 1, 1, 1}, 3}});
  CHECK(four.highest_value == near(12.0));
  CHECK(four.stable == std::vector<LinkSet>{complete(4)});
  const LinkFormation six = link_formation(6, kCoAuthor, 1e-12);
  CHECK(patterns(six.efficient, 6) == std::map<Degrees, std::size_t>{{{1, 1, 1, 1, 1, 1}, 15}});
  CHECK(six.highest_value == near(18.0));
  CHECK(is_stable(six, complete(6)));
  for (const LinkSet links : six.stable) {
    const auto neighbours = neighbours_of(links, 6);
    for (std::size_t i = 0; i < 6; ++i) {
      for (std::size_t j = 0; j < 6; ++j) {
        if (contains(neighbours[i], j)) REQUIRE(with(neighbours[i], i) == with(neighbours[j], j));
        if (i != j && !contains(neighbours[i], j)) REQUIRE(size_of(neighbours[i]) != size_of(neighbours[j]));
      }
    }
  }
}

TEST_CASE("stable graphs are those by definition, in random games full of ties") {
  std::size_t stable = 0;
  for (std::uint32_t world = 0; world < 60; ++world) {
    const auto payoff = [&](std::size_t actor, std::span<const ActorSet> neighbours) {
      return random_payoff(world, actor, links_of(neighbours));
    };
    const LinkFormation found = link_formation(4, payoff);
    double highest = 0.0;
    for (LinkSet links = 0; links <= complete(4); ++links) {
      REQUIRE(is_stable(found, links) == stable_by_definition(world, 4, links));
      double value = 0.0;
      for (std::size_t actor = 0; actor < 4; ++actor) value += random_payoff(world, actor, links);
      highest = std::max(highest, value);
    }
    REQUIRE(found.highest_value == highest);
    stable += found.stable.size();
  }
  CHECK(stable > 30);
}

TEST_CASE("a tolerance makes small gains and losses ties") {
  // A link brings actor 0 a gain of 1 and costs actor 1 half as much.
  const auto payoff = [](std::size_t actor, std::span<const ActorSet> neighbours) {
    return neighbours[0] == 0 ? 0.0 : actor == 0 ? 1.0 : -0.5;
  };
  CHECK(link_formation(2, payoff).stable == std::vector<LinkSet>{0});
  CHECK(link_formation(2, payoff, 0.5).stable == std::vector<LinkSet>{1});
  CHECK(link_formation(2, payoff, 1.0).stable == std::vector<LinkSet>{0, 1});
  CHECK(link_formation(2, payoff, 0.4).efficient == std::vector<LinkSet>{1});
  CHECK(link_formation(2, payoff, 0.5).efficient == std::vector<LinkSet>{0, 1});
}

TEST_CASE("connections are counted by steps, and who is out of reach is worth nothing") {
  const Connections connections(.5, .1);
  // A line 0 – 1 – 2 – 3 and one alone.
  LinkSet line = 0;
  for (std::size_t at = 1; at < 4; ++at) line |= LinkSet{1} << link_between(at, at - 1);
  const auto neighbours = neighbours_of(line, 5);
  CHECK(neighbours == std::vector<ActorSet>{0b10, 0b101, 0b1010, 0b100, 0});
  CHECK(degree_pattern(line, 5) == Degrees{2, 2, 1, 1, 0});
  CHECK(links_of(neighbours) == line);
  CHECK(connections(0, neighbours) == near(.5 + .25 + .125 - .1));
  CHECK(connections(1, neighbours) == near(.5 + .5 + .25 - .2));
  CHECK(connections(4, neighbours) == 0.0);
}

TEST_CASE("too many actors and payoffs or tastes that are no numbers are refused") {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const auto fault = [](std::size_t actors, double tie_eps) {
    return testing::error_message([&] { link_formation(actors, Connections(.5, .1), tie_eps); });
  };
  CHECK(testing::contains(fault(8, 0.0), "8 actors"));
  CHECK(testing::contains(fault(0, 0.0), "0 actors"));
  CHECK(testing::contains(fault(3, -1.0), "tie_eps"));
  CHECK(testing::contains(fault(3, kNan), "tie_eps"));
  const auto broken = [](std::size_t actor, std::span<const ActorSet> neighbours) {
    return actor == 2 && neighbours[2] == 0b11 ? kNan : 0.0;
  };
  CHECK(testing::contains(testing::error_message([&] { link_formation(3, broken); }),
                          "actor 2 is not a finite number where the neighbours of each actor are {2} {2} {0, 1}"));
  CHECK(testing::contains(testing::error_message([] { Connections(1.5, .1); }), "decay"));
  CHECK(testing::contains(testing::error_message([] { Connections(.5, kNan); }), "cost of a link"));
  CHECK(link_formation(1, Connections(.5, .1)).stable == std::vector<LinkSet>{0});
}
