#include "sim/study/compare.hpp"

#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"

using namespace splinternet;
using namespace splinternet::testing;
using Lines = std::vector<std::string>;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

RunSpec monthly() {
  RunSpec run;
  run.start = Date{2020, 8, 1};
  run.horizon = 2;
  return run;
}

/// Three steps, two countries, two parts of the state, one act, two decisions with three options, one of each type.
LabelledDataset small() {
  LabelledDataset data;
  data.attributes = {{"seed", "7"}, {"scenario", "a = 1"}, {"code_version", "1"}};
  data.dims = {{"step", 3}, {"country", 2}, {"state_part", 2}, {"act", 1}, {"decision", 2}, {"option", 3}};
  using Digests = std::vector<std::uint64_t>;
  data.arrays = {
      {"country", {"country"}, Lines{"BRA", "KEN"}, "", "", {}},
      {"state_part", {"state_part"}, Lines{"members.level", "members.depth"}, "", "", {}},
      {"income", {"step", "country"}, std::vector<double>{0, kNaN, 2, 3, 4, 0.1}, "percent", "income", {}},
      {"index", {"step"}, std::vector<float>{0.0F, 0.5F, 0.1F}, "1", "index", {}},
      {"level", {"step", "country"}, std::vector<std::int8_t>{0, 1, 2, 0, 1, 5}, "1", "", {"none", "listed", "signed"}},
      {"open", {"step"}, std::vector<Flag>{{0}, {1}, {1}}, "1", "", {}},
      {"total", {}, std::vector<std::int64_t>{5}, "1", "", {}},
      {"state_digest", {"step"}, Digests{1, 2, 3}, "1", "", {}},
      {"state_part_digest", {"step", "state_part"}, Digests{1, 2, 3, 4, 5, 6}, "1", "", {}},
      {"act_step", {"act"}, std::vector<std::int32_t>{2}, "1", "", {}},
      {"act_country", {"act"}, Lines{"KEN"}, "", "", {}},
      {"act_framework", {"act"}, Lines{"gids"}, "", "", {}},
      {"decision_step", {"decision"}, std::vector<std::int32_t>{1, 2}, "1", "", {}},
      {"decision_country", {"decision"}, Lines{"BRA", "KEN"}, "", "", {}},
      {"decision_first_option", {"decision"}, std::vector<std::int32_t>{0, 2}, "1", "", {}},
      {"option_total", {"option"}, std::vector<double>{0, 1, 2}, "percent", "", {}},
  };
  return data;
}

template <class T>
std::vector<T>& values(LabelledDataset& data, std::string_view name) {
  for (LabelledArray& array : data.arrays) {
    if (array.name == name) return std::get<std::vector<T>>(array.values);
  }
  throw std::logic_error("no such array");
}

LabelledArray& array(LabelledDataset& data, std::string_view name) {
  for (LabelledArray& array : data.arrays) {
    if (array.name == name) return array;
  }
  throw std::logic_error("no such array");
}

Lines lines(const LabelledDataset& stored) {
  return differences(stored, small(), monthly());
}

}  // namespace

TEST_CASE("equal results have no differences, and any NaN equals any NaN") {
  LabelledDataset stored = small();
  CHECK(lines(stored).empty());
  values<double>(stored, "income")[1] = -kNaN;
  CHECK(lines(stored).empty());
}

TEST_CASE("a value that differs in its last bit is named with step, month, labels and both values") {
  LabelledDataset stored = small();
  double& value = values<double>(stored, "income")[5];
  value = std::nextafter(value, 1.0);
  CHECK(lines(stored) == Lines{"income at step 2 (2020-09), country KEN: stored 0.10000000000000002, recomputed 0.1"});
}

TEST_CASE("minus zero is not zero, and NaN is no number") {
  LabelledDataset stored = small();
  values<float>(stored, "index")[0] = -0.0F;
  CHECK(lines(stored) == Lines{"index at step 0 (2020-08): stored -0, recomputed 0"});
  stored = small();
  values<double>(stored, "income")[1] = 0.0;
  CHECK(lines(stored) == Lines{"income at step 0 (2020-08), country KEN: stored 0, recomputed nan"});
}

TEST_CASE("every type of element is compared and shown") {
  LabelledDataset stored = small();
  values<std::int8_t>(stored, "level")[2] = 0;
  values<Flag>(stored, "open")[0] = Flag{1};
  values<std::int64_t>(stored, "total")[0] = 6;
  values<std::string>(stored, "country")[1] = "KNA";
  CHECK(lines(stored) == Lines{"country at country 1: stored \"KNA\", recomputed \"KEN\"",
                               "total: stored 6, recomputed 5",
                               "open at step 0 (2020-08): stored true, recomputed false",
                               "level at step 1 (2020-08), country BRA: stored 0 (none), recomputed 2 (signed)"});
  stored = small();
  values<std::int8_t>(stored, "level")[5] = 6;  // no word stands for it
  CHECK(lines(stored) == Lines{"level at step 2 (2020-09), country KEN: stored 6, recomputed 5"});
}

TEST_CASE("a step digest comes first and names the parts of the state that differ") {
  LabelledDataset stored = small();
  values<double>(stored, "income")[0] = 1.0;
  values<std::uint64_t>(stored, "state_digest")[1] = 9;
  values<std::uint64_t>(stored, "state_digest")[2] = 9;
  CHECK(lines(stored)[0] ==
        "state_digest at step 1 (2020-08): stored 0000000000000009, recomputed 0000000000000002; no "
        "part of the state differs");
  values<std::uint64_t>(stored, "state_part_digest")[3] = 9;
  const Lines found = lines(stored);
  CHECK_THAT(found[0], contains_substring("; parts of the state that differ: members.depth"));
  CHECK_THAT(found[1], contains_substring("income at step 0"));
  CHECK(found[2] ==
        "state_part_digest at step 1 (2020-08), state_part members.depth: stored 0000000000000009, "
        "recomputed 0000000000000004");
}

TEST_CASE("the earliest step comes first, what has no step before it") {
  LabelledDataset stored = small();
  values<double>(stored, "income")[4] = 9.0;
  values<float>(stored, "index")[1] = 9.0F;
  values<std::string>(stored, "state_part")[0] = "members.lvl";
  const Lines found = lines(stored);
  REQUIRE(found.size() == 3);
  CHECK_THAT(found[0], contains_substring("state_part at state_part 0"));
  CHECK_THAT(found[1], contains_substring("index at step 1"));
  CHECK_THAT(found[2], contains_substring("income at step 2"));
}

TEST_CASE("rows of acts, decisions and options are told by step and country") {
  LabelledDataset stored = small();
  values<std::string>(stored, "act_framework")[0] = "clean";
  values<double>(stored, "option_total")[1] = 9.0;
  CHECK(lines(stored) ==
        Lines{"option_total at option 1 of decision 0, step 1 (2020-08), country BRA: stored 9, "
              "recomputed 1",
              "act_framework at act 0, step 2 (2020-09), country KEN, framework gids: stored \"clean\", "
              "recomputed \"gids\""});
  stored = small();
  values<double>(stored, "option_total")[2] = 9.0;
  CHECK_THAT(lines(stored)[0], contains_substring("option 2 of decision 1, step 2 (2020-09), country KEN"));
}

TEST_CASE("arrays that only one of them has are named") {
  LabelledDataset stored = small();
  array(stored, "total").name = "sum";
  CHECK(lines(stored) == Lines{"sum: stored, but not recomputed", "total: recomputed, but not stored"});
}

TEST_CASE("other dimensions, types, counts, units, meanings and flags are differences") {
  const auto line_with = [](auto&& change) {
    LabelledDataset stored = small();
    change(stored);
    const Lines found = lines(stored);
    REQUIRE(found.size() == 1);
    return found[0];
  };
  CHECK(line_with([](LabelledDataset& d) { array(d, "index").dims = {"country"}; }) ==
        "index: dimensions stored \"country\", recomputed \"step\"");
  CHECK(line_with([](LabelledDataset& d) {
          array(d, "index").values = std::vector<double>{0, 0.5, 0.1};
        }) == "index: the stored type is not the recomputed one");
  CHECK(line_with([](LabelledDataset& d) { values<float>(d, "index").pop_back(); }) ==
        "index: 2 values stored, 3 recomputed");
  CHECK(line_with([](LabelledDataset& d) { array(d, "index").units = "ms"; }) ==
        "index: unit stored \"ms\", recomputed \"1\"");
  CHECK(line_with([](LabelledDataset& d) { array(d, "index").long_name = "x"; }) ==
        "index: meaning stored \"x\", recomputed \"index\"");
  CHECK(line_with([](LabelledDataset& d) {
          array(d, "level").flag_meanings = {"no", "yes"};
        }) == "level: flags stored \"no yes\", recomputed \"none listed signed\"");
}

TEST_CASE("attributes are compared, but not which code wrote the file") {
  LabelledDataset stored = small();
  stored.attributes = {{"seed", "8"}, {"scenario", "a = 2"}, {"code_version", "2"}};
  CHECK(lines(stored) == Lines{"attribute seed: stored \"8\", recomputed \"7\"",
                               "attribute scenario: this program would write its text differently"});
}

TEST_CASE("a value along metrics steps is placed by the step that it was measured at") {
  LabelledDataset stored = small();
  stored.dims.emplace_back("metrics_step", 2);
  stored.arrays.push_back({"metrics_step", {"metrics_step"}, std::vector<std::int32_t>{0, 2}, "1", "", {}});
  stored.arrays.push_back({"reach", {"metrics_step", "country"}, std::vector<float>{1, 1, 1, 0.5F}, "1", "", {}});
  LabelledDataset other = stored;
  values<float>(other, "reach")[3] = 0.25F;
  const Lines lines = differences(stored, other, monthly());
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] == "reach at step 2 (2020-09), country KEN: stored 0.5, recomputed 0.25");
}
