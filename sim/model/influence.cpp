#include "sim/model/influence.hpp"

#include <vector>

namespace splinternet {
namespace {

using Matrix = std::vector<double>;

/// Rows scaled to sum to 1; a row of zeros stays one.
void normalise_rows(Matrix& matrix, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0.0;
    for (std::size_t j = 0; j < n; ++j) sum += matrix[i * n + j];
    for (std::size_t j = 0; j < n && sum > 0.0; ++j) matrix[i * n + j] /= sum;
  }
}

/// Adds weight times the normalised part, leaving out oneself and those who do not choose.
void add_part(Matrix& mix, Matrix part, double weight, const CountryTable& countries) {
  const std::size_t n = countries.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j || countries.chooses[j] == 0) part[i * n + j] = 0.0;
    }
  }
  normalise_rows(part, n);
  for (std::size_t e = 0; e < mix.size(); ++e) mix[e] += weight * part[e];
}

}  // namespace

InfluenceSetting influence_graph(const Scenario& scenario, const WorldTables& tables) {
  const std::size_t n = tables.countries.size();
  const ParameterValues& value = scenario.parameters;
  Matrix mix(n * n, 0.0);
  Matrix trade(n * n, 0.0);
  Matrix groups(n * n, 0.0);
  Matrix subregion(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      trade[i * n + j] = tables.goods_trade_busd[i * n + j] + tables.goods_trade_busd[j * n + i] +
                         tables.services_trade_busd[i * n + j] + tables.services_trade_busd[j * n + i];
      subregion[i * n + j] = tables.countries.subregion[i] == tables.countries.subregion[j] ? 1.0 : 0.0;
    }
  }
  for (const GroupingRow& grouping : tables.groupings) {
    for (const std::uint32_t i : grouping.members) {
      for (const std::uint32_t j : grouping.members) groups[i * n + j] += 1.0;
    }
  }
  add_part(mix, std::move(trade), value(parameters::kInfluenceTrade), tables.countries);
  add_part(mix, std::move(groups), value(parameters::kInfluenceGroups), tables.countries);
  add_part(mix, std::move(subregion), value(parameters::kInfluenceSubregion), tables.countries);
  add_part(mix, Matrix(n * n, 1.0), value(parameters::kInfluenceWorld), tables.countries);
  normalise_rows(mix, n);
  return {std::move(mix)};
}

double peer_share(const World& world, std::size_t country, std::size_t framework) {
  if (!world.setting().influence) return 0.0;
  const std::size_t n = world.countries();
  const double* weight = &world.setting().influence->weight[country * n];
  double share = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    if (world.members.level[world.at(j, framework)] != 0) share += weight[j];
  }
  return share;
}

}  // namespace splinternet
