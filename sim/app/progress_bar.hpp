#pragma once

#include <chrono>
#include <string_view>

namespace splinternet {

/// A line on standard error that shows how far a run is and when it will be done; silent unless that is a terminal.
class ProgressBar {
 public:
  enum class Show { kOnTerminal, kNever };
  /// `what` is counted: "step 3/72".
  explicit ProgressBar(Show show, std::string_view what = "step");
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void update(int done, int horizon);

 private:
  bool shown_;
  std::string_view what_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace splinternet
