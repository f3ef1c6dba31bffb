#include "sim/io/text/scenario_library.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using testing::message_of;
using testing::TemporaryFolder;
using testing::write_file;

namespace {

/// A library of two scenarios and a world, named by the environment for as long as it lives.
class Library {
 public:
  Library() {
    std::filesystem::create_directories(folder_ / "data/tiny-world");
    std::filesystem::create_directories(folder_ / "gallery");
    std::filesystem::create_directories(folder_ / "other");
    write_file(folder_ / "aa-first.toml", "title = \"First\"\nquestion = \"What?\"\n");
    write_file(folder_ / "aa-second.toml", "extends = \"aa-first.toml\"\ntitle = \"Second\"\n");
    ::setenv("SPLINTERNET_SCENARIOS", folder_.path().c_str(), 1);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() { ::unsetenv("SPLINTERNET_SCENARIOS"); }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("The folder that the environment names comes first, and only folders that exist are searched") {
  const Library library;
  const std::vector<std::string> folders = library_folders();
  REQUIRE_FALSE(folders.empty());
  CHECK(folders.front() == library.folder().path().string());
  for (const std::string& folder : folders) CHECK(std::filesystem::is_directory(folder));
  ::setenv("SPLINTERNET_SCENARIOS", "/no/such/folder", 1);
  const std::vector<std::string> others = library_folders();
  CHECK(std::count(others.begin(), others.end(), "/no/such/folder") == 0);
}

TEST_CASE("A scenario is found by name or by path") {
  const Library library;
  const std::string path = library.folder() / "aa-first.toml";
  CHECK(find_scenario("aa-first") == path);
  CHECK(find_scenario(path) == path);
}

TEST_CASE("A scenario that is not there is refused with the nearest name") {
  const Library library;
  const auto by_name = message_of<ScenarioError>([] { find_scenario("aa-frist"); });
  CHECK(by_name.starts_with("aa-frist: there is no shipped scenario of this name"));
  CHECK(by_name.ends_with("Did you mean \"aa-first\"?"));
  const std::string path = library.folder() / "aa-frist.toml";
  const auto by_path = message_of<ScenarioError>([&] { find_scenario(path); });
  CHECK(by_path.starts_with(path + ": there is no such file"));
  CHECK(by_path.ends_with("Did you mean \"aa-first.toml\"?"));
}

TEST_CASE("A name that was begun is answered with the first that goes on so") {
  const Library library;
  write_file(library.folder() / "gallery/zz-power.toml", "title = \"Power\"\n");
  const auto refusal = [](const char* name) { return message_of<ScenarioError>([&] { find_scenario(name); }); };
  CHECK(refusal("aa").ends_with("Did you mean \"aa-first\"?"));
  CHECK(refusal("zz").ends_with("Did you mean \"gallery/zz-power\"?"));
  CHECK(refusal("qqqqqqqq").ends_with("correct the name."));
  CHECK(refusal("").ends_with("correct the name."));
}

TEST_CASE("An entry of the gallery is found by its name in it, and from there only") {
  const Library library;
  const std::string path = library.folder() / "gallery/power.toml";
  write_file(path, "title = \"Power\"\n[analysis.x]\nkind = \"a\"\n");
  write_file(library.folder() / "other/rest.toml", "title = \"Rest\"\n");
  CHECK(find_scenario("gallery/power") == path);
  CHECK(
      message_of<ScenarioError>([] { find_scenario("other/rest"); }).starts_with("other/rest: there is no such file"));
  CHECK(message_of<ScenarioError>([] { find_scenario("powr"); }).ends_with("Did you mean \"gallery/power\"?"));
  CHECK(message_of<ScenarioError>([] { find_scenario("gallery/pwoer"); }).ends_with("Did you mean \"gallery/power\"?"));
  CHECK(shipped_name(path) == "gallery/power");
  CHECK(shipped_name(library.folder() / "gallery/../aa-first.toml") == "aa-first");
  CHECK(shipped_name("elsewhere.toml") == "elsewhere.toml");
}

TEST_CASE("Many names are counted, not listed, in the message about one that is not there") {
  const Library library;
  // Beside a checkout the names of its gallery are too many already.
  const bool are_few = list_scenarios().size() <= 16;
  CHECK((message_of<ScenarioError>([] { find_scenario("nothing-like-it"); }).find("\"aa-first\"") !=
         std::string::npos) == are_few);
  for (char c = 'a'; c <= 'z'; ++c) write_file(library.folder() / ("gallery/" + std::string(1, c) + ".toml"), "");
  CHECK(message_of<ScenarioError>([] { find_scenario("nothing-like-it"); }).find("`splinternet list` lists them") !=
        std::string::npos);
}

TEST_CASE("The commands that take a scenario are listed with it") {
  const Library library;
  const std::string analysis = "[analysis.x]\nkind = \"a\"\n";
  write_file(library.folder() / "gallery/a-both.toml", "[run]\nseed = 1\n" + analysis);
  write_file(library.folder() / "gallery/b-analysed.toml", analysis);
  write_file(library.folder() / "gallery/c-broken.toml", "title = \n");
  const std::string crowd = "[run]\nseed = 1\n[world]\nactors = 12\n[countries]\nchoice = ";
  write_file(library.folder() / "gallery/d-game.toml", crowd + "\"logit\"\n");
  write_file(library.folder() / "gallery/e-crowd.toml", crowd + "\"threshold\"\n");
  using Words = std::vector<std::string>;
  std::size_t found = 0;
  for (const ScenarioEntry& entry : list_scenarios()) {
    if (entry.name == "aa-first") CHECK((entry.commands == Words{"run"} && !entry.in_gallery() && ++found > 0));
    if (entry.name == "gallery/a-both")
      CHECK((entry.commands == Words{"run", "analyse"} && entry.in_gallery() && ++found > 0));
    if (entry.name == "gallery/b-analysed") CHECK((entry.commands == Words{"analyse"} && ++found > 0));
    if (entry.name == "gallery/c-broken") CHECK((entry.commands.empty() && ++found > 0));
    if (entry.name == "gallery/d-game") CHECK((entry.commands == Words{"run", "analyse"} && ++found > 0));
    if (entry.name == "gallery/e-crowd") CHECK((entry.commands == Words{"run"} && ++found > 0));
  }
  CHECK(found == 6);
}

TEST_CASE("Tables are found by the name that result files give them") {
  const Library library;
  CHECK(find_tables("data/tiny-world") == (library.folder() / "data/tiny-world").string());
  const auto message = message_of<ScenarioError>([] { find_tables("data/tiny-wrold"); });
  CHECK(message.starts_with("data/tiny-wrold: this folder of tables is not found"));
  CHECK(message.ends_with("Did you mean \"tiny-world\"?"));
}

TEST_CASE("Shipped scenarios are listed by name with title and question, also inherited or unreadable ones") {
  const Library library;
  write_file(library.folder() / "aa-broken.toml", "title = \n");
  const std::vector<ScenarioEntry> entries = list_scenarios();
  REQUIRE(entries.size() >= 3);
  CHECK(entries[0].name == "aa-broken");
  CHECK(entries[0].title.starts_with("cannot be read: "));
  CHECK(entries[1].title == "First");
  CHECK(entries[2].name == "aa-second");
  CHECK(entries[2].title == "Second");
  CHECK(entries[2].question == "What?");
}
