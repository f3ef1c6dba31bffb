#include "sim/coalition/stability.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"
#include "tests/support/treaties.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

namespace {

double random_payoff(std::uint32_t world, std::size_t actor, ActorSet set) {
  // Few values, so that ties are common.
  return Draws(8, Purpose::kTest, world, set, static_cast<std::uint16_t>(actor)).below(6);
}

std::vector<std::uint8_t> members_of(ActorSet set, std::size_t n) {
  std::vector<std::uint8_t> is_member(n);
  for (std::size_t actor = 0; actor < n; ++actor) is_member[actor] = contains(set, actor) ? 1 : 0;
  return is_member;
}

ActorSet set_of(std::span<const std::uint8_t> is_member) {
  ActorSet set = 0;
  for (std::size_t actor = 0; actor < is_member.size(); ++actor) set = is_member[actor] != 0 ? with(set, actor) : set;
  return set;
}

// Cournot profits with linear demand and unit margin when k of n firms form a cartel (Salant, Switzer & Reynolds 1983).
double cartel_profit(std::size_t n, ActorSet cartel, std::size_t firm) {
  const std::size_t k = std::max<std::size_t>(size_of(cartel), 1);
  const auto sellers = static_cast<double>(n - k + 1);
  const double profit = 1.0 / ((sellers + 1.0) * (sellers + 1.0));
  return contains(cartel, firm) ? profit / static_cast<double>(k) : profit;
}

}  // namespace

TEST_CASE("Li & Rus: {2, 4, 5, 6} is the only stable treaty of two countries or more; transfers allow up to nine") {
  const PublicGood good = testing::ten_emitters();
  const auto payoff = [&](std::size_t actor, ActorSet set) { return good.payoff_of(actor, set); };
  const StableCoalitions found = stable_coalitions(10, payoff, 1e-3);
  std::vector<ActorSet> larger;
  std::copy_if(found.stable.begin(), found.stable.end(), std::back_inserter(larger),
               [](ActorSet set) { return size_of(set) >= 2; });
  CHECK(larger == std::vector<ActorSet>{0b0000111010});
  const std::vector<std::size_t> expected = {34, 101, 153, 185, 144, 65, 14, 1, 0};
  CHECK(std::equal(expected.begin(), expected.end(), found.potentially_internal_by_size.begin() + 2));
  // A treaty of one changes nothing: nobody gains by being the first, and no treaty is an equilibrium.
  CHECK(found.stable.front() == 0);
  CHECK(found.internal_by_size[1] == 10);
}

TEST_CASE("Li & Rus: countries that leave the treaty of all, keenest first, stop at {2, 4, 5, 6}") {
  const PublicGood good = testing::ten_emitters();
  std::vector<std::uint8_t> is_member(10, 1);
  const auto payoff = [&](std::size_t actor, std::span<const std::uint8_t> coalition) {
    return good.payoff_of(actor, coalition);
  };
  std::size_t exits = 0;
  for (Stability report = stability(is_member, payoff); !report.internal; report = stability(is_member, payoff)) {
    is_member[report.first_to_leave[0]] = 0;
    REQUIRE(++exits <= 10);
  }
  CHECK(set_of(is_member) == 0b0000111010);
  const Stability report = stability(is_member, payoff);
  CHECK(report.strictly_internal);
  CHECK(report.strictly_external);
  CHECK(report.potentially_internal);
}

TEST_CASE("a Cournot cartel is stable with two firms only, and pays once about four fifths are in it") {
  for (const std::size_t n : {2U, 3U, 5U, 10U}) {
    const auto payoff = [&](std::size_t firm, ActorSet cartel) { return cartel_profit(n, cartel, firm); };
    const StableCoalitions found = stable_coalitions(n, payoff, 1e-12);
    for (std::size_t k = 2; k <= n; ++k) CHECK((found.stable_by_size[k] > 0) == (n == 2));
    const auto size = static_cast<double>(n);
    const double least = (2.0 * size + 3.0 - std::sqrt(4.0 * size + 5.0)) / 2.0;
    for (std::size_t k = 2; k <= n; ++k) {
      const double gain = cartel_profit(n, (ActorSet{1} << k) - 1, 0) - cartel_profit(n, 0, 0);
      if (std::fabs(static_cast<double>(k) - least) < 1e-9) {
        CHECK(gain == near(0.0, 0.0, 1e-15));  // five firms: exactly four
      } else {
        CHECK((gain > 0.0) == (static_cast<double>(k) > least));
      }
    }
  }
}

TEST_CASE("the list of stable coalitions is the one by definition, in random games full of ties") {
  for (std::uint32_t world = 0; world < 40; ++world) {
    constexpr std::size_t kActors = 5;
    const double tie_eps = world % 2 == 0 ? 0.0 : 1.5;
    const auto payoff = [&](std::size_t actor, ActorSet set) { return random_payoff(world, actor, set); };
    const StableCoalitions found = stable_coalitions(kActors, payoff, tie_eps);
    std::vector<ActorSet> stable, strictly;
    std::vector<std::size_t> internal(kActors + 1, 0), potential(kActors + 1, 0);
    for (ActorSet set = 0; set < 1U << kActors; ++set) {
      const auto is_member = members_of(set, kActors);
      const Stability one = stability(
          is_member,
          [&](std::size_t actor, std::span<const std::uint8_t> coalition) { return payoff(actor, set_of(coalition)); },
          tie_eps);
      bool leaves = false, joins = false;
      for (std::size_t actor = 0; actor < kActors; ++actor) {
        const double in = payoff(actor, with(set, actor)), out = payoff(actor, without(set, actor));
        REQUIRE(one.margin[actor] == in - out);
        leaves = leaves || (contains(set, actor) && out > in + tie_eps);
        joins = joins || (!contains(set, actor) && in > out + tie_eps);
      }
      REQUIRE(one.internal == !leaves);
      REQUIRE(one.external == !joins);
      REQUIRE((!one.internal || one.potentially_internal));
      REQUIRE((!one.strictly_internal || one.internal));
      if (one.stable()) stable.push_back(set);
      if (one.strictly_internal && one.strictly_external) strictly.push_back(set);
      internal[size_of(set)] += one.internal ? 1 : 0;
      potential[size_of(set)] += one.potentially_internal ? 1 : 0;
    }
    REQUIRE(found.stable == stable);
    REQUIRE(found.strictly_stable == strictly);
    REQUIRE(found.internal_by_size == internal);
    REQUIRE(found.potentially_internal_by_size == potential);
  }
}

TEST_CASE("who holds out longest, and what tips each") {
  const std::vector<std::uint8_t> is_member = {1, 0, 1, 0, 1, 0};
  const std::vector<double> margin = {2.0, -3.0, -1.0, -0.5, 2.0, 4.0};
  const Stability report = stability_from_margins(is_member, margin);
  CHECK(report.first_to_leave == std::vector<std::uint32_t>{2, 0, 4});
  CHECK(report.first_to_join == std::vector<std::uint32_t>{5, 3, 1});
  CHECK(report.surplus == 3.0);
  CHECK_FALSE(report.internal);
  CHECK_FALSE(report.external);
  CHECK(report.potentially_internal);
  const std::vector<double> payments = {2.0, 3.0, 0.0, 0.5, 2.0, 0.0}, keeping = {0.0, 0.0, 1.0, 0.0, 0.0, 4.0};
  for (std::size_t actor = 0; actor < 6; ++actor) {
    CHECK(report.payment_to_change(actor, is_member) == payments[actor]);
    CHECK(report.payment_to_keep(actor, is_member) == keeping[actor]);
  }
  const std::vector<std::uint32_t> rank = {5, 4, 3, 2, 1, 0};
  CHECK(stability_from_margins(is_member, margin, 0.0, rank).first_to_leave == std::vector<std::uint32_t>{2, 4, 0});
}

TEST_CASE("transfers hold every treaty that can be held: Li & Rus with all but one country") {
  const PublicGood good = testing::ten_emitters();
  const auto payoff = [&](std::size_t actor, std::span<const std::uint8_t> coalition) {
    return good.payoff_of(actor, coalition);
  };
  std::size_t held = 0;
  for (std::size_t outside = 0; outside < 10; ++outside) {
    std::vector<std::uint8_t> is_member(10, 1);
    is_member[outside] = 0;
    const Stability report = stability(is_member, payoff);
    const auto transfer = stabilising_transfers(is_member, report.margin);
    double sum = 0.0;
    bool all_stay = true;
    for (std::size_t actor = 0; actor < 10; ++actor) {
      sum += transfer[actor];
      if (actor != outside) all_stay = all_stay && report.margin[actor] + transfer[actor] >= 0.0;
    }
    CHECK(sum == near(0.0, 0.0, 1e-3));  // of payoffs of 10¹¹
    CHECK(transfer[outside] == 0.0);
    CHECK(all_stay == report.potentially_internal);
    held += report.potentially_internal ? 1 : 0;
  }
  CHECK(held == 1);
}

TEST_CASE("the surplus is shared by weight among members") {
  const std::vector<std::uint8_t> is_member = {1, 0, 1}, nobody = {0, 0, 0};
  const std::vector<double> margin = {5.0, 9.0, -1.0}, weight = {1.0, 7.0, 3.0}, none = {0.0, 1.0, 0.0};
  CHECK(stabilising_transfers(is_member, margin) == std::vector<double>{-3.0, 0.0, 3.0});
  CHECK(stabilising_transfers(is_member, margin, weight) == std::vector<double>{-4.0, 0.0, 4.0});
  CHECK(stabilising_transfers(nobody, margin) == std::vector<double>(3, 0.0));
  const std::vector<double> negative = {1.0, 0.0, -1.0};
  CHECK(
      testing::contains(testing::error_message([&] { stabilising_transfers(is_member, margin, none); }), "no member"));
  CHECK(testing::contains(testing::error_message([&] { stabilising_transfers(is_member, margin, negative); }),
                          "weight of actor 2"));
  CHECK_THROWS_AS(stabilising_transfers(is_member, margin, std::span(weight).first(2)), InternalError);
}

TEST_CASE("renaming actors renames their stability") {
  constexpr std::size_t kActors = 6;
  constexpr ActorSet kAll = (ActorSet{1} << kActors) - 1;
  const auto turned = [](ActorSet set) { return (set << 1 | set >> (kActors - 1)) & kAll; };
  for (std::uint32_t world = 0; world < 10; ++world) {
    const auto payoff = [&](std::size_t actor, ActorSet set) { return random_payoff(world, actor, set); };
    const auto renamed = [&](std::size_t actor, ActorSet set) {
      return random_payoff(world, (actor + 1) % kActors, turned(set));
    };
    std::vector<ActorSet> expected = stable_coalitions(kActors, payoff).stable;
    std::vector<ActorSet> found;
    for (const ActorSet set : stable_coalitions(kActors, renamed).stable) found.push_back(turned(set));
    std::sort(found.begin(), found.end());
    REQUIRE(found == expected);
  }
}

TEST_CASE("bad payoffs, tolerances and sizes are refused with their place") {
  const auto payoff = [](std::size_t actor, ActorSet set) {
    return actor == 1 && set == 5 ? std::numeric_limits<double>::infinity() : 0.0;
  };
  CHECK(testing::contains(testing::error_message([&] { stable_coalitions(3, payoff); }),
                          "the payoff of actor 1 when the coalition is {0, 2} is not a finite number"));
  CHECK(testing::contains(testing::error_message([&] { stable_coalitions(23, payoff); }), "23 actors"));
  CHECK(testing::contains(testing::error_message([&] { stable_coalitions(3, payoff, -1.0); }), "tie_eps"));
  const std::vector<std::uint8_t> is_member = {1, 0};
  const std::vector<double> margin = {1.0, std::nan("")}, short_margin = {1.0};
  CHECK(testing::contains(testing::error_message([&] { stability_from_margins(is_member, margin); }), "actor 1"));
  CHECK_THROWS_AS(stability_from_margins(is_member, short_margin), InternalError);
}
