#include "sim/scenario/world_tables.hpp"

#include <set>

#include "tests/support/catch.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("a country is found by its code, an unknown one behind the last row") {
  CountryTable countries;
  countries.code = {"AAA", "BBB", "XKX"};
  CHECK(countries.size() == 3);
  CHECK(countries.find("AAA") == 0);
  CHECK(countries.find("XKX") == 2);
  CHECK(countries.find("XK") == 3);
  CHECK(countries.find("aaa") == 3);
  CHECK(CountryTable{}.find("AAA") == 0);
}

TEST_CASE("every firm sector has a name of its own, in the order of the enum") {
  const std::set<std::string_view> names(kFirmSectorNames.begin(), kFirmSectorNames.end());
  CHECK(names.size() == kFirmSectorCount);
  CHECK(names.count("") == 0);
  CHECK(kFirmSectorNames[static_cast<std::size_t>(FirmSector::kEquipment)] == "equipment");
  CHECK(kFirmSectorNames[static_cast<std::size_t>(FirmSector::kPlatform)] == "platform");
  CHECK(kFirmSectorNames[static_cast<std::size_t>(FirmSector::kMerchant)] == "merchant");
}

TEST_CASE("levels of membership are ordered: a listing is less than a signature") {
  CHECK(MembershipLevel::kNone < MembershipLevel::kListed);
  CHECK(MembershipLevel::kListed < MembershipLevel::kSigned);
}

}  // namespace
}  // namespace splinternet::testing
