#include "sim/model/demand.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/core/balance.hpp"
#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/model/hosting.hpp"
#include "sim/model/row_sum.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

constexpr double kEarthRadiusKm = 6371.0;
constexpr double kRadiansPerDegree = 3.14159265358979323846 / 180.0;

/// Shares of the world's demand in proportion to a power of size.
std::vector<double> totals_by_power(const std::vector<double>& mass, double exponent) {
  std::vector<double> totals(mass);
  double sum = 0.0;
  for (double& total : totals) {
    if (exponent != 1.0) total = math::pow(total, exponent);
    sum += total;
  }
  for (double& total : totals) total /= sum;
  return totals;
}

void balance_to_size(std::vector<double>& demand, const Scenario& scenario, const std::vector<double>& mass) {
  balance(demand, totals_by_power(mass, scenario.parameters(parameters::kDemandOrigin)),
          totals_by_power(mass, scenario.parameters(parameters::kDemandDestination)));
}

/// use_share[o][d] of demand whose columns are the users.
void share_out_use(DemandSetting& demand, std::size_t n) {
  demand.use_share.resize(n * n);
  for (std::size_t d = 0; d < n; ++d) {
    double use = 0.0;
    for (std::size_t o = 0; o < n; ++o) use += demand.share[o * n + d];
    for (std::size_t o = 0; o < n; ++o) demand.use_share[o * n + d] = demand.share[o * n + d] / use;
  }
}

}  // namespace

std::vector<double> digital_mass(const CountryTable& countries) {
  std::vector<double> mass(countries.size());
  for (std::size_t i = 0; i < mass.size(); ++i) {
    mass[i] = countries.internet_users_pct[i] / 100.0 * countries.gdp_busd[i];
  }
  return mass;
}

double distance_km(const CountryTable& countries, std::size_t a, std::size_t b) {
  if (a == b) return std::max(50.0, 120.0 * std::sqrt(countries.population_mn[a] / 10.0));
  const double lat_a = countries.latitude_deg[a] * kRadiansPerDegree;
  const double lat_b = countries.latitude_deg[b] * kRadiansPerDegree;
  const double half_dlat = (lat_b - lat_a) / 2.0;
  const double half_dlon = (countries.longitude_deg[b] - countries.longitude_deg[a]) * kRadiansPerDegree / 2.0;
  const double s = math::sin(half_dlat) * math::sin(half_dlat) +
                   math::cos(lat_a) * math::cos(lat_b) * math::sin(half_dlon) * math::sin(half_dlon);
  return 2.0 * kEarthRadiusKm * math::asin(std::min(1.0, std::sqrt(s)));
}

namespace {

DemandSetting demand_by_kind(const Scenario& scenario, const WorldTables& tables) {
  switch (scenario.parameters.choice(parameters::kDemandKind)) {
    case 1:
      return hosted_demand(scenario, tables);
    case 2:
      return given_demand(scenario, tables);
    default:
      return gravity_demand(scenario, tables);
  }
}

}  // namespace

DemandSetting baseline_demand(const Scenario& scenario, const WorldTables& tables) {
  DemandSetting demand = demand_by_kind(scenario, tables);
  const std::size_t n = tables.countries.size();
  for (std::size_t row = 0; row < n; ++row) {
    demand.row_total.push_back(row_sum(std::span(demand.share).subspan(row * n, n)));
  }
  return demand;
}

DemandSetting gravity_demand(const Scenario& scenario, const WorldTables& tables) {
  const std::size_t n = tables.countries.size();
  const ParameterValues& value = scenario.parameters;
  const std::vector<double> mass = digital_mass(tables.countries);
  double world_mass = 0.0;
  for (const double m : mass) world_mass += m;
  std::vector<double> push(n), pull(n);
  for (std::size_t i = 0; i < n; ++i) {
    push[i] = math::pow(mass[i] / world_mass, value(parameters::kDemandOrigin));
    pull[i] = math::pow(mass[i] / world_mass, value(parameters::kDemandDestination));
  }
  const double decay = -value(parameters::kDemandDistance);
  const double shared_language = math::exp(value(parameters::kDemandLanguage));
  DemandSetting demand;
  demand.share.resize(n * n);
  for (std::size_t o = 0; o < n; ++o) {
    for (std::size_t d = 0; d < n; ++d) {
      const double distance = std::max(1.0, distance_km(tables.countries, o, d));
      const double language = o == d || tables.common_language[o * n + d] != 0 ? shared_language : 1.0;
      demand.share[o * n + d] = push[o] * pull[d] * math::pow(distance, decay) * language;
    }
  }
  balance_to_size(demand.share, scenario, mass);
  share_out_use(demand, n);
  return demand;
}

DemandSetting hosted_demand(const Scenario& scenario, const WorldTables& tables) {
  const std::size_t n = tables.countries.size();
  const std::vector<double> totals =
      totals_by_power(digital_mass(tables.countries), scenario.parameters(parameters::kDemandOrigin));
  const std::vector<double> hosting = hosting_matrix(scenario, tables);
  DemandSetting demand;
  demand.rows = DemandRows::kUsers;
  demand.share.resize(n * n);
  demand.use_share.resize(n * n);
  for (std::size_t user = 0; user < n; ++user) {
    for (std::size_t host = 0; host < n; ++host) {
      demand.share[user * n + host] = totals[user] * hosting[user * n + host];
      demand.use_share[host * n + user] = hosting[user * n + host];
    }
  }
  return demand;
}

DemandSetting given_demand(const Scenario& scenario, const WorldTables& tables) {
  if (tables.data_demand.empty()) {
    const std::string path(parameters::kDemandKind.path);
    refuse({place_of(scenario, path), path, "the tables have no table data_demand",
            "\"file\" only with a table data_demand (origin, destination, demand)",
            "add data_demand.csv to the tables and tables.toml, or write \"gravity\" or \"hosting\""});
  }
  DemandSetting demand;
  demand.share = tables.data_demand;
  double sum = 0.0;
  for (const double cell : demand.share) sum += cell;
  for (double& cell : demand.share) cell /= sum;
  if (scenario.parameters.choice(parameters::kFileTotals) == 1) {
    try {
      balance_to_size(demand.share, scenario, digital_mass(tables.countries));
    } catch (const SolverError& error) {
      const std::string path(parameters::kFileTotals.path);
      refuse({place_of(scenario, path), path, "the table data_demand cannot be balanced to totals by size",
              "a demand whose zeros leave every country enough partners",
              std::string("write \"as_given\", or fill in more pairs (") + error.what() + ")"});
    }
  }
  share_out_use(demand, tables.countries.size());
  return demand;
}

}  // namespace splinternet
