#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace splinternet {

/// A day of the proleptic Gregorian calendar.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// True for a day that exists (leap years included).
bool is_valid(Date date);
/// Days since 1970-01-01 (negative before).
long days_since_epoch(Date date);
/// The first day of the month `months` after the month of `date`.
Date add_months(Date date, int months);
/// Whole months from the month of `from` to the month of `to` (negative if earlier).
int months_between(Date from, Date to);
/// "2020-08-01".
std::string to_string(Date date);
/// Parses "2020-08-01"; throws ScenarioError that says what a date looks like.
Date parse_date(std::string_view text);

}  // namespace splinternet
