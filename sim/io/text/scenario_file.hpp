#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/io/text/resolved_text.hpp"
#include "sim/io/text/scenario_check.hpp"
#include "sim/io/text/toml_document.hpp"
#include "sim/scenario/parameter.hpp"
#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// One `--set key=value`: a dotted key and a value in TOML syntax; a bare word is taken as a string.
struct Override {
  std::string key;
  std::string value;
  std::string place = {};  ///< what stands for it in messages, if not "--set key=value"
};

/// Splits "key=value" at the first '='. Throws ScenarioError if there is none.
Override parse_override(std::string_view text);

/// The words a scenario may use: rows of the parameter table, names of payoff terms, and names of recorded arrays.
struct Vocabulary {
  ParameterRows parameters;
  std::vector<std::string> terms;
  std::vector<std::string> arrays;
  std::vector<std::string> default_terms = {};  ///< of a scenario that names none
};

/// What this program knows: `parameter_catalogue()`, `term_names()`, `output_names()` with "default", and
/// `default_term_names()`.
Vocabulary program_vocabulary();

/// A scenario as it is written, with all that it extends merged below it, for values to be laid over. What is switched
/// off still stands in it.
struct ScenarioDocument {
  TomlValue table;
  std::string file;    ///< in messages: its path, or its name if it is a text
  std::string name;    ///< of the scenario
  std::string folder;  ///< in which relative folders of tables are looked for
};

/// The document of a file, or of a text whose `extends` are looked for in `folder`. Throws ScenarioError at the first
/// fault of TOML and if a file is missing; FileError if the operating system refuses to read one.
ScenarioDocument read_scenario_document(const std::string& path);
ScenarioDocument parse_scenario_document(std::string_view text, const std::string& name, const std::string& folder);

/// Lays the overrides over the document, in order. Throws ScenarioError if one is no key and value.
void lay_over(ScenarioDocument& document, std::span<const Override> overrides);

/// The scenario of a document: `read_scenario` and `parse_scenario` are this for a file and for a text. Whether the
/// tables exist is not checked.
Scenario scenario_of(const ScenarioDocument& document, const Vocabulary& vocabulary = program_vocabulary());

/// Throws ScenarioError with the nearest name if the scenario's folder of tables does not exist.
void check_tables_exist(const Scenario& scenario);

/// Reads a scenario file and all that it extends, lays the overrides over it and checks every key and value. Tables
/// merge key by key, scalars and arrays replace; an entry with `enabled = false` is dropped after merging (of
/// organisations: kept, because it switches off a row of the tables). The name is the stem of the file.
/// Throws ScenarioError "file:line:column: what is wrong", the key, what is allowed and how to mend it; for an override
/// the place is "--set key=value". Throws FileError if the operating system refuses to read a file.
Scenario read_scenario(const std::string& path, std::span<const Override> overrides = {});
Scenario read_scenario(const std::string& path, std::span<const Override> overrides, const Vocabulary& vocabulary);

/// The same for a text, e.g. the resolved one of a result file. `name` is the scenario's name and stands for the file
/// in messages; relative folders and `extends` are looked for in `folder`. Whether the tables exist is not checked.
Scenario parse_scenario(std::string_view text, const std::string& name, const std::string& folder,
                        std::span<const Override> overrides = {});
Scenario parse_scenario(std::string_view text, const std::string& name, const std::string& folder,
                        std::span<const Override> overrides, const Vocabulary& vocabulary);

}  // namespace splinternet
