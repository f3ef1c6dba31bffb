#include "sim/model/organisations.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/admission.hpp"
#include "sim/model/membership.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool has_signed_rival(const World& world, std::size_t country, std::size_t framework) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    const bool rival = frameworks.incompatible[framework * frameworks.count + l] != 0;
    if (rival && contains(world.signed_membership(country), l)) return true;
  }
  return false;
}

/// What member i brings to the vote.
double vote(const World& world, std::size_t i, std::size_t framework, std::span<const double> utility) {
  if (contains(world.membership(i), framework)) return kInfinity;
  if (has_signed_rival(world, i, framework)) return -kInfinity;
  return utility[i];
}

/// Draws the answer to a mission and reports it.
bool accepts(const World& world, const Mission& mission, StepReport& report) {
  const OrganisationSetting& body = world.setting().organisations[mission.organisation];
  const Draws draws(world.scenario().run.seed, Purpose::kOrganisationChoice, static_cast<std::uint32_t>(world.step),
                    body.key, static_cast<std::uint16_t>(world.setting().frameworks.key[mission.framework] & 0xffffU));
  const double uniform = draws.uniform();
  const bool accepted = uniform < math::logistic(mission.utility / world.derived.parameters(parameters::kTemperature));
  if (world.scenario().record.decisions) {
    report.answers.push_back({mission.organisation, mission.framework, mission.first_ballot, mission.ballot_count,
                              mission.utility, uniform, accepted});
  }
  return accepted;
}

}  // namespace

std::vector<std::uint32_t> joining_members(const World& world, std::size_t organisation, std::size_t framework) {
  std::vector<std::uint32_t> joining;
  for (const std::uint32_t i : world.setting().organisations[organisation].members) {
    if (may_decide_on(world, i, framework) && !contains(world.membership(i), framework) &&
        !has_signed_rival(world, i, framework)) {
      joining.push_back(i);
    }
  }
  return joining;
}

double collective_utility(OrganisationRule rule, std::vector<double> utility) {
  SPLINTERNET_CHECK(!utility.empty());
  std::sort(utility.begin(), utility.end());
  return rule == OrganisationRule::kMajority ? utility[(utility.size() - 1) / 2] : utility.front();
}

std::vector<Ballot> cast_ballots(const World& world, std::size_t organisation, std::size_t framework,
                                 std::span<const double> utility) {
  const OrganisationSetting& body = world.setting().organisations[organisation];
  if (body.rule == OrganisationRule::kLeader) return {{body.leader, vote(world, body.leader, framework, utility)}};
  std::vector<Ballot> ballots;
  for (const std::uint32_t i : body.members) {
    if (world.setting().countries.chooses[i] != 0) ballots.push_back({i, vote(world, i, framework, utility)});
  }
  return ballots;
}

double organisation_utility(const World& world, std::size_t organisation, std::size_t framework,
                            std::span<const double> utility) {
  if (joining_members(world, organisation, framework).empty()) return -kInfinity;
  std::vector<double> votes;
  for (const Ballot& ballot : cast_ballots(world, organisation, framework, utility)) votes.push_back(ballot.utility);
  return collective_utility(world.setting().organisations[organisation].rule, std::move(votes));
}

void decide_organisations(World& world, std::span<const Mission> missions, std::vector<std::uint8_t>& answered,
                          StepReport& report) {
  const auto memory = static_cast<std::int32_t>(world.derived.parameters(parameters::kRefusalMonths) /
                                                world.scenario().run.step_months);
  for (const Mission& mission : missions) {
    if (mission.organisation == kNoCountry) continue;
    const std::size_t k = mission.framework;
    const std::vector<std::uint32_t> joining = joining_members(world, mission.organisation, k);
    Admission admission(world);
    if (!admission.admits(k, joining, Approach::kCourted)) {
      report.refused_admissions[k] += 1.0;
      continue;
    }
    if (!accepts(world, mission, report)) {
      const std::size_t row = mission.organisation * world.frameworks() + k;
      world.organisations.refused_until[row] = world.step + memory;
      report.refusals[k] += 1.0;
      continue;
    }
    report.acceptances[k] += 1.0;
    for (const std::uint32_t i : joining) {
      const FrameworkSet before = world.membership(i);
      accede(world, i, k);
      answered[i] = 1;
      for (std::size_t l = 0; l < world.frameworks(); ++l) {
        if (contains(before & ~world.membership(i), l)) {
          report.acts.push_back({i, static_cast<std::uint32_t>(l), ActKind::kListingLapsed});
        }
      }
      report.acts.push_back({i, mission.framework, ActKind::kJointAccession, mission.organisation});
    }
  }
}

}  // namespace splinternet
