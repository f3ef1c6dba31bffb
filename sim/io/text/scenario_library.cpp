#include "sim/io/text/scenario_library.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <system_error>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/io/text/analysis_file.hpp"
#include "sim/io/text/scenario_merge.hpp"
#include "sim/io/text/toml_reader.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

namespace fs = std::filesystem;

/// Folders above the program: the checkout (…/build/release/splinternet) or the prefix (…/bin/splinternet).
std::vector<fs::path> folders_of_program() {
  std::vector<fs::path> folders;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return folders;
  fs::path folder = program.parent_path();
  constexpr int kLevels = 5;
  for (int level = 0; level < kLevels; ++level, folder = folder.parent_path()) {
    folders.push_back(folder / "scenarios");
    folders.push_back(folder / "share" / "splinternet" / "scenarios");
  }
  return folders;
}

std::vector<fs::path>& added_folders() {
  static std::vector<fs::path> folders;
  return folders;
}

/// Only a folder with scenarios or tables in it: others may bear the same name.
bool is_library(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder / "data", error)) return true;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") return true;
  }
  return false;
}

void add_files(const fs::path& folder, const std::string& prefix, std::map<std::string, std::string>& files) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".toml") continue;
    files.emplace(prefix + entry.path().stem().string(), entry.path().string());
  }
}

/// Files of the shipped scenarios by name; the first folder that has a name wins.
std::map<std::string, std::string> shipped_files() {
  std::map<std::string, std::string> files;
  for (const std::string& folder : library_folders()) {
    add_files(folder, "", files);
    add_files(fs::path(folder) / "gallery", "gallery/", files);
  }
  return files;
}

/// All names where they can be read at a glance.
std::string names_text(const std::vector<std::string>& names) {
  constexpr std::size_t kReadableList = 16;
  if (names.empty()) return "the path of a scenario file";
  if (names.size() <= kReadableList) return list_text(names) + ", or the path of a scenario file";
  return "one of " + std::to_string(names.size()) +
         " names; `splinternet list` lists them; or the path of a scenario file";
}

/// The nearest name; "<name>" is near "gallery/<name>", and "clean-network" the start of one.
std::string shipped_hint(const std::string& name, const std::vector<std::string>& names) {
  if (const std::string hint = did_you_mean(name, names); !hint.empty()) return hint;
  if (const std::string hint = did_you_mean("gallery/" + name, names); !hint.empty() || name.empty()) return hint;
  const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& shipped) {
    return shipped.starts_with(name) || shipped.starts_with("gallery/" + name);
  });
  return found == names.end() ? "" : " Did you mean \"" + *found + "\"?";
}

/// Whether all states can be gone through: few actors who weigh payoffs.
bool is_small_game(const TomlValue& document) {
  constexpr std::int64_t kFewActors = 20;
  const TomlValue* countries = document.find("countries");
  const TomlValue* world = document.find("world");
  if (countries == nullptr || world == nullptr) return false;
  const TomlValue* choice = countries->find("choice");
  const bool looks_at_peers =
      choice != nullptr && (choice->text == "threshold" || choice->text == "imitate" || choice->text == "policy_table");
  const TomlValue* actors = world->find("actors");
  return !looks_at_peers && (actors == nullptr || actors->integer <= kFewActors);
}

std::string searched(const std::vector<std::string>& folders) {
  std::string text;
  for (const std::string& folder : folders) text += (text.empty() ? "" : ", ") + folder;
  return text.empty() ? "no folder of scenarios was found; set SPLINTERNET_SCENARIOS to one" : "looked for in " + text;
}

}  // namespace

std::vector<std::string> library_folders() {
  std::vector<fs::path> candidates;
  if (const char* named = std::getenv("SPLINTERNET_SCENARIOS"); named != nullptr && *named != '\0') {
    candidates.emplace_back(named);
  }
  for (const fs::path& folder : added_folders()) candidates.push_back(folder);
  for (fs::path& folder : folders_of_program()) candidates.push_back(std::move(folder));
  candidates.emplace_back("scenarios");
  std::vector<std::string> folders;
  std::vector<fs::path> seen;
  for (const fs::path& candidate : candidates) {
    if (!is_library(candidate)) continue;
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(candidate, error);
    if (std::find(seen.begin(), seen.end(), canonical) != seen.end()) continue;
    seen.push_back(canonical);
    folders.push_back(candidate.string());
  }
  return folders;
}

void add_library_folder(const std::string& folder) {
  added_folders().emplace_back(folder);
}

std::string find_scenario(std::string_view name_or_path) {
  const std::string name(name_or_path);
  std::error_code ignored;
  const bool is_path = name.ends_with(".toml") || name.find('/') != std::string::npos;
  if (is_path && fs::is_regular_file(name, ignored)) return name;
  const std::map<std::string, std::string> files = shipped_files();
  if (const auto found = files.find(name); found != files.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [shipped, path] : files) names.push_back(shipped);
  if (is_path) {
    const std::string near_file = nearest_file(name);
    refuse({name, "", "there is no such file", "a scenario file, or the name of a shipped scenario",
            "correct the name." + (near_file.empty() ? did_you_mean(name, names) : near_file)});
  }
  refuse({name, "", "there is no shipped scenario of this name; " + searched(library_folders()), names_text(names),
          "correct the name." + shipped_hint(name, names)});
}

std::string shipped_name(const std::string& path) {
  std::error_code ignored;
  for (const auto& [name, file] : shipped_files()) {
    if (file == path || fs::equivalent(file, path, ignored)) return name;
  }
  return path;
}

std::string find_tables(std::string_view relative_name) {
  const fs::path name(relative_name);
  const std::vector<std::string> folders = library_folders();
  std::error_code ignored;
  for (const std::string& folder : folders) {
    const fs::path path = fs::path(folder) / name;
    if (name.is_relative() && fs::is_directory(path, ignored)) return path.string();
  }
  const std::string hint = folders.empty() ? "" : nearest_file((fs::path(folders.front()) / name).string());
  refuse({std::string(relative_name), "world.tables", "this folder of tables is not found", "",
          searched(folders) + "." + hint});
}

std::vector<ScenarioEntry> list_scenarios() {
  std::vector<ScenarioEntry> entries;
  for (const auto& [name, path] : shipped_files()) {
    ScenarioEntry entry{name, "", "", {}};
    try {
      const TomlValue document = resolve_extends(read_toml(path), path, fs::path(path).parent_path().string());
      const TomlReader reader(&document, "", document.place);
      entry.title = reader.text("title");
      entry.question = reader.text("question");
      const bool is_analysed = document.find("analysis") != nullptr;
      if (!is_analysed || is_runnable(document)) entry.commands.emplace_back("run");
      if (is_analysed || (entry.in_gallery() && is_small_game(document))) entry.commands.emplace_back("analyse");
    } catch (const Error& error) {
      entry.title = "cannot be read: " + std::string(error.what());
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace splinternet
