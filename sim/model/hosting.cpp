#include "sim/model/hosting.hpp"

#include <algorithm>

#include "sim/model/demand.hpp"

namespace splinternet {
namespace {

/// What cloud firms of each home sell in each market, USD bn a year.
struct CloudSales {
  std::vector<double> in_market;  // [market][home]
  std::vector<double> abroad;     // [home] outside the home
};

CloudSales cloud_sales(const WorldTables& tables) {
  const std::size_t n = tables.countries.size();
  CloudSales sales{std::vector<double>(n * n, 0.0), std::vector<double>(n, 0.0)};
  for (const FirmRow& firm : tables.firms) {
    if (firm.sector != FirmSector::kCloud) continue;
    double gdp_abroad = 0.0;
    for (const std::uint32_t market : firm.markets) {
      if (market != firm.home) gdp_abroad += tables.countries.gdp_busd[market];
    }
    const double half = firm.revenue_busd / 2.0;
    sales.in_market[firm.home * n + firm.home] += gdp_abroad > 0.0 ? half : firm.revenue_busd;
    for (const std::uint32_t market : firm.markets) {
      if (market == firm.home) continue;
      const double sold = half * (tables.countries.gdp_busd[market] / gdp_abroad);
      sales.in_market[market * n + firm.home] += sold;
      sales.abroad[firm.home] += sold;
    }
  }
  return sales;
}

/// Rows of the largest digital economies; the lowest code goes first among equals.
std::vector<std::size_t> largest_economies(const CountryTable& countries, std::size_t count) {
  const std::vector<double> mass = digital_mass(countries);
  std::vector<std::size_t> rows(countries.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return mass[a] != mass[b] ? mass[a] > mass[b] : countries.code[a] < countries.code[b];
  });
  rows.resize(std::min(rows.size(), count));
  return rows;
}

std::size_t nearest_hub(const CountryTable& countries, const std::vector<std::size_t>& hubs, std::size_t user) {
  std::size_t nearest = hubs.front();
  for (const std::size_t hub : hubs) {
    if (hub == user) return hub;
    const double km = distance_km(countries, user, hub);
    const double shortest = distance_km(countries, user, nearest);
    if (km < shortest || (km == shortest && countries.code[hub] < countries.code[nearest])) nearest = hub;
  }
  return nearest;
}

double sum_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

std::vector<double> constructed_hosting(const Scenario& scenario, const WorldTables& tables) {
  const std::size_t n = tables.countries.size();
  const double home = scenario.parameters(parameters::kHostingHomeShare);
  const CloudSales sales = cloud_sales(tables);
  const std::vector<std::size_t> hub_rows =
      largest_economies(tables.countries, static_cast<std::size_t>(scenario.parameters(parameters::kHostingHubs)));
  std::vector<double> hosting(n * n, 0.0);
  for (std::size_t user = 0; user < n; ++user) {
    double* row = &hosting[user * n];
    std::span<const double> sold = std::span(sales.in_market).subspan(user * n, n);
    if (sum_of(sold) == 0.0) sold = sales.abroad;
    const double total = sum_of(sold);
    const double cloud = total > 0.0 ? (1.0 - home) * scenario.parameters(parameters::kHostingCloudShare) : 0.0;
    for (std::size_t host = 0; host < n && cloud > 0.0; ++host) row[host] = cloud * (sold[host] / total);
    row[nearest_hub(tables.countries, hub_rows, user)] += 1.0 - home - cloud;
    row[user] += home;
  }
  return hosting;
}

}  // namespace

std::vector<double> hosting_matrix(const Scenario& scenario, const WorldTables& tables) {
  if (tables.hosting.empty()) return constructed_hosting(scenario, tables);
  const std::size_t n = tables.countries.size();
  std::vector<double> hosting = tables.hosting;
  for (std::size_t user = 0; user < n; ++user) {
    const std::span<double> row = std::span(hosting).subspan(user * n, n);
    const double sum = sum_of(row);  // 1 to the digits of the table
    for (double& share : row) share /= sum;
  }
  return hosting;
}

void rehost(std::span<double> row, std::size_t user, std::span<const std::uint8_t> untrusted) {
  double moved = 0.0;
  double kept = 0.0;
  for (std::size_t host = 0; host < row.size(); ++host) {
    (untrusted[host] != 0 && host != user ? moved : kept) += row[host];
  }
  if (moved == 0.0) return;
  const double factor = kept > 0.0 ? (kept + moved) / kept : 0.0;
  for (std::size_t host = 0; host < row.size(); ++host) {
    row[host] = untrusted[host] != 0 && host != user ? 0.0 : row[host] * factor;
  }
  if (kept == 0.0) row[user] = moved;
}

}  // namespace splinternet
