#pragma once

#include <string>

#include "tests/support/catch.hpp"

namespace splinternet::testing {

/// Matches text that holds `part`: Catch2 gave this matcher another name in version 3.
inline auto contains_substring(const std::string& part) {
#if __has_include(<catch2/catch_all.hpp>)
  return Catch::Matchers::ContainsSubstring(part);
#else
  return Catch::Matchers::Contains(part);
#endif
}

}  // namespace splinternet::testing
