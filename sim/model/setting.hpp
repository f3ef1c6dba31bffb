#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/sparse_graph.hpp"
#include "sim/graph/network.hpp"
#include "sim/model/choice/thresholds.hpp"
#include "sim/model/extensions.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/world_tables.hpp"
#include "sim/trade/hat_algebra.hpp"

namespace splinternet {

/// A set of frameworks: bit k stands for the framework in row k (at most eight).
using FrameworkSet = std::uint32_t;
inline constexpr std::size_t kMaxFrameworks = 8;

constexpr FrameworkSet bit(std::size_t framework) {
  return FrameworkSet{1} << framework;
}
constexpr bool contains(FrameworkSet set, std::size_t framework) {
  return ((set >> framework) & 1U) != 0;
}

/// What does not change of countries. Columns of length N, in the order of the tables.
struct CountrySetting {
  std::size_t count = 0;
  std::vector<std::string> code;
  std::vector<std::string> name;
  std::vector<std::uint32_t> key;   ///< entity key of the code: draws are keyed by it
  std::vector<std::uint32_t> rank;  ///< place of the code in alphabetical order: ties go to the lowest
  std::vector<double> gdp_busd;
  std::vector<double> gdp_share;  ///< of the world
  std::vector<double> population_mn;
  std::vector<double> users_mn;
  std::vector<double> ideal_point_sd;
  std::vector<double> home_restrictiveness;
  std::vector<std::uint8_t> chooses;  ///< 0: trades and routes, but never decides (HKG, MAC)
};

/// What does not change of frameworks. K rows; matrices are [framework][country] or [framework][framework].
struct FrameworkSetting {
  std::size_t count = 0;
  std::vector<std::string> id;
  std::vector<std::uint32_t> key;
  std::vector<std::vector<std::uint32_t>> sponsors;
  std::vector<std::uint8_t> committed;                ///< [k][i] sponsors: members from the opening, frozen
  std::vector<std::uint8_t> untrusted_home;           ///< [k][i]
  std::vector<std::uint8_t> eligible;                 ///< [k][i] chooses, sponsors none, is no untrusted home of k
  std::vector<std::uint32_t> leading_untrusted_home;  ///< [k] the first one named, or kNoCountry
  std::vector<std::uint8_t> incompatible;             ///< [k][l]
  std::vector<double> untrusted_share;  ///< [k][i] installed equipment of vendors from untrusted homes, at the start
  std::vector<double> sponsor_vendor_share;  ///< [k][i] installed equipment of vendors from the sponsors' homes
};
inline constexpr std::uint32_t kNoCountry = 0xffffffffU;

struct OrganisationSetting {
  std::string id;
  std::string name;
  std::uint32_t key = 0;
  OrganisationRule rule = OrganisationRule::kConsensus;
  std::uint32_t leader = kNoCountry;
  std::vector<std::uint32_t> members;
};

/// What actors have to do with each other, in compressed rows: the partners of actor i, in order of their codes, stand
/// from first[i] to first[i + 1]. Named columns run along with `partner`.
struct PairSetting {
  std::vector<std::uint32_t> first;  ///< N + 1, or empty without a table of pairs
  std::vector<std::uint32_t> partner;
  std::vector<std::string> column;
  std::vector<std::vector<double>> value;  ///< [column][pair]
  std::vector<std::string> place;          ///< [pair] "file:line:column", for messages

  /// The column, or nullptr if the pairs have no such number.
  [[nodiscard]] const std::vector<double>* find(std::string_view name) const;
};

/// What the actors of a world without a map bring along: named columns of length N, sorted by name.
struct ActorSetting {
  std::vector<std::string> attribute;
  std::vector<std::vector<double>> value;  ///< [attribute][actor]
  bool equal_sizes = false;                ///< whether all actors are of the same size
  PairSetting pairs;
  std::vector<double> payoffs;  ///< [state][actor], bit i of a state for the actor in row i; empty without that table

  /// The column, or nullptr if actors have no such attribute.
  [[nodiscard]] const std::vector<double>* find(std::string_view name) const;
};

/// How the influence graph is kept: a matrix, compressed rows, or not at all because everybody looks at everybody.
enum class InfluenceForm : std::uint8_t { kDense, kSparse, kComplete };

/// Who looks at whom. Each looks at all its peers together as at 1 (or at nobody).
struct InfluenceSetting {
  InfluenceForm form = InfluenceForm::kDense;
  std::vector<double> weight;          ///< kDense: ω[i][j], rows sum to 1 (or 0 for a country without any peer)
  std::vector<double> weight_by_peer;  ///< the same as [j][i]
  SparseGraph graph;                   ///< kSparse: weights, if there are any, sum to 1 in each row
};

/// Who the country of a row of the demand matrix is: it asks for what the columns send (hosting), or it sends. Its
/// policy class filters the traffic of the row.
enum class DemandRows : std::uint8_t { kOrigins, kUsers };

/// Baseline demand for data (M15), as shares of the world's: T[origin][destination] or T[user][host], sums to 1.
struct DemandSetting {
  std::vector<double> share;
  std::vector<double> row_total;  ///< [row] sum of its shares
  std::vector<double> use_share;  ///< [origin][user] share of the origin in the user's data use; columns sum to 1
  DemandRows rows = DemandRows::kOrigins;

  /// Place in N×N matrices over rows and columns of `share` of the traffic by which `user` uses data of `origin`.
  [[nodiscard]] std::size_t place_of_use(std::size_t origin, std::size_t user, std::size_t countries) const {
    return rows == DemandRows::kOrigins ? origin * countries + user : user * countries + origin;
  }
};

struct LinkSetting {
  std::vector<LinkRow> rows;
  std::vector<LinkEnds> ends;
  std::vector<std::uint32_t> weight;  ///< 0.1 µs
  std::vector<std::uint32_t> order;   ///< rows by id: networks are built in this order, so that rows may be permuted
};

/// Trade sectors: goods, services.
inline constexpr std::size_t kTradeSectors = 2;
inline constexpr std::size_t kGoods = 0;
inline constexpr std::size_t kServices = 1;

struct TradeSetting {
  TradeBaseline baseline;  ///< balanced
};

/// Firms: the named ones first, then the synthetic population. Lists in compressed rows.
struct FirmSetting {
  std::size_t count = 0;
  std::size_t named = 0;
  std::vector<std::string> name;  ///< of the named ones
  std::vector<std::uint32_t> key;
  std::vector<std::uint32_t> home;
  std::vector<FirmSector> sector;
  std::vector<double> revenue_busd;
  std::vector<std::uint32_t> first_market;  ///< count + 1
  std::vector<std::uint32_t> market;        ///< country of each firm–market edge
  std::vector<double> market_revenue_busd;  ///< baseline sales of each edge
  std::vector<std::uint32_t> first_supplier;
  std::vector<std::uint32_t> supplier;  ///< firm row; each supplies an equal share of inputs
  std::vector<std::uint32_t> first_customer;
  std::vector<std::uint32_t> customer;        ///< the transpose of supplier
  std::vector<std::uint8_t> untrusted_under;  ///< bit set of frameworks to which the firm's home or name is untrusted
  std::vector<double> untrusted_inputs;       ///< [k][firm] share of suppliers that are untrusted under k
  std::vector<std::uint8_t> initial_stance;
  /// Firm–market edges in groups of one market and sector, so that each group's total can be conserved.
  std::vector<std::uint32_t> first_in_group;  ///< N·sectors + 1
  std::vector<std::uint32_t> edge_in_group;
  std::vector<double> group_sales_busd;  ///< [group] total, which never changes
  /// Those edges of groups whose firms some framework may expose: untrusted, or with untrusted inputs.
  struct Exposable {
    std::uint32_t firm = 0;
    std::uint8_t untrusted_under = 0;  ///< bit set
    bool at_home = false;
  };
  std::vector<std::uint32_t> first_exposable;  ///< N·sectors + 1
  std::vector<Exposable> exposable;
  std::vector<std::uint32_t> edge_of_exposable;
  std::vector<double> exposable_inputs;  ///< [exposable][k] their untrusted_inputs
  std::vector<std::uint32_t> firm_of_edge;
};

/// Everything that a run never changes: computed once from scenario and tables, shared by all copies of a World.
/// An optional part is empty (nullptr) if the scenario has no section for it.
struct Setting {
  Scenario scenario;
  Extensions extensions;  ///< rules of a user beside those of the scenario
  CountrySetting countries;
  FrameworkSetting frameworks;
  std::vector<OrganisationSetting> organisations;
  std::unique_ptr<const ActorSetting> actors;  ///< only of a world without a map
  std::unique_ptr<const InfluenceSetting> influence;
  std::unique_ptr<const ThresholdSetting> thresholds;  ///< only under the choice "threshold"
  std::unique_ptr<const DemandSetting> demand;
  std::unique_ptr<const LinkSetting> links;
  std::unique_ptr<const TradeSetting> trade;
  std::unique_ptr<const FirmSetting> firms;
  std::vector<InitialMembershipRow> initial_memberships;
  std::vector<double> compliance_gap;  ///< [country][provision], empty if the tables have none
  std::vector<std::string> imputed;
  std::uint64_t tables_digest = 0;

  /// Whether the actors are countries with economies, rules and links, or bare actors with attributes. What needs a map
  /// (provisions, restrictiveness, latency, all that is N×N) has no place in a world without one.
  [[nodiscard]] bool has_map() const { return actors == nullptr; }
};

}  // namespace splinternet
