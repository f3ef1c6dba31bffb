#include "sim/io/text/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <locale>
#include <numeric>
#include <sstream>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/io/text/decimal.hpp"

namespace splinternet {
namespace {

std::string in_quotes(std::string_view text) {
  std::string result("\"");
  result += text;
  result += '"';
  return result;
}

std::string in_words(double number) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text.precision(15);
  text << number;
  return text.str();
}

std::string in_words(NumberRange range) {
  const bool bounded_below = std::isfinite(range.lowest);
  const bool bounded_above = std::isfinite(range.highest);
  if (bounded_below && bounded_above) return "from " + in_words(range.lowest) + " to " + in_words(range.highest);
  if (bounded_below) return in_words(range.lowest) + " or more";
  return in_words(range.highest) + " or less";
}

std::vector<std::string> to_strings(std::span<const std::string_view> names) {
  return std::vector<std::string>(names.begin(), names.end());
}

std::span<const std::string_view> as_span(std::initializer_list<std::string_view> names) {
  return {names.begin(), names.size()};
}

}  // namespace

// ---- CodeList -------------------------------------------------------------------------------------------------------

CodeList::CodeList(std::string meaning, std::vector<std::string> codes)
    : meaning_(std::move(meaning)), codes_(std::move(codes)) {
  std::size_t slots = 4;
  while (slots < 4 * codes_.size()) slots *= 2;
  places_.assign(slots, kNoPlace);
  for (std::size_t place = 0; place < codes_.size(); ++place) {
    std::size_t& slot = places_[slot_of(codes_[place])];
    SPLINTERNET_CHECK(slot == kNoPlace, meaning_, codes_[place]);
    slot = place;
  }
}

std::size_t CodeList::slot_of(std::string_view code) const {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : code) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  const std::size_t last = places_.size() - 1;  // a power of two, less one
  std::size_t slot = static_cast<std::size_t>(hash ^ (hash >> 32)) & last;
  while (places_[slot] != kNoPlace && codes_[places_[slot]] != code) slot = (slot + 1) & last;
  return slot;
}

std::optional<std::size_t> CodeList::find(std::string_view code) const {
  const std::size_t place = places_[slot_of(code)];
  if (place == kNoPlace) return std::nullopt;
  return place;
}

// ---- CsvTable -------------------------------------------------------------------------------------------------------

const CsvTable::Cell& CsvTable::cell(std::size_t row, std::size_t column) const {
  const std::size_t place = row * header_.size() + column;
  SPLINTERNET_CHECK(row < cells_.size() && column < header_.size() && place < cells_.size(), path_, row, column);
  return cells_[place];
}

std::string_view CsvTable::text(std::size_t row, std::size_t column) const {
  const Cell& found = cell(row, column);
  return std::string_view(text_).substr(found.begin, found.length);
}

std::string CsvTable::place(std::size_t row, std::size_t column) const {
  const Cell& found = cell(row, column);
  return path_ + ":" + std::to_string(found.line) + ":" + std::to_string(found.column);
}

std::size_t CsvTable::line(std::size_t row) const {
  return cell(row, 0).line;
}

bool CsvTable::has_column(std::string_view name) const {
  return std::find(header_.begin(), header_.end(), name) != header_.end();
}

CsvColumn CsvTable::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found == header_.end()) {
    throw DataError(path_ + ":" + std::to_string(header_cells_.front().line) + ":1: column " + in_quotes(name) +
                    " is missing; add it to the header line." + did_you_mean(name, header_));
  }
  return CsvColumn(*this, static_cast<std::size_t>(found - header_.begin()));
}

void CsvTable::check_columns(std::initializer_list<std::string_view> required,
                             std::initializer_list<std::string_view> optional) const {
  check_columns(as_span(required), as_span(optional));
}

void CsvTable::check_columns(std::span<const std::string_view> required,
                             std::span<const std::string_view> optional) const {
  std::vector<std::string> known = to_strings(required);
  known.insert(known.end(), optional.begin(), optional.end());
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (std::find(known.begin(), known.end(), header_[i]) != known.end()) continue;
    const Cell& place = header_cells_[i];
    throw DataError(path_ + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": column " +
                    in_quotes(header_[i]) + " is unknown; rename or remove it." + did_you_mean(header_[i], known));
  }
  for (const std::string_view name : required) static_cast<void>(column(name));
}

void CsvTable::check_unique(std::initializer_list<std::string_view> key_columns) const {
  check_unique(as_span(key_columns));
}

void CsvTable::check_unique(std::span<const std::string_view> key_columns) const {
  std::vector<CsvColumn> keys;
  for (const std::string_view name : key_columns) keys.push_back(column(name));
  const auto compare = [&](std::size_t a, std::size_t b) {
    for (const CsvColumn& key : keys) {
      if (const int order = key.text(a).compare(key.text(b)); order != 0) return order;
    }
    return 0;
  };
  std::vector<std::size_t> rows(row_count());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return compare(a, b) < 0; });
  std::pair<std::size_t, std::size_t> first{row_count(), row_count()};
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (compare(rows[i - 1], rows[i]) == 0 && rows[i] < first.second) first = {rows[i - 1], rows[i]};
  }
  if (first.second == row_count()) return;
  std::string key;
  for (const CsvColumn& part : keys) {
    key += (key.empty() ? "" : ", ") + part.name() + " = " + in_quotes(part.text(first.second));
  }
  throw DataError(place(first.second, keys.front().column_) + ": " + key + " stands already in line " +
                  std::to_string(line(first.first)) + "; keep one of the two rows.");
}

// ---- CsvColumn ------------------------------------------------------------------------------------------------------

const std::string& CsvColumn::name() const {
  return table_->header()[column_];
}

std::size_t CsvColumn::size() const {
  return table_->row_count();
}

bool CsvColumn::is_missing(std::size_t row) const {
  return text(row).empty();
}

std::string_view CsvColumn::text(std::size_t row) const {
  return table_->text(row, column_);
}

std::string CsvColumn::place(std::size_t row) const {
  return table_->place(row, column_);
}

void CsvColumn::fail(std::size_t row, std::string_view what_and_remedy) const {
  throw DataError(place(row) + ": column " + in_quotes(name()) + ": " + std::string(what_and_remedy));
}

std::string_view CsvColumn::required_text(std::size_t row) const {
  if (is_missing(row)) fail(row, "the cell is empty, but a value is needed here; fill it in.");
  return text(row);
}

std::optional<double> CsvColumn::optional_number(std::size_t row, NumberRange range) const {
  if (is_missing(row)) return std::nullopt;
  const std::optional<double> value = parse_decimal(text(row));
  if (!value) {
    fail(row, in_quotes(text(row)) +
                  " is not a number; write digits with a point, such as 12.5, without blanks, units or "
                  "thousands separators (a missing value is an empty cell).");
  }
  if (!std::isfinite(*value)) fail(row, std::string(text(row)) + " is too large for a double-precision number.");
  if (*value < range.lowest || *value > range.highest) {
    fail(row, std::string(text(row)) + " is out of range; allowed is " + in_words(range) + ".");
  }
  return value;
}

double CsvColumn::number(std::size_t row, NumberRange range) const {
  static_cast<void>(required_text(row));
  return *optional_number(row, range);
}

std::optional<std::int64_t> CsvColumn::optional_integer(std::size_t row, std::int64_t lowest,
                                                        std::int64_t highest) const {
  if (is_missing(row)) return std::nullopt;
  const std::string_view cell = text(row);
  const char* const end = cell.data() + cell.size();
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(cell.data(), end, value);
  const bool overflow = error == std::errc::result_out_of_range;
  if (stop != end || (error != std::errc{} && !overflow)) {
    fail(row, in_quotes(cell) + " is not a whole number; write digits only, such as 2020.");
  }
  if (overflow || value < lowest || value > highest) {
    fail(row, std::string(cell) + " is out of range; allowed is from " + std::to_string(lowest) + " to " +
                  std::to_string(highest) + ".");
  }
  return value;
}

std::int64_t CsvColumn::integer(std::size_t row, std::int64_t lowest, std::int64_t highest) const {
  static_cast<void>(required_text(row));
  return *optional_integer(row, lowest, highest);
}

bool CsvColumn::zero_or_one(std::size_t row) const {
  const std::string_view cell = required_text(row);
  if (cell != "0" && cell != "1") fail(row, in_quotes(cell) + " is neither 0 nor 1; write 1 for yes and 0 for no.");
  return cell == "1";
}

std::size_t CsvColumn::code(std::size_t row, const CodeList& allowed) const {
  const std::string_view cell = required_text(row);
  const std::optional<std::size_t> place = allowed.find(cell);
  if (!place) {
    fail(row, in_quotes(cell) + " is not a known " + allowed.meaning() + "; correct or remove it." +
                  did_you_mean(cell, allowed.codes()));
  }
  return *place;
}

}  // namespace splinternet
