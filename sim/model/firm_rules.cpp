#include "sim/model/firm_rules.hpp"

#include <algorithm>

#include "sim/model/firms.hpp"

namespace splinternet {

std::size_t biting_provision(FirmSector sector) {
  switch (sector) {
    case FirmSector::kEquipment:
    case FirmSector::kSemiconductor:
      return static_cast<std::size_t>(Provision::kCleanPath);
    case FirmSector::kDevice:
      return static_cast<std::size_t>(Provision::kCleanApps);
    case FirmSector::kPlatform:
      return static_cast<std::size_t>(Provision::kCleanStore);
    case FirmSector::kCloud:
      return static_cast<std::size_t>(Provision::kCleanCloud);
    case FirmSector::kCarrier:
      return static_cast<std::size_t>(Provision::kCleanCarrier);
    case FirmSector::kCable:
      return static_cast<std::size_t>(Provision::kCleanCable);
    default:
      return kProvisionCount;
  }
}

FrameworkSet exposure(const World& world, double taint, std::size_t firm, std::uint8_t stance) {
  const FirmSetting& firms = *world.setting().firms;
  FrameworkSet exposed = firms.untrusted_under[firm];
  if (stance > world.frameworks()) return exposed;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    const bool cured = stance == k + 1;
    if (!cured && firms.untrusted_inputs[k * firms.count + firm] > taint) exposed |= bit(k);
  }
  return exposed;
}

FirmRules::FirmRules(const World& world)
    : world_(world),
      taint_(world.derived.parameters(parameters::kTaint)),
      margin_(world.derived.parameters(parameters::kMargin)),
      aligned_cost_(world.derived.parameters(parameters::kAlignedCost)),
      dual_cost_(world.derived.parameters(parameters::kDualCost)),
      partner_weight_(world.derived.parameters(parameters::kPartnerWeight)),
      divestiture_loss_(world.derived.parameters(parameters::kDivestitureLoss)) {
  const std::size_t frameworks = world.frameworks(), count = world.setting().firms->count;
  const auto strength = [&world](std::size_t provision, std::size_t k) {
    return world.derived.parameters(kProvisionStrength[provision], k);
  };
  bite_.assign(kFirmSectorCount * frameworks, 0.0);
  for (std::size_t s = 0; s < kFirmSectorCount; ++s) {
    const std::size_t provision = biting_provision(static_cast<FirmSector>(s));
    if (provision == kProvisionCount) continue;
    for (std::size_t k = 0; k < frameworks; ++k) bite_[s * frameworks + k] = strength(provision, k);
  }
  for (std::size_t k = 0; k < frameworks; ++k) {
    blocking_.push_back(std::max(strength(static_cast<std::size_t>(Provision::kLocalLaw), k),
                                 strength(static_cast<std::size_t>(Provision::kOpenSupplyChain), k)));
  }
  const Effects& effects = world.derived.effects;
  if (!effects.market_losses.empty()) has_loss_.assign(count, 0);
  for (const Effects::MarketLoss& loss : effects.market_losses) has_loss_[loss.firm] = 1;
  if (!effects.supply_stops.empty()) supply_.assign(count, 1.0);
  for (const Effects::SupplyStop& stop : effects.supply_stops) supply_[stop.firm] = supply_factor(stop.firm);
}

/// Sales lost to suppliers that an entity list has stopped.
double FirmRules::supply_factor(std::size_t firm) const {
  const FirmSetting& firms = *world_.setting().firms;
  double stopped = 0.0;
  for (const Effects::SupplyStop& stop : world_.derived.effects.supply_stops) {
    if (stop.firm != firm) continue;
    for (std::size_t e = firms.first_supplier[firm]; e < firms.first_supplier[firm + 1]; ++e) {
      if (firms.home[firms.supplier[e]] == stop.home) stopped += 1.0;
    }
  }
  const auto suppliers = static_cast<double>(firms.first_supplier[firm + 1] - firms.first_supplier[firm]);
  if (stopped == 0.0) return 1.0;
  return 1.0 - world_.derived.parameters(parameters::kStoppedSupplyLoss) * std::min(1.0, stopped / suppliers);
}

FirmRules::Remainders FirmRules::remainders(std::size_t market, FirmSector sector) const {
  const std::size_t frameworks = world_.frameworks();
  const double* depth = &world_.derived.depth[world_.at(market, 0)];
  const double* bite = &bite_[static_cast<std::size_t>(sector) * frameworks];
  Remainders left{};
  for (std::size_t k = 0; k < frameworks; ++k) left[k] = 1.0 - depth[k] * bite[k];
  return left;
}

const Effects::MarketLoss* FirmRules::market_loss(std::size_t firm, std::size_t market) const {
  if (has_loss_.empty() || has_loss_[firm] == 0) return nullptr;
  for (const Effects::MarketLoss& loss : world_.derived.effects.market_losses) {
    if (loss.firm == firm && loss.market == market) return &loss;
  }
  return nullptr;
}

double FirmRules::market_access(std::size_t firm, std::size_t market, FrameworkSet exposed,
                                const Remainders& remainders) const {
  if (const Effects::MarketLoss* loss = market_loss(firm, market)) return loss->buyer == kNoFirm ? 0.0 : 1.0;
  double access = supply_.empty() ? 1.0 : supply_[firm];
  for (std::size_t k = 0; (exposed >> k) != 0; ++k) {
    if (contains(exposed, k)) access *= remainders[k];
  }
  return access;
}

/// Aligning with k costs more where rules of its rivals that the firm's home has signed block it.
double FirmRules::stance_cost(std::size_t firm, std::uint8_t stance) const {
  if (stance == 0) return 0.0;
  const FrameworkSetting& frameworks = world_.setting().frameworks;
  if (stance > frameworks.count) return dual_cost_;
  const std::size_t k = stance - 1U, home = world_.setting().firms->home[firm];
  double strongest = 0.0;
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    if (frameworks.incompatible[k * frameworks.count + l] == 0) continue;
    strongest = std::max(strongest, blocking_[l] * world_.derived.depth[world_.at(home, l)]);
  }
  return aligned_cost_ * (1.0 + strongest);
}

/// What the firm keeps of its sales, as a share.
double FirmRules::sales(std::size_t firm, FrameworkSet exposed) const {
  const FirmSetting& firms = *world_.setting().firms;
  double sum = 0.0;
  for (std::size_t e = firms.first_market[firm]; e < firms.first_market[firm + 1]; ++e) {
    const std::size_t market = firms.market[e];
    double access = market_access(firm, market, exposed, remainders(market, firms.sector[firm]));
    const Effects::MarketLoss* loss = market_loss(firm, market);
    // What a forced sale brings counts as the value kept of that market.
    if (loss != nullptr && loss->buyer != kNoFirm) access = 1.0 - divestiture_loss_;
    sum += firms.market_revenue_busd[e] / firms.revenue_busd[firm] * access;
  }
  return sum;
}

void FirmRules::value_stances(std::size_t firm, std::span<const std::uint8_t> stances, std::span<double> value) const {
  const FirmSetting& firms = *world_.setting().firms;
  std::array<std::size_t, kMaxFrameworks + 2> partners_of{};  // by stance
  std::size_t partners = 0;
  const auto count = [&](const std::vector<std::uint32_t>& first, const std::vector<std::uint32_t>& list) {
    partners += first[firm + 1] - first[firm];
    for (std::size_t e = first[firm]; e < first[firm + 1]; ++e) ++partners_of[world_.firms.stance[list[e]]];
  };
  count(firms.first_supplier, firms.supplier);
  count(firms.first_customer, firms.customer);
  FrameworkSet last = 0;
  double sold = 0.0;
  for (std::size_t a = 0; a < stances.size(); ++a) {
    const FrameworkSet exposed = exposure(firm, stances[a]);
    if (a == 0 || exposed != last) sold = sales(firm, exposed);
    last = exposed;
    const double alike =
        partners == 0 ? 0.0 : static_cast<double>(partners_of[stances[a]]) / static_cast<double>(partners);
    value[a] = margin_ * sold - stance_cost(firm, stances[a]) + partner_weight_ * alike;
  }
}

}  // namespace splinternet
