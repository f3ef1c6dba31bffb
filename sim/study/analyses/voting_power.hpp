#pragma once

#include <memory>

#include "sim/io/text/analysis_file.hpp"
#include "sim/study/analyses/posed_analysis.hpp"

namespace splinternet {

/// `kind = "voting_power"`: how often each voter decides under a rule of one condition (quota, weights) or of several
/// at once ([….condition.<name>]: e.g. a number of parties and a share of the world). Told are the indices of
/// Shapley–Shubik and Banzhaf, the probability of a swing and Coleman's powers to prevent, to initiate and to act: as
/// exact fractions up to 34 voters, decimals up to 64, with standard errors from so many `samples`.
/// Keys: voters (names), seats (voters of the same name and weight; default 1), quota, weights (a table by voter, or a
/// list; default 1 each), condition, samples, seed. Throws ScenarioError with place and remedy.
std::unique_ptr<PosedAnalysis> pose_voting_power(const AnalysisSpec& spec, const AnalysisFile& file);

}  // namespace splinternet
