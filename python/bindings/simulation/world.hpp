#pragma once

#include <pybind11/numpy.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet::python {

/// A World as Python sees it: its arrays by name, read-only.
class WorldView {
 public:
  /// Arrays share the memory of the World, which `owner` keeps; without an owner they are copies. The buffers of state
  /// arrays stay where they are from step to step, so that a shared one shows the state of the moment.
  /// `report` is of the last step, for outputs that tell what happened in it; both live as long as the owner. While
  /// `is_stepping` says that another thread changes the World, looking at it is refused.
  WorldView(const World& world, const StepReport& report, std::shared_ptr<const void> owner,
            std::shared_ptr<const std::atomic<bool>> is_stepping = nullptr)
      : world_(&world), report_(&report), owner_(std::move(owner)), is_stepping_(std::move(is_stepping)) {}

  [[nodiscard]] const World& world() const { return *world_; }

  /// Throws std::runtime_error while the World is being stepped; `rows` and `array` do.
  void require_rest() const;
  /// Name, kind, dims (separated by spaces), unit and meaning of each array that this world has. Kinds: "state" (what
  /// digests are taken of), "derived" (follows from it), "setting" (never changes), "output" (as files hold it).
  [[nodiscard]] pybind11::list rows() const;
  /// The array of that name. Throws ScenarioError with the nearest name if there is none.
  [[nodiscard]] pybind11::object array(const std::string& name) const;
  /// What stands along a dimension: codes, ids, names. Empty where places have no labels.
  [[nodiscard]] std::vector<std::string> labels(std::string_view dim) const;

 private:
  const World* world_;
  const StepReport* report_;
  std::shared_ptr<const void> owner_;
  std::shared_ptr<const std::atomic<bool>> is_stepping_;
};

}  // namespace splinternet::python
