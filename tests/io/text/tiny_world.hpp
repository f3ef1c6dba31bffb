#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "sim/core/check.hpp"
#include "sim/io/text/world_tables_file.hpp"
#include "tests/support/temporary_folder.hpp"

namespace splinternet::testing {

/// Files of a world of four countries, to be broken by tests.
inline std::map<std::string, std::string> tiny_world() {
  return {
      {"tables.toml",
       "[countries]\nfile = \"countries.csv\"\nrows = 4\nsum = { gdp_busd = 100 }\n"
       "[goods_trade]\nfile = \"goods_trade.csv\"\nrows = 3\nsum = { value_musd = 6000 }\n"
       "[services_trade]\nfile = \"services_trade.csv\"\nrows = 1\n[links]\nfile = \"links.csv\"\nrows = 3\n"
       "[languages]\nfile = \"languages.csv\"\nrows = 1\n[vendor_shares]\nfile = \"vendor_shares.csv\"\nrows = 2\n"
       "[groupings]\nfile = \"groupings.csv\"\nrows = 2\n[organisations]\nfile = \"organisations.csv\"\nrows = 3\n"
       "[firms]\nfile = \"firms.csv\"\nrows = 2\n[firm_stances]\nfile = \"firm_stances.csv\"\nrows = 1\n"
       "[initial_memberships]\nfile = \"initial_memberships.csv\"\nrows = 1\n"
       "[compliance_gaps]\nfile = \"compliance_gaps.csv\"\nrows = 1\n"
       "[hosting]\nfile = \"hosting.csv\"\nrows = 5\nsum = { share = 4 }\n"
       "[data_demand]\nfile = \"data_demand.csv\"\nrows = 4\n"},
      {"hosting.csv", "country,host,share\nCHN,CHN,1\nDEU,DEU,0.75\nDEU,JPN,0.25\nJPN,JPN,1\nKOR,KOR,1\n"},
      {"data_demand.csv", "origin,destination,demand\nCHN,CHN,4\nDEU,DEU,3\nJPN,KOR,1\nKOR,JPN,1\n"},
      {"compliance_gaps.csv", "iso3,provision,gap\nCHN,no_mass_surveillance,0.5\n"},
      {"countries.csv",
       "iso3,name,region,subregion,latitude_deg,longitude_deg,gdp_busd,population_mn,internet_users_pct,"
       "ideal_point_sd,home_restrictiveness,chooses,goods_domestic_busd,services_domestic_busd,imputed\n"
       "DEU,Germany,Europe,Western Europe,52,13,40,80,90,1.2,0.1,1,20,30,goods_domestic_busd\n"
       "CHN,China,Asia,Eastern Asia,40,116,30,1400,60,-1,0.45,1,15,20,\n"
       "JPN,Japan,Asia,Eastern Asia,36,140,20,120,90,1,0.1,1,10,15,\n"
       "KOR,South Korea,Asia,Eastern Asia,37,127,10,50,95,0.8,0.1,0,5,8,\n"},
      {"goods_trade.csv",
       "exporter,importer,value_musd,source,imputed\nCHN,DEU,3000,x,0\nDEU,CHN,2000,x,0\nJPN,KOR,1000,x,1\n"},
      {"services_trade.csv", "exporter,importer,value_musd,imputed\nDEU,JPN,500,1\n"},
      {"links.csv",
       "link,iso3_a,iso3_b,kind,cable_name,length_km,capacity_tbps,in_service_year,owner_homes,imputed\n"
       "l1,DEU,CHN,terrestrial,Silk Road,7000,1,2005,,capacity_tbps\n"
       "l2,CHN,JPN,submarine,East,2000,10,2015,CHN|JPN,\nl3,JPN,KOR,satellite,Sky,500,0.1,2012,,\n"},
      {"languages.csv", "iso3_a,iso3_b\nJPN,KOR\n"},
      {"vendor_shares.csv", "iso3,vendor_home,share,imputed\nDEU,CHN,0.5,0\nDEU,KOR,0.5,0\n"},
      {"groupings.csv", "grouping,iso3\nislands,JPN\neurope,DEU\n"},
      {"organisations.csv",
       "organisation,name,iso3,rule\neast,The East,KOR,majority\neast,The East,CHN,majority\nwest,The "
       "West,DEU,leader\n"},
      {"firms.csv",
       "name,home,sector,revenue_busd,markets,imputed\nHan,KOR,device,2,KOR|CHN,0\nRhine,DEU,carrier,3,DEU,0\n"},
      {"firm_stances.csv", "firm,framework,date\nRhine,clean_network,2020-07-01\n"},
      {"initial_memberships.csv", "iso3,framework,level,date,source\nJPN,clean_network,listed,2020-06-01,x\n"},
  };
}

using Files = std::map<std::string, std::string>;

/// Reads the files as a world.
inline WorldTables read_files(const Files& files, bool impute = false) {
  const TemporaryFolder folder;
  for (const auto& [name, content] : files) write_file(folder / name, content);
  return read_world_tables(folder.path(), impute);
}

/// The tiny world with the first occurrence of `from` in a file replaced.
inline Files changed(const std::string& file, const std::string& from, const std::string& to) {
  Files files = tiny_world();
  const std::size_t place = files.at(file).find(from);
  if (place == std::string::npos) throw std::logic_error(from + " is not in " + file);
  files[file].replace(place, from.size(), to);
  return files;
}

/// The message with which that world is refused, without the name of the temporary folder.
inline std::string table_refusal(const std::string& file, const std::string& from, const std::string& to,
                                 bool impute = false) {
  const Files files = changed(file, from, to);
  const TemporaryFolder folder;
  for (const auto& [name, content] : files) write_file(folder / name, content);
  std::string message = message_of<DataError>([&] { read_world_tables(folder.path(), impute); });
  const std::string prefix = folder.path().string() + "/";
  for (std::size_t at = message.find(prefix); at != std::string::npos; at = message.find(prefix)) {
    message.erase(at, prefix.size());
  }
  return message;
}

}  // namespace splinternet::testing
