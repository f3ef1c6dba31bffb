#include "sim/model/pairs.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

std::string short_number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

/// Place of the pair in the compressed rows, or their number if it is not in the table.
std::size_t find_pair(const Setting& setting, std::size_t from, std::size_t to) {
  const PairSetting& pairs = setting.actors->pairs;
  const std::vector<std::uint32_t>& rank = setting.countries.rank;
  const auto begin = pairs.partner.begin() + static_cast<std::ptrdiff_t>(pairs.first[from]);
  const auto end = pairs.partner.begin() + static_cast<std::ptrdiff_t>(pairs.first[from + 1]);
  const auto found = std::lower_bound(
      begin, end, rank[to], [&](std::uint32_t partner, std::uint32_t wanted) { return rank[partner] < wanted; });
  return found == end || *found != to ? pairs.partner.size() : static_cast<std::size_t>(found - pairs.partner.begin());
}

}  // namespace

const std::vector<double>* PairSetting::find(std::string_view name) const {
  const auto found = std::find(column.begin(), column.end(), name);
  return found == column.end() ? nullptr : &value[static_cast<std::size_t>(found - column.begin())];
}

PairSetting pair_setting(const PairTable& table, const CountrySetting& actors) {
  PairSetting pairs;
  if (table.size() == 0) return pairs;
  std::vector<std::size_t> order(table.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(table.from[a], actors.rank[table.to[a]]) < std::pair(table.from[b], actors.rank[table.to[b]]);
  });
  pairs.first.assign(actors.count + 1, 0);
  pairs.column = table.column;
  pairs.value.resize(table.column.size());
  for (const std::size_t row : order) {
    ++pairs.first[table.from[row] + 1];
    pairs.partner.push_back(table.to[row]);
    pairs.place.push_back(table.place.empty() ? "pairs" : table.place[row]);
    for (std::size_t c = 0; c < pairs.value.size(); ++c) pairs.value[c].push_back(table.value[c][row]);
  }
  std::partial_sum(pairs.first.begin(), pairs.first.end(), pairs.first.begin());
  return pairs;
}

const std::vector<double>& pair_column(const Setting& setting, std::string_view name, std::string_view wanted_by) {
  const std::vector<double>* found = setting.actors ? setting.actors->pairs.find(name) : nullptr;
  if (found != nullptr) return *found;
  const std::string path(wanted_by);
  const bool has_pairs = setting.actors && !setting.actors->pairs.first.empty();
  refuse({place_of(setting.scenario, path), path,
          "there is no column " + in_quotes(name) + " in a table of pairs, but " + path + " needs it",
          "a table pairs (from, to, " + std::string(name) + ") of the world of actors",
          has_pairs ? "add the column." + did_you_mean(name, setting.actors->pairs.column)
                    : "add pairs.csv to the tables and tables.toml"});
}

void check_symmetric(const Setting& setting, std::string_view column, std::string_view remedy) {
  const PairSetting& pairs = setting.actors->pairs;
  const std::vector<double>& value = *pairs.find(column);
  const std::vector<std::string>& code = setting.countries.code;
  for (std::size_t i = 0; i + 1 < pairs.first.size(); ++i) {
    for (std::size_t pair = pairs.first[i]; pair < pairs.first[i + 1]; ++pair) {
      const std::size_t j = pairs.partner[pair];
      const std::size_t back = find_pair(setting, j, i);
      const double opposite = back < value.size() ? value[back] : 0.0;
      if (opposite == value[pair]) continue;
      throw DataError(message_of({pairs.place[pair], "",
                                  std::string(column) + " of " + code[i] + " towards " + code[j] + " is " +
                                      short_number(value[pair]) + ", but of " + code[j] + " towards " + code[i] + " " +
                                      short_number(opposite) +
                                      (back < value.size() ? " (" + pairs.place[back] + ")" : " (no such row)"),
                                  "the same number both ways", std::string(remedy)}));
    }
  }
}

}  // namespace splinternet
