#include "sim/model/catalogue.hpp"

#include "sim/model/actors.hpp"
#include "sim/model/adaptation.hpp"
#include "sim/model/choice/thresholds.hpp"
#include "sim/model/congestion.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/courting.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/demand.hpp"
#include "sim/model/firms.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/hosting.hpp"
#include "sim/model/influence.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/observe.hpp"
#include "sim/model/options.hpp"
#include "sim/model/payoffs/gallery/situation.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/proposals.hpp"
#include "sim/model/trade_flows.hpp"
#include "sim/model/turns.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

std::vector<const Parameter*> all_rows() {
  std::vector<const Parameter*> rows;
  const auto add = [&rows](ParameterRows more) {
    for (const Parameter* row : more) rows.push_back(row);
  };
  add(parameters::kFrameworkRows);
  for (const Parameter& strength : kProvisionStrength) rows.push_back(&strength);
  add(parameters::kAdaptationRows);
  add(parameters::kCountryRows);
  add(parameters::kOptionRows);
  add(parameters::kProposalRows);
  add(parameters::kTurnRows);
  add(parameters::kThresholdRows);
  add(parameters::kGateRows);
  for (const PayoffTerm* term : all_terms()) add(term->parameters());
  add(parameters::kMembershipRows);
  add(parameters::kInfluenceRows);
  add(parameters::kActorInfluenceRows);
  add(parameters::kAttributeRows);
  add(parameters::kCourtingRows);
  add(parameters::kFirmRows);
  add(parameters::kPolicyRows);
  add(parameters::kDemandRows);
  add(parameters::kHostingRows);
  add(parameters::kDataRows);
  add(parameters::kCongestionRows);
  add(parameters::kTradeRows);
  add(parameters::kMetricRows);
  return rows;
}

}  // namespace

ParameterRows parameter_catalogue() {
  static const std::vector<const Parameter*> kRows = all_rows();
  return kRows;
}

}  // namespace splinternet
