#include "sim/app/command.hpp"

#include "sim/engine/version.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/program.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("the version is that of the code") {
  const Ran ran = run({"--version"});
  CHECK(ran.code == 0);
  CHECK(ran.out == std::string(code_version()) + " (" + std::string(code_commit()) + ")\n");
}

TEST_CASE("help lists the commands, and each has its own") {
  const Ran ran = run({"--help"});
  CHECK(ran.code == 0);
  for (const char* command : {"run", "check", "params", "list", "verify", "explain", "analyse"}) {
    CHECK_THAT(ran.out, contains_substring(std::string("\n  ") + command + " "));
    const Ran help = run({command, "--help"});
    CHECK(help.code == 0);
    CHECK_THAT(help.out, contains_substring("Usage: "));
  }
}

TEST_CASE("misuse ends with 2, nothing on standard output, and one message with a remedy") {
  const auto refused = [](const std::vector<std::string>& arguments, const std::string& message) {
    const Ran ran = run(arguments);
    INFO(ran.err);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Matchers::StartsWith("splinternet: "));
    CHECK_THAT(ran.err, contains_substring(message));
    CHECK_THAT(ran.err, contains_substring("\n  remedy   "));
  };
  refused({}, "a command is needed");
  refused({"rnu", "classroom-12"}, "Did you mean \"run\"?");
  refused({"--quiet"}, "--help");
  refused({"run"}, "scenario is required");
  refused({"run", "classroom-12", "--thread", "2"}, "Did you mean \"--threads\"?");
  refused({"run", "classroom-12", "--threads", "two"}, "--threads: Value two not in range 0 to 1024");
  refused({"run", "classroom-12", "--threads", "-1"}, "not in range 0 to 1024");
  refused({"run", "classroom-12", "second"}, "not expected: second");
  refused({"run", "classroom-12", "-o"}, "--output");
  refused({"params", "--json", "--markdown"}, "excludes");
  refused({"verify"}, "file is required");
  refused({"explain", "run.h5"}, "country is required");
  refused({"explain", "run.h5", "BRA", "--step", "May"}, "--step = May");
}

TEST_CASE("bad input ends with 2 and one message that begins with the program's name") {
  const auto message = [](const std::vector<std::string>& arguments) {
    const Ran ran = run(arguments);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Matchers::StartsWith("splinternet: "));
    return ran.err;
  };
  CHECK_THAT(message({"check", "clasroom-12"}), contains_substring("Did you mean \"classroom-12\"?"));
  CHECK_THAT(message({"verify", "nowhere.h5"}), contains_substring("nowhere.h5: the file does not exist"));
  CHECK_THAT(message({"explain", "nowhere.h5", "BRA"}), contains_substring("nowhere.h5: the file does not exist"));
}

TEST_CASE("the program returns what the command returns") {
  CHECK(Child({"--version"}).wait().code == 0);
  CHECK(Child({"rnu"}).wait().code == 2);
}
