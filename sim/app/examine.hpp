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
  std::string country;
  std::optional<int> step;
};

/// Declares `verify` (replays a result file and compares every bit) and `explain` (why a country signed or stayed out).
void declare_examinations(CLI::App& app, ExamineArguments& arguments, int& code);

}  // namespace splinternet
