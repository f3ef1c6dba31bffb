#include "sim/app/analyse_command.hpp"

#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/program.hpp"

using namespace splinternet::testing;

namespace {

/// A year of the classroom in `folder`/run.h5.
std::string result_in(const TemporaryFolder& folder) {
  const std::string file = (folder / "run.h5").string();
  REQUIRE(run({"run", "classroom-12", "-o", file, "--set", "run.horizon=12", "--quiet"}).code == 0);
  return file;
}

void refused(const std::vector<std::string>& arguments, const std::string& reason) {
  const Ran ran = run(arguments);
  INFO(ran.err);
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, contains_substring(reason));
  CHECK(ran.err.find("splinternet: ") == 0);
  CHECK(ran.err.find("splinternet: ", 1) == std::string::npos);  // one message
}

}  // namespace

TEST_CASE("analyse tells whether the frameworks of a result hold together") {
  const TemporaryFolder folder;
  const Ran ran = run({"analyse", result_in(folder)});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, contains_substring("at the end of step 12 (2021-07)"));
  for (const char* part :
       {"\nClean Network: ", "\nGIDS: ", "Internally stable: ", "Externally stable: ",
        "Internally stable with transfers among members: ", "Committed: USA ", "First to leave", "First to join"}) {
    CHECK_THAT(ran.out, contains_substring(part));
  }
  CHECK_THAT(ran.out, !contains_substring("Without "));
}

TEST_CASE("analyse holds countries out and writes its numbers, whatever the number of threads") {
  const TemporaryFolder folder;
  const std::string file = result_in(folder);
  const std::string csv = (folder / "numbers.csv").string();
  const Ran ran = run({"analyse", file, "--step", "6", "--pivotal", "KEN,Japan", "--csv", csv});
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, contains_substring("at the end of step 6 (2021-01)"));
  CHECK_THAT(ran.out, contains_substring("\nWithout Kenya (KEN), held out"));
  CHECK_THAT(ran.out, contains_substring("\nWithout Japan (JPN), held out"));
  const std::string table = read_file(csv);
  CHECK_THAT(table, Catch::Matchers::StartsWith("part,framework,country,quantity,value,standard_error,unit\n"));
  CHECK_THAT(table, contains_substring("\npivotal,gids,JPN,other_members_without,"));
  const Ran again = run({"analyse", file, "--step", "6", "--pivotal", "KEN,Japan", "--csv", csv, "--threads", "1"});
  CHECK(again.out == ran.out);
  CHECK(read_file(csv) == table);
}

TEST_CASE("what analyse cannot do is one message, and nothing is written") {
  const TemporaryFolder folder;
  const std::string file = result_in(folder);
  refused({"analyse", "nowhere.h5"}, "nowhere.h5: the file does not exist");
  refused({"analyse", SPLINTERNET_SOURCE_DIR "/README.md"}, "README.md: ");
  refused({"analyse", file, "--step", "13"}, "there is no step 13: the run has steps 0 (its start) to 12");
  refused({"analyse", file, "--step", "May"}, "--step = May");
  refused({"analyse", file, "--pivotal", "Kenia"}, "Did you mean \"Kenya\"?");
  refused({"analyse", file, "--pivotal", "USA", "--csv", (folder / "n.csv").string()}, "USA sponsors clean_network");
  refused({"analyse", file, "--csv", folder.path().string()}, "this is a folder");
  refused({"analyse", file, "--csv", file + "/n.csv"}, "Choose another place with --csv");
  refused({"analyse", file, "--tables", "nowhere"}, "nowhere");
  CHECK(folder.names() == std::vector<std::string>{"run.h5"});
}

TEST_CASE("analyse tells the lesson and the numbers of an entry of the gallery, and writes them") {
  const TemporaryFolder folder;
  const std::string csv = (folder / "power.csv").string();
  const Ran ran = run({"analyse", "gallery/unsc-power", "--csv", csv});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Catch::Matchers::StartsWith("Fifteen seats, five vetoes"));
  CHECK_THAT(ran.out, contains_substring("421/2145 = 0.196270"));
  CHECK_THAT(read_file(csv), contains_substring("council,permanent,5,7,0.19627039627039627,421/2145,"));
  CHECK_THAT(run({"analyse", "gallery/unsc-power", "--set", "analysis.council.quota=45"}).out,
             contains_substring("a coalition wins with 45 of 45 votes"));
  CHECK(run({"analyse", SPLINTERNET_SOURCE_DIR "/scenarios/gallery/unsc-power.toml"}).out ==
        run({"analyse", "gallery/unsc-power"}).out);
}

TEST_CASE("what analyse cannot do with a scenario is one message, and nothing is written") {
  const TemporaryFolder folder;
  const std::string csv = (folder / "n.csv").string();
  refused({"analyse", "gallery/unsc-powr", "--csv", csv}, "Did you mean \"gallery/unsc-power\"?");
  refused({"analyse", "gallery/unsc-power", "--csv", csv, "--step", "1"}, "this option is for result files");
  refused({"analyse", "gallery/unsc-power", "--csv", csv, "--set", "analysis.council.quota=46"}, "above the sum");
  refused({"analyse", "gallery/unsc-power", "--csv", folder.path().string()}, "this is a folder");
  refused({"analyse", "x.h5", "--csv", csv, "--set", "analysis.council.quota=46"}, "taken for a result file");
  CHECK(folder.names().empty());
}

TEST_CASE("analyse goes through all states of a scenario without analyses of its own, and writes what it finds") {
  const TemporaryFolder folder;
  const std::string csv = (folder / "states.csv").string();
  const Ran ran = run({"analyse", "gallery/unix-alliances", "--csv", csv});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Catch::Matchers::StartsWith("Two standards for one system"));
  CHECK_THAT(ran.out, contains_substring("128 of 512 starts end in a state of rest, 384 in a cycle of 2 states"));
  CHECK_THAT(read_file(csv), contains_substring("\nrest_states,"));
  const Ran other = run({"analyse", "gallery/unix-alliances", "--set", "countries.choice=logit", "--threads", "1"});
  CHECK_THAT(other.out, contains_substring("Logit at temperature 0.1"));
  const std::string none = (folder / "none.csv").string();
  refused({"analyse", "classroom-12", "--csv", none}, "at the start nobody can choose anything");
  CHECK(folder.names().size() == 1);
}
