#include "sim/model/firms.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/choice/logit.hpp"
#include "sim/model/firm_rules.hpp"
#include "sim/model/membership.hpp"

namespace splinternet {
namespace {

constexpr double kRounding = 1e-9;  // of sales: less than this is none

constexpr std::size_t kGrain = 256;  // firms that one thread values at a time

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

bool reconsiders(const World& world, std::size_t firm, double rate) {
  return Draws(world.scenario().run.seed, Purpose::kFirmRevisionTime, static_cast<std::uint32_t>(world.step),
               world.setting().firms->key[firm])
             .uniform() < rate;
}

/// The stance that the firm takes by its draw, given what each is worth.
std::uint8_t chosen_stance(const World& world, std::size_t firm, std::span<const std::uint8_t> stances,
                           std::span<const double> value, double temperature) {
  const double uniform = Draws(world.scenario().run.seed, Purpose::kFirmChoice, static_cast<std::uint32_t>(world.step),
                               world.setting().firms->key[firm])
                             .uniform();
  return stances[choose_logit(value, temperature, uniform)];
}

void check_values(const World& world, const std::string& rule, std::span<const double> values) {
  const auto is_finite = [](double value) { return std::fabs(value) <= std::numeric_limits<double>::max(); };
  if (std::all_of(values.begin(), values.end(), is_finite)) return;
  throw DataError("step " + std::to_string(world.step) + ": the firm rule " + rule +
                  " returned what is not a finite number");
}

/// All firms that reconsider are valued by (M14) first, then at once by the user's rule, before any chooses.
void revise_by_own_rule(World& world, const Extensions::Firms& own, StepReport& report) {
  const std::size_t count = world.setting().firms->count;
  const std::vector<std::uint8_t> stances = possible_stances(world);
  const double rate = world.per_step(world.derived.parameters(parameters::kFirmRevisionRate));
  const double temperature = world.derived.parameters(parameters::kFirmTemperature);
  std::vector<std::uint8_t> revises(count, 0);
  parallel::for_each_range(count, kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t f = begin; f < end; ++f) revises[f] = reconsiders(world, f, rate) ? 1 : 0;
  });
  std::vector<std::uint32_t> revising;
  for (std::uint32_t f = 0; f < count; ++f) {
    if (revises[f] != 0) revising.push_back(f);
  }
  if (revising.empty()) return;
  std::vector<double> values(revising.size() * stances.size());
  const auto of_firm = [&](std::size_t n) { return std::span(values).subspan(n * stances.size(), stances.size()); };
  const FirmRules rules(world);
  parallel::for_each_range(revising.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) rules.value_stances(revising[n], stances, of_firm(n));
  });
  own.rule->value(world, revising, stances, values);
  check_values(world, own.source.name, values);
  for (std::size_t n = 0; n < revising.size(); ++n) {
    world.firms.stance[revising[n]] = chosen_stance(world, revising[n], stances, of_firm(n), temperature);
  }
  report.firm_revisions += revising.size();
}

}  // namespace

void revise_firms(World& world, StepReport& report) {
  if (!any_open(world)) return;
  if (const auto& own = world.setting().extensions.firms) return revise_by_own_rule(world, *own, report);
  const FirmSetting& firms = *world.setting().firms;
  const std::vector<std::uint8_t> stances = possible_stances(world);
  const double rate = world.per_step(world.derived.parameters(parameters::kFirmRevisionRate));
  const double temperature = world.derived.parameters(parameters::kFirmTemperature);
  std::vector<std::uint8_t> next = world.firms.stance;
  std::vector<std::uint8_t> revised(firms.count, 0);
  const FirmRules rules(world);
  parallel::for_each_range(firms.count, kGrain, [&](std::size_t begin, std::size_t end) {
    std::vector<double> value(stances.size());
    for (std::size_t f = begin; f < end; ++f) {
      if (!reconsiders(world, f, rate)) continue;
      rules.value_stances(f, stances, value);
      next[f] = chosen_stance(world, f, stances, value, temperature);
      revised[f] = 1;
    }
  });
  for (const std::uint8_t r : revised) report.firm_revisions += r;
  world.firms.stance = next;  // into its own buffer: views of it stay valid
}

void reallocate_markets(World& world) {
  const FirmSetting& firms = *world.setting().firms;
  const double exit_access = world.derived.parameters(parameters::kExitAccess);
  const std::size_t groups = firms.first_in_group.size() - 1;
  const FirmRules rules(world);
  std::vector<FrameworkSet> exposed(firms.count);
  for (std::size_t f = 0; f < firms.count; ++f) exposed[f] = rules.exposure(f, world.firms.stance[f]);
  parallel::for_each_range(groups, 64, [&](std::size_t begin, std::size_t end) {
    for (std::size_t g = begin; g < end; ++g) {
      const std::size_t market = g / kFirmSectorCount;
      const auto remainders = rules.remainders(market, static_cast<FirmSector>(g % kFirmSectorCount));
      double total = 0.0;
      double weight = 0.0;
      for (std::size_t n = firms.first_in_group[g]; n < firms.first_in_group[g + 1]; ++n) {
        const std::size_t e = firms.edge_in_group[n];
        const std::size_t f = firms.firm_of_edge[e];
        const double access = rules.market_access(f, market, exposed[f], remainders);
        const Effects::MarketLoss* loss = rules.market_loss(f, market);
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
  note_sales(world);
}

void note_sales(World& world) {
  const FirmSetting& firms = *world.setting().firms;
  std::vector<double>& home = world.derived.home_sales_busd;
  home.assign(firms.first_in_group.size() - 1, 0.0);
  for (std::size_t g = 0; g < home.size(); ++g) {
    for (std::size_t n = firms.first_in_group[g]; n < firms.first_in_group[g + 1]; ++n) {
      const std::size_t e = firms.edge_in_group[n];
      if (firms.home[firms.firm_of_edge[e]] == g / kFirmSectorCount) home[g] += world.firms.market_revenue_busd[e];
    }
  }
  std::vector<double>& exposable = world.derived.exposable_sales_busd;
  exposable.resize(firms.exposable.size());
  for (std::size_t n = 0; n < exposable.size(); ++n) {
    exposable[n] = world.firms.market_revenue_busd[firms.edge_of_exposable[n]];
  }
}

HomeMarkets::HomeMarkets(const World& world)
    : world_(world),
      taint_(world.derived.parameters(parameters::kTaint)),
      depth_on_signing_(world.derived.parameters(parameters::kDepthOnSigning)),
      bite_(kFirmSectorCount * world.frameworks(), 0.0) {
  for (std::size_t s = 0; s < kFirmSectorCount; ++s) {
    const std::size_t provision = biting_provision(static_cast<FirmSector>(s));
    for (std::size_t k = 0; k < world.frameworks() && provision != kProvisionCount; ++k) {
      bite_[s * world.frameworks() + k] = world.derived.parameters(kProvisionStrength[provision], k);
      if (bite_[s * world.frameworks() + k] != 0.0) biting_[s] |= bit(k);
    }
  }
}

/// Which of the frameworks that a country joins or leaves expose the firm.
inline FrameworkSet HomeMarkets::exposed(std::size_t exposable, FrameworkSet moves) const {
  const FirmSetting::Exposable& one = world_.setting().firms->exposable[exposable];
  const double* inputs = &world_.setting().firms->exposable_inputs[exposable * world_.frameworks()];
  const std::uint8_t stance = world_.firms.stance[one.firm];
  FrameworkSet hit = one.untrusted_under & moves;
  if (stance > world_.frameworks()) return hit;
  for (std::size_t k = 0; (moves >> k) != 0; ++k) {
    if (contains(moves, k) && stance != k + 1 && inputs[k] > taint_) hit |= bit(k);
  }
  return hit;
}

/// What each framework that is joined or left leaves to firms that it exposes.
void HomeMarkets::find_kept(std::size_t country, FrameworkSet target, std::size_t sector, FrameworkSet moves,
                            std::span<double> kept) const {
  for (std::size_t k = 0; (moves >> k) != 0; ++k) {
    if (!contains(moves, k)) continue;
    // Leaving a framework admits again what its depth keeps out; nothing can be read off a market closed in full.
    const double depth = contains(target, k) ? depth_on_signing_ : world_.derived.depth[world_.at(country, k)];
    kept[k] = 1.0 - depth * bite_[sector * world_.frameworks() + k];
  }
}

double HomeMarkets::revenue_change_busd(std::size_t country, FrameworkSet target) const {
  const FrameworkSet moved = world_.membership(country) ^ target;
  double sum = 0.0;
  for (std::size_t s = 0; s < kFirmSectorCount; ++s) {
    const FrameworkSet moves = moved & biting_[s];
    if (moves != 0) sum += revenue_change_in(country, s, target, moves);
  }
  return sum;
}

/// With total T and home sales H of a market, of which firms that are exposed lose L and those at home among them l:
/// (H − l)·T/(T − L) − H.
double HomeMarkets::revenue_change_in(std::size_t country, std::size_t sector, FrameworkSet target,
                                      FrameworkSet moves) const {
  const FirmSetting& firms = *world_.setting().firms;
  const std::size_t group = country * kFirmSectorCount + sector;
  const std::size_t begin = firms.first_exposable[group], end = firms.first_exposable[group + 1];
  if (begin == end) return 0.0;
  std::array<double, kMaxFrameworks> left;
  find_kept(country, target, sector, moves, left);
  double lost = 0.0, lost_home = 0.0;
  for (std::size_t n = begin; n < end; ++n) {
    const FrameworkSet hit = exposed(n, moves);
    if (hit == 0) continue;
    const double now = world_.derived.exposable_sales_busd[n];
    double kept = now;
    for (std::size_t k = 0; (hit >> k) != 0; ++k) {
      if (!contains(hit, k)) continue;
      const double open = left[k];
      kept = contains(target, k) ? kept * open : (open > 0.0 ? kept / open : kept);
    }
    lost += now - kept;
    if (firms.exposable[n].at_home) lost_home += now - kept;
  }
  const double total = firms.group_sales_busd[group], home = world_.derived.home_sales_busd[group];
  const bool is_closed = total - lost <= kRounding * total;  // nobody is left to share its sales
  return is_closed ? 0.0 : (home * lost - lost_home * total) / (total - lost);
}

}  // namespace splinternet
