#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/world.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {

/// The provision that bites on a sector, or kProvisionCount for none (finance, merchants).
std::size_t biting_provision(FirmSector sector);

/// The frameworks under which a firm of that stance is untrusted: by home or name (no stance cures that), or by a share
/// of untrusted inputs beyond `taint`, cured by aligning with the framework or by two stacks.
FrameworkSet exposure(const World& world, double taint, std::size_t firm, std::uint8_t stance);

/// What frameworks and events in force mean to firms (M14), looked up once for a phase in which none of them moves.
class FirmRules {
 public:
  explicit FirmRules(const World& world);

  /// See the function of the same name, with the taint in force.
  [[nodiscard]] FrameworkSet exposure(std::size_t firm, std::uint8_t stance) const {
    return splinternet::exposure(world_, taint_, firm, stance);
  }

  /// What is left of a market to a firm for each framework under which it is exposed, 1 − d·q: [framework].
  using Remainders = std::array<double, kMaxFrameworks>;
  [[nodiscard]] Remainders remainders(std::size_t market, FirmSector sector) const;

  /// Share of a market that the firm keeps: the product of what the frameworks leave, less what bans and stopped
  /// supplies take; 1 where a buyer takes the business over.
  [[nodiscard]] double market_access(std::size_t firm, std::size_t market, FrameworkSet exposed,
                                     const Remainders& remainders) const;

  /// The ban or the forced sale of a firm in a market; nullptr for none.
  [[nodiscard]] const Effects::MarketLoss* market_loss(std::size_t firm, std::size_t market) const;

  /// What each stance is worth to the firm in shares of its revenue: V_f(a).
  void value_stances(std::size_t firm, std::span<const std::uint8_t> stances, std::span<double> value) const;

 private:
  [[nodiscard]] double supply_factor(std::size_t firm) const;
  [[nodiscard]] double stance_cost(std::size_t firm, std::uint8_t stance) const;
  [[nodiscard]] double sales(std::size_t firm, FrameworkSet exposed) const;

  const World& world_;
  double taint_, margin_, aligned_cost_, dual_cost_, partner_weight_, divestiture_loss_;
  std::vector<double> bite_;            // [sector][framework] strength of the provision that bites
  std::vector<double> blocking_;        // [framework] strength of the rules by which it blocks its rivals
  std::vector<std::uint8_t> has_loss_;  // [firm], empty if nobody lost a market
  std::vector<double> supply_;          // [firm] share of sales that stopped suppliers leave, empty if none stopped
};

}  // namespace splinternet
