#include "sim/io/text/world_tables_file.hpp"

#include <string_view>
#include <utility>

#include "sim/io/text/actor_tables.hpp"
#include "sim/io/text/actor_world.hpp"
#include "sim/io/text/country_table.hpp"
#include "sim/io/text/demand_tables.hpp"
#include "sim/io/text/pair_tables.hpp"
#include "sim/io/text/table_folder.hpp"

namespace splinternet {

WorldTables read_world_tables(const std::string& folder, bool impute) {
  const TableFolder files(folder);
  WorldTables tables;
  std::vector<std::string>& imputed = tables.imputed;
  /// What `reader` makes of a table; nothing of one that is not there.
  const auto read = [&](std::string_view name, auto& result, const auto& reader) {
    if (!files.has(name)) return;
    const CsvTable table = files.read(name);
    result = reader(table);
    files.check_totals(name, table);
  };
  read("countries", tables.countries, [&](const CsvTable& table) {
    return read_country_table(table, impute ? Gaps::kImpute : Gaps::kRefuse, imputed);
  });
  read("actors", tables, [&](const CsvTable& table) { return read_actors(table); });
  const std::size_t n = tables.countries.size();
  const CodeList codes(tables.actors ? "actor" : "country", tables.countries.code);
  const auto with_codes = [&](auto reader) {
    return [&, reader](const CsvTable& table) { return reader(table, codes); };
  };
  const auto with_flags = [&](auto reader) {
    return [&, reader](const CsvTable& table) { return reader(table, codes, imputed); };
  };
  read("influence", tables.influence, with_codes(read_influence));
  read("pairs", tables.pairs, with_codes(read_pairs));
  read("payoffs", tables.payoffs, with_codes(read_payoffs));
  if (tables.actors) {
    read("initial_memberships", tables.initial_memberships, with_codes(read_initial_memberships));
    tables.digest = files.digest();
    return tables;
  }
  for (const auto& [name, flow] :
       {std::pair("goods_trade", &tables.goods_trade_busd), std::pair("services_trade", &tables.services_trade_busd)}) {
    flow->assign(n * n, 0.0);
    read(name, *flow, [&, file = name](const CsvTable& table) { return read_trade(table, file, codes, imputed); });
  }
  tables.common_language.assign(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) tables.common_language[i * n + i] = 1;
  read("languages", tables.common_language, with_codes(read_languages));
  read("links", tables.links, with_flags(read_links));
  read("vendor_shares", tables.vendor_shares, with_flags(read_vendor_shares));
  read("groupings", tables.groupings, with_codes(read_groupings));
  read("organisations", tables.organisations, with_codes(read_organisations));
  read("firms", tables.firms, with_flags(read_firms));
  read("firm_stances", tables.firm_stances,
       [&](const CsvTable& table) { return read_firm_stances(table, tables.firms); });
  read("initial_memberships", tables.initial_memberships, with_codes(read_initial_memberships));
  read("compliance_gaps", tables.compliance_gap, with_codes(read_compliance_gaps));
  read("hosting", tables.hosting, with_flags(read_hosting));
  read("data_demand", tables.data_demand, with_flags(read_data_demand));
  tables.digest = files.digest();
  return tables;
}

WorldTables read_world_tables(const WorldSpec& world) {
  return world.actors > 0 ? WorldTables{} : read_world_tables(world.tables_path, world.impute);
}

}  // namespace splinternet
