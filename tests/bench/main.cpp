// Timings of the flagship run and of the kernels: medians and spread over repetitions. Any flag of Google Benchmark may
// be given and wins over those set here.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "tests/bench/table_reporter.hpp"

int main(int count, char** arguments) {
  std::vector<std::string> words = {arguments[0], "--benchmark_repetitions=5",
                                    "--benchmark_display_aggregates_only=true", "--benchmark_min_time=0.1"};
  words.insert(words.end(), arguments + 1, arguments + count);
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  int words_left = static_cast<int>(pointers.size());
  benchmark::Initialize(&words_left, pointers.data());
  if (benchmark::ReportUnrecognizedArguments(words_left, pointers.data())) return 2;
  splinternet::bench::TableReporter table;
  benchmark::RunSpecifiedBenchmarks(&table);
  benchmark::Shutdown();
  return 0;
}
