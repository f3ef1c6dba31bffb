#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace splinternet {

/// A row number that cannot be mistaken for the row number of another kind of entity.
template <class Tag>
struct Id {
  std::uint32_t value = 0;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t row) : value(static_cast<std::uint32_t>(row)) {}

  /// The row as an array index.
  [[nodiscard]] constexpr std::size_t row() const { return value; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using CountryId = Id<struct CountryTag>;
using FirmId = Id<struct FirmTag>;
using FrameworkId = Id<struct FrameworkTag>;
using OrganisationId = Id<struct OrganisationTag>;
using LinkId = Id<struct LinkTag>;

}  // namespace splinternet
