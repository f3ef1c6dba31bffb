#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "python/bindings/progress.hpp"
#include "python/bindings/simulation/scenario.hpp"
#include "python/bindings/simulation/world.hpp"
#include "sim/engine/dataset_recorder.hpp"
#include "sim/engine/simulation.hpp"

namespace splinternet::python {

/// A simulation that Python steps, asks and changes. One call at a time: a second one, from another thread or from a
/// handler of signals, is refused.
class SteppedRun {
 public:
  enum class Record { kNothing, kAll };

  /// At step 0. `threads` take part in each step, 0: all.
  SteppedRun(std::shared_ptr<LoadedScenario> scenario, Extensions extensions, int threads, Record record);

  /// Steps until `last`, no further than the horizon. Throws Interrupted between two steps if a signal asks for it; an
  /// error in a step ends the simulation for good.
  void advance(int last, PythonProgress& progress);
  /// Another simulation from here on, with the same bits.
  [[nodiscard]] std::unique_ptr<SteppedRun> fork() const;
  /// Goes on with an extended scenario: replays it from the start up to now and compares. Throws ScenarioError if an
  /// event of it would have happened by now that has not, InternalError if the past is another.
  void extend(std::shared_ptr<LoadedScenario> scenario, PythonProgress& progress);
  /// All that was recorded so far. Throws ScenarioError if nothing is.
  [[nodiscard]] std::shared_ptr<LabelledDataset> dataset() const;

  [[nodiscard]] int step() const;
  [[nodiscard]] std::uint64_t digest() const;
  [[nodiscard]] WorldView world() const;
  [[nodiscard]] std::vector<double> phase_seconds() const;
  [[nodiscard]] const std::shared_ptr<LoadedScenario>& scenario() const { return scenario_; }

 private:
  struct Running {
    Running(const LoadedScenario& scenario, const Extensions& extensions, Record record);
    void advance(int last, PythonProgress& progress);

    Simulation simulation;
    std::optional<DatasetRecorder> recorder;
    std::string failure;  ///< of the step that ended it; "" if it can go on
  };
  /// Refuses a second call while one is under way.
  class OneAtATime;
  SteppedRun(const SteppedRun& from, std::shared_ptr<Running> running);
  void require_whole() const;

  std::shared_ptr<LoadedScenario> scenario_;
  Extensions extensions_;
  int threads_;
  Record record_;
  std::shared_ptr<Running> running_;
  std::shared_ptr<std::atomic<bool>> busy_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace splinternet::python
