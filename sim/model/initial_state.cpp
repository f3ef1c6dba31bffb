#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/events.hpp"
#include "sim/model/firms.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/observe.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/trade_flows.hpp"
#include "sim/model/trade_response.hpp"
#include "sim/model/world.hpp"

namespace splinternet {
namespace {

void size_state(World& world) {
  const Setting& setting = world.setting();
  const std::size_t n = world.countries();
  const std::size_t frameworks = world.frameworks();
  world.members.level.assign(n * frameworks, 0);
  world.members.signed_step.assign(n * frameworks, -1);
  world.members.refused_until.assign(n * frameworks, -1);
  if (setting.has_map()) {
    world.members.depth.assign(n * frameworks, 0.0);
    world.members.side_payment_busd.assign(n * frameworks, 0.0);
    world.members.transfer_busd.assign(n * frameworks, 0.0);
    world.courting.plan_place.assign(frameworks * (n + setting.organisations.size()), -1);
    world.courting.plan_offer_busd.assign(frameworks * n, 0.0);
    world.members.vendor_base.assign(n * frameworks, 1.0);
  }
  world.frameworks_state.status.assign(frameworks, 0);
  world.frameworks_state.courting.assign(frameworks, 0);
  world.frameworks_state.in_force.assign(frameworks, 0);
  world.frameworks_state.missions_saved.assign(frameworks, 0.0);
  world.frameworks_state.spent_busd.assign(frameworks, 0.0);
  world.organisations.refused_until.assign(setting.organisations.size() * frameworks, -1);
  world.events.fired_step.assign(setting.scenario.events.size(), -1);
  if (setting.firms) {
    world.firms.stance = setting.firms->initial_stance;
    world.firms.market_status.assign(setting.firms->market.size(), 0);
    world.firms.market_revenue_busd = setting.firms->market_revenue_busd;
  }
  if (setting.trade) {
    world.policy.log_cost_factor.assign(kTradeSectors * n * n, 0.0);
    world.policy.log_productivity.assign(n, 0.0);
    world.trade.log_wage.assign(n, 0.0);
  }
}

std::string place_in_table(const InitialMembershipRow& row) {
  return (row.place.empty() ? "initial_memberships" : row.place) + ": ";
}

void place_initial_members(World& world) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  const double d0 = world.derived.parameters(parameters::kDepthOnSigning);
  for (const InitialMembershipRow& row : world.setting().initial_memberships) {
    const auto k = static_cast<std::size_t>(std::find(frameworks.id.begin(), frameworks.id.end(), row.framework) -
                                            frameworks.id.begin());
    // Acts after the start are the record to be explained, never an input.
    if (k == frameworks.count || world.scenario().run.start < row.date) continue;
    const std::string& code = world.setting().countries.code[row.country];
    const std::size_t place = world.at(row.country, k);
    world.members.level[place] = static_cast<std::uint8_t>(row.level);
    if (world.setting().has_map()) world.members.depth[place] = d0;
    world.members.signed_step[place] = 0;
    if (!is_admissible(world.setting(), world.signed_membership(row.country))) {
      throw DataError(place_in_table(row) + code + " would start as a signatory of " + row.framework +
                      " and of a framework that is incompatible with it; remove one of the two rows.");
    }
    for (std::size_t l = 0; l < frameworks.count && row.level == MembershipLevel::kSigned; ++l) {
      const bool sponsor = frameworks.committed[l * world.countries() + row.country] != 0;
      if (sponsor && frameworks.incompatible[k * frameworks.count + l] != 0) {
        throw DataError(place_in_table(row) + code + " has signed " + row.framework + " but sponsors " +
                        frameworks.id[l] + ", which is incompatible with it; remove the row.");
      }
    }
  }
}

void open_at_start(World& world) {
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (world.derived.parameters(parameters::kOpenAtStart, k) != 0.0) open_framework(world, k);
  }
}

/// Paths, restrictiveness and access before any framework or event: what all changes are measured against.
void take_baseline(World& world) {
  const MembershipState members = world.members;
  world.members.level.assign(members.level.size(), 0);
  apply_policy(world);
  world.derived.baseline_restrictiveness = world.derived.restrictiveness;
  if (world.setting().demand) {
    route_data(world);
    world.derived.baseline_data_access = world.derived.data_access;
  }
  world.members = members;
}

}  // namespace

World::World(std::shared_ptr<const Setting> setting) : setting_(std::move(setting)) {
  size_state(*this);
  rebuild_effects(*this);
  for (std::size_t k = 0; k < frameworks(); ++k) {
    frameworks_state.credibility.push_back(derived.parameters(parameters::kCredibility, k));
  }
  if (setting_->has_map()) take_baseline(*this);
  place_initial_members(*this);
  count_members(*this);
  if (setting_->firms) note_sales(*this);
  open_at_start(*this);
  update_entry_into_force(*this);
  if (setting_->trade) trade_solver.emplace(setting_->trade->baseline, Closure::kBalanced);
  if (setting_->has_map()) apply_policy(*this);
  if (setting_->demand) route_data(*this);
  if (setting_->trade) resume_trade(*this);
  take_response(*this);
  observe(*this);
}

}  // namespace splinternet
