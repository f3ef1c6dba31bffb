#include "sim/model/joint_accession.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/model/policy.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kGrain = 16;  // countries asked in one go

/// The payoff of each country itself; empty if the term knows differences alone.
std::vector<double> levels_of(const PayoffTerm& term, const World& world, std::span<const std::uint32_t> countries) {
  const auto level = [&](std::size_t i) { return term.level(world, i, world.membership(i)); };
  if (countries.empty() || !level(countries[0])) return {};
  std::vector<double> value(countries.size());
  parallel::for_each_range(value.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) value[n] = *level(countries[n]);
  });
  return value;
}

/// What leaving the framework would be worth.
std::vector<double> exits_of(const PayoffTerm& term, const World& world, std::size_t framework,
                             std::span<const std::uint32_t> countries) {
  Options options;
  for (const std::uint32_t i : countries) options.add(i, world.membership(i) & ~bit(framework));
  std::vector<double> value(countries.size());
  evaluate_all(term, world, options, kGrain, value);
  return value;
}

/// Who gains or loses could not be told by what is no number.
void check_finite(const World& world, const PayoffTerm& term, std::span<const std::uint32_t> countries,
                  std::span<const double> worth) {
  for (std::size_t n = 0; n < worth.size(); ++n) {
    if (std::fabs(worth[n]) <= std::numeric_limits<double>::max()) continue;
    throw DataError(message_of({place_of(world.scenario(), "countries.terms"), "countries.terms",
                                "step " + std::to_string(world.step) + ": with the payoff term " +
                                    std::string(term.name()) + ", what a joint accession is worth to " +
                                    world.setting().countries.code[countries[n]] + " is not a finite number",
                                "",
                                "correct the attributes, tables and parameters that the term reads (splinternet "
                                "params)"}));
  }
}

template <class Column>
void copy_rows(const Column& from, Column& to, std::size_t first, std::size_t count) {
  if (from.empty()) return;
  std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(first), count,
              to.begin() + static_cast<std::ptrdiff_t>(first));
}

}  // namespace

JointAccession::JointAccession(const World& world)
    : world_(world), with_(world), terms_(active_terms(world.setting())) {}

void JointAccession::enter(std::size_t country) {
  const FrameworkSet target = accession_or_swap(with_, country, framework_);
  for (std::size_t k = 0; k < with_.frameworks(); ++k) {
    if (contains(with_.membership(country) & ~target, k)) withdraw(with_, country, k);
  }
  accede(with_, country, framework_);
}

/// The country's memberships are those of the World again.
void JointAccession::leave(std::size_t country) {
  const std::size_t first = with_.at(country, 0), count = with_.frameworks();
  for (std::size_t k = 0; k < count; ++k) {
    if (with_.members.level[first + k] != 0) --with_.derived.member_count[k];
    if (world_.members.level[first + k] != 0) ++with_.derived.member_count[k];
  }
  const MembershipState& from = world_.members;
  MembershipState& to = with_.members;
  copy_rows(from.level, to.level, first, count);
  copy_rows(from.depth, to.depth, first, count);
  copy_rows(from.signed_step, to.signed_step, first, count);
  copy_rows(from.refused_until, to.refused_until, first, count);
  copy_rows(from.side_payment_busd, to.side_payment_busd, first, count);
  copy_rows(from.transfer_busd, to.transfer_busd, first, count);
  copy_rows(from.vendor_base, to.vendor_base, first, count);
}

/// What follows from memberships in the copy.
void JointAccession::follow_rules() {
  update_entry_into_force(with_);
  if (with_.setting().has_map()) apply_policy(with_);
}

void JointAccession::let_in(std::size_t framework, std::span<const std::uint32_t> group) {
  for (const std::uint32_t i : group_) leave(i);
  framework_ = framework;
  group_.assign(group.begin(), group.end());
  for (const std::uint32_t i : group_) enter(i);
  follow_rules();
}

std::vector<std::vector<double>> JointAccession::own_moves(const std::vector<const PayoffTerm*>& terms) {
  std::vector<std::vector<double>> value(terms.size(), std::vector<double>(group_.size()));
  if (terms.empty()) return value;
  // Rules of one's own bind only on a map.
  const bool ruled = with_.setting().has_map();
  Options options;
  for (std::size_t n = 0; n < group_.size(); ++n) {
    leave(group_[n]);
    if (ruled) follow_rules();
    options.clear();
    options.add(group_[n], accession_or_swap(with_, group_[n], framework_));
    for (std::size_t t = 0; t < terms.size(); ++t) terms[t]->evaluate(with_, options, 0, 1, std::span(&value[t][n], 1));
    enter(group_[n]);
  }
  if (ruled) follow_rules();
  return value;
}

std::vector<double> JointAccession::worth_to_group() {
  std::vector<double> worth(group_.size(), 0.0);
  std::vector<const PayoffTerm*> without_levels;
  for (const PayoffTerm* term : terms_) {
    const std::vector<double> now = levels_of(*term, world_, group_);
    if (now.empty()) {
      without_levels.push_back(term);
      continue;
    }
    const std::vector<double> then = levels_of(*term, with_, group_);
    for (std::size_t n = 0; n < worth.size(); ++n) worth[n] += then[n] - now[n];
    check_finite(world_, *term, group_, worth);
  }
  const std::vector<std::vector<double>> value = own_moves(without_levels);
  for (std::size_t t = 0; t < value.size(); ++t) {
    for (std::size_t n = 0; n < worth.size(); ++n) worth[n] += value[t][n];
    check_finite(world_, *without_levels[t], group_, worth);
  }
  return worth;
}

std::vector<double> JointAccession::worth_to_members(std::span<const std::uint32_t> members) const {
  std::vector<double> worth(members.size(), 0.0);
  for (const PayoffTerm* term : terms_) {
    std::vector<double> now = levels_of(*term, world_, members);
    std::vector<double> then = levels_of(*term, with_, members);
    if (now.empty()) {
      // What leaving is worth, staying is not.
      now = exits_of(*term, with_, framework_, members);
      then = exits_of(*term, world_, framework_, members);
    }
    for (std::size_t n = 0; n < worth.size(); ++n) worth[n] += then[n] - now[n];
    check_finite(world_, *term, members, worth);
  }
  return worth;
}

}  // namespace splinternet
