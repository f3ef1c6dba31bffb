#include "sim/engine/simulation.hpp"

#include <array>
#include <chrono>
#include <string>

#include "sim/core/check.hpp"
#include "sim/engine/invariants.hpp"
#include "sim/model/adaptation.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/courting.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/events.hpp"
#include "sim/model/firms.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/observe.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/trade_flows.hpp"
#include "sim/model/trade_response.hpp"
#include "sim/model/transfers.hpp"

namespace splinternet {
namespace {

// The phases, the linear response apart from the courting at the beginning of which it is taken.
constexpr std::array<std::string_view, 10> kParts = {
    "events", "linear response set-up", "courting", "countries",  "firms",
    "policy", "data routing",           "trade",    "adaptation", "metrics"};

/// Adds the time since it was last read to the seconds of a phase.
class PhaseClock {
 public:
  explicit PhaseClock(std::vector<double>& seconds) : seconds_(seconds), last_(Clock::now()) {}
  void end_of(std::size_t phase) {
    const Clock::time_point now = Clock::now();
    seconds_[phase] += std::chrono::duration<double>(now - last_).count();
    last_ = now;
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::vector<double>& seconds_;
  Clock::time_point last_;
};

/// Events change memberships too: sponsors sign what they open, without a decision, and lose listings that clash.
void report_sponsors(const World& world, const std::vector<std::uint8_t>& level_before, StepReport& report) {
  for (std::uint32_t i = 0; i < world.countries(); ++i) {
    for (std::uint32_t k = 0; k < world.frameworks(); ++k) {
      const std::uint8_t level = world.members.level[world.at(i, k)];
      if (level == level_before[world.at(i, k)]) continue;
      const bool left = level == static_cast<std::uint8_t>(MembershipLevel::kNone);
      report.acts.push_back({i, k, left ? ActKind::kListingLapsed : ActKind::kSponsorSigned});
    }
  }
}

/// Runs part of a step; errors of solvers get the step in front.
template <class Part>
void naming_step(const World& world, const Part& part) {
  try {
    part();
  } catch (const SolverError& error) {
    throw SolverError("step " + std::to_string(world.step) + ": " + error.what());
  }
}

void solve_trade_of_step(World& world, StepReport& report) {
  naming_step(world, [&] { solve_trade(world); });
  report.trade_iterations = world.trade_solver->equilibrium().iterations;
  report.trade_residual = world.trade_solver->equilibrium().residual;
}

}  // namespace

std::span<const std::string_view> phase_names() {
  return kParts;
}

Simulation::Simulation(std::shared_ptr<const Setting> setting)
    : world_(std::move(setting)), phase_seconds_(kParts.size(), 0.0) {
  report_.clear(world_.frameworks());
}

const StepReport& Simulation::step() {
  // 1 events · 2 courting · 3 organisations, proposed groups and countries revise · 4 firms revise · 5 policy ·
  // 6 data routing · 7 trade equilibrium · 8 adaptation · 9 metrics and invariants. Each phase reads the state left by
  // the one before; a phase runs only if its section stands in the scenario.
  const Setting& setting = world_.setting();
  const Scenario& scenario = setting.scenario;
  PhaseClock clock(phase_seconds_);
  report_.clear(world_.frameworks());
  ++world_.step;

  const std::vector<std::uint8_t> level_before =
      scenario.events.empty() ? std::vector<std::uint8_t>{} : world_.members.level;
  report_.events = apply_events(world_);
  if (!report_.events.empty()) report_sponsors(world_, level_before, report_);
  update_entry_into_force(world_);
  if (setting.has_map()) apply_policy(world_);
  clock.end_of(0);

  naming_step(world_, [this] { report_.market_access_refreshes = refresh_response(world_) ? 1 : 0; });
  clock.end_of(1);
  std::vector<Mission> missions;
  // Sums are weighed against GDP: in a world without a map nobody pays, nor where nobody weighs anything.
  if (scenario.has_countries && setting.has_map() && weighs_payoffs(choice_rule_of(world_))) {
    naming_step(world_, [&] {
      settle_transfers(world_);
      missions = plan_missions(world_, report_);
    });
  }
  clock.end_of(2);
  if (scenario.has_countries) naming_step(world_, [&] { revise_memberships(world_, missions, report_); });
  update_entry_into_force(world_);
  clock.end_of(3);
  if (setting.firms) revise_firms(world_, report_);
  clock.end_of(4);

  if (setting.has_map()) apply_policy(world_);
  clock.end_of(5);
  if (setting.demand) route_data(world_);
  clock.end_of(6);
  if (setting.trade) solve_trade_of_step(world_, report_);
  clock.end_of(7);

  adapt(world_);
  clock.end_of(8);
  observe(world_);
#ifdef SPLINTERNET_INVARIANTS
  check_invariants(world_);
#endif
  clock.end_of(9);
  return report_;
}

}  // namespace splinternet
