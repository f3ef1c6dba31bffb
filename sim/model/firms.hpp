#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kMargin = real("firms.margin", "1", 0.10, {0, 1}, {0.05, 0.2}, "profit over revenue", "[J]");
inline constexpr Parameter kFirmTemperature = real("firms.temperature", "share of revenue", 0.02, {1e-6, 10},
                                                   {0.01, 0.04}, "logit temperature of firms: T_f (M14)", "[J]");
inline constexpr Parameter kAlignedCost = real("firms.cost_aligned", "share of revenue", 0.01, {0, 1}, {0.005, 0.02},
                                               "cost of keeping to one framework's rules (M14)", "[J]");
inline constexpr Parameter kDualCost =
    real("firms.cost_dual", "share of revenue", 0.03, {0, 1}, {0.015, 0.06}, "cost of two stacks (M14)", "[J]");
inline constexpr Parameter kTaint =
    real("firms.taint", "1", 0.25, {0, 1}, {0.1, 0.5},
         "share of untrusted inputs above which a firm is untrusted itself", "[M] US 25 % de minimis rule");
inline constexpr Parameter kDivestitureLoss =
    real("firms.divestiture_loss", "1", 0.30, {0, 1}, {0.15, 0.6}, "value lost in a forced sale", "[J]");
inline constexpr Parameter kPartnerWeight =
    real("firms.partner_weight", "share of revenue", 0.02, {0, 1}, {0.01, 0.04},
         "worth of sharing the stance of all suppliers and customers: ν (M14)", "[J]");
inline constexpr Parameter kFirmRevisionRate = real("firms.revision_rate", "per month", 0.1, {0, 1}, {0.03, 0.3},
                                                    "rate at which a firm reconsiders its stance", "[J] yearly plans");
inline constexpr Parameter kStoppedSupplyLoss =
    real("firms.stopped_supply_loss", "1", 0.5, {0, 1}, {0.2, 1},
         "sales lost per share of suppliers that an entity list stops", "[J] Huawei's revenue fell 29 % in 2021");
inline constexpr Parameter kExitAccess =
    real("firms.exit_access", "1", 0.05, {0, 1}, {0, 0.2}, "access to a market below which a firm leaves it", "[J]");
inline constexpr Parameter kSyntheticFirms = at_set_up(
    integer("firms.synthetic", "firms", 0, {0, 1e7}, {0, 1e5}, "synthetic firms beside the named ones", "[D]"));
inline constexpr Parameter kMinimumRevenue =
    at_set_up(real("firms.minimum_revenue_busd", "USD bn per year", 0.01, {1e-9, 1e6}, {0.001, 0.1},
                   "smallest synthetic firm", "[J]"));
inline constexpr Parameter kSizeTail =
    at_set_up(real("firms.size_tail", "1", 1.06, {0.1, 10}, {1.0, 1.2}, "tail exponent of the size distribution",
                   "[S] Axtell 2001: Zipf"));
inline constexpr Parameter kMarketTail = at_set_up(
    real("firms.market_tail", "1", 1.5, {0.1, 10}, {1, 2.5}, "tail exponent of the number of markets", "[J]"));
inline constexpr Parameter kSupplierTail = at_set_up(
    real("firms.supplier_tail", "1", 1.5, {0.1, 10}, {1, 2.5}, "tail exponent of the number of suppliers", "[J]"));

inline constexpr const Parameter* kFirmRows[] = {
    &kMargin,          &kFirmTemperature, &kAlignedCost,      &kDualCost,          &kTaint,
    &kDivestitureLoss, &kPartnerWeight,   &kFirmRevisionRate, &kStoppedSupplyLoss, &kExitAccess,
    &kSyntheticFirms,  &kMinimumRevenue,  &kSizeTail,         &kMarketTail,        &kSupplierTail};

}  // namespace parameters

/// Phase 4: firms reconsider their stances, all reading the World as it is.
void revise_firms(World& world, StepReport& report);

/// Reallocates the sales of each market and sector to the firms with access, so that the total of each is conserved,
/// and marks who was barred, sold or left.
void reallocate_markets(World& world);

/// What HomeMarkets asks for of the sales of firms, into Derived; reallocate_markets keeps it.
void note_sales(World& world);

/// What countries would do to sales at home, with what frameworks mean to firms looked up once.
class HomeMarkets {
 public:
  explicit HomeMarkets(const World& world);

  /// Change of what firms at home in country i sell there if its memberships were `target`, USD bn a year: the sales of
  /// firms that it would exclude (or admit again) are shared among all in the market in proportion.
  [[nodiscard]] double revenue_change_busd(std::size_t country, FrameworkSet target) const;

 private:
  [[nodiscard]] FrameworkSet exposed(std::size_t exposable, FrameworkSet moves) const;
  [[nodiscard]] double revenue_change_in(std::size_t country, std::size_t sector, FrameworkSet target,
                                         FrameworkSet moves) const;
  void find_kept(std::size_t country, FrameworkSet target, std::size_t sector, FrameworkSet moves,
                 std::span<double> kept) const;

  const World& world_;
  double taint_, depth_on_signing_;
  std::vector<double> bite_;                             // [sector][framework] strength of the provision that bites
  std::array<FrameworkSet, kFirmSectorCount> biting_{};  // [sector] frameworks where it is not 0
};

}  // namespace splinternet
