#pragma once

#include <string_view>

namespace splinternet {

/// Version of the code, e.g. "0.1.0".
std::string_view code_version();
/// Commit that was built, or "unknown" outside a checkout.
std::string_view code_commit();

/// Version of the file format, apart from that of the code: it rises when a reader has to change.
inline constexpr std::string_view kFormatVersion = "1.0";

}  // namespace splinternet
