#include "sim/study/analyse.hpp"

#include <cmath>

#include "sim/core/parallel.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/trade_response.hpp"
#include "sim/study/analysis_csv.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

Analysis analyse_result(const LabelledDataset& result, const AnalysisRequest& request = {}) {
  const TemporaryFolder folder;
  write_atomically(folder / "run.h5", to_hdf5(result));
  return analyse((folder / "run.h5").string(), request, {});
}

const LabelledDataset& classroom() {
  static const LabelledDataset result = run_classroom().dataset;
  return result;
}

AnalysisRequest at_step(std::int32_t step, std::string pivotal = "") {
  return {"", step, std::move(pivotal)};
}

std::string refusal(const LabelledDataset& result, const AnalysisRequest& request) {
  return error_message([&] { analyse_result(result, request); });
}

}  // namespace

TEST_CASE("a file is analysed at the end of its run, with what price() says about that world") {
  RunResult run = run_classroom();
  const Analysis analysis = analyse_result(run.dataset);
  CHECK(analysis.notes.empty());
  CHECK(analysis.pivotal.empty());
  CHECK(analysis.world.step == kClassroomSteps);
  REQUIRE(analysis.frameworks.size() == 2);
  World& world = run.world;
  refresh_response(world);
  std::size_t priced_by_hand = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    for (const CountryMargin& entry : analysis.frameworks[k].stability.countries) {
      PricedOptions priced;
      const bool in = contains(world.membership(entry.country), k);
      priced.options.add(entry.country,
                         in ? world.membership(entry.country) & ~bit(k) : accession_or_swap(world, entry.country, k));
      price(world, priced);
      CHECK(entry.change == priced.total[0]);
      ++priced_by_hand;
    }
  }
  CHECK(priced_by_hand > 20);
}

TEST_CASE("an earlier step is analysed as if the run had ended there") {
  const LabelledDataset shorter = run_classroom({"run.horizon=5"}).dataset;
  const std::string text = analysis_csv(analyse_result(classroom(), at_step(5)));
  CHECK(text == analysis_csv(analyse_result(shorter)));
  CHECK(text != analysis_csv(analyse_result(classroom())));
  CHECK(analyse_result(classroom(), at_step(0)).world.step == 0);
}

TEST_CASE("countries are held out by name or as the largest members, each in a run of its own") {
  const Analysis named = analyse_result(classroom(), at_step(12, "gbr,Chile,GBR"));
  REQUIRE(named.pivotal.size() == 2);
  CHECK(named.world.setting().countries.code[named.pivotal[0].country] == "GBR");
  CHECK(named.world.setting().countries.code[named.pivotal[1].country] == "CHL");
  std::size_t members = 0;
  double last = INFINITY;
  const Analysis largest = analyse_result(classroom(), at_step(12, "99"));
  const World& world = largest.world;
  for (std::size_t i = 0; i < world.countries(); ++i) members += world.membership(i) != 0 ? 1 : 0;
  CHECK(largest.pivotal.size() == members - 2);  // all but the two sponsors
  for (const Pivotality& one : largest.pivotal) {
    CHECK(world.membership(one.country) != 0);
    CHECK(world.setting().countries.gdp_busd[one.country] <= last);
    last = world.setting().countries.gdp_busd[one.country];
  }
  CHECK(analyse_result(classroom(), at_step(12, "0")).pivotal.empty());
}

TEST_CASE("no number of an analysis depends on the number of threads") {
  const std::string text = analysis_csv(analyse_result(classroom(), at_step(12, "2")));
  const parallel::ThreadLimit limit(1);
  CHECK(analysis_csv(analyse_result(classroom(), at_step(12, "2"))) == text);
}

TEST_CASE("a step or country that the run does not have is refused with the file's name") {
  for (const std::int32_t step : {-1, 13}) {
    CHECK_THAT(refusal(classroom(), at_step(step)),
               contains_substring("run.h5: there is no step " + std::to_string(step) +
                                  ": the run has steps 0 (its start) to 12"));
  }
  CHECK_THAT(refusal(classroom(), at_step(12, "KEM")), contains_substring("run.h5: the result has no country \"KEM\""));
  CHECK_THAT(refusal(classroom(), at_step(12, "KEN,")), contains_substring("run.h5: the result has no country \"\""));
  CHECK_THAT(refusal(classroom(), at_step(12, "CHN")), contains_substring("run.h5: --pivotal: CHN sponsors gids"));
}

TEST_CASE("a file whose states are not those of its scenario is refused") {
  LabelledDataset result = classroom();
  for (LabelledArray& array : result.arrays) {
    if (array.name == "state_digest") std::get<std::vector<std::uint64_t>>(array.values)[7] ^= 1U;
  }
  CHECK_THAT(refusal(result, {}), contains_substring("run.h5: a replay of its scenario gives another state in step 7"));
  CHECK(analyse_result(result, at_step(6)).world.step == 6);
}

TEST_CASE("a scenario in which nobody decides has no coalitions to analyse") {
  const TemporaryFolder folder;
  const std::string tables = SPLINTERNET_SOURCE_DIR "/scenarios/data/classroom-12";
  std::string text = read_file(shipped("classroom-12"));
  text = text.substr(0, text.find("[countries]"));
  text.replace(text.find("data/classroom-12"), std::string("data/classroom-12").size(), tables);
  write_file(folder / "still.toml", text);
  const std::vector<Override> overrides{{"run.horizon", "1"}};
  const RunResult run = run_to_end(load_setting((folder / "still.toml").string(), overrides), {});
  CHECK_THAT(refusal(run.dataset, {tables, std::nullopt, ""}),
             contains_substring("run.h5: its scenario has no section [countries]: nobody decides in it"));
}

TEST_CASE("an analysis that is stopped says so") {
  const TemporaryFolder folder;
  write_atomically(folder / "run.h5", to_hdf5(classroom()));
  int calls = 0;
  const auto stop = [&](int done, int all) {
    ++calls;
    CHECK(all == 24);
    return done < 15;
  };
  CHECK(error_message([&] { analyse((folder / "run.h5").string(), at_step(12, "KEN"), stop); }) ==
        "interrupted; nothing was written");
  CHECK(calls == 15);
}

TEST_CASE("a result in memory is analysed as its file is") {
  const AnalysisRequest request = at_step(12);
  CHECK(analysis_csv(analyse(classroom(), "a run", request, {})) == analysis_csv(analyse_result(classroom(), request)));
  CHECK_THAT(error_message([&] { analyse(classroom(), "a run", at_step(-1), {}); }),
             contains_substring("a run: there is no step -1"));
}
