#include "sim/io/text/world_tables_file.hpp"

#include "sim/io/text/actor_tables.hpp"
#include "sim/io/text/country_table.hpp"
#include "sim/io/text/pair_tables.hpp"
#include "sim/io/text/table_folder.hpp"

namespace splinternet {

WorldTables read_world_tables(const std::string& folder, bool impute) {
  const TableFolder files(folder);
  WorldTables tables;
  std::vector<std::string>& imputed = tables.imputed;
  tables.countries = read_country_table(files.read("countries"), impute ? Gaps::kImpute : Gaps::kRefuse, imputed);
  const std::size_t n = tables.countries.size();
  const CodeList codes("country", tables.countries.code);
  tables.goods_trade_busd = read_trade(files.read("goods_trade"), "goods_trade", codes, imputed);
  tables.services_trade_busd.assign(n * n, 0.0);
  if (files.has("services_trade")) {
    tables.services_trade_busd = read_trade(files.read("services_trade"), "services_trade", codes, imputed);
  }
  tables.common_language.assign(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) tables.common_language[i * n + i] = 1;
  if (files.has("languages")) tables.common_language = read_languages(files.read("languages"), codes);
  tables.links = read_links(files.read("links"), codes, imputed);
  if (files.has("vendor_shares")) {
    tables.vendor_shares = read_vendor_shares(files.read("vendor_shares"), codes, imputed);
  }
  if (files.has("groupings")) tables.groupings = read_groupings(files.read("groupings"), codes);
  if (files.has("organisations")) tables.organisations = read_organisations(files.read("organisations"), codes);
  if (files.has("firms")) tables.firms = read_firms(files.read("firms"), codes, imputed);
  if (files.has("firm_stances")) tables.firm_stances = read_firm_stances(files.read("firm_stances"), tables.firms);
  if (files.has("initial_memberships")) {
    tables.initial_memberships = read_initial_memberships(files.read("initial_memberships"), codes);
  }
  tables.digest = files.digest();
  return tables;
}

}  // namespace splinternet
