#pragma once

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/trade/hat_algebra.hpp"

namespace splinternet::test {

/// Goods and services trade of the 198 countries of scenarios/data/world-2020, with θ = 5, read with no more than the
/// standard library (those tables have no quoted fields).
class ObservedFlows {
 public:
  static TradeFlows read() {
    ObservedFlows tables;
    tables.read_countries();
    tables.read_sector("goods_trade.csv", 0);
    tables.read_sector("services_trade.csv", 1);
    return tables.flows_;
  }

 private:
  using Rows = std::vector<std::vector<std::string>>;

  static Rows rows_of(const std::string& file) {
    std::ifstream in(std::string(SPLINTERNET_SOURCE_DIR "/scenarios/data/world-2020/") + file);
    Rows rows;
    for (std::string line; std::getline(in, line);) {
      rows.emplace_back();
      for (std::size_t at = 0; at <= line.size();) {
        const std::size_t comma = std::min(line.find(',', at), line.size());
        rows.back().push_back(line.substr(at, comma - at));
        at = comma + 1;
      }
    }
    if (rows.size() < 2) throw std::runtime_error("no rows in " + file);
    return rows;
  }

  static std::size_t column(const Rows& rows, const std::string& name) {
    for (std::size_t c = 0; c < rows.front().size(); ++c) {
      if (rows.front()[c] == name) return c;
    }
    throw std::runtime_error("no column " + name);
  }

  void read_countries() {
    const Rows rows = rows_of("countries.csv");
    const std::size_t n = rows.size() - 1, code = column(rows, "iso3");
    flows_ = {n, 2, std::vector<double>(2 * n * n, 0.0), {5.0, 5.0}};
    for (std::size_t i = 0; i < n; ++i) {
      row_[rows[1 + i][code]] = i;
      flows_.flow[i * n + i] = std::stod(rows[1 + i][column(rows, "goods_domestic_busd")]);
      flows_.flow[(n + i) * n + i] = std::stod(rows[1 + i][column(rows, "services_domestic_busd")]);
    }
  }

  void read_sector(const std::string& file, std::size_t sector) {
    const Rows rows = rows_of(file);
    const std::size_t n = flows_.countries, value = column(rows, "value_musd");
    for (std::size_t r = 1; r < rows.size(); ++r) {
      const std::size_t i = row_.at(rows[r][0]), j = row_.at(rows[r][1]);
      flows_.flow[(sector * n + i) * n + j] = std::stod(rows[r][value]) / 1000.0;
    }
  }

  TradeFlows flows_;
  std::map<std::string, std::size_t> row_;
};

inline TradeFlows observed_flows() {
  return ObservedFlows::read();
}

}  // namespace splinternet::test
