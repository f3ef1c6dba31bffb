#include "tests/support/small_world.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/adaptation.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/catalogue.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/events.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/observe.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/trade_flows.hpp"

namespace splinternet::testing {
namespace {

std::uint32_t row(std::size_t value) {
  return static_cast<std::uint32_t>(value);
}

double uniform(std::uint64_t seed, std::size_t entity, std::uint16_t kind) {
  return Draws(seed, Purpose::kTest, 0, row(entity), kind).uniform();
}

void add_country(CountryTable& table, std::string code, double gdp, double population, double users, double position,
                 double restrictiveness) {
  const std::size_t rank = table.size();
  const auto place = static_cast<double>(rank);
  table.name.push_back("Land " + code);
  table.code.push_back(std::move(code));
  table.region.emplace_back(rank % 2 == 0 ? "East" : "West");
  table.subregion.emplace_back(rank % 3 == 0 ? "North" : "South");
  table.latitude_deg.push_back(40.0 - 7.0 * place);
  table.longitude_deg.push_back(-60.0 + 13.0 * place);
  table.gdp_busd.push_back(gdp);
  table.population_mn.push_back(population);
  table.internet_users_pct.push_back(users);
  table.ideal_point_sd.push_back(position);
  table.home_restrictiveness.push_back(restrictiveness);
  table.chooses.push_back(1);
  table.goods_domestic_busd.push_back(0.5 * gdp);
  table.services_domestic_busd.push_back(0.9 * gdp);
}

CountryTable six_and_more(std::size_t count) {
  CountryTable table;
  add_country(table, "AAA", 20000, 330, 90, 1.8, 0.08);
  add_country(table, "BBB", 14000, 1400, 70, -1.6, 0.45);
  add_country(table, "CCC", 3000, 80, 85, 1.0, 0.10);
  add_country(table, "DDD", 800, 50, 65, 0.1, 0.20);
  add_country(table, "EEE", 400, 90, 50, -0.9, 0.30);
  add_country(table, "FFF", 60, 12, 40, -0.2, 0.25);
  for (std::size_t i = 6; i < count; ++i) {
    const auto place = static_cast<double>(i);
    add_country(table, std::string(3, static_cast<char>('A' + static_cast<int>(i))), 1000.0 / place, 5.0 * place,
                30.0 + 2.0 * place, 1.2 - 0.1 * place, 0.05 + 0.01 * place);
  }
  return table;
}

/// Sales of i to j grow with the sizes of both and differ by direction.
std::vector<double> trade_matrix(const CountryTable& countries, double scale, std::size_t phase) {
  const std::size_t n = countries.size();
  std::vector<double> flow(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      const double direction = 1.0 + 0.25 * static_cast<double>((2 * i + j + phase) % 3);
      flow[i * n + j] = scale * direction * std::sqrt(countries.gdp_busd[i] * countries.gdp_busd[j]);
    }
  }
  return flow;
}

LinkRow link(std::string id, std::size_t a, std::size_t b, LinkKind kind, double length_km, std::string cable,
             std::vector<std::string> owners) {
  return {std::move(id), row(a), row(b), kind, std::move(cable), length_km, 10.0, 2015, std::move(owners)};
}

std::vector<LinkRow> small_links(std::size_t count) {
  using enum LinkKind;
  std::vector<LinkRow> links = {
      // Rows are not in the order of their ids.
      link("l9", kCcc, kBbb, kTerrestrial, 1000, "", {}),
      link("l1", kBbb, kEee, kTerrestrial, 1200, "", {}),
      link("l2", kCcc, kAaa, kSubmarine, 3000, "north", {"AAA"}),
      link("l3", kAaa, kDdd, kSubmarine, 2500, "south", {"AAA", "CCC"}),
      link("l4", kDdd, kEee, kTerrestrial, 2500, "", {}),
      link("l5", kEee, kFff, kTerrestrial, 900, "", {}),
      link("l6", kBbb, kFff, kTerrestrial, 800, "", {}),
      link("l7", kAaa, kBbb, kSubmarine, 4000, "silk", {"BBB"}),
      link("l8", kAaa, kBbb, kSubmarine, 4200, "pacific", {"AAA"}),
  };
  for (std::size_t i = 6; i < count; ++i) {
    const auto place = static_cast<double>(i);
    links.push_back(link("m" + std::to_string(i), i, i - 1, kTerrestrial, 700.0 + 10.0 * place, "", {}));
    links.push_back(link("n" + std::to_string(i), i, (i * 7) % (i - 1), kSubmarine, 3000.0 + 20.0 * place,
                         "branch" + std::to_string(i), {"CCC"}));
  }
  return links;
}

std::vector<FirmRow> small_firms() {
  using enum FirmSector;
  return {{"Alpha Chips", kAaa, kSemiconductor, 60, {kAaa, kBbb, kCcc}},
          {"Alpha Cloud", kAaa, kCloud, 90, {kAaa, kCcc, kDdd, kEee}},
          {"Alpha Networks", kAaa, kEquipment, 40, {kAaa, kCcc, kDdd}},
          {"Beta Devices", kBbb, kDevice, 70, {kBbb, kDdd, kEee}},
          {"Beta Networks", kBbb, kEquipment, 80, {kBbb, kCcc, kDdd, kEee, kFff}},
          {"Beta Video", kBbb, kPlatform, 30, {kBbb, kAaa, kCcc, kDdd}},
          {"Delta Telecom", kDdd, kCarrier, 12, {kDdd}},
          {"Epsilon Trade", kEee, kMerchant, 8, {kEee, kBbb}},
          {"Gamma Telecom", kCcc, kCarrier, 25, {kCcc, kDdd}}};
}

void add_bodies_and_records(WorldTables& tables) {
  tables.groupings = {{"league", {kDdd, kEee, kFff}}, {"union", {kCcc, kDdd}}, {"west", {kAaa, kCcc}}};
  tables.organisations = {{"league", "The League", OrganisationRule::kMajority, {kDdd, kEee, kFff}},
                          {"union", "The Union", OrganisationRule::kConsensus, {kCcc, kDdd}}};
  tables.firm_stances = {{"Gamma Telecom", "clean", Date{2020, 7, 1}}};
  tables.initial_memberships = {{kCcc, "clean", MembershipLevel::kSigned, Date{2020, 5, 1}},
                                {kDdd, "clean", MembershipLevel::kListed, Date{2020, 7, 15}},
                                {kEee, "gids", MembershipLevel::kSigned, Date{2021, 3, 1}}};
}

constexpr std::array<double, 6> kBetaShare = {0.01, 0.90, 0.30, 0.50, 0.60, 0.70};
constexpr std::array<double, 6> kAlphaShare = {0.60, 0.05, 0.40, 0.20, 0.10, 0.05};

std::vector<std::string> random_codes(std::size_t n) {
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < n; ++i) {
    const auto letter = [](std::size_t place) { return static_cast<char>('A' + static_cast<int>(place % 26)); };
    // AAA … ZZZ, then ABA, BCB, …: no two alike up to 676, AAA … FFF always in the first six rows.
    const std::size_t round = i / 26;
    codes.push_back({letter(i), letter(i + round), letter(i)});
  }
  return codes;
}

CountryTable random_countries(std::uint64_t seed, std::size_t n) {
  CountryTable table;
  for (const std::string& code : random_codes(n)) {
    const std::size_t i = table.size();
    add_country(table, code, math::exp(3.0 + 7.0 * uniform(seed, i, 0)), math::exp(1.0 + 5.0 * uniform(seed, i, 1)),
                20.0 + 75.0 * uniform(seed, i, 2), 4.0 * uniform(seed, i, 3) - 2.0, 0.45 * uniform(seed, i, 4));
    table.latitude_deg[i] = 140.0 * uniform(seed, i, 5) - 70.0;
    table.longitude_deg[i] = 360.0 * uniform(seed, i, 6) - 180.0;
  }
  return table;
}

std::vector<LinkRow> random_links(std::uint64_t seed, const CountryTable& countries) {
  const std::size_t n = countries.size();
  std::vector<LinkRow> links;
  const auto add = [&](std::size_t a, std::size_t b, std::size_t id) {
    const bool sea = uniform(seed, id, 8) < 0.5;
    std::vector<std::string> owners;
    if (uniform(seed, id, 9) < 0.3) owners.emplace_back("BBB");
    links.push_back(link("l" + std::to_string(id), a, b, sea ? LinkKind::kSubmarine : LinkKind::kTerrestrial,
                         200.0 + 5000.0 * uniform(seed, id, 10), sea ? "cable" + std::to_string(id % 4) : "", owners));
  };
  for (std::size_t i = 1; i < n; ++i) add(i, Draws(seed, Purpose::kTest, 0, row(i), 7).below(row(i)), i);
  for (std::size_t e = n; e < 3 * n; ++e) {
    const std::size_t a = Draws(seed, Purpose::kTest, 0, row(e), 7).below(row(n), 1);
    const std::size_t b = Draws(seed, Purpose::kTest, 0, row(e), 7).below(row(n), 2);
    if (a != b) add(a, b, e);
  }
  return links;
}

std::vector<FirmRow> random_firms(std::uint64_t seed, std::size_t n) {
  std::vector<FirmRow> firms;
  for (std::size_t f = 0; f < 2 * n; ++f) {
    const Draws draws(seed, Purpose::kTest, 0, row(f), 11);
    FirmRow firm{"Firm " + std::to_string(f),
                 draws.below(row(n), 0),
                 static_cast<FirmSector>(draws.below(kFirmSectorCount, 1)),
                 draws.pareto(0.5, 1.1, 2),
                 {}};
    for (std::uint32_t m = 0; m < 4; ++m) {
      const std::uint32_t market = draws.below(row(n), 3 + m);
      if (std::find(firm.markets.begin(), firm.markets.end(), market) == firm.markets.end()) {
        firm.markets.push_back(market);
      }
    }
    firms.push_back(std::move(firm));
  }
  return firms;
}

void remap(std::vector<std::uint32_t>& rows, std::span<const std::uint32_t> place) {
  for (std::uint32_t& country : rows) country = place[country];
}

template <class T>
std::vector<T> reordered(const std::vector<T>& column, std::span<const std::size_t> order) {
  std::vector<T> result;
  for (const std::size_t old : order) result.push_back(column[old]);
  return result;
}

template <class T>
std::vector<T> reordered_matrix(const std::vector<T>& matrix, std::span<const std::size_t> order) {
  std::vector<T> result;
  for (const std::size_t i : order) {
    for (const std::size_t j : order) result.push_back(matrix[i * order.size() + j]);
  }
  return result;
}

CountryTable reordered(CountryTable t, std::span<const std::size_t> order) {
  for (auto* column : {&t.code, &t.name, &t.region, &t.subregion}) *column = reordered(*column, order);
  for (auto* column : {&t.latitude_deg, &t.longitude_deg, &t.gdp_busd, &t.population_mn, &t.internet_users_pct,
                       &t.ideal_point_sd, &t.home_restrictiveness, &t.goods_domestic_busd, &t.services_domestic_busd}) {
    *column = reordered(*column, order);
  }
  t.chooses = reordered(t.chooses, order);
  return t;
}

FrameworkSpec framework(std::string id, std::string name, std::string sponsor) {
  FrameworkSpec spec;
  spec.id = std::move(id);
  spec.name = std::move(name);
  spec.sponsors = {std::move(sponsor)};
  return spec;
}

void set_provisions(Scenario& scenario) {
  for (const char* provision :
       {"clean_carrier", "clean_cable", "clean_path", "clean_cloud", "clean_store", "clean_apps"}) {
    set(scenario, std::string("framework.clean.provisions.") + provision, 1.0);
  }
  set(scenario, "framework.clean.direction", 1.0);
  set(scenario, "framework.clean.missions_per_month", 2.0);
  for (const char* provision :
       {"no_backdoors", "no_mass_surveillance", "no_illegal_collection", "local_law", "open_supply_chain"}) {
    set(scenario, std::string("framework.gids.provisions.") + provision, 1.0);
  }
  set(scenario, "framework.gids.direction", -1.0);
  set(scenario, "framework.gids.credibility", 0.3);
  set(scenario, "framework.gids.missions_per_month", 1.0);
  set(scenario, "firms.synthetic", 40);
}

}  // namespace

WorldTables small_tables(std::size_t countries) {
  SPLINTERNET_CHECK(countries >= 6 && countries <= 26, countries);
  WorldTables tables;
  tables.countries = six_and_more(countries);
  tables.goods_trade_busd = trade_matrix(tables.countries, 0.010, 0);
  tables.services_trade_busd = trade_matrix(tables.countries, 0.004, 1);
  tables.common_language.assign(countries * countries, 0);
  for (std::size_t i = 0; i < countries; ++i) tables.common_language[i * countries + i] = 1;
  tables.common_language[kAaa * countries + kCcc] = tables.common_language[kCcc * countries + kAaa] = 1;
  tables.links = small_links(countries);
  for (std::size_t i = 0; i < countries; ++i) {
    tables.vendor_shares.push_back({row(i), "BBB", kBetaShare[i % 6]});
    tables.vendor_shares.push_back({row(i), "AAA", kAlphaShare[i % 6]});
  }
  tables.firms = small_firms();
  add_bodies_and_records(tables);
  tables.digest = 1;
  return tables;
}

Scenario small_scenario() {
  Scenario scenario;
  scenario.name = "small";
  scenario.title = "Two frameworks, few countries";
  scenario.run.start = Date{2020, 8, 1};
  scenario.run.horizon = 24;
  scenario.run.seed = 20200805;
  scenario.frameworks = {framework("clean", "Clean", "AAA"), framework("gids", "GIDS", "BBB")};
  scenario.frameworks[kClean].untrusted_homes = {"BBB"};
  scenario.frameworks[kClean].untrusted_firms = {"Epsilon Trade"};
  scenario.terms = {"market_access", "alignment",   "peers",       "security", "domestic_firms",
                    "side_payment",  "replacement", "retaliation", "inertia"};
  scenario.has_countries = scenario.has_firms = scenario.has_data = scenario.has_trade = true;
  const ParameterValues::Family families[] = {{"framework.", {"clean", "gids"}}};
  scenario.parameters = ParameterValues(parameter_catalogue(), families);
  set_provisions(scenario);
  // Round costs of data rules: what tests work out by hand shall not move with the calibration.
  set(scenario, "policy.data_cost_services", 0.1);
  set(scenario, "policy.data_cost_goods", 0.01);
  set(scenario, "policy.idea_diffusion", 0.064);
  set(scenario, "policy.recognition", 0.1);
  EventSpec open_clean = event_in_month("open_clean", EventKind::kOpen, 0);
  open_clean.framework = "clean";
  EventSpec open_gids = event_in_month("open_gids", EventKind::kOpen, 2);
  open_gids.framework = "gids";
  scenario.events = {open_clean, open_gids};
  return scenario;
}

void set(Scenario& scenario, std::string_view path, double value) {
  const std::size_t index = scenario.parameters.find(path);
  SPLINTERNET_CHECK(index < scenario.parameters.size(), path);
  scenario.parameters.set(index, value);
}

double get(const Scenario& scenario, std::string_view path) {
  const std::size_t index = scenario.parameters.find(path);
  SPLINTERNET_CHECK(index < scenario.parameters.size(), path);
  return scenario.parameters.value(index);
}

EventSpec event_in_month(std::string id, EventKind kind, int months) {
  EventSpec event;
  event.id = std::move(id);
  event.kind = kind;
  event.date = add_months(Date{2020, 8, 1}, months);
  return event;
}

void add_event(Scenario& scenario, EventSpec event) {
  const auto place = std::upper_bound(scenario.events.begin(), scenario.events.end(), event.id,
                                      [](const std::string& id, const EventSpec& other) { return id < other.id; });
  scenario.events.insert(place, std::move(event));
}

WorldTables permuted(const WorldTables& tables, std::span<const std::size_t> order) {
  SPLINTERNET_CHECK(order.size() == tables.countries.size(), order.size());
  std::vector<std::uint32_t> place(order.size());
  for (std::size_t r = 0; r < order.size(); ++r) place[order[r]] = row(r);
  WorldTables result = tables;
  result.countries = reordered(tables.countries, order);
  result.goods_trade_busd = reordered_matrix(tables.goods_trade_busd, order);
  result.services_trade_busd = reordered_matrix(tables.services_trade_busd, order);
  result.common_language = reordered_matrix(tables.common_language, order);
  for (auto* matrix : {&result.hosting, &result.data_demand}) {
    if (!matrix->empty()) *matrix = reordered_matrix(*matrix, order);
  }
  for (LinkRow& link : result.links) {
    link.a = place[link.a];
    link.b = place[link.b];
  }
  for (VendorShareRow& share : result.vendor_shares) share.country = place[share.country];
  for (GroupingRow& grouping : result.groupings) remap(grouping.members, place);
  for (OrganisationRow& body : result.organisations) remap(body.members, place);
  for (FirmRow& firm : result.firms) {
    firm.home = place[firm.home];
    remap(firm.markets, place);
  }
  for (InitialMembershipRow& member : result.initial_memberships) member.country = place[member.country];
  if (!tables.compliance_gap.empty()) {
    const std::size_t width = tables.compliance_gap.size() / order.size();
    for (std::size_t e = 0; e < tables.compliance_gap.size(); ++e) {
      result.compliance_gap[e] = tables.compliance_gap[order[e / width] * width + e % width];
    }
  }
  return result;
}

std::vector<std::size_t> random_order(std::uint64_t seed, std::size_t count) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  for (std::size_t i = count; i > 1; --i) {
    std::swap(order[i - 1], order[Draws(seed, Purpose::kTest, 0, row(i), 12).below(row(i))]);
  }
  return order;
}

WorldTables random_tables(std::uint64_t seed, std::size_t n) {
  SPLINTERNET_CHECK(n >= 6 && n <= 676, n);
  WorldTables tables;
  tables.countries = random_countries(seed, n);
  tables.goods_trade_busd = trade_matrix(tables.countries, 0.3 / static_cast<double>(n), 0);
  tables.services_trade_busd = trade_matrix(tables.countries, 0.1 / static_cast<double>(n), 1);
  tables.common_language.assign(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      tables.goods_trade_busd[i * n + j] *= 0.1 + uniform(seed, i * n + j, 13);
      tables.services_trade_busd[i * n + j] *= 0.1 + uniform(seed, i * n + j, 14);
      tables.common_language[i * n + j] = i == j || (i % 5 == 0 && j % 5 == 0) ? 1 : 0;
    }
    tables.vendor_shares.push_back({row(i), "BBB", 0.6 * uniform(seed, i, 15)});
    tables.vendor_shares.push_back({row(i), "AAA", 0.4 * uniform(seed, i, 16)});
  }
  tables.links = random_links(seed, tables.countries);
  tables.firms = random_firms(seed, n);
  add_bodies_and_records(tables);
  // Their rows are those of other countries here; what they name must exist.
  tables.firm_stances = {{"Firm 1", "clean", Date{2020, 7, 1}}};
  for (std::uint32_t i = 6; i < n; ++i) tables.groupings[i % 3].members.push_back(i);
  tables.digest = seed;
  return tables;
}

World make_world(const Scenario& scenario, const WorldTables& tables) {
  return World(make_setting(scenario, tables));
}

void advance(World& world) {
  ++world.step;
  apply_events(world);
  update_entry_into_force(world);
  apply_policy(world);
  if (world.setting().demand) route_data(world);
  if (world.setting().trade) solve_trade(world);
  adapt(world);
  observe(world);
}

void advance(World& world, int steps) {
  for (int step = 0; step < steps; ++step) advance(world);
}

}  // namespace splinternet::testing
