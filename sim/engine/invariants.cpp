#include "sim/engine/invariants.hpp"

#include <cmath>

#include "sim/core/check.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/routing_tables.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

void check_memberships(const World& world) {
  const Setting& setting = world.setting();
  for (std::size_t i = 0; i < world.countries(); ++i) {
    SPLINTERNET_CHECK(is_admissible(setting, world.signed_membership(i)), setting.countries.code[i], world.step);
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      const std::size_t row = world.at(i, k);
      const double depth = world.members.depth[row];
      const bool in = contains(world.membership(i), k);
      SPLINTERNET_CHECK(depth >= 0.0 && depth <= 1.0 && (in || depth == 0.0), setting.countries.code[i], depth);
      const double base = world.members.vendor_base[row];
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

/// Per origin and class: sum of what links carry, in demand times hops, equals transit plus deliveries.
void check_routing(const World& world) {
  const std::size_t n = world.countries();
  const Derived& derived = world.derived;
  const LinkSetting& links = *world.setting().links;
  const std::size_t link_count = links.rows.size();
  for (std::size_t c = 0; c < derived.routing.classes.size(); ++c) {
    const RoutingTables::Class& table = derived.routing.classes[c];
    for (std::size_t o = 0; o < n; ++o) {
      double carried = 0.0;
      double through = 0.0;
      double delivered = 0.0;
      double lost = 0.0;
      for (std::size_t l = 0; l < link_count; ++l) {
        const double load = table.link_load[o * link_count + l];
        carried += load;
        SPLINTERNET_CHECK(load == 0.0 || derived.effects.cut_link[links.order[l]] == 0, links.rows[links.order[l]].id);
      }
      for (std::size_t d = 0; d < n; ++d) {
        through += table.transit[o * n + d];
        if (d == o) continue;
        const double flow = world.setting().demand->share[o * n + d];
        (table.distance[o * n + d] == kUnreachable ? lost : delivered) += flow;
        for (std::size_t f = 0; f < derived.routing.filters.size(); ++f) {
          const bool filtered = ((c >> f) & 1U) != 0;
          const std::size_t k = derived.routing.filters[f];
          const bool untrusted = world.setting().frameworks.untrusted_home[k * n + d] != 0;
          const bool carrier = derived.parameters(kProvisionStrength[0], k) > 0.0;
          SPLINTERNET_CHECK(!(filtered && untrusted && carrier) || table.transit[o * n + d] == 0.0,
                            world.setting().countries.code[o], world.setting().countries.code[d]);
        }
      }
      SPLINTERNET_CHECK(std::fabs(carried - through - delivered) <= 1e-12, world.setting().countries.code[o], c, carried,
                        through + delivered);
      SPLINTERNET_CHECK(std::fabs(lost - table.lost[o]) <= 1e-12, world.setting().countries.code[o], lost);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    double share = 0.0;
    for (std::size_t c = 0; c < derived.routing.classes.size(); ++c) {
      share += derived.class_share[i * derived.routing.classes.size() + c];
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
    SPLINTERNET_CHECK(std::fabs(now - before) <= 1e-12 * before,
                      world.setting().countries.code[g / kFirmSectorCount], g % kFirmSectorCount, before, now);
  }
}

}  // namespace

void check_invariants(const World& world) {
  check_memberships(world);
  if (world.trade_solver) check_trade(world);
  if (world.setting().demand) check_routing(world);
  if (world.setting().firms) check_firms(world);
}

}  // namespace splinternet
