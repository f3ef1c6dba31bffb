#include "sim/graph/warm_start.hpp"

#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using splinternet::testing::near;
using Values = std::vector<double>;
using Links = std::vector<std::uint32_t>;

namespace {

// 0 → 1 on links 0 and 1 (parallel), 1 → 2 on link 2, 0 → 2 on link 3.
const CongestedNetwork& four_links() {
  static const CongestedNetwork network(3, {{0, 1, 1}, {0, 1, 1}, {1, 2, 1}, {0, 2, 1}});
  return network;
}

PathFlows old_paths() {
  PathFlows paths;
  paths.add(0, 0, 1, 3.0, Links{0});
  paths.add(0, 0, 1, 1.0, Links{1});
  paths.add(0, 0, 2, 2.0, Links{0, 2});
  paths.add(0, 0, 2, 6.0, Links{3});
  paths.add(1, 1, 2, 5.0, Links{2});
  return paths;
}

TrafficDemand new_demand() {
  return {3, {{{}, {0, 8, 4, 0, 0, 0, 0, 0, 0}}, {{}, {0, 0, 0, 0, 0, 5, 0, 0, 0}}}};
}

}  // namespace

TEST_CASE("Paths are scaled to the new demand, pair by pair") {
  const PathFlows kept = kept_paths(old_paths(), four_links(), new_demand());
  CHECK(kept.flow == Values{6, 2, 1, 3, 5});
  CHECK(kept.links == old_paths().links);
}

TEST_CASE("Paths over what is forbidden now are dropped, their flow goes to the others") {
  TrafficDemand demand = new_demand();
  demand.classes[0].avoid.link = {0, 1, 0, 0};
  CHECK(kept_paths(old_paths(), four_links(), demand).flow == Values{8, 1, 3, 5});
  demand.classes[0].avoid = {{0, 1, 0}, {}};
  CHECK(kept_paths(old_paths(), four_links(), demand).flow == Values{6, 2, 4, 5});
  demand.classes[1].avoid = {{}, {0, 0, 1, 0}};
  CHECK(kept_paths(old_paths(), four_links(), demand).flow == Values{6, 2, 4});
}

TEST_CASE("Paths of classes, zones and demand that are gone are dropped") {
  TrafficDemand demand = new_demand();
  demand.classes.pop_back();
  demand.classes[0].demand[2] = 0.0;
  CHECK(kept_paths(old_paths(), four_links(), demand).flow == Values{6, 2});
  CHECK(kept_paths(old_paths(), four_links(), {2, {{{}, {0, 4, 0, 0}}}}).flow == Values{3, 1});
}

TEST_CASE("Paths that the network does not have are dropped") {
  const CongestedNetwork turned(3, {{0, 1, 1}, {1, 0, 1}, {2, 1, 1}});
  CHECK(kept_paths(old_paths(), turned, new_demand()).flow == Values{8});
}

TEST_CASE("Kept paths give flows, and leave the demand of pairs without one") {
  PathFlows kept;
  kept.add(0, 0, 2, 4.0, Links{0, 2});
  const KeptFlow flow = keep_paths(kept, four_links(), new_demand());
  CHECK(flow.class_flow == Values{4, 0, 4, 0, 0, 0, 0, 0});
  CHECK(flow.rest.classes[0].demand == Values{0, 8, 0, 0, 0, 0, 0, 0, 0});
  CHECK(flow.rest.classes[1].demand == new_demand().classes[1].demand);
}

TEST_CASE("Without paths, each class keeps the share of its flow that the new demand contains") {
  const TrafficDemand old{3, {{{}, {7, 4, 8, 0, 0, 0, 0, 0, 0}}, {{}, {0, 0, 0, 0, 0, 5, 0, 0, 0}}}};
  const Values flow{3, 1, 2, 6, 0, 0, 5, 0};
  const KeptFlow kept = keep_shares(flow, old, four_links(), new_demand());
  CHECK(kept.class_flow == Values{1.5, 0.5, 1, 3, 0, 0, 5, 0});
  CHECK(kept.rest.classes[0].demand == Values{0, 6, 0, 0, 0, 0, 0, 0, 0});
  CHECK(kept.rest.classes[1].demand == Values(9, 0.0));

  TrafficDemand restricted = new_demand();
  restricted.classes[0].avoid.link = {1, 0, 0, 0};
  const KeptFlow less = keep_shares(flow, old, four_links(), restricted);
  CHECK(less.class_flow == Values{0, 0, 0, 0, 0, 0, 5, 0});
  CHECK(less.rest.classes[0].demand == restricted.classes[0].demand);

  const KeptFlow none = keep_shares(flow, old, four_links(), {2, {{{}, {0, 4, 0, 0}}}});
  CHECK(none.class_flow == Values(4, 0.0));
  CHECK(none.rest.classes[0].demand == Values{0, 4, 0, 0});
}
