#pragma once

#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Sees a simulation: once at the start (step 0, empty report) and after every step. The only way out of a run; it
/// cannot change what it sees.
class Recorder {
 public:
  virtual ~Recorder() = default;
  virtual void record(const World& world, const StepReport& report) = 0;
};

}  // namespace splinternet
