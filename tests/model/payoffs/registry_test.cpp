#include "sim/model/payoffs/registry.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include "sim/core/check.hpp"
#include "sim/model/catalogue.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("registry: it holds the terms of the utility, then the literature's, each under one name and one symbol") {
  std::string symbols;
  std::set<char> distinct;
  std::set<std::string> names;
  for (const PayoffTerm* term : all_terms()) {
    symbols += term->symbol();
    distinct.insert(term->symbol().front());
    names.insert(std::string(term->name()));
  }
  CHECK(symbols.starts_with("EANXDLCVRHT"));
  CHECK(distinct.size() == all_terms().size());
  CHECK(names.size() == all_terms().size());
  CHECK(term_names().size() == all_terms().size());
}

TEST_CASE("registry: a scenario that names no terms has those of the utility, which all fit a map") {
  const std::vector<std::string> names = default_term_names();
  CHECK(names == std::vector<std::string>{"market_access", "alignment", "peers", "security", "domestic_firms",
                                          "side_payment", "compliance", "replacement", "retaliation", "inertia",
                                          "taste"});
  for (const std::string& name : names) CHECK(find_term(name)->worlds() != TermWorlds::kOfActors);
}

TEST_CASE("registry: a term is found by its name only") {
  for (const PayoffTerm* term : all_terms()) CHECK(find_term(term->name()) == term);
  CHECK(find_term("Alignment") == nullptr);
  CHECK(find_term("") == nullptr);
}

TEST_CASE("registry: the active terms are those of the scenario, in its order") {
  Setting setting;
  setting.scenario.terms = {"inertia", "alignment"};
  const std::vector<const PayoffTerm*> terms = active_terms(setting);
  REQUIRE(terms.size() == 2);
  CHECK(terms[0]->name() == "inertia");
  CHECK(terms[1]->name() == "alignment");
  setting.scenario.terms.push_back("glamour");
  CHECK_THROWS_AS(active_terms(setting), InternalError);
}

TEST_CASE("registry: terms of a user follow the scenario's, in their order") {
  Setting setting;
  setting.scenario.terms = {"inertia", "alignment"};
  for (const char* name : {"taste", "peers"}) {
    const std::shared_ptr<const PayoffTerm> own(find_term(name), [](const PayoffTerm*) {});
    setting.extensions.terms.push_back({{name, "pp", ""}, own});
  }
  const std::vector<const PayoffTerm*> terms = active_terms(setting);
  REQUIRE(terms.size() == 4);
  CHECK(terms[1] == find_term("alignment"));
  CHECK(terms[2] == find_term("taste"));
  CHECK(terms[3] == find_term("peers"));
}

TEST_CASE("registry: no term of the program wants all options at once") {
  CHECK(!any_at_once(all_terms()));
}

TEST_CASE("registry: every parameter of a term stands in the catalogue once") {
  const ParameterRows catalogue = parameter_catalogue();
  for (const PayoffTerm* term : all_terms()) {
    for (const Parameter* row : term->parameters()) CHECK(std::count(catalogue.begin(), catalogue.end(), row) == 1);
  }
}

}  // namespace
}  // namespace splinternet::testing
