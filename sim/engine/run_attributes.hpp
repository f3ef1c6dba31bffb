#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

/// Attributes of a run file: what it is, what made it, and from what. Nothing of the machine, the time, the compiler or
/// the number of threads, so that equal runs give equal bytes.
std::vector<std::pair<std::string, std::string>> run_attributes(const World& world);

/// Attribute of a result that was taken before the horizon of its run: the last step that it reached.
inline constexpr const char* kStoppedAfter = "stopped_after";

/// Value of the attribute "file_type" of a run file.
inline constexpr const char* kRunFileType = "splinternet run";

}  // namespace splinternet
