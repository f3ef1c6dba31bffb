#include "sim/engine/outputs.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/model/congestion.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/observe_divisions.hpp"

namespace splinternet {
namespace {

using Out = std::span<double>;

template <double Observations::*Member>
void world_value(const World& world, const StepReport& /*report*/, Out out) {
  out[0] = world.derived.observed.*Member;
}

template <std::vector<double> Observations::*Member>
void observed(const World& world, const StepReport& /*report*/, Out out) {
  const std::vector<double>& values = world.derived.observed.*Member;
  std::copy(values.begin(), values.end(), out.begin());
}

template <std::vector<double> StepReport::*Member>
void reported(const World& /*world*/, const StepReport& report, Out out) {
  std::copy((report.*Member).begin(), (report.*Member).end(), out.begin());
}

template <std::vector<double> FrameworkState::*Member>
void framework_state(const World& world, const StepReport& /*report*/, Out out) {
  const std::vector<double>& values = world.frameworks_state.*Member;
  std::copy(values.begin(), values.end(), out.begin());
}

/// NaN for what a section of the scenario that does not stand would have filled.
template <class Array>
void copy(const Array& values, Out out) {
  if (values.empty()) {
    std::fill(out.begin(), out.end(), std::numeric_limits<double>::quiet_NaN());
    return;
  }
  for (std::size_t n = 0; n < out.size(); ++n) out[n] = static_cast<double>(values[n]);
}

void trade_flow(const World& world, std::size_t sector, Out out) {
  if (!world.trade_solver) {
    std::fill(out.begin(), out.end(), std::numeric_limits<double>::quiet_NaN());
    return;
  }
  const std::size_t cells = world.countries() * world.countries();
  copy(std::span(world.trade_solver->equilibrium().flow).subspan(sector * cells, cells), out);
}

void link_traffic(const World& world, Out out) {
  std::fill(out.begin(), out.end(), 0.0);
  if (!world.derived.congestion.flow_tbps.empty()) {
    const std::vector<double>& flow = world.derived.congestion.flow_tbps;
    const double tbps = tbps_per_demand(world);
    for (std::size_t l = 0; l < out.size() && tbps > 0.0; ++l) {
      out[world.setting().links->order[l]] = (flow[2 * l] + flow[2 * l + 1]) / tbps;
    }
    return;
  }
  const RoutingTables& tables = world.derived.routing;
  for (std::size_t o = 0; o < world.countries(); ++o) {
    for (std::size_t c = 0; c < tables.classes.size(); ++c) {
      const double share = world.derived.class_share[o * tables.classes.size() + c];
      for (std::size_t l = 0; l < out.size(); ++l) {
        out[world.setting().links->order[l]] += share * tables.classes[c].link_load[o * out.size() + l];
      }
    }
  }
}

template <double NetworkObservations::*Member>
void of_network(const World& world, const StepReport& /*report*/, Out out) {
  out[0] = world.derived.observed.network.*Member;
}

template <std::vector<double> NetworkObservations::*Member>
void along_network(const World& world, const StepReport& /*report*/, Out out) {
  copy(world.derived.observed.network.*Member, out);
}

template <double DivisionObservations::*Member>
void of_division(const World& world, const StepReport& /*report*/, Out out) {
  out[0] = world.derived.observed.division.*Member;
}

bool has_flows(const World& world, FlowKind kind) {
  return kind == FlowKind::kData ? world.setting().demand != nullptr : world.trade_solver.has_value();
}

template <FlowKind Kind>
void best_modularity(const World& world, const StepReport& /*report*/, Out out) {
  out[0] = has_flows(world, Kind) ? best_division(world, Kind).modularity : kNotObserved;
}

template <FlowKind Kind>
void bloc_agreement(const World& world, const StepReport& /*report*/, Out out) {
  out[0] = has_flows(world, Kind) ? best_division(world, Kind).reference->agreement.normalized_mutual_information
                                  : kNotObserved;
}

template <FlowKind Kind>
void community(const World& world, const StepReport& /*report*/, Out out) {
  std::fill(out.begin(), out.end(), -1.0);
  if (has_flows(world, Kind)) copy(best_division(world, Kind).label, out);
}

void link_utilisation(const World& world, Out out) {
  link_traffic(world, out);
  constexpr double kDirections = 2.0;
  for (std::size_t row = 0; row < out.size(); ++row) {
    out[row] *= tbps_per_demand(world) / (kDirections * world.setting().links->rows[row].capacity_tbps);
  }
}

/// NaN without a section [data].
void data_demand(const World& world, Out out) {
  std::fill(out.begin(), out.end(), std::numeric_limits<double>::quiet_NaN());
  if (!world.setting().demand) return;
  const std::span<const double> share = demand_now(world).share;
  std::copy(share.begin(), share.end(), out.begin());
}

using O = Observations;
using N = NetworkObservations;
using D = DivisionObservations;
constexpr auto kEvery = Cadence::kEveryStep;
constexpr auto kSparse = Cadence::kMetricsSteps;
constexpr auto kF32 = OutputType::kFloat32;
constexpr auto kDefault = Recorded::kByDefault;
constexpr auto kNamed = Recorded::kWhenNamed;

constexpr OutputRow kRows[] = {
    // the world
    {"splinternet_index", "", "1", kF32, kDefault,
     "splinternet index: weighted mean of decoupling of data and trade, reach loss and polarization, 0-1", "",
     world_value<&O::splinternet_index>},
    {"decoupling_data", "", "1", kF32, kDefault,
     "fall of data flows across rival blocs against flows within blocs, since the baseline", "",
     world_value<&O::decoupling_data>},
    {"decoupling_trade", "", "1", kF32, kDefault,
     "fall of trade across rival blocs against trade within blocs, since the baseline", "",
     world_value<&O::decoupling_trade>},
    {"reach_loss", "", "1", kF32, kDefault, "share of data demand that no permitted path serves", "",
     world_value<&O::reach_loss>},
    {"polarization", "", "1", kF32, kDefault,
     "Esteban-Ray polarization of blocs by GDP, relative to two equal camps at the poles", "",
     world_value<&O::polarization>},
    {"stretch", "", "1", kF32, kDefault, "demand-weighted path length over that of the baseline, pairs still connected",
     "", world_value<&O::stretch>},
    {"efficiency_ratio", "", "1", kF32, kDefault, "global efficiency of data paths over that of the baseline", "",
     world_value<&O::efficiency_ratio>},
    {"effective_blocs_gdp", "", "1", kF32, kDefault, "effective number of blocs by GDP (Laakso-Taagepera)", "",
     world_value<&O::effective_blocs_gdp>},
    {"effective_blocs_traffic", "", "1", kF32, kDefault, "effective number of blocs by traffic (Laakso-Taagepera)", "",
     world_value<&O::effective_blocs_traffic>},
    {"modularity_data", "", "1", kF32, kDefault, "modularity of data flows by bloc, domestic flows left out", "",
     world_value<&O::modularity_data>},
    {"modularity_trade", "", "1", kF32, kDefault, "modularity of trade by bloc, domestic sales left out", "",
     world_value<&O::modularity_trade>},
    {"assortativity_data", "", "1", kF32, kDefault, "weighted assortativity of data flows by bloc", "",
     world_value<&O::assortativity_data>},
    {"assortativity_trade", "", "1", kF32, kDefault, "weighted assortativity of trade by bloc", "",
     world_value<&O::assortativity_trade>},
    {"external_internal_data", "", "1", kF32, kDefault, "E-I index of data flows between rival and within blocs", "",
     world_value<&O::external_internal_data>},
    {"external_internal_trade", "", "1", kF32, kDefault, "E-I index of trade between rival and within blocs", "",
     world_value<&O::external_internal_trade>},
    {"transit_herfindahl", "", "1", kF32, kDefault, "concentration of transit traffic over countries (HHI)", "",
     world_value<&O::transit_herfindahl>},
    {"transit_top5_share", "", "1", kF32, kDefault, "share of the five largest transit countries in transit traffic",
     "", world_value<&O::transit_top5_share>},
    {"decoupling_index_data", "", "1", kF32, kDefault,
     "decoupling index of data: 1 - ratio of flows between rivals to flows within blocs over that expected from the "
     "strengths of blocs",
     "", world_value<&O::decoupling_index_data>},
    {"decoupling_index_trade", "", "1", kF32, kDefault,
     "decoupling index of trade: 1 - ratio of flows between rivals to flows within blocs over that expected from the "
     "strengths of blocs",
     "", world_value<&O::decoupling_index_trade>},
    {"reach_loss_pairs", "", "1", kF32, kDefault,
     "share of ordered pairs of countries, each counted by the part of its traffic, that no permitted path serves", "",
     world_value<&O::reach_loss_pairs>},
    {"transit_gini", "", "1", kF32, kDefault, "Gini coefficient of transit traffic over countries", "",
     world_value<&O::transit_gini>},
    {"transit_centralization", "", "1", kF32, kDefault,
     "Freeman centralization of transit traffic: 1 if all demand abroad passed one country", "",
     world_value<&O::transit_centralization>},
    {"world_real_income", "", "percent", kF32, kDefault, "change of world real income since the baseline, GDP-weighted",
     "", world_value<&O::world_real_income_pp>},
    {"world_exports", "", "percent", kF32, kDefault, "change of world exports of goods and services since the baseline",
     "", world_value<&O::world_exports_pp>},
    {"world_digital_exports", "", "percent", kF32, kDefault,
     "change of world exports of digitally delivered services since the baseline", "",
     world_value<&O::world_digital_exports_pp>},
    {"market_access_refreshes", "", "1", OutputType::kInt8, kDefault,
     "whether the linear response of real income was taken anew in the step", "no yes",
     [](const World&, const StepReport& report, Out out) { out[0] = report.market_access_refreshes; }},
    // frameworks
    {"member_count", "framework", "1", kF32, kDefault, "members, listed or signed", "", observed<&O::member_count>,
     kEvery, Worlds::kAll},
    {"signatory_count", "framework", "1", kF32, kDefault, "members that have signed", "", observed<&O::signed_count>,
     kEvery, Worlds::kAll},
    {"member_size_share", "framework", "1", kF32, kDefault, "share of members in the size of all actors", "",
     observed<&O::member_size_share>, kEvery, Worlds::kOfActors},
    {"member_gdp_share", "framework", "1", kF32, kDefault, "share of members in world GDP", "",
     observed<&O::gdp_share>},
    {"member_population_share", "framework", "1", kF32, kDefault, "share of members in world population", "",
     observed<&O::population_share>},
    {"member_user_share", "framework", "1", kF32, kDefault, "share of members in the world's internet users", "",
     observed<&O::user_share>},
    {"member_traffic_share", "framework", "1", kF32, kDefault, "share of members in world data demand", "",
     observed<&O::traffic_share>},
    {"credibility", "framework", "1", kF32, kDefault, "how far promises about conduct are believed, 0-1", "",
     framework_state<&FrameworkState::credibility>},
    {"in_force", "framework", "1", OutputType::kInt8, kDefault, "whether provisions bind", "no yes",
     [](const World& world, const StepReport&, Out out) { copy(world.frameworks_state.in_force, out); }, kEvery,
     Worlds::kAll},
    {"aligned_firms", "framework", "1", kF32, kDefault, "firms aligned with the framework alone", "",
     observed<&O::aligned_firms>},
    {"missions", "framework", "1", kF32, kDefault, "missions sent in the step", "",
     reported<&StepReport::missions_sent>},
    {"acceptances", "framework", "1", kF32, kDefault, "courted countries and organisations that acceded in the step",
     "", reported<&StepReport::acceptances>},
    {"refusals", "framework", "1", kF32, kDefault, "courted countries and organisations that refused in the step", "",
     reported<&StepReport::refusals>},
    {"refused_admissions", "framework", "1", kF32, kDefault,
     "applications in the step to which the members did not consent", "", reported<&StepReport::refused_admissions>,
     kEvery, Worlds::kAll},
    {"proposals", "framework", "1", kF32, kDefault, "groups that were asked to accede together in the step", "",
     reported<&StepReport::proposals>, kEvery, Worlds::kAll},
    {"proposals_accepted", "framework", "1", kF32, kDefault, "groups that acceded together in the step", "",
     reported<&StepReport::proposals_accepted>, kEvery, Worlds::kAll},
    {"offered", "framework", "1e9 USD", kF32, kDefault, "one-off sums offered in the step", "",
     reported<&StepReport::offered_busd>},
    {"accepted", "framework", "1e9 USD", kF32, kDefault, "one-off sums accepted in the step", "",
     reported<&StepReport::accepted_busd>},
    {"spent", "framework", "1e9 USD", kF32, kDefault, "one-off sums accepted since the start", "",
     framework_state<&FrameworkState::spent_busd>},
    // blocs
    {"data_between_blocs", "bloc_from bloc_to", "1", kF32, kDefault,
     "data delivered between countries of two blocs, share of world data demand", "", observed<&O::data_between_blocs>},
    {"trade_between_blocs", "bloc_from bloc_to", "1e9 USD/yr", kF32, kDefault,
     "trade between countries of two blocs, exporter by importer", "", observed<&O::trade_between_blocs_busd>},
    // countries
    {"membership", "country framework", "1", OutputType::kInt8, kDefault, "membership", "none listed signed",
     [](const World& world, const StepReport&, Out out) { copy(world.members.level, out); }, kEvery, Worlds::kAll},
    {"depth", "country framework", "1", kF32, kDefault, "share of the provisions' strength that binds once in force",
     "", [](const World& world, const StepReport&, Out out) { copy(world.members.depth, out); }},
    {"side_payment", "country framework", "1e9 USD", kF32, kDefault, "one-off sums received for membership", "",
     [](const World& world, const StepReport&, Out out) { copy(world.members.side_payment_busd, out); }},
    {"transfer", "country framework", "1e9 USD/yr", kF32, kDefault,
     "received from (+) or paid to (-) those who were members at the beginning of the step", "",
     [](const World& world, const StepReport&, Out out) { copy(world.members.transfer_busd, out); }},
    {"bloc", "country", "1", OutputType::kInt8, kDefault, "bloc of the country", "unaligned {frameworks}",
     [](const World& world, const StepReport&, Out out) { copy(world.derived.observed.bloc, out); }},
    {"real_income", "country", "percent", kF32, kDefault, "change of real income since the baseline", "",
     observed<&O::real_income_pp>},
    {"exports", "country", "1e9 USD/yr", kF32, kDefault, "exports of goods and digitally delivered services", "",
     observed<&O::exports_busd>},
    {"digital_exports", "country", "1e9 USD/yr", kF32, kDefault, "exports of digitally delivered services", "",
     observed<&O::digital_exports_busd>},
    {"transit_share", "country", "1", kF32, kDefault, "share of world data demand that passes through", "",
     observed<&O::transit_share>},
    {"restrictiveness", "country", "1", kF32, kDefault, "mean restrictiveness towards data of other countries, 0-1", "",
     observed<&O::restrictiveness>},
    {"vendor_share", "country", "1", kF32, kDefault, "untrusted vendors' share of installed network equipment", "",
     observed<&O::vendor_share>},
    {"latency", "country", "ms", kF32, kDefault, "mean one-way latency of the country's traffic abroad", "",
     observed<&O::latency_ms>},
    {"data_access", "country", "1", kF32, kDefault, "share of the data that the country would use that it can use", "",
     observed<&O::data_access>},
    {"data_abroad_share", "country", "1", kF32, kNamed,
     "share of the country's data demand that is between it and others; with hosting, that others host", "",
     observed<&O::data_abroad_share>},
    // firms
    {"dual_stack_share", "firm_sector", "1", kF32, kDefault, "share of firms that keep two stacks", "",
     observed<&O::dual_share>},
    {"market_herfindahl", "firm_sector", "1", kF32, kDefault, "concentration of world sales over firms (HHI)", "",
     observed<&O::market_herfindahl>},
    {"revenue_at_risk_share", "firm_sector", "1", kF32, kDefault, "share of baseline sales that firms have lost", "",
     observed<&O::revenue_at_risk_share>},
    {"markets_left", "firm_sector", "1", kF32, kDefault, "firm-market pairs barred, sold or left", "",
     observed<&O::exited_markets>},
    // networks and divisions, at metrics steps
    {"link_components", "", "1", kF32, kDefault, "connected components of countries over the links in use", "",
     of_network<&N::link_components>, kSparse},
    {"algebraic_connectivity", "", "1", kF32, kDefault,
     "second eigenvalue of the normalised Laplacian of capacities in use, largest component", "",
     of_network<&N::algebraic_connectivity>, kSparse},
    {"betweenness_centralization", "", "1", kF32, kDefault, "Freeman centralization of betweenness on the links in use",
     "", of_network<&N::betweenness_centralization>, kSparse},
    {"articulation_countries", "", "1", kF32, kDefault, "countries whose loss would part others", "",
     of_network<&N::articulation_countries>, kSparse},
    {"bridge_links", "", "1", kF32, kDefault, "links whose loss would part their ends", "",
     of_network<&N::bridge_links>, kSparse},
    {"betweenness", "country", "1", kF32, kDefault,
     "share of pairs of other countries whose shortest path passes through", "", along_network<&N::betweenness>,
     kSparse},
    {"avoidability", "country", "1", kF32, kDefault,
     "share of ordered pairs of other countries that have a path without it", "", along_network<&N::avoidability>,
     kSparse},
    {"bridge", "link", "1", kF32, kNamed, "1 if the loss of the link would part its ends, else 0", "",
     along_network<&N::bridge>, kSparse},
    {"usable_components", "framework", "1", kF32, kDefault,
     "connected components of what the filters of the framework leave", "", along_network<&N::usable_components>,
     kSparse},
    {"usable_connectivity", "framework", "1", kF32, kDefault,
     "algebraic connectivity of what the filters of the framework leave, normalised, largest component", "",
     along_network<&N::usable_connectivity>, kSparse},
    {"usable_reach", "framework", "1", kF32, kDefault,
     "share of ordered pairs of a member and another country with a path under the filters of the framework", "",
     along_network<&N::usable_reach>, kSparse},
    {"minimum_cut", "framework other_framework", "1e12 bit/s", kF32, kDefault,
     "capacity whose loss would part the blocs of two frameworks, unaligned countries on either side", "",
     along_network<&N::minimum_cut_tbps>, kSparse},
    {"modularity_zero_diagonal_data", "", "1", kF32, kDefault,
     "modularity of data flows by bloc against flows that only the strengths of countries shape, none with themselves",
     "", of_division<&D::modularity_zero_diagonal_data>, kSparse},
    {"modularity_zero_diagonal_trade", "", "1", kF32, kDefault,
     "modularity of trade by bloc against flows that only the strengths of countries shape, none with themselves", "",
     of_division<&D::modularity_zero_diagonal_trade>, kSparse},
    {"decoupling_zero_diagonal_data", "", "1", kF32, kDefault,
     "decoupling index of data flows by bloc against flows that only the strengths of countries shape, none with "
     "themselves",
     "", of_division<&D::decoupling_zero_diagonal_data>, kSparse},
    {"decoupling_zero_diagonal_trade", "", "1", kF32, kDefault,
     "decoupling index of trade by bloc against flows that only the strengths of countries shape, none with themselves",
     "", of_division<&D::decoupling_zero_diagonal_trade>, kSparse},
    {"ideal_point_distance_within", "", "s.d.", kF32, kDefault,
     "mean distance of UN ideal points of two members of one bloc", "", of_division<&D::ideal_point_distance_within>,
     kSparse},
    {"ideal_point_distance_across", "", "s.d.", kF32, kDefault,
     "mean distance of UN ideal points of two members of different blocs", "",
     of_division<&D::ideal_point_distance_across>, kSparse},
    {"restrictiveness_distance_within", "", "1", kF32, kDefault,
     "mean distance of the restrictiveness of two members of one bloc", "",
     of_division<&D::restrictiveness_distance_within>, kSparse},
    {"restrictiveness_distance_across", "", "1", kF32, kDefault,
     "mean distance of the restrictiveness of two members of different blocs", "",
     of_division<&D::restrictiveness_distance_across>, kSparse},
    {"best_modularity_data", "", "1", kF32, kNamed,
     "modularity of the best division of countries found by data flows (Leiden)", "", best_modularity<FlowKind::kData>,
     kSparse},
    {"bloc_agreement_data", "", "1", kF32, kNamed,
     "normalised mutual information of blocs and the best division found by data flows", "",
     bloc_agreement<FlowKind::kData>, kSparse},
    {"community_data", "country", "1", OutputType::kInt32, kNamed, "part of the best division found by data flows", "",
     community<FlowKind::kData>, kSparse},
    {"best_modularity_trade", "", "1", kF32, kNamed,
     "modularity of the best division of countries found by trade (Leiden)", "", best_modularity<FlowKind::kTrade>,
     kSparse},
    {"bloc_agreement_trade", "", "1", kF32, kNamed,
     "normalised mutual information of blocs and the best division found by trade", "",
     bloc_agreement<FlowKind::kTrade>, kSparse},
    {"community_trade", "country", "1", OutputType::kInt32, kNamed, "part of the best division found by trade", "",
     community<FlowKind::kTrade>, kSparse},
    // matrices and links: large, so only when named
    {"goods_flow", "country partner", "1e9 USD/yr", kF32, kNamed, "goods trade, exporter by importer", "",
     [](const World& world, const StepReport&, Out out) { trade_flow(world, kGoods, out); }},
    {"services_flow", "country partner", "1e9 USD/yr", kF32, kNamed,
     "services sales, exporter by importer; home sales on the diagonal", "",
     [](const World& world, const StepReport&, Out out) { trade_flow(world, kServices, out); }},
    {"pair_restrictiveness", "country partner", "1", kF32, kNamed, "restrictiveness of the pair, 0-1", "",
     [](const World& world, const StepReport&, Out out) { copy(world.derived.restrictiveness, out); }},
    {"pair_latency", "country partner", "ms", kF32, kNamed, "one-way latency from country to partner", "",
     [](const World& world, const StepReport&, Out out) { copy(world.derived.latency_ms, out); }},
    {"data_demand", "country partner", "1", kF32, kNamed,
     "share of world data demand, origin by destination; with hosting, user by host", "",
     [](const World& world, const StepReport&, Out out) { data_demand(world, out); }},
    {"link_traffic", "link", "1", kF32, kNamed, "share of world data demand that the link carries", "",
     [](const World& world, const StepReport&, Out out) { link_traffic(world, out); }},
    {"link_utilisation", "link", "1", kF32, kNamed, "traffic over the capacity of the link, mean of both directions",
     "", [](const World& world, const StepReport&, Out out) { link_utilisation(world, out); }},
};

}  // namespace

std::span<const OutputRow> output_table() {
  return kRows;
}

std::vector<std::string> output_names() {
  std::vector<std::string> names;
  for (const OutputRow& row : kRows) names.emplace_back(row.name);
  return names;
}

bool is_possible(const Setting& setting, const OutputRow& row) {
  return row.worlds == Worlds::kAll || (row.worlds == Worlds::kWithMap) == setting.has_map();
}

std::vector<std::string> output_names(const Setting& setting) {
  std::vector<std::string> names;
  for (const OutputRow& row : kRows) {
    if (is_possible(setting, row)) names.emplace_back(row.name);
  }
  return names;
}

const OutputRow* find_output(std::string_view name) {
  for (const OutputRow& row : kRows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::string_view time_dimension(const OutputRow& row) {
  return row.cadence == Cadence::kEveryStep ? "step" : "metrics_step";
}

std::size_t dimension_size(const World& world, std::string_view dim) {
  if (dim == "country" || dim == "partner") return world.countries();
  if (dim == "framework" || dim == "other_framework") return world.frameworks();
  if (dim == "bloc_from" || dim == "bloc_to") return world.frameworks() + 1;
  if (dim == "firm_sector") return kFirmSectorCount;
  SPLINTERNET_CHECK(dim == "link", dim);
  return world.setting().links ? world.setting().links->rows.size() : 0;
}

}  // namespace splinternet
