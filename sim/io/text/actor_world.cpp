#include "sim/io/text/actor_world.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"

namespace splinternet {
namespace {

constexpr double kNoBound = std::numeric_limits<double>::infinity();

double positive_or_one(const CsvTable& table, std::string_view name, std::size_t row) {
  if (!table.has_column(name)) return 1.0;
  const double value = table.column(name).number(row, {0, kNoBound});
  if (value == 0.0)
    table.column(name).fail(row, "0 would count for nothing; write a number above 0, or remove the row.");
  return value;
}

bool is_attribute(std::string_view column) {
  return column != "code" && column != "name" && column != "size";
}

/// The members in "AUS+CAN" as bits.
std::uint32_t read_state(const CsvColumn& column, std::size_t row, const CodeList& actors) {
  std::uint32_t state = 0;
  std::string_view rest = column.text(row);
  while (!rest.empty()) {
    const std::size_t plus = rest.find('+');
    const std::string_view code = rest.substr(0, plus);
    const std::optional<std::size_t> actor = actors.find(code);
    if (!actor) {
      column.fail(row, "\"" + std::string(code) +
                           "\" is not a known actor; a state names its members by their codes, " + "joined by '+'." +
                           did_you_mean(code, actors.codes()));
    }
    if ((state >> *actor & 1U) != 0) column.fail(row, "\"" + std::string(code) + "\" stands twice; remove one.");
    state |= std::uint32_t{1} << *actor;
    rest = plus == std::string_view::npos ? std::string_view{} : rest.substr(plus + 1);
  }
  return state;
}

std::string name_of_state(std::uint32_t state, const CodeList& actors) {
  std::string name;
  for (std::size_t i = 0; i < actors.codes().size(); ++i) {
    if ((state >> i & 1U) != 0) name += (name.empty() ? "" : "+") + actors.codes()[i];
  }
  return name.empty() ? "in which nobody is a member" : name;
}

}  // namespace

WorldTables read_actors(const CsvTable& table) {
  WorldTables tables;
  ActorTable& actors = tables.actors.emplace();
  const CsvColumn code = table.column("code");
  if (table.row_count() == 0) throw DataError(table.path() + ": a world needs at least one actor; add a row.");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    tables.countries.code.emplace_back(code.required_text(row));
    if (tables.countries.code.back().find_first_of(" +|") != std::string::npos) {
      code.fail(row, "a code has no blank, '+' or '|' in it; write the full name in a column name.");
    }
    tables.countries.name.emplace_back(table.has_column("name") ? table.column("name").required_text(row)
                                                                : code.text(row));
    tables.countries.written_at.push_back(code.place(row));
    actors.size.push_back(positive_or_one(table, "size", row));
  }
  table.check_unique({"code"});
  std::vector<std::string> names = table.header();
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (!is_attribute(name)) continue;
    actors.attribute.push_back(name);
    std::vector<double>& value = actors.value.emplace_back();
    for (std::size_t row = 0; row < table.row_count(); ++row) value.push_back(table.column(name).number(row));
  }
  return tables;
}

std::vector<InfluenceRow> read_influence(const CsvTable& table, const CodeList& actors) {
  table.check_columns({"from", "to"}, {"weight"});
  table.check_unique({"from", "to"});
  const CsvColumn from = table.column("from");
  const CsvColumn to = table.column("to");
  std::vector<InfluenceRow> rows;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto one = static_cast<std::uint32_t>(from.code(row, actors));
    const auto other = static_cast<std::uint32_t>(to.code(row, actors));
    if (one == other) to.fail(row, "an actor does not look at itself; remove the row.");
    rows.push_back({one, other, positive_or_one(table, "weight", row)});
  }
  return rows;
}

PairTable read_pairs(const CsvTable& table, const CodeList& actors) {
  PairTable pairs;
  const CsvColumn from = table.column("from");
  const CsvColumn to = table.column("to");
  table.check_unique({"from", "to"});
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    pairs.from.push_back(static_cast<std::uint32_t>(from.code(row, actors)));
    pairs.to.push_back(static_cast<std::uint32_t>(to.code(row, actors)));
    pairs.place.push_back(from.place(row));
    if (pairs.from.back() == pairs.to.back()) to.fail(row, "an actor is no pair with itself; remove the row.");
  }
  for (const std::string& name : table.header()) {
    if (name == "from" || name == "to") continue;
    pairs.column.push_back(name);
    std::vector<double>& value = pairs.value.emplace_back();
    for (std::size_t row = 0; row < table.row_count(); ++row) value.push_back(table.column(name).number(row));
  }
  if (pairs.column.empty()) {
    throw DataError(table.path() + ":1:1: pairs without a number tell nothing; add a column, e.g. propensity.");
  }
  return pairs;
}

std::vector<double> read_payoffs(const CsvTable& table, const CodeList& actors) {
  table.check_columns({"state", "actor", "payoff"});
  const std::size_t n = actors.codes().size();
  if (n > kMaxActorsOfPayoffs) {
    throw DataError(table.path() + ": there are " + std::to_string(n) + " actors, but a payoff for each state is for " +
                    std::to_string(kMaxActorsOfPayoffs) + " at most; remove the table.");
  }
  const CsvColumn state = table.column("state");
  const CsvColumn actor = table.column("actor");
  const CsvColumn payoff = table.column("payoff");
  std::vector<double> payoffs((std::size_t{1} << n) * n, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    double& value = payoffs[read_state(state, row, actors) * n + actor.code(row, actors)];
    if (!std::isnan(value)) state.fail(row, "an earlier row tells of the same state and actor; keep one.");
    value = payoff.number(row);
  }
  for (std::size_t cell = 0; cell < payoffs.size(); ++cell) {
    if (!std::isnan(payoffs[cell])) continue;
    const std::size_t lines = table.row_count();
    throw DataError(table.path() + ":" + std::to_string(lines == 0 ? 1 : table.line(lines - 1)) +
                    ":1: the table ends here without the state " +
                    name_of_state(static_cast<std::uint32_t>(cell / n), actors) + " for actor " +
                    actors.codes()[cell % n] + "; add the row: each actor has a payoff in each of the " +
                    std::to_string(payoffs.size() / n) + " states.");
  }
  return payoffs;
}

}  // namespace splinternet
