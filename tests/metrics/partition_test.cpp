#include "sim/metrics/partition.hpp"

#include <cmath>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_flows.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
using splinternet::testing::shuffled;

namespace {

using Labels = std::vector<std::uint32_t>;

constexpr double kLog2 = 0.69314718055994530942;

Labels random_labels(std::uint32_t world, std::uint16_t kind, std::size_t nodes, std::uint32_t blocks) {
  const Draws draws(5, Purpose::kTest, 0, world, kind);
  Labels labels;
  for (std::uint32_t node = 0; node < nodes; ++node) labels.push_back(draws.below(blocks, node));
  return labels;
}

}  // namespace

TEST_CASE("labels are renumbered in order of first appearance") {
  CHECK(canonical_labels(Labels{7, 7, 0xffffffffU, 0, 7, 0}) == Labels{0, 0, 1, 2, 0, 2});
  CHECK(canonical_labels({}).empty());
}

TEST_CASE("equal divisions agree exactly, whatever their labels") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const Labels labels = random_labels(world, 0, 30, 6);
    Labels renamed = labels;
    for (auto& label : renamed) label = 1000 - 7 * label;
    std::vector<double> weight;
    for (std::uint32_t node = 0; node < 30; ++node) weight.push_back(Draws(6, Purpose::kTest, 0, node).uniform());
    for (const auto& agreement : {compare_partitions(labels, renamed), compare_partitions(labels, renamed, weight)}) {
      REQUIRE(agreement.normalized_mutual_information == 1.0);
      REQUIRE(agreement.variation_of_information == 0.0);
    }
  }
}

TEST_CASE("two crossed halves share no information; a half against the whole varies by ln 2") {
  const PartitionAgreement crossed = compare_partitions(Labels{0, 0, 1, 1}, Labels{0, 1, 0, 1});
  CHECK(crossed.normalized_mutual_information == near(0.0));
  CHECK(crossed.variation_of_information == near(2.0 * kLog2));
  const PartitionAgreement whole = compare_partitions(Labels{0, 0, 1, 1}, Labels{0, 0, 0, 0});
  CHECK(whole.normalized_mutual_information == 0.0);
  CHECK(whole.variation_of_information == near(kLog2));
  // Splitting one half of two: H = ln 2 against 1.5·ln 2, of which ln 2 is shared.
  const PartitionAgreement split = compare_partitions(Labels{0, 0, 1, 1}, Labels{0, 0, 1, 2});
  CHECK(split.normalized_mutual_information == near(2.0 / 2.5));
  CHECK(split.variation_of_information == near(0.5 * kLog2));
}

TEST_CASE("single nodes against one block vary by ln n") {
  Labels singles;
  for (std::uint32_t node = 0; node < 12; ++node) singles.push_back(node);
  const PartitionAgreement agreement = compare_partitions(singles, Labels(12, 0));
  CHECK(agreement.variation_of_information == near(2.0 * kLog2 + 1.09861228866810969140));
  CHECK(agreement.normalized_mutual_information == 0.0);
}

TEST_CASE("weights count as copies of a node, and nodes without weight do not count") {
  const Labels first = {0, 1, 1, 2};
  const Labels second = {0, 0, 1, 2};
  const auto weighted = compare_partitions(first, second, std::vector<double>{2.0, 1.0, 3.0, 0.0});
  const auto copied = compare_partitions(Labels{0, 0, 1, 1, 1, 1}, Labels{0, 0, 0, 1, 1, 1});
  CHECK(weighted.normalized_mutual_information == near(copied.normalized_mutual_information));
  CHECK(weighted.variation_of_information == near(copied.variation_of_information));
}

TEST_CASE("agreement is symmetric, in range, follows a relabelling of nodes, and variation is a metric") {
  for (std::uint32_t world = 0; world < 100; ++world) {
    const Labels a = random_labels(world, 0, 25, 5);
    const Labels b = random_labels(world, 1, 25, 4);
    const Labels c = random_labels(world, 2, 25, 3);
    const auto ab = compare_partitions(a, b);
    const auto ba = compare_partitions(b, a);
    REQUIRE(ab.normalized_mutual_information == near(ba.normalized_mutual_information));
    REQUIRE(ab.variation_of_information == near(ba.variation_of_information));
    REQUIRE(ab.normalized_mutual_information >= 0.0);
    REQUIRE(ab.normalized_mutual_information <= 1.0);
    REQUIRE(ab.variation_of_information <= std::log(25.0));
    REQUIRE(compare_partitions(a, c).variation_of_information <=
            ab.variation_of_information + compare_partitions(b, c).variation_of_information + 1e-12);
    Labels moved_a;
    Labels moved_b;
    for (const std::uint32_t node : shuffled(25, world)) {
      moved_a.push_back(a[node]);
      moved_b.push_back(b[node]);
    }
    REQUIRE(compare_partitions(moved_a, moved_b).variation_of_information == near(ab.variation_of_information));
  }
}

TEST_CASE("nothing to divide, one block and no weight are perfect agreement") {
  for (const auto& agreement : {compare_partitions({}, {}), compare_partitions(Labels{3, 3}, Labels{0, 0}),
                                compare_partitions(Labels{0, 1}, Labels{0, 0}, std::vector<double>{0.0, 0.0})}) {
    CHECK(agreement.normalized_mutual_information == 1.0);
    CHECK(agreement.variation_of_information == 0.0);
  }
}

TEST_CASE("comparing refuses wrong sizes and weights as internal errors") {
  CHECK_THROWS_AS(compare_partitions(Labels{0, 1}, Labels{0}), InternalError);
  CHECK_THROWS_AS(compare_partitions(Labels{0}, Labels{0}, std::vector<double>{1.0, 2.0}), InternalError);
  CHECK_THROWS_AS(compare_partitions(Labels{0}, Labels{0}, std::vector<double>{-1.0}), InternalError);
}
