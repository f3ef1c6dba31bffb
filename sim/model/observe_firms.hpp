#pragma once

#include "sim/model/world.hpp"

namespace splinternet {

/// Firm measures by sector (share of firms with two stacks, Herfindahl index of world sales, share of baseline sales
/// that their firms have lost, markets left or barred) and firms aligned with each framework. NaN without firms.
void observe_firms(const World& world, Observations& seen);

}  // namespace splinternet
