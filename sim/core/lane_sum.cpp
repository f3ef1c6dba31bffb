#include "sim/core/lane_sum.hpp"

#include "sim/core/check.hpp"
#include "sim/core/vector_clones.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kParts = 16;  // two vectors even of the widest: additions need not wait for each other

SPLINTERNET_VECTOR_CLONES void add_products(const double* __restrict a, const double* __restrict b, std::size_t n,
                                            double* __restrict part) {
  for (std::size_t k = 0; k < n; k += kParts) {
    for (std::size_t l = 0; l < kParts; ++l) part[l] += a[k + l] * b[k + l];
  }
}

}  // namespace

double lane_dot(std::span<const double> a, std::span<const double> b) {
  SPLINTERNET_CHECK(a.size() == b.size(), a.size(), b.size());
  double part[kParts] = {};
  const std::size_t whole = a.size() / kParts * kParts;
  add_products(a.data(), b.data(), whole, part);
  for (std::size_t k = whole; k < a.size(); ++k) part[k - whole] += a[k] * b[k];
  Lanes lanes;
  for (std::size_t l = 0; l < lanes.size(); ++l) lanes[l] = part[l] + part[l + lanes.size()];
  return add_lanes(lanes);
}

}  // namespace splinternet
