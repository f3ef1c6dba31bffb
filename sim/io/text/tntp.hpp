#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/graph/congested_network.hpp"
#include "sim/graph/traffic_demand.hpp"

namespace splinternet {

/// How much of a link's toll and length counts as cost, in units of time per unit.
struct TntpWeights {
  double toll = 0.0;
  double length = 0.0;
};

/// A network of the "Transportation Networks for Research" format (TNTP): nodes from 0, the first `zone_count` of them
/// zones.
struct TntpNetwork {
  CongestedNetwork network;
  std::size_t zone_count;
  AvoidSet avoid;  ///< no transit through nodes before the "first thru node"
};

/// Reads a `_net.tntp` file: metadata in <…>, then per link "init term capacity length time b power speed toll type ;";
/// "~" begins a comment. Throws DataError "file:line: what" for a missing or contradictory count, a line that is not
/// ten numbers, a node outside 1 … NUMBER OF NODES, or a link that CongestedNetwork refuses; FileError if the operating
/// system refuses.
TntpNetwork read_tntp_network(const std::string& path, const TntpWeights& weights = {});

/// Reads a `_trips.tntp` file: metadata, then "Origin o" and "destination : trips;" entries. Returns the demand
/// [origin][destination] of `zone_count` zones; pairs not named demand nothing. Throws DataError "file:line: what" for
/// another number of zones, a zone outside, trips that are negative or no number, a pair that stands twice, or trips
/// that differ from TOTAL OD FLOW by more than 0.1 % (published files round it); FileError as above.
std::vector<double> read_tntp_trips(const std::string& path, std::size_t zone_count);

/// The same for text in memory; `path` is the name used in messages.
TntpNetwork parse_tntp_network(std::string_view text, const std::string& path, const TntpWeights& weights = {});
std::vector<double> parse_tntp_trips(std::string_view text, const std::string& path, std::size_t zone_count);

}  // namespace splinternet
