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
  for (const char* part : {"\nClean Network: ", "\nGIDS: ", "Internally stable: ", "Externally stable: ",
                           "With transfers among members: ", "Committed: USA ", "First to leave", "First to join"}) {
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
