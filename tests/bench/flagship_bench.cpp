// The flagship on one thread: the whole, its parts one by one, and the memory it takes. Every repetition is a run; the
// lines of the parts show the runs that the line of the whole has made.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/study/run.hpp"
#include "tests/bench/flagship.hpp"

namespace splinternet::bench {
namespace {

/// Seconds of one run by part, in the order of the work.
struct Sample {
  std::vector<std::pair<std::string, double>> parts;
  double total = 0.0;
  double processor = 0.0;  ///< seconds of the processor: the same on a busy machine
  double megabytes = 0.0;  ///< most memory held at any time so far
  double file_megabytes = 0.0;
};

class Stopwatch {
 public:
  /// Seconds since the last call.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(last_, now)).count();
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Sample run_flagship() {
  const parallel::ThreadLimit limit(1);
  const double processor_before = processor_seconds();
  Sample sample;
  Stopwatch watch;
  const auto setting = read_flagship();
  sample.parts.emplace_back("read scenario and tables", watch.lap());
  const RunResult result = run_to_end(setting, nullptr);
  double recording = watch.lap() - result.set_up_seconds;
  sample.parts.emplace_back("set-up", result.set_up_seconds);
  for (std::size_t phase = 0; phase < result.phase_seconds.size(); ++phase) {
    sample.parts.emplace_back(phase_names()[phase], result.phase_seconds[phase]);
    recording -= result.phase_seconds[phase];
  }
  sample.parts.emplace_back("recording", recording);
  watch.lap();
  const std::vector<std::byte> bytes = to_hdf5(result.dataset);
  sample.parts.emplace_back("file: bytes made", watch.lap());
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "splinternet_bench.h5";
  write_atomically(path, bytes);
  sample.parts.emplace_back("file: written", watch.lap());
  std::filesystem::remove(path);
  for (const auto& part : sample.parts) sample.total += part.second;
  sample.processor = processor_seconds() - processor_before;
  sample.megabytes = peak_megabytes();
  sample.file_megabytes = static_cast<double>(bytes.size()) / 1e6;
  return sample;
}

/// The n-th run; made when it is first asked for.
const Sample& sample(std::size_t n) {
  static std::vector<Sample> samples;
  while (samples.size() <= n) samples.push_back(run_flagship());
  return samples[n];
}

/// The line of the whole run. Google Benchmark calls it once per repetition.
void whole_run(benchmark::State& state) {
  static std::size_t repetition = 0;
  const Sample& run = sample(repetition++);
  for ([[maybe_unused]] auto iteration : state) state.SetIterationTime(run.total);
  state.counters["countries"] = static_cast<double>(flagship()->countries.count);
  state.counters["firms"] = static_cast<double>(flagship()->firms->count);
  state.counters["steps"] = flagship()->scenario.run.horizon;
  state.counters["cpu_ms"] = 1000.0 * run.processor;
  state.counters["peak_MB"] = run.megabytes;
  state.counters["file_MB"] = run.file_megabytes;
}

/// The line of one part.
void part_of_run(benchmark::State& state, std::size_t part, std::size_t& repetition) {
  const Sample& run = sample(repetition++);
  for ([[maybe_unused]] auto iteration : state) state.SetIterationTime(run.parts[part].second);
  state.counters["share_pct"] = 100.0 * run.parts[part].second / run.total;
}

void add(const std::string& name, auto line) {
  benchmark::RegisterBenchmark(("flagship, 1 thread: " + name).c_str(), line)
      ->UseManualTime()
      ->Iterations(1)
      ->Unit(benchmark::kMillisecond);
}

std::vector<std::string> names_of_parts() {
  std::vector<std::string> names = {"read scenario and tables", "set-up"};
  for (std::size_t phase = 0; phase < phase_names().size(); ++phase) {
    names.emplace_back(phase_names()[phase]);
  }
  names.insert(names.end(), {"recording", "file: bytes made", "file: written"});
  return names;
}

const bool registered = [] {
  add("whole run", whole_run);
  const std::vector<std::string> names = names_of_parts();
  for (std::size_t part = 0; part < names.size(); ++part) {
    add(names[part],
        [part, repetition = std::size_t{0}](benchmark::State& state) mutable { part_of_run(state, part, repetition); });
  }
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
