#pragma once

#include <string>

#include "sim/core/check.hpp"

namespace splinternet::testing {

/// What the call throws says; "no error" if it throws none. Internal errors, which are faults of ours, pass through.
template <class Call>
std::string error_message(const Call& call) {
  try {
    call();
  } catch (const InternalError&) {
    throw;
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace splinternet::testing
