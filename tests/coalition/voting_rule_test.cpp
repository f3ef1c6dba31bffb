#include "sim/coalition/voting_rule.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/voting_rules.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::contains;
using testing::error_message;

namespace {

std::string fault_of(const testing::Rule& rule) {
  return error_message([&] { voters_of(rule); });
}

}  // namespace

TEST_CASE("a coalition wins if it meets every condition, with equality too") {
  const testing::Rule rule = {{2, {1, 1, 1}}, {10, {8, 5, 2}}};
  CHECK(voters_of(rule) == 3);
  Tally tally(rule);
  CHECK_FALSE(tally.wins());
  tally.add(0);
  CHECK_FALSE(tally.wins());
  tally.add(2);
  CHECK(tally.wins());
  tally.clear();
  tally.add(1);
  tally.add(2);
  CHECK_FALSE(tally.wins());
}

TEST_CASE("swings by the tally are those by the definition") {
  for (std::uint32_t world = 0; world < 60; ++world) {
    const testing::Rule rule = testing::random_rule(world, 7);
    const std::size_t n = voters_of(rule);
    for (std::uint32_t members = 0; members < 1U << n; ++members) {
      Tally tally(rule);
      for (std::size_t voter = 0; voter < n; ++voter) {
        if ((members >> voter & 1U) != 0) tally.add(voter);
      }
      REQUIRE(tally.wins() == testing::passes(rule, members));
      for (std::size_t voter = 0; voter < n; ++voter) {
        const bool swing =
            testing::passes(rule, members | 1U << voter) && !testing::passes(rule, members & ~(1U << voter));
        REQUIRE(tally.is_swing(voter, (members >> voter & 1U) != 0) == swing);
      }
    }
  }
}

TEST_CASE("rules that no vote could follow are refused with condition, figures and remedy") {
  CHECK(contains(fault_of({}), "no condition"));
  CHECK(contains(fault_of({{1, {}}}), "no voter"));
  CHECK(contains(fault_of({{0, {1, 1}}}), "condition 0: the quota is 0"));
  CHECK(contains(fault_of({{1, {1, 1}}, {3, {1, 1}}}), "condition 1: the quota 3 is above the sum of all weights, 2"));
  CHECK(contains(fault_of({{1, {1, 1}}, {1, {1}}}), "condition 1: 1 weights, but the first condition has 2"));
  const std::uint64_t half = std::uint64_t{1} << 63;
  CHECK(contains(fault_of({{1, {half, half}}}), "voter 1 sum to more than 64 bits"));
}
