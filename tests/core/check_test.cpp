#include "sim/core/check.hpp"

#include <string>

#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

std::string message_of_failed_check() {
  const int found = 3;
  try {
    SPLINTERNET_CHECK(found == 4, "found", found, 0.1);
  } catch (const InternalError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("A check that holds does nothing and evaluates its condition once") {
  int evaluated = 0;
  SPLINTERNET_CHECK(++evaluated == 1, evaluated);
  CHECK(evaluated == 1);
}

TEST_CASE("A failed check names the condition, the place and the values") {
  const std::string message = message_of_failed_check();
  CHECK(message.find("expected found == 4") != std::string::npos);
  CHECK(message.find("core/check_test.cpp:14") != std::string::npos);
  CHECK(message.find("values: found 3 0.1") != std::string::npos);
}

TEST_CASE("The place of a failed check starts below the folder of the checkout") {
  for (const char* file : {"/home/someone/sim/checkout/sim/core/dense.cpp", "sim/core/dense.cpp"}) {
    CHECK_THROWS_WITH(detail::fail_check("n > 0", file, 12, ""),
                      "internal error: expected n > 0 at sim/core/dense.cpp:12");
  }
  CHECK_THROWS_WITH(detail::fail_check("n > 0", "other.cpp", 1, " 2"),
                    "internal error: expected n > 0 at other.cpp:1; values: 2");
}

TEST_CASE("Every error is an Error with its message") {
  CHECK_THROWS_AS(throw ScenarioError("a"), Error);
  CHECK_THROWS_AS(throw DataError("a"), Error);
  CHECK_THROWS_AS(throw FileError("a"), Error);
  CHECK_THROWS_AS(throw SolverError("a"), Error);
  CHECK_THROWS_AS(throw InternalError("a"), Error);
  CHECK_THROWS_WITH(throw DataError("countries.csv:3: text"), "countries.csv:3: text");
}
