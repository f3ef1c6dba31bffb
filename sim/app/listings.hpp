#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace splinternet {

/// Arguments of the commands that only print.
struct ListingArguments {
  std::string path;
  std::vector<std::string> settings;
  bool markdown = false;
  bool json = false;
  bool outputs = false;
};

/// Declares `params` (the parameter and output tables), `list` (shipped scenarios) and `check` (validate without
/// running).
void declare_listings(CLI::App& app, ListingArguments& arguments, int& code);

}  // namespace splinternet
