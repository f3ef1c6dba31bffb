#include "sim/model/countries.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kGrain = 1024;  // options that one thread prices at a time: they share what terms look up once

}  // namespace

bool chooses_by(const Scenario& scenario, ChoiceRule rule) {
  return scenario.parameters.choice(parameters::kChoice) == static_cast<int>(rule);
}

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

namespace {

/// A choice among payoffs that are no numbers would be one by accident.
void check_payoffs(const World& world, std::span<const PayoffTerm* const> terms, const PricedOptions& priced) {
  const std::size_t rows = priced.options.size();
  const auto is_finite = [](double value) { return std::fabs(value) <= std::numeric_limits<double>::max(); };
  const auto bad = std::find_if_not(priced.total.begin(), priced.total.end(), is_finite);
  if (bad == priced.total.end()) return;
  const auto n = static_cast<std::size_t>(bad - priced.total.begin());
  std::size_t term = 0;
  while (term < terms.size() && is_finite(priced.term_value[term * rows + n])) ++term;
  const Setting& setting = world.setting();
  std::string target;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (contains(priced.options.target[n], k)) target += (target.empty() ? "" : "+") + setting.frameworks.id[k];
  }
  const bool is_sum = term == terms.size();  // each is finite, but not all of them together
  const std::string path = is_sum ? "countries.terms" : "countries.terms[" + std::to_string(term) + "]";
  throw DataError(message_of(
      {place_of(world.scenario(), path), path,
       "step " + std::to_string(world.step) + ": the " +
           (is_sum ? "sum of all payoff terms" : "payoff term " + std::string(terms[term]->name())) +
           " is not a finite number for " + setting.countries.code[priced.options.country[n]] +
           (target.empty() ? " outside all frameworks" : " as a member of " + target),
       "", "correct the attributes, tables and parameters that the term reads (splinternet params)"}));
}

}  // namespace

void price(const World& world, PricedOptions& priced) {
  const std::vector<const PayoffTerm*> terms = active_terms(world.setting());
  const std::size_t rows = priced.options.size();
  priced.term_value.assign(terms.size() * rows, 0.0);
  priced.total.assign(rows, 0.0);
  const auto values_of = [&](std::size_t t) { return std::span(priced.term_value).subspan(t * rows, rows); };
  const auto at_once = [&](std::size_t t) { return terms[t]->calls() == TermCalls::kAllAtOnce; };
  for (std::size_t t = 0; t < terms.size(); ++t) {
    if (at_once(t)) evaluate_all(*terms[t], world, priced.options, kGrain, values_of(t));
  }
  parallel::for_each_range(rows, kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = 0; t < terms.size(); ++t) {
      if (!at_once(t)) terms[t]->evaluate(world, priced.options, begin, end, values_of(t));
    }
    for (std::size_t t = 0; t < terms.size(); ++t) {
      for (std::size_t n = begin; n < end; ++n) priced.total[n] += priced.term_value[t * rows + n];
    }
  });
  check_payoffs(world, terms, priced);
}

}  // namespace splinternet
