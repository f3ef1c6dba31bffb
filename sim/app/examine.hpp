#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace splinternet {

/// Arguments of the commands that examine a result file.
struct ExamineArguments {
  std::string file;
  std::string tables;  ///< "" = as the file names them
  int threads = 0;
  std::string country;  ///< "" = none was given
  std::optional<int> step;
  std::string other;  ///< file to compare with; "" = none
  bool replay = false;
};

/// Declares `verify` (replays a result file and compares every bit) and `explain` (why a country signed or stayed out,
/// where two runs part, or whether every recorded choice follows from what is recorded of it).
void declare_examinations(CLI::App& app, ExamineArguments& arguments, int& code);

}  // namespace splinternet
