#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace splinternet {

/// A key of a scenario that has another value in another scenario; "" where it does not stand.
struct ScenarioDifference {
  std::string path;  ///< "countries.temperature"
  std::string first;
  std::string second;
};

/// The keys in which two scenarios differ, in the order of the first, then those that only the second has. Both are
/// resolved scenarios as result files hold them: one "key = value" to a line below "[section]" lines, values as TOML.
std::vector<ScenarioDifference> scenario_differences(std::string_view first, std::string_view second);

}  // namespace splinternet
