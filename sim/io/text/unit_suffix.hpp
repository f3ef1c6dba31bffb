#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace splinternet {

/// The key that was meant where only the unit at the end of the key is wrong ("budget_musd" for "budget_busd").
struct UnitSlip {
  std::string key;      ///< as declared
  double factor = 1.0;  ///< a number in the unit written × factor = the number in the unit declared
};

/// The declared key with the same stem but another unit of the same kind, or with the unit that was left out
/// (factor 1); nothing if there is none.
std::optional<UnitSlip> find_unit_slip(std::string_view key, std::span<const std::string> declared);

}  // namespace splinternet
