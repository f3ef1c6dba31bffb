#include "sim/study/analyses/voting_question.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/nearest_name.hpp"
#include "sim/io/text/toml_reader.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

// A total of weights fits into 64 bits with room to spare.
constexpr double kMostVoters = 10000;
constexpr double kLargestWeight = 1e12;

constexpr Parameter kSeats = integer("seats", "seats", 1, {1, kMostVoters}, {1, 100}, "voters alike", "[D]");
constexpr Parameter kWeight = integer("weights", "1", 1, {0, kLargestWeight}, {0, 1000}, "weight of a vote", "[D]");
constexpr Parameter kQuota =
    integer("quota", "1", 1, {1, kLargestWeight* kMostVoters}, {1, 1000}, "sum of weights that wins", "[D]");
constexpr Parameter kSamples =
    integer("samples", "1", 100000, {2, 1e8}, {1e4, 1e6}, "orders and coalitions drawn", "[D]");
constexpr Parameter kSeed = integer("seed", "1", 1, {0, 9e15}, {0, 1e6}, "of the draws", "[D]");

constexpr std::string_view kWantedWeights = "a table or a list of whole numbers, { name = 7, other = 1 } or [7, 1]";

std::uint64_t whole_number(const TomlValue& value, const std::string& key, const Parameter& row) {
  if (value.kind == TomlKind::kReal && value.real != std::floor(value.real)) {
    refuse({to_string(value.place), key, describe(value) + " is not a whole number", allowed_text(row),
            "take a finer unit, the same for all weights of a condition and its quota: 125 thousandths for 0.125"});
  }
  return static_cast<std::uint64_t>(checked_number(value, key, row));
}

/// Reads the parts of one table.
class VotingReader {
 public:
  explicit VotingReader(const AnalysisSpec& spec) : reader_(&spec.table, spec.path(), spec.table.place) {
    refuse_unknown_keys(
        spec.table, spec.path(),
        std::vector<std::string>{"kind", "voters", "seats", "quota", "weights", "condition", "samples", "seed"});
    find_conditions();
    find_names();
    question_.id = spec.id;
    question_.place = spec.table.place;
  }

  VotingQuestion read() {
    read_groups();
    for (const TomlReader& condition : conditions_) read_condition(condition);
    if (const TomlValue* samples = reader_.find("samples")) {
      question_.samples = static_cast<std::uint32_t>(whole_number(*samples, reader_.path("samples"), kSamples));
    }
    question_.seed = static_cast<std::uint64_t>(reader_.number("seed", kSeed));
    if (reader_.find("voters") == nullptr) sort_groups();
    return std::move(question_);
  }

 private:
  /// The table itself is the only condition, or those below it are all.
  void find_conditions() {
    const TomlValue* tables = reader_.find("condition");
    if (tables == nullptr) {
      reader_.require("quota", "a whole number, at least 1: the sum of weights that wins");
      conditions_.push_back(reader_);
      names_of_conditions_.emplace_back();
      return;
    }
    const std::string path = reader_.path("condition");
    if (tables->kind != TomlKind::kTable) refuse_type(*tables, path, "a table for each, [" + path + ".<name>]");
    for (const char* key : {"quota", "weights"}) {
      const TomlValue* other = reader_.find(key);
      if (other == nullptr) continue;
      refuse({to_string(other->key_place), reader_.path(key),
              "the rule has conditions of their own quotas and weights; this key belongs to none of them", "",
              "move it into " + path + ".<name>"});
    }
    std::vector<const TomlValue*> in_order;
    for (const TomlValue& table : tables->items) in_order.push_back(&table);
    std::stable_sort(in_order.begin(), in_order.end(),
                     [](const TomlValue* a, const TomlValue* b) { return a->key_place.line < b->key_place.line; });
    for (const TomlValue* table : in_order) {
      conditions_.emplace_back(table, join_path(path, table->key), table->place);
      refuse_unknown_keys(*table, join_path(path, table->key), std::vector<std::string>{"quota", "weights"});
      names_of_conditions_.push_back(table->key);
    }
    if (!conditions_.empty()) return;
    refuse({to_string(tables->place), path, "the rule has no condition", "", "add [" + path + ".<name>] with a quota"});
  }

  /// Names stand in `voters`, or are the keys of the first table by voter, or are counted as a list has entries.
  void find_names() {
    names_ = reader_.texts("voters");
    if (!names_.empty()) return;
    std::vector<const TomlValue*> lists = {reader_.find("seats")};
    for (const TomlReader& condition : conditions_) lists.push_back(condition.find("weights"));
    std::erase(lists, nullptr);
    for (const TomlValue* list : lists) {
      if (list->kind != TomlKind::kTable || !names_.empty()) continue;
      for (const TomlValue& item : list->items) names_.push_back(item.key);
    }
    if (!names_.empty()) return;
    const auto list = std::find_if(lists.begin(), lists.end(), [](const TomlValue* value) {
      return value->kind == TomlKind::kList && !value->items.empty();
    });
    if (list != lists.end()) {
      for (std::size_t n = 1; n <= (*list)->items.size(); ++n) names_.push_back("voter " + std::to_string(n));
      return;
    }
    refuse({to_string(reader_.place()), reader_.path("voters"), "nothing tells who votes",
            "voters = [\"…\"], seats = { name = 1 } or weights = { name = 1 }", "add one of them"});
  }

  void read_groups() {
    std::vector<std::uint64_t> seats(names_.size(), 1);
    if (const TomlValue* value = reader_.find("seats")) seats = by_voter(*value, reader_.path("seats"), kSeats, 1);
    for (std::size_t g = 0; g < names_.size(); ++g) question_.groups.push_back({names_[g], seats[g]});
    if (static_cast<double>(question_.voters()) <= kMostVoters) return;
    refuse({to_string(reader_.place()), reader_.path("seats"),
            std::to_string(question_.voters()) + " voters are too many", fmt::format("at most {:g} seats", kMostVoters),
            "take larger groups as one voter each"});
  }

  void read_condition(const TomlReader& table) {
    VotingCondition condition{names_of_conditions_[question_.conditions.size()], 0,
                              std::vector<std::uint64_t>(names_.size(), 1)};
    if (const TomlValue* value = table.find("weights")) {
      condition.weight = by_voter(*value, table.path("weights"), kWeight, std::nullopt);
    }
    const TomlValue& quota = table.require("quota", "a whole number, at least 1: the sum of weights that wins");
    condition.quota = whole_number(quota, table.path("quota"), kQuota);
    const std::uint64_t total = question_.total(condition);
    if (condition.quota > total) {
      refuse({to_string(quota.place), table.path("quota"),
              fmt::format("the quota {} is above the sum of all weights, {}: no coalition could meet it",
                          condition.quota, total),
              fmt::format("a whole number from 1 to {}", total), "lower the quota, or look at weights and seats"});
    }
    question_.conditions.push_back(std::move(condition));
  }

  /// One number per name from a table or a list; a name that the table lacks has the fallback, if there is one.
  [[nodiscard]] std::vector<std::uint64_t> by_voter(const TomlValue& value, const std::string& path,
                                                    const Parameter& row, std::optional<std::uint64_t> fallback) const {
    std::vector<std::uint64_t> numbers;
    if (value.kind == TomlKind::kList) {
      if (value.items.size() != names_.size()) {
        refuse({to_string(value.place), path,
                fmt::format("the list has {} numbers, but there are {} voters", value.items.size(), names_.size()),
                "one for each: " + list_text(names_), "add or remove numbers, or write a table by name"});
      }
      for (const TomlValue& item : value.items) numbers.push_back(whole_number(item, path, row));
      return numbers;
    }
    if (value.kind != TomlKind::kTable) refuse_type(value, path, kWantedWeights);
    refuse_unknown_keys(value, path, names_);
    for (const std::string& name : names_) {
      const TomlValue* item = value.find(name);
      if (item == nullptr && !fallback) {
        refuse({to_string(value.place), join_path(path, name), "the voter " + in_quotes(name) + " has no weight", "",
                "add it; 0 for a voter that does not count here"});
      }
      numbers.push_back(item == nullptr ? *fallback : whole_number(*item, join_path(path, name), row));
    }
    return numbers;
  }

  /// A TOML table has no order, so the heaviest come first.
  void sort_groups() {
    std::vector<std::size_t> order(names_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      for (const VotingCondition& condition : question_.conditions) {
        if (condition.weight[a] != condition.weight[b]) return condition.weight[a] > condition.weight[b];
      }
      return false;
    });
    const auto arranged = [&order](const auto& values) {
      auto result = values;
      for (std::size_t n = 0; n < order.size(); ++n) result[n] = values[order[n]];
      return result;
    };
    question_.groups = arranged(question_.groups);
    for (VotingCondition& condition : question_.conditions) condition.weight = arranged(condition.weight);
  }

  TomlReader reader_;
  std::vector<TomlReader> conditions_;
  std::vector<std::string> names_of_conditions_;
  std::vector<std::string> names_;
  VotingQuestion question_;
};

}  // namespace

std::size_t VotingQuestion::voters() const {
  std::size_t sum = 0;
  for (const VoterGroup& group : groups) sum += group.seats;
  return sum;
}

std::uint64_t VotingQuestion::total(const VotingCondition& condition) const {
  std::uint64_t sum = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) sum += groups[g].seats * condition.weight[g];
  return sum;
}

std::vector<coalition::WeightCondition> VotingQuestion::rule() const {
  std::vector<coalition::WeightCondition> rule;
  for (const VotingCondition& condition : conditions) {
    coalition::WeightCondition by_seat{condition.quota, {}};
    for (std::size_t g = 0; g < groups.size(); ++g) {
      by_seat.weight.insert(by_seat.weight.end(), groups[g].seats, condition.weight[g]);
    }
    rule.push_back(std::move(by_seat));
  }
  return rule;
}

VotingQuestion read_voting_question(const AnalysisSpec& spec) {
  return VotingReader(spec).read();
}

}  // namespace splinternet
