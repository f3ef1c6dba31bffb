#include "sim/model/courting/checks.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "sim/model/courting.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/payoffs/peers.hpp"
#include "sim/model/payoffs/side_payment.hpp"
#include "sim/model/schedule.hpp"
#include "sim/model/transfers.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

bool has_term(const Scenario& scenario, std::string_view name) {
  return std::find(scenario.terms.begin(), scenario.terms.end(), name) != scenario.terms.end();
}

[[noreturn]] void refuse_entry(const Scenario& scenario, const std::string& path, const std::string& what,
                               const std::string& allowed, const std::string& remedy) {
  refuse({place_of(scenario, path), path, what, allowed, remedy});
}

bool has_rival(const FrameworkSetting& frameworks, std::size_t k) {
  const auto* row = &frameworks.incompatible[k * frameworks.count];
  return std::any_of(row, row + frameworks.count, [](std::uint8_t clash) { return clash != 0; });
}

void check_strategy(const Scenario& scenario, const FrameworkSetting& frameworks, std::size_t k) {
  const std::string path = "framework." + frameworks.id[k] + ".strategy";
  const auto strategy = static_cast<CourtingStrategy>(scenario.parameters.choice(parameters::kStrategy, k));
  if (strategy == CourtingStrategy::kRivalAware && !has_rival(frameworks, k)) {
    refuse_entry(scenario, path, frameworks.id[k] + " has no rival to answer: no framework is incompatible with it",
                 "rival_aware for a framework that another one is incompatible with",
                 "write strategy = \"targeted\", or name the rival in incompatible_with");
  }
  if (strategy == CourtingStrategy::kCascade && !has_term(scenario, peers_term().name())) {
    refuse_entry(scenario, path, "countries do not look at their peers, so that nobody would follow anybody",
                 "cascade together with the payoff term \"peers\"",
                 "add \"peers\" to terms of [countries], or write strategy = \"targeted\"");
  }
}

/// Whether countries ever weigh a withdrawal: only those do who revise on their own.
const Parameter* rate_that_is_zero(const Scenario& scenario) {
  const Parameter* rate = nullptr;
  switch (static_cast<Schedule>(scenario.parameters.choice(parameters::kSchedule))) {
    case Schedule::kCourted:
    case Schedule::kPoisson:
      rate = &parameters::kSpontaneous;
      break;
    case Schedule::kSimultaneousWithProb:
      rate = &parameters::kRevisionProbability;
      break;
    default:
      return nullptr;
  }
  return scenario.parameters(*rate) == 0.0 ? rate : nullptr;
}

void check_transfers(const Scenario& scenario, const FrameworkSetting& frameworks, std::size_t k) {
  const std::string path = "framework." + frameworks.id[k] + ".transfers";
  if (static_cast<Transfers>(scenario.parameters.choice(parameters::kTransfers, k)) == Transfers::kNone) return;
  if (!has_term(scenario, side_payment_term().name())) {
    refuse_entry(scenario, path, "countries do not weigh payments, so that transfers would keep nobody in",
                 "transfers together with the payoff term \"side_payment\"",
                 "add \"side_payment\" to terms of [countries], or write transfers = \"none\"");
  }
  const Parameter* rate = rate_that_is_zero(scenario);
  if (rate == nullptr) return;
  refuse_entry(scenario, path,
               "no member ever weighs a withdrawal, because " + std::string(rate->path) +
                   " is 0: there is no outside option to make up for",
               "transfers where members reconsider on their own",
               "set " + std::string(rate->path) + " above 0, choose another schedule, or write transfers = \"none\"");
}

}  // namespace

void check_courting(const Scenario& scenario, const FrameworkSetting& frameworks) {
  if (!scenario.has_countries) return;
  for (std::size_t k = 0; k < frameworks.count; ++k) {
    check_strategy(scenario, frameworks, k);
    check_transfers(scenario, frameworks, k);
  }
}

}  // namespace splinternet
