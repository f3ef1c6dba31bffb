#include "sim/io/text/unit_suffix.hpp"

#include <algorithm>
#include <array>

namespace splinternet {
namespace {

/// Size of a unit in the smallest one of its kind: whole numbers, so that the ratio of two is rounded only once.
struct Unit {
  std::string_view suffix;
  std::string_view kind;
  double size;
};

constexpr std::array<Unit, 17> kUnits = {{
    {"_usd", "money", 1},
    {"_kusd", "money", 1e3},
    {"_musd", "money", 1e6},
    {"_busd", "money", 1e9},
    {"_tusd", "money", 1e12},
    {"_months", "time", 1},
    {"_years", "time", 12},
    {"_pct", "share", 1},
    {"_percent", "share", 1},
    {"_share", "share", 100},
    {"_m", "length", 1},
    {"_km", "length", 1e3},
    {"_us", "duration", 1},
    {"_ms", "duration", 1e3},
    {"_s", "duration", 1e6},
    {"_gbps", "capacity", 1},
    {"_tbps", "capacity", 1e3},
}};

const Unit* unit_of(std::string_view key) {
  const auto found = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return key.ends_with(u.suffix); });
  return found == kUnits.end() ? nullptr : &*found;
}

}  // namespace

std::optional<UnitSlip> find_unit_slip(std::string_view key, std::span<const std::string> declared) {
  const Unit* written = unit_of(key);
  const std::string_view stem = written != nullptr ? key.substr(0, key.size() - written->suffix.size()) : key;
  for (const std::string& candidate : declared) {
    const Unit* right = unit_of(candidate);
    if (right == nullptr) continue;
    const std::string_view its_stem = std::string_view(candidate).substr(0, candidate.size() - right->suffix.size());
    if (written == nullptr && its_stem == key) return UnitSlip{candidate, 1.0};
    if (written != nullptr && its_stem == stem && written->kind == right->kind) {
      return UnitSlip{candidate, written->size / right->size};
    }
  }
  return std::nullopt;
}

}  // namespace splinternet
