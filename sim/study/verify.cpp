#include "sim/study/verify.hpp"

#include <charconv>
#include <system_error>

#include "sim/engine/run_attributes.hpp"
#include "sim/model/build_world.hpp"
#include "sim/study/compare.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/stored_world.hpp"

namespace splinternet {

namespace {

/// The last step that a result reached: its horizon, unless it says that it was taken before.
int last_step(const LabelledDataset& stored, const std::string& path, int horizon) {
  const std::string_view text = stored.attribute(kStoppedAfter);
  if (text.empty()) return horizon;
  int step = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
  if (error == std::errc() && end == text.data() + text.size() && step >= 0 && step < horizon) return step;
  throw DataError(path + ": its attribute " + kStoppedAfter + " is \"" + std::string(text) + "\", not a step before " +
                  std::to_string(horizon));
}

}  // namespace

Verification verify_result(const std::string& path, const std::string& tables_folder, const Progress& progress,
                           const Extensions& extensions) {
  return verify_result(read_result(path), path, tables_folder, progress, extensions);
}

Verification verify_result(const LabelledDataset& stored, const std::string& name, const std::string& tables_folder,
                           const Progress& progress, const Extensions& extensions) {
  const StoredWorld world = stored_world(stored, name, tables_folder, extensions);
  std::shared_ptr<const Setting> setting = make_setting(world.scenario, world.tables, world.extensions);
  const RunSpec run = setting->scenario.run;
  const int steps = last_step(stored, name, run.horizon);
  const RunResult replay = run_to_step(std::move(setting), steps, progress);
  return {notes_on_code(stored), differences(stored, replay.dataset, run), static_cast<std::size_t>(steps),
          replay.dataset.arrays.size()};
}

}  // namespace splinternet
