#pragma once

#include <memory>

#include "sim/io/text/analysis_file.hpp"
#include "sim/study/analyses/posed_analysis.hpp"

namespace splinternet {

/// `kind = "network_competition"`: what it is worth to equal firms and to buyers that products work together, when a
/// buyer gains by each other buyer of a compatible one (Katz & Shapiro 1985; sim/coalition/network_competition). Each
/// structure divides the firms into groups of compatible ones; told are outputs, profits and surplus, of each
/// equilibrium if there are several.
/// Keys: firms (1 to 64), network_effect (γ, at least 0 and below 1), demand_less_cost (A − c > 0; default 1),
/// structures (lists of group sizes that sum to firms; default: all together, and each alone). Throws ScenarioError
/// with place and remedy.
std::unique_ptr<PosedAnalysis> pose_network_competition(const AnalysisSpec& spec, const AnalysisFile& file);

}  // namespace splinternet
