#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/coalition/sampled_power.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// What can be said about the power of signatories over the entry into force.
enum class EntryGame : std::uint8_t {
  kNoRule,   ///< provisions bind from the opening: nobody's signature is needed
  kUnmet,    ///< even all signatories together do not meet the rule
  kCounted,  ///< indices from all coalitions, exact for GDP in the units given
  kSampled,  ///< indices from random orders and coalitions, with standard errors
};

/// The entry into force of a framework as a voting game [members, GDP; 1, GDP share] over its signatories.
struct EntryPower {
  EntryGame game = EntryGame::kNoRule;
  double quota_members = 0.0;         ///< signatories needed
  double quota_gdp_share = 0.0;       ///< share of world GDP that must have signed
  std::vector<std::uint32_t> voters;  ///< signatories, sponsors among them, in order of code
  double gdp_share = 0.0;             ///< theirs, of the world
  double unit = 0.0;                  ///< of GDP in the game, share of the world's; 0 if GDP does not count
  /// Per voter; standard errors 0 when counted. Empty without a game.
  coalition::PowerIndices<coalition::Estimate> indices;
};

/// Power of the signatories of a framework: all coalitions are counted if that is cheap (up to 64 signatories), else
/// 10 000 orders and coalitions are drawn, keyed by the seed of the run and the countries' codes.
EntryPower entry_power(const World& world, std::size_t framework);

/// A member's share of the traffic between members.
struct TrafficValue {
  std::uint32_t country = 0;
  double value = 0.0;  ///< share of world demand
};

/// Shapley value of the members (in order of code) in the game in which a coalition is worth the demand for data
/// between its members, domestic demand left out: of each pair's demand each gets half (Deng & Papadimitriou 1994).
/// Shares of world demand; they sum to what stays within the framework. Empty if the scenario has no data.
std::vector<TrafficValue> traffic_values(const World& world, std::size_t framework);

}  // namespace splinternet
