#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kTargetExponent =
    real("courting.target_exponent", "1", 0.5, {0, 5}, {0, 1}, "exponent v of GDP share in a target's value (M13)",
         "[C] 0 courts micro-states, 1 ignores them");

}  // namespace parameters

/// A possible destination of a mission.
struct Target {
  Mission mission;
  double utility = 0.0;      ///< of acceding without an offer, pp: the country's, or U_o of an organisation
  double value = 0.0;        ///< Σ (GDP share)^v over those who would accede (M13)
  double needed_busd = 0.0;  ///< offer that lifts the country's probability to the one aimed at, USD bn
  double rank_value = 0.0;   ///< best first
  std::uint32_t key = 0;     ///< breaks ties: order of code, countries before organisations
};

/// Place of a target among all countries and, after them, organisations: axis of the plans (CourtingState).
std::size_t target_place(const World& world, const Mission& mission);

/// What acceding to a framework, by a swap where need be, is worth to each country without an offer.
struct Prospects {
  std::vector<std::uint8_t> eligible;  ///< [country] may decide on it and is not in
  std::vector<double> utility;         ///< [country] pp; −∞ for those who are not eligible
};

/// Prices the accession of every country that is eligible.
Prospects accession_prospects(const World& world, std::size_t framework);

/// (GDP share)^v: what winning the country is worth to a sponsor (M13).
double target_value(const World& world, std::size_t country);

/// Whether a mission to the country or organisation could win anybody now: no refusal stands, the country is eligible,
/// the organisation has a member to bring in.
bool may_be_courted(const World& world, std::size_t country, std::size_t framework);
bool organisation_may_be_courted(const World& world, std::size_t organisation, std::size_t framework);

/// All targets of a framework's sponsors, countries by row, then organisations: utilities and values, neither offers
/// nor ranks.
std::vector<Target> targets_of(const World& world, std::size_t framework, const Prospects& prospects);

}  // namespace splinternet
