#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/core/digest.hpp"
#include "sim/model/congestion.hpp"
#include "sim/model/effects.hpp"
#include "sim/model/observations.hpp"
#include "sim/model/policy_strengths.hpp"
#include "sim/model/routing_tables.hpp"
#include "sim/model/setting.hpp"
#include "sim/trade/linear_response.hpp"
#include "sim/trade/response_series.hpp"
#include "sim/trade/solver.hpp"

namespace splinternet {

/// Memberships and what hangs on them; matrices are [country][framework].
struct MembershipState {
  std::vector<std::uint8_t> level;          ///< MembershipLevel
  std::vector<double> depth;                ///< share of the provisions that binds, 0 outside
  std::vector<std::int32_t> signed_step;    ///< step of the last accession, −1 never, 0 before the start
  std::vector<std::int32_t> refused_until;  ///< no courting up to this step
  std::vector<double> side_payment_busd;    ///< one-off sums received, kept while a member
  std::vector<double> transfer_busd;        ///< a year, from (+) or to (−) the other members, as last settled
  std::vector<double> vendor_base;          ///< share of the untrusted installed base that is still there
};

enum class FrameworkStatus : std::uint8_t { kNotYet, kOpen, kClosed };

struct FrameworkState {
  std::vector<std::uint8_t> status;    ///< FrameworkStatus
  std::vector<std::uint8_t> courting;  ///< 1 while sponsors send missions
  std::vector<std::uint8_t> in_force;
  std::vector<double> credibility;
  std::vector<double> missions_saved;
  std::vector<double> spent_busd;  ///< offers accepted since the start
};

/// What each sponsor planned in the last step, for its rivals to answer. Targets are countries, then organisations.
struct CourtingState {
  std::vector<std::int32_t> plan_place;  ///< [framework][target] place on the list, 0 the best; −1 not on it
  std::vector<double> plan_offer_busd;   ///< [framework][country] the offer that a visit would have carried
};

struct OrganisationState {
  std::vector<std::int32_t> refused_until;  ///< [organisation][framework]
};

struct EventState {
  std::vector<std::int32_t> fired_step;  ///< −1 not yet
};

/// Stance of a firm: 0 unaligned, 1 … K aligned with framework k − 1, K + 1 dual (two stacks).
struct FirmState {
  std::vector<std::uint8_t> stance;
  std::vector<std::uint8_t> market_status;  ///< per firm–market edge: MarketStatus
  std::vector<double> market_revenue_busd;
};

enum class MarketStatus : std::uint8_t { kActive, kBarred, kDivested, kExited };

/// The trade conditions in force, phased in; [sector][exporter][importer] and [country].
struct PolicyState {
  std::vector<double> log_cost_factor;   ///< ln B
  std::vector<double> log_productivity;  ///< ln Â
};

struct TradeState {
  std::vector<double> log_wage;  ///< ln ŵ of the last equilibrium: where the next solve starts
};

/// Where the linear response of real income was taken (M16), so that it can be taken there again. All empty unless
/// countries decide on their market access.
struct ResponseState {
  std::vector<std::int32_t> step;    ///< one value
  std::vector<double> cost_factor;   ///< B [sector][exporter][importer]
  std::vector<double> productivity;  ///< Â [country]
  std::vector<double> log_wage;      ///< ln ŵ [country]
};

/// What follows from state and setting alone; recomputed, never stored or digested.
struct Derived {
  std::vector<std::uint32_t> member_count;  ///< [framework] members, listed or signed
  std::vector<std::uint32_t> signed_count;  ///< [framework] those of them who have signed
  std::vector<std::uint8_t> target;         ///< [country] room for what rules without options decide, bits
  Effects effects;                          ///< of the events in force
  ParameterValues parameters;               ///< the scenario's, with shocks and amendments in force
  std::vector<BindingStrengths> strengths;  ///< [framework]
  PolicyCosts costs{};
  std::vector<double> depth;                     ///< [country][framework] depth that binds now
  std::vector<double> depth_by_framework;        ///< the same as [framework][country]
  std::vector<double> own_restrictiveness;       ///< r[i][j]: how i treats the data of j
  std::vector<double> restrictiveness;           ///< R[i][j] of pairs
  std::vector<double> baseline_restrictiveness;  ///< R⁰[i][j]: home rules alone, no framework, no event
  RoutingTables routing;
  CongestedTraffic congestion;
  std::vector<double> class_share;      ///< [country][policy class] share of the traffic of the country
  std::vector<double> reach;            ///< [origin][destination] share of the demand that a path serves, 0–1
  std::vector<double> latency_ms;       ///< [origin][destination] mean over the paths in use; 0 without any
  std::vector<double> pair_latency_ms;  ///< [i][j] of both directions together, symmetric; 0 where one has no path
  /// [detour of the routing tables] the same of its pair, in 0.1 µs; no detour is long against kNoWayBack.
  std::vector<double> detour_pair;
  static constexpr double kNoWayBack = 1e300;
  std::vector<double> log_latency;  ///< [i][j] ln of the pair's mean latency against the baseline, symmetric
  /// With hosting only, over the classes by what each asks for: the demand that remains with each host now,
  /// [user][host] as shares of the world's, the share of it that a path serves, and its mean latency. Else empty: see
  /// demand_now.
  std::vector<double> demand, demand_reach, demand_latency_ms;
  std::vector<double> data_access;  ///< a[i] in (M15c)
  std::vector<double> served_use;   ///< [user][origin] share of the origin in the user's data use that a path serves
  std::vector<float> served_use_single;  ///< the same in single precision
  std::vector<double> baseline_data_access;
  std::vector<double> transit_share;            ///< [country] share of world demand that passes through
  std::vector<double> cost_factor;              ///< B [sector][exporter][importer] of the last equilibrium
  std::vector<double> cost_factor_by_importer;  ///< the same as [sector][importer][exporter]
  std::vector<double> productivity;             ///< Â [country] of the last equilibrium
  std::vector<double> home_sales_busd;          ///< [country][firm sector] of firms at home there
  std::vector<double> exposable_sales_busd;     ///< [exposable] of the firms that some framework may expose, by market
  Observations observed;
  ObservationMemory memory;  ///< of observe() alone
};

/// All mutable state of a simulation. Copying a World forks it; the setting is shared.
class World {
 public:
  explicit World(std::shared_ptr<const Setting> setting);

  [[nodiscard]] const Setting& setting() const { return *setting_; }
  [[nodiscard]] std::shared_ptr<const Setting> shared_setting() const { return setting_; }
  [[nodiscard]] const Scenario& scenario() const { return setting_->scenario; }
  [[nodiscard]] std::size_t countries() const { return setting_->countries.count; }
  [[nodiscard]] std::size_t frameworks() const { return setting_->frameworks.count; }
  /// Row of (country, framework) in membership arrays.
  [[nodiscard]] std::size_t at(std::size_t country, std::size_t framework) const {
    return country * setting_->frameworks.count + framework;
  }
  /// Frameworks that the country has signed or is listed in.
  [[nodiscard]] FrameworkSet membership(std::size_t country) const {
    return those_in(country, [](MembershipLevel level) { return level != MembershipLevel::kNone; });
  }
  /// Those it has signed.
  [[nodiscard]] FrameworkSet signed_membership(std::size_t country) const {
    return those_in(country, [](MembershipLevel level) { return level == MembershipLevel::kSigned; });
  }
  /// Months from the start to the beginning of the current step (step t covers months (t−1)·step_months to
  /// t·step_months).
  [[nodiscard]] double months_at_begin() const { return (step - 1) * scenario().run.step_months; }
  /// A rate per month as the probability that it strikes in one step.
  [[nodiscard]] double per_step(double monthly_rate) const;

  /// Names every array of the state once: f(name, array). Digest, checkpoint, verify and fork read it.
  template <class Visitor>
  void visit(Visitor&& f) {
    visit_arrays(*this, f);
  }
  template <class Visitor>
  void visit(Visitor&& f) const {
    visit_arrays(*this, f);
  }

  std::int32_t step = 0;  ///< 0 before the first step
  MembershipState members;
  FrameworkState frameworks_state;
  CourtingState courting;
  OrganisationState organisations;
  EventState events;
  FirmState firms;
  PolicyState policy;
  TradeState trade;
  ResponseState response;

  Derived derived;
  std::optional<TradeSolver> trade_solver;
  std::optional<LinearResponse> linear_response;  ///< taken at `response`
  std::optional<ResponseSeries> response_series;  ///< of it, by restrictiveness of pairs

 private:
  template <class Counts>
  [[nodiscard]] FrameworkSet those_in(std::size_t country, Counts&& counts) const {
    const std::size_t count = frameworks();
    const std::uint8_t* level = &members.level[country * count];
    FrameworkSet set = 0;
    for (std::size_t k = 0; k < count; ++k) set |= counts(static_cast<MembershipLevel>(level[k])) ? bit(k) : 0;
    return set;
  }
  template <class Self, class Visitor>
  static void visit_arrays(Self& self, Visitor&& f) {
    f("members.level", self.members.level);
    f("members.depth", self.members.depth);
    f("members.signed_step", self.members.signed_step);
    f("members.refused_until", self.members.refused_until);
    f("members.side_payment_busd", self.members.side_payment_busd);
    f("members.transfer_busd", self.members.transfer_busd);
    f("members.vendor_base", self.members.vendor_base);
    f("frameworks.status", self.frameworks_state.status);
    f("frameworks.courting", self.frameworks_state.courting);
    f("frameworks.in_force", self.frameworks_state.in_force);
    f("frameworks.credibility", self.frameworks_state.credibility);
    f("frameworks.missions_saved", self.frameworks_state.missions_saved);
    f("frameworks.spent_busd", self.frameworks_state.spent_busd);
    f("courting.plan_place", self.courting.plan_place);
    f("courting.plan_offer_busd", self.courting.plan_offer_busd);
    f("organisations.refused_until", self.organisations.refused_until);
    f("events.fired_step", self.events.fired_step);
    f("firms.stance", self.firms.stance);
    f("firms.market_status", self.firms.market_status);
    f("firms.market_revenue_busd", self.firms.market_revenue_busd);
    f("policy.log_cost_factor", self.policy.log_cost_factor);
    f("policy.log_productivity", self.policy.log_productivity);
    f("trade.log_wage", self.trade.log_wage);
    f("response.step", self.response.step);
    f("response.cost_factor", self.response.cost_factor);
    f("response.productivity", self.response.productivity);
    f("response.log_wage", self.response.log_wage);
  }

  std::shared_ptr<const Setting> setting_;
};

/// Digest of the step number and of every state array.
std::uint64_t state_digest(const World& world);

}  // namespace splinternet
