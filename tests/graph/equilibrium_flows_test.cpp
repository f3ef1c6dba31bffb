#include "sim/graph/equilibrium_flows.hpp"

#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using splinternet::testing::near;
using Values = std::vector<double>;
using Links = std::vector<std::uint32_t>;

TEST_CASE("Paths stand one after the other") {
  PathFlows paths;
  CHECK(paths.size() == 0);
  paths.add(0, 1, 2, 3.5, Links{7, 8});
  paths.add(1, 2, 1, 0.5, Links{9});
  REQUIRE(paths.size() == 2);
  CHECK(Links(paths.path(0).begin(), paths.path(0).end()) == Links{7, 8});
  CHECK(Links(paths.path(1).begin(), paths.path(1).end()) == Links{9});
  CHECK(paths.travel_class == Links{0, 1});
  CHECK(paths.origin == Links{1, 2});
  CHECK(paths.destination == Links{2, 1});
  CHECK(paths.flow == Values{3.5, 0.5});
}

TEST_CASE("Flows of all classes are summed link by link") {
  Values total(2, 99.0);
  sum_classes(Values{1, 2, 10, 20, 100, 200}, total);
  CHECK(total == Values{111, 222});
}

TEST_CASE("The relative gap is the excess over the cheapest paths") {
  CHECK(relative_gap(Values{2, 3}, Values{5, 1}, 10.0) == near(0.3));
  CHECK(relative_gap(Values{2, 3}, Values{5, 1}, 13.0) == 0.0);
  // Rounding below zero is no gap.
  CHECK(relative_gap(Values{1}, Values{1}, 1.0 + 1e-15) == 0.0);
  CHECK(relative_gap(Values{0}, Values{1}, 0.0) == 0.0);
  CHECK(relative_gap(Values{1}, Values{1}, 0.0) == __builtin_inf());
}
