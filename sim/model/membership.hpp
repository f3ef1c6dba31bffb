#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kDepthOnSigning =
    real("countries.depth_on_signing", "1", 0.25, {0, 1}, {0.1, 1},
         "share of the provisions' strength that binds on signing: d0",
         "[J] 18 of 51 members signed a text; 10 EU states had restricted vendors by June 2023");
inline constexpr Parameter kReplacementYears =
    real("countries.replacement_years", "years", 5, {0.1, 50}, {3, 7},
         "years from signing until provisions bind in full and the untrusted installed base is replaced",
         "[M] UK 2020 to 2027");

inline constexpr const Parameter* kMembershipRows[] = {&kDepthOnSigning, &kReplacementYears};

}  // namespace parameters

/// True if no two frameworks of the set are incompatible.
bool is_admissible(const Setting& setting, FrameworkSet set);

/// The memberships after country i signs k: listings (not signatures) that are incompatible with k lapse. The result
/// may be inadmissible; then k can only be had by a swap.
FrameworkSet after_accession(const World& world, std::size_t country, std::size_t framework);

/// Counts the members of each framework anew, into Derived::member_count; accede and withdraw keep the count.
void count_members(World& world);

/// Makes the country a signatory at depth d0; incompatible listings lapse, incompatible signatures must be gone
/// already.
void accede(World& world, std::size_t country, std::size_t framework);

/// Opens the framework to accession and its courting; sponsors sign.
void open_framework(World& world, std::size_t framework);

/// Ends the membership: depth and side payments go, the replaced equipment stays replaced.
void withdraw(World& world, std::size_t country, std::size_t framework);

/// Whether a framework that is not in force counts where it would be new.
enum class Counting { kInForceOnly, kAsIfInForce };

/// Depth [framework] at which provisions bind on the country if its memberships were `set`: today's depth where it is
/// already in, d0 where it would be new. Frameworks that are not in force do not bind; kAsIfInForce counts those that
/// would be new as if they were (what signing amounts to once the framework is in force).
void binding_depth(const World& world, std::size_t country, FrameworkSet set, Counting counting,
                   std::span<double> depth);

/// The same where d0 has been looked up.
void binding_depth(const World& world, std::size_t country, FrameworkSet set, Counting counting,
                   double depth_on_signing, std::span<double> depth);

/// Updates which frameworks are in force: opened, with signatories and a GDP share of theirs enough.
void update_entry_into_force(World& world);

}  // namespace splinternet
