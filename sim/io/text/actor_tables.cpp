#include "sim/io/text/actor_tables.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "sim/core/check.hpp"
#include "sim/io/text/table_folder.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

std::uint32_t country_of(const CsvColumn& column, std::size_t row, const CodeList& countries) {
  return static_cast<std::uint32_t>(column.code(row, countries));
}

Date date_of(const CsvColumn& column, std::size_t row) {
  try {
    return parse_date(column.required_text(row));
  } catch (const ScenarioError&) {
    column.fail(row, "\"" + std::string(column.text(row)) + "\" is not a day; write it as 2020-08-01.");
  }
}

std::vector<std::uint32_t> countries_of(const CsvColumn& column, std::size_t row, const CodeList& countries) {
  std::vector<std::uint32_t> result;
  for (const std::string& code : split_cell(column.text(row))) {
    const auto place = countries.find(code);
    if (!place) column.fail(row, "\"" + code + "\" is not a known country; correct or remove it.");
    result.push_back(static_cast<std::uint32_t>(*place));
    if (std::count(result.begin(), result.end(), result.back()) > 1) {
      column.fail(row, code + " stands twice in the list; remove one.");
    }
  }
  return result;
}

}  // namespace

std::vector<FirmRow> read_firms(const CsvTable& table, const CodeList& countries, std::vector<std::string>& imputed) {
  table.check_columns({"name", "home", "sector", "revenue_busd", "markets"}, {"imputed"});
  table.check_unique({"name"});
  const CodeList sectors("sector", std::vector<std::string>(kFirmSectorNames.begin(), kFirmSectorNames.end()));
  ImputedFlags flags(table, "firms", "revenue_busd");
  std::vector<FirmRow> firms;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    FirmRow firm;
    firm.name = table.column("name").required_text(row);
    firm.home = country_of(table.column("home"), row, countries);
    firm.sector = static_cast<FirmSector>(table.column("sector").code(row, sectors));
    firm.revenue_busd = table.column("revenue_busd").number(row, {0, std::numeric_limits<double>::infinity()});
    const CsvColumn markets = table.column("markets");
    firm.markets = countries_of(markets, row, countries);
    if (firm.markets.empty()) markets.fail(row, "a firm needs at least one market; name its home or where it sells.");
    flags.note(row, firm.name);
    firms.push_back(std::move(firm));
  }
  flags.append_to(imputed);
  return firms;
}

std::vector<FirmStanceRow> read_firm_stances(const CsvTable& table, const std::vector<FirmRow>& firms) {
  table.check_columns({"firm", "framework", "date"}, {"source"});
  table.check_unique({"firm", "framework"});
  std::vector<std::string> names;
  for (const FirmRow& firm : firms) names.push_back(firm.name);
  const CodeList known("firm", std::move(names));
  std::vector<FirmStanceRow> stances;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::size_t firm = table.column("firm").code(row, known);
    stances.push_back({firms[firm].name, std::string(table.column("framework").required_text(row)),
                       date_of(table.column("date"), row)});
  }
  return stances;
}

std::vector<OrganisationRow> read_organisations(const CsvTable& table, const CodeList& countries) {
  table.check_columns({"organisation", "name", "iso3", "rule"}, {"rule_source"});
  table.check_unique({"organisation", "iso3"});
  const CodeList rules("rule", {"consensus", "majority", "leader"});
  const CsvColumn names = table.column("name");
  const CsvColumn rule_column = table.column("rule");
  std::map<std::string, OrganisationRow> organisations;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string id(table.column("organisation").required_text(row));
    const std::string name(names.required_text(row));
    const auto rule = static_cast<OrganisationRule>(rule_column.code(row, rules));
    OrganisationRow& organisation =
        organisations.try_emplace(id, OrganisationRow{id, name, rule, {}, rule_column.place(row)}).first->second;
    if (organisation.name != name) {
      names.fail(row, "the name of " + id + " was \"" + organisation.name + "\" in an earlier line; give one name.");
    }
    if (organisation.rule != rule) {
      rule_column.fail(row, "the rule of " + id + " was \"" +
                                rules.codes()[static_cast<std::size_t>(organisation.rule)] +
                                "\" in an earlier line; give one rule.");
    }
    organisation.members.push_back(country_of(table.column("iso3"), row, countries));
  }
  std::vector<OrganisationRow> result;
  for (auto& [id, organisation] : organisations) {
    std::sort(organisation.members.begin(), organisation.members.end());
    result.push_back(std::move(organisation));
  }
  return result;
}

std::vector<GroupingRow> read_groupings(const CsvTable& table, const CodeList& countries) {
  table.check_columns({"grouping", "iso3"});
  table.check_unique({"grouping", "iso3"});
  std::map<std::string, std::vector<std::uint32_t>> members;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string id(table.column("grouping").required_text(row));
    members[id].push_back(country_of(table.column("iso3"), row, countries));
  }
  std::vector<GroupingRow> groupings;
  for (auto& [id, rows] : members) {
    std::sort(rows.begin(), rows.end());
    groupings.push_back({id, std::move(rows)});
  }
  return groupings;
}

std::vector<VendorShareRow> read_vendor_shares(const CsvTable& table, const CodeList& countries,
                                               std::vector<std::string>& imputed) {
  table.check_columns({"iso3", "vendor_home", "share"}, {"imputed"});
  table.check_unique({"iso3", "vendor_home"});
  const CsvColumn homes = table.column("vendor_home");
  const CsvColumn share = table.column("share");
  ImputedFlags flags(table, "vendor_shares", "share");
  std::vector<double> total(countries.codes().size(), 0.0);
  std::vector<VendorShareRow> shares;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::uint32_t country = country_of(table.column("iso3"), row, countries);
    const std::string& home = countries.codes()[homes.code(row, countries)];
    shares.push_back({country, home, share.number(row, {0, 1})});
    total[country] += shares.back().share;
    constexpr double kRounding = 1e-6;
    if (total[country] > 1.0 + kRounding) {
      share.fail(row, "the shares of " + countries.codes()[country] + " sum to more than 1; lower one of them.");
    }
    flags.note(row, countries.codes()[country], home);
  }
  flags.append_to(imputed);
  return shares;
}

std::vector<InitialMembershipRow> read_initial_memberships(const CsvTable& table, const CodeList& countries) {
  table.check_columns({"iso3", "framework", "level", "date"}, {"source"});
  table.check_unique({"iso3", "framework"});
  const CodeList levels("level of membership", {"listed", "signed"});
  std::vector<InitialMembershipRow> memberships;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const bool is_signed = table.column("level").code(row, levels) == 1;
    memberships.push_back({country_of(table.column("iso3"), row, countries),
                           std::string(table.column("framework").required_text(row)),
                           is_signed ? MembershipLevel::kSigned : MembershipLevel::kListed,
                           date_of(table.column("date"), row), table.column("iso3").place(row)});
  }
  return memberships;
}

std::vector<double> read_compliance_gaps(const CsvTable& table, const CodeList& countries) {
  table.check_columns({"iso3", "provision", "gap"}, {"source"});
  table.check_unique({"iso3", "provision"});
  std::vector<std::string> names;
  for (std::size_t p = 0; p < kProvisionCount; ++p) names.emplace_back(name(static_cast<Provision>(p)));
  const CodeList provisions("provision", std::move(names));
  std::vector<double> gaps(countries.codes().size() * kProvisionCount, 0.0);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::size_t country = country_of(table.column("iso3"), row, countries);
    const std::size_t provision = table.column("provision").code(row, provisions);
    gaps[country * kProvisionCount + provision] = table.column("gap").number(row, {0, 1});
  }
  return gaps;
}

}  // namespace splinternet
