#pragma once

#include <stdlib.h>

#include <string>
#include <vector>

#include "sim/io/text/scenario_file.hpp"
#include "sim/study/run.hpp"

namespace splinternet::testing {

inline constexpr int kClassroomSteps = 12;

/// Path of a shipped scenario; makes sure that its tables are found wherever the tests were built.
inline std::string shipped(const std::string& name) {
  const std::string folder = SPLINTERNET_SOURCE_DIR "/scenarios";
  ::setenv("SPLINTERNET_SCENARIOS", folder.c_str(), 1);
  return folder + "/" + name + ".toml";
}

/// The classroom scenario for one year, with further settings "key=value".
inline RunResult run_classroom(const std::vector<std::string>& settings = {}) {
  std::vector<Override> overrides{{"run.horizon", std::to_string(kClassroomSteps)}};
  for (const std::string& setting : settings) overrides.push_back(parse_override(setting));
  return run_to_end(load_setting(shipped("classroom-12"), overrides), {});
}

}  // namespace splinternet::testing
