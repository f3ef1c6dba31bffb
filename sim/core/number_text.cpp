#include "sim/core/number_text.hpp"

#include <sstream>

namespace splinternet {

std::string number_text(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

}  // namespace splinternet
