#include "sim/model/firm_population.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/firms.hpp"

namespace splinternet {
namespace {

/// Shares of the sectors among synthetic firms, in the order of the enum [J].
constexpr std::array<double, kFirmSectorCount> kSectorShare = {.03, .05, .04, .15, .05, .08, .02, .13, .45};
constexpr std::size_t kMaxMarkets = 20;
constexpr std::size_t kMaxSuppliers = 10;

/// Cumulative weights, and the row that a uniform draw picks.
class Wheel {
 public:
  explicit Wheel(std::span<const double> weight) {
    double sum = 0.0;
    for (const double w : weight) cumulative_.push_back(sum += w);
    SPLINTERNET_CHECK(sum > 0.0, weight.size());
  }
  [[nodiscard]] std::uint32_t pick(double uniform) const {
    const double place = uniform * cumulative_.back();
    const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), place);
    return static_cast<std::uint32_t>(
        std::min<std::ptrdiff_t>(found - cumulative_.begin(), static_cast<std::ptrdiff_t>(cumulative_.size()) - 1));
  }

 private:
  std::vector<double> cumulative_;
};

/// Rows of countries in order of code: wheels are laid out by it, so that permuting the tables changes nothing.
std::vector<std::uint32_t> by_rank(const CountrySetting& countries) {
  std::vector<std::uint32_t> rows(countries.count);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[countries.rank[i]] = static_cast<std::uint32_t>(i);
  return rows;
}

std::size_t power_law_count(const Draws& draws, double tail, std::size_t most) {
  return static_cast<std::size_t>(std::min(static_cast<double>(most), std::floor(draws.pareto(1.0, tail))));
}

void add_market(FirmSetting& firms, std::size_t market) {
  firms.market.push_back(static_cast<std::uint32_t>(market));
}

void add_named(FirmSetting& firms, const WorldTables& tables) {
  for (const FirmRow& row : tables.firms) {
    firms.name.push_back(row.name);
    firms.home.push_back(row.home);
    firms.sector.push_back(row.sector);
    firms.revenue_busd.push_back(row.revenue_busd);
    add_market(firms, row.home);
    for (const std::uint32_t market : row.markets) {
      if (market != row.home) add_market(firms, market);
    }
    firms.first_market.push_back(static_cast<std::uint32_t>(firms.market.size()));
  }
  firms.named = tables.firms.size();
}

void add_synthetic(FirmSetting& firms, const Scenario& scenario, const CountrySetting& countries) {
  const std::vector<std::uint32_t> rows = by_rank(countries);
  std::vector<double> mass;
  std::vector<double> gdp;
  for (const std::uint32_t i : rows) {
    mass.push_back(countries.gdp_share[i] * countries.users_mn[i]);
    gdp.push_back(countries.gdp_share[i]);
  }
  const Wheel homes(mass);
  const Wheel markets(gdp);
  const Wheel sectors(kSectorShare);
  const ParameterValues& value = scenario.parameters;
  const std::uint64_t seed = scenario.run.seed;
  const auto count = static_cast<std::uint32_t>(value(parameters::kSyntheticFirms));
  for (std::uint32_t index = 0; index < count; ++index) {
    const std::uint32_t home = rows[homes.pick(Draws(seed, Purpose::kFirmHome, 0, index).uniform())];
    firms.home.push_back(home);
    firms.sector.push_back(
        static_cast<FirmSector>(sectors.pick(Draws(seed, Purpose::kFirmSector, 0, index).uniform())));
    firms.revenue_busd.push_back(Draws(seed, Purpose::kFirmSize, 0, index)
                                     .pareto(value(parameters::kMinimumRevenue), value(parameters::kSizeTail)));
    const std::size_t wanted =
        power_law_count(Draws(seed, Purpose::kFirmMarketCount, 0, index), value(parameters::kMarketTail), kMaxMarkets);
    const std::size_t first = firms.market.size();
    add_market(firms, home);
    const Draws draws(seed, Purpose::kFirmMarket, 0, index);
    for (std::uint32_t attempt = 0; firms.market.size() - first < wanted && attempt < 4 * kMaxMarkets; ++attempt) {
      const std::uint32_t market = rows[markets.pick(draws.uniform(attempt))];
      const auto begin = firms.market.begin() + static_cast<long>(first);
      if (std::find(begin, firms.market.end(), market) == firms.market.end()) add_market(firms, market);
    }
    firms.first_market.push_back(static_cast<std::uint32_t>(firms.market.size()));
  }
}

/// Half at home, the rest over the other markets by GDP; all at home without others.
void share_out_sales(FirmSetting& firms, const CountrySetting& countries) {
  firms.market_revenue_busd.resize(firms.market.size());
  firms.firm_of_edge.resize(firms.market.size());
  for (std::size_t f = 0; f < firms.count; ++f) {
    double abroad = 0.0;
    for (std::size_t e = firms.first_market[f] + 1; e < firms.first_market[f + 1]; ++e) {
      abroad += countries.gdp_busd[firms.market[e]];
    }
    const double revenue = firms.revenue_busd[f];
    for (std::size_t e = firms.first_market[f]; e < firms.first_market[f + 1]; ++e) {
      firms.firm_of_edge[e] = static_cast<std::uint32_t>(f);
      const bool home = e == firms.first_market[f];
      firms.market_revenue_busd[e] = home ? (abroad > 0.0 ? revenue / 2.0 : revenue)
                                          : revenue / 2.0 * (countries.gdp_busd[firms.market[e]] / abroad);
    }
  }
}

bool sells_to_firms(FirmSector sector) {
  return sector == FirmSector::kEquipment || sector == FirmSector::kDevice || sector == FirmSector::kSemiconductor ||
         sector == FirmSector::kCloud;
}

void draw_suppliers(FirmSetting& firms, const Scenario& scenario) {
  std::vector<double> weight(firms.count);
  bool any = false;
  for (std::size_t f = 0; f < firms.count; ++f) {
    weight[f] = sells_to_firms(firms.sector[f]) ? firms.revenue_busd[f] : 0.0;
    any = any || weight[f] > 0.0;
  }
  firms.first_supplier.assign(1, 0);
  if (!any) {
    firms.first_supplier.assign(firms.count + 1, 0);
    return;
  }
  const Wheel wheel(weight);
  std::vector<std::uint32_t> chosen;
  for (std::size_t f = 0; f < firms.count; ++f) {
    const std::uint64_t seed = scenario.run.seed;
    const std::size_t wanted = power_law_count(Draws(seed, Purpose::kFirmSupplierCount, 0, firms.key[f]),
                                               scenario.parameters(parameters::kSupplierTail), kMaxSuppliers);
    const Draws draws(seed, Purpose::kFirmSupplier, 0, firms.key[f]);
    chosen.clear();
    for (std::uint32_t attempt = 0; chosen.size() < wanted && attempt < 4 * kMaxSuppliers; ++attempt) {
      const std::uint32_t supplier = wheel.pick(draws.uniform(attempt));
      const bool known = std::find(chosen.begin(), chosen.end(), supplier) != chosen.end();
      if (supplier != f && !known) chosen.push_back(supplier);
    }
    firms.supplier.insert(firms.supplier.end(), chosen.begin(), chosen.end());
    firms.first_supplier.push_back(static_cast<std::uint32_t>(firms.supplier.size()));
  }
}

/// The transpose of the supplier lists.
void list_customers(FirmSetting& firms) {
  firms.first_customer.assign(firms.count + 1, 0);
  for (const std::uint32_t supplier : firms.supplier) ++firms.first_customer[supplier + 1];
  for (std::size_t f = 0; f < firms.count; ++f) firms.first_customer[f + 1] += firms.first_customer[f];
  firms.customer.resize(firms.supplier.size());
  std::vector<std::uint32_t> next(firms.first_customer.begin(), firms.first_customer.end() - 1);
  for (std::size_t f = 0; f < firms.count; ++f) {
    for (std::size_t e = firms.first_supplier[f]; e < firms.first_supplier[f + 1]; ++e) {
      firms.customer[next[firms.supplier[e]]++] = static_cast<std::uint32_t>(f);
    }
  }
}

void group_edges(FirmSetting& firms, std::size_t countries) {
  firms.first_in_group.assign(countries * kFirmSectorCount + 1, 0);
  const auto group = [&](std::size_t e) {
    return firms.market[e] * kFirmSectorCount + static_cast<std::size_t>(firms.sector[firms.firm_of_edge[e]]);
  };
  for (std::size_t e = 0; e < firms.market.size(); ++e) ++firms.first_in_group[group(e) + 1];
  for (std::size_t g = 0; g + 1 < firms.first_in_group.size(); ++g) {
    firms.first_in_group[g + 1] += firms.first_in_group[g];
  }
  firms.edge_in_group.resize(firms.market.size());
  std::vector<std::uint32_t> next(firms.first_in_group.begin(), firms.first_in_group.end() - 1);
  for (std::size_t e = 0; e < firms.market.size(); ++e) {
    firms.edge_in_group[next[group(e)]++] = static_cast<std::uint32_t>(e);
  }
}

void mark_untrusted(FirmSetting& firms, const Scenario& scenario, const CountrySetting& countries,
                    const FrameworkSetting& frameworks) {
  firms.untrusted_under.assign(firms.count, 0);
  for (std::size_t f = 0; f < firms.count; ++f) {
    for (std::size_t k = 0; k < frameworks.count; ++k) {
      const std::vector<std::string>& listed = scenario.frameworks[k].untrusted_firms;
      const bool by_name = f < firms.named && std::find(listed.begin(), listed.end(), firms.name[f]) != listed.end();
      const bool by_home = frameworks.untrusted_home[k * countries.count + firms.home[f]] != 0;
      if (by_name || by_home) firms.untrusted_under[f] = static_cast<std::uint8_t>(firms.untrusted_under[f] | bit(k));
    }
  }
  firms.untrusted_inputs.assign(frameworks.count * firms.count, 0.0);
  for (std::size_t f = 0; f < firms.count; ++f) {
    const std::size_t suppliers = firms.first_supplier[f + 1] - firms.first_supplier[f];
    for (std::size_t k = 0; k < frameworks.count && suppliers > 0; ++k) {
      std::size_t untrusted = 0;
      for (std::size_t e = firms.first_supplier[f]; e < firms.first_supplier[f + 1]; ++e) {
        untrusted += contains(firms.untrusted_under[firms.supplier[e]], k) ? 1 : 0;
      }
      firms.untrusted_inputs[k * firms.count + f] = static_cast<double>(untrusted) / static_cast<double>(suppliers);
    }
  }
}

bool is_exposable(const FirmSetting& firms, std::size_t firm, std::size_t frameworks) {
  bool has_untrusted_inputs = false;
  for (std::size_t k = 0; k < frameworks; ++k) {
    has_untrusted_inputs = has_untrusted_inputs || firms.untrusted_inputs[k * firms.count + firm] > 0.0;
  }
  return firms.untrusted_under[firm] != 0 || has_untrusted_inputs;
}

void list_exposable(FirmSetting& firms, std::size_t frameworks) {
  firms.first_exposable.assign(1, 0);
  for (std::size_t g = 0; g + 1 < firms.first_in_group.size(); ++g) {
    double sales = 0.0;
    for (std::size_t n = firms.first_in_group[g]; n < firms.first_in_group[g + 1]; ++n) {
      const std::uint32_t e = firms.edge_in_group[n];
      sales += firms.market_revenue_busd[e];
      const std::uint32_t f = firms.firm_of_edge[e];
      if (!is_exposable(firms, f, frameworks)) continue;
      firms.exposable.push_back({f, firms.untrusted_under[f], firms.home[f] == g / kFirmSectorCount});
      firms.edge_of_exposable.push_back(e);
      for (std::size_t k = 0; k < frameworks; ++k) {
        firms.exposable_inputs.push_back(firms.untrusted_inputs[k * firms.count + f]);
      }
    }
    firms.group_sales_busd.push_back(sales);
    firms.first_exposable.push_back(static_cast<std::uint32_t>(firms.exposable.size()));
  }
}

void place_initial_stances(FirmSetting& firms, const Scenario& scenario, const WorldTables& tables,
                           const FrameworkSetting& frameworks) {
  firms.initial_stance.assign(firms.count, 0);
  for (const FirmStanceRow& row : tables.firm_stances) {
    // Pledges after the start are the record to be explained, never an input.
    if (!scenario.world.initial_memberships || scenario.run.start < row.date) continue;
    const auto firm = std::find(firms.name.begin(), firms.name.end(), row.firm) - firms.name.begin();
    SPLINTERNET_CHECK(firm < static_cast<std::ptrdiff_t>(firms.named), row.firm);
    for (std::size_t k = 0; k < frameworks.count; ++k) {
      if (frameworks.id[k] == row.framework) {
        firms.initial_stance[static_cast<std::size_t>(firm)] = static_cast<std::uint8_t>(k + 1);
      }
    }
  }
}

}  // namespace

FirmSetting firm_population(const Scenario& scenario, const WorldTables& tables, const CountrySetting& countries,
                            const FrameworkSetting& frameworks) {
  FirmSetting firms;
  firms.first_market.assign(1, 0);
  add_named(firms, tables);
  add_synthetic(firms, scenario, countries);
  firms.count = firms.home.size();
  // Named firms draw by their names, synthetic ones by their index: neither moves when the other kind grows.
  for (std::size_t f = 0; f < firms.count; ++f) {
    firms.key.push_back(f < firms.named ? entity_key(firms.name[f]) : static_cast<std::uint32_t>(f - firms.named));
  }
  share_out_sales(firms, countries);
  draw_suppliers(firms, scenario);
  list_customers(firms);
  group_edges(firms, countries.count);
  mark_untrusted(firms, scenario, countries, frameworks);
  list_exposable(firms, frameworks.count);
  place_initial_stances(firms, scenario, tables, frameworks);
  return firms;
}

}  // namespace splinternet
