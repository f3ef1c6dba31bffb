#include "sim/coalition/voting_power.hpp"

#include <bit>
#include <numeric>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"
#include "tests/support/voting_rules.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;
using testing::Rule;

namespace {

// Swings by size of one voter, straight from the definition.
std::vector<std::uint64_t> plain_swings(const Rule& rule, std::size_t voter) {
  const std::size_t n = rule[0].weight.size();
  std::vector<std::uint64_t> swings(n, 0);
  for (std::uint32_t members = 0; members < 1U << n; ++members) {
    if ((members >> voter & 1U) != 0 || testing::passes(rule, members)) continue;
    if (testing::passes(rule, members | 1U << voter)) ++swings[static_cast<std::size_t>(std::popcount(members))];
  }
  return swings;
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("the UN Security Council: power of its permanent and elected members as exact fractions") {
  const auto power = power_fractions(count_swings(testing::security_council()));
  for (std::size_t voter = 0; voter < 15; ++voter) {
    const bool permanent = voter < 5;
    CHECK(power.shapley_shubik[voter] == (permanent ? Fraction(421, 2145) : Fraction(4, 2145)));
    CHECK(power.banzhaf[voter] == (permanent ? Fraction(106, 635) : Fraction(21, 1270)));
    CHECK(power.banzhaf_absolute[voter] == (permanent ? Fraction(53, 1024) : Fraction(21, 4096)));
  }
  CHECK(power.to_act == Fraction(53, 2048));
  CHECK(power.to_prevent[0] == Fraction(1, 1));
  CHECK(power.shapley_shubik[0].text() == "421/2145");
}

TEST_CASE("the EEC of 1958: Luxembourg was a dummy, and the large three had 7/30 each") {
  const auto power = power_fractions(count_swings(testing::economic_community()));
  const std::vector<Fraction> shapley = {{7, 30}, {7, 30}, {7, 30}, {3, 20}, {3, 20}, {0, 1}};
  const std::vector<Fraction> banzhaf = {{5, 21}, {5, 21}, {5, 21}, {1, 7}, {1, 7}, {0, 1}};
  CHECK(power.shapley_shubik == shapley);
  CHECK(power.banzhaf == banzhaf);
  CHECK(power.to_act == Fraction(7, 32));
  CHECK(power.to_initiate[5] == Fraction(0, 1));
}

// Figures by full enumeration of 2^27 coalitions and of sizes by dynamic programming, outside this program.
TEST_CASE("the EU of 27 under the votes of Nice: Shapley-Shubik, Banzhaf, swing probability") {
  const auto power = power_indices(count_swings(testing::treaty_of_nice()));
  struct Row {
    std::size_t member;
    double shapley, banzhaf, absolute;
  };
  const std::vector<Row> rows = {{0, 0.0867377480632966, 0.07782695984038843, 0.032688140869140625},
                                 {4, 0.07997458462527786, 0.07419812116668348, 0.03116399049758911},
                                 {6, 0.03993664343812412, 0.04259156215182711, 0.017888903617858887},
                                 {7, 0.036825046012352515, 0.03974033176534465, 0.016691356897354126},
                                 {8, 0.03406831705458708, 0.03684368945224276, 0.01547473669052124},
                                 {13, 0.028193144568497912, 0.03092459959807607, 0.012988656759262085},
                                 {16, 0.019605983722284705, 0.021808439153765777, 0.009159773588180542},
                                 {21, 0.011041905154167909, 0.012501548617653858, 0.005250781774520874},
                                 {26, 0.008177685685089104, 0.009421839475367365, 0.003957271575927734}};
  for (const Row& row : rows) {
    CHECK(power.shapley_shubik[row.member] == near(row.shapley, 1e-13));
    CHECK(power.banzhaf[row.member] == near(row.banzhaf, 1e-13));
    CHECK(power.banzhaf_absolute[row.member] == near(row.absolute, 1e-13));
  }
  CHECK(power.to_act == near(0.020256444811820984, 1e-13));
}

TEST_CASE("swings counted by generating functions are those by definition, with up to three conditions") {
  for (std::uint32_t world = 0; world < 150; ++world) {
    const Rule rule = testing::random_rule(world, 9);
    const SwingCounts swings = count_swings(rule);
    std::uint64_t winning = 0;
    for (std::uint32_t members = 0; members < 1U << swings.voters; ++members) {
      winning += testing::passes(rule, members) ? 1 : 0;
    }
    REQUIRE(swings.winning == winning);
    for (std::size_t voter = 0; voter < swings.voters; ++voter) {
      const auto plain = plain_swings(rule, voter);
      REQUIRE(std::equal(plain.begin(), plain.end(), swings.by_size.begin() + static_cast<long>(voter * plain.size())));
    }
  }
}

TEST_CASE("power sums to one, is nothing for who weighs nothing, and decimals are the fractions") {
  for (std::uint32_t world = 0; world < 60; ++world) {
    const Rule rule = testing::random_rule(world, 12);
    const SwingCounts swings = count_swings(rule);
    const auto power = power_indices(swings);
    const auto exact = power_fractions(swings);
    REQUIRE(sum(power.shapley_shubik) == near(1.0, 1e-13));
    REQUIRE(sum(power.banzhaf) == near(1.0, 1e-13));
    for (std::size_t voter = 0; voter < swings.voters; ++voter) {
      REQUIRE(power.shapley_shubik[voter] == near(exact.shapley_shubik[voter].value()));
      REQUIRE(power.banzhaf[voter] == near(exact.banzhaf[voter].value()));
      REQUIRE(power.banzhaf_absolute[voter] == near(exact.banzhaf_absolute[voter].value()));
      REQUIRE(power.to_prevent[voter] == near(exact.to_prevent[voter].value()));
      REQUIRE(power.to_initiate[voter] == near(exact.to_initiate[voter].value()));
      bool weightless = true;
      for (const WeightCondition& condition : rule) weightless = weightless && condition.weight[voter] == 0;
      if (weightless) REQUIRE(swings.of(voter) == 0);
    }
  }
}

TEST_CASE("a rule on a number of members and one on their weight bind together") {
  // Two of three parties that hold 6 of 10: the large one is in every winning coalition.
  const Rule rule = {{2, {1, 1, 1}}, {6, {5, 3, 2}}};
  const auto power = power_fractions(count_swings(rule));
  CHECK(power.shapley_shubik == std::vector<Fraction>{{2, 3}, {1, 6}, {1, 6}});
  CHECK(power.to_prevent[0] == Fraction(1, 1));
  CHECK(power.to_act == Fraction(3, 8));
}

TEST_CASE("33 and 64 equal voters share power equally; unanimity gives everybody a veto") {
  const Rule majority = {{17, std::vector<std::uint64_t>(33, 1)}};
  const auto exact = power_fractions(count_swings(majority));
  CHECK(exact.shapley_shubik[32] == Fraction(1, 33));
  CHECK(exact.to_act == Fraction(1, 2));
  const Rule large = {{33, std::vector<std::uint64_t>(64, 1)}};
  const auto power = power_indices(count_swings(large));
  CHECK(power.shapley_shubik[63] == near(1.0 / 64.0, 1e-13));
  // C(63, 32)/2^63.
  CHECK(power.banzhaf_absolute[0] == near(916312070471295267.0 / 9223372036854775808.0));
  const Rule unanimity = {{64, std::vector<std::uint64_t>(64, 1)}};
  const SwingCounts swings = count_swings(unanimity);
  CHECK(swings.winning == 1);
  CHECK(power_indices(swings).to_prevent[5] == 1.0);
  CHECK(power_indices(swings).to_initiate[5] == near(1.0 / 18446744073709551615.0));
}

TEST_CASE("rules too large to count are refused and pointed to sampling") {
  const Rule many = {{33, std::vector<std::uint64_t>(65, 1)}};
  CHECK(testing::contains(testing::error_message([&] { count_swings(many); }), "65 voters"));
  const Rule fine = {{1000000, std::vector<std::uint64_t>(20, 1000000)}};
  CHECK(testing::contains(testing::error_message([&] { count_swings(fine); }), "coarser unit of weight or sample"));
  const SwingCounts swings = count_swings(Rule{{20, std::vector<std::uint64_t>(35, 1)}});
  CHECK(testing::contains(testing::error_message([&] { power_fractions(swings); }), "exact up to 34 voters"));
  CHECK_THROWS_AS(swings.of(35), InternalError);
}
