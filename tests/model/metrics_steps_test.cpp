#include "sim/model/metrics_steps.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

using Steps = std::vector<std::int32_t>;

Steps steps_of(int horizon, double every_months, double step_months = 1.0) {
  Scenario scenario = small_scenario();
  scenario.run.horizon = horizon;
  scenario.run.step_months = step_months;
  set(scenario, "metrics.every_months", every_months);
  return metrics_steps(scenario);
}

TEST_CASE("metrics steps are the start, the end, and every so many months between") {
  CHECK(steps_of(30, 12) == Steps{0, 12, 24, 30});
  CHECK(steps_of(24, 12) == Steps{0, 12, 24});
  CHECK(steps_of(3, 1) == Steps{0, 1, 2, 3});
  CHECK(steps_of(30, 0) == Steps{0, 30});
  CHECK(steps_of(5, 1200) == Steps{0, 5});
  CHECK(steps_of(0, 12) == Steps{0});
}

TEST_CASE("with longer or shorter steps the step that completes the months is the metrics step") {
  CHECK(steps_of(9, 12, 3.0) == Steps{0, 4, 8, 9});
  CHECK(steps_of(5, 12, 5.0) == Steps{0, 3, 5});  // 10 to 15 and 20 to 25 months
  CHECK(steps_of(10, 2, 0.5) == Steps{0, 4, 8, 10});
  CHECK(steps_of(3, 1, 6.0) == Steps{0, 1, 2, 3});
}

}  // namespace
}  // namespace splinternet::testing
