#include "sim/model/observe_firms.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

constexpr auto kEquipmentSector = static_cast<std::size_t>(FirmSector::kEquipment);
constexpr auto kCarrierSector = static_cast<std::size_t>(FirmSector::kCarrier);
constexpr auto kCloudSector = static_cast<std::size_t>(FirmSector::kCloud);

Scenario named_firms_only() {
  Scenario scenario = small_scenario();
  set(scenario, "firms.synthetic", 0);
  return scenario;
}

Observations seen_of(const World& world) {
  Observations seen;
  observe_firms(world, seen);
  return seen;
}

TEST_CASE("at the start nothing is lost, and concentration is that of revenues") {
  const World world = make_world(named_firms_only(), small_tables());
  const Observations seen = seen_of(world);
  CHECK(seen.aligned_firms == std::vector<double>{1, 0});
  for (std::size_t s = 0; s < kFirmSectorCount; ++s) {
    CHECK(seen.dual_share[s] == 0.0);
    CHECK(seen.revenue_at_risk_share[s] == 0.0);
    CHECK(seen.exited_markets[s] == 0.0);
  }
  // Equipment: 40 and 80 bn; carriers: 12 and 25 bn; one cloud firm.
  CHECK(seen.market_herfindahl[kEquipmentSector] == near(1.0 / 9 + 4.0 / 9));
  CHECK(seen.market_herfindahl[kCarrierSector] == near((12.0 * 12 + 25.0 * 25) / (37.0 * 37)));
  CHECK(seen.market_herfindahl[kCloudSector] == near(1.0));
}

TEST_CASE("stances count by framework, two stacks by sector") {
  World world = make_world(named_firms_only(), small_tables());
  // Rows: 2 Alpha Networks, 4 Beta Networks (equipment), 6 Delta Telecom, 8 Gamma Telecom (carriers).
  world.firms.stance[2] = 3;
  world.firms.stance[4] = 2;
  world.firms.stance[6] = 1;
  const Observations seen = seen_of(world);
  CHECK(seen.aligned_firms == std::vector<double>{2, 1});
  CHECK(seen.dual_share[kEquipmentSector] == 0.5);
  CHECK(seen.dual_share[kCarrierSector] == 0.0);
}

TEST_CASE("what a sector's firms lost counts against their baseline, gains of others do not offset it") {
  World world = make_world(named_firms_only(), small_tables());
  const FirmSetting& firms = *world.setting().firms;
  const std::uint32_t of_alpha = firms.first_market[2] + 1;  // Alpha Networks in CCC
  const std::uint32_t of_beta = firms.first_market[4] + 1;   // Beta Networks in CCC
  const double lost = world.firms.market_revenue_busd[of_beta];
  world.firms.market_revenue_busd[of_beta] = 0.0;
  world.firms.market_revenue_busd[of_alpha] += lost;
  world.firms.market_status[of_beta] = static_cast<std::uint8_t>(MarketStatus::kBarred);
  const Observations seen = seen_of(world);
  CHECK(seen.revenue_at_risk_share[kEquipmentSector] == near(lost / 120.0));
  CHECK(seen.exited_markets[kEquipmentSector] == 1.0);
  CHECK(seen.exited_markets[kCarrierSector] == 0.0);
  const double alpha = (40 + lost) / 120;
  CHECK(seen.market_herfindahl[kEquipmentSector] == near(alpha * alpha + (1 - alpha) * (1 - alpha)));
}

TEST_CASE("sectors without firms are 0") {
  const World world = make_world(named_firms_only(), small_tables());
  const auto cable = static_cast<std::size_t>(FirmSector::kCable);
  CHECK(seen_of(world).market_herfindahl[cable] == 0.0);
  CHECK(seen_of(world).dual_share[cable] == 0.0);
}

TEST_CASE("without firms every firm measure is NaN") {
  Scenario scenario = small_scenario();
  scenario.has_firms = false;
  const Observations seen = seen_of(make_world(scenario, small_tables()));
  for (const auto* series :
       {&seen.dual_share, &seen.market_herfindahl, &seen.revenue_at_risk_share, &seen.exited_markets}) {
    REQUIRE(series->size() == kFirmSectorCount);
    for (const double value : *series) CHECK(std::isnan(value));
  }
  REQUIRE(seen.aligned_firms.size() == 2);
  for (const double value : seen.aligned_firms) CHECK(std::isnan(value));
}

TEST_CASE("in random worlds firm measures are shares, and stances add up to the firms") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    World world = make_world(small_scenario(), random_tables(seed, 10));
    advance(world, 6);
    const Observations& seen = world.derived.observed;
    for (const auto* series : {&seen.dual_share, &seen.market_herfindahl, &seen.revenue_at_risk_share}) {
      for (const double share : *series) REQUIRE((share >= 0.0 && share <= 1.0 + 1e-12));
    }
    REQUIRE(seen.aligned_firms[0] + seen.aligned_firms[1] <= static_cast<double>(world.firms.stance.size()));
    REQUIRE(seen.aligned_firms[0] == 1.0);
  }
}

}  // namespace
}  // namespace splinternet::testing
