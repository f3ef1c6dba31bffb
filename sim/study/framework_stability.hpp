#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

/// What a country can do about a framework.
enum class Standing : std::uint8_t {
  kSponsor,   ///< in, and committed
  kMember,    ///< in, and free to leave; nobody where membership is for good (countries.withdrawal)
  kOutsider,  ///< out, and free to accede
};

/// What changing sides would be worth to one country, all others staying as they are.
struct CountryMargin {
  std::uint32_t country = 0;
  Standing standing = Standing::kOutsider;
  MembershipLevel level = MembershipLevel::kNone;
  /// U (M1) of withdrawing (those in) or of acceding, leaving what is incompatible (outsiders), in the unit of payoffs
  /// (pp of real income a year) against staying. Of a sponsor too, though it will not.
  double change = 0.0;
  double margin = 0.0;  ///< what it gains by being in: −change of those in, change of outsiders
  /// The same in what transfers are paid in: a share of its GDP, USD bn a year; payoffs with a unit of their own are
  /// paid in that unit.
  double margin_money = 0.0;
  /// With which it changes sides if this and staying are its options: logit (M12); NaN under best response.
  double probability = 0.0;
  /// One-off sum at which changing is worth as much as staying; under best response, any larger one makes it change.
  /// USD bn, 0 if it would anyway, NaN if sums of money mean nothing to countries (no term side_payment, or annuity 0).
  double tip_busd = 0.0;
  /// One-off sum for the probability that sponsors aim at (M13); NaN likewise, and under best response.
  double target_busd = 0.0;
};

/// Whether a framework holds together (d'Aspremont et al. 1983) as it stands, by all payoff terms of the scenario.
struct FrameworkStability {
  std::vector<CountryMargin> countries;       ///< sponsors, members and possible outsiders in order of code
  std::vector<std::uint32_t> first_to_leave;  ///< rows of members above, by rising margin
  std::vector<std::uint32_t> first_to_join;   ///< rows of outsiders above, by falling margin
  bool internal = false;                      ///< no member gains by leaving more than countries.tie_eps
  bool external = false;                      ///< no outsider gains by acceding
  bool strictly_internal = false;             ///< every member loses by leaving
  bool strictly_external = false;             ///< every outsider loses by acceding
  double surplus_money = 0.0;                 ///< Σ margin_money of the members
  double sponsors_money = 0.0;                ///< Σ margin_money of the sponsors
  /// surplus_money ≥ 0: some transfers among the members would keep all of them in (Carraro, Eyckmans & Finus 2006).
  bool potentially_internal = false;
  bool potentially_internal_with_sponsors = false;  ///< if sponsors pay too: surplus_money + sponsors_money ≥ 0
};

/// Stability of a framework in the World as it stands. Members are signatories and listed countries alike. Empty under
/// rules of choice that weigh no payoffs: nothing is worth more than anything else. Throws InternalError if the
/// scenario has no countries that decide.
FrameworkStability framework_stability(const World& world, std::size_t framework);

/// Rows of countries in order of code.
std::vector<std::uint32_t> countries_by_code(const World& world);

/// Whether countries weigh one-off sums: the scenario has the term side_payment, and an annuity.
bool weighs_payments(const World& world);

/// Whether payoffs have a unit of their own (countries.unit), so that sums of them need no size of an economy.
bool has_own_unit(const World& world);

/// Whether countries choose by logit, not by best response.
bool chooses_by_logit(const World& world);

}  // namespace splinternet
