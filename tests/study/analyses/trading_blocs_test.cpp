#include "sim/study/analyses/trading_blocs.hpp"

#include <cmath>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/posed.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::string keys(const std::string& blocs, const std::string& substitution, const std::string& tariff) {
  return "kind = \"trading_blocs\"\ncountries = 60\nblocs = " + blocs +
         "\nelasticity_of_substitution = " + substitution + "\nexternal_tariff = " + tariff + "\n";
}

double value(const ResultTable& table, std::size_t row, const std::string& column) {
  return std::stod(cell(table, row, column));
}

/// U(B)/U(1) of Krugman (1991).
double closed_form(double substitution, double blocs, double tariff) {
  const double power = std::pow(1.0 + tariff, substitution);
  const double own = power / (power + blocs - 1.0);
  const double consumed = 1.0 / blocs + (1.0 - 1.0 / blocs) * std::pow(1.0 + tariff, 1.0 - substitution);
  return blocs * own * std::pow(consumed, substitution / (substitution - 1.0));
}

}  // namespace

TEST_CASE("real income of divided worlds is that of Krugman's closed form and least at three blocs") {
  const std::string substitution = GENERATE("1.5", "2", "4", "10");
  const ResultTable table = posed(keys("[1, 2, 3, 4, 5, 6, 10, 20, 60]", substitution, "\"optimal\""))->answer().table;
  REQUIRE(table.rows.size() == 9);
  for (std::size_t row = 0; row < 9; ++row) {
    const double expected =
        closed_form(std::stod(substitution), value(table, row, "blocs"), value(table, row, "external_tariff"));
    CHECK(value(table, row, "real_income") == near(expected, 1e-10));
    CHECK(value(table, row, "real_income") >= value(table, 2, "real_income"));
  }
  CHECK(cells(table, "blocs") == "1 2 3 4 5 6 10 20 60");
  CHECK(cells(table, "countries_per_bloc") == "60 30 20 15 12 10 6 3 1");
  CHECK(value(table, 0, "real_income") == 1.0);
  CHECK(value(table, 0, "external_tariff") == 0.0);
}

TEST_CASE("measures of division follow from the flows between blocs") {
  const ResultTable table = posed(keys("[1, 3, 60]", "4", "0.3"))->answer().table;
  const double own = 1.0, foreign = std::pow(1.3, -3.0);  // spending on a bloc's goods, by the taste for them
  for (std::size_t row = 0; row < 3; ++row) {
    const double blocs = value(table, row, "blocs");
    const double within = own / (own + (blocs - 1.0) * foreign);
    CHECK(value(table, row, "within_share") == near(within, 1e-10));
    CHECK(value(table, row, "effective_blocs") == near(blocs, 1e-10));
    CHECK(value(table, row, "decoupling") == near(blocs > 1.0 ? 1.0 - foreign / own : 0.0, 1e-10));
  }
}

TEST_CASE("a world does not depend on those before it in the list") {
  const ResultTable all = posed(keys("[2, 3, 5]", "4", "\"optimal\""))->answer().table;
  const ResultTable alone = posed(keys("[5]", "4", "\"optimal\""))->answer().table;
  CHECK(all.rows[2] == alone.rows[0]);
}

TEST_CASE("the text names the worst number of blocs and its loss") {
  const auto question = posed(keys("[1, 2, 3, 4]", "4", "\"optimal\""));
  CHECK(question->subject() == "60 countries, 4 divisions");
  const std::string text = question->answer().text;
  CHECK(contains(text, "test: 60 equal countries, elasticity of substitution 4, the optimal external tariff"));
  CHECK(contains(text, "\n  3                  20  40.2 %     94.573 % "));
  CHECK(contains(text, "\nLeast real income: 3 blocs, 5.43 % below free trade.\n"));
  CHECK(contains(posed(keys("[1]", "4", "0.3"))->answer().text, "a fixed external tariff"));
}

TEST_CASE("trading blocs that cannot be are refused with place and remedy") {
  const std::string optimal = "\"optimal\"";
  CHECK(contains(refusal(keys("[2, 7]", "4", optimal)), "case.toml:4:13: 60 countries cannot form 7 blocs"));
  CHECK(contains(refusal(keys("[2, 7]", "4", optimal)), "divisors of 60: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60"));
  CHECK(contains(refusal(keys("[0]", "4", optimal)), "0 is out of range"));
  CHECK(contains(refusal(keys("[]", "4", optimal)), "the list is empty"));
  CHECK(contains(refusal(keys("3", "4", optimal)), "has the wrong type"));
  for (const char* substitution : {"1", "0.5", "-3"}) {
    const std::string message = refusal(keys("[2]", substitution, optimal));
    CHECK(contains(message, "case.toml:5:30: " + std::string(substitution) + " is out of range: at 1 or less"));
    CHECK(contains(message, "key      analysis.test.elasticity_of_substitution"));
  }
  CHECK(contains(refusal(keys("[2]", "\"4\"", optimal)), "write the number without quotes"));
  CHECK(contains(refusal(keys("[2]", "1e9", optimal)), "write 1000 or less"));
  CHECK(contains(refusal(keys("[2]", "nan", optimal)), "not a finite number"));
  CHECK(contains(refusal(keys("[2]", "4", "-0.1")), "write 0 or more"));
  CHECK(contains(refusal(keys("[2]", "4", "\"optimum\"")), "Did you mean \"optimal\"?"));
  CHECK(contains(refusal(keys("[2]", "4", "true")), "has the wrong type"));
  CHECK(contains(refusal(keys("[2]", "4", optimal) + "tarif = 1\n"), "unknown key \"tarif\""));
  CHECK(contains(refusal("kind = \"trading_blocs\"\n"), "\"countries\" is missing"));
}
