#pragma once

#include <benchmark/benchmark.h>

namespace splinternet::bench {

/// One line per benchmark: median over the repetitions, spread (standard deviation over mean), sizes and counters.
/// With one repetition: its time. For JSON use --benchmark_out.
class TableReporter final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& report) override;
};

}  // namespace splinternet::bench
