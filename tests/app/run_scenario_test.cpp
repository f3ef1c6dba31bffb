#include "sim/app/run_scenario.hpp"

#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "sim/core/check.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/program.hpp"

using namespace splinternet;
using namespace splinternet::testing;
using Names = std::vector<std::string>;

namespace {

/// `run classroom-12` for a year with further arguments.
Ran run_year(const Names& more) {
  Names arguments{"run", "classroom-12", "--set", "run.horizon=12"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments);
}

/// A run that takes minutes if nobody stops it.
Names long_run(const std::filesystem::path& output) {
  return {"run", "clean-network-2020", "--set", "run.horizon=9000", "-o", output.string()};
}

/// Works in another folder for its lifetime.
class WorkingFolder {
 public:
  explicit WorkingFolder(const std::filesystem::path& path) { std::filesystem::current_path(path); }
  ~WorkingFolder() { std::filesystem::current_path(before_); }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  std::filesystem::path before_ = std::filesystem::current_path();
};

}  // namespace

TEST_CASE("a run writes its file, prints a summary and says where the file is") {
  const TemporaryFolder folder;
  const std::string path = (folder / "a/b/year.h5").string();
  const Ran ran = run_year({"-o", path});
  CHECK(ran.code == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Catch::Matchers::StartsWith("Twelve countries, two frameworks: a classroom world: 12 countries"));
  CHECK_THAT(ran.out, Catch::Matchers::EndsWith("Written: " + path + "\n"));
  CHECK(from_hdf5(path).size("step") == 13);
}

TEST_CASE("a run of a scenario that teaches begins with its question and lesson") {
  const TemporaryFolder folder;
  const Ran ran = run({"run", "gallery/granovetter-gap", "-o", (folder / "gap.h5").string()});
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, Catch::Matchers::StartsWith("One person less willing, and no riot: the gap in Granovetter's "
                                                  "crowd\nHow different are two crowds that act differently?\n\nThe "
                                                  "crowd of gallery/granovetter-crowd, but for one: "));
  CHECK_THAT(ran.out, contains_substring("Granovetter (1978), American Journal of Sociology 83: 1420.\n\nOne person "));
  CHECK_THAT(ran.out, contains_substring("riot: 1 signed: P001\n"));
}

TEST_CASE("--quiet prints nothing") {
  const TemporaryFolder folder;
  const Ran ran = run_year({"--quiet", "-o", (folder / "year.h5").string()});
  CHECK(ran.code == 0);
  CHECK(ran.out.empty());
  CHECK(ran.err.empty());
  CHECK(folder.names() == Names{"year.h5"});
}

TEST_CASE("without -o the file is out/<scenario>.h5 in the working folder") {
  const TemporaryFolder folder;
  const WorkingFolder here(folder.path());
  const Ran ran = run_year({});
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, Catch::Matchers::EndsWith("Written: out/classroom-12.h5\n"));
  CHECK(std::filesystem::is_regular_file(folder / "out/classroom-12.h5"));
}

TEST_CASE("--seed and --set change what is run and are told in the file") {
  const TemporaryFolder folder;
  const auto result = [&](const Names& more) {
    Names arguments{"--quiet", "-o", (folder / "year.h5").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    REQUIRE(run_year(arguments).code == 0);
    return from_hdf5(folder / "year.h5");
  };
  const LabelledDataset plain = result({});
  const LabelledDataset seeded = result({"--seed", "2"});
  CHECK(plain.attribute("seed") == "1");
  CHECK(seeded.attribute("seed") == "2");
  CHECK((plain.find("state_digest")->values != seeded.find("state_digest")->values));
  CHECK((result({"--set", "run.seed=2"}).find("state_digest")->values == seeded.find("state_digest")->values));
  const LabelledDataset warm = result({"--set", "countries.temperature=0.25", "--set", "countries.refusal_months=3"});
  CHECK_THAT(std::string(warm.attribute("scenario")), contains_substring("temperature = 0.25"));
  CHECK_THAT(std::string(warm.attribute("scenario")), contains_substring("refusal_months = 3"));
}

TEST_CASE("--seed comes after --set") {
  CHECK(overrides({"run.seed=1", "run.horizon=2"}, "3").back().key == "run.seed");
  CHECK(overrides({"run.seed=1"}, "").size() == 1);
  CHECK_THROWS_AS(overrides({"run.seed"}, ""), ScenarioError);
}

TEST_CASE("a rerun and any number of threads give the same bytes") {
  const TemporaryFolder folder;
  const auto bytes = [&](const std::string& threads) {
    REQUIRE(run_year({"--quiet", "--threads", threads, "-o", (folder / "year.h5").string()}).code == 0);
    return read_file(folder / "year.h5");
  };
  const std::string expected = bytes("1");
  for (const char* threads : {"1", "2", "3", "8"}) CHECK((bytes(threads) == expected));
}

TEST_CASE("an output that cannot be written ends with 2 before anything is run") {
  const TemporaryFolder folder;
  write_file(folder / "file", "x");
  for (const auto& path : {folder.path(), folder / "file/run.h5", std::filesystem::path("/dev/null")}) {
    const Ran ran = run({"run", "clean-network-2020", "--set", "run.horizon=9000", "-o", path.string()});
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, contains_substring(path.string() + ": cannot write the result"));
  }
  CHECK(folder.names() == Names{"file"});
}

TEST_CASE("a scenario that cannot be run ends with 2 and leaves nothing") {
  const TemporaryFolder folder;
  const std::string path = (folder / "out/year.h5").string();
  CHECK(run_year({"--seed", "abc", "-o", path}).code == 2);
  CHECK_THAT(run_year({"--seed", "-1", "-o", path}).err, contains_substring("run.seed"));
  CHECK_THAT(run_year({"--set", "countries.temprature=2", "-o", path}).err,
             contains_substring("Did you mean \"temperature\"?"));
  CHECK_THAT(run_year({"--set", "record.arrays=[\"splinternet_idx\"]", "-o", path}).err,
             contains_substring("Did you mean \"splinternet_index\"?"));
  CHECK(folder.names().empty());
}

TEST_CASE("Ctrl-C and SIGTERM end a run with 130, and nothing is left") {
  const TemporaryFolder folder;
  const int signal = GENERATE(SIGINT, SIGTERM);
  const Child child(long_run(folder / "out/run.h5"));
  REQUIRE(child.wait_until_it_catches_interrupts());
  child.send(signal);
  const Ran ran = child.wait();
  CHECK(ran.code == 130);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, contains_substring("splinternet: interrupted after step "));
  CHECK_THAT(ran.err, contains_substring(" of 9000; nothing was written\n"));
  CHECK(folder.names().empty());
}

TEST_CASE("an existing file is replaced only after success") {
  const TemporaryFolder folder;
  write_file(folder / "run.h5", "old");
  const Child child(long_run(folder / "run.h5"));
  REQUIRE(child.wait_until_it_catches_interrupts());
  child.send(SIGINT);
  CHECK(child.wait().code == 130);
  CHECK(read_file(folder / "run.h5") == "old");

  const Names year{"run", "classroom-12", "--set", "run.horizon=12", "--quiet", "-o", (folder / "run.h5").string()};
  const Ran limited = Child(year, [] {
                        const rlimit small{10'000, 10'000};
                        ::setrlimit(RLIMIT_FSIZE, &small);
#ifdef SPLINTERNET_COUNTS_LINES
                        // gcov writes its counts when the program's own handler is gone again.
                        ::signal(SIGXFSZ, SIG_IGN);
#endif
                      }).wait();
  CHECK(limited.code == 2);
  CHECK_THAT(limited.err, contains_substring("run.h5: cannot be written: File too large"));
  CHECK(read_file(folder / "run.h5") == "old");

  CHECK(Child(year).wait().code == 0);
  CHECK(from_hdf5(folder / "run.h5").size("step") == 13);
  CHECK(folder.names() == Names{"run.h5"});
}
