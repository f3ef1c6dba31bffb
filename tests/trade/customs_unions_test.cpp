#include "sim/trade/customs_unions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/trade/input_output.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using testing::contains;
using testing::error_message;
using testing::near;

namespace {

/// Real income of each country against free trade, each bloc with a tariff of its own.
std::vector<double> real_income(std::size_t countries, double substitution, const std::vector<double>& tariff) {
  InputOutputSolver solver(free_trade_world(countries, substitution));
  const std::vector<double> levels = external_tariffs(equal_blocs(countries, tariff.size()), tariff);
  return solver.solve({.cost_factor = {}, .productivity = {}, .tariff = levels, .deficit = {}}).real_income;
}

/// U(B)/U(1) of Krugman (1991).
double closed_form(double substitution, double blocs, double tariff) {
  const double power = std::pow(1.0 + tariff, substitution);
  const double own = power / (power + blocs - 1.0);
  const double consumed = 1.0 / blocs + (1.0 - 1.0 / blocs) * std::pow(1.0 + tariff, 1.0 - substitution);
  return blocs * own * std::pow(consumed, substitution / (substitution - 1.0));
}

/// Optimal tariff and welfare against free trade of 2, 3, … 10 blocs.
struct Solution {
  double substitution;
  std::array<double, 9> tariff, welfare;
};

// Krugman's equations solved outside this program.
const std::vector<Solution> kSolutions = {
    {1.5,
     {2.3292398328092774, 2.2873441417466345, 2.2541239194169376, 2.2273289973118597, 2.2053654382853076,
      2.187095256327292, 2.171695154882361, 2.1585602686337584, 2.1472391169213734},
     {0.796376572553537, 0.7738630174640252, 0.7811506797783089, 0.7951018592855772, 0.8098814121020266,
      0.8237883422913079, 0.8363731087248558, 0.8476043702380458, 0.8575891286323042}},
    {2.0,
     {1.205569430400831, 1.1745594102929802, 1.1509110843359427, 1.1324936884764123, 1.1178509723265009,
      1.1059863366937308, 1.0962085171313067, 1.088029207605208, 1.081096664824351},
     {0.8760858894420662, 0.8633130679901245, 0.8697360702164554, 0.8799613872300028, 0.8902168133293313,
      0.8995261940635908, 0.9077184785875996, 0.9148636897806156, 0.9210939995170142}},
    {4.0,
     {0.4162000797045932, 0.4018872071538406, 0.3913312590046149, 0.3833664213095616, 0.3772075678220784,
      0.3723341798314519, 0.36839778797269623, 0.365160478027767, 0.3624560974180882},
     {0.950381183113154, 0.9457326226551508, 0.9491562220311769, 0.9539335810607382, 0.9584921542214733,
      0.9624903121390173, 0.9659154376209581, 0.9688381102079614, 0.9713405290166985}},
    {10.0,
     {0.14085800097407877, 0.1354649924631534, 0.13153260820018892, 0.12860126133820327, 0.12635943518531445,
      0.12460225050907084, 0.12319422147483422, 0.12204401779881219, 0.12108861010973605},
     {0.9820742519949867, 0.9804790769122114, 0.9818613441674771, 0.9836975306875171, 0.9854123804739079,
      0.9868936224507829, 0.988147508009233, 0.989207171388377, 0.9901072676926792}}};

}  // namespace

TEST_CASE("optimal tariffs and welfare of two to ten equal blocs are Krugman's, and three are worst") {
  for (const Solution& row : kSolutions) {
    INFO(row.substitution);
    double least = 1.0;
    std::size_t worst = 1;
    for (std::size_t at = 0; at < row.tariff.size(); ++at) {
      const std::size_t blocs = at + 2;
      INFO(blocs << " blocs");
      const double tariff = optimal_external_tariff(row.substitution, blocs);
      CHECK(tariff == near(row.tariff[at], 1e-12));
      const auto income = real_income(2 * blocs, row.substitution, std::vector<double>(blocs, tariff));
      for (const double welfare : income) CHECK(welfare == near(row.welfare[at], 1e-11));
      if (income[0] < least) worst = blocs;
      least = std::min(least, income[0]);
    }
    CHECK(worst == 3);
  }
  CHECK(real_income(20, 4.0, std::vector<double>(20, optimal_external_tariff(4.0, 20))).front() ==
        near(0.98438, 0.0, 5e-6));
}

TEST_CASE("welfare under a fixed tariff is that of the closed form, whatever the number of countries in a bloc") {
  const auto [blocs, published] =
      GENERATE(table<std::size_t, double>({{1, 1.0}, {2, 0.969390}, {3, 0.966623}, {4, 0.968371}}));
  CHECK(closed_form(4.0, static_cast<double>(blocs), 0.3) == near(published, 1e-6));
  for (const std::size_t members : {1U, 2U, 5U}) {
    if (blocs * members < 2) continue;
    const auto income = real_income(blocs * members, 4.0, std::vector<double>(blocs, 0.3));
    CHECK(income.front() == near(closed_form(4.0, static_cast<double>(blocs), 0.3), 1e-11));
    CHECK(income.back() == near(income.front(), 1e-11));
  }
}

TEST_CASE("no bloc gains by another tariff than the optimal one while the others keep it") {
  const double substitution = GENERATE(1.5, 4.0, 10.0);
  const std::size_t blocs = GENERATE(2U, 3U, 6U);
  std::vector<double> tariff(blocs, optimal_external_tariff(substitution, blocs));
  const double common = tariff[0], kept = real_income(12, substitution, tariff).front();
  for (const double factor : {0.0, 0.5, 0.9, 0.99, 1.01, 1.1, 2.0}) {
    tariff[0] = factor * common;
    CHECK(real_income(12, substitution, tariff).front() < kept);
  }
  // Flat at the optimum: a change of 1 in 10 000 costs less than that squared.
  tariff[0] = 1.0001 * common;
  CHECK(std::fabs(real_income(12, substitution, tariff).front() - kept) < 1e-8);
}

TEST_CASE("the tariff of a bloc falls on goods from others only, and is that of the importer") {
  const std::array<std::uint32_t, 3> bloc{0, 0, 1};
  const std::array<double, 2> tariff{0.2, 0.5};
  CHECK(external_tariffs(bloc, tariff) == std::vector<double>{0, 0, 0.5, 0, 0, 0.5, 0.2, 0.2, 0});
  CHECK_THROWS_AS(external_tariffs(bloc, std::span(tariff).first(1)), InternalError);
}

TEST_CASE("equal blocs have equally many countries, and one bloc needs no tariff") {
  CHECK(equal_blocs(6, 3) == std::vector<std::uint32_t>{0, 0, 1, 1, 2, 2});
  CHECK(equal_blocs(2, 1) == std::vector<std::uint32_t>{0, 0});
  CHECK(optimal_external_tariff(4.0, 1) == 0.0);
  CHECK(real_income(5, 4.0, {0.7}) == std::vector<double>(5, 1.0));
}

TEST_CASE("worlds that have no equal blocs or no optimal tariff are refused") {
  CHECK(contains(error_message([] { equal_blocs(10, 3); }), "10 countries cannot form 3 blocs of equal size"));
  CHECK(contains(error_message([] { equal_blocs(10, 0); }), "cannot form 0 blocs"));
  CHECK(contains(error_message([] { optimal_external_tariff(1.0, 2); }), "an elasticity of substitution of 1: "));
  CHECK(contains(error_message([] { optimal_external_tariff(4.0, 0); }), "no bloc"));
  CHECK(contains(error_message([] { free_trade_world(3, 0.5); }), "must be above 1"));
  CHECK(contains(error_message([] { free_trade_world(3, math::exp(1000.0)); }), "must be above 1"));
  CHECK(error_message([] { free_trade_world(0, 4.0); }) != "no error");
}
