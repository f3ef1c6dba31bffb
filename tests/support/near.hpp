#pragma once

#include <cmath>
#include <ostream>

namespace splinternet::testing {

/// A number to compare with: x == near(y) holds if |x − y| ≤ absolute + relative·|y|; printed with its tolerance when a
/// check fails.
struct Near {
  double value;
  double relative;
  double absolute;

  friend bool operator==(double x, const Near& y) {
    return std::fabs(x - y.value) <= y.absolute + y.relative * std::fabs(y.value);
  }
  friend std::ostream& operator<<(std::ostream& out, const Near& y) {
    return out << y.value << " ± (" << y.absolute << " + " << y.relative << "·|·|)";
  }
};

/// By default equal to twelve digits; near zero to 1e-14.
inline Near near(double value, double relative = 1e-12, double absolute = 1e-14) {
  return {value, relative, absolute};
}

}  // namespace splinternet::testing
