#include "sim/model/courting.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/organisations.hpp"

namespace splinternet {
namespace {

enum class Strategy { kTargeted, kUniform, kNone };

/// A possible destination of a mission.
struct Target {
  Mission mission;
  double rank_value;  ///< value times probability, or a draw under the uniform strategy
  double needed_busd;
  std::uint32_t key;  ///< breaks ties: order of code
};

/// What acceding to framework k is worth to each country without an offer; −∞ for those who cannot.
std::vector<double> accession_utility(const World& world, std::size_t k, std::vector<std::uint8_t>& eligible) {
  PricedOptions priced;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    eligible[i] = may_decide_on(world, i, k) && !contains(world.signed_membership(i), k) &&
                  accession_or_swap(world, i, k) != world.membership(i);
    if (eligible[i] != 0) priced.options.add(i, accession_or_swap(world, i, k));
  }
  price(world, priced);
  std::vector<double> utility(world.countries(), -INFINITY);
  for (std::size_t n = 0; n < priced.options.size(); ++n) utility[priced.options.country[n]] = priced.total[n];
  return utility;
}

double target_value(const World& world, std::size_t i) {
  return math::pow(world.setting().countries.gdp_share[i], world.derived.parameters(parameters::kTargetExponent));
}

/// The offer that the sponsor can afford and may make, of what the country needs.
double affordable(const World& world, std::size_t i, double needed_busd, double budget_busd) {
  const double cap = world.derived.parameters(parameters::kOfferCap) / 100.0 * world.setting().countries.gdp_busd[i];
  return std::min({needed_busd, cap, budget_busd});
}

double probability_with(const World& world, std::size_t i, double utility, double offer_busd) {
  const double worth =
      world.derived.parameters(parameters::kAnnuity) * 100.0 * offer_busd / world.setting().countries.gdp_busd[i];
  return math::logistic((utility + worth) / world.derived.parameters(parameters::kTemperature));
}

void add_country_targets(const World& world, std::size_t k, double budget_busd, std::span<const double> utility,
                         const std::vector<std::uint8_t>& eligible, std::vector<Target>& targets) {
  for (std::size_t i = 0; i < world.countries(); ++i) {
    if (eligible[i] == 0 || world.step <= world.members.refused_until[world.at(i, k)]) continue;
    Target target{};
    target.mission.framework = static_cast<std::uint32_t>(k);
    target.mission.country = static_cast<std::uint32_t>(i);
    target.needed_busd = needed_offer_busd(world, i, utility[i]);
    target.rank_value = target_value(world, i) *
                        probability_with(world, i, utility[i], affordable(world, i, target.needed_busd, budget_busd));
    target.key = world.setting().countries.rank[i];
    targets.push_back(target);
  }
}

void add_organisation_targets(const World& world, std::size_t k, std::span<const double> utility,
                              std::vector<Target>& targets) {
  for (std::size_t o = 0; o < world.setting().organisations.size(); ++o) {
    if (world.step <= world.organisations.refused_until[o * world.frameworks() + k]) continue;
    Target target{};
    target.mission.framework = static_cast<std::uint32_t>(k);
    target.mission.organisation = static_cast<std::uint32_t>(o);
    target.mission.utility = organisation_utility(world, o, k, utility);
    if (target.mission.utility == -INFINITY) continue;
    double value = 0.0;
    for (const std::uint32_t i : joining_members(world, o, k)) value += target_value(world, i);
    target.rank_value =
        value * math::logistic(target.mission.utility / world.derived.parameters(parameters::kTemperature));
    target.key = static_cast<std::uint32_t>(world.countries() + o);
    targets.push_back(target);
  }
}

/// Best first; equal values by code, countries before organisations.
void rank_targets(const World& world, Strategy strategy, std::vector<Target>& targets) {
  if (strategy == Strategy::kUniform) {
    for (Target& target : targets) {
      const bool body = target.mission.organisation != kNoCountry;
      const std::uint32_t entity = body ? world.setting().organisations[target.mission.organisation].key
                                        : world.setting().countries.key[target.mission.country];
      const auto kind = static_cast<std::uint16_t>(world.setting().frameworks.key[target.mission.framework] & 0xffffU);
      target.rank_value =
          Draws(world.scenario().run.seed, Purpose::kMissionOrder, static_cast<std::uint32_t>(world.step), entity, kind)
              .uniform();
    }
  }
  std::stable_sort(targets.begin(), targets.end(), [](const Target& a, const Target& b) {
    return a.rank_value != b.rank_value ? a.rank_value > b.rank_value : a.key < b.key;
  });
}

/// Whole missions that may be sent now; the fraction is kept for later, briefings come on top once.
std::size_t missions_at_hand(World& world, std::size_t k) {
  double& saved = world.frameworks_state.missions_saved[k];
  saved += world.derived.parameters(parameters::kMissionsPerMonth, k) * world.scenario().run.step_months;
  const double whole = std::floor(saved);
  saved -= whole;
  return static_cast<std::size_t>(whole);
}

/// Keeps how the members of a courted organisation see the accession.
void file_ballots(const World& world, std::span<const double> utility, Mission& mission, StepReport& report) {
  const std::vector<Ballot> cast = cast_ballots(world, mission.organisation, mission.framework, utility);
  mission.first_ballot = static_cast<std::uint32_t>(report.ballots.size());
  mission.ballot_count = static_cast<std::uint32_t>(cast.size());
  report.ballots.insert(report.ballots.end(), cast.begin(), cast.end());
}

void plan_for(World& world, std::size_t k, std::vector<Mission>& missions, StepReport& report) {
  const auto strategy = static_cast<Strategy>(world.derived.parameters.choice(parameters::kStrategy, k));
  const bool courts = world.frameworks_state.courting[k] != 0 && strategy != Strategy::kNone;
  const std::uint8_t* pressed = &world.derived.effects.pressed[k * world.countries()];
  const bool presses = std::any_of(pressed, pressed + world.countries(), [](std::uint8_t p) { return p != 0; });
  if ((!courts && !presses) || world.frameworks_state.status[k] != static_cast<std::uint8_t>(FrameworkStatus::kOpen)) {
    return;
  }
  double budget = world.derived.parameters(parameters::kBudget, k) / 12.0 * world.scenario().run.step_months;
  std::vector<std::uint8_t> eligible(world.countries(), 0);
  const std::vector<double> utility = accession_utility(world, k, eligible);
  std::vector<Target> targets;
  add_country_targets(world, k, budget, utility, eligible, targets);
  add_organisation_targets(world, k, utility, targets);
  rank_targets(world, strategy, targets);
  std::size_t left = courts ? missions_at_hand(world, k) : 0;
  for (Target& target : targets) {
    const std::uint32_t i = target.mission.country;
    const bool extra = i != kNoCountry && pressed[i] != 0;
    if (left == 0 && !extra) continue;
    if (!extra) --left;
    if (i != kNoCountry) {
      target.mission.offer_busd = affordable(world, i, target.needed_busd, budget);
      budget -= target.mission.offer_busd;
      report.offered_busd[k] += target.mission.offer_busd;
    }
    if (i == kNoCountry && world.scenario().record.decisions) file_ballots(world, utility, target.mission, report);
    report.missions_sent[k] += 1.0;
    missions.push_back(target.mission);
  }
}

}  // namespace

double needed_offer_busd(const World& world, std::size_t country, double utility_pp) {
  const double p = world.derived.parameters(parameters::kTargetProbability);
  const double wanted = world.derived.parameters(parameters::kTemperature) * math::log(p / (1.0 - p));
  const double annuity = world.derived.parameters(parameters::kAnnuity);
  if (annuity == 0.0) return 0.0;
  return std::max(0.0, wanted - utility_pp) / 100.0 * world.setting().countries.gdp_busd[country] / annuity;
}

std::vector<Mission> plan_missions(World& world, StepReport& report) {
  std::vector<Mission> missions;
  for (std::size_t k = 0; k < world.frameworks(); ++k) plan_for(world, k, missions, report);
  return missions;
}

}  // namespace splinternet
