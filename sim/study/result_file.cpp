#include "sim/study/result_file.hpp"

#include <algorithm>

#include "sim/engine/run_attributes.hpp"
#include "sim/engine/version.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/io/text/scenario_file.hpp"

namespace splinternet {
namespace {

std::string_view major(std::string_view version) {
  return version.substr(0, version.find('.'));
}

}  // namespace

LabelledDataset read_result(const std::string& path) {
  LabelledDataset result = from_hdf5(path);
  if (result.attribute("file_type") != kRunFileType) {
    throw DataError(path + ": this is no result of splinternet run (attribute file_type); give a file that it wrote");
  }
  const std::string_view format = result.attribute("format_version");
  if (major(format) != major(kFormatVersion)) {
    throw DataError(path + ": its format has version " + std::string(format) + ", but this program reads " +
                    std::string(kFormatVersion) + "; use version " + std::string(result.attribute("code_version")) +
                    " of the program, which wrote it");
  }
  return result;
}

Scenario scenario_of(const LabelledDataset& result) {
  try {
    return parse_scenario(result.attribute("scenario"), std::string(result.attribute("scenario_name")), "");
  } catch (const ScenarioError& error) {
    throw DataError("the scenario of the result was written by version " +
                    std::string(result.attribute("code_version")) +
                    " of the program; this version does not understand it: " + error.what());
  }
}

std::string month_of_step(const RunSpec& run, std::int32_t step) {
  const double months = static_cast<double>(std::max(step - 1, 0)) * run.step_months;
  return to_string(add_months(run.start, static_cast<int>(months))).substr(0, 7);
}

}  // namespace splinternet
