#include "sim/model/courting.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/courting/cascade.hpp"
#include "sim/model/courting/rivalry.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/organisations.hpp"

namespace splinternet {
namespace {

bool is_open(const World& world, std::size_t k) {
  return world.frameworks_state.status[k] == static_cast<std::uint8_t>(FrameworkStatus::kOpen);
}

bool courts(const World& world, std::size_t k) {
  return world.frameworks_state.courting[k] != 0 && courting_strategy(world, k) != CourtingStrategy::kNone;
}

/// What a sponsor may send this month.
struct Means {
  std::size_t missions = 0;  ///< beside visits to pressed countries
  double budget_busd = 0.0;
  BudgetRule rule = BudgetRule::kNeeded;
  double each_busd = 0.0;  ///< of a visit, under equal budgets
};

/// The planning of one sponsor.
struct Plan {
  std::size_t framework;
  const Prospects& prospects;
  const Contest& contest;
  Means means;
  std::vector<Target> targets;
};

bool is_pressed(const World& world, const Target& target) {
  const Mission& mission = target.mission;
  return mission.country != kNoCountry &&
         world.derived.effects.pressed[mission.framework * world.countries() + mission.country] != 0;
}

/// Equal budgets: the month's over all visits that it will see, those to organisations too.
void share_budget(const World& world, Plan& plan) {
  std::size_t pressed = 0;
  for (const Target& target : plan.targets) pressed += is_pressed(world, target) ? 1 : 0;
  const std::size_t visits = pressed + std::min(plan.means.missions, plan.targets.size() - pressed);
  plan.means.each_busd = visits == 0 ? 0.0 : plan.means.budget_busd / static_cast<double>(visits);
}

/// What a visit to a country would carry of what is left: what it needs or its equal share, at most the cap.
double offer_to(const World& world, const Target& target, const Means& means, double left_busd) {
  const std::uint32_t i = target.mission.country;
  if (i == kNoCountry) return 0.0;
  const double cap = world.derived.parameters(parameters::kOfferCap) / 100.0 * world.setting().countries.gdp_busd[i];
  return std::min({means.rule == BudgetRule::kEqual ? means.each_busd : target.needed_busd, cap, left_busd});
}

/// Probability that a visit with this offer wins the target against its rivals.
double probability(const World& world, const Target& target, const Contest& contest, double offer_busd) {
  const double temperature = world.derived.parameters(parameters::kTemperature);
  const Mission& mission = target.mission;
  if (mission.organisation != kNoCountry) {
    return math::logistic(target.utility / temperature) * (1.0 - contest.lost_before[mission.organisation]);
  }
  const double worth = offer_worth_pp(world, mission.country, offer_busd);
  return math::logistic((target.utility + worth) / temperature - contest.pull[mission.country]);
}

/// Probability that the rivals would win the target and a visit that is accepted would keep it from them.
double kept_from_rivals(const Target& target, const Contest& contest) {
  const Mission& mission = target.mission;
  return mission.organisation != kNoCountry ? contest.lost_after[mission.organisation]
                                            : 1.0 - math::exp(-contest.pull[mission.country]);
}

double uniform_rank(const World& world, const Mission& mission) {
  const std::uint32_t entity = mission.organisation != kNoCountry
                                   ? world.setting().organisations[mission.organisation].key
                                   : world.setting().countries.key[mission.country];
  const auto kind = static_cast<std::uint16_t>(world.setting().frameworks.key[mission.framework] & 0xffffU);
  return Draws(world.scenario().run.seed, Purpose::kMissionOrder, static_cast<std::uint32_t>(world.step), entity, kind)
      .uniform();
}

/// Who comes in if the target accedes.
std::vector<std::uint32_t> newcomers(const World& world, const Mission& mission) {
  if (mission.organisation == kNoCountry) return {mission.country};
  return joining_members(world, mission.organisation, mission.framework);
}

/// Rank values by the strategy; then best first, equal ones by code, countries before organisations.
void rank_targets(const World& world, Plan& plan) {
  const CourtingStrategy strategy = courting_strategy(world, plan.framework);
  const double rivalry = world.derived.parameters(parameters::kRivalry, plan.framework);
  std::optional<AccessionCascade> cascade;
  if (strategy == CourtingStrategy::kCascade) cascade.emplace(world, plan.framework, plan.prospects);
  for (Target& target : plan.targets) {
    if (strategy == CourtingStrategy::kUniform) {
      target.rank_value = uniform_rank(world, target.mission);
      continue;
    }
    const double offer = offer_to(world, target, plan.means, plan.means.budget_busd);
    const double value = target.value + (cascade ? cascade->rise_of_value(newcomers(world, target.mission)) : 0.0);
    target.rank_value = value * probability(world, target, plan.contest, offer) *
                        (1.0 + rivalry * kept_from_rivals(target, plan.contest));
  }
  std::stable_sort(plan.targets.begin(), plan.targets.end(), [](const Target& a, const Target& b) {
    return a.rank_value != b.rank_value ? a.rank_value > b.rank_value : a.key < b.key;
  });
}

/// Keeps the list for the rivals that will answer it next month.
void file_plan(World& world, const Plan& plan) {
  const std::size_t axis = world.countries() + world.setting().organisations.size();
  for (std::size_t n = 0; n < plan.targets.size(); ++n) {
    const Target& target = plan.targets[n];
    world.courting.plan_place[plan.framework * axis + target_place(world, target.mission)] =
        static_cast<std::int32_t>(n);
    if (target.mission.country == kNoCountry) continue;
    world.courting.plan_offer_busd[plan.framework * world.countries() + target.mission.country] =
        offer_to(world, target, plan.means, plan.means.budget_busd);
  }
}

/// Keeps how the members of a courted organisation see the accession.
void file_ballots(const World& world, std::span<const double> utility, Mission& mission, StepReport& report) {
  const std::vector<Ballot> cast = cast_ballots(world, mission.organisation, mission.framework, utility);
  mission.first_ballot = static_cast<std::uint32_t>(report.ballots.size());
  mission.ballot_count = static_cast<std::uint32_t>(cast.size());
  report.ballots.insert(report.ballots.end(), cast.begin(), cast.end());
}

/// Down the list, as far as missions and budget reach.
void send_missions(const World& world, Plan& plan, std::vector<Mission>& missions, StepReport& report) {
  std::size_t left = plan.means.missions;
  double budget = plan.means.budget_busd;
  for (Target& target : plan.targets) {
    const bool extra = is_pressed(world, target);
    if (left == 0 && !extra) continue;
    if (!extra) --left;
    target.mission.offer_busd = offer_to(world, target, plan.means, budget);
    budget -= target.mission.offer_busd;
    report.offered_busd[plan.framework] += target.mission.offer_busd;
    if (target.mission.organisation != kNoCountry && world.scenario().record.decisions) {
      file_ballots(world, plan.prospects.utility, target.mission, report);
    }
    report.missions_sent[plan.framework] += 1.0;
    missions.push_back(target.mission);
  }
}

/// Whole missions that are sent now; the fraction is kept for later, briefings come on top once.
std::size_t take_missions(World& world, std::size_t k) {
  const std::size_t whole = whole_missions(world, k);
  double& saved = world.frameworks_state.missions_saved[k];
  saved += world.derived.parameters(parameters::kMissionsPerMonth, k) * world.scenario().run.step_months;
  saved -= std::floor(saved);
  return whole;
}

void plan_for(World& world, std::size_t k, const Contest& contest, std::vector<Mission>& missions, StepReport& report) {
  const std::uint8_t* pressed = &world.derived.effects.pressed[k * world.countries()];
  const bool presses = std::any_of(pressed, pressed + world.countries(), [](std::uint8_t p) { return p != 0; });
  if (!is_open(world, k) || (!courts(world, k) && !presses)) return;
  const Prospects prospects = accession_prospects(world, k);
  Plan plan{k, prospects, contest, {}, targets_of(world, k, prospects)};
  plan.means.missions = courts(world, k) ? take_missions(world, k) : 0;
  plan.means.budget_busd = month_budget_busd(world, k);
  plan.means.rule = static_cast<BudgetRule>(world.derived.parameters.choice(parameters::kBudgetRule, k));
  share_budget(world, plan);
  for (Target& target : plan.targets) {
    const std::uint32_t i = target.mission.country;
    if (i != kNoCountry) target.needed_busd = needed_offer_busd(world, i, target.utility, contest.pull[i]);
  }
  rank_targets(world, plan);
  file_plan(world, plan);
  send_missions(world, plan, missions, report);
}

}  // namespace

CourtingStrategy courting_strategy(const World& world, std::size_t framework) {
  return static_cast<CourtingStrategy>(world.derived.parameters.choice(parameters::kStrategy, framework));
}

std::size_t whole_missions(const World& world, std::size_t framework) {
  if (!courts(world, framework)) return 0;
  return static_cast<std::size_t>(std::floor(world.frameworks_state.missions_saved[framework] +
                                             world.derived.parameters(parameters::kMissionsPerMonth, framework) *
                                                 world.scenario().run.step_months));
}

double month_budget_busd(const World& world, std::size_t framework) {
  return world.derived.parameters(parameters::kBudget, framework) / 12.0 * world.scenario().run.step_months;
}

double offer_worth_pp(const World& world, std::size_t country, double offer_busd) {
  return world.derived.parameters(parameters::kAnnuity) * 100.0 * offer_busd /
         world.setting().countries.gdp_busd[country];
}

double needed_offer_busd(const World& world, std::size_t country, double utility_pp, double pull) {
  const double p = world.derived.parameters(parameters::kTargetProbability);
  const double wanted = world.derived.parameters(parameters::kTemperature) * (math::log(p / (1.0 - p)) + pull);
  const double annuity = world.derived.parameters(parameters::kAnnuity);
  if (annuity == 0.0) return 0.0;
  return std::max(0.0, wanted - utility_pp) / 100.0 * world.setting().countries.gdp_busd[country] / annuity;
}

std::vector<Mission> plan_missions(World& world, StepReport& report) {
  const std::vector<Contest> contests = expected_contests(world);
  std::fill(world.courting.plan_place.begin(), world.courting.plan_place.end(), -1);
  std::fill(world.courting.plan_offer_busd.begin(), world.courting.plan_offer_busd.end(), 0.0);
  std::vector<Mission> missions;
  for (std::size_t k = 0; k < world.frameworks(); ++k) plan_for(world, k, contests[k], missions, report);
  return missions;
}

}  // namespace splinternet
