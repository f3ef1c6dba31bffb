#include "sim/study/verify.hpp"

#include <cmath>
#include <cstring>
#include <filesystem>

#include "sim/core/digest.hpp"
#include "sim/engine/run_attributes.hpp"
#include "sim/engine/version.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/damage.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

const LabelledDataset& classroom() {
  static const LabelledDataset result = run_classroom().dataset;
  return result;
}

/// Verifies a file that holds the result.
Verification verify(const LabelledDataset& result, const std::string& tables = "") {
  const TemporaryFolder folder;
  write_atomically(folder / "run.h5", to_hdf5(result));
  return verify_result((folder / "run.h5").string(), tables, {});
}

std::string message_of_verify(const LabelledDataset& result, const std::string& tables = "") {
  return message_of<DataError>([&] { return verify(result, tables).steps; });
}

LabelledDataset with_attribute(const std::string& name, const std::string& value) {
  LabelledDataset result = classroom();
  for (auto& [key, text] : result.attributes) {
    if (key == name) text = value;
  }
  return result;
}

template <class Real, class Bits>
Real with_last_bit_flipped(Real value) {
  Bits bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  bits ^= 1U;
  std::memcpy(&value, &bits, sizeof bits);
  return value;
}

template <class T>
T flipped(const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    return value + "x";
  } else if constexpr (std::is_same_v<T, Flag>) {
    return Flag{static_cast<std::int8_t>(value.value == 0)};
  } else if constexpr (std::is_same_v<T, double>) {
    return std::isnan(value) ? 0.0 : with_last_bit_flipped<double, std::uint64_t>(value);
  } else if constexpr (std::is_same_v<T, float>) {
    return std::isnan(value) ? 0.0F : with_last_bit_flipped<float, std::uint32_t>(value);
  } else {
    return static_cast<T>(value ^ T{1});
  }
}

/// Flips one bit of an element in the middle; returns its place.
std::size_t flip_one(LabelledArray& array) {
  const std::size_t n = element_count(array.values) / 2;
  std::visit([n](auto& values) { values[n] = flipped(values[n]); }, array.values);
  return n;
}

/// Whether a message names step and labels of that element of a series.
bool names_place(const std::string& line, const LabelledArray& array, std::size_t n) {
  if (array.dims.empty() || array.dims[0] != "step" || array.name == "step") return true;
  std::size_t stride = element_count(array.values) / classroom().size("step");
  bool named = line.find(" at step " + std::to_string(n / stride) + " (20") != std::string::npos;
  for (std::size_t d = 1; d < array.dims.size(); ++d) {
    const std::string& dim = array.dims[d];
    const std::size_t size = classroom().size(dim);
    stride /= size;
    const auto& names = std::get<std::vector<std::string>>(classroom().find(dim)->values);
    named = named && line.find(", " + dim + " " + names[n / stride % size]) != std::string::npos;
  }
  return named;
}

}  // namespace

TEST_CASE("a file as it was written verifies") {
  const Verification found = verify(classroom());
  CHECK(found.differences.empty());
  CHECK(found.notes.empty());
  CHECK(found.steps == kClassroomSteps);
  CHECK(found.arrays == classroom().arrays.size());
}

TEST_CASE("a flipped bit in any array is found and named") {
  std::size_t flips = 0;
  for (std::size_t a = 0; a < classroom().arrays.size(); ++a) {
    LabelledDataset result = classroom();
    LabelledArray& array = result.arrays[a];
    if (element_count(array.values) == 0) continue;
    const std::size_t n = flip_one(array);
    const std::vector<std::string> lines = verify(result).differences;
    INFO(array.name);
    REQUIRE(lines.size() == 1);
    CAPTURE(lines[0]);
    CHECK_THAT(lines[0], Catch::Matchers::StartsWith(array.name));
    CHECK(names_place(lines[0], array, n));
    CHECK_THAT(lines[0], contains_substring(": stored "));
    ++flips;
  }
  CHECK(flips > 60);
}

TEST_CASE("a flipped bit is named with variable, step, month, country and framework") {
  LabelledDataset result = classroom();
  for (LabelledArray& array : result.arrays) {
    if (array.name != "membership") continue;
    auto& values = std::get<std::vector<std::int8_t>>(array.values);
    values[(5 * 12 + 7) * 2 + 1] = 1;  // step 5, KEN, gids
  }
  const std::vector<std::string> lines = verify(result).differences;
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] ==
        "membership at step 5 (2020-12), country KEN, framework gids: stored 1 (listed), recomputed 0 (none)");
}

TEST_CASE("a flipped bit in a step digest is told apart from one in the digest of a part") {
  LabelledDataset result = classroom();
  for (LabelledArray& array : result.arrays) {
    if (array.name == "state_digest") std::get<std::vector<std::uint64_t>>(array.values)[7] ^= 1U << 20U;
  }
  std::vector<std::string> lines = verify(result).differences;
  REQUIRE(lines.size() == 1);
  CHECK_THAT(lines[0], Catch::Matchers::StartsWith("state_digest at step 7 (2021-02): stored "));
  CHECK_THAT(lines[0], Catch::Matchers::EndsWith("; no part of the state differs"));
  const std::size_t parts = result.size("state_part");
  for (LabelledArray& array : result.arrays) {
    if (array.name == "state_part_digest") std::get<std::vector<std::uint64_t>>(array.values)[7 * parts + 1] ^= 1U;
  }
  lines = verify(result).differences;
  REQUIRE(lines.size() == 2);
  CHECK_THAT(lines[0], Catch::Matchers::EndsWith("; parts of the state that differ: members.depth"));
  CHECK_THAT(lines[1], contains_substring("state_part_digest at step 7 (2021-02), state_part members.depth: stored "));
}

TEST_CASE("the results of another temperature under the same name do not verify, and the first step is told") {
  LabelledDataset result = run_classroom({"countries.temperature=0.5"}).dataset;
  for (auto& [key, text] : result.attributes) {
    if (key == "scenario") text = std::string(classroom().attribute("scenario"));
  }
  const std::vector<std::string> lines = verify(result).differences;
  REQUIRE(lines.size() > 5);
  CHECK_THAT(lines[0], Catch::Matchers::StartsWith("state_digest at step "));
  CHECK_THAT(lines[0], contains_substring("parts of the state that differ: "));
  CHECK_THAT(lines[0], contains_substring("courting.plan"));  // sponsors see it before anybody decides
}

TEST_CASE("arrays that are missing or too many are named") {
  LabelledDataset result = classroom();
  std::erase_if(result.arrays, [](const LabelledArray& array) { return array.name == "state_digest"; });
  result.arrays.push_back({"weather", {"step"}, std::vector<float>(kClassroomSteps + 1), "1", "", {}});
  CHECK(verify(result).differences ==
        std::vector<std::string>{"weather: stored, but not recomputed", "state_digest: recomputed, but not stored"});
}

TEST_CASE("another seed in the attributes is found") {
  CHECK(verify(with_attribute("seed", "2")).differences ==
        std::vector<std::string>{"attribute seed: stored \"2\", recomputed \"1\""});
}

TEST_CASE("a file of another version of the code is replayed, and that is said") {
  const Verification found = verify(with_attribute("code_version", "0.0.9"));
  CHECK(found.differences.empty());
  REQUIRE(found.notes.size() == 1);
  CHECK_THAT(found.notes[0], contains_substring("written by version 0.0.9 ("));
  CHECK_THAT(found.notes[0], contains_substring("replayed by " + std::string(code_version())));
}

TEST_CASE("another digest algorithm or format cannot be compared") {
  CHECK_THAT(message_of_verify(with_attribute("digest_algorithm", "fnv")),
             contains_substring("its digests are of algorithm \"fnv\", but this program computes \"" +
                                std::string(kDigestAlgorithm) + "\""));
  CHECK_THAT(message_of_verify(with_attribute("format_version", "9.0")), contains_substring("format has version 9.0"));
}

TEST_CASE("other tables are an error that names both digests") {
  const std::string other = SPLINTERNET_SOURCE_DIR "/scenarios/data/world-2020";
  const std::string message = message_of_verify(classroom(), other);
  CHECK_THAT(message, contains_substring("tables with digest " + std::string(classroom().attribute("tables_digest"))));
  CHECK_THAT(message, contains_substring("those in " + other + " have "));
  CHECK_THAT(message, contains_substring("--tables"));
}

TEST_CASE("tables elsewhere are used when they are named") {
  const TemporaryFolder folder;
  std::filesystem::copy(SPLINTERNET_SOURCE_DIR "/scenarios/data/classroom-12", folder / "mine");
  CHECK(verify(classroom(), (folder / "mine").string()).differences.empty());
}

TEST_CASE("tables that are not found are an error that tells how to name them") {
  const std::string message = message_of_verify(with_attribute("tables", "data/lost"));
  CHECK_THAT(message, contains_substring("run.h5: its tables are needed: data/lost"));
  CHECK_THAT(message, contains_substring("--tables"));
}

TEST_CASE("damage is an error that names the dataset") {
  const TemporaryFolder folder;
  const std::string path = (folder / "run.h5").string();
  write_atomically(path, to_hdf5(classroom()));
  damage(path, "real_income");
  CHECK_THAT(message_of<DataError>([&] { return verify_result(path, "", {}).steps; }),
             contains_substring("run.h5: dataset \"real_income\": its values do not match their checksum"));
}

TEST_CASE("a replay can be stopped") {
  const TemporaryFolder folder;
  write_atomically(folder / "run.h5", to_hdf5(classroom()));
  const auto stop = [](int done, int /*horizon*/) { return done < 3; };
  CHECK_THAT(message_of<Interrupted>([&] { return verify_result((folder / "run.h5").string(), "", stop).steps; }),
             contains_substring("after step 3 of 12"));
}

TEST_CASE("a result that was taken before the horizon is replayed as far as it goes") {
  const std::shared_ptr<const Setting> setting =
      load_setting(shipped("classroom-12"), std::vector<Override>{{"run.horizon", "12"}});
  const Verification found = verify(run_to_step(setting, 5, {}).dataset);
  CHECK(found.steps == 5);
  CHECK(found.differences.empty());
  LabelledDataset odd = run_to_step(setting, 5, {}).dataset;
  for (auto& [name, text] : odd.attributes) {
    if (name == kStoppedAfter) text = "13";
  }
  CHECK_THAT(message_of_verify(odd), contains_substring("its attribute stopped_after is \"13\", not a step before 12"));
}
