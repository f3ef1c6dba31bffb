#pragma once

#include <string>
#include <vector>

namespace splinternet {

/// Runs the program on its arguments (without its own name) and returns the exit code: 0 done, 2 bad input (one message
/// on standard error, nothing written), 3 a result that does not verify or some runs failed, 130 interrupted.
int run_command(const std::vector<std::string>& arguments);

}  // namespace splinternet
