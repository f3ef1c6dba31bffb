#include "sim/study/framework_stability.hpp"

#include <algorithm>
#include <limits>

#include "sim/coalition/stability.hpp"
#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/courting.hpp"
#include "sim/model/options.hpp"
#include "sim/model/payoffs/side_payment.hpp"

namespace splinternet {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

bool sponsors_any(const World& world, std::size_t i) {
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (world.setting().frameworks.committed[k * world.countries() + i] != 0) return true;
  }
  return false;
}

/// Adds the country with its one alternative if it has something to do with the framework.
void add_country(const World& world, std::size_t i, std::size_t k, PricedOptions& priced,
                 std::vector<CountryMargin>& countries) {
  CountryMargin entry;
  entry.country = static_cast<std::uint32_t>(i);
  entry.level = static_cast<MembershipLevel>(world.members.level[world.at(i, k)]);
  if (contains(world.membership(i), k)) {
    const bool committed = world.setting().frameworks.committed[k * world.countries() + i] != 0;
    const bool free = may_withdraw(world) && world.setting().countries.chooses[i] != 0 && !sponsors_any(world, i);
    if (!committed && !free) return;
    entry.standing = committed ? Standing::kSponsor : Standing::kMember;
    priced.options.add(i, world.membership(i) & ~bit(k));
  } else {
    if (!may_decide_on(world, i, k)) return;
    priced.options.add(i, accession_or_swap(world, i, k));
  }
  countries.push_back(entry);
}

/// A worth in money: percents of the economy, unless payoffs are paid as they are.
double in_money(const World& world, std::size_t i, double worth) {
  return has_own_unit(world) ? worth : worth / 100.0 * world.setting().countries.gdp_busd[i];
}

/// Fills in what follows from what the change is worth.
void value(const World& world, double change, CountryMargin& entry) {
  const ParameterValues& values = world.derived.parameters;
  const bool logit = chooses_by_logit(world);
  entry.change = change;
  entry.margin = entry.standing == Standing::kOutsider ? change : -change;
  entry.margin_money = in_money(world, entry.country, entry.margin);
  entry.probability = logit ? math::logistic(change / values(parameters::kTemperature)) : kMissing;
  entry.tip_busd = entry.target_busd = kMissing;
  if (!weighs_payments(world)) return;
  const double wanted = logit ? 0.0 : values(parameters::kTieEps);
  entry.tip_busd = in_money(world, entry.country, std::max(0.0, wanted - change)) / values(parameters::kAnnuity);
  if (logit) entry.target_busd = needed_offer_busd(world, entry.country, change);
}

/// Those who can move, as the kernel wants them.
struct Movers {
  std::vector<std::uint32_t> row;
  std::vector<std::uint8_t> is_member;
  std::vector<double> margin;
};

Movers movers(const std::vector<CountryMargin>& countries) {
  Movers result;
  for (std::uint32_t row = 0; row < countries.size(); ++row) {
    if (countries[row].standing == Standing::kSponsor) continue;
    result.row.push_back(row);
    result.is_member.push_back(countries[row].standing == Standing::kMember ? 1 : 0);
    result.margin.push_back(countries[row].margin);
  }
  return result;
}

/// Sums in money: transfers are paid in it, and countries differ in size. A tie of each member is forgiven as it is in
/// payoffs.
void add_surplus(const World& world, FrameworkStability& found) {
  const double tie_eps = world.derived.parameters(parameters::kTieEps);
  double ties_money = 0.0;
  for (const CountryMargin& entry : found.countries) {
    if (entry.standing == Standing::kSponsor) found.sponsors_money += entry.margin_money;
    if (entry.standing != Standing::kMember) continue;
    found.surplus_money += entry.margin_money;
    ties_money += in_money(world, entry.country, tie_eps);
  }
  found.potentially_internal = found.surplus_money >= -ties_money;
  found.potentially_internal_with_sponsors = found.surplus_money + found.sponsors_money >= -ties_money;
}

}  // namespace

std::vector<std::uint32_t> countries_by_code(const World& world) {
  std::vector<std::uint32_t> order(world.countries());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[world.setting().countries.rank[i]] = i;
  return order;
}

bool weighs_payments(const World& world) {
  const std::vector<std::string>& terms = world.scenario().terms;
  return std::find(terms.begin(), terms.end(), side_payment_term().name()) != terms.end() &&
         world.derived.parameters(parameters::kAnnuity) > 0.0;
}

bool has_own_unit(const World& world) {
  return world.scenario().unit != kUnitOfIncome;
}

bool chooses_by_logit(const World& world) {
  return world.derived.parameters.choice(parameters::kChoice) == 0;
}

FrameworkStability framework_stability(const World& world, std::size_t framework) {
  SPLINTERNET_CHECK(world.scenario().has_countries, framework);
  FrameworkStability found;
  if (!weighs_payoffs(choice_rule_of(world))) return found;
  PricedOptions priced;
  for (const std::uint32_t i : countries_by_code(world)) add_country(world, i, framework, priced, found.countries);
  price(world, priced);
  for (std::size_t row = 0; row < found.countries.size(); ++row) value(world, priced.total[row], found.countries[row]);

  const Movers who = movers(found.countries);
  const coalition::Stability stability =
      coalition::stability_from_margins(who.is_member, who.margin, world.derived.parameters(parameters::kTieEps));
  for (const std::uint32_t place : stability.first_to_leave) found.first_to_leave.push_back(who.row[place]);
  for (const std::uint32_t place : stability.first_to_join) found.first_to_join.push_back(who.row[place]);
  found.internal = stability.internal;
  found.external = stability.external;
  found.strictly_internal = stability.strictly_internal;
  found.strictly_external = stability.strictly_external;
  add_surplus(world, found);
  return found;
}

}  // namespace splinternet
