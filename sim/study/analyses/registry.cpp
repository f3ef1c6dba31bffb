#include "sim/study/analyses/registry.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/io/text/toml_reader.hpp"
#include "sim/study/analyses/network_competition.hpp"
#include "sim/study/analyses/trading_blocs.hpp"
#include "sim/study/analyses/voting_power.hpp"

namespace splinternet {
namespace {

constexpr AnalysisKind kKinds[] = {
    {"network_competition", pose_network_competition},
    {"trading_blocs", pose_trading_blocs},
    {"voting_power", pose_voting_power},
};

}  // namespace

std::span<const AnalysisKind> analysis_kinds() {
  return kKinds;
}

std::unique_ptr<PosedAnalysis> pose_analysis(const AnalysisSpec& spec, const AnalysisFile& file) {
  std::vector<std::string> names;
  for (const AnalysisKind& kind : kKinds) names.emplace_back(kind.name);
  check_known(spec.kind(), spec.path("kind"), "kind of analysis", names);
  const auto* const kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                        [&](const AnalysisKind& k) { return k.name == spec.kind().text; });
  SPLINTERNET_CHECK(kind != std::end(kKinds), spec.kind().text);
  return kind->pose(spec, file);
}

}  // namespace splinternet
