#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/model/setting.hpp"

namespace splinternet {

/// A revision as it was taken, so that it can be explained and replayed: option rows [first_row, first_row + row_count)
/// of the report, the first of which is staying.
struct Decision {
  std::uint32_t country = 0;
  std::uint32_t courted_by = 0;  ///< set of frameworks that courted it
  std::uint32_t refused_by = 0;  ///< set of frameworks whose members did not admit it
  std::uint32_t first_row = 0;
  std::uint32_t row_count = 0;
  std::uint32_t chosen = 0;  ///< row within the decision
  double uniform = 0.0;      ///< the draw that chose
  /// With record.market_access_exact: what the same draw chooses with (M2) by the linear response, and exactly.
  std::uint32_t chosen_linear = 0;
  std::uint32_t chosen_exact = 0;
};

enum class ActKind : std::uint8_t { kAccede, kWithdraw, kListingLapsed, kJointAccession, kSponsorSigned };

/// A change of membership.
struct Act {
  std::uint32_t country = 0;
  std::uint32_t framework = 0;
  ActKind kind = ActKind::kAccede;
  std::uint32_t organisation = 0xffffffffU;  ///< row, for a joint accession; none if a proposal brought it about
  double offer_busd = 0.0;
};

/// What a member brings to the vote of its organisation: its utility in pp, +∞ if it is in already, −∞ if it has signed
/// a rival.
struct Ballot {
  std::uint32_t country = 0;
  double utility = 0.0;
};

/// How an organisation answered a sponsor's visit, with the ballots [first_ballot, first_ballot + ballot_count) of the
/// report.
struct OrganisationAnswer {
  std::uint32_t organisation = 0;
  std::uint32_t framework = 0;
  std::uint32_t first_ballot = 0;
  std::uint32_t ballot_count = 0;
  double utility = 0.0;  ///< U_o, pp
  double uniform = 0.0;  ///< the draw: it accedes if this is below 1/(1 + e^{−U_o/T})
  bool accepted = false;
};

/// What happened in one step, beside the World itself: all that a recorder may see of it.
struct StepReport {
  std::vector<std::size_t> events;  ///< rows of the events that fired
  std::vector<Decision> decisions;
  std::vector<FrameworkSet> option_target;  ///< [row]
  std::vector<double> option_offer_busd;    ///< [row]
  std::vector<double> option_value;         ///< [row][term] pp
  std::vector<double> option_total;         ///< [row] pp
  /// With record.market_access_exact, else empty: (M2) by the linear response and exactly, [row] pp.
  std::vector<double> option_market_access_linear;
  std::vector<double> option_market_access_exact;
  std::vector<OrganisationAnswer> answers;  ///< only with record.decisions
  std::vector<Ballot> ballots;              ///< of all answers
  std::vector<Act> acts;
  std::vector<double> missions_sent;       ///< [framework]
  std::vector<double> acceptances;         ///< [framework] visits that were answered by acceding
  std::vector<double> refusals;            ///< [framework] visits that were answered otherwise
  std::vector<double> refused_admissions;  ///< [framework] applications to which members did not consent
  std::vector<double> proposals;           ///< [framework] groups that were asked to accede together
  std::vector<double> proposals_accepted;  ///< [framework] of these, how many led to accessions
  std::vector<double> offered_busd;        ///< [framework]
  std::vector<double> accepted_busd;       ///< [framework]
  int market_access_refreshes = 0;         ///< 1 if the linear response was taken anew
  std::size_t firm_revisions = 0;
  int trade_iterations = 0;
  double trade_residual = 0.0;
  /// Seconds of each phase, for the summary only: never written to a file.
  std::vector<double> phase_seconds;

  void clear(std::size_t frameworks);
};

}  // namespace splinternet
