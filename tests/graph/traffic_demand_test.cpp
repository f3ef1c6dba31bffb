#include "sim/graph/traffic_demand.hpp"

#include <string>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

const CongestedNetwork& two_links() {
  static const CongestedNetwork network(3, {{0, 1, 1.0}, {1, 2, 1.0}});
  return network;
}

std::string fault(const TrafficDemand& demand) {
  try {
    check(demand, two_links());
  } catch (const DataError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("Demand that goes with its network is accepted") {
  CHECK(fault({2, {{{}, {0, 1, 2, 0}}, {{{1, 0, 0}, {0, 1}}, {0, 0, 0, 0}}}}).empty());
}

TEST_CASE("Demand that makes no sense is refused with class and zones") {
  CHECK(fault({2, {}}) == "there is no traffic class to assign");
  CHECK(fault({4, {{{}, {}}}}) == "4 zones in a network of 3 nodes; each zone is a node");
  CHECK(fault({2, {{{}, {0, 1}}}}) == "traffic class 0 has 2 demands where there must be 4");
  CHECK(fault({1, {{{}, {0}}, {{{1}, {}}, {0}}}}) == "traffic class 1 has 1 transit flags where there must be 3");
  CHECK(fault({1, {{{{}, {1}}, {0}}}}) == "traffic class 0 has 1 link flags where there must be 2");
  CHECK(fault({2, {{{}, {0, 1, -2, 0}}}}) ==
        "demand of traffic class 0 from zone 1 to zone 0 is -2; it must be finite and not negative");
  CHECK(fault({2, {{{}, {0, __builtin_nan(""), 0, 0}}}}) ==
        "demand of traffic class 0 from zone 0 to zone 1 is nan; it must be finite and not negative");
}

TEST_CASE("Zones before the first through node are forbidden for transit") {
  CHECK(no_transit_below(2, 4).transit == std::vector<std::uint8_t>{1, 1, 0, 0});
  CHECK(no_transit_below(0, 2).transit == std::vector<std::uint8_t>{0, 0});
  CHECK(no_transit_below(9, 2).transit == std::vector<std::uint8_t>{1, 1});
  CHECK(no_transit_below(2, 4).link.empty());
}
