#pragma once

#include <span>

#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// Probabilities per month to accede and to withdraw where a share of the peers are members.
struct Adoption {
  double accede = 0.0;
  double withdraw = 0.0;
};

/// The policy table at a share: linear between its points, which rise in their shares, and level beyond the first and
/// the last. With the points (0, p, 0) and (1, p + q, 0) this is the hazard p + q·F of Bass 1969, Manage. Sci. 15:215.
Adoption adoption_at(std::span<const PolicyPoint> table, double share);

}  // namespace splinternet
