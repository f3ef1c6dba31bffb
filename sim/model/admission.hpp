#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/model/joint_accession.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Who may accede, in the order of the words of `framework.*.admission`.
enum class AdmissionRule { kOpen, kInvitation, kSponsor, kMajority, kUnanimity };

/// How an accession came up: by the applicant, by a visit of the sponsors (their consent), by a proposal to a group.
enum class Approach { kOnItsOwn, kCourted, kProposed };

/// Whether the framework is entered by consent: of sponsors, a majority or all.
bool needs_consent(const ParameterValues& parameters, std::size_t framework);

/// Refuses a framework that is entered by consent where nobody could give it, or could weigh what it is about: sponsors
/// where there are none, members without payoff terms. Throws ScenarioError.
void check_admission(const Setting& setting);

/// Members' consent to accessions in one state of the World, which must not change meanwhile. A member consents unless
/// it loses more than `countries.tie_eps` by the accession (JointAccession::worth_to_members). Those who have signed
/// have a say, under `sponsor` the sponsors alone. Copies the World once, and only if somebody is to be asked.
class Admission {
 public:
  explicit Admission(const World& world);

  /// Whether the country may accede, or all of the group together. Under `majority` more than half of those who have a
  /// say must consent, under `sponsor` and `unanimity` all; if nobody has a say, nobody objects.
  bool admits(std::size_t framework, std::uint32_t country, Approach approach);
  bool admits(std::size_t framework, std::span<const std::uint32_t> group, Approach approach);

 private:
  [[nodiscard]] std::vector<std::uint32_t> voters(std::size_t framework, AdmissionRule rule) const;

  const World& world_;
  std::vector<AdmissionRule> rule_;  // [framework]
  std::optional<JointAccession> accession_;
};

}  // namespace splinternet
