#pragma once

#include <vector>

#include "sim/io/text/csv.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

/// Table `actors` of a world without a map: code (unique, without blanks), name (optional), size > 0 (optional, 1) and
/// any further columns, all of numbers: attributes. Fills codes, names and the actor table, in the order of the file.
WorldTables read_actors(const CsvTable& table);

/// Table `influence`: from, to, weight > 0 (optional, 1): the first looks at the second. No actor looks at itself, no
/// pair stands twice.
std::vector<InfluenceRow> read_influence(const CsvTable& table, const CodeList& actors);

/// Table `pairs`: from, to and one or more columns, all of numbers. The first is the actor whose matter it is; no actor
/// is paired with itself, no ordered pair stands twice.
PairTable read_pairs(const CsvTable& table, const CodeList& actors);

/// Table `payoffs`: state (codes of the members joined by '+', empty for nobody), actor, payoff: each actor in each of
/// the 2^N states of at most 16 actors. Returns [state][actor], bit i of a state for actor i.
std::vector<double> read_payoffs(const CsvTable& table, const CodeList& actors);

}  // namespace splinternet
