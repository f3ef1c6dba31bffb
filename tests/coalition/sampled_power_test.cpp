#include "sim/coalition/sampled_power.hpp"

#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"
#include "tests/support/voting_rules.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::Rule;

namespace {

void check_within_errors(const std::vector<Estimate>& sampled, const std::vector<double>& exact) {
  for (std::size_t voter = 0; voter < exact.size(); ++voter) {
    REQUIRE(std::fabs(sampled[voter].value - exact[voter]) <= 4.0 * sampled[voter].standard_error + 1e-12);
  }
}

}  // namespace

TEST_CASE("sampled power lies within four standard errors of the exact, every index of three rules") {
  const Rule entry_into_force = {{5, std::vector<std::uint64_t>(9, 1)}, {55, {30, 20, 15, 10, 8, 7, 5, 3, 2}}};
  for (const Rule& rule : {testing::economic_community(), testing::treaty_of_nice(), entry_into_force}) {
    const auto exact = power_indices(count_swings(rule));
    const auto sampled = sample_power(rule, {11, 40000});
    check_within_errors(sampled.shapley_shubik, exact.shapley_shubik);
    check_within_errors(sampled.banzhaf, exact.banzhaf);
    check_within_errors(sampled.banzhaf_absolute, exact.banzhaf_absolute);
    check_within_errors(sampled.to_prevent, exact.to_prevent);
    check_within_errors(sampled.to_initiate, exact.to_initiate);
    CHECK(std::fabs(sampled.to_act.value - exact.to_act) <= 4.0 * sampled.to_act.standard_error);
  }
}

TEST_CASE("the stated errors are those seen over many samples") {
  const Rule rule = {{6, {4, 3, 2, 1}}};
  const auto exact = power_indices(count_swings(rule));
  constexpr std::uint32_t kRuns = 300;
  double squares_shapley = 0.0, squares_banzhaf = 0.0, squares_prevent = 0.0, squares_initiate = 0.0;
  for (std::uint32_t seed = 0; seed < kRuns; ++seed) {
    const auto sampled = sample_power(rule, {seed, 400});
    const auto standardised = [](const Estimate& estimate, double truth) {
      const double z = (estimate.value - truth) / estimate.standard_error;
      return z * z;
    };
    squares_shapley += standardised(sampled.shapley_shubik[1], exact.shapley_shubik[1]) / kRuns;
    squares_banzhaf += standardised(sampled.banzhaf[1], exact.banzhaf[1]) / kRuns;
    squares_prevent += standardised(sampled.to_prevent[1], exact.to_prevent[1]) / kRuns;
    squares_initiate += standardised(sampled.to_initiate[1], exact.to_initiate[1]) / kRuns;
  }
  // Mean of 300 squared standard normals: 1 with standard deviation .082.
  CHECK(squares_shapley == testing::near(1.0, 0.33));
  CHECK(squares_banzhaf == testing::near(1.0, 0.33));
  CHECK(squares_prevent == testing::near(1.0, 0.33));
  CHECK(squares_initiate == testing::near(1.0, 0.33));
}

TEST_CASE("200 voters with weights of ten digits: one with a tenth of all seats has more than a tenth of the power") {
  Rule rule = {{0, std::vector<std::uint64_t>(200, 9999999999)}};
  rule[0].weight[0] = 221111111111;
  std::uint64_t total = 0;
  for (const std::uint64_t weight : rule[0].weight) total += weight;
  rule[0].quota = total / 2 + 1;
  const auto power = sample_power(rule, {3, 4000});
  CHECK(power.shapley_shubik[0].value > 0.1);
  CHECK(power.shapley_shubik[0].value < 0.13);
  double sum = 0.0;
  for (const Estimate& estimate : power.shapley_shubik) sum += estimate.value;
  CHECK(sum == testing::near(1.0));
}

TEST_CASE("samples hang on the seed and on keys, not on rows or threads") {
  const Rule rule = {{6, {4, 3, 2, 1}}};
  const Rule reversed = {{6, {1, 2, 3, 4}}};
  const std::vector<std::uint32_t> key = {17, 4, 99, 23}, reversed_key = {23, 99, 4, 17};
  const auto one = sample_power(rule, {5, 5000, key});
  const auto other = sample_power(reversed, {5, 5000, reversed_key});
  for (std::size_t voter = 0; voter < 4; ++voter) {
    CHECK(one.shapley_shubik[voter].value == other.shapley_shubik[3 - voter].value);
    CHECK(one.to_initiate[voter].standard_error == other.to_initiate[3 - voter].standard_error);
  }
  CHECK(sample_power(rule, {6, 5000, key}).shapley_shubik[0].value != one.shapley_shubik[0].value);
  for (const int threads : {1, 2, 8}) {
    const parallel::ThreadLimit limit(threads);
    CHECK(sample_power(rule, {5, 5000, key}).banzhaf[2].value == one.banzhaf[2].value);
  }
}

TEST_CASE("each order of three players comes up in one of six samples") {
  std::vector<std::uint32_t> order(3);
  std::vector<int> seen(27, 0);
  for (std::uint32_t sample = 0; sample < 6000; ++sample) {
    draw_order({1, 6000}, sample, order);
    ++seen[9 * order[0] + 3 * order[1] + order[2]];
  }
  for (const std::size_t place : {5U, 7U, 11U, 15U, 19U, 21U}) {
    CHECK(seen[place] > 850);
    CHECK(seen[place] < 1150);
  }
}

TEST_CASE("an index over winning coalitions of which none was drawn is not a number") {
  const Rule unanimity = {{40, std::vector<std::uint64_t>(40, 1)}};
  const auto power = sample_power(unanimity, {1, 100});
  CHECK(std::isnan(power.to_prevent[0].value));
  CHECK(power.to_initiate[0].value == 0.0);
}

TEST_CASE("one sample, equal keys and keys for other players are refused") {
  const Rule rule = {{6, {4, 3, 2, 1}}};
  CHECK(testing::contains(testing::error_message([&] { sample_power(rule, {5, 1}); }), "at least two samples"));
  const std::vector<std::uint32_t> twins = {8, 3, 8, 1}, few = {1, 2};
  CHECK(testing::contains(testing::error_message([&] { sample_power(rule, {5, 9, twins}); }), "the key 8"));
  CHECK_THROWS_AS(sample_power(rule, {5, 9, few}), InternalError);
}
