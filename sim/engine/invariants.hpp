#pragma once

#include "sim/model/world.hpp"

namespace splinternet {

/// What must hold after every step whatever the scenario: levels and depths in range, no country signed to two
/// incompatible frameworks, sponsors in their own; transfers sum to 0, payments within what was spent; trade shares sum
/// to 1, world output conserved, markets cleared; traffic conserved (carried + lost = demanded) and none through
/// forbidden transit countries or links; market totals of firms conserved. Throws InternalError naming what is broken,
/// where and by how much. Runs after every step in builds with SPLINTERNET_INVARIANTS (presets dev, asan, coverage) and
/// in tests.
void check_invariants(const World& world);

}  // namespace splinternet
