#include "sim/scenario/fault.hpp"

#include "sim/core/check.hpp"

namespace splinternet {

std::string message_of(const Fault& fault) {
  std::string text = fault.place.empty() ? fault.what : fault.place + ": " + fault.what;
  if (!fault.key.empty()) text += "\n  key      " + fault.key;
  if (!fault.allowed.empty()) text += "\n  allowed  " + fault.allowed;
  if (!fault.remedy.empty()) text += "\n  remedy   " + fault.remedy;
  return text;
}

std::string in_quotes(std::string_view text) {
  std::string result(1, '"');
  result += text;
  result += '"';
  return result;
}

std::string place_of(const Scenario& scenario, std::string path) {
  while (!path.empty()) {
    const auto found = scenario.places.find(path);
    if (found != scenario.places.end()) return found->second;
    const std::size_t end = path.find_last_of(".[");
    path.erase(end == std::string::npos ? 0 : end);
  }
  return scenario.name;
}

void refuse(const Fault& fault) {
  throw ScenarioError(message_of(fault));
}

}  // namespace splinternet
