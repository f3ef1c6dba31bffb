#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/date.hpp"
#include "sim/scenario/events.hpp"
#include "sim/scenario/parameter_values.hpp"

namespace splinternet {

/// A framework as data: its numbers (direction, strengths, budgets, …) are parameters "framework.<id>.…".
struct FrameworkSpec {
  std::string id;
  std::string name;
  std::string title;                           ///< one line for people
  std::vector<std::string> sponsors;           ///< ISO-3; committed members from the start
  std::vector<std::string> untrusted_homes;    ///< ISO-3 of homes whose firms are untrusted under it
  std::vector<std::string> untrusted_firms;    ///< names of further untrusted firms
  std::vector<std::string> incompatible_with;  ///< ids, beside the incompatibilities that follow from provisions
};

/// How a body of countries accedes together.
enum class OrganisationRule { kConsensus, kMajority, kLeader };

/// A change to an organisation of the tables, or to none of them (unknown ids are errors at build).
struct OrganisationSpec {
  std::string id;
  bool enabled = true;
  std::optional<OrganisationRule> rule;
  std::string leader;  ///< ISO-3, for the rule "leader"
};

/// What those do of whose peers this share are members, under the choice "policy_table": probabilities per month.
struct PolicyPoint {
  double share = 0.0;
  double accede = 0.0;
  double withdraw = 0.0;
};

struct RunSpec {
  Date start;
  int horizon = 0;           ///< steps
  double step_months = 1.0;  ///< months per step
  std::uint64_t seed = 1;
};

/// Most actors of a world without a map.
inline constexpr std::size_t kMaxActors = 10'000'000;

struct WorldSpec {
  std::string tables;       ///< folder of tables, relative to the file that names it; empty for synthetic actors
  std::string tables_path;  ///< the same, as found on this machine; never written to a file
  bool impute = false;      ///< fill gaps with the subregion's median instead of refusing them
  bool initial_memberships = true;
  std::size_t actors = 0;               ///< number of synthetic actors; 0: the tables tell who there is
  std::vector<std::string> attributes;  ///< those that rules fill ("attribute.<name>.…"), sorted
};

/// What a run keeps. Names of rows of the output table.
struct RecordSpec {
  std::vector<std::string> arrays;  ///< empty: the default record
  bool decisions = true;
  bool acts = true;                  ///< each change of a membership
  bool market_access_exact = false;  ///< with each decision also its market access by the linear response and exactly
};

/// The unit of payoffs unless a scenario declares another: percentage points of real income a year.
inline constexpr std::string_view kUnitOfIncome = "pp";

/// What is to be simulated: immutable, complete, and silent about how it is executed.
struct Scenario {
  std::string name;
  std::string title;
  std::string question;
  RunSpec run;
  WorldSpec world;
  std::vector<FrameworkSpec> frameworks;        ///< sorted by id
  std::vector<EventSpec> events;                ///< sorted by id
  std::vector<OrganisationSpec> organisations;  ///< sorted by id
  std::vector<std::string> terms;               ///< payoff terms of countries, in order of summation
  std::string unit{kUnitOfIncome};              ///< of all payoffs; other ones are for worlds of actors
  std::vector<PolicyPoint> policy_table;        ///< rises in its shares; empty unless countries choose by it
  bool has_countries = false;                   ///< a phase runs only if its section stands in the scenario
  bool has_firms = false;
  bool has_data = false;
  bool has_trade = false;
  bool has_influence = false;
  RecordSpec record;
  ParameterValues parameters;
  std::string resolved;  ///< the whole scenario as one canonical TOML text: sorted keys, defaults filled in
  /// Where each entry was written, "file:line:column" by key ("event.x.countries[0]"): for messages, not for results.
  std::map<std::string, std::string> places;
};

}  // namespace splinternet
