#include "sim/study/stored_world.hpp"

#include "sim/core/digest.hpp"
#include "sim/engine/version.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/payoffs/term.hpp"
#include "sim/study/analyse.hpp"
#include "sim/study/explain.hpp"
#include "sim/study/replay.hpp"
#include "sim/study/verify.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

LabelledDataset with_attribute(const std::string& name, const std::string& value) {
  LabelledDataset result = run_classroom().dataset;
  for (auto& [key, text] : result.attributes) {
    if (key == name) text = value;
  }
  return result;
}

/// So much for each framework that an option adds, less for each that it leaves.
class Liking final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "liking"; }
  [[nodiscard]] std::string_view symbol() const override { return "liking"; }
  [[nodiscard]] std::string_view meaning() const override { return "liking of frameworks"; }
  [[nodiscard]] ParameterRows parameters() const override { return {}; }
  [[nodiscard]] TermWorlds worlds() const override { return TermWorlds::kAll; }
  [[nodiscard]] TermCalls calls() const override { return TermCalls::kAllAtOnce; }
  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    for (std::size_t n = begin; n < end; ++n) {
      const auto [added, dropped] = moves_to(world, options.country[n], options.target[n]);
      out[n] = 0.5 * __builtin_popcount(added) - 0.5 * __builtin_popcount(dropped);
    }
  }
};

class SameValues final : public FirmValuation {
 public:
  void value(const World&, std::span<const std::uint32_t>, std::span<const std::uint8_t>,
             std::span<double>) const override {}
};

Extensions liking(char digit, const std::string& name = "liking", const std::string& unit = "pp") {
  Extensions extensions;
  extensions.terms.push_back({{name, unit, std::string(64, digit)}, std::make_shared<const Liking>()});
  return extensions;
}

void add_firm_rule(Extensions& extensions) {
  extensions.firms = Extensions::Firms{{"same", std::string(kUnitOfFirmValues), std::string(64, 'f')},
                                       std::make_shared<const SameValues>()};
}

RunResult run_classroom_with(const Extensions& extensions) {
  const StoredWorld stored = stored_world(run_classroom().dataset, "run.h5", "");
  return run_to_end(make_setting(stored.scenario, stored.tables, extensions), {});
}

}  // namespace

TEST_CASE("a result file tells scenario and tables from which the same world is made") {
  const RunResult run = run_classroom({"countries.temperature=0.2"});
  const StoredWorld stored = stored_world(run.dataset, "run.h5", "");
  CHECK(stored.scenario.resolved == run.world.scenario().resolved);
  CHECK(to_hex(stored.tables.digest) == run.dataset.attribute("tables_digest"));
  CHECK(state_digest(World(make_setting(stored.scenario, stored.tables))) ==
        std::get<std::vector<std::uint64_t>>(run.dataset.find("state_digest")->values)[0]);
}

TEST_CASE("a stored world that cannot be had is refused with the name of the file") {
  const auto message = [](const LabelledDataset& result, const std::string& tables) {
    return error_message([&] { stored_world(result, "run.h5", tables); });
  };
  CHECK_THAT(message(with_attribute("scenario", "nonsense ="), ""), Catch::Matchers::StartsWith("run.h5: "));
  CHECK_THAT(message(with_attribute("tables", "nowhere"), ""),
             contains_substring("run.h5: its tables are needed: ") && contains_substring("--tables"));
  CHECK_THAT(message(with_attribute("digest_algorithm", "fnv"), ""),
             contains_substring("run.h5: its digests are of algorithm \"fnv\""));
  CHECK_THAT(message(run_classroom().dataset, SPLINTERNET_SOURCE_DIR "/scenarios/data/world-2020"),
             contains_substring("run.h5: it was made from tables with digest "));
}

TEST_CASE("only a file of another code gets a note") {
  CHECK(notes_on_code(run_classroom().dataset).empty());
  const std::vector<std::string> notes = notes_on_code(with_attribute("code_commit", "0123456"));
  REQUIRE(notes.size() == 1);
  CHECK_THAT(notes[0], contains_substring(" (0123456), replayed by " + std::string(code_version())));
}

TEST_CASE("a run with a rule of a user is told as such, explained, and replayed with it only") {
  const RunResult run = run_classroom_with(liking('a'));
  CHECK(run.dataset.attribute(kRulesAttribute) == "payoff liking sha256:" + std::string(64, 'a') + " pp\n");
  CHECK(run_classroom().dataset.attribute(kRulesAttribute).empty());
  const auto& terms = std::get<std::vector<std::string>>(run.dataset.find("term")->values);
  REQUIRE(!terms.empty());
  CHECK(terms.back() == "liking");
  CHECK(replay_decisions(run.dataset).faults.empty());
  const auto& countries = std::get<std::vector<std::string>>(run.dataset.find("decision_country")->values);
  REQUIRE(!countries.empty());
  CHECK_THAT(explain(run.dataset, countries.front(), {}),
             contains_substring("liking") && contains_substring("a rule of the user"));

  const auto verify = [&](const Extensions& given) { return verify_result(run.dataset, "run.h5", "", {}, given); };
  CHECK(verify(liking('a')).differences.empty());
  const auto message = [&](const Extensions& given) { return error_message([&] { verify(given); }); };
  CHECK(message({}) == "run.h5: the run used rules written in Python: payoff term liking (sha256 aaaaaaaaaaaa…); only "
                       "Python can make it again, e.g. splinternet.verify(file, payoffs=[liking])");
  CHECK_THAT(message(liking('b')), contains_substring("the run used the payoff term liking (sha256 aaaaaaaaaaaa…) in pp, "
                                                      "but given is the payoff term liking (sha256 bbbbbbbbbbbb…) in pp"));
  CHECK_THAT(message(liking('a', "other")), contains_substring("in this place the run used the payoff term liking"));
  CHECK_THAT(message(liking('a', "liking", "utils")), contains_substring("in utils: its text, or a value that it uses"));
  Extensions more = liking('a');
  add_firm_rule(more);
  CHECK_THAT(message(more), contains_substring("the run had no firm rule same (sha256 ffffffffffff…); leave it out"));
  CHECK_THAT(error_message([&] { verify_result(run_classroom().dataset, "run.h5", "", {}, liking('a')); }),
             contains_substring("the run had no payoff term liking"));
}

TEST_CASE("a file whose run had rules of a user is analysed with them only") {
  Extensions both = liking('a');
  add_firm_rule(both);
  const RunResult run = run_classroom_with(both);
  const TemporaryFolder folder;
  const std::string path = (folder / "run.h5").string();
  write_atomically(path, to_hdf5(run.dataset));
  AnalysisRequest request;
  CHECK_THAT(error_message([&] { analyse(path, request, {}); }),
             contains_substring("payoff term liking (sha256 aaaaaaaaaaaa…), firm rule same (sha256 ffffffffffff…)") &&
                 contains_substring("(file, payoffs=[liking], firm_rule=same)"));
  request.extensions = liking('a');
  CHECK_THAT(error_message([&] { analyse(path, request, {}); }),
             contains_substring("the run used the firm rule same (sha256 ffffffffffff…), which is not given"));
  request.extensions = both;
  request.pivotal = "1";
  const Analysis analysis = analyse(path, request, {});
  CHECK(state_digest(analysis.world) == state_digest(run.world));
  CHECK(analysis.pivotal.size() == 1);
}
