#pragma once

#include <string>
#include <vector>

#include "sim/study/analyse.hpp"

namespace CLI {
class App;
}

namespace splinternet {

struct AnalyseArguments {
  std::string file;  ///< a result file, or a scenario
  std::string csv;   ///< "" = no table
  std::vector<std::string> settings;
  int threads = 0;
  AnalysisRequest request;
};

/// Declares `analyse`: whether the frameworks of a result hold together, who would tip them, and who mattered; or, of a
/// scenario, its lesson and what its [analysis.<id>] find; without any, what all states of its memberships tell.
void declare_analyse(CLI::App& app, AnalyseArguments& arguments, int& code);

}  // namespace splinternet
