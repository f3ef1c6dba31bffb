#include "sim/model/courting/rivalry.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/math.hpp"
#include "sim/model/courting.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/organisations.hpp"

namespace splinternet {
namespace {

bool is_rival_aware(const World& world, std::size_t framework) {
  return courting_strategy(world, framework) == CourtingStrategy::kRivalAware;
}

bool is_rival(const World& world, std::size_t framework, std::size_t other) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  return frameworks.incompatible[framework * frameworks.count + other] != 0;
}

/// Places of last month's list, best first.
std::vector<std::size_t> listed_targets(const World& world, std::size_t framework) {
  const std::size_t targets = world.countries() + world.setting().organisations.size();
  const std::int32_t* place = &world.courting.plan_place[framework * targets];
  std::vector<std::size_t> list;
  for (std::size_t n = 0; n < targets; ++n) {
    if (place[n] >= 0) list.push_back(n);
  }
  std::sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) { return place[a] < place[b]; });
  return list;
}

bool may_be_visited(const World& world, std::size_t framework, std::size_t target) {
  return target < world.countries() ? may_be_courted(world, target, framework)
                                    : organisation_may_be_courted(world, target - world.countries(), framework);
}

/// ln(e^a + e^b).
double log_of_sum(double a, double b) {
  const double high = std::max(a, b), low = std::min(a, b);
  return high + math::log(1.0 + math::exp(low - high));
}

/// Adds the visits of one rival to the contest of a framework.
void add_rival(const World& world, std::size_t framework, std::size_t rival, const std::vector<ExpectedVisit>& visits,
               const Prospects& prospects, Contest& contest) {
  const double temperature = world.derived.parameters(parameters::kTemperature);
  for (const ExpectedVisit& visit : visits) {
    if (visit.target < world.countries()) {
      const double worth = prospects.utility[visit.target] + offer_worth_pp(world, visit.target, visit.offer_busd);
      contest.pull[visit.target] = log_of_sum(contest.pull[visit.target], worth / temperature);
      continue;
    }
    const std::size_t o = visit.target - world.countries();
    const double utility = organisation_utility(world, o, rival, prospects.utility);
    if (utility == -INFINITY) continue;
    double& lost = (rival < framework ? contest.lost_before : contest.lost_after)[o];
    lost = 1.0 - (1.0 - lost) * (1.0 - math::logistic(utility / temperature));
  }
}

}  // namespace

std::vector<ExpectedVisit> expected_visits(const World& world, std::size_t framework) {
  std::vector<ExpectedVisit> visits;
  if (world.frameworks_state.status[framework] != static_cast<std::uint8_t>(FrameworkStatus::kOpen)) return visits;
  std::size_t left = whole_missions(world, framework);
  double budget = month_budget_busd(world, framework);
  const std::uint8_t* pressed = &world.derived.effects.pressed[framework * world.countries()];
  for (const std::size_t target : listed_targets(world, framework)) {
    if (!may_be_visited(world, framework, target)) continue;
    const bool is_country = target < world.countries();
    const bool extra = is_country && pressed[target] != 0;
    if (left == 0 && !extra) continue;
    if (!extra) --left;
    double offer = 0.0;
    if (is_country) {
      offer = std::min(world.courting.plan_offer_busd[framework * world.countries() + target], budget);
      budget -= offer;
    }
    visits.push_back({target, offer});
  }
  return visits;
}

Contest uncontested(const World& world) {
  const std::size_t organisations = world.setting().organisations.size();
  return {std::vector<double>(world.countries(), 0.0), std::vector<double>(organisations, 0.0),
          std::vector<double>(organisations, 0.0)};
}

std::vector<Contest> expected_contests(const World& world) {
  std::vector<Contest> contests(world.frameworks(), uncontested(world));
  for (std::size_t rival = 0; rival < world.frameworks(); ++rival) {
    bool is_watched = false;
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      is_watched = is_watched || (is_rival_aware(world, k) && is_rival(world, k, rival));
    }
    const std::vector<ExpectedVisit> visits = is_watched ? expected_visits(world, rival) : std::vector<ExpectedVisit>{};
    if (visits.empty()) continue;
    const Prospects prospects = accession_prospects(world, rival);
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      if (is_rival_aware(world, k) && is_rival(world, k, rival)) {
        add_rival(world, k, rival, visits, prospects, contests[k]);
      }
    }
  }
  return contests;
}

}  // namespace splinternet
