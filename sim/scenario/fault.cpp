#include "sim/scenario/fault.hpp"

#include "sim/core/check.hpp"

namespace splinternet {

std::string message_of(const Fault& fault) {
  std::string text = fault.place + ": " + fault.what;
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

void refuse(const Fault& fault) {
  throw ScenarioError(message_of(fault));
}

}  // namespace splinternet
