#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/decision_recorder.hpp"
#include "sim/engine/labelled_dataset.hpp"
#include "sim/engine/outputs.hpp"
#include "sim/engine/recorder.hpp"

namespace splinternet {

/// Gathers a run into a LabelledDataset: the rows of the output table that the scenario asks for, digests of every step
/// and of every state array, memberships' acts, decisions (DecisionRecorder), and what the world was made of.
class DatasetRecorder final : public Recorder {
 public:
  /// Room for `horizon` + 1 steps of the scenario of this world. Throws ScenarioError for an unknown array in [record].
  explicit DatasetRecorder(const World& world);

  void record(const World& world, const StepReport& report) override;

  /// The whole run. Steps that were not reached are NaN (floats) or 0.
  [[nodiscard]] LabelledDataset dataset(const World& world) const;

 private:
  struct Series {
    const OutputRow* row;
    std::size_t width;  ///< values per step of its time dimension
    std::vector<double> values;
  };
  void record_digests(const World& world);
  void record_acts(const World& world, const StepReport& report);
  void add_coordinates(const World& world, LabelledDataset& dataset) const;
  void add_recorded_dimensions(const World& world, LabelledDataset& dataset) const;
  [[nodiscard]] bool is_recorded(std::string_view dim) const;
  void add_series(std::span<const std::string> frameworks, LabelledDataset& dataset) const;
  void add_acts(LabelledDataset& dataset) const;

  std::vector<Series> series_;
  std::vector<std::int32_t> metrics_steps_;
  std::vector<std::string> part_names_;
  std::vector<std::uint64_t> step_digest_;
  std::vector<std::uint64_t> part_digest_;  ///< [step][part]
  struct Acts {
    std::vector<std::int32_t> step;
    std::vector<std::string> country, framework, organisation;
    std::vector<std::int8_t> kind;
    std::vector<double> offer_busd;
  } acts_;
  DecisionRecorder decisions_;
};

}  // namespace splinternet
