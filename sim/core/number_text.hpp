#pragma once

#include <string>

namespace splinternet {

/// A number as messages show it: at most six significant digits, "0.25", "1e-12", "nan".
std::string number_text(double value);

}  // namespace splinternet
