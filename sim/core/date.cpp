#include "sim/core/date.hpp"

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

bool is_leap_year(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

long floor_divide(long a, long b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

/// `digits` characters of `text` from `at` as a number, or −1 if one of them is no digit.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int number = 0;
  for (const char digit : text.substr(at, digits)) {
    if (digit < '0' || digit > '9') return -1;
    number = number * 10 + (digit - '0');
  }
  return number;
}

std::string padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

}  // namespace

bool is_valid(Date date) {
  return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= days_in_month(date.year, date.month);
}

long days_since_epoch(Date date) {
  // Years that begin in March end with the leap day, and months then follow 153 days per five (Hinnant 2013).
  const long year = date.year - (date.month <= 2 ? 1 : 0);
  const long month = (date.month + 9) % 12;
  const long day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const long days = 365 * year + floor_divide(year, 4) - floor_divide(year, 100) + floor_divide(year, 400);
  return days + day_of_year - 719468;
}

Date add_months(Date date, int months) {
  const long total = 12L * date.year + (date.month - 1) + months;
  const long year = floor_divide(total, 12);
  return {static_cast<int>(year), static_cast<int>(total - 12 * year) + 1, 1};
}

int months_between(Date from, Date to) {
  return 12 * (to.year - from.year) + (to.month - from.month);
}

std::string to_string(Date date) {
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

Date parse_date(std::string_view text) {
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const Date date = shaped ? Date{number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2)} : Date{0, 0, 0};
  if (!is_valid(date)) {
    throw ScenarioError("\"" + std::string(text) + "\" is not a date: expected year-month-day, such as 2020-08-01");
  }
  return date;
}

}  // namespace splinternet
