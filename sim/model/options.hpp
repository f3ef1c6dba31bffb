#pragma once

#include <span>

#include "sim/model/admission.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/schedule.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kWithdrawal =
    option("countries.withdrawal", "allowed|never",
           "whether members may leave; never: membership is for good, but for swaps and listings that lapse",
           "[D] thresholds that absorb: Granovetter 1978, Am. J. Sociol. 83:1420");

inline constexpr const Parameter* kOptionRows[] = {&kWithdrawal};

}  // namespace parameters

/// Whether members may withdraw on their own.
inline bool may_withdraw(const World& world) {
  return world.derived.parameters.choice(parameters::kWithdrawal) == 0;
}

/// Adds what a country may choose from in its revision: staying first, then accessions or swaps, then withdrawals;
/// frameworks in order of their rows. It may accede where it is courted, or on its own where no refusal of its own
/// stands, if those who are in admit it; it may withdraw on its own. `missions` tell what is offered. Returns the
/// frameworks whose members did not consent to its accession.
FrameworkSet add_options(const World& world, const Revision& revision, std::span<const Mission> missions,
                         Admission& admission, Options& options);

}  // namespace splinternet
