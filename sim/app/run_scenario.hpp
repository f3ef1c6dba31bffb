#pragma once

#include <string>
#include <vector>

#include "sim/io/text/scenario_file.hpp"

namespace splinternet {

/// Arguments of `splinternet run`.
struct RunArguments {
  std::string scenario;
  std::string output;  ///< "" = out/<scenario>.h5
  std::vector<std::string> settings;
  std::string seed;
  int threads = 0;
  bool quiet = false;
};

/// The values of `--set key=value` and `--seed N` as overrides of a scenario.
std::vector<Override> overrides(const std::vector<std::string>& settings, const std::string& seed);

/// `splinternet run`: reads, runs, writes the file, prints the summary.
int run_scenario(const RunArguments& arguments);

}  // namespace splinternet
