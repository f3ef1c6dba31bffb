#pragma once

#include <memory>

#include "sim/io/text/analysis_file.hpp"
#include "sim/study/analyses/posed_analysis.hpp"

namespace splinternet {

/// `kind = "trading_blocs"`: what it costs a world of equal countries to divide into so many customs unions of equal
/// size (Krugman 1991). Each number of blocs is a world of its own, solved by exact hat algebra with tariffs and their
/// revenue (InputOutputSolver) from free trade. Told are the tariff, real income against free trade, and how divided
/// trade is: share within blocs, decoupling index, effective number of blocs by spending.
/// Keys: countries, blocs (a list of divisors), elasticity (of substitution, > 1), external_tariff ("optimal", or an
/// ad valorem rate ≥ 0). Throws ScenarioError with place and remedy.
std::unique_ptr<PosedAnalysis> pose_trading_blocs(const AnalysisSpec& spec, const AnalysisFile& file);

}  // namespace splinternet
