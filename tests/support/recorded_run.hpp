#pragma once

#include "sim/engine/dataset_recorder.hpp"
#include "sim/engine/simulation.hpp"

namespace splinternet::testing {

/// Steps the simulation to its end and returns what its scenario records of it, the start included.
inline LabelledDataset record_to_end(Simulation& simulation) {
  DatasetRecorder recorder(simulation.world());
  recorder.record(simulation.world(), simulation.report());
  while (!simulation.is_finished()) {
    simulation.step();
    recorder.record(simulation.world(), simulation.report());
  }
  return recorder.dataset(simulation.world());
}

}  // namespace splinternet::testing
