#include "sim/app/progress_bar.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>

#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/program.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// What `action` writes to standard error if that is a terminal.
template <class Action>
std::string on_terminal(Action&& action) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  REQUIRE(terminal >= 0);
  REQUIRE(::grantpt(terminal) == 0);
  REQUIRE(::unlockpt(terminal) == 0);
  const int line = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY);
  REQUIRE(line >= 0);
  const int kept = ::dup(line);  // a line that nobody holds open is cut, with what was written to it
  {
    const Redirected err(stderr, line);
    action();
  }
  REQUIRE(::fcntl(terminal, F_SETFL, O_NONBLOCK) == 0);
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t count = 0; (count = ::read(terminal, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  ::close(kept);
  ::close(terminal);
  return text;
}

/// What a bar writes into a file.
std::string in_file(ProgressBar::Show show) {
  const TemporaryFolder folder;
  {
    const Redirected err(stderr, folder / "err");
    ProgressBar bar(show);
    bar.update(5, 10);
    bar.update(10, 10);
  }
  return read_file(folder / "err");
}

}  // namespace

TEST_CASE("a bar is silent where standard error is no terminal") {
  CHECK(in_file(ProgressBar::Show::kOnTerminal).empty());
  CHECK(in_file(ProgressBar::Show::kNever).empty());
}

TEST_CASE("a bar that is never to be shown is silent on a terminal") {
  CHECK(on_terminal([] {
          ProgressBar bar(ProgressBar::Show::kNever);
          bar.update(10, 10);
        }).empty());
}

TEST_CASE("a terminal shows the share that is done, and a clean line at the end") {
  const std::string text = on_terminal([] {
    ProgressBar bar(ProgressBar::Show::kOnTerminal);
    bar.update(25, 100);
    bar.update(100, 100);
  });
  CHECK_THAT(text, Catch::Matchers::StartsWith("\r[##########..............................] step 25/100, "));
  CHECK_THAT(text, contains_substring("\r[########################################] step 100/100, 0 s left "));
  CHECK_THAT(text, Catch::Matchers::EndsWith("\r" + std::string(80, ' ') + "\r"));
}

TEST_CASE("steps that come faster than ten a second are not all shown, the last always is") {
  const std::string text = on_terminal([] {
    ProgressBar bar(ProgressBar::Show::kOnTerminal);
    for (int step = 1; step <= 1000; ++step) bar.update(step, 1000);
  });
  CHECK(std::count(text.begin(), text.end(), '[') < 100);
  CHECK_THAT(text, contains_substring("step 1000/1000"));
}

TEST_CASE("the time left is told from the time that has passed") {
  const std::string text = on_terminal([] {
    ProgressBar bar(ProgressBar::Show::kOnTerminal);
    std::this_thread::sleep_for(std::chrono::milliseconds(120));
    bar.update(1, 101);  // a hundred more at 0.12 s each
  });
  const std::size_t at = text.find("step 1/101, ");
  REQUIRE(at != std::string::npos);
  const int seconds = std::stoi(text.substr(at + 12));
  CHECK(seconds >= 12);
}

TEST_CASE("a run of no steps shows no bar") {
  const std::string text = on_terminal([] {
    ProgressBar bar(ProgressBar::Show::kOnTerminal);
    bar.update(0, 0);
  });
  CHECK(text.find('[') == std::string::npos);
}

TEST_CASE("a bar names what it counts") {
  const std::string text = on_terminal([] {
    ProgressBar bar(ProgressBar::Show::kOnTerminal, "state");
    bar.update(4194304, 4194304);
  });
  CHECK_THAT(text, contains_substring("] state 4194304/4194304, 0 s left "));
}
