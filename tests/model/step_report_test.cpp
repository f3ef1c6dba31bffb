#include "sim/model/step_report.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace splinternet;

TEST_CASE("step report: a cleared report is empty, with a zero per framework") {
  StepReport report;
  report.events = {3};
  report.decisions.resize(2);
  report.option_target = {1, 2};
  report.option_offer_busd = {0.0, 1.0};
  report.option_value = {0.0, 1.0};
  report.option_total = {0.0, 1.0};
  report.option_market_access_linear = {0.0, 1.0};
  report.option_market_access_exact = {0.0, 1.0};
  report.acts.resize(1);
  report.missions_sent = {1.0};
  report.acceptances = {1.0};
  report.market_access_refreshes = 1;
  report.firm_revisions = 7;
  report.trade_iterations = 9;
  report.trade_residual = 1e-13;
  report.phase_seconds = {0.5};
  report.clear(2);
  const std::vector<double> zeros(2, 0.0);
  CHECK(report.missions_sent == zeros);
  CHECK(report.acceptances == zeros);
  CHECK(report.refusals == zeros);
  CHECK(report.offered_busd == zeros);
  CHECK(report.accepted_busd == zeros);
  CHECK(report.events.empty());
  CHECK(report.decisions.empty());
  CHECK(report.option_target.empty());
  CHECK(report.option_offer_busd.empty());
  CHECK(report.option_value.empty());
  CHECK(report.option_total.empty());
  CHECK(report.option_market_access_linear.empty());
  CHECK(report.option_market_access_exact.empty());
  CHECK(report.acts.empty());
  CHECK(report.phase_seconds.empty());
  CHECK(report.market_access_refreshes == 0);
  CHECK(report.firm_revisions == 0);
  CHECK(report.trade_iterations == 0);
  CHECK(report.trade_residual == 0.0);
}
