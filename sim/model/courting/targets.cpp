#include "sim/model/courting/targets.hpp"

#include <cmath>

#include "sim/core/math.hpp"
#include "sim/model/organisations.hpp"

namespace splinternet {
namespace {

/// May decide on the framework, has not signed it, and would change something by acceding.
bool is_eligible(const World& world, std::size_t country, std::size_t framework) {
  return may_decide_on(world, country, framework) && !contains(world.signed_membership(country), framework) &&
         accession_or_swap(world, country, framework) != world.membership(country);
}

bool refuses(const World& world, std::size_t country, std::size_t framework) {
  return world.step <= world.members.refused_until[world.at(country, framework)];
}

}  // namespace

std::size_t target_place(const World& world, const Mission& mission) {
  return mission.organisation == kNoCountry ? mission.country : world.countries() + mission.organisation;
}

Prospects accession_prospects(const World& world, std::size_t framework) {
  Prospects prospects;
  PricedOptions priced;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    prospects.eligible.push_back(is_eligible(world, i, framework) ? 1 : 0);
    if (prospects.eligible[i] != 0) priced.options.add(i, accession_or_swap(world, i, framework));
  }
  price(world, priced);
  prospects.utility.assign(world.countries(), -INFINITY);
  for (std::size_t n = 0; n < priced.options.size(); ++n) {
    prospects.utility[priced.options.country[n]] = priced.total[n];
  }
  return prospects;
}

double target_value(const World& world, std::size_t country) {
  return math::pow(world.setting().countries.gdp_share[country], world.derived.parameters(parameters::kTargetExponent));
}

bool may_be_courted(const World& world, std::size_t country, std::size_t framework) {
  return !refuses(world, country, framework) && is_eligible(world, country, framework);
}

bool organisation_may_be_courted(const World& world, std::size_t organisation, std::size_t framework) {
  return world.step > world.organisations.refused_until[organisation * world.frameworks() + framework] &&
         !joining_members(world, organisation, framework).empty();
}

std::vector<Target> targets_of(const World& world, std::size_t framework, const Prospects& prospects) {
  std::vector<Target> targets;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    if (prospects.eligible[i] == 0 || refuses(world, i, framework)) continue;
    Target target;
    target.mission.framework = static_cast<std::uint32_t>(framework);
    target.mission.country = static_cast<std::uint32_t>(i);
    target.utility = prospects.utility[i];
    target.value = target_value(world, i);
    target.key = world.setting().countries.rank[i];
    targets.push_back(target);
  }
  for (std::size_t o = 0; o < world.setting().organisations.size(); ++o) {
    if (!organisation_may_be_courted(world, o, framework)) continue;
    Target target;
    target.mission.framework = static_cast<std::uint32_t>(framework);
    target.mission.organisation = static_cast<std::uint32_t>(o);
    target.utility = target.mission.utility = organisation_utility(world, o, framework, prospects.utility);
    if (target.utility == -INFINITY) continue;
    for (const std::uint32_t i : joining_members(world, o, framework)) target.value += target_value(world, i);
    target.key = static_cast<std::uint32_t>(world.countries() + o);
    targets.push_back(target);
  }
  return targets;
}

}  // namespace splinternet
