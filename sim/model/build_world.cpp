#include "sim/model/build_world.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/actors.hpp"
#include "sim/model/choice/thresholds.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/admission.hpp"
#include "sim/model/courting/checks.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/demand.hpp"
#include "sim/model/events.hpp"
#include "sim/model/firm_population.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/influence.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/observe.hpp"
#include "sim/model/pairs.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/proposals.hpp"
#include "sim/model/trade_flows.hpp"
#include "sim/scenario/fault.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

CountrySetting country_setting(const CountryTable& table) {
  CountrySetting countries;
  countries.count = table.size();
  countries.code = table.code;
  countries.name = table.name;
  countries.gdp_busd = table.gdp_busd;
  countries.population_mn = table.population_mn;
  countries.ideal_point_sd = table.ideal_point_sd;
  countries.home_restrictiveness = table.home_restrictiveness;
  countries.chooses = table.chooses;
  double world_gdp = 0.0;
  for (const double gdp : table.gdp_busd) world_gdp += gdp;
  std::vector<std::uint32_t> order(countries.count);
  for (std::size_t i = 0; i < countries.count; ++i) {
    order[i] = static_cast<std::uint32_t>(i);
    countries.key.push_back(entity_key(table.code[i]));
    countries.gdp_share.push_back(table.gdp_busd[i] / world_gdp);
    countries.users_mn.push_back(table.internet_users_pct[i] / 100.0 * table.population_mn[i]);
  }
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return table.code[a] < table.code[b]; });
  countries.rank.resize(countries.count);
  for (std::size_t place = 0; place < order.size(); ++place) {
    countries.rank[order[place]] = static_cast<std::uint32_t>(place);
  }
  return countries;
}

std::uint32_t row_of(const CountrySetting& countries, const std::string& code) {
  const auto found = std::find(countries.code.begin(), countries.code.end(), code);
  if (found == countries.code.end()) throw ScenarioError("the tables have no country \"" + code + "\"");
  return static_cast<std::uint32_t>(found - countries.code.begin());
}

/// Whether k excludes firms of a sponsor of l while l demands an open supply chain, or one of them says so.
bool are_incompatible(const Scenario& scenario, std::size_t k, std::size_t l) {
  const FrameworkSpec& one = scenario.frameworks[k];
  const FrameworkSpec& other = scenario.frameworks[l];
  const auto names = [](const std::vector<std::string>& list, const std::string& id) {
    return std::find(list.begin(), list.end(), id) != list.end();
  };
  if (names(one.incompatible_with, other.id)) return true;
  double exclusion = 0.0;
  for (std::size_t p = 0; p < kExclusionCount; ++p) exclusion += scenario.parameters(kProvisionStrength[p], k);
  const double open = scenario.parameters(kProvisionStrength[static_cast<std::size_t>(Provision::kOpenSupplyChain)], l);
  return exclusion > 0.0 && open > 0.0 &&
         std::any_of(other.sponsors.begin(), other.sponsors.end(),
                     [&](const std::string& sponsor) { return names(one.untrusted_homes, sponsor); });
}

/// Installed share of vendors from the given homes, per country.
void add_vendor_shares(const WorldTables& tables, const std::vector<std::string>& homes, double* share) {
  for (const VendorShareRow& row : tables.vendor_shares) {
    if (std::find(homes.begin(), homes.end(), row.vendor_home) != homes.end()) share[row.country] += row.share;
  }
}

/// The actors of the lowest draws, so that another actor or another seed of the lot shifts nobody's draw.
std::vector<std::uint32_t> drawn_initiators(const Scenario& scenario, std::size_t framework,
                                            const CountrySetting& actors) {
  const auto wanted = static_cast<std::size_t>(scenario.parameters(parameters::kInitiators, framework));
  const std::string path = "framework." + scenario.frameworks[framework].id + ".initiators";
  if (wanted > actors.count) {
    refuse({place_of(scenario, path), path, "there are only " + std::to_string(actors.count) + " actors",
            "a whole number from 0 to " + std::to_string(actors.count), "ask for fewer"});
  }
  std::vector<std::pair<double, std::uint32_t>> lots(wanted == 0 ? 0 : actors.count);
  const auto kind = static_cast<std::uint16_t>(entity_key(scenario.frameworks[framework].id) & 0xffffU);
  for (std::uint32_t i = 0; i < lots.size(); ++i) {
    lots[i] = {Draws(scenario.run.seed, Purpose::kInitiator, 0, actors.key[i], kind).uniform(), i};
  }
  std::nth_element(lots.begin(), lots.begin() + static_cast<std::ptrdiff_t>(wanted), lots.end());
  std::vector<std::uint32_t> initiators;
  for (std::size_t n = 0; n < wanted; ++n) initiators.push_back(lots[n].second);
  std::sort(initiators.begin(), initiators.end());
  return initiators;
}

FrameworkSetting framework_setting(const Scenario& scenario, const WorldTables& tables,
                                   const CountrySetting& countries) {
  FrameworkSetting frameworks;
  const std::size_t n = countries.count;
  frameworks.count = scenario.frameworks.size();
  if (frameworks.count > kMaxFrameworks) {
    const std::string path = "framework." + scenario.frameworks[kMaxFrameworks].id;
    refuse({place_of(scenario, path), path, "there are " + std::to_string(frameworks.count) + " frameworks",
            "at most " + std::to_string(kMaxFrameworks), "remove one, or switch one off with enabled = false"});
  }
  frameworks.committed.assign(frameworks.count * n, 0);
  frameworks.untrusted_home.assign(frameworks.count * n, 0);
  frameworks.untrusted_share.assign(frameworks.count * n, 0.0);
  frameworks.sponsor_vendor_share.assign(frameworks.count * n, 0.0);
  frameworks.incompatible.assign(frameworks.count * frameworks.count, 0);
  for (std::size_t k = 0; k < frameworks.count; ++k) {
    const FrameworkSpec& spec = scenario.frameworks[k];
    frameworks.id.push_back(spec.id);
    frameworks.key.push_back(entity_key(spec.id));
    frameworks.sponsors.emplace_back();
    for (const std::string& sponsor : spec.sponsors) {
      frameworks.sponsors[k].push_back(row_of(countries, sponsor));
    }
    for (const std::uint32_t initiator : drawn_initiators(scenario, k, countries)) {
      frameworks.sponsors[k].push_back(initiator);
    }
    for (const std::uint32_t member : frameworks.sponsors[k]) frameworks.committed[k * n + member] = 1;
    for (const std::string& home : spec.untrusted_homes) frameworks.untrusted_home[k * n + row_of(countries, home)] = 1;
    frameworks.leading_untrusted_home.push_back(
        spec.untrusted_homes.empty() ? kNoCountry : row_of(countries, spec.untrusted_homes.front()));
    add_vendor_shares(tables, spec.untrusted_homes, &frameworks.untrusted_share[k * n]);
    add_vendor_shares(tables, spec.sponsors, &frameworks.sponsor_vendor_share[k * n]);
    for (std::size_t l = 0; l < frameworks.count; ++l) {
      const bool clash = l != k && (are_incompatible(scenario, k, l) || are_incompatible(scenario, l, k));
      frameworks.incompatible[k * frameworks.count + l] = clash ? 1 : 0;
    }
  }
  return frameworks;
}

/// Who may decide on what while it is open.
std::vector<std::uint8_t> eligible(const FrameworkSetting& frameworks, const CountrySetting& countries) {
  const std::size_t n = countries.count;
  std::vector<std::uint8_t> decides = countries.chooses;
  for (std::size_t row = 0; row < frameworks.committed.size(); ++row) {
    if (frameworks.committed[row] != 0) decides[row % n] = 0;
  }
  std::vector<std::uint8_t> eligible(frameworks.count * n);
  for (std::size_t k = 0; k < frameworks.count; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      eligible[k * n + i] = decides[i] != 0 && frameworks.untrusted_home[k * n + i] == 0 ? 1 : 0;
    }
  }
  return eligible;
}

/// Sponsors are committed: each must be able to stand in all that it sponsors.
void check_sponsors(const Scenario& scenario, const FrameworkSetting& frameworks, const CountrySetting& countries) {
  for (std::size_t k = 0; k < frameworks.count; ++k) {
    const FrameworkSpec& spec = scenario.frameworks[k];
    for (std::size_t n = 0; n < spec.sponsors.size(); ++n) {
      const std::uint32_t sponsor = frameworks.sponsors[k][n];
      const std::string path = "framework." + spec.id + ".sponsors[" + std::to_string(n) + "]";
      if (frameworks.untrusted_home[k * countries.count + sponsor] != 0) {
        refuse({place_of(scenario, path), path,
                spec.sponsors[n] + " is a sponsor of " + spec.id + " and one of its untrusted homes", "",
                "remove it from sponsors or from untrusted_homes"});
      }
      for (std::size_t l = 0; l < k; ++l) {
        if (frameworks.committed[l * countries.count + sponsor] == 0) continue;
        if (frameworks.incompatible[k * frameworks.count + l] == 0) continue;
        const std::string& other = scenario.frameworks[l].id;
        refuse({place_of(scenario, path), path,
                spec.sponsors[n] + " sponsors " + other + " and " + spec.id + ", which are incompatible",
                "sponsors of two frameworks only where neither names the other in incompatible_with, and neither "
                "excludes firms of a sponsor of the other while that demands an open supply chain",
                "remove " + spec.sponsors[n] + " from the sponsors of one of them"});
      }
    }
  }
}

/// The splinternet index is a weighted mean: one weight must count.
void check_index_weights(const Scenario& scenario) {
  std::vector<const Parameter*> weights = {&parameters::kWeightPolarization};
  if (scenario.has_data) {
    weights.insert(weights.end(), {&parameters::kWeightDecouplingData, &parameters::kWeightReachLoss});
  }
  if (scenario.has_trade) weights.push_back(&parameters::kWeightDecouplingTrade);
  double total = 0.0;
  std::string last = "metrics";
  for (const Parameter* row : weights) {
    total += scenario.parameters(*row);
    if (scenario.places.contains(std::string(row->path))) last = row->path;
  }
  if (total > 0.0) return;
  refuse({place_of(scenario, last), last, "all weights of the splinternet index are 0",
          "numbers from 0 to 1, at least one of them above 0", "give one weight_… a value above 0"});
}

std::vector<OrganisationSetting> organisation_settings(const Scenario& scenario, const WorldTables& tables,
                                                       const CountrySetting& countries) {
  std::vector<OrganisationSetting> bodies;
  for (const OrganisationRow& row : tables.organisations) {
    OrganisationSetting body{row.id, row.name, entity_key(row.id), row.rule, kNoCountry, row.members};
    bool enabled = true;
    for (const OrganisationSpec& spec : scenario.organisations) {
      if (spec.id != row.id) continue;
      enabled = spec.enabled;
      body.rule = spec.rule.value_or(body.rule);
      if (!spec.leader.empty()) body.leader = row_of(countries, spec.leader);
    }
    if (enabled && body.rule == OrganisationRule::kLeader && body.leader == kNoCountry) {
      refuse({row.place.empty() ? place_of(scenario, "organisation." + row.id) : row.place, "organisation." + row.id,
              row.id + " decides by its leader, but no leader is named", "",
              "add leader = \"<ISO-3>\" below [organisation." + row.id + "] in the scenario, or another rule"});
    }
    if (enabled) bodies.push_back(std::move(body));
  }
  std::sort(bodies.begin(), bodies.end(),
            [](const OrganisationSetting& a, const OrganisationSetting& b) { return a.id < b.id; });
  return bodies;
}

/// Draws are keyed by 32-bit hashes of names: two that meet would draw the same numbers.
void check_keys(const Setting& setting) {
  std::vector<std::pair<std::uint32_t, std::string>> keys;
  for (std::size_t k = 0; k < setting.frameworks.count; ++k) {
    keys.emplace_back(setting.frameworks.key[k], setting.frameworks.id[k]);
  }
  for (const OrganisationSetting& body : setting.organisations) keys.emplace_back(body.key, body.id);
  for (std::size_t f = 0; setting.firms && f < setting.firms->named; ++f) {
    keys.emplace_back(setting.firms->key[f], setting.firms->name[f]);
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t n = 1; n < keys.size(); ++n) {
    if (keys[n].first == keys[n - 1].first && keys[n].second != keys[n - 1].second) {
      throw ScenarioError("the names \"" + keys[n - 1].second + "\" and \"" + keys[n].second +
                          "\" share a 32-bit key, so that their draws would be the same: change one of them");
    }
  }
}

}  // namespace

std::shared_ptr<const Setting> make_setting(const Scenario& scenario, const WorldTables& tables,
                                            const Extensions& extensions) {
  auto setting = std::make_shared<Setting>();
  setting->scenario = scenario;
  const bool has_map = !tables.actors && scenario.world.actors == 0;
  setting->countries = has_map ? country_setting(tables.countries) : actors_as_countries(scenario, tables);
  if (!has_map) {
    ActorSetting actors = actor_attributes(scenario, tables, setting->countries);
    actors.pairs = pair_setting(tables.pairs, setting->countries);
    actors.payoffs = tables.payoffs;
    setting->actors = std::make_unique<ActorSetting>(std::move(actors));
  }
  setting->frameworks = framework_setting(scenario, tables, setting->countries);
  check_sponsors(scenario, setting->frameworks, setting->countries);
  setting->frameworks.eligible = eligible(setting->frameworks, setting->countries);
  if (has_map) check_courting(scenario, setting->frameworks);
  if (has_map) check_index_weights(scenario);
  setting->organisations = organisation_settings(scenario, tables, setting->countries);
  if (scenario.has_countries) {
    setting->influence = std::make_unique<InfluenceSetting>(
        has_map ? influence_graph(scenario, tables) : influence_of_actors(scenario, tables, setting->countries));
  }
  if (scenario.has_countries && chooses_by(scenario, ChoiceRule::kThreshold)) {
    setting->thresholds = std::make_unique<ThresholdSetting>(thresholds(*setting));
  }
  if (scenario.has_data) {
    setting->demand = std::make_unique<DemandSetting>(baseline_demand(scenario, tables));
    setting->links = std::make_unique<LinkSetting>(weigh_links(scenario, tables));
  }
  if (scenario.has_trade) setting->trade = std::make_unique<TradeSetting>(balanced_trade(scenario, tables));
  if (scenario.has_firms) {
    setting->firms =
        std::make_unique<FirmSetting>(firm_population(scenario, tables, setting->countries, setting->frameworks));
  }
  if (scenario.world.initial_memberships) setting->initial_memberships = tables.initial_memberships;
  setting->compliance_gap = tables.compliance_gap;
  setting->imputed = tables.imputed;
  const bool hosted = setting->demand && setting->demand->rows == DemandRows::kUsers;
  if (hosted && tables.hosting.empty()) setting->imputed.emplace_back("hosting.share (all rows)");
  setting->tables_digest = tables.digest;
  check_keys(*setting);
  check_admission(*setting);
  check_proposals(*setting);
  setting->extensions = extensions;
  check_extensions(*setting);
  for (const PayoffTerm* term : active_terms(*setting)) term->check(*setting);
  return setting;
}

}  // namespace splinternet
