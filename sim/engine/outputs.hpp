#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

enum class OutputType { kFloat32, kFloat64, kInt8, kInt32 };

/// Whether a run records it unless the scenario says otherwise.
enum class Recorded { kByDefault, kWhenNamed };

/// At which steps an array has values: at all of them, or at metrics steps only (what costs more than a sum).
enum class Cadence { kEveryStep, kMetricsSteps };

/// Which worlds have it: those with a map, all, or only those of bare actors.
enum class Worlds { kWithMap, kAll, kOfActors };

/// Stands last among the words of a category for the ids of the frameworks, in the order of the scenario.
inline constexpr std::string_view kFrameworksAsWords = "{frameworks}";

/// One row of the output table: everything that files, documentation and views need to know of one recorded array.
/// Every row has its time_dimension first; `dims` names the others, separated by spaces.
struct OutputRow {
  std::string_view name;
  std::string_view dims;
  std::string_view units;
  OutputType type;
  Recorded recorded;
  std::string_view long_name;
  std::string_view flag_meanings;  ///< words for 0, 1, 2, … of a category, separated by spaces
  /// Writes the values of one step, row-major over `dims`.
  void (*get)(const World& world, const StepReport& report, std::span<double> out);
  Cadence cadence = Cadence::kEveryStep;
  Worlds worlds = Worlds::kWithMap;
};

/// "step", or "metrics_step" for what is measured at metrics steps only.
std::string_view time_dimension(const OutputRow& row);

/// The output table.
std::span<const OutputRow> output_table();

/// Names of its rows.
std::vector<std::string> output_names();

/// Names of those that a world with a map, or one without, can have.
std::vector<std::string> output_names(const Setting& setting);

/// Whether a world with this setting can have the row.
bool is_possible(const Setting& setting, const OutputRow& row);

/// The row of that name, or nullptr.
const OutputRow* find_output(std::string_view name);

/// Length of a dimension of the table in this world: country, partner, framework, other_framework, bloc_from, bloc_to,
/// firm_sector, link.
std::size_t dimension_size(const World& world, std::string_view dim);

}  // namespace splinternet
