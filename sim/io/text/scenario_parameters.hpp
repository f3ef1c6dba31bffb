#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/io/text/scenario_file.hpp"
#include "sim/io/text/toml_document.hpp"

namespace splinternet {

/// Sections of a scenario file that exist whether or not a parameter stands in them, sorted.
std::vector<std::string> section_names();

/// Keys of a table that are not parameters: those of "" (the file itself), "run", "world", "countries", "record" and
/// "framework.<id>"; none for all others.
std::vector<std::string> plain_keys(std::string_view path);

/// Every parameter at its default or at the value in the document, for the frameworks named (sorted). Throws
/// ScenarioError at unknown keys (plain ones apart; events and organisations are not looked into) and wrong values.
ParameterValues read_parameters(const TomlValue& document, const Vocabulary& vocabulary,
                                const std::vector<std::string>& frameworks, const std::vector<std::string>& attributes);

}  // namespace splinternet
