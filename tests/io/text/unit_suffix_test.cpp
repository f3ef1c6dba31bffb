#include "sim/io/text/unit_suffix.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {
const std::vector<std::string> kDeclared = {"budget_busd", "phase_in_months", "users_pct",   "gdp_share",
                                            "length_km",   "delay_ms",        "temperature", "capacity_tbps"};
}

TEST_CASE("A wrong unit leads to the declared key and the factor between the units") {
  struct Case {
    const char* written;
    const char* declared;
    double factor;
  };
  const std::vector<Case> cases = {{"budget_musd", "budget_busd", 1e-3}, {"budget_usd", "budget_busd", 1e-9},
                                   {"budget_tusd", "budget_busd", 1e3},  {"phase_in_years", "phase_in_months", 12},
                                   {"users_share", "users_pct", 100},    {"gdp_pct", "gdp_share", 0.01},
                                   {"length_m", "length_km", 1e-3},      {"delay_s", "delay_ms", 1e3},
                                   {"delay_us", "delay_ms", 1e-3},       {"capacity_gbps", "capacity_tbps", 1e-3}};
  for (const Case& one : cases) {
    const auto slip = find_unit_slip(one.written, kDeclared);
    REQUIRE(slip);
    CHECK(slip->key == one.declared);
    CHECK(slip->factor == one.factor);
  }
}

TEST_CASE("A unit that was left out is found") {
  const auto slip = find_unit_slip("budget", kDeclared);
  REQUIRE(slip);
  CHECK(slip->key == "budget_busd");
  CHECK(slip->factor == 1.0);
}

TEST_CASE("Another stem or another kind of unit is no slip of the unit") {
  CHECK_FALSE(find_unit_slip("income_musd", kDeclared));
  CHECK_FALSE(find_unit_slip("budget_km", kDeclared));
  CHECK_FALSE(find_unit_slip("temperature_km", kDeclared));
  CHECK_FALSE(find_unit_slip("temperatur", kDeclared));
}
