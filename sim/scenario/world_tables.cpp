#include "sim/scenario/world_tables.hpp"

#include <algorithm>

namespace splinternet {

const std::array<std::string_view, kFirmSectorCount> kFirmSectorNames = {
    "equipment", "device", "semiconductor", "platform", "cloud", "carrier", "cable", "finance", "merchant"};

std::size_t CountryTable::find(std::string_view iso3) const {
  const auto place = std::find(code.begin(), code.end(), iso3);
  return static_cast<std::size_t>(place - code.begin());
}

}  // namespace splinternet
