#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/world.hpp"
#include "sim/study/stored_world.hpp"

namespace splinternet {

/// What one country's absence did to a framework.
struct AbsenceEffect {
  MembershipLevel level = MembershipLevel::kNone;  ///< of the country itself in the actual run
  std::size_t members = 0;                         ///< others in the actual run, signed or listed
  std::size_t members_without = 0;                 ///< others in the run in which it is held out
  std::vector<std::uint32_t> lost;                 ///< others that are in only in the actual run, in order of code
  std::vector<std::uint32_t> gained;               ///< others that are in only without it
};

/// The causal weight of one country: the run beside one in which it stands outside of everything.
struct Pivotality {
  std::uint32_t country = 0;
  std::vector<AbsenceEffect> frameworks;
};

/// The stored world with a country that never joins anything: it does not choose, and what it had joined before the
/// start is taken back. It trades, routes and is looked at by its peers as before, but is not courted and has no ballot
/// in its organisations. All draws are keyed by entity and step, so a run of it shares every random number with the
/// stored run. Throws DataError if the country sponsors a framework or never chooses anyway.
std::shared_ptr<const Setting> setting_without(const StoredWorld& stored, std::uint32_t country);

/// Memberships in two Worlds of the same countries, but for the one that is held out of the second.
Pivotality compare_without(const World& actual, const World& without, std::uint32_t country);

/// Its English name; the code of an actor without one.
const std::string& country_name(const World& world, std::size_t country);

/// Row of a country by code or English name in any case. Throws DataError with the nearest name if there is none.
std::uint32_t find_country(const World& world, std::string_view country);

}  // namespace splinternet
