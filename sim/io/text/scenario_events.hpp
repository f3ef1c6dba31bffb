#pragma once

#include <string>
#include <vector>

#include "sim/io/text/toml_document.hpp"
#include "sim/scenario/events.hpp"
#include "sim/scenario/parameter_values.hpp"

namespace splinternet {

/// Ids of the entries of a family of tables ("framework", "event", "organisation"), sorted. Throws ScenarioError if an
/// id is not in snake_case or an entry is not a table.
std::vector<std::string> entry_ids(const TomlValue& document, const std::string& family);

/// The events of a document, sorted by id. Throws ScenarioError if a kind, a field, a framework, a parameter or a
/// preceding event is unknown, if a field is missing or not of that kind, if it has both or neither of date and after,
/// or if events follow each other in a circle. Countries, firms and cables are checked when the tables are known.
std::vector<EventSpec> read_events(const TomlValue& document, const std::vector<std::string>& frameworks,
                                   const ParameterValues& parameters);

}  // namespace splinternet
