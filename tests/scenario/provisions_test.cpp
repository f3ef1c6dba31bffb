#include "sim/scenario/provisions.hpp"

#include <set>

#include "tests/support/catch.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("the catalogue holds six exclusions, three promises of conduct and four rules of law, in this order") {
  const std::vector<std::string> expected = {
      "clean_carrier",      "clean_cable",    "clean_path",           "clean_cloud",           "clean_store",
      "clean_apps",         "no_backdoors",   "no_mass_surveillance", "no_illegal_collection", "local_law",
      "mutual_recognition", "evidence_based", "open_supply_chain"};
  REQUIRE(expected.size() == kProvisionCount);
  for (std::size_t p = 0; p < kProvisionCount; ++p) CHECK(name(static_cast<Provision>(p)) == expected[p]);
  CHECK(static_cast<std::size_t>(Provision::kNoBackdoors) == kExclusionCount);
  CHECK(static_cast<std::size_t>(Provision::kLocalLaw) == kExclusionCount + kConductCount);
}

TEST_CASE("a strength lies between absent and full, absent unless said, one per framework") {
  std::set<std::string_view> meanings;
  for (std::size_t p = 0; p < kProvisionCount; ++p) {
    const Parameter& row = kProvisionStrength[p];
    CAPTURE(row.path);
    CHECK(row.value == 0.0);
    CHECK(row.lower == 0.0);
    CHECK(row.upper == 1.0);
    CHECK(family_prefix(row.path) == "framework.");
    CHECK(meanings.insert(row.meaning).second);
  }
}

}  // namespace
}  // namespace splinternet::testing
