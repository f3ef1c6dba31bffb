#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace splinternet::testing {

/// Strict reader of a JSON array of objects whose values are strings; throws std::runtime_error for anything else.
class JsonRows {
 public:
  using Row = std::map<std::string, std::string>;

  static std::vector<Row> parse(std::string_view text) {
    JsonRows reader(text);
    std::vector<Row> rows;
    reader.expect('[');
    do rows.push_back(reader.row());
    while (reader.accept(','));
    reader.expect(']');
    reader.skip_space();
    if (!reader.text_.empty()) throw std::runtime_error("text after the end");
    return rows;
  }

 private:
  explicit JsonRows(std::string_view text) : text_(text) {}

  Row row() {
    Row row;
    expect('{');
    do {
      const std::string key = string();
      expect(':');
      if (!row.emplace(key, string()).second) throw std::runtime_error("key twice: " + key);
    } while (accept(','));
    expect('}');
    return row;
  }

  std::string string() {
    expect('"');
    std::string value;
    for (char c = take(); c != '"'; c = take()) {
      if (static_cast<unsigned char>(c) < 0x20) throw std::runtime_error("bare control character");
      value += c == '\\' ? escaped() : c;
    }
    return value;
  }

  char escaped() {
    const char c = take();
    if (c == '"' || c == '\\' || c == '/') return c;
    if (c == 'n') return '\n';
    if (c != 'u') throw std::runtime_error(std::string("unknown escape ") + c);
    std::string digits;
    for (int n = 0; n < 4; ++n) digits += take();
    return static_cast<char>(std::stoi(digits, nullptr, 16));
  }

  void skip_space() { text_.remove_prefix(std::min(text_.find_first_not_of(" \n\r\t"), text_.size())); }
  bool accept(char c) {
    skip_space();
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c))
      throw std::runtime_error(std::string("expected ") + c + " before " + std::string(text_.substr(0, 20)));
  }
  char take() {
    if (text_.empty()) throw std::runtime_error("text ends early");
    const char c = text_.front();
    text_.remove_prefix(1);
    return c;
  }

  std::string_view text_;
};

}  // namespace splinternet::testing
