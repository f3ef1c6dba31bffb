#pragma once

#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Revisions of a step under a rule that looks at peers alone (sim/model/choice/peer_rules.hpp): nobody weighs options,
/// so that none are recorded, and no sponsor, organisation or proposal has anything to say. At once over columns, in
/// parallel in fixed ranges, or one after another in the order of the turns. What changes is applied in order of code.
void revise_by_peers(World& world, StepReport& report);

}  // namespace splinternet
