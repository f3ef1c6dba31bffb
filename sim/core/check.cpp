#include "sim/core/check.hpp"

namespace splinternet::detail {
namespace {

/// The part of a source path from its last "sim/" on, so that messages do not tell where the build happened.
std::string_view path_in_tree(std::string_view path) {
  const std::size_t at = path.rfind("sim/");
  return at == std::string_view::npos ? path : path.substr(at);
}

}  // namespace

void fail_check(std::string_view condition, std::string_view file, int line, const std::string& values) {
  std::string message = "internal error: expected ";
  message.append(condition).append(" at ").append(path_in_tree(file)).append(":").append(std::to_string(line));
  if (!values.empty()) message.append("; values:").append(values);
  throw InternalError(message);
}

}  // namespace splinternet::detail
