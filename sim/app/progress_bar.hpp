#pragma once

#include <chrono>

namespace splinternet {

/// A line on standard error that shows how far a run is and when it will be done; silent unless that is a terminal.
class ProgressBar {
 public:
  enum class Show { kOnTerminal, kNever };
  explicit ProgressBar(Show show);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void update(int done, int horizon);

 private:
  bool shown_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace splinternet
