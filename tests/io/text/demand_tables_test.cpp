#include "sim/io/text/demand_tables.hpp"

#include "tests/io/text/tiny_world.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

const CodeList kCountries("country", {"CHN", "DEU", "JPN"});

std::vector<double> hosting_of(const std::string& rows, std::vector<std::string>& imputed) {
  return read_hosting(parse_csv("country,host,share,imputed\n" + rows, "h.csv"), kCountries, imputed);
}

std::string hosting_refusal(const std::string& rows) {
  std::vector<std::string> imputed;
  return testing::message_of<DataError>([&] { hosting_of(rows, imputed); });
}

std::vector<double> demand_of(const std::string& rows) {
  std::vector<std::string> imputed;
  return read_data_demand(parse_csv("origin,destination,demand\n" + rows, "d.csv"), kCountries, imputed);
}

std::string demand_refusal(const std::string& rows) {
  return testing::message_of<DataError>([&] { demand_of(rows); });
}

}  // namespace

TEST_CASE("Hosting is read by country and host, in any order of rows, and flagged values are told") {
  std::vector<std::string> imputed;
  CHECK(hosting_of("JPN,JPN,1,0\nDEU,CHN,0.25,1\nDEU,DEU,0.7500005,0\nCHN,CHN,1,0\n", imputed) ==
        std::vector<double>{1, 0, 0, 0.25, 0.7500005, 0, 0, 0, 1});
  CHECK(imputed == std::vector<std::string>{"hosting.share DEU-CHN"});
}

TEST_CASE("Shares that do not sum to 1 are refused at the country's last row, with their sum") {
  CHECK(hosting_refusal("CHN,CHN,1,0\nDEU,CHN,0.25,0\nDEU,DEU,0.7,0\nJPN,JPN,1,0\n") ==
        "h.csv:4:1: column \"country\": the shares of DEU sum to 0.95, not to 1; every host's share of what the "
        "country uses must be there, its own included.");
  CHECK(hosting_refusal("CHN,CHN,1,0\nDEU,DEU,1,0\nJPN,JPN,0.999998,0\n").starts_with("h.csv:4:1: column \"country\""));
  CHECK(hosting_refusal("CHN,CHN,1,0\nDEU,DEU,1,0\n")
            .starts_with("h.csv:3:1: the table ends here without a row whose country is JPN: the shares of JPN sum to "
                         "0,"));
}

TEST_CASE("Hosting with unknown countries, repeated pairs and shares that are none is refused") {
  CHECK(hosting_refusal("CHN,USA,1,0\n").starts_with("h.csv:2:5: column \"host\": \"USA\" is not a known country"));
  CHECK(hosting_refusal("CNH,CHN,1,0\n").find("Did you mean \"CHN\"?") != std::string::npos);
  CHECK(hosting_refusal("CHN,DEU,0.5,0\nCHN,DEU,0.5,0\n").find("stands already in line 2") != std::string::npos);
  CHECK(hosting_refusal("CHN,CHN,-0.5,0\n").starts_with("h.csv:2:9: column \"share\": -0.5 is out of range"));
  CHECK(hosting_refusal("CHN,CHN,1.5,0\n").find("from 0 to 1") != std::string::npos);
  CHECK(hosting_refusal("CHN,CHN,nan,0\n").find("\"nan\" is not a number") != std::string::npos);
  CHECK(hosting_refusal("CHN,CHN,,0\n").find("the cell is empty") != std::string::npos);
  CHECK(hosting_refusal("CHN,CHN,1,0,2\n").starts_with("h.csv:2:"));
}

TEST_CASE("Demand is read by origin and destination in any unit, home included") {
  CHECK(demand_of("CHN,CHN,5e9\nDEU,DEU,2\nJPN,JPN,3\nJPN,DEU,0.5\n") ==
        std::vector<double>{5e9, 0, 0, 0, 2, 0, 0, 0.5, 3});
}

TEST_CASE("Demand that cannot be is refused") {
  CHECK(demand_refusal("CHN,CHN,1\nDEU,DEU,-2\n").starts_with("d.csv:3:9: column \"demand\": -2 is out of range"));
  CHECK(demand_refusal("CHN,CHN,nan\n").find("\"nan\" is not a number") != std::string::npos);
  CHECK(demand_refusal("CHN,CHN,inf\n").starts_with("d.csv:2:9: "));
  CHECK(demand_refusal("CHN,CHN,1e301\n").find("out of range") != std::string::npos);
  CHECK(demand_refusal("CHN,CHN,1\nCHN,CHN,2\n").find("stands already in line 2") != std::string::npos);
  CHECK(demand_refusal("CHN,JPM,1\n").find("Did you mean \"JPN\"?") != std::string::npos);
}

TEST_CASE("A country without demand from or to it is refused") {
  CHECK(demand_refusal("CHN,CHN,1\nDEU,DEU,2\nDEU,JPN,2\n")
            .starts_with("d.csv:4:1: the table ends here without a row whose origin is JPN: there is no demand above 0 "
                         "from JPN"));
  CHECK(demand_refusal("CHN,CHN,1\nDEU,DEU,2\nJPN,DEU,2\nCHN,JPN,0\n")
            .starts_with("d.csv:5:5: column \"destination\": there is no demand above 0 to JPN"));
}
