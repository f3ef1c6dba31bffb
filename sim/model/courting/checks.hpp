#pragma once

#include "sim/model/setting.hpp"

namespace splinternet {

/// Refuses what sponsors or members are told to do and could not (ScenarioError with place and remedy): to answer a
/// rival where no framework is incompatible, to value followers where nobody looks at peers, to pay transfers that no
/// member weighs or that keep nobody because no member ever considers leaving.
void check_courting(const Scenario& scenario, const FrameworkSetting& frameworks);

}  // namespace splinternet
