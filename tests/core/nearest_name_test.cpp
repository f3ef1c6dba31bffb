#include "sim/core/nearest_name.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;

namespace {

const std::vector<std::string> kNames = {"coercion", "budget_busd", "budget_musd", "courting", "tau", "theta"};

}  // namespace

TEST_CASE("The nearest name is found through each kind of slip") {
  CHECK(nearest_name("coercion", kNames) == "coercion");
  CHECK(nearest_name("corcion", kNames) == "coercion");    // left out
  CHECK(nearest_name("coerrcion", kNames) == "coercion");  // put in
  CHECK(nearest_name("coersion", kNames) == "coercion");   // replaced
  CHECK(nearest_name("coecrion", kNames) == "coercion");   // swapped
  CHECK(nearest_name("COERCION", kNames) == "coercion");   // case does not count
}

TEST_CASE("Swapped neighbours count as one slip") {
  // Four letters allow two slips; a swap counted as two replacements would make three.
  CHECK(nearest_name("atux", std::vector<std::string>{"tau"}) == "tau");
  CHECK(nearest_name("ba", std::vector<std::string>{"ab"}) == "ab");
}

TEST_CASE("Names further away than a slip of the pen are not offered") {
  CHECK(nearest_name("xyz", kNames).empty());
  CHECK(nearest_name("", kNames).empty());
  CHECK(nearest_name("coercion", {}).empty());
  // Three letters allow one slip, four allow two.
  CHECK(nearest_name("abc", std::vector<std::string>{"abd"}) == "abd");
  CHECK(nearest_name("abc", std::vector<std::string>{"axd"}).empty());
  CHECK(nearest_name("abcd", std::vector<std::string>{"abxy"}) == "abxy");
  CHECK(nearest_name("abcd", std::vector<std::string>{"axyz"}).empty());
}

TEST_CASE("Ties go to the first candidate and a better later one wins") {
  CHECK(nearest_name("budget_xusd", kNames) == "budget_busd");
  CHECK(nearest_name("budget_musd", kNames) == "budget_musd");
}

TEST_CASE("The hint is a sentence or nothing") {
  CHECK(did_you_mean("thetta", kNames) == " Did you mean \"theta\"?");
  CHECK(did_you_mean("something_else", kNames).empty());
}

TEST_CASE("The nearest file name is offered for a missing file") {
  const testing::TemporaryFolder folder;
  testing::write_file(folder / "clean-network.toml", "");
  CHECK(nearest_file(folder / "clean-netwrok.toml") == " Did you mean \"clean-network.toml\"?");
  CHECK(nearest_file(folder / "quite-different").empty());
  CHECK(nearest_file(folder / "no-folder/clean-network.toml").empty());
}
