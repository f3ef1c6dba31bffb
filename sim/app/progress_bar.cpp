#include "sim/app/progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace splinternet {
namespace {

constexpr int kCells = 40;
constexpr std::chrono::milliseconds kInterval(100);

}  // namespace

ProgressBar::ProgressBar(Show show, std::string_view what)
    : shown_(show == Show::kOnTerminal && isatty(STDERR_FILENO) != 0),
      what_(what),
      start_(std::chrono::steady_clock::now()) {}

ProgressBar::~ProgressBar() {
  if (shown_) fmt::print(stderr, "\r{:{}}\r", "", kCells + 40);
}

void ProgressBar::update(int done, int horizon) {
  const auto now = std::chrono::steady_clock::now();
  if (!shown_ || horizon <= 0 || (done < horizon && now - last_ < kInterval)) return;
  last_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double left = elapsed / done * (horizon - done);
  const int full = kCells * done / horizon;
  fmt::print(stderr, "\r[{}{}] {} {}/{}, {:.0f} s left ", std::string(static_cast<std::size_t>(full), '#'),
             std::string(static_cast<std::size_t>(kCells - full), '.'), what_, done, horizon, left);
  std::fflush(stderr);
}

}  // namespace splinternet
