#include "sim/model/actors.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/core/rng.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

/// "1" … "N" with leading zeros, so that the order of codes is that of numbers.
std::vector<std::string> numbers_as_codes(std::size_t count) {
  const std::size_t digits = std::to_string(count).size();
  std::vector<std::string> codes(count);
  for (std::size_t n = 0; n < count; ++n) {
    const std::string number = std::to_string(n + 1);
    codes[n] = std::string(digits - number.size(), '0') + number;
  }
  return codes;
}

enum class Rule { kConstant, kTwoValues, kSequence, kUniform, kNormal };

/// One attribute of all actors by its rule.
std::vector<double> filled(const Scenario& scenario, std::size_t instance, const CountrySetting& actors) {
  const auto number = [&](const Parameter& row) { return scenario.parameters(row, instance); };
  const auto rule = static_cast<Rule>(scenario.parameters.choice(parameters::kAttributeRule, instance));
  const bool drawn = scenario.parameters.choice(parameters::kAttributeSpread, instance) == 1;
  const auto kind = static_cast<std::uint16_t>(entity_key(scenario.world.attributes[instance]) & 0xffffU);
  std::vector<double> value(actors.count);
  for (std::size_t n = 0; n < value.size(); ++n) {
    const double place = drawn ? Draws(scenario.run.seed, Purpose::kAttribute, 0, actors.key[n], kind).uniform()
                               : (static_cast<double>(n) + 0.5) / static_cast<double>(value.size());
    switch (rule) {
      case Rule::kConstant:
        value[n] = number(parameters::kAttributeValue);
        break;
      case Rule::kTwoValues:
        value[n] = number(place < number(parameters::kAttributeShare) ? parameters::kAttributeOther
                                                                      : parameters::kAttributeValue);
        break;
      case Rule::kSequence:
        value[n] = number(parameters::kAttributeFirst) + static_cast<double>(n) * number(parameters::kAttributeStep);
        break;
      case Rule::kUniform:
        value[n] = number(parameters::kAttributeLow) +
                   place * (number(parameters::kAttributeHigh) - number(parameters::kAttributeLow));
        break;
      case Rule::kNormal:
        value[n] =
            number(parameters::kAttributeMean) + number(parameters::kAttributeDeviation) * normal_quantile(place);
        break;
    }
  }
  return value;
}

}  // namespace

const std::vector<double>* ActorSetting::find(std::string_view name) const {
  const auto found = std::lower_bound(attribute.begin(), attribute.end(), name);
  if (found == attribute.end() || *found != name) return nullptr;
  return &value[static_cast<std::size_t>(found - attribute.begin())];
}

CountrySetting actors_as_countries(const Scenario& scenario, const WorldTables& tables) {
  CountrySetting actors;
  const bool synthetic = scenario.world.actors > 0;
  actors.count = synthetic ? scenario.world.actors : tables.countries.size();
  actors.code = synthetic ? numbers_as_codes(actors.count) : tables.countries.code;
  if (!synthetic) actors.name = tables.countries.name;
  actors.gdp_busd = synthetic ? std::vector<double>(actors.count, 1.0) : tables.actors->size;
  const double total = std::accumulate(actors.gdp_busd.begin(), actors.gdp_busd.end(), 0.0);
  std::vector<std::uint32_t> order(actors.count);
  std::iota(order.begin(), order.end(), 0U);
  if (!synthetic) {
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return actors.code[a] < actors.code[b]; });
  }
  actors.rank.resize(actors.count);
  for (std::uint32_t n = 0; n < actors.count; ++n) {
    actors.key.push_back(synthetic ? n : entity_key(actors.code[n]));
    actors.gdp_share.push_back(actors.gdp_busd[n] / total);
    actors.rank[order[n]] = n;
  }
  actors.ideal_point_sd.assign(actors.count, 0.0);
  actors.chooses.assign(actors.count, 1);
  return actors;
}

std::size_t synthetic_actor(std::string_view code, std::size_t count) {
  if (code.size() != std::to_string(count).size()) return count;
  std::size_t number = 0;
  for (const char digit : code) {
    if (digit < '0' || digit > '9') return count;
    number = 10 * number + static_cast<std::size_t>(digit - '0');
  }
  return number >= 1 && number <= count ? number - 1 : count;
}

ActorSetting actor_attributes(const Scenario& scenario, const WorldTables& tables, const CountrySetting& actors) {
  std::vector<std::pair<std::string, std::vector<double>>> columns;
  for (std::size_t n = 0; tables.actors && n < tables.actors->attribute.size(); ++n) {
    columns.emplace_back(tables.actors->attribute[n], tables.actors->value[n]);
  }
  const std::size_t from_table = columns.size();
  for (std::size_t n = 0; n < scenario.world.attributes.size(); ++n) {
    const std::string& name = scenario.world.attributes[n];
    const auto last = columns.begin() + static_cast<std::ptrdiff_t>(from_table);
    if (std::any_of(columns.begin(), last, [&](const auto& column) { return column.first == name; })) {
      const std::string path = "attribute." + name;
      refuse({place_of(scenario, path), path, "the table of actors has a column " + name + " already", "",
              "remove the column or [" + path + "]"});
    }
    columns.emplace_back(name, filled(scenario, n, actors));
  }
  std::sort(columns.begin(), columns.end());
  ActorSetting setting;
  const std::vector<double>& size = actors.gdp_busd;
  setting.equal_sizes = std::adjacent_find(size.begin(), size.end(), std::not_equal_to<>()) == size.end();
  for (auto& [name, value] : columns) {
    setting.attribute.push_back(name);
    setting.value.push_back(std::move(value));
  }
  return setting;
}

const std::vector<double>& attribute(const Setting& setting, std::string_view name, std::string_view wanted_by) {
  const std::vector<double>* found = setting.actors ? setting.actors->find(name) : nullptr;
  if (found != nullptr) return *found;
  const std::string path(wanted_by);
  refuse({place_of(setting.scenario, path), path,
          setting.actors ? "actors have no attribute \"" + std::string(name) + "\""
                         : "countries of a map have no attributes, so that there is no \"" + std::string(name) + "\"",
          "a column of the table of actors, or a section [attribute.<name>]",
          setting.actors ? "add [attribute." + std::string(name) + "]." + did_you_mean(name, setting.actors->attribute)
                         : "use a world of actors"});
}

}  // namespace splinternet
