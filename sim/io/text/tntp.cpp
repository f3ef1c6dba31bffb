#include "sim/io/text/tntp.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/io/text/decimal.hpp"
#include "sim/io/text/text_file.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();
constexpr double kMostNodes = 1e7;
constexpr double kTotalTolerance = 1e-3;
constexpr std::size_t kLinkColumns = 10;
constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = trimmed(text)).empty()) {
    const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

/// A file line by line: first its metadata, then the lines that say something.
class TntpText {
 public:
  TntpText(std::string_view text, const std::string& path) : rest_(text), path_(path) {
    while (next()) {
      const std::size_t end = line_.find('>');
      if (line_.front() != '<' || end == std::string_view::npos)
        fail("metadata <...> or <END OF METADATA> must come first");
      const std::string_view key = line_.substr(1, end - 1);
      if (key == "END OF METADATA") return;
      metadata_[std::string(key)] = {std::string(trimmed(line_.substr(end + 1))), number_};
    }
    fail("the file ends before <END OF METADATA>");
  }

  /// Moves on to the next line that is not empty or a comment; false at the end.
  bool next() {
    while (!rest_.empty()) {
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      line_ = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      ++number_;
      line_ = trimmed(line_.substr(0, line_.find('~')));
      if (!line_.empty()) return true;
    }
    return false;
  }

  /// The line that next() found, without blanks around it.
  [[nodiscard]] std::string_view line() const { return line_; }

  [[noreturn]] void fail(const std::string& what) const { fail(number_, what); }

  [[nodiscard]] double number(std::string_view word, const char* meaning) const {
    const std::optional<double> value = parse_decimal(word);
    if (!value || !(std::fabs(*value) < kInfinity)) {
      fail(std::string(meaning) + " \"" + std::string(word) + "\" is not a finite number");
    }
    return *value;
  }

  /// A number from 1 to `most`, as an index from 0.
  [[nodiscard]] std::uint32_t index(std::string_view word, const char* meaning, std::size_t most) const {
    const double value = number(word, meaning);
    if (!(value >= 1.0 && value <= static_cast<double>(most) && std::floor(value) == value)) {
      fail(std::string(meaning) + " " + std::string(word) + " is not one of 1 to " + std::to_string(most));
    }
    return static_cast<std::uint32_t>(value) - 1;
  }

  /// A count among the metadata.
  [[nodiscard]] std::size_t count(const std::string& key) const {
    const double value = metadata_number(key).value_or(-1.0);
    if (value >= 0.0 && value <= kMostNodes && std::floor(value) == value) return static_cast<std::size_t>(value);
    fail(line_of(key), "<" + key + "> must give a whole number from 0 to 10000000");
  }

  /// A number among the metadata, if it is there.
  [[nodiscard]] std::optional<double> metadata_number(const std::string& key) const {
    const auto found = metadata_.find(key);
    if (found == metadata_.end()) return std::nullopt;
    const std::optional<double> value = parse_decimal(found->second.text);
    if (!value) fail(found->second.line, "<" + key + "> \"" + found->second.text + "\" is not a number");
    return value;
  }

  /// Throws DataError about the metadata of that name.
  [[noreturn]] void fail_at(const std::string& key, const std::string& what) const { fail(line_of(key), what); }

 private:
  struct Metadata {
    std::string text;
    std::size_t line;
  };

  [[nodiscard]] std::size_t line_of(const std::string& key) const {
    const auto found = metadata_.find(key);
    return found == metadata_.end() ? number_ : found->second.line;
  }

  [[noreturn]] void fail(std::size_t line, const std::string& what) const {
    throw DataError(path_ + ":" + std::to_string(std::max(line, std::size_t{1})) + ": " + what);
  }

  std::string_view rest_, line_;
  const std::string& path_;
  std::size_t number_ = 0;
  std::map<std::string, Metadata> metadata_;
};

CongestedLink read_link(const TntpText& text, std::size_t nodes, const TntpWeights& weights) {
  std::string_view line = text.line();
  if (line.back() == ';') line.remove_suffix(1);
  const std::vector<std::string_view> words = words_of(line);
  if (words.size() != kLinkColumns) {
    text.fail("a link has " + std::to_string(words.size()) + " columns where there must be " +
              std::to_string(kLinkColumns) +
              ": init node, term node, capacity, length, free flow time, b, power, "
              "speed, toll, type");
  }
  CongestedLink link;
  link.tail = text.index(words[0], "node", nodes);
  link.head = text.index(words[1], "node", nodes);
  link.capacity = text.number(words[2], "capacity");
  const double length = text.number(words[3], "length");
  link.free_time = text.number(words[4], "free flow time");
  link.b = text.number(words[5], "b");
  link.power = text.number(words[6], "power");
  link.fixed_cost = weights.toll * text.number(words[8], "toll") + weights.length * length;
  // One link at a time, so that a refusal names its line.
  try {
    const CongestedNetwork alone(nodes, {link});
  } catch (const DataError& error) {
    const std::string what = error.what();
    text.fail("the link from node " + std::to_string(link.tail + 1) + " to node " + std::to_string(link.head + 1) +
              what.substr(what.find(')') + 1));
  }
  return link;
}

struct TripTable {
  explicit TripTable(std::size_t zone_count)
      : zones(zone_count), demand(zone_count * zone_count, 0.0), given(demand.size(), false) {}

  /// "Origin o", or entries "destination : trips;".
  void read_line(const TntpText& text) {
    const std::vector<std::string_view> words = words_of(text.line());
    if (words.size() == 2 && words[0] == "Origin") {
      origin = text.index(words[1], "zone", zones);
      return;
    }
    std::string_view rest = text.line();
    while (!(rest = trimmed(rest)).empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      read_entry(text, trimmed(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void read_entry(const TntpText& text, std::string_view entry) {
    const std::size_t colon = entry.find(':');
    if (origin == zones || colon == std::string_view::npos) {
      text.fail("\"" + std::string(entry) + "\" is neither \"Origin o\" nor \"destination : trips;\" after one");
    }
    const std::size_t destination = text.index(trimmed(entry.substr(0, colon)), "zone", zones);
    const std::size_t pair = origin * zones + destination;
    if (given[pair]) {
      text.fail("trips from zone " + std::to_string(origin + 1) + " to zone " + std::to_string(destination + 1) +
                " stand twice");
    }
    given[pair] = true;
    demand[pair] = text.number(trimmed(entry.substr(colon + 1)), "number of trips");
    if (demand[pair] < 0.0)
      text.fail("the number of trips to zone " + std::to_string(destination + 1) + " is negative");
  }

  void check_total(const TntpText& text) const {
    const std::optional<double> announced = text.metadata_number("TOTAL OD FLOW");
    double total = 0.0;
    for (const double trips : demand) total += trips;
    if (!announced || std::fabs(total - *announced) <= kTotalTolerance * std::fabs(*announced)) return;
    text.fail_at("TOTAL OD FLOW",
                 "the trips sum to " + std::to_string(total) + "; the file is cut off or the total is wrong");
  }

  std::size_t zones;
  std::vector<double> demand;  // [origin][destination]
  std::vector<bool> given;
  std::size_t origin = zones;  // the origin of the entries that follow; none yet
};

}  // namespace

TntpNetwork parse_tntp_network(std::string_view content, const std::string& path, const TntpWeights& weights) {
  TntpText text(content, path);
  const std::size_t nodes = text.count("NUMBER OF NODES");
  const std::size_t zones = text.count("NUMBER OF ZONES");
  const std::size_t first_through = text.count("FIRST THRU NODE");
  const std::size_t wanted = text.count("NUMBER OF LINKS");
  if (zones > nodes)
    text.fail_at("NUMBER OF ZONES", std::to_string(zones) + " zones among " + std::to_string(nodes) + " nodes");
  std::vector<CongestedLink> links;
  while (text.next()) links.push_back(read_link(text, nodes, weights));
  if (links.size() != wanted) {
    text.fail_at("NUMBER OF LINKS", std::to_string(wanted) + " links are announced, " + std::to_string(links.size()) +
                                        " are there; the file is cut off or the number is wrong");
  }
  return {CongestedNetwork(nodes, std::move(links)), zones,
          no_transit_below(first_through > 0 ? first_through - 1 : 0, nodes)};
}

std::vector<double> parse_tntp_trips(std::string_view content, const std::string& path, std::size_t zone_count) {
  TntpText text(content, path);
  if (text.count("NUMBER OF ZONES") != zone_count) {
    text.fail_at("NUMBER OF ZONES", "the network has " + std::to_string(zone_count) + " zones");
  }
  TripTable trips(zone_count);
  while (text.next()) trips.read_line(text);
  trips.check_total(text);
  return std::move(trips.demand);
}

TntpNetwork read_tntp_network(const std::string& path, const TntpWeights& weights) {
  return parse_tntp_network(read_text_file(path), path, weights);
}

std::vector<double> read_tntp_trips(const std::string& path, std::size_t zone_count) {
  return parse_tntp_trips(read_text_file(path), path, zone_count);
}

}  // namespace splinternet
