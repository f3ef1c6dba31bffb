#include "sim/study/scenario_difference.hpp"

#include <algorithm>

namespace splinternet {
namespace {

struct Entry {
  std::string path;
  std::string value;
};

std::vector<Entry> entries_of(std::string_view text) {
  std::vector<Entry> entries;
  std::string section;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = line.find(" = ");
    if (line.starts_with('[') && line.ends_with(']')) {
      section = std::string(line.substr(1, line.size() - 2)) + ".";
    } else if (equals != std::string_view::npos) {
      entries.push_back({section + std::string(line.substr(0, equals)), std::string(line.substr(equals + 3))});
    }
  }
  return entries;
}

const Entry* find(const std::vector<Entry>& entries, const std::string& path) {
  const auto place =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.path == path; });
  return place == entries.end() ? nullptr : &*place;
}

}  // namespace

std::vector<ScenarioDifference> scenario_differences(std::string_view first, std::string_view second) {
  const std::vector<Entry> one = entries_of(first);
  const std::vector<Entry> two = entries_of(second);
  std::vector<ScenarioDifference> differences;
  for (const Entry& entry : one) {
    const Entry* other = find(two, entry.path);
    if (other == nullptr || other->value != entry.value) {
      differences.push_back({entry.path, entry.value, other == nullptr ? "" : other->value});
    }
  }
  for (const Entry& entry : two) {
    if (find(one, entry.path) == nullptr) differences.push_back({entry.path, "", entry.value});
  }
  return differences;
}

}  // namespace splinternet
