#include "tests/bench/table_reporter.hpp"

#include <cstdio>
#include <string>

namespace splinternet::bench {
namespace {

using Run = benchmark::BenchmarkReporter::Run;

/// The aggregate of that name, or nullptr.
const Run* find(const std::vector<Run>& report, const std::string& aggregate) {
  for (const Run& run : report) {
    if (run.run_type == Run::RT_Aggregate && run.aggregate_name == aggregate) return &run;
  }
  return nullptr;
}

/// Of the processor; of rows that keep time by themselves, theirs.
double time_of(const Run& run) {
  return run.run_name.time_type.empty() ? run.GetAdjustedCPUTime() : run.GetAdjustedRealTime();
}

void print_counters(const Run& run) {
  for (const auto& [name, counter] : run.counters) std::printf("  %s %.4g", name.c_str(), counter.value);
  std::printf("\n");
}

}  // namespace

bool TableReporter::ReportContext(const Context& context) {
  std::printf("%d cores of %.1f GHz; load %.1f", context.cpu_info.num_cpus, context.cpu_info.cycles_per_second / 1e9,
              context.cpu_info.load_avg.empty() ? 0.0 : context.cpu_info.load_avg.front());
  std::printf("\n%-46s %14s %8s  %s\n", "", "median", "spread", "sizes and counters");
  return true;
}

void TableReporter::ReportRuns(const std::vector<Run>& report) {
  const Run* median = find(report, "median");
  const Run* mean = find(report, "mean");
  const Run* deviation = find(report, "stddev");
  if (median == nullptr || mean == nullptr || deviation == nullptr) median = &report.front();
  std::printf("%-46s %11.3f %s", median->run_name.function_name.c_str(), time_of(*median),
              benchmark::GetTimeUnitString(median->time_unit));
  if (mean == nullptr || deviation == nullptr) {
    std::printf(" %8s", "");
  } else {
    std::printf(" %6.1f %%", 100.0 * time_of(*deviation) / time_of(*mean));
  }
  print_counters(*median);
  std::fflush(stdout);
}

}  // namespace splinternet::bench
