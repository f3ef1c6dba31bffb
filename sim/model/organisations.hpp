#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// What a body makes of its members' utilities in pp, in any order and at least one: the minimum under consensus, the
/// lower median under majority; a leader's is the only one.
double collective_utility(OrganisationRule rule, std::vector<double> utility);

/// The ballots of an organisation's joint accession to a framework, in the order of its members: of those that decide,
/// or of the leader alone. `utility` [country] = what acceding is worth to each, pp.
std::vector<Ballot> cast_ballots(const World& world, std::size_t organisation, std::size_t framework,
                                 std::span<const double> utility);

/// U_o of an organisation's joint accession to a framework in pp: minimum (consensus), lower median (majority) or
/// leader's net utility over its members that decide; members already in, listed ones too, count in favour (+∞),
/// signatories of a rival against (−∞: under consensus a veto). `utility` [country] = what acceding is worth to each.
/// Returns −∞ if there is nobody left to join.
double organisation_utility(const World& world, std::size_t organisation, std::size_t framework,
                            std::span<const double> utility);

/// Members that a joint accession would bring in: those who may decide, are not in and have not signed a rival.
std::vector<std::uint32_t> joining_members(const World& world, std::size_t organisation, std::size_t framework);

/// The courted organisations answer with probability 1/(1 + e^{−U_o/T}), U_o as it was when the mission was planned. In
/// the order of the missions those that accede bring in the members that are still outside the rival, marked in
/// `answered`; a refusal is remembered. A body whose joining members are not admitted (Admission) is not asked. With
/// record.decisions each answer is reported.
void decide_organisations(World& world, std::span<const Mission> missions, std::vector<std::uint8_t>& answered,
                          StepReport& report);

}  // namespace splinternet
