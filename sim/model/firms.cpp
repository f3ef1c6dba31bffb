#include "sim/model/firms.hpp"

#include <algorithm>

#include "sim/core/parallel.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/choice/logit.hpp"
#include "sim/model/membership.hpp"

namespace splinternet {
namespace {

double strength(const World& world, std::size_t provision, std::size_t framework) {
  return world.derived.parameters(kProvisionStrength[provision], framework);
}

/// Blocking rules of the rivals that the firm's home has signed: they make aligning with k costlier.
double blocking(const World& world, std::size_t firm, std::size_t k) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  const std::size_t home = world.setting().firms->home[firm];
  double strongest = 0.0;
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    if (frameworks.incompatible[k * frameworks.count + l] == 0) continue;
    const double rules = std::max(strength(world, static_cast<std::size_t>(Provision::kLocalLaw), l),
                                  strength(world, static_cast<std::size_t>(Provision::kOpenSupplyChain), l));
    strongest = std::max(strongest, rules * world.derived.depth[world.at(home, l)]);
  }
  return strongest;
}

double stance_cost(const World& world, std::size_t firm, std::uint8_t stance) {
  if (stance == 0) return 0.0;
  if (stance > world.frameworks()) return world.derived.parameters(parameters::kDualCost);
  return world.derived.parameters(parameters::kAlignedCost) * (1.0 + blocking(world, firm, stance - 1U));
}

/// Share of suppliers and customers of the same stance.
double partner_share(const World& world, std::size_t firm, std::uint8_t stance) {
  const FirmSetting& firms = *world.setting().firms;
  std::size_t partners = 0;
  std::size_t alike = 0;
  const auto count = [&](const std::vector<std::uint32_t>& first, const std::vector<std::uint32_t>& list) {
    for (std::size_t e = first[firm]; e < first[firm + 1]; ++e) {
      ++partners;
      if (world.firms.stance[list[e]] == stance) ++alike;
    }
  };
  count(firms.first_supplier, firms.supplier);
  count(firms.first_customer, firms.customer);
  return partners == 0 ? 0.0 : static_cast<double>(alike) / static_cast<double>(partners);
}

bool any_open(const World& world) {
  return std::any_of(world.frameworks_state.status.begin(), world.frameworks_state.status.end(),
                     [](std::uint8_t s) { return s != static_cast<std::uint8_t>(FrameworkStatus::kNotYet); });
}

/// Stances that a firm may take: aligned only with frameworks that have opened.
std::vector<std::uint8_t> possible_stances(const World& world) {
  std::vector<std::uint8_t> stances{0};
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (world.frameworks_state.status[k] != static_cast<std::uint8_t>(FrameworkStatus::kNotYet)) {
      stances.push_back(static_cast<std::uint8_t>(k + 1));
    }
  }
  stances.push_back(static_cast<std::uint8_t>(world.frameworks() + 1));
  return stances;
}

/// Sales lost to suppliers that an entity list has stopped.
double supply_factor(const World& world, std::size_t firm) {
  const FirmSetting& firms = *world.setting().firms;
  double stopped = 0.0;
  for (const Effects::SupplyStop& stop : world.derived.effects.supply_stops) {
    if (stop.firm != firm) continue;
    for (std::size_t e = firms.first_supplier[firm]; e < firms.first_supplier[firm + 1]; ++e) {
      if (firms.home[firms.supplier[e]] == stop.home) stopped += 1.0;
    }
  }
  const auto suppliers = static_cast<double>(firms.first_supplier[firm + 1] - firms.first_supplier[firm]);
  if (stopped == 0.0) return 1.0;
  return 1.0 - world.derived.parameters(parameters::kStoppedSupplyLoss) * std::min(1.0, stopped / suppliers);
}

const Effects::MarketLoss* market_loss(const World& world, std::size_t firm, std::size_t market) {
  for (const Effects::MarketLoss& loss : world.derived.effects.market_losses) {
    if (loss.firm == firm && loss.market == market) return &loss;
  }
  return nullptr;
}

}  // namespace

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

bool is_exposed(const World& world, std::size_t firm, std::size_t framework, std::uint8_t stance) {
  const FirmSetting& firms = *world.setting().firms;
  if (contains(firms.untrusted_under[firm], framework)) return true;
  if (stance == framework + 1 || stance > world.frameworks()) return false;
  return firms.untrusted_inputs[framework * firms.count + firm] > world.derived.parameters(parameters::kTaint);
}

double market_access(const World& world, std::size_t firm, std::size_t edge, std::uint8_t stance) {
  const FirmSetting& firms = *world.setting().firms;
  const std::size_t market = firms.market[edge];
  if (!world.derived.effects.market_losses.empty()) {
    if (const Effects::MarketLoss* loss = market_loss(world, firm, market)) return loss->buyer == kNoFirm ? 0.0 : 1.0;
  }
  double access = world.derived.effects.supply_stops.empty() ? 1.0 : supply_factor(world, firm);
  const std::size_t provision = biting_provision(firms.sector[firm]);
  if (provision == kProvisionCount) return access;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    const double depth = world.derived.depth[world.at(market, k)];
    if (depth == 0.0 || !is_exposed(world, firm, k, stance)) continue;
    access *= 1.0 - depth * strength(world, provision, k);
  }
  return access;
}

double stance_value(const World& world, std::size_t firm, std::uint8_t stance) {
  const FirmSetting& firms = *world.setting().firms;
  double sales = 0.0;
  for (std::size_t e = firms.first_market[firm]; e < firms.first_market[firm + 1]; ++e) {
    double access = market_access(world, firm, e, stance);
    if (!world.derived.effects.market_losses.empty()) {
      const Effects::MarketLoss* loss = market_loss(world, firm, firms.market[e]);
      // What a forced sale brings counts as the value kept of that market.
      if (loss != nullptr && loss->buyer != kNoFirm) {
        access = 1.0 - world.derived.parameters(parameters::kDivestitureLoss);
      }
    }
    sales += firms.market_revenue_busd[e] / firms.revenue_busd[firm] * access;
  }
  return world.derived.parameters(parameters::kMargin) * sales - stance_cost(world, firm, stance) +
         world.derived.parameters(parameters::kPartnerWeight) * partner_share(world, firm, stance);
}

void revise_firms(World& world, StepReport& report) {
  if (!any_open(world)) return;
  const FirmSetting& firms = *world.setting().firms;
  const std::vector<std::uint8_t> stances = possible_stances(world);
  const double rate = world.per_step(world.derived.parameters(parameters::kFirmRevisionRate));
  const double temperature = world.derived.parameters(parameters::kFirmTemperature);
  std::vector<std::uint8_t> next = world.firms.stance;
  std::vector<std::uint8_t> revised(firms.count, 0);
  parallel::for_each_range(firms.count, 256, [&](std::size_t begin, std::size_t end) {
    std::vector<double> value(stances.size());
    for (std::size_t f = begin; f < end; ++f) {
      const std::uint64_t seed = world.scenario().run.seed;
      const auto step = static_cast<std::uint32_t>(world.step);
      if (Draws(seed, Purpose::kFirmRevisionTime, step, firms.key[f]).uniform() >= rate) continue;
      for (std::size_t a = 0; a < stances.size(); ++a) value[a] = stance_value(world, f, stances[a]);
      const double uniform = Draws(seed, Purpose::kFirmChoice, step, firms.key[f]).uniform();
      next[f] = stances[choose_logit(value, temperature, uniform)];
      revised[f] = 1;
    }
  });
  for (const std::uint8_t r : revised) report.firm_revisions += r;
  world.firms.stance = std::move(next);
}

void reallocate_markets(World& world) {
  const FirmSetting& firms = *world.setting().firms;
  const double exit_access = world.derived.parameters(parameters::kExitAccess);
  const std::size_t groups = firms.first_in_group.size() - 1;
  parallel::for_each_range(groups, 64, [&](std::size_t begin, std::size_t end) {
    for (std::size_t g = begin; g < end; ++g) {
      double total = 0.0;
      double weight = 0.0;
      for (std::size_t n = firms.first_in_group[g]; n < firms.first_in_group[g + 1]; ++n) {
        const std::size_t e = firms.edge_in_group[n];
        const std::size_t f = firms.firm_of_edge[e];
        const double access = market_access(world, f, e, world.firms.stance[f]);
        const Effects::MarketLoss* loss = market_loss(world, f, firms.market[e]);
        MarketStatus status = access < exit_access ? MarketStatus::kExited : MarketStatus::kActive;
        if (loss != nullptr) status = loss->buyer == kNoFirm ? MarketStatus::kBarred : MarketStatus::kDivested;
        const bool sells = status == MarketStatus::kActive || status == MarketStatus::kDivested;
        world.firms.market_status[e] = static_cast<std::uint8_t>(status);
        world.firms.market_revenue_busd[e] = sells ? firms.market_revenue_busd[e] * access : 0.0;
        total += firms.market_revenue_busd[e];
        weight += world.firms.market_revenue_busd[e];
      }
      // Nobody left to serve the market: its sales stay with the last suppliers, since totals are conserved.
      const double scale = weight > 0.0 ? total / weight : 1.0;
      for (std::size_t n = firms.first_in_group[g]; n < firms.first_in_group[g + 1]; ++n) {
        const std::size_t e = firms.edge_in_group[n];
        double& revenue = world.firms.market_revenue_busd[e];
        revenue = weight > 0.0 ? revenue * scale : firms.market_revenue_busd[e];
      }
    }
  });
}

double home_revenue_change_busd(const World& world, std::size_t country, FrameworkSet target) {
  const FirmSetting& firms = *world.setting().firms;
  const FrameworkSet before = world.membership(country);
  const double d0 = world.derived.parameters(parameters::kDepthOnSigning);
  double change = 0.0;
  for (std::size_t s = 0; s < kFirmSectorCount; ++s) {
    const std::size_t provision = biting_provision(static_cast<FirmSector>(s));
    if (provision == kProvisionCount) continue;
    const std::size_t g = country * kFirmSectorCount + s;
    double total = 0.0;
    double remaining = 0.0;
    double home = 0.0;
    double home_remaining = 0.0;
    for (std::size_t n = firms.first_in_group[g]; n < firms.first_in_group[g + 1]; ++n) {
      const std::size_t e = firms.edge_in_group[n];
      const std::size_t f = firms.firm_of_edge[e];
      double kept = world.firms.market_revenue_busd[e];
      total += kept;
      if (firms.home[f] == country) home += kept;
      for (std::size_t k = 0; k < world.frameworks(); ++k) {
        if (contains(before, k) == contains(target, k) || !is_exposed(world, f, k, world.firms.stance[f])) continue;
        const double q = strength(world, provision, k);
        // Leaving a framework admits again what its depth keeps out; nothing can be read off a market closed in full.
        const double open = contains(target, k) ? 1.0 - d0 * q : 1.0 - world.derived.depth[world.at(country, k)] * q;
        kept = contains(target, k) ? kept * open : (open > 0.0 ? kept / open : kept);
      }
      remaining += kept;
      if (firms.home[f] == country) home_remaining += kept;
    }
    if (remaining > 0.0) change += home_remaining * (total / remaining) - home;
  }
  return change;
}

}  // namespace splinternet
