#include "sim/study/verify.hpp"

#include "sim/model/build_world.hpp"
#include "sim/study/compare.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/stored_world.hpp"

namespace splinternet {

Verification verify_result(const std::string& path, const std::string& tables_folder, const Progress& progress) {
  const LabelledDataset stored = read_result(path);
  const StoredWorld world = stored_world(stored, path, tables_folder);
  std::shared_ptr<const Setting> setting = make_setting(world.scenario, world.tables);
  const RunSpec run = setting->scenario.run;
  const RunResult replay = run_to_end(std::move(setting), progress);
  return {notes_on_code(stored), differences(stored, replay.dataset, run), static_cast<std::size_t>(run.horizon),
          replay.dataset.arrays.size()};
}

}  // namespace splinternet
