#include "sim/io/text/csv_parser.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"

namespace splinternet {
namespace {

/// True for a byte that goes on with a character of several bytes.
bool goes_on(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// Number of characters of well-formed text.
std::size_t count_characters(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), goes_on));
}

/// Length of the UTF-8 sequence at the front of `text`, 0 if it is malformed (Unicode 15, table 3-7), cut off, or NUL.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return first == 0 ? 0 : 1;
  const std::size_t length = first >= 0xC2 && first < 0xE0 ? 2 : (first & 0xF0U) == 0xE0 ? 3 : 4;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool no_character = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
  return overlong || no_character ? 0 : length;
}

bool ends_plain_cell(char c) {
  return c == ',' || c == '\n' || c == '\r' || c == '"';
}

/// True if none of the eight bytes is NUL or beyond ASCII.
bool is_plain(const char* eight) {
  std::uint64_t word = 0;
  std::memcpy(&word, eight, sizeof word);
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  return ((word | (word - kOnes)) & (kOnes << 7)) == 0;
}

/// Place of the first byte that is not UTF-8, or the size of the text.
std::size_t first_malformed(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (i + 8 <= text.size() && is_plain(text.data() + i)) {
      i += 8;
      continue;
    }
    const std::size_t length = utf8_length(text.substr(i));
    if (length == 0) break;
    i += length;
  }
  return i;
}

std::string read_text(const std::filesystem::path& path) {
  errno = 0;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file && errno == ENOENT) {
    throw DataError(path.string() + ": the file does not exist; check the name and the folder." +
                    nearest_file(path.string()));
  }
  std::string text;
  if (file) {
    std::array<char, 1 << 16> buffer;
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
      text.append(buffer.data(), count);
    }
  }
  if (!file || std::ferror(file.get()) != 0) {
    throw FileError(path.string() + ": cannot be read: " + std::strerror(errno) +
                    "; a readable CSV file is needed here.");
  }
  return text;
}

}  // namespace

CsvParser::CsvParser(std::string_view text, std::string path) : text_(text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  table_.path_ = std::move(path);
  table_.text_.reserve(text_.size());
}

CsvTable CsvParser::parse() && {
  check_encoding();
  read_header();
  const auto line_breaks = static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
  table_.cells_.reserve((line_breaks + 1) * table_.header_.size());
  while (!at_end()) {
    read_row();
    check_row();
    table_.cells_.insert(table_.cells_.end(), row_.begin(), row_.end());
  }
  return std::move(table_);
}

void CsvParser::fail(Place place, std::string_view message) const {
  throw DataError(table_.path_ + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
                  std::string(message));
}

void CsvParser::check_encoding() {
  const std::size_t end = first_malformed(text_);
  if (end == text_.size()) return;
  const std::string_view sound = text_.substr(0, end);
  const std::size_t line_begin = sound.rfind('\n') + 1;  // 0 in the first line
  const Place place{1 + static_cast<std::size_t>(std::count(sound.begin(), sound.end(), '\n')),
                    1 + count_characters(sound.substr(line_begin))};
  fail(place, "the text is not UTF-8 here; save the table as UTF-8, or restore it if damaged.");
}

void CsvParser::read_header() {
  if (text_.empty()) fail(place_, "the file is empty; a header line with the names of the columns is needed.");
  read_row();
  for (const CsvTable::Cell& cell : row_) {
    std::string name = table_.text_.substr(cell.begin, cell.length);
    const Place place{cell.line, cell.column};
    if (name.empty()) fail(place, "the header has a column without a name; name or remove it.");
    if (table_.has_column(name)) fail(place, "column \"" + name + "\" stands twice in the header; remove one.");
    if (row_.size() == 1 && name.find_first_of(";\t") != std::string::npos) {
      fail(place, "the columns are not separated by commas; save the table with commas.");
    }
    table_.header_.push_back(std::move(name));
  }
  table_.header_cells_ = row_;
}

void CsvParser::check_row() const {
  const std::size_t expected = table_.header_.size();
  const std::size_t found = row_.size();
  if (found == expected) return;
  const Place place{row_.front().line, row_.front().column};
  if (found == 1 && row_.front().length == 0) fail(place, "the line is empty; remove it.");
  const std::string counts = "the row has " + std::to_string(found) + (found == 1 ? " cell" : " cells") +
                             " where the header has " + std::to_string(expected);
  if (at_end() && found < expected) {
    fail(place, counts + ", and the file ends here: it is cut off; restore the whole file.");
  }
  fail(place, counts + "; add what is missing, or put quotes (\"…\") around a cell that holds a comma.");
}

void CsvParser::read_row() {
  row_.clear();
  for (;;) {
    if (!at_end() && text_[next_] == '"') {
      read_quoted_cell();
    } else {
      read_plain_cell();
    }
    if (at_end()) return;
    if (at_line_break()) return skip_line_break();
    advance();
  }
}

void CsvParser::read_plain_cell() {
  const Place start = place_;
  const std::size_t begin = table_.text_.size();
  std::size_t end = next_;
  while (end < text_.size() && !ends_plain_cell(text_[end])) ++end;
  const std::string_view cell = text_.substr(next_, end - next_);
  next_ = end;
  place_.column += count_characters(cell);
  if (!at_end() && text_[next_] == '"') {
    fail(place_,
         "a quote stands inside a cell that does not begin with one; quote the whole cell and double the "
         "quotes in it (\"a \"\"b\"\"\").");
  }
  if (!at_end() && text_[next_] == '\r' && !at_line_break()) {
    fail(place_, "a carriage return stands alone; end lines with LF or CRLF.");
  }
  table_.text_ += cell;
  end_cell(begin, start);
}

void CsvParser::read_quoted_cell() {
  const Place start = place_;
  const std::size_t begin = table_.text_.size();
  advance();
  for (;;) {
    if (at_end()) fail(start, "the quote that opens here is never closed: the file is cut off, or a quote is missing.");
    if (text_[next_] == '"') {
      advance();
      if (at_end() || text_[next_] != '"') break;
    }
    table_.text_ += text_[next_];
    advance();
  }
  if (!at_end() && text_[next_] != ',' && !at_line_break()) {
    fail(place_,
         "text follows a closing quote; a comma or the end of the line must stand here (a quote inside a "
         "quoted cell is doubled).");
  }
  end_cell(begin, start);
}

void CsvParser::end_cell(std::size_t begin, Place start) {
  row_.push_back({begin, table_.text_.size() - begin, start.line, start.column});
}

bool CsvParser::at_line_break() const {
  return text_[next_] == '\n' || text_.substr(next_, 2) == "\r\n";
}

void CsvParser::advance() {
  const char passed = text_[next_++];
  if (passed == '\n') {
    place_ = {place_.line + 1, 1};
    return;
  }
  // Columns count characters, not bytes: only the last byte of a UTF-8 sequence moves on.
  const bool inside_character = !at_end() && goes_on(text_[next_]);
  if (!inside_character) ++place_.column;
}

void CsvParser::skip_line_break() {
  if (text_[next_] == '\r') advance();
  advance();
}

CsvTable parse_csv(std::string_view text, std::string path) {
  return CsvParser(text, std::move(path)).parse();
}

CsvTable read_csv(const std::filesystem::path& path) {
  return parse_csv(read_text(path), path.string());
}

}  // namespace splinternet
