#include "sim/study/analyses/registry.hpp"

#include <algorithm>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/posed.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("kinds of analysis stand in the order of their names, each with a reader") {
  const auto kinds = analysis_kinds();
  CHECK(std::is_sorted(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const AnalysisKind& kind : kinds) {
    CHECK(kind.pose != nullptr);
    // It asks for keys of its own: none is content with nothing.
    CHECK(contains(refusal("kind = \"" + std::string(kind.name) + "\"\n"), "analysis.test."));
  }
}

TEST_CASE("an analysis is posed by its kind, and an unknown one refused with the nearest") {
  CHECK(posed("kind = \"voting_power\"\nquota = 2\nweights = [1, 1, 1]\n")->subject() == "3 voters, 1 condition");
  const std::string message = refusal("kind = \"voting_powr\"\nquota = 2\n");
  CHECK(contains(message, "case.toml:2:8: unknown kind of analysis \"voting_powr\""));
  CHECK(contains(message, "key      analysis.test.kind"));
  CHECK(contains(message, "allowed  \"network_competition\", \"trading_blocs\""));
  CHECK(contains(message, "Did you mean \"voting_power\"?"));
}
