#include "sim/graph/network.hpp"

#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

std::string data_error(std::size_t nodes, const std::vector<LinkEnds>& links,
                       const std::vector<std::uint32_t>& weights) {
  try {
    const Network network(nodes, links, weights);
  } catch (const DataError& error) {
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("each link is an arc at both of its ends, in order of link id") {
  const std::vector<LinkEnds> links = {{2, 0}, {0, 1}, {1, 0}};
  const std::vector<std::uint32_t> weights = {5, 0, 7};
  const Network network(4, links, weights);
  REQUIRE(network.node_count() == 4);
  REQUIRE(network.link_count() == 3);
  const auto arcs = network.arcs(0);
  REQUIRE(arcs.size() == 3);
  CHECK((arcs[0].head == 2 && arcs[0].link == 0 && arcs[0].weight == 5));
  CHECK((arcs[1].head == 1 && arcs[1].link == 1 && arcs[1].weight == 0));
  CHECK((arcs[2].head == 1 && arcs[2].link == 2 && arcs[2].weight == 7));
  REQUIRE(network.arcs(2).size() == 1);
  CHECK(network.arcs(2)[0].head == 0);
  CHECK(network.arcs(3).empty());
  CHECK((network.ends(0).a == 2 && network.ends(0).b == 0));
  CHECK(network.weight(2) == 7);
}

TEST_CASE("a network without links or nodes is valid") {
  CHECK(Network(3, {}, {}).arcs(1).empty());
  CHECK(Network(0, {}, {}).node_count() == 0);
}

TEST_CASE("a self-loop, an unknown node and a missing weight are refused by link number") {
  CHECK(contains(data_error(3, {{0, 1}, {2, 2}}, {1, 1}), "link 1 (2–2) joins a node to itself"));
  CHECK(contains(data_error(3, {{0, 3}}, {1}), "link 0 (0–3)"));
  CHECK(contains(data_error(3, {{3, 0}}, {1}), "only 3 nodes"));
  CHECK(contains(data_error(3, {{0, 1}}, {}), "1 links but 0 link weights"));
}

TEST_CASE("weights whose path sums could reach kUnreachable are refused, the largest safe weight is not") {
  const std::vector<LinkEnds> links = {{0, 1}, {1, 2}};
  const std::uint32_t safe = (kUnreachable - 1) / 2;
  CHECK(data_error(3, links, {1, safe}).empty());
  const std::string message = data_error(3, links, {1, safe + 1});
  CHECK(contains(message, "link 1 weighs " + std::to_string(safe + 1)));
  CHECK(contains(message, "at most " + std::to_string(safe)));
  // Three of these weights make exactly kUnreachable.
  CHECK(!data_error(4, links, {1, kUnreachable / 3}).empty());
}
