#include "sim/io/text/actor_tables.hpp"

#include "sim/io/text/csv.hpp"
#include "sim/scenario/provisions.hpp"
#include "tests/io/text/tiny_world.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::table_refusal;

namespace {

bool refuses(const std::string& file, const std::string& from, const std::string& to, const std::string& part) {
  return table_refusal(file, from, to).find(part) != std::string::npos;
}

const WorldTables& tables() {
  static const WorldTables kTables = testing::read_files(testing::tiny_world());
  return kTables;
}

}  // namespace

TEST_CASE("Firms are read with home, sector, revenue and markets") {
  const FirmRow& firm = tables().firms[0];
  CHECK(firm.name == "Han");
  CHECK(firm.home == 3);
  CHECK(firm.sector == FirmSector::kDevice);
  CHECK(firm.revenue_busd == 2);
  CHECK(firm.markets == std::vector<std::uint32_t>{3, 0});
}

TEST_CASE("Firms that cannot be are refused") {
  CHECK(refuses("firms.csv", "Han,KOR", "Han,KOP", "Did you mean \"KOR\"?"));
  CHECK(refuses("firms.csv", "device", "devices", "Did you mean \"device\"?"));
  CHECK(refuses("firms.csv", "KOR|CHN", "KOR|CHM", "\"CHM\" is not a known country"));
  CHECK(refuses("firms.csv", "KOR|CHN", "KOR|KOR", "KOR stands twice in the list"));
  CHECK(refuses("firms.csv", "KOR|CHN", "", "a firm needs at least one market"));
  CHECK(refuses("firms.csv", "\nRhine", "\nHan", "stands already in line 2"));
  CHECK(refuses("firms.csv", "device,2", "device,-2", "allowed is 0 or more"));
}

TEST_CASE("Stances name known firms and real days") {
  REQUIRE(tables().firm_stances.size() == 1);
  CHECK(tables().firm_stances[0].firm == "Rhine");
  CHECK(tables().firm_stances[0].framework == "clean_network");
  CHECK(tables().firm_stances[0].date == Date{2020, 7, 1});
  CHECK(refuses("firm_stances.csv", "Rhine", "Rhien", "Did you mean \"Rhine\"?"));
  CHECK(refuses("firm_stances.csv", "2020-07-01", "2020-07-32", "is not a day; write it as 2020-08-01"));
  CHECK(refuses("firm_stances.csv", "clean_network", "", "the cell is empty"));
}

TEST_CASE("Organisations come out by id with their members sorted") {
  REQUIRE(tables().organisations.size() == 2);
  CHECK(tables().organisations[0].id == "east");
  CHECK(tables().organisations[0].name == "The East");
  CHECK(tables().organisations[0].rule == OrganisationRule::kMajority);
  CHECK(tables().organisations[0].members == std::vector<std::uint32_t>{0, 3});
  CHECK(tables().organisations[1].rule == OrganisationRule::kLeader);
}

TEST_CASE("Organisations that contradict themselves are refused") {
  CHECK(refuses("organisations.csv", "The East,CHN", "The Far East,CHN", "was \"The East\" in an earlier line"));
  CHECK(refuses("organisations.csv", "CHN,majority", "CHN,consensus", "was \"majority\" in an earlier line"));
  CHECK(refuses("organisations.csv", "CHN,majority", "CHN,majorty", "Did you mean \"majority\"?"));
  CHECK(refuses("organisations.csv", "CHN,majority", "KOR,majority", "stands already in line 2"));
}

TEST_CASE("Groupings come out by id") {
  REQUIRE(tables().groupings.size() == 2);
  CHECK(tables().groupings[0].id == "europe");
  CHECK(tables().groupings[0].members == std::vector<std::uint32_t>{1});
  CHECK(refuses("groupings.csv", "islands,JPN", "islands,JPX", "Did you mean \"JPN\"?"));
}

TEST_CASE("Vendors' shares of a country sum to at most 1") {
  REQUIRE(tables().vendor_shares.size() == 2);
  CHECK(tables().vendor_shares[0].country == 1);
  CHECK(tables().vendor_shares[0].vendor_home == "CHN");
  CHECK(tables().vendor_shares[0].share == 0.5);
  CHECK(refuses("vendor_shares.csv", "KOR,0.5", "KOR,0.6", "the shares of DEU sum to more than 1"));
  CHECK(refuses("vendor_shares.csv", "KOR,0.5", "KOR,1.5", "allowed is from 0 to 1"));
  CHECK(refuses("vendor_shares.csv", "DEU,KOR", "DEU,CHN", "stands already in line 2"));
}

TEST_CASE("Initial memberships are listed or signed") {
  REQUIRE(tables().initial_memberships.size() == 1);
  CHECK(tables().initial_memberships[0].country == 2);
  CHECK(tables().initial_memberships[0].framework == "clean_network");
  CHECK(tables().initial_memberships[0].level == MembershipLevel::kListed);
  CHECK(tables().initial_memberships[0].date == Date{2020, 6, 1});
  const WorldTables other = testing::read_files(testing::changed("initial_memberships.csv", "listed", "signed"));
  CHECK(other.initial_memberships[0].level == MembershipLevel::kSigned);
  CHECK(refuses("initial_memberships.csv", "listed", "lsited", "Did you mean \"listed\"?"));
  CHECK(refuses("initial_memberships.csv", "2020-06-01", "June 2020", "is not a day"));
}

TEST_CASE("Gaps stand at their country and provision, and pairs that are not named have none") {
  const CodeList countries("country", {"CHN", "DEU"});
  const std::vector<double> gaps =
      read_compliance_gaps(parse_csv("iso3,provision,gap\nDEU,local_law,0.75\n", "gaps.csv"), countries);
  REQUIRE(gaps.size() == 2 * kProvisionCount);
  double sum = 0.0;
  for (const double gap : gaps) sum += gap;
  CHECK(sum == 0.75);
  CHECK(gaps[kProvisionCount + static_cast<std::size_t>(Provision::kLocalLaw)] == 0.75);
  const auto refusal = [&](const std::string& row) {
    return testing::message_of<DataError>(
        [&] { read_compliance_gaps(parse_csv("iso3,provision,gap\n" + row, "gaps.csv"), countries); });
  };
  CHECK(refusal("DEU,local_laws,0.75\n").find("Did you mean \"local_law\"?") != std::string::npos);
  CHECK(refusal("DEU,local_law,1.5\n").find("from 0 to 1") != std::string::npos);
}
