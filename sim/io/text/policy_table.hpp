#pragma once

#include <span>
#include <vector>

#include "sim/io/text/toml_document.hpp"
#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// `countries.policy_table` of a scenario: a list of points {share, accede, withdraw}, shares rising from 0 to 1 at
/// most, probabilities per month from 0 to 1; empty if there is none. Throws ScenarioError naming the point.
std::vector<PolicyPoint> read_policy_table(const TomlValue& document);

/// The same as a scenario writes it.
TomlValue toml_policy_table(std::span<const PolicyPoint> table);

}  // namespace splinternet
