#pragma once

#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace splinternet {

/// Base of every error this project throws; `what()` is the whole message for the user.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A scenario or study that cannot be run as written (the user's to mend). Exit code 2; Python ValueError.
class ScenarioError : public Error {
 public:
  using Error::Error;
};

/// A table or result file that is missing, damaged or contradicts itself. Exit code 2; Python ValueError.
class DataError : public Error {
 public:
  using Error::Error;
};

/// The operating system refused to read or write. Exit code 2; Python OSError.
class FileError : public Error {
 public:
  using Error::Error;
};

/// A numerical problem that has no solution at the required accuracy; says where and how far it came.
class SolverError : public Error {
 public:
  using Error::Error;
};

/// A broken promise inside this program (our bug, not the user's). Python RuntimeError.
class InternalError : public Error {
 public:
  using Error::Error;
};

namespace detail {
[[noreturn]] void fail_check(std::string_view condition, std::string_view file, int line, const std::string& values);

template <class... Values>
std::string join_values(const Values&... values) {
  std::ostringstream text;
  text.precision(17);
  ((text << ' ' << values), ...);
  return text.str();
}
}  // namespace detail

/// Throws InternalError naming the condition, the place and the values. Always on, in every build.
#define SPLINTERNET_CHECK(condition, ...)                                                 \
  do {                                                                                    \
    if (!(condition)) [[unlikely]] {                                                      \
      ::splinternet::detail::fail_check(#condition, __FILE__, __LINE__,                   \
                                        ::splinternet::detail::join_values(__VA_ARGS__)); \
    }                                                                                     \
  } while (false)

}  // namespace splinternet
