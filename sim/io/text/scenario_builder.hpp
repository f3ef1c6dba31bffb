#pragma once

#include <string>

#include "sim/io/text/scenario_file.hpp"
#include "sim/io/text/toml_document.hpp"

namespace splinternet {

/// Turns a merged document (nothing extended, nothing disabled) into a scenario; checks every key and value.
/// `folder` is that of the scenario's file. Throws ScenarioError.
Scenario build_scenario(const TomlValue& document, const std::string& name, const std::string& folder,
                        const Vocabulary& vocabulary);

}  // namespace splinternet
