#pragma once

#include <cstdint>
#include <vector>

#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"
#include "sim/scenario/parameter.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kProposalRule =
    option("countries.proposal_rule", "unanimity|majority",
           "when a group that is asked to accede together does: if all of it gain; or those who gain, if they are more "
           "than half of it",
           "[D] coalition-proof moves: Bernheim, Peleg & Whinston 1987, J. Econ. Theory 42:1");
inline constexpr Parameter kProposalsPerStep =
    integer("countries.proposals_per_step", "1", 0, {0, 1000}, {0, 10},
            "groups, drawn by lot, that are asked in a step to accede together, beside those of events", "[D]");
inline constexpr Parameter kProposalSize =
    integer("countries.proposal_size", "countries", 2, {1, 1e7}, {2, 10},
            "countries in a group that is drawn; all that are outside if they are fewer", "[D]");

inline constexpr const Parameter* kProposalRows[] = {&kProposalRule, &kProposalsPerStep, &kProposalSize};

}  // namespace parameters

/// Refuses proposals that could never succeed: to a framework that is closed, of countries that may not decide on it
/// (committed to another, an untrusted home, without decisions), of more countries than there are, without payoff terms
/// or [countries]. Throws ScenarioError.
void check_proposals(const Setting& setting);

/// The groups that are asked to accede to a framework together, before countries revise on their own: first those of
/// the events that fired in this step (`report.events`, in their order), then the drawn ones: to an open framework by
/// lot, of countries that are outside by lot. Those of a group accede, by swaps where need be, who may decide, have not
/// signed and have not answered in this step: under `unanimity` if each gains more than tie_eps from the accession of
/// all (JointAccession::worth_to_group), under `majority` those who gain if they are more than half; either way if the
/// members admit them. Nothing is drawn. Marks those who accede in `answered` and reports them.
void decide_proposals(World& world, std::vector<std::uint8_t>& answered, StepReport& report);

}  // namespace splinternet
