#include "sim/study/pivotality.hpp"

#include <algorithm>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/model/build_world.hpp"
#include "sim/study/framework_stability.hpp"

namespace splinternet {
namespace {

bool equal_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

void check_can_be_held_out(const Setting& setting, std::uint32_t country) {
  const std::string& code = setting.countries.code[country];
  for (std::size_t k = 0; k < setting.frameworks.count; ++k) {
    if (setting.frameworks.committed[k * setting.countries.count + country] == 0) continue;
    throw DataError("--pivotal: " + code + " sponsors " + setting.frameworks.id[k] +
                    "; only countries that could have stayed out can be held out");
  }
  if (setting.countries.chooses[country] == 0) {
    throw DataError("--pivotal: " + code + " never decides on a framework, so there is nothing to hold it out of");
  }
}

}  // namespace

std::shared_ptr<const Setting> setting_without(const StoredWorld& stored, std::uint32_t country) {
  // Made here and shared with nobody yet. Not by the tables: there a country that does not choose is nobody's peer.
  const auto setting = std::const_pointer_cast<Setting>(make_setting(stored.scenario, stored.tables, stored.extensions));
  check_can_be_held_out(*setting, country);
  setting->countries.chooses[country] = 0;
  for (std::size_t k = 0; k < setting->frameworks.count; ++k) {
    setting->frameworks.eligible[k * setting->countries.count + country] = 0;
  }
  std::erase_if(setting->initial_memberships,
                [country](const InitialMembershipRow& row) { return row.country == country; });
  return setting;
}

Pivotality compare_without(const World& actual, const World& without, std::uint32_t country) {
  Pivotality result;
  result.country = country;
  const std::vector<std::uint32_t> order = countries_by_code(actual);
  for (std::size_t k = 0; k < actual.frameworks(); ++k) {
    AbsenceEffect effect;
    effect.level = static_cast<MembershipLevel>(actual.members.level[actual.at(country, k)]);
    for (const std::uint32_t i : order) {
      if (i == country) continue;
      const bool in = contains(actual.membership(i), k);
      const bool in_without = contains(without.membership(i), k);
      effect.members += in ? 1 : 0;
      effect.members_without += in_without ? 1 : 0;
      if (in && !in_without) effect.lost.push_back(i);
      if (!in && in_without) effect.gained.push_back(i);
    }
    result.frameworks.push_back(std::move(effect));
  }
  return result;
}

const std::string& country_name(const World& world, std::size_t country) {
  const CountrySetting& countries = world.setting().countries;
  return countries.name.empty() ? countries.code[country] : countries.name[country];
}

std::uint32_t find_country(const World& world, std::string_view country) {
  const CountrySetting& countries = world.setting().countries;
  for (std::uint32_t i = 0; i < countries.count; ++i) {
    if (equal_letters(country, countries.code[i]) || equal_letters(country, country_name(world, i))) return i;
  }
  std::vector<std::string> candidates = countries.name;
  candidates.insert(candidates.end(), countries.code.begin(), countries.code.end());
  throw DataError("the result has no country \"" + std::string(country) +
                  "\"; give an ISO 3166-1 alpha-3 code or an English name." + did_you_mean(country, candidates));
}

}  // namespace splinternet
