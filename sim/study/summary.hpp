#pragma once

#include <string>

#include "sim/study/run.hpp"

namespace splinternet {

/// What a run came to, on one screen: who signed what, the index and its components, who gained and lost most, time by
/// phase. Plain text, at most 100 columns.
std::string summary(const RunResult& result, double total_seconds);

}  // namespace splinternet
