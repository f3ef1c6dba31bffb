#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace splinternet {

/// Folders in which shipped scenarios are looked for, in order: the environment variable SPLINTERNET_SCENARIOS, the
/// `scenarios` folders beside and above the program (a build in the checkout, or an installation in
/// share/splinternet/scenarios), and ./scenarios. Only folders that exist; each once.
std::vector<std::string> library_folders();

/// A further folder, looked into after SPLINTERNET_SCENARIOS and before all others: for hosts other than the program,
/// such as the Python package, which brings its scenarios along. To be called before threads start.
void add_library_folder(const std::string& folder);

/// The path of a scenario: of a file (anything that ends in ".toml" or has a slash), or of a shipped scenario by name;
/// those of the folder `gallery` are named "gallery/<name>". Throws ScenarioError with the nearest name if there is
/// none.
std::string find_scenario(std::string_view name_or_path);

/// The name by which commands find the shipped scenario of this file, or the path itself if it is none.
std::string shipped_name(const std::string& path);

/// The folder of tables that a result file names relative to its scenario, e.g. "data/world-2020", looked for in the
/// library folders. Throws ScenarioError if it is in none of them.
std::string find_tables(std::string_view relative_name);

struct ScenarioEntry {
  std::string name;
  std::string title;
  std::string question;
  std::vector<std::string> commands;  ///< that can be given the name: "run", "analyse"; none if it cannot be read

  /// Whether it belongs to the gallery: models of the literature to learn from.
  [[nodiscard]] bool in_gallery() const { return name.starts_with("gallery/"); }
};

/// The shipped scenarios, sorted by name; a name in an earlier folder hides the same name in later ones. A file that
/// cannot be read is listed with the reason as its title.
std::vector<ScenarioEntry> list_scenarios();

}  // namespace splinternet
