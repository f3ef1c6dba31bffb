#pragma once

#include <string>

#include "sim/study/analyse.hpp"

namespace CLI {
class App;
}

namespace splinternet {

struct AnalyseArguments {
  std::string file;
  std::string csv;  ///< "" = no table
  int threads = 0;
  AnalysisRequest request;
};

/// Declares `analyse`: whether the frameworks of a result hold together, who would tip them, and who mattered.
void declare_analyse(CLI::App& app, AnalyseArguments& arguments, int& code);

}  // namespace splinternet
