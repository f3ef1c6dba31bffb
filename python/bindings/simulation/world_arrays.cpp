#include "python/bindings/simulation/world_arrays.hpp"

#include <algorithm>
#include <array>

#include "sim/core/check.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet::python {
namespace {

constexpr std::string_view kState = "state";
constexpr std::string_view kDerived = "derived";
constexpr std::string_view kSetting = "setting";

template <class T>
std::span<const T> span_of(const std::vector<T>& values) {
  return {values.data(), values.size()};
}

std::span<const std::uint8_t> span_of(const std::vector<FirmSector>& values) {
  return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size()};
}

/// The memory of a member of the part of the setting that `part` points to, if this world has that part.
template <class Part, class T>
WorldMemory of_part(const std::unique_ptr<const Part>& part, std::vector<T> Part::*member) {
  if (part == nullptr) return {};
  return span_of((*part).*member);
}

template <class T>
WorldMemory unless_empty(const std::vector<T>& values) {
  if (values.empty()) return {};
  return span_of(values);
}

// Of a state array the memory is found by its name (World::visit).
constexpr WorldMemory (*kByName)(const World&) = nullptr;

constexpr std::array kArrays = std::to_array<WorldArray>({
    {"members.level", kState, "country framework", "1", "membership: 0 none, 1 listed, 2 signed", kByName},
    {"members.depth", kState, "country framework", "1", "share of the provisions that binds, 0 outside", kByName},
    {"members.signed_step", kState, "country framework", "steps",
     "step of the last accession, -1 never, 0 before the start", kByName},
    {"members.refused_until", kState, "country framework", "steps", "no courting up to this step", kByName},
    {"members.side_payment_busd", kState, "country framework", "1e9 USD", "one-off sums received, kept while a member",
     kByName},
    {"members.transfer_busd", kState, "country framework", "1e9 USD/yr",
     "from (+) or to (-) the other members, as last settled", kByName},
    {"members.vendor_base", kState, "country framework", "1",
     "share of the untrusted installed base that is still there", kByName},
    {"frameworks.status", kState, "framework", "1", "0 not yet, 1 open, 2 closed", kByName},
    {"frameworks.courting", kState, "framework", "1", "1 while sponsors send missions", kByName},
    {"frameworks.in_force", kState, "framework", "1", "1 once enough countries have signed", kByName},
    {"frameworks.credibility", kState, "framework", "1", "credibility of the promises", kByName},
    {"frameworks.missions_saved", kState, "framework", "1", "missions that can be sent in a later step", kByName},
    {"frameworks.spent_busd", kState, "framework", "1e9 USD", "offers accepted since the start", kByName},
    {"courting.plan_place", kState, "framework target", "1",
     "place on the sponsor's list of the last step, 0 the best; -1 not on it", kByName},
    {"courting.plan_offer_busd", kState, "framework country", "1e9 USD",
     "offer that a visit would have carried in the last step", kByName},
    {"organisations.refused_until", kState, "organisation framework", "steps", "no courting up to this step", kByName},
    {"events.fired_step", kState, "event", "steps", "step in which the event happened, -1 not yet", kByName},
    {"firms.stance", kState, "firm", "1", "0 unaligned, 1 ... K aligned with framework k - 1, K + 1 dual", kByName},
    {"firms.market_status", kState, "firm_market", "1", "0 active, 1 barred, 2 divested, 3 exited", kByName},
    {"firms.market_revenue_busd", kState, "firm_market", "1e9 USD/yr", "sales of a firm in a market", kByName},
    {"policy.log_cost_factor", kState, "sector exporter importer", "1", "ln of the trade cost factor in force",
     kByName},
    {"policy.log_productivity", kState, "country", "1", "ln of productivity against the start", kByName},
    {"trade.log_wage", kState, "country", "1", "ln of the wage against the start at the last equilibrium", kByName},
    {"response.step", kState, "response", "steps", "step at which the linear response was taken", kByName},
    {"response.cost_factor", kState, "sector exporter importer", "1", "trade cost factor there", kByName},
    {"response.productivity", kState, "country", "1", "productivity there", kByName},
    {"response.log_wage", kState, "country", "1", "ln of the wage there", kByName},

    {"derived.member_count", kDerived, "framework", "1", "members, listed or signed",
     [](const World& world) -> WorldMemory { return span_of(world.derived.member_count); }},
    {"derived.signed_count", kDerived, "framework", "1", "those of them who have signed",
     [](const World& world) -> WorldMemory { return span_of(world.derived.signed_count); }},
    {"derived.depth", kDerived, "country framework", "1", "depth that binds now",
     [](const World& world) { return unless_empty(world.derived.depth); }},
    {"derived.own_restrictiveness", kDerived, "country partner", "1", "how a country treats the data of another",
     [](const World& world) { return unless_empty(world.derived.own_restrictiveness); }},
    {"derived.restrictiveness", kDerived, "country partner", "1", "restrictiveness between two countries",
     [](const World& world) { return unless_empty(world.derived.restrictiveness); }},
    {"derived.reach", kDerived, "origin destination", "1", "share of the demand that a path serves",
     [](const World& world) { return unless_empty(world.derived.reach); }},
    {"derived.latency_ms", kDerived, "origin destination", "ms", "mean over the paths in use, 0 without any",
     [](const World& world) { return unless_empty(world.derived.latency_ms); }},
    {"derived.data_access", kDerived, "country", "1", "access to data (M15c)",
     [](const World& world) { return unless_empty(world.derived.data_access); }},
    {"derived.transit_share", kDerived, "country", "1", "share of world demand that passes through",
     [](const World& world) { return unless_empty(world.derived.transit_share); }},
    {"derived.cost_factor", kDerived, "sector exporter importer", "1", "trade cost factor of the last equilibrium",
     [](const World& world) { return unless_empty(world.derived.cost_factor); }},
    {"derived.productivity", kDerived, "country", "1", "productivity of the last equilibrium, against the start",
     [](const World& world) { return unless_empty(world.derived.productivity); }},

    {"countries.gdp_busd", kSetting, "country", "1e9 USD/yr", "gross domestic product; the size of a bare actor",
     [](const World& world) { return unless_empty(world.setting().countries.gdp_busd); }},
    {"countries.gdp_share", kSetting, "country", "1", "share of the world's",
     [](const World& world) { return unless_empty(world.setting().countries.gdp_share); }},
    {"countries.population_mn", kSetting, "country", "1e6", "population",
     [](const World& world) { return unless_empty(world.setting().countries.population_mn); }},
    {"countries.users_mn", kSetting, "country", "1e6", "internet users",
     [](const World& world) { return unless_empty(world.setting().countries.users_mn); }},
    {"countries.ideal_point_sd", kSetting, "country", "s.d.", "ideal point in the votes of the UN General Assembly",
     [](const World& world) { return unless_empty(world.setting().countries.ideal_point_sd); }},
    {"countries.home_restrictiveness", kSetting, "country", "1", "restrictiveness of its own data rules at the start",
     [](const World& world) { return unless_empty(world.setting().countries.home_restrictiveness); }},
    {"countries.chooses", kSetting, "country", "1", "0: it trades and routes, but never decides",
     [](const World& world) { return unless_empty(world.setting().countries.chooses); }},
    {"countries.compliance_gap", kSetting, "country provision", "1", "gap between own rules and a provision",
     [](const World& world) { return unless_empty(world.setting().compliance_gap); }},
    {"countries.influence", kSetting, "country partner", "1", "weight with which a country looks at another",
     [](const World& world) -> WorldMemory {
       const auto& influence = world.setting().influence;
       return influence == nullptr ? WorldMemory{} : unless_empty(influence->weight);
     }},
    {"frameworks.committed", kSetting, "framework country", "1", "1: a sponsor, member from the opening",
     [](const World& world) -> WorldMemory { return span_of(world.setting().frameworks.committed); }},
    {"frameworks.eligible", kSetting, "framework country", "1", "1: may decide to accede",
     [](const World& world) -> WorldMemory { return span_of(world.setting().frameworks.eligible); }},
    {"frameworks.untrusted_home", kSetting, "framework country", "1", "1: home of untrusted firms",
     [](const World& world) -> WorldMemory { return span_of(world.setting().frameworks.untrusted_home); }},
    {"frameworks.incompatible", kSetting, "framework other_framework", "1", "1: nobody can be in both",
     [](const World& world) -> WorldMemory { return span_of(world.setting().frameworks.incompatible); }},
    {"frameworks.untrusted_share", kSetting, "framework country", "1",
     "share of installed equipment from untrusted homes at the start",
     [](const World& world) { return unless_empty(world.setting().frameworks.untrusted_share); }},
    {"firms.home", kSetting, "firm", "1", "row of the home country",
     [](const World& world) { return of_part(world.setting().firms, &FirmSetting::home); }},
    {"firms.sector", kSetting, "firm", "1", "sector, in the order of the dimension firm_sector",
     [](const World& world) { return of_part(world.setting().firms, &FirmSetting::sector); }},
    {"firms.revenue_busd", kSetting, "firm", "1e9 USD/yr", "revenue at the start",
     [](const World& world) { return of_part(world.setting().firms, &FirmSetting::revenue_busd); }},
    {"firms.untrusted_under", kSetting, "firm", "1", "bit k: untrusted under framework k",
     [](const World& world) { return of_part(world.setting().firms, &FirmSetting::untrusted_under); }},
    {"firms.market", kSetting, "firm_market", "1", "row of the country of a market",
     [](const World& world) { return of_part(world.setting().firms, &FirmSetting::market); }},
    {"firms.firm_of_market", kSetting, "firm_market", "1", "row of the firm that sells in a market",
     [](const World& world) { return of_part(world.setting().firms, &FirmSetting::firm_of_edge); }},
    {"data.demand_share", kSetting, "origin destination", "1",
     "demand for data at the start as a share of the world's; with hosting by user and host",
     [](const World& world) { return of_part(world.setting().demand, &DemandSetting::share); }},
});

}  // namespace

std::span<const WorldArray> world_arrays() {
  return kArrays;
}

const WorldArray* find_world_array(std::string_view name) {
  const auto found =
      std::find_if(kArrays.begin(), kArrays.end(), [&](const WorldArray& row) { return row.name == name; });
  return found == kArrays.end() ? nullptr : &*found;
}

std::size_t world_dimension(const World& world, std::string_view dim) {
  const Setting& setting = world.setting();
  for (const std::string_view countries : {"country", "partner", "exporter", "importer", "origin", "destination"}) {
    if (dim == countries) return world.countries();
  }
  if (dim == "framework" || dim == "other_framework") return world.frameworks();
  if (dim == "organisation") return setting.organisations.size();
  if (dim == "target") return world.countries() + setting.organisations.size();
  if (dim == "event") return setting.scenario.events.size();
  if (dim == "sector") return kTradeSectors;
  if (dim == "provision") return kProvisionCount;
  if (dim == "response") return world.response.step.size();
  if (dim == "firm") return setting.firms ? setting.firms->count : 0;
  SPLINTERNET_CHECK(dim == "firm_market", dim);
  return setting.firms ? setting.firms->market.size() : 0;
}

}  // namespace splinternet::python
