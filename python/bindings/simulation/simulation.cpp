#include "python/bindings/simulation/simulation.hpp"

#include <pybind11/stl.h>

#include <map>
#include <stdexcept>

#include "python/bindings/methods.hpp"
#include "python/bindings/simulation/extensions.hpp"
#include "python/bindings/threads.hpp"
#include "python/bindings/topics.hpp"
#include "sim/core/digest.hpp"
#include "sim/core/parallel.hpp"
#include "sim/study/run.hpp"

namespace splinternet::python {

class SteppedRun::OneAtATime {
 public:
  explicit OneAtATime(const SteppedRun& run) : busy_(*run.busy_) {
    if (busy_.exchange(true)) {
      throw std::runtime_error(
          "the simulation is at work in another call: one at a time; give each thread its own, e.g. simulation.fork()");
    }
  }
  ~OneAtATime() { busy_ = false; }
  OneAtATime(const OneAtATime&) = delete;
  OneAtATime& operator=(const OneAtATime&) = delete;

 private:
  std::atomic<bool>& busy_;
};

SteppedRun::Running::Running(const LoadedScenario& scenario, const Extensions& extensions, Record record)
    : simulation(scenario.make_setting(extensions)) {
  if (record == Record::kNothing) return;
  recorder.emplace(simulation.world());
  recorder->record(simulation.world(), simulation.report());
}

void SteppedRun::Running::advance(int last, PythonProgress& progress) {
  while (simulation.world().step < last) {
    try {
      simulation.step();
    } catch (const std::exception& error) {
      failure = error.what();
      throw;
    }
    if (recorder) recorder->record(simulation.world(), simulation.report());
    const int step = simulation.world().step;
    if (!progress(step, last)) {
      throw Interrupted("interrupted after step " + std::to_string(step) + " of " + std::to_string(last));
    }
  }
}

SteppedRun::SteppedRun(std::shared_ptr<LoadedScenario> scenario, Extensions extensions, int threads, Record record)
    : scenario_(std::move(scenario)),
      extensions_(std::move(extensions)),
      threads_(checked_threads(threads)),
      record_(record) {
  const parallel::ThreadLimit limit(threads_);
  running_ = std::make_shared<Running>(*scenario_, extensions_, record_);
}

SteppedRun::SteppedRun(const SteppedRun& from, std::shared_ptr<Running> running)
    : scenario_(from.scenario_),
      extensions_(from.extensions_),
      threads_(from.threads_),
      record_(from.record_),
      running_(std::move(running)) {}

void SteppedRun::require_whole() const {
  if (!running_->failure.empty()) throw Error("the simulation ended in a step that failed: " + running_->failure);
}

void SteppedRun::advance(int last, PythonProgress& progress) {
  const OneAtATime one(*this);
  require_whole();
  const int horizon = scenario_->scenario().run.horizon;
  if (last > horizon) throw ScenarioError("the run ends with step " + std::to_string(horizon) + ", its horizon");
  std::optional<parallel::ThreadLimit> limit;
  if (threads_ > 0) limit.emplace(threads_);
  running_->advance(last, progress);
}

std::unique_ptr<SteppedRun> SteppedRun::fork() const {
  const OneAtATime one(*this);
  require_whole();
  return std::unique_ptr<SteppedRun>(new SteppedRun(*this, std::make_shared<Running>(*running_)));
}

namespace {

/// Digests of all state arrays but those of events, which are compared by id.
std::map<std::string, std::uint64_t> digests(const World& world) {
  std::map<std::string, std::uint64_t> found;
  world.visit([&](const std::string& name, const auto& values) {
    if (name == "events.fired_step") return;
    Digest digest;
    digest.add(std::span(values.data(), values.size()));
    found[name] = digest.value();
  });
  return found;
}

/// Refuses events that only `now` has and that lie in its past already.
void check_new_events(const World& before, const World& now) {
  const std::vector<EventSpec>& old_events = before.scenario().events;
  const std::vector<EventSpec>& events = now.scenario().events;
  for (std::size_t e = 0; e < events.size(); ++e) {
    const std::string& id = events[e].id;
    std::size_t old = 0;
    while (old < old_events.size() && old_events[old].id != id) ++old;
    const std::int32_t fired = now.events.fired_step[e];
    if (old == old_events.size() && fired >= 0) {
      throw ScenarioError("event." + id + ": it would have happened in step " + std::to_string(fired) +
                          ", but the simulation stands after step " + std::to_string(now.step) +
                          ": leave out its date, give it a later one, or begin anew with the event in the scenario");
    }
    SPLINTERNET_CHECK(old == old_events.size() || before.events.fired_step[old] == fired, id, fired);
  }
}

}  // namespace

void SteppedRun::extend(std::shared_ptr<LoadedScenario> scenario, PythonProgress& progress) {
  const OneAtATime one(*this);
  require_whole();
  const parallel::ThreadLimit limit(threads_);
  auto replay = std::make_shared<Running>(*scenario, extensions_, record_);
  const World& before = running_->simulation.world();
  replay->advance(before.step, progress);
  const World& now = replay->simulation.world();
  check_new_events(before, now);
  const auto old_digests = digests(before);
  for (const auto& [name, digest] : digests(now)) SPLINTERNET_CHECK(old_digests.at(name) == digest, name);
  running_ = std::move(replay);
  scenario_ = std::move(scenario);
}

std::shared_ptr<LabelledDataset> SteppedRun::dataset() const {
  const OneAtATime one(*this);
  require_whole();
  if (!running_->recorder) throw ScenarioError("this simulation records nothing: make it with record=True");
  return std::make_shared<LabelledDataset>(running_->recorder->dataset(running_->simulation.world()));
}

int SteppedRun::step() const {
  return running_->simulation.world().step;
}

std::uint64_t SteppedRun::digest() const {
  const OneAtATime one(*this);
  return state_digest(running_->simulation.world());
}

WorldView SteppedRun::world() const {
  const OneAtATime one(*this);
  return {running_->simulation.world(), running_->simulation.report(), running_, busy_};
}

std::vector<double> SteppedRun::phase_seconds() const {
  const OneAtATime one(*this);
  const auto seconds = running_->simulation.phase_seconds();
  return {seconds.begin(), seconds.end()};
}

namespace {

namespace py = pybind11;

std::unique_ptr<SteppedRun> make(std::shared_ptr<LoadedScenario> scenario, const py::object& rules, int threads,
                                 bool record) {
  Extensions extensions = extensions_from(rules);
  const py::gil_scoped_release released;
  return std::make_unique<SteppedRun>(std::move(scenario), std::move(extensions), threads,
                                      record ? SteppedRun::Record::kAll : SteppedRun::Record::kNothing);
}

void advance(SteppedRun& run, int last, py::object callback) {
  PythonProgress progress(std::move(callback));
  const py::gil_scoped_release released;
  run.advance(last, progress);
}

void extend(SteppedRun& run, std::shared_ptr<LoadedScenario> scenario) {
  PythonProgress progress(py::none{});
  const py::gil_scoped_release released;
  run.extend(std::move(scenario), progress);
}

}  // namespace

void bind_simulation(py::module_& module) {
  using Released = py::call_guard<py::gil_scoped_release>;
  py::class_<SteppedRun>(module, "SteppedRun", "A simulation that is stepped from Python.")
      .def(py::init(&make), py::arg("scenario").none(false), py::arg("extensions"), py::arg("threads"),
           py::arg("record"))
      .def("advance", &advance, py::arg("last"), py::arg("callback"))
      .def("extend", &extend, py::arg("scenario").none(false))
      .def("fork", method(&SteppedRun::fork), Released())
      .def("dataset", method(&SteppedRun::dataset), Released())
      .def("world", method(&SteppedRun::world))
      .def_property_readonly("scenario", method(&SteppedRun::scenario))
      .def_property_readonly("step", method(&SteppedRun::step))
      .def_property_readonly("digest", method(&SteppedRun::digest))
      .def_property_readonly("phase_seconds", method(&SteppedRun::phase_seconds));
}

}  // namespace splinternet::python
