#include "sim/coalition/public_good.hpp"

#include <limits>

#include "sim/coalition/stability.hpp"
#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"
#include "tests/support/treaties.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::first_members;
using testing::near;

namespace {

// Sizes k ≥ 2 of stable coalitions of equal actors.
std::vector<std::size_t> stable_sizes(const PublicGood& good) {
  std::vector<std::size_t> sizes;
  const std::size_t n = good.actors();
  for (std::size_t k = 2; k <= n; ++k) {
    const auto report = stability(
        first_members(k, n),
        [&](std::size_t actor, std::span<const std::uint8_t> is_member) { return good.payoff_of(actor, is_member); },
        1e-9);
    if (report.stable()) sizes.push_back(k);
  }
  return sizes;
}

double total_payoff(const PublicGood& good, ActorSet coalition) {
  double sum = 0.0;
  for (std::size_t actor = 0; actor < good.actors(); ++actor) sum += good.payoff_of(actor, coalition);
  return sum;
}

PublicGood random_good(std::uint32_t world, Stage stage) {
  const Draws draws(3, Purpose::kTest, world, 0);
  std::vector<PublicGoodTaste> tastes(5);
  std::vector<double> target;
  std::uint32_t next = 0;
  for (PublicGoodTaste& taste : tastes) {
    taste = {draws.normal(next), 0.5 + draws.uniform(next + 1), draws.normal(next + 2), draws.uniform(next + 3)};
    if (stage == Stage::kTarget) target.push_back(draws.normal(next + 4));
    next += 5;
  }
  return {tastes, stage, target};
}

// Q when members contribute `given` and those outside answer until nothing changes.
double answered_sum(const PublicGood& good, ActorSet coalition, const std::vector<double>& given) {
  std::vector<double> contribution = given;
  double sum = 0.0;
  for (int round = 0; round < 2000; ++round) {
    sum = 0.0;
    for (const double value : contribution) sum += value;
    for (std::size_t actor = 0; actor < good.actors(); ++actor) {
      if (contains(coalition, actor)) continue;
      contribution[actor] += 0.1 * (good.contribution_of_outsider(actor, sum) - contribution[actor]);
    }
  }
  return sum;
}

double members_utility(const PublicGood& good, ActorSet coalition, const std::vector<double>& given, double sum) {
  double utility = 0.0;
  for (std::size_t actor = 0; actor < good.actors(); ++actor) {
    if (contains(coalition, actor)) utility += good.payoff(actor, given[actor], sum);
  }
  return utility;
}

}  // namespace

TEST_CASE("Li & Rus: emissions and welfare without treaty, under {2, 4, 5, 6} and under all ten") {
  const PublicGood good = testing::ten_emitters();
  constexpr ActorSet kStable = 0b0000111010, kAll = 0b1111111111;
  CHECK(good.sum_of_contributions(good.totals(ActorSet{0})) == near(2793754.422905989, 1e-9));
  CHECK(good.sum_of_contributions(good.totals(kStable)) == near(2727250.87312931, 1e-9));
  CHECK(good.sum_of_contributions(good.totals(kAll)) == near(2586697.8227358735, 1e-9));
  // Table B.6 as printed.
  CHECK(good.sum_of_contributions(good.totals(ActorSet{0})) / 1e6 == near(2.7938, 2e-5));
  CHECK(good.sum_of_contributions(good.totals(kStable)) / 1e6 == near(2.7273, 2e-5));
  CHECK(good.sum_of_contributions(good.totals(kAll)) / 1e6 == near(2.5867, 2e-5));
  CHECK(total_payoff(good, 0) / 1e12 == near(1.2563, 4e-5));
  CHECK(total_payoff(good, kStable) / 1e12 == near(1.2591, 4e-5));
  CHECK(total_payoff(good, kAll) / 1e12 == near(1.2653, 4e-5));
  // Two digits more, by an enumeration outside this program.
  CHECK(total_payoff(good, 0) / 1e12 == near(1.25625, 0.0, 5e-6));
  CHECK(total_payoff(good, kStable) / 1e12 == near(1.25911, 0.0, 5e-6));
  CHECK(total_payoff(good, kAll) / 1e12 == near(1.26528, 0.0, 5e-6));
}

TEST_CASE("Barrett 1994, table 1: abatement and payoffs of signatories and others at every size") {
  const PublicGood good = testing::barrett(10, 0.25);
  struct Row {
    double signatory, other, sum, payoff_signatory, payoff_other, total;
  };
  const std::vector<Row> rows = {
      {0.0, 8.0, 80.0, 0.0, 472.0, 4720.0},
      {1.8552875695732842, 8.534322820037108, 78.66419294990723, 476.8089053803339, 468.1348336264848,
       4690.022408018697},
      {4.158004158004158, 8.73180873180873, 78.17047817047818, 474.012474012474, 466.64303836861006, 4681.169254973828},
      {6.651884700665188, 8.425720620842572, 78.93569844789357, 472.2838137472284, 468.9406640085349,
       4699.436089301429},
      {8.908685968819599, 7.57238307349666, 81.06904231625835, 472.1603563474388, 474.91331888234686,
       4738.121338683836},
      {10.526315789473685, 6.315789473684211, 84.21052631578948, 473.6842105263159, 482.54847645429373,
       4781.163434903048},
      {11.342155009451794, 4.914933837429113, 87.71266540642722, 476.37051039697553, 489.43149860099135,
       4815.949056785818},
      {11.456628477905074, 3.6006546644844506, 90.99836333878888, 479.5417348608839, 494.32793761936784,
       4839.77595688429},
      {11.095700416088766, 2.4965325936199716, 93.75866851595008, 482.6629680998615, 497.27320469143467,
       4855.850154181761},
      {10.477299185098952, 1.6298020954598371, 95.92549476135041, 485.44819557625146, 498.8378884942152,
       4867.871648680478},
      {9.75609756097561, 0.9756097560975604, 97.5609756097561, 487.8048780487805, 0.0, 4878.048780487805}};
  for (std::size_t k = 0; k <= 10; ++k) {
    const ActorSet members = (ActorSet{1} << k) - 1;
    const auto totals = good.totals(members);
    const double sum = good.sum_of_contributions(totals);
    CHECK(sum == near(rows[k].sum));
    CHECK(total_payoff(good, members) == near(rows[k].total));
    if (k > 0) {
      CHECK(good.contribution_of_member(0, totals, sum) == near(rows[k].signatory));
      CHECK(good.payoff_of(0, members) == near(rows[k].payoff_signatory));
    }
    if (k == 10) continue;
    CHECK(good.contribution_of_outsider(9, sum) == near(rows[k].other));
    CHECK(good.payoff_of(9, members) == near(rows[k].payoff_other));
  }
}

TEST_CASE("Barrett 1994: the stable number of signatories falls with the cost of abatement, whatever n") {
  const std::vector<double> gammas = {.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 100};
  struct Row {
    std::size_t n;
    std::vector<std::size_t> stable;
  };
  const std::vector<Row> rows = {{10, {10, 8, 6, 4, 3, 3, 3, 2, 2, 2}},
                                 {20, {17, 11, 8, 5, 3, 3, 3, 2, 2, 2}},
                                 {50, {34, 16, 10, 5, 4, 3, 3, 3, 2, 2}},
                                 {100, {51, 18, 11, 5, 4, 3, 3, 3, 3, 2}}};
  for (const Row& row : rows) {
    for (std::size_t at = 0; at < gammas.size(); ++at) {
      INFO("n " << row.n << " gamma " << gammas[at]);
      CHECK(stable_sizes(testing::barrett(row.n, gammas[at])) == std::vector<std::size_t>{row.stable[at]});
    }
  }
}

TEST_CASE("with simultaneous moves the same treaty has no members while abating is cheap, and two when it is dear") {
  for (const double gamma : {.01, .1, .25, 1.0}) {
    CHECK(stable_sizes(testing::barrett(10, gamma, Stage::kNash)).empty());
  }
  for (const double gamma : {2.5, 5.0, 100.0}) {
    CHECK(stable_sizes(testing::barrett(10, gamma, Stage::kNash)) == std::vector<std::size_t>{2});
  }
}

TEST_CASE("linear benefit, quadratic cost: two or three sign, and the third is indifferent") {
  constexpr double kBenefit = 2.0, kCost = 0.7;
  for (const std::size_t n : {3U, 5U, 12U}) {
    const PublicGood good(std::vector<PublicGoodTaste>(n, {0.0, kCost, kBenefit, 0.0}), Stage::kNash);
    CHECK(stable_sizes(good) == std::vector<std::size_t>{2, 3});
    for (std::size_t k = 1; k <= n; ++k) {
      const ActorSet members = (ActorSet{1} << k) - 1;
      const double margin = good.payoff_of(0, members) - good.payoff_of(0, without(members, 0));
      const auto size = static_cast<double>(k);
      CHECK(margin == near(-kBenefit * kBenefit / (2.0 * kCost) * (size - 1.0) * (size - 3.0), 1e-10, 1e-10));
    }
  }
}

TEST_CASE("members' contributions are best for the sum of members at every stage, outsiders' for themselves") {
  for (std::uint32_t world = 0; world < 12; ++world) {
    for (const Stage stage : {Stage::kNash, Stage::kStackelberg}) {
      const PublicGood good = random_good(world, stage);
      const ActorSet coalition = 0b10110;
      const auto totals = good.totals(coalition);
      const double sum = good.sum_of_contributions(totals);
      std::vector<double> chosen(5, 0.0);
      double added = 0.0;
      for (std::size_t actor = 0; actor < 5; ++actor) {
        chosen[actor] = contains(coalition, actor) ? good.contribution_of_member(actor, totals, sum)
                                                   : good.contribution_of_outsider(actor, sum);
        added += chosen[actor];
      }
      REQUIRE(added == near(sum, 1e-10));
      const double best = members_utility(good, coalition, chosen, sum);
      for (const double step : {-0.01, 0.01}) {
        std::vector<double> other = chosen;
        other[2] += step;
        const double answered = stage == Stage::kNash ? sum + step : answered_sum(good, coalition, other);
        REQUIRE(members_utility(good, coalition, other, answered) < best);
        REQUIRE(good.payoff(0, chosen[0] + step, sum + step) < good.payoff(0, chosen[0], sum));
      }
    }
  }
}

TEST_CASE("members with a target keep to it and the others answer") {
  const PublicGood good = random_good(4, Stage::kTarget);
  const ActorSet coalition = 0b01001;
  const auto totals = good.totals(coalition);
  const double sum = good.sum_of_contributions(totals);
  std::vector<double> given(5, 0.0);
  for (const std::size_t actor : {0U, 3U}) given[actor] = good.contribution_of_member(actor, totals, sum);
  CHECK(given[0] + given[3] == near(totals.target));
  CHECK(answered_sum(good, coalition, given) == near(sum, 1e-10));
}

TEST_CASE("totals after an accession are those counted anew, and bit sets and spans agree") {
  for (const Stage stage : {Stage::kNash, Stage::kTarget}) {
    const PublicGood good = random_good(9, stage);
    const auto moved = good.joined(good.totals(ActorSet{0b00101}), 3);
    const auto anew = good.totals(std::vector<std::uint8_t>{1, 0, 1, 1, 0});
    CHECK(good.sum_of_contributions(moved) == near(good.sum_of_contributions(anew)));
    CHECK(good.contribution_of_member(3, moved, 0.4) == near(good.contribution_of_member(3, anew, 0.4)));
    CHECK(good.payoff_of(3, ActorSet{0b01101}) == good.payoff_of(3, std::vector<std::uint8_t>{1, 0, 1, 1, 0}));
  }
}

TEST_CASE("totals after a withdrawal are those counted anew, and joining undoes leaving") {
  for (const Stage stage : {Stage::kNash, Stage::kStackelberg, Stage::kTarget}) {
    const PublicGood good = random_good(9, stage);
    const auto moved = good.left(good.totals(ActorSet{0b01101}), 3);
    const auto anew = good.totals(ActorSet{0b00101});
    CHECK(good.sum_of_contributions(moved) == near(good.sum_of_contributions(anew)));
    CHECK(good.payoff_in(3, false, moved) == near(good.payoff_in(3, false, anew)));
    CHECK(good.payoff_in(0, true, good.joined(moved, 3)) == near(good.payoff_of(0, ActorSet{0b01101})));
  }
}

TEST_CASE("abate or not: bit sets and spans agree, and spans know no limit of actors") {
  const BinaryPublicGood good({1.0, 2.0, 3.0}, {4.0, 2.5, 5.0});
  for (ActorSet set = 0; set < 8; ++set) {
    const std::vector<std::uint8_t> span{contains(set, 0), contains(set, 1), contains(set, 2)};
    for (std::size_t actor = 0; actor < 3; ++actor) CHECK(good.payoff_of(actor, set) == good.payoff_of(actor, span));
  }
  const BinaryPublicGood many(std::vector<double>(50, 1.0), std::vector<double>(50, 40.0));
  CHECK(many.payoff_of(0, std::vector<std::uint8_t>(50, 1)) == 10.0);
}

TEST_CASE("abate or not: the stable treaty has as many members as make it worthwhile, all of them pivotal") {
  struct Row {
    double benefit, cost;
    std::size_t members;
  };
  for (const Row& row : {Row{2.0, 5.0, 3}, Row{2.0, 7.0, 4}, Row{10.0, 99.0, 10}}) {
    const BinaryPublicGood good(std::vector<double>(12, row.benefit), std::vector<double>(12, row.cost));
    const auto payoff = [&](std::size_t actor, ActorSet set) { return good.payoff_of(actor, set); };
    const StableCoalitions found = stable_coalitions(12, payoff);
    for (std::size_t k = 0; k <= 12; ++k) {
      // Treaties two members or more short of it do nothing, whoever joins or leaves.
      CHECK((found.stable_by_size[k] > 0) == (k == row.members || k + 1 < row.members));
    }
    const ActorSet members = (ActorSet{1} << row.members) - 1;
    CHECK(good.payoff_of(0, members) > 0.0);
    CHECK(good.payoff_of(0, without(members, 1)) == 0.0);
    CHECK(good.payoff_of(11, members) == row.benefit * static_cast<double>(row.members));
  }
  const BinaryPublicGood tie(std::vector<double>(6, 1.0), std::vector<double>(6, 3.0));
  const auto payoff = [&](std::size_t actor, ActorSet set) { return tie.payoff_of(actor, set); };
  CHECK(stable_coalitions(6, payoff).stable_by_size == std::vector<std::size_t>{1, 6, 15, 20, 0, 0, 0});
  CHECK(stable_coalitions(6, payoff).strictly_stable.empty());
}

TEST_CASE("an outsider whose own benefit is worth its cost abates alone") {
  const BinaryPublicGood good({5.0, 1.0}, {4.0, 4.0});
  CHECK(good.payoff_of(0, ActorSet{0}) == 1.0);
  CHECK(good.payoff_of(1, ActorSet{0}) == 1.0);
  CHECK(good.payoff_of(1, ActorSet{3}) == -2.0);
}

TEST_CASE("tastes without an equilibrium are refused with the actor") {
  const auto fault = [](PublicGoodTaste taste) {
    return testing::error_message([&] { PublicGood({{}, taste}, Stage::kNash); });
  };
  CHECK(testing::contains(fault({0.0, 0.0, 1.0, 0.0}), "actor 1: the quadratic part B"));
  CHECK(testing::contains(fault({0.0, 1.0, 1.0, -1.0}), "actor 1: the quadratic part H"));
  CHECK(testing::contains(fault({std::numeric_limits<double>::quiet_NaN()}), "actor 1: a taste or target"));
  CHECK(testing::contains(
      testing::error_message([] { BinaryPublicGood({1.0}, {std::numeric_limits<double>::infinity()}); }), "actor 0"));
  CHECK_THROWS_AS(PublicGood({{}}, Stage::kNash, {1.0}), InternalError);
  CHECK_THROWS_AS(PublicGood({{}}, Stage::kTarget), InternalError);
}
