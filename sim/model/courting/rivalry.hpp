#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/courting/targets.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// A visit that a sponsor is expected to make this month.
struct ExpectedVisit {
  std::size_t target = 0;  ///< place among countries and organisations
  double offer_busd = 0.0;
};

/// The sponsor is expected to go on down the list that it had last month (CourtingState): past those who have acceded
/// or refused since, as far as the missions at hand this month reach, each visit with the offer of that list while the
/// month's budget lasts; those it presses are visited besides.
std::vector<ExpectedVisit> expected_visits(const World& world, std::size_t framework);

/// What the rivals of a sponsor (incompatible frameworks) are expected to do to its targets; all 0 without a rival.
struct Contest {
  /// [country] ln(1 + Σ_l e^{(U_l + L_l)/T}) over the rivals l expected to visit it with an offer worth L_l.
  std::vector<double> pull;
  /// [organisation] probability that it accedes to a rival whose visit it answers earlier (frameworks in order), later.
  std::vector<double> lost_before, lost_after;
};

/// A contest in which nobody else courts.
Contest uncontested(const World& world);

/// For each framework whose strategy is rival_aware the contest by the plans of last month; uncontested for the others.
std::vector<Contest> expected_contests(const World& world);

}  // namespace splinternet
