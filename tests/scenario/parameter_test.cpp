#include "sim/scenario/parameter.hpp"

#include "tests/support/catch.hpp"

namespace splinternet::testing {
namespace {

constexpr Parameter kRate = real("room.rate", "per month", 0.25, {0, 1}, {0.1, 0.5}, "how fast", "[J] guess");
constexpr Parameter kCount = integer("room.count", "firms", 7, {0, 100}, {1, 50}, "how many", "[D]");
constexpr Parameter kSwitch = flag("room.switch", true, "whether", "[D]");
constexpr Parameter kWord = option("framework.*.word", "first|second|third one", "which", "[D]");

TEST_CASE("a row keeps the allowed and the plausible range apart") {
  CHECK(kRate.kind == ParameterKind::kReal);
  CHECK(kRate.value == 0.25);
  CHECK(kRate.lower == 0.0);
  CHECK(kRate.upper == 1.0);
  CHECK(kRate.plausible_low == 0.1);
  CHECK(kRate.plausible_high == 0.5);
  CHECK(kRate.unit == "per month");
  CHECK(kRate.meaning == "how fast");
  CHECK(kRate.source == "[J] guess");
}

TEST_CASE("whole numbers, flags and options are stored as numbers") {
  CHECK(kCount.kind == ParameterKind::kInteger);
  CHECK(kCount.value == 7.0);
  CHECK(kSwitch.kind == ParameterKind::kFlag);
  CHECK(kSwitch.value == 1.0);
  CHECK(kWord.kind == ParameterKind::kOption);
  CHECK(kWord.value == 0.0);
}

TEST_CASE("the words of an option come in order, others have none") {
  CHECK(option_words(kWord) == std::vector<std::string>{"first", "second", "third one"});
  CHECK(option_words(option("a", "only", "", "")) == std::vector<std::string>{"only"});
  CHECK(option_words(kRate).empty());
}

TEST_CASE("a path with a star belongs to the family before it") {
  CHECK(family_prefix("framework.*.word") == "framework.");
  CHECK(family_prefix("framework.*.provisions.x") == "framework.");
  CHECK(family_prefix("room.rate").empty());
}

TEST_CASE("an instance takes the place of the star") {
  CHECK(instance_path("framework.*.word", "gids") == "framework.gids.word");
  CHECK(instance_path("room.rate", "gids") == "room.rate");
}

}  // namespace
}  // namespace splinternet::testing
