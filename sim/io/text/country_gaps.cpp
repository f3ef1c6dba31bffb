#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "sim/core/check.hpp"
#include "sim/io/text/country_table.hpp"

namespace splinternet {
namespace {

/// A column that can be filled, and the column to which it is in proportion (null: none).
struct GapRule {
  std::string_view name;
  std::vector<double> CountryTable::*values;
  std::vector<double> CountryTable::*scale;
};

// GDP comes first, because the columns below are filled in proportion to it.
const std::array<GapRule, 6> kRules = {{
    {"gdp_busd", &CountryTable::gdp_busd, &CountryTable::population_mn},
    {"internet_users_pct", &CountryTable::internet_users_pct, nullptr},
    {"ideal_point_sd", &CountryTable::ideal_point_sd, nullptr},
    {"home_restrictiveness", &CountryTable::home_restrictiveness, nullptr},
    {"goods_domestic_busd", &CountryTable::goods_domestic_busd, &CountryTable::gdp_busd},
    {"services_domestic_busd", &CountryTable::services_domestic_busd, &CountryTable::gdp_busd},
}};

std::optional<double> median(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

/// Median of the observed ratios (or values) among the countries of one group.
std::optional<double> group_median(const CountryTable& countries, const std::vector<double>& ratios,
                                   const std::vector<std::string>& groups, std::size_t country) {
  std::vector<double> observed;
  for (std::size_t i = 0; i < countries.size(); ++i) {
    if (groups[i] == groups[country] && !std::isnan(ratios[i])) observed.push_back(ratios[i]);
  }
  return median(std::move(observed));
}

}  // namespace

void fill_country_gaps(CountryTable& countries, const std::string& path, std::vector<std::string>& imputed) {
  for (const GapRule& rule : kRules) {
    std::vector<double>& values = countries.*rule.values;
    std::vector<double> ratios = values;
    if (rule.scale != nullptr) {
      for (std::size_t i = 0; i < ratios.size(); ++i) ratios[i] /= (countries.*rule.scale)[i];
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isnan(values[i])) continue;
      std::optional<double> ratio = group_median(countries, ratios, countries.subregion, i);
      if (!ratio) ratio = group_median(countries, ratios, countries.region, i);
      if (!ratio) {
        throw DataError(path + ": column \"" + std::string(rule.name) + "\" is empty for " + countries.code[i] +
                        " and for its whole region (" + countries.region[i] +
                        "): there is no median to fill it with; fill in at least one value.");
      }
      values[i] = rule.scale == nullptr ? *ratio : *ratio * (countries.*rule.scale)[i];
      imputed.push_back("countries." + std::string(rule.name) + " " + countries.code[i]);
    }
  }
}

}  // namespace splinternet
