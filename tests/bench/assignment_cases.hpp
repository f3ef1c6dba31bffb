#pragma once

#include <string>

#include "tests/support/traffic_cases.hpp"

namespace splinternet::bench {

/// A network of the flagship's size: its 198 countries and 860 links, each in both directions, with the capacities of
/// the table in Tbit/s (assumed ones included, none is missing) and free times in ms from the routing weights;
/// b = 0.15, power 4. The demand is the baseline for data, scaled such that at free times the busiest hundredth of the
/// links carries half as much again as it can.
testing::TrafficCase flagship_traffic();

/// Writes <name>_net.tntp and <name>_trips.tntp (Transportation Networks for Research) for other programs: see
/// write_peer_text.
void write_tntp(const std::string& name, const testing::TrafficCase& traffic);

}  // namespace splinternet::bench
