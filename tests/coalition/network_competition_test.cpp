#include "sim/coalition/network_competition.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

namespace {

std::vector<NetworkEquilibrium> equilibria(const std::vector<std::size_t>& sizes, double effect, double demand = 1.0) {
  return network_equilibria(sizes, effect, demand);
}

/// No firm gains by another output while buyers expect networks of these sizes: x = max(0, A − c + γ·y − Q).
void check_best_replies(const NetworkEquilibrium& found, double effect, double demand) {
  double total = 0.0;
  for (const CompatibleGroup& group : found.groups) total += static_cast<double>(group.firms) * group.output;
  CHECK(found.total == near(total));
  for (const CompatibleGroup& group : found.groups) {
    const double network = static_cast<double>(group.firms) * group.output;
    CHECK(group.output == near(std::max(0.0, demand + effect * network - total), 1e-9, 1e-12 * demand));
  }
}

}  // namespace

TEST_CASE("Katz & Shapiro: n compatible firms sell 1/(n + 1 - gamma n) each, n alone 1/(n + 1 - gamma)") {
  for (const double effect : {0.0, 0.1, 0.5, 0.9}) {
    for (std::size_t n = 1; n <= 12; ++n) {
      const auto firms = static_cast<double>(n);
      const auto together = equilibria({n}, effect), alone = equilibria(std::vector<std::size_t>(n, 1), effect);
      REQUIRE(together.size() == 1);
      REQUIRE(alone.size() == 1);
      CHECK(together[0].groups[0].output == near(1.0 / (firms + 1.0 - effect * firms)));
      CHECK(alone[0].groups[n - 1].output == near(1.0 / (firms + 1.0 - effect)));
    }
  }
  CHECK(equilibria({3}, .5)[0].groups[0].output == near(.4));
  CHECK(equilibria({1, 1, 1}, .5)[0].groups[0].output == near(2.0 / 7.0));
  CHECK(equilibria({3}, .5)[0].total / equilibria({1, 1, 1}, .5)[0].total == near(1.4));
}

TEST_CASE("in every equilibrium each firm answers best to what buyers expect") {
  for (std::uint32_t world = 0; world < 400; ++world) {
    const Draws draws(61, Purpose::kTest, world, 0);
    std::vector<std::size_t> sizes(1 + draws.below(6, 0));
    for (std::size_t g = 0; g < sizes.size(); ++g) sizes[g] = 1 + draws.below(6, static_cast<std::uint32_t>(3 + g));
    const double effect = 0.99 * draws.uniform(1), demand = 0.1 + 10.0 * draws.uniform(2);
    const auto found = equilibria(sizes, effect, demand);
    REQUIRE(!found.empty());
    for (const NetworkEquilibrium& equilibrium : found) {
      REQUIRE(equilibrium.groups.size() == sizes.size());
      for (std::size_t g = 0; g < sizes.size(); ++g) CHECK(equilibrium.groups[g].firms == sizes[g]);
      CHECK(equilibrium.total > 0.0);
      check_best_replies(equilibrium, effect, demand);
    }
    const auto largest = static_cast<double>(*std::max_element(sizes.begin(), sizes.end()));
    if (effect * largest < 1.0) CHECK(found.size() == 1);
  }
}

TEST_CASE("two compatible firms sell more than if the third joined them, and buyers lose by it") {
  const auto two = equilibria({2, 1}, .25)[0], three = equilibria({3}, .25)[0];
  CHECK(two.groups[0].output == near(6.0 / 19.0));
  CHECK(two.groups[1].output == near(4.0 / 19.0));
  CHECK(three.groups[0].output == near(4.0 / 13.0));
  CHECK(NetworkEquilibrium::profit(two.groups[0]) > NetworkEquilibrium::profit(three.groups[0]));
  CHECK(two.consumer_surplus() == near(128.0 / 361.0));
  CHECK(three.total_surplus() == near(72.0 / 169.0 + 3.0 * 16.0 / 169.0));
  CHECK(two.total_surplus() < three.total_surplus());
}

TEST_CASE("a group that gains by its size more than it gives way drives smaller ones out") {
  const auto found = equilibria({1, 4, 2}, .4);
  REQUIRE(found.size() == 1);
  CHECK(found[0].groups[0].output == 0.0);
  CHECK(found[0].groups[1].output == near(1.0 / (5.0 - 1.6)));
  CHECK(found[0].groups[2].output == 0.0);
  const auto just = equilibria({2, 1}, .5);  // γ·2 = 1
  REQUIRE(just.size() == 1);
  CHECK(just[0].groups[0].output == .5);
  CHECK(just[0].groups[1].output == 0.0);
}

TEST_CASE("several such groups: any of them may be those who sell, most sellers first") {
  const auto selling = [](const NetworkEquilibrium& equilibrium) {
    std::string text;
    for (const CompatibleGroup& group : equilibrium.groups) text += group.output > 0.0 ? '+' : '-';
    return text;
  };
  const auto found = equilibria({3, 4, 3}, .5);
  std::vector<std::string> cases;
  for (const NetworkEquilibrium& equilibrium : found) cases.push_back(selling(equilibrium));
  CHECK(cases == std::vector<std::string>{"+++", "++-", "+-+", "-+-", "+--"});
  const auto even = equilibria({2, 2}, .5);
  REQUIRE(even.size() == 2);
  CHECK(even[0].groups[0].output == .25);
  CHECK(even[0].groups[1].output == .25);
  CHECK(selling(even[1]) == "+-");
  CHECK(even[1].groups[0].output == .5);
}

TEST_CASE("the most groups that there can be have their cases told") {
  const auto found = equilibria({2, 3, 4, 5, 6, 7, 8, 9, 10, 10}, .99);
  CHECK(found.size() == 767);  // 2⁸ · 3 − 1 choices of who sells
  for (const NetworkEquilibrium& equilibrium : found) check_best_replies(equilibrium, .99, 1.0);
}

TEST_CASE("network competition that cannot be is refused") {
  const auto fault = [](const std::vector<std::size_t>& sizes, double effect, double demand) {
    return testing::error_message([&] { network_equilibria(sizes, effect, demand); });
  };
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  CHECK(testing::contains(fault({}, .5, 1), "1 to 64 firms"));
  CHECK(testing::contains(fault({40, 25}, .5, 1), "1 to 64 firms"));
  CHECK(testing::contains(fault({2, 0}, .5, 1), "a group of 0 firms"));
  CHECK(testing::contains(fault({65}, .5, 1), "a group of 65 firms"));
  for (const double effect : {-.1, 1.0, nan}) CHECK(testing::contains(fault({2}, effect, 1), "at least 0 and below 1"));
  for (const double demand : {0.0, -1.0, nan, infinity}) {
    CHECK(testing::contains(fault({2}, .5, demand), "positive and finite"));
  }
}
