#include "sim/model/admission.hpp"

#include <algorithm>
#include <string>

#include "sim/model/countries.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

AdmissionRule rule_of(const ParameterValues& parameters, std::size_t framework) {
  return static_cast<AdmissionRule>(parameters.choice(parameters::kAdmission, framework));
}

}  // namespace

bool needs_consent(const ParameterValues& parameters, std::size_t framework) {
  const AdmissionRule rule = rule_of(parameters, framework);
  return rule != AdmissionRule::kOpen && rule != AdmissionRule::kInvitation;
}

void check_admission(const Setting& setting) {
  const Scenario& scenario = setting.scenario;
  for (std::size_t k = 0; k < setting.frameworks.count && scenario.has_countries; ++k) {
    if (!needs_consent(scenario.parameters, k)) continue;
    const std::string path = "framework." + setting.frameworks.id[k] + ".admission";
    if (rule_of(scenario.parameters, k) == AdmissionRule::kSponsor && setting.frameworks.sponsors[k].empty()) {
      refuse({place_of(scenario, path), path, "its sponsors decide who may accede, but it has none", "",
              "name them in sponsors, or take another admission"});
    }
    if (scenario.terms.empty()) {
      refuse({place_of(scenario, path), path,
              "members weigh what an accession is worth to them, but countries.terms is empty",
              "open or invitation where there are no payoff terms", "add payoff terms, or take another admission"});
    }
  }
}

Admission::Admission(const World& world) : world_(world) {
  for (std::size_t k = 0; k < world.frameworks(); ++k) rule_.push_back(rule_of(world.derived.parameters, k));
}

std::vector<std::uint32_t> Admission::voters(std::size_t framework, AdmissionRule rule) const {
  if (rule == AdmissionRule::kSponsor) return world_.setting().frameworks.sponsors[framework];
  std::vector<std::uint32_t> members;
  for (std::uint32_t i = 0; i < world_.countries(); ++i) {
    if (contains(world_.signed_membership(i), framework)) members.push_back(i);
  }
  return members;
}

bool Admission::admits(std::size_t framework, std::uint32_t country, Approach approach) {
  return admits(framework, std::span(&country, 1), approach);
}

bool Admission::admits(std::size_t framework, std::span<const std::uint32_t> group, Approach approach) {
  const AdmissionRule rule = rule_[framework];
  if (rule == AdmissionRule::kOpen) return true;
  if (rule == AdmissionRule::kInvitation) return approach != Approach::kOnItsOwn;
  if (rule == AdmissionRule::kSponsor && approach == Approach::kCourted) return true;
  const std::vector<std::uint32_t> asked = voters(framework, rule);
  if (asked.empty()) return true;
  if (!accession_) accession_.emplace(world_);
  accession_->let_in(framework, group);
  const double tie_eps = world_.derived.parameters(parameters::kTieEps);
  const std::vector<double> worth = accession_->worth_to_members(asked);
  const auto consenting =
      static_cast<std::size_t>(std::count_if(worth.begin(), worth.end(), [&](double pp) { return pp >= -tie_eps; }));
  return rule == AdmissionRule::kMajority ? 2 * consenting > asked.size() : consenting == asked.size();
}

}  // namespace splinternet
