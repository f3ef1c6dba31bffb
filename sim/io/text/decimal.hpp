#pragma once

#include <optional>
#include <string_view>

namespace splinternet {

/// The double nearest to a decimal number ("-1.5", "2e3", ".5"), whatever the locale; nothing if the text is not one.
/// Too large a number gives infinity.
std::optional<double> parse_decimal(std::string_view text);

}  // namespace splinternet
