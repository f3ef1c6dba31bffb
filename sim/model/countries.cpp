#include "sim/model/countries.hpp"

#include <algorithm>

#include "sim/core/parallel.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/payoffs/registry.hpp"

namespace splinternet {

ChoiceRule choice_rule_of(const World& world) {
  return static_cast<ChoiceRule>(world.derived.parameters.choice(parameters::kChoice));
}

double ideal_point(const World& world, std::size_t country) {
  const double z = world.setting().countries.ideal_point_sd[country] + world.derived.effects.ideal_point_shift[country];
  return std::clamp(z, -2.0, 2.0);
}

std::uint32_t rival_sponsor(const World& world, std::size_t framework) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    if (frameworks.incompatible[framework * frameworks.count + l] != 0 && !frameworks.sponsors[l].empty()) {
      return frameworks.sponsors[l][0];
    }
  }
  return kNoCountry;
}

bool may_decide_on(const World& world, std::size_t country, std::size_t framework) {
  return world.setting().frameworks.eligible[framework * world.countries() + country] != 0 &&
         world.frameworks_state.status[framework] == static_cast<std::uint8_t>(FrameworkStatus::kOpen);
}

FrameworkSet accession_or_swap(const World& world, std::size_t country, std::size_t framework) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  FrameworkSet set = after_accession(world, country, framework);
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    if (l != framework && frameworks.incompatible[framework * frameworks.count + l] != 0) set &= ~bit(l);
  }
  return set;
}

void price(const World& world, PricedOptions& priced) {
  const std::vector<const PayoffTerm*> terms = active_terms(world.scenario());
  const std::size_t rows = priced.options.size();
  priced.term_value.assign(terms.size() * rows, 0.0);
  priced.total.assign(rows, 0.0);
  parallel::for_each_range(rows, 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = 0; t < terms.size(); ++t) {
      terms[t]->evaluate(world, priced.options, begin, end, std::span(priced.term_value).subspan(t * rows, rows));
    }
    for (std::size_t t = 0; t < terms.size(); ++t) {
      for (std::size_t n = begin; n < end; ++n) priced.total[n] += priced.term_value[t * rows + n];
    }
  });
}

}  // namespace splinternet
