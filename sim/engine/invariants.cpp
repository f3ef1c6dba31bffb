#include "sim/engine/invariants.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/routing_tables.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

double strength(const World& world, Provision provision, std::size_t framework) {
  return world.derived.parameters(kProvisionStrength[static_cast<std::size_t>(provision)], framework);
}

void check_memberships(const World& world) {
  const Setting& setting = world.setting();
  for (std::size_t i = 0; i < world.countries(); ++i) {
    SPLINTERNET_CHECK(is_admissible(setting, world.signed_membership(i)), setting.countries.code[i], world.step);
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      const std::size_t row = world.at(i, k);
      // Worlds in which nothing follows from them do without.
      const double depth = world.members.depth.empty() ? 0.0 : world.members.depth[row];
      const bool in = contains(world.membership(i), k);
      SPLINTERNET_CHECK(depth >= 0.0 && depth <= 1.0 && (in || depth == 0.0), setting.countries.code[i], depth);
      const double base = world.members.vendor_base.empty() ? 0.0 : world.members.vendor_base[row];
      SPLINTERNET_CHECK(base >= 0.0 && base <= 1.0, setting.countries.code[i], base);
      const bool opened = world.frameworks_state.status[k] != static_cast<std::uint8_t>(FrameworkStatus::kNotYet);
      const bool sponsor = setting.frameworks.committed[k * world.countries() + i] != 0;
      SPLINTERNET_CHECK(!opened || !sponsor || contains(world.signed_membership(i), k), setting.countries.code[i]);
    }
  }
  for (const double credibility : world.frameworks_state.credibility) {
    SPLINTERNET_CHECK(credibility >= 0.0 && credibility <= 1.0, credibility);
  }
}

/// Transfers are paid and received, and nobody keeps an offer that was never spent.
void check_payments(const World& world) {
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    double kept = 0.0;
    double balance = 0.0;
    double gdp = 0.0;
    for (std::size_t i = 0; i < world.countries() && !world.members.transfer_busd.empty(); ++i) {
      kept += world.members.side_payment_busd[world.at(i, k)];
      balance += world.members.transfer_busd[world.at(i, k)];
      gdp += world.setting().countries.gdp_busd[i];
    }
    const double spent = world.frameworks_state.spent_busd[k];
    SPLINTERNET_CHECK(kept <= spent * (1.0 + 1e-12), world.setting().frameworks.id[k], kept, spent);
    SPLINTERNET_CHECK(std::fabs(balance) <= 1e-12 * gdp, world.setting().frameworks.id[k], balance);
  }
}

void check_trade(const World& world) {
  const std::size_t n = world.countries();
  const TradeEquilibrium& equilibrium = world.trade_solver->equilibrium();
  const TradeBaseline& baseline = world.trade_solver->baseline();
  SPLINTERNET_CHECK(equilibrium.residual <= 1e-12, equilibrium.residual, world.step);
  SPLINTERNET_CHECK(equilibrium.acr_gap <= 1e-9, equilibrium.acr_gap, world.step);
  double output = 0.0;
  double baseline_output = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    output += equilibrium.output[i];
    baseline_output += baseline.output()[i];
  }
  SPLINTERNET_CHECK(std::fabs(output / baseline_output - 1.0) <= 1e-11, output, baseline_output);
  for (std::size_t s = 0; s < kTradeSectors; ++s) {
    for (std::size_t j = 0; j < n; ++j) {
      double shares = 0.0;
      for (std::size_t i = 0; i < n; ++i) shares += equilibrium.share[(s * n + i) * n + j];
      const bool buys = baseline.sector_share()[s * n + j] > 0.0;
      SPLINTERNET_CHECK(!buys || std::fabs(shares - 1.0) <= 1e-12, world.setting().countries.code[j], s, shares);
    }
  }
}

bool is_untrusted(const World& world, std::size_t framework, const std::string& code) {
  for (std::size_t i = 0; i < world.countries(); ++i) {
    if (world.setting().countries.code[i] == code) {
      return world.setting().frameworks.untrusted_home[framework * world.countries() + i] != 0;
    }
  }
  return false;
}

/// What a policy class must keep away from: countries [N] and links, in the order of the network.
struct Forbidden {
  std::vector<std::uint8_t> transit;
  std::vector<std::uint8_t> link;
};

Forbidden forbidden_to(const World& world, std::size_t policy_class) {
  const std::size_t n = world.countries();
  const LinkSetting& links = *world.setting().links;
  Forbidden forbidden{std::vector<std::uint8_t>(n, 0), std::vector<std::uint8_t>(links.rows.size(), 0)};
  for (std::size_t l = 0; l < links.rows.size(); ++l) {
    forbidden.link[l] = world.derived.effects.cut_link[links.order[l]];
  }
  for (std::size_t f = 0; f < world.derived.routing.filters.size(); ++f) {
    if (((policy_class >> f) & 1U) == 0) continue;
    const std::size_t k = world.derived.routing.filters[f];
    if (strength(world, Provision::kCleanCarrier, k) > 0.0) {
      for (std::size_t i = 0; i < n; ++i) forbidden.transit[i] |= world.setting().frameworks.untrusted_home[k * n + i];
    }
    if (strength(world, Provision::kCleanCable, k) == 0.0) continue;
    for (std::size_t l = 0; l < links.rows.size(); ++l) {
      for (const std::string& owner : links.rows[links.order[l]].owner_homes) {
        if (is_untrusted(world, k, owner)) forbidden.link[l] = 1;
      }
    }
  }
  return forbidden;
}

/// One origin under one policy class: what its links carry, in demand times hops, equals transit plus deliveries.
void check_origin(const World& world, std::size_t policy_class, const Forbidden& forbidden, std::size_t o) {
  const RoutingTables::Class& table = world.derived.routing.classes[policy_class];
  const std::span<const double> demand = class_demand(world, policy_class);
  const std::size_t n = world.countries();
  const LinkSetting& links = *world.setting().links;
  const std::string& origin = world.setting().countries.code[o];
  double carried = 0.0;
  double through = 0.0;
  double delivered = 0.0;
  double lost = 0.0;
  for (std::size_t l = 0; l < links.rows.size(); ++l) {
    const double load = table.link_load[o * links.rows.size() + l];
    carried += load;
    SPLINTERNET_CHECK(load == 0.0 || forbidden.link[l] == 0, origin, links.rows[links.order[l]].id, load);
  }
  for (std::size_t d = 0; d < n; ++d) {
    const double transit = table.transit[o * n + d];
    through += transit;
    SPLINTERNET_CHECK(transit == 0.0 || forbidden.transit[d] == 0, origin, world.setting().countries.code[d], transit);
    if (d == o) continue;
    (table.distance[o * n + d] == kUnreachable ? lost : delivered) += demand[o * n + d];
  }
  SPLINTERNET_CHECK(std::fabs(carried - through - delivered) <= 1e-12, origin, carried, through + delivered);
  SPLINTERNET_CHECK(std::fabs(lost - table.lost[o]) <= 1e-12, origin, lost, table.lost[o]);
}

/// One user in one policy class: what it asks for does not depend on the class, and no framework that it keeps forbids
/// the host.
void check_hosts(const World& world, std::size_t policy_class, std::size_t user) {
  const std::size_t n = world.countries();
  const std::span<const double> demand = class_demand(world, policy_class);
  double before = 0.0;
  double now = 0.0;
  for (std::size_t host = 0; host < n; ++host) {
    before += world.setting().demand->share[user * n + host];
    now += demand[user * n + host];
    if (world.setting().demand->rows != DemandRows::kUsers || host == user || demand[user * n + host] == 0.0) continue;
    for (std::size_t f = 0; f < world.derived.routing.filters.size(); ++f) {
      const std::size_t k = world.derived.routing.filters[f];
      const bool keeps = ((policy_class >> f) & 1U) != 0 && strength(world, Provision::kCleanCloud, k) > 0.0;
      SPLINTERNET_CHECK(!keeps || world.setting().frameworks.untrusted_home[k * n + host] == 0,
                        world.setting().countries.code[user], world.setting().countries.code[host]);
    }
  }
  SPLINTERNET_CHECK(std::fabs(now - before) <= 1e-14, world.setting().countries.code[user], now, before);
}

void check_routing(const World& world) {
  const RoutingTables& tables = world.derived.routing;
  for (std::size_t c = 0; c < tables.classes.size(); ++c) {
    const Forbidden forbidden = forbidden_to(world, c);
    for (std::size_t o = 0; o < world.countries(); ++o) {
      check_origin(world, c, forbidden, o);
      check_hosts(world, c, o);
    }
  }
  for (std::size_t i = 0; i < world.countries(); ++i) {
    double share = 0.0;
    for (std::size_t c = 0; c < tables.classes.size(); ++c) {
      share += world.derived.class_share[i * tables.classes.size() + c];
    }
    SPLINTERNET_CHECK(std::fabs(share - 1.0) <= 1e-14, world.setting().countries.code[i], share);
  }
}

void check_firms(const World& world) {
  const FirmSetting& firms = *world.setting().firms;
  for (std::size_t g = 0; g + 1 < firms.first_in_group.size(); ++g) {
    double before = 0.0;
    double now = 0.0;
    for (std::size_t n = firms.first_in_group[g]; n < firms.first_in_group[g + 1]; ++n) {
      before += firms.market_revenue_busd[firms.edge_in_group[n]];
      now += world.firms.market_revenue_busd[firms.edge_in_group[n]];
    }
    SPLINTERNET_CHECK(std::fabs(now - before) <= 1e-12 * before, world.setting().countries.code[g / kFirmSectorCount],
                      g % kFirmSectorCount, before, now);
  }
}

}  // namespace

void check_invariants(const World& world) {
  check_memberships(world);
  check_payments(world);
  if (world.trade_solver) check_trade(world);
  if (world.setting().demand) check_routing(world);
  if (world.setting().firms) check_firms(world);
}

}  // namespace splinternet
