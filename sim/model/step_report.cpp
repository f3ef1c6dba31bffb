#include "sim/model/step_report.hpp"

namespace splinternet {

void StepReport::clear(std::size_t frameworks) {
  events.clear();
  decisions.clear();
  option_target.clear();
  option_offer_busd.clear();
  option_value.clear();
  option_total.clear();
  option_market_access_linear.clear();
  option_market_access_exact.clear();
  answers.clear();
  ballots.clear();
  acts.clear();
  missions_sent.assign(frameworks, 0.0);
  acceptances.assign(frameworks, 0.0);
  refusals.assign(frameworks, 0.0);
  refused_admissions.assign(frameworks, 0.0);
  proposals.assign(frameworks, 0.0);
  proposals_accepted.assign(frameworks, 0.0);
  offered_busd.assign(frameworks, 0.0);
  accepted_busd.assign(frameworks, 0.0);
  market_access_refreshes = 0;
  firm_revisions = 0;
  trade_iterations = 0;
  trade_residual = 0.0;
  phase_seconds.clear();
}

}  // namespace splinternet
