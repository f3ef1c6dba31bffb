#pragma once

#include <string_view>
#include <vector>

namespace splinternet {

/// The words of a text, which one or more spaces separate. They refer to the text.
std::vector<std::string_view> split_words(std::string_view text);

}  // namespace splinternet
