#include "sim/io/text/scenario_check.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/nearest_name.hpp"
#include "sim/model/actors.hpp"
#include "sim/model/choice/rule_keys.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

bool equal_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// The names, or only their number where there are too many to read.
std::string names_text(std::span<const std::string> names) {
  constexpr std::size_t kReadableList = 16;
  if (names.size() > kReadableList) return "one of " + std::to_string(names.size());
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Checks names of one scenario against one world.
class TableCheck {
 public:
  TableCheck(const Scenario& scenario, const WorldTables& tables) : scenario_(scenario), tables_(tables) {
    for (const FirmRow& firm : tables.firms) firms_.push_back(firm.name);
    for (const OrganisationRow& organisation : tables.organisations) organisations_.push_back(organisation.id);
    for (const LinkRow& link : tables.links) cables_.push_back(link.cable);
    std::sort(cables_.begin(), cables_.end());
    cables_.erase(std::unique(cables_.begin(), cables_.end()), cables_.end());
  }

  void run() const {
    check_map();
    for (const FrameworkSpec& framework : scenario_.frameworks) check(framework);
    for (const EventSpec& event : scenario_.events) check(event);
    for (const OrganisationSpec& organisation : scenario_.organisations) check(organisation);
    if (scenario_.has_trade) check_trade();
    check_compliance();
  }

 private:
  /// What needs a map has no place without one, and the other way round.
  void check_map() const {
    const bool has_map = !tables_.actors && scenario_.world.actors == 0;
    const auto check_section = [&](bool stands, const std::string& section, bool wants_map) {
      if (!stands || wants_map == has_map) return;
      refuse({place_of(scenario_, section), section,
              wants_map ? "a world of actors has no map, but [" + section + "] needs one"
                        : "[" + section + "] is for worlds of actors, but this one has a map",
              "",
              "remove [" + section + (wants_map ? "], or take tables of countries" : "], or take a world of actors")});
    };
    check_section(scenario_.has_data, "data", true);
    check_section(scenario_.has_trade, "trade", true);
    check_section(scenario_.has_firms, "firms", true);
    check_section(scenario_.has_influence, "influence", false);
    check_section(!scenario_.world.attributes.empty(), "attribute", false);
    check_terms(has_map);
    check_rule_keys(scenario_, has_map);
    if (has_map && scenario_.unit != kUnitOfIncome) {
      refuse({place_of(scenario_, "countries.unit"), "countries.unit",
              "payoffs of countries are percentage points of real income a year", in_quotes(kUnitOfIncome),
              "remove unit, or take a world of actors"});
    }
  }

  /// A term of the map could tell bare actors nothing, nor a game of actors countries.
  void check_terms(bool has_map) const {
    const TermWorlds other = has_map ? TermWorlds::kOfActors : TermWorlds::kWithMap;
    std::string fitting;
    for (const PayoffTerm* term : all_terms()) {
      if (term->worlds() != other) fitting += (fitting.empty() ? "" : ", ") + std::string(term->name());
    }
    for (std::size_t n = 0; n < scenario_.terms.size(); ++n) {
      const PayoffTerm* term = find_term(scenario_.terms[n]);
      if (term == nullptr || term->worlds() != other) continue;
      const std::string path = element("countries.terms", n);
      refuse({place_of(scenario_, path), path,
              "the payoff term " + scenario_.terms[n] +
                  (has_map ? " is of games among actors, but this world has a map"
                           : " needs countries on a map, but this is a world of actors"),
              fitting, "name terms that fit the world: terms = [\"…\"] below [countries]"});
    }
  }

  /// A cost of compliance without a table of gaps would be 0 for all, whatever the scenario says.
  void check_compliance() const {
    const std::string path = "countries.compliance";
    const std::size_t index = scenario_.parameters.find(path);
    const bool costs = index < scenario_.parameters.size() && scenario_.parameters.value(index) > 0.0;
    if (!costs || !tables_.compliance_gap.empty()) return;
    refuse({place_of(scenario_, path), path, "the tables have no gaps between own rules and provisions",
            "0 without a table compliance_gaps (iso3, provision, gap)",
            "add compliance_gaps.csv to the tables and tables.toml, or leave compliance at 0"});
  }

  void check(const FrameworkSpec& framework) const {
    const std::string path = "framework." + framework.id;
    check_countries(framework.sponsors, path + ".sponsors");
    check_countries(framework.untrusted_homes, path + ".untrusted_homes");
    for (std::size_t n = 0; n < framework.untrusted_firms.size(); ++n) {
      check_name(framework.untrusted_firms[n], element(path + ".untrusted_firms", n), "firm", firms_);
    }
  }

  void check(const EventSpec& event) const {
    const std::string path = "event." + event.id;
    check_countries(event.countries, path + ".countries");
    check_countries(event.partners, path + ".partners");
    if (!event.firm.empty()) check_name(event.firm, path + ".firm", "firm", firms_);
    if (!event.buyer.empty()) check_name(event.buyer, path + ".buyer", "firm", firms_);
    if (!event.cable.empty()) check_name(event.cable, path + ".cable", "cable", cables_);
  }

  void check(const OrganisationSpec& organisation) const {
    const std::string path = "organisation." + organisation.id;
    check_name(organisation.id, path, "organisation", organisations_);
    if (organisation.leader.empty()) return;
    const std::size_t leader = check_country(organisation.leader, path + ".leader");
    const auto row = std::find(organisations_.begin(), organisations_.end(), organisation.id) - organisations_.begin();
    const std::vector<std::uint32_t>& members = tables_.organisations[static_cast<std::size_t>(row)].members;
    if (std::find(members.begin(), members.end(), leader) != members.end()) return;
    std::string codes;
    for (const std::uint32_t member : members) codes += (codes.empty() ? "" : ", ") + tables_.countries.code[member];
    refuse({place_of(scenario_, path + ".leader"), path + ".leader",
            organisation.leader + " is no member of " + organisation.id, codes, "name one of its members"});
  }

  /// Nothing would tie the wage of a country without trade to the others.
  void check_trade() const {
    const std::size_t n = tables_.countries.size();
    for (std::size_t i = 0; i < n; ++i) {
      double total = 0.0;
      for (std::size_t j = 0; j < n; ++j) {
        if (j == i) continue;
        total += tables_.goods_trade_busd[i * n + j] + tables_.goods_trade_busd[j * n + i] +
                 tables_.services_trade_busd[i * n + j] + tables_.services_trade_busd[j * n + i];
      }
      if (total > 0.0 || n == 1) continue;
      const std::string& code = tables_.countries.code[i];
      refuse({tables_.countries.written_at.empty() ? scenario_.world.tables : tables_.countries.written_at[i], "",
              code + " trades with no other country, but the scenario has a section [trade]", "",
              "add rows of " + code +
                  " to goods_trade.csv or services_trade.csv, remove the country, or leave out [trade]"});
    }
  }

  void check_countries(std::span<const std::string> names, const std::string& path) const {
    for (std::size_t n = 0; n < names.size(); ++n) {
      const bool many = path.starts_with("event.") && (names[n] == "all" || names[n].starts_with("members:"));
      if (!many) check_country(names[n], element(path, n));
    }
  }

  std::size_t check_country(const std::string& code, const std::string& path) const {
    if (scenario_.world.actors > 0) return check_synthetic_actor(code, path);
    const std::size_t row = tables_.countries.find(code);
    if (row < tables_.countries.size()) return row;
    const bool is_actor = tables_.actors.has_value();
    refuse({place_of(scenario_, path), path,
            std::string("unknown ") + (is_actor ? "actor" : "country") + " \"" + code + "\"",
            (is_actor ? "codes of " : "codes (ISO 3166-1 alpha-3) of ") + scenario_.world.tables + ": " +
                names_text(tables_.countries.code),
            "write the code." + country_hint(code)});
  }

  std::size_t check_synthetic_actor(const std::string& code, const std::string& path) const {
    const std::size_t count = scenario_.world.actors;
    const std::size_t row = synthetic_actor(code, count);
    if (row < count) return row;
    const std::string last = std::to_string(count);
    const std::string first = std::string(last.size() - 1, '0') + "1";
    refuse({place_of(scenario_, path), path, "unknown actor \"" + code + "\"",
            in_quotes(first) + " to " + in_quotes(last),
            "write the number of an actor as text, with zeros in front up to the length of the last."});
  }

  [[nodiscard]] std::string country_hint(const std::string& text) const {
    const CountryTable& countries = tables_.countries;
    const std::string_view nearest = nearest_name(text, countries.name);
    const auto found = std::find_if(countries.name.begin(), countries.name.end(), [&](const std::string& name) {
      // "GER" is meant as the beginning of a name more often than as a slip in another country's code.
      return name == nearest || (text.size() == 3 && equal_letters(text, std::string_view(name).substr(0, 3)));
    });
    std::size_t row = static_cast<std::size_t>(found - countries.name.begin());
    if (row == countries.size()) row = countries.find(nearest_name(text, countries.code));
    if (row >= countries.size()) return "";
    const std::string& code = countries.code[row];
    return " Did you mean " + in_quotes(code) + (countries.name[row] == code ? "" : " (" + countries.name[row] + ")") +
           "?";
  }

  void check_name(const std::string& text, const std::string& path, const std::string& meaning,
                  const std::vector<std::string>& known) const {
    if (std::find(known.begin(), known.end(), text) != known.end()) return;
    const std::string where = " of " + scenario_.world.tables;
    refuse({place_of(scenario_, path), path, "unknown " + meaning + " \"" + text + "\"",
            known.empty() ? "none: the tables" + where + " have no " + meaning + "s"
                          : meaning + "s" + where + ": " + names_text(known),
            "correct the name." + did_you_mean(text, known)});
  }

  static std::string element(const std::string& path, std::size_t n) { return path + "[" + std::to_string(n) + "]"; }

  const Scenario& scenario_;
  const WorldTables& tables_;
  std::vector<std::string> firms_;
  std::vector<std::string> organisations_;
  std::vector<std::string> cables_;
};

}  // namespace

void check_against_tables(const Scenario& scenario, const WorldTables& tables) {
  TableCheck(scenario, tables).run();
}

}  // namespace splinternet
