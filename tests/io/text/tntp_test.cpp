#include "sim/io/text/tntp.hpp"

#include <functional>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/graph/assignment.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using splinternet::testing::message_of;
using splinternet::testing::near;

namespace {

const std::string kBraessNet =
    "<NUMBER OF ZONES> 2\t\n"
    "<NUMBER OF NODES> 4\n"
    "<FIRST THRU NODE> 1\n"
    "<NUMBER OF LINKS> 5\n"
    "<ORIGINAL HEADER>~ \tInit node \tTerm node\t;\n"
    "<END OF METADATA>\n"
    "\n\n"
    "~\tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll\tlink_type\t;\n"
    "\t1\t3\t1\t100\t0.00000001\t1000000000\t1\t0\t0\t1\t;\r\n"
    "\t1\t4\t1\t100\t50\t0.02\t1\t0\t0\t1\t;\n"
    "\t3\t2\t1\t100\t50\t0.02\t1\t0\t0\t1\t;\n"
    "\t3\t4\t1\t100\t10\t0.1\t1\t0\t3\t1\t;\n"
    "\t4\t2\t1\t100\t0.00000001\t1000000000\t1\t0\t0\t1;\n";

const std::string kBraessTrips =
    "<NUMBER OF ZONES> 2\n"
    "<TOTAL OD FLOW>   6.0\n"
    "<END OF METADATA>\n"
    "\n"
    "Origin \t1 \n"
    "    1 :      0.0;     2 :     6.0;\n"
    "Origin 2\n"
    "1:0.0;\n";

// The text with `from`, which must be there, replaced.
std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t place = text.find(from);
  REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

std::string network_fault(const std::string& text) {
  return message_of<DataError>([&] { return parse_tntp_network(text, "x_net.tntp"); });
}

std::string trips_fault(const std::string& text, std::size_t zones = 2) {
  return message_of<DataError>([&] { return parse_tntp_trips(text, "x_trips.tntp", zones); });
}

}  // namespace

TEST_CASE("A TNTP network and its trips can be assigned") {
  const TntpNetwork read = parse_tntp_network(kBraessNet, "Braess_net.tntp");
  CHECK(read.zone_count == 2);
  CHECK(read.network.node_count() == 4);
  REQUIRE(read.network.link_count() == 5);
  const CongestedLink& bridge = read.network.links()[3];
  CHECK(bridge.tail == 2);
  CHECK(bridge.head == 3);
  CHECK(bridge.free_time == 10.0);
  CHECK(bridge.capacity == 1.0);
  CHECK(bridge.b == 0.1);
  CHECK(bridge.power == 1.0);
  CHECK(bridge.fixed_cost == 0.0);
  CHECK(read.avoid.transit == std::vector<std::uint8_t>{0, 0, 0, 0});

  const std::vector<double> demand = parse_tntp_trips(kBraessTrips, "Braess_trips.tntp", read.zone_count);
  CHECK(demand == std::vector<double>{0, 6, 0, 0});
  const Assignment result = assign_traffic(read.network, {read.zone_count, {{read.avoid, demand}}});
  CHECK(result.objective == near(386.0, 1e-7));
}

TEST_CASE("Toll and length become a fixed cost by their weights") {
  const TntpNetwork read = parse_tntp_network(kBraessNet, "x", {2.0, 0.5});
  CHECK(read.network.links()[3].fixed_cost == 2.0 * 3 + 0.5 * 100);
  CHECK(read.network.links()[0].fixed_cost == 50.0);
}

TEST_CASE("No path passes a zone before the first through node") {
  const TntpNetwork read = parse_tntp_network(with(kBraessNet, "NODE> 1", "NODE> 3"), "x");
  CHECK(read.avoid.transit == std::vector<std::uint8_t>{1, 1, 0, 0});
}

TEST_CASE("Files are read from disk; a missing one is refused by the system") {
  const splinternet::testing::TemporaryFolder folder;
  splinternet::testing::write_file(folder / "a_net.tntp", kBraessNet);
  splinternet::testing::write_file(folder / "a_trips.tntp", kBraessTrips);
  CHECK(read_tntp_network((folder / "a_net.tntp").string()).network.link_count() == 5);
  CHECK(read_tntp_trips((folder / "a_trips.tntp").string(), 2)[1] == 6.0);
  CHECK_THROWS_AS(read_tntp_network((folder / "b_net.tntp").string()), FileError);
}

TEST_CASE("Faults of a TNTP network are told with their line") {
  const auto fault = [](const std::string& from, const std::string& to) {
    return network_fault(with(kBraessNet, from, to));
  };
  CHECK(network_fault("") == "x_net.tntp:1: the file ends before <END OF METADATA>");
  CHECK(fault("<NUMBER OF ZONES> 2", "NUMBER OF ZONES 2") ==
        "x_net.tntp:1: metadata <...> or <END OF METADATA> must come first");
  CHECK(fault("<NUMBER OF NODES> 4\n", "") ==
        "x_net.tntp:5: <NUMBER OF NODES> must give a whole number from 0 to 10000000");
  CHECK(fault("NODES> 4", "NODES> 3.5") ==
        "x_net.tntp:2: <NUMBER OF NODES> must give a whole number from 0 to 10000000");
  CHECK(fault("NODES> 4", "NODES> four") == "x_net.tntp:2: <NUMBER OF NODES> \"four\" is not a number");
  CHECK(fault("ZONES> 2", "ZONES> 5") == "x_net.tntp:1: 5 zones among 4 nodes");
  CHECK(fault("LINKS> 5", "LINKS> 6") ==
        "x_net.tntp:4: 6 links are announced, 5 are there; the file is cut off or the number is wrong");
  CHECK(fault("\t1\t4\t1\t100", "\t1\t9\t1\t100") == "x_net.tntp:11: node 9 is not one of 1 to 4");
  CHECK(fault("\t1\t4\t1\t100", "\t1\t4\tx\t100") == "x_net.tntp:11: capacity \"x\" is not a finite number");
  CHECK(fault("\t1\t4\t1\t100", "\t1\t4\t1") ==
        "x_net.tntp:11: a link has 9 columns where there must be 10: init node, term node, capacity, length, free "
        "flow time, b, power, speed, toll, type");
  CHECK(fault("\t1\t4\t1\t100", "\t1\t1\t1\t100") ==
        "x_net.tntp:11: the link from node 1 to node 1 joins a node to itself");
  CHECK(fault("\t1\t4\t1\t100", "\t1\t4\t0\t100") ==
        "x_net.tntp:11: the link from node 1 to node 4 has a capacity of 0; it must be positive and finite, or else b "
        "= 0");
}

TEST_CASE("Faults of TNTP trips are told with their line") {
  const auto fault = [](const std::string& from, const std::string& to) {
    return trips_fault(with(kBraessTrips, from, to));
  };
  CHECK(trips_fault(kBraessTrips, 3) == "x_trips.tntp:1: the network has 3 zones");
  CHECK(fault("2 :     6.0", "3 : 6.0") == "x_trips.tntp:6: zone 3 is not one of 1 to 2");
  CHECK(fault("2 :     6.0", "2 : -6.0") == "x_trips.tntp:6: the number of trips to zone 2 is negative");
  CHECK(fault("2 :     6.0", "2 : 1e999") == "x_trips.tntp:6: number of trips \"1e999\" is not a finite number");
  CHECK(fault("2 :     6.0", "1 : 6.0") == "x_trips.tntp:6: trips from zone 1 to zone 1 stand twice");
  CHECK(fault("2 :     6.0", "2 : 5.0") ==
        "x_trips.tntp:2: the trips sum to 5.000000; the file is cut off or the total is wrong");
  CHECK(fault("Origin \t1 \n", "") ==
        "x_trips.tntp:5: \"1 :      0.0\" is neither \"Origin o\" nor \"destination : trips;\" after one");
  CHECK(fault("2 :     6.0", "2 6.0") ==
        "x_trips.tntp:6: \"2 6.0\" is neither \"Origin o\" nor \"destination : trips;\" after one");
}
