#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/date.hpp"
#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// Sectors of firms; the channel that bites on each is told by the firm rules.
enum class FirmSector : std::uint8_t {
  kEquipment,
  kDevice,
  kSemiconductor,
  kPlatform,
  kCloud,
  kCarrier,
  kCable,
  kFinance,
  kMerchant,
};
inline constexpr std::size_t kFirmSectorCount = 9;
extern const std::array<std::string_view, kFirmSectorCount> kFirmSectorNames;

enum class LinkKind : std::uint8_t { kSubmarine, kTerrestrial, kSatellite };
enum class MembershipLevel : std::uint8_t { kNone = 0, kListed = 1, kSigned = 2 };

/// One country per row, all columns of the same length N; sorted by code.
struct CountryTable {
  std::vector<std::string> code;  ///< ISO 3166-1 alpha-3 (XKX for Kosovo)
  std::vector<std::string> name;
  std::vector<std::string> region;
  std::vector<std::string> subregion;
  std::vector<double> latitude_deg;
  std::vector<double> longitude_deg;
  std::vector<double> gdp_busd;
  std::vector<double> population_mn;
  std::vector<double> internet_users_pct;
  std::vector<double> ideal_point_sd;
  std::vector<double> home_restrictiveness;
  std::vector<std::uint8_t> chooses;
  std::vector<double> goods_domestic_busd;
  std::vector<double> services_domestic_busd;
  std::vector<std::string> written_at;  ///< "file:line:column" of each row, for messages; empty if not from a file

  [[nodiscard]] std::size_t size() const { return code.size(); }
  /// Row of a code, or size() if there is none.
  [[nodiscard]] std::size_t find(std::string_view iso3) const;
};

struct LinkRow {
  std::string id;
  std::uint32_t a;
  std::uint32_t b;
  LinkKind kind;
  std::string cable;
  double length_km;
  double capacity_tbps;
  int year;
  std::vector<std::string> owner_homes;
  std::string place = {};  ///< "file:line:column" of the length, for messages
};

struct OrganisationRow {
  std::string id;
  std::string name;
  OrganisationRule rule;
  std::vector<std::uint32_t> members;
  std::string place = {};  ///< "file:line:column" of the rule, for messages
};

struct FirmRow {
  std::string name;
  std::uint32_t home;
  FirmSector sector;
  double revenue_busd;
  std::vector<std::uint32_t> markets;
};

struct GroupingRow {
  std::string id;
  std::vector<std::uint32_t> members;
};

/// Chinese (or other) vendors' share of a country's installed network equipment.
struct VendorShareRow {
  std::uint32_t country;
  std::string vendor_home;
  double share;
};

struct InitialMembershipRow {
  std::uint32_t country;
  std::string framework;
  MembershipLevel level;
  Date date;
  std::string place = {};  ///< "file:line:column" of the row, for messages
};

struct FirmStanceRow {
  std::string firm;
  std::string framework;
  Date date;
};

/// Actors of a world without a map, in the order of the file; their codes and names stand in CountryTable.
struct ActorTable {
  std::vector<double> size;                ///< weight of each, > 0
  std::vector<std::string> attribute;      ///< further columns of numbers
  std::vector<std::vector<double>> value;  ///< [attribute][actor]
};

/// Actor `from` looks at actor `to`.
struct InfluenceRow {
  std::uint32_t from;
  std::uint32_t to;
  double weight;
};

/// What actors have to do with each other, one row per ordered pair: columns of numbers by name.
struct PairTable {
  std::vector<std::uint32_t> from;
  std::vector<std::uint32_t> to;
  std::vector<std::string> place;  ///< "file:line:column" of each row, for messages
  std::vector<std::string> column;
  std::vector<std::vector<double>> value;  ///< [column][row]

  [[nodiscard]] std::size_t size() const { return from.size(); }
};

/// Most actors of a world with a payoff for each state.
inline constexpr std::size_t kMaxActorsOfPayoffs = 16;

/// The tables of a world, read and cross-checked; matrices are [exporter][importer], in USD bn a year.
struct WorldTables {
  CountryTable countries;
  std::optional<ActorTable> actors;     ///< in the place of a map: of countries only codes and names are filled then
  std::vector<InfluenceRow> influence;  ///< of a world of actors; may be empty
  PairTable pairs;                      ///< of a world of actors; may be empty
  std::vector<double> payoffs;          ///< [state][actor], bit i of a state for the actor in row i; may be empty
  std::vector<double> goods_trade_busd;
  std::vector<double> services_trade_busd;
  std::vector<std::uint8_t> common_language;  ///< N×N, symmetric, diagonal 1
  std::vector<LinkRow> links;
  std::vector<VendorShareRow> vendor_shares;
  std::vector<GroupingRow> groupings;
  std::vector<OrganisationRow> organisations;
  std::vector<FirmRow> firms;
  std::vector<FirmStanceRow> firm_stances;
  std::vector<InitialMembershipRow> initial_memberships;
  std::vector<double> compliance_gap;  ///< [country][provision] gap to the country's own rules, 0–1; may be empty
  std::vector<double> hosting;         ///< [user][host] share of the user's data, rows sum to 1 (1e-6); may be empty
  std::vector<double> data_demand;     ///< [origin][destination] in any unit; may be empty
  std::vector<std::string> imputed;    ///< "countries.gdp_busd PRK", … : every value that is not an observation
  std::uint64_t digest = 0;            ///< of all table files, in order of their names
};

}  // namespace splinternet
