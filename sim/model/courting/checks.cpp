#include "sim/model/courting/checks.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "sim/model/courting.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/options.hpp"
#include "sim/model/payoffs/peers.hpp"
#include "sim/model/payoffs/side_payment.hpp"
#include "sim/model/transfers.hpp"
#include "sim/model/turns.hpp"
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

/// Why no member ever weighs what it would lose by leaving, and what to set instead.
struct Obstacle {
  std::string reason;
  std::string remedy;
};

/// The rate at which countries revise on their own, if a rate says when: only then do they weigh a withdrawal.
const Parameter* rate_of_revision(Schedule schedule) {
  if (schedule == Schedule::kSimultaneousWithProb) return &parameters::kRevisionProbability;
  return schedule == Schedule::kCourted || schedule == Schedule::kPoisson ? &parameters::kSpontaneous : nullptr;
}

std::optional<Obstacle> obstacle_to_leaving(const Scenario& scenario) {
  const ParameterValues& value = scenario.parameters;
  const auto setting = [&](const Parameter& row) { return std::string(row.path) + " is " + to_text(row, value(row)); };
  if (value.choice(parameters::kWithdrawal) != 0) {
    return Obstacle{setting(parameters::kWithdrawal), "set countries.withdrawal = \"allowed\""};
  }
  if (!weighs_payoffs(static_cast<ChoiceRule>(value.choice(parameters::kChoice)))) {
    return Obstacle{setting(parameters::kChoice) + ", which weighs no payoffs", "choose another rule"};
  }
  const auto schedule = static_cast<Schedule>(value.choice(parameters::kSchedule));
  if (schedule == Schedule::kOnEntry) return Obstacle{setting(parameters::kSchedule), "choose another schedule"};
  const Parameter* rate = rate_of_revision(schedule);
  if (rate == nullptr || value(*rate) > 0.0) return std::nullopt;
  return Obstacle{setting(*rate), "set " + std::string(rate->path) + " above 0"};
}

void check_transfers(const Scenario& scenario, const FrameworkSetting& frameworks, std::size_t k) {
  const std::string path = "framework." + frameworks.id[k] + ".transfers";
  if (static_cast<Transfers>(scenario.parameters.choice(parameters::kTransfers, k)) == Transfers::kNone) return;
  if (!has_term(scenario, side_payment_term().name())) {
    refuse_entry(scenario, path, "countries do not weigh payments, so that transfers would keep nobody in",
                 "transfers together with the payoff term \"side_payment\"",
                 "add \"side_payment\" to terms of [countries], or write transfers = \"none\"");
  }
  const std::optional<Obstacle> obstacle = obstacle_to_leaving(scenario);
  if (!obstacle) return;
  refuse_entry(
      scenario, path,
      "no member ever weighs a withdrawal, because " + obstacle->reason + ": there is no outside option to make up for",
      "transfers where members reconsider on their own", obstacle->remedy + ", or write transfers = \"none\"");
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
