#pragma once

#include <cstddef>
#include <vector>

#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

/// All x in [low, high] with map(x) = x of a continuous map, rising: threshold models r = N·F(r) (Granovetter 1978),
/// mean fields. Looks for changes of sign of map(x) − x between cells + 1 points, and for turning points between three
/// of them that just reach 0, so that pairs about to vanish are seen; each then to the last bits. Pairs that lie within
/// one cell away from a turning point seen are missed: raise `cells`. Throws DataError, naming x, if map(x) is not
/// finite, or if the bounds or cells are not in order.
std::vector<double> fixed_points(FunctionRef<double(double)> map, double low, double high, std::size_t cells = 2048);

/// Where the smallest fixed point jumps as a parameter moves (a fold): the value between `quiet`, at which it lies
/// below `level`, and `loud`, at which it does not, and the fixed point just before. The value is exact to a few ulp,
/// the point, being a double root, to about half the digits.
struct CriticalPoint {
  double parameter = 0.0;
  double fixed_point = 0.0;
};

/// By halving [quiet, loud]. Throws DataError if the smallest fixed point is on the wrong side of `level` at either
/// end.
CriticalPoint critical_point(FunctionRef<double(double x, double parameter)> map, double low, double high, double level,
                             double quiet, double loud, std::size_t cells = 2048);

}  // namespace splinternet::coalition
