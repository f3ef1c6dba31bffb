#include "sim/graph/congested_network.hpp"

#include <limits>
#include <string>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

std::string fault(const CongestedLink& link) {
  try {
    const CongestedNetwork network(3, {{0, 1, 1.0}, link});
  } catch (const DataError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("A congested network keeps its links in their order") {
  const CongestedNetwork network(3, {{2, 0, 5.0, 4.0, 0.2, 3.0, 1.0}, {2, 0, 6.0}});
  CHECK(network.node_count() == 3);
  CHECK(network.link_count() == 2);
  CHECK(network.links()[0].fixed_cost == 1.0);
  CHECK(network.links()[1].free_time == 6.0);
  CHECK(network.links()[1].b == 0.15);
  CHECK(network.links()[1].power == 4.0);
  CHECK(network.name(1) == "link 1 (2 -> 0)");
}

TEST_CASE("A link that makes no sense is refused by name") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  CHECK(fault({0, 3, 1.0}) == "link 1 (0 -> 3) leaves the network of 3 nodes");
  CHECK(fault({2, 2, 1.0}) == "link 1 (2 -> 2) joins a node to itself");
  CHECK(fault({1, 2, -1.0}) == "link 1 (1 -> 2) has a free time of -1; it must be finite and not negative");
  CHECK(fault({1, 2, kNan}) == "link 1 (1 -> 2) has a free time of nan; it must be finite and not negative");
  CHECK(fault({1, 2, 1.0, 0.0}) ==
        "link 1 (1 -> 2) has a capacity of 0; it must be positive and finite, or else b = 0");
  CHECK(fault({1, 2, 1.0, kInfinity}) ==
        "link 1 (1 -> 2) has a capacity of inf; it must be positive and finite, or else b = 0");
  CHECK(fault({1, 2, 1.0, 1.0, -0.1}) == "link 1 (1 -> 2) has b = -0.1; it must be finite and not negative");
  CHECK(fault({1, 2, 1.0, 1.0, 0.1, 0.5}) ==
        "link 1 (1 -> 2) has a power of 0.5; it must be 0, or at least 1 and finite");
  CHECK(fault({1, 2, 1.0, 1.0, 0.1, kInfinity}) ==
        "link 1 (1 -> 2) has a power of inf; it must be 0, or at least 1 and finite");
  CHECK(fault({1, 2, 1.0, 1.0, 0.1, 4.0, -2.0}) ==
        "link 1 (1 -> 2) has a fixed cost of -2; it must be finite and not negative");
}

TEST_CASE("Capacity does not matter where nothing rises") {
  CHECK(fault({1, 2, 1.0, 0.0, 0.0}).empty());
  CHECK(fault({1, 2, 1.0, 1.0, 0.3, 0.0}).empty());
}
