#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"
#include "sim/model/world.hpp"
#include "sim/study/framework_power.hpp"
#include "sim/study/framework_stability.hpp"
#include "sim/study/pivotality.hpp"
#include "sim/study/run.hpp"

namespace splinternet {

/// What to analyse of a result file.
struct AnalysisRequest {
  std::string tables;                ///< folder of its tables; "" = as the file names it
  std::optional<std::int32_t> step;  ///< 0 … horizon; absent: the last
  /// Countries to hold out, "KEN,Nigeria", or how many of the members of largest GDP; "" = none.
  std::string pivotal;
  Extensions extensions = {};  ///< the rules of a user that the run had
};

struct FrameworkAnalysis {
  FrameworkStability stability;
  EntryPower power;
  std::vector<TrafficValue> traffic;
};

/// Coalitions of a run at the end of one step.
struct Analysis {
  World world;                                ///< as countries would see it when they next decide
  std::vector<std::string> notes;             ///< what the reader should know, e.g. that another version wrote the file
  std::vector<FrameworkAnalysis> frameworks;  ///< in the order of the scenario
  std::vector<Pivotality> pivotal;            ///< in the order asked for
};

/// Replays the file to the step, comparing the digest of every step, and analyses each framework; runs the scenario
/// once more for each country to be held out. Throws DataError, naming the file, if it cannot be replayed or gives
/// other states, if nobody decides in its scenario, and for a step or country that it does not have; Interrupted if
/// `progress` says so.
Analysis analyse(const std::string& path, const AnalysisRequest& request, const Progress& progress);

/// The same of a result in memory; `name` stands for the file in messages.
Analysis analyse(const LabelledDataset& result, const std::string& name, const AnalysisRequest& request,
                 const Progress& progress);

}  // namespace splinternet
