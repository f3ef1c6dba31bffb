#include "sim/core/date.hpp"

#include <string>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

Date random_date(std::uint32_t n) {
  const Draws draws(1, Purpose::kTest, 0, n);
  return {1 + static_cast<int>(draws.below(9998, 0)), 1 + static_cast<int>(draws.below(12, 1)),
          1 + static_cast<int>(draws.below(28, 2))};
}

/// The day after, counted by what `is_valid` accepts.
Date next_day(Date date) {
  for (const Date next : {Date{date.year, date.month, date.day + 1}, Date{date.year, date.month + 1, 1}}) {
    if (is_valid(next)) return next;
  }
  return {date.year + 1, 1, 1};
}

}  // namespace

TEST_CASE("Leap years follow the Gregorian rule") {
  CHECK(is_valid({2020, 2, 29}));
  CHECK(is_valid({2000, 2, 29}));
  CHECK_FALSE(is_valid({1900, 2, 29}));
  CHECK_FALSE(is_valid({2021, 2, 29}));
  CHECK_FALSE(is_valid({2020, 2, 30}));
}

TEST_CASE("Days that do not exist are not valid") {
  for (const Date date : {Date{2020, 0, 1}, Date{2020, 13, 1}, Date{2020, 1, 0}, Date{2020, 1, 32}, Date{2020, 4, 31},
                          Date{0, 1, 1}, Date{10000, 1, 1}, Date{2020, -1, 1}}) {
    CHECK_FALSE(is_valid(date));
  }
  CHECK(is_valid(Date{}));
  CHECK(is_valid({9999, 12, 31}));
}

TEST_CASE("Days are counted from 1970") {
  CHECK(days_since_epoch({1970, 1, 1}) == 0);
  CHECK(days_since_epoch({1969, 12, 31}) == -1);
  CHECK(days_since_epoch({2000, 1, 1}) == 10957);
  CHECK(days_since_epoch({2020, 8, 1}) == 18475);
  CHECK(days_since_epoch({1, 1, 1}) == -719162);
}

TEST_CASE("Every next day is one day later, through four centuries") {
  Date date = {1999, 1, 1};
  long count = days_since_epoch(date);
  while (date.year < 2401) {
    date = next_day(date);
    REQUIRE(days_since_epoch(date) == ++count);
  }
  CHECK(count == days_since_epoch({2401, 1, 1}));
}

TEST_CASE("add_months and months_between undo each other and land on the first of a month") {
  CHECK(add_months({2020, 8, 17}, 0) == Date{2020, 8, 1});
  CHECK(add_months({2020, 8, 1}, 5) == Date{2021, 1, 1});
  CHECK(add_months({2020, 1, 31}, -1) == Date{2019, 12, 1});
  CHECK(months_between({2020, 8, 31}, {2021, 1, 1}) == 5);
  for (std::uint32_t n = 0; n < 20'000; ++n) {
    const Date date = random_date(n);
    const int months = static_cast<int>(Draws(2, Purpose::kTest, 0, n).below(20'000)) - 10'000;
    const Date later = add_months(date, months);
    REQUIRE(later.day == 1);
    REQUIRE((later.month >= 1 && later.month <= 12));
    REQUIRE(months_between(date, later) == months);
    REQUIRE(add_months(later, -months) == Date{date.year, date.month, 1});
    REQUIRE(add_months(add_months(date, 7), months - 7) == later);
  }
}

TEST_CASE("Dates are ordered as their day counts are") {
  for (std::uint32_t n = 0; n < 5'000; ++n) {
    const Date a = random_date(n), b = random_date(n + 1);
    REQUIRE((a < b) == (days_since_epoch(a) < days_since_epoch(b)));
  }
}

TEST_CASE("Dates are written as year-month-day and read back") {
  CHECK(to_string({2020, 8, 1}) == "2020-08-01");
  CHECK(to_string({33, 4, 3}) == "0033-04-03");
  for (std::uint32_t n = 0; n < 5'000; ++n) REQUIRE(parse_date(to_string(random_date(n))) == random_date(n));
}

TEST_CASE("Texts that are no date are refused with an example of one") {
  for (const char* text : {"", "2020", "2020-8-1", "2020/08/01", "2020-08-01 ", "01-08-2020", "2020-13-01",
                           "2020-02-30", "20x0-08-01", "2020-08-0a", "-020-08-01", "0000-01-01", "2020-08--1"}) {
    CHECK_THROWS_AS(parse_date(text), ScenarioError);
  }
  CHECK_THROWS_WITH(parse_date("August 2020"),
                    "\"August 2020\" is not a date: expected year-month-day, such as 2020-08-01");
}
