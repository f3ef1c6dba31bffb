#include "sim/coalition/stability.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

// What a coalition is not, because of some actor.
enum Fault : std::uint8_t {
  kNotInternal = 1,
  kNotExternal = 2,
  kNotStrictlyInternal = 4,
  kNotStrictlyExternal = 8,
};

std::uint8_t faults_of_member(double margin, double tie_eps) {
  return static_cast<std::uint8_t>((margin < -tie_eps ? kNotInternal : 0) |
                                   (margin > tie_eps ? 0 : kNotStrictlyInternal));
}

std::uint8_t faults_of_outsider(double margin, double tie_eps) {
  return static_cast<std::uint8_t>((margin > tie_eps ? kNotExternal : 0) |
                                   (margin < -tie_eps ? 0 : kNotStrictlyExternal));
}

bool is_potentially_internal(double surplus, std::size_t members, double tie_eps) {
  return surplus >= -tie_eps * static_cast<double>(members);
}

// Faults and surplus of every coalition. The margin of i between S and S ∪ i speaks for both, so each payoff is asked
// for once.
struct AllCoalitions {
  std::vector<std::uint8_t> faults;
  std::vector<double> surplus;
};

AllCoalitions assess_all(std::size_t actors, FunctionRef<double(std::size_t, ActorSet)> payoff, double tie_eps) {
  const std::size_t sets = std::size_t{1} << actors;
  AllCoalitions all{std::vector<std::uint8_t>(sets, 0), std::vector<double>(sets, 0.0)};
  for (std::size_t actor = 0; actor < actors; ++actor) {
    for (std::size_t index = 0; index < sets; ++index) {
      const auto set = static_cast<ActorSet>(index);
      if (contains(set, actor)) continue;
      const ActorSet joined = with(set, actor);
      const double inside = payoff(actor, joined), outside = payoff(actor, set);
      if (!std::isfinite(inside) || !std::isfinite(outside)) {
        throw DataError("stability: the payoff of actor " + std::to_string(actor) + " when the coalition is " +
                        text(std::isfinite(inside) ? set : joined) + " is not a finite number");
      }
      const double margin = inside - outside;
      all.faults[joined] |= faults_of_member(margin, tie_eps);
      all.faults[set] |= faults_of_outsider(margin, tie_eps);
      all.surplus[joined] += margin;
    }
  }
  return all;
}

void check_tie_eps(double tie_eps) {
  if (!(tie_eps >= 0.0) || !std::isfinite(tie_eps)) {
    throw DataError("stability: tie_eps must be a finite number of at least 0");
  }
}

}  // namespace

double Stability::payment_to_change(std::size_t actor, std::span<const std::uint8_t> is_member) const {
  SPLINTERNET_CHECK(actor < margin.size() && is_member.size() == margin.size(), actor, is_member.size());
  return std::max(0.0, is_member[actor] != 0 ? margin[actor] : -margin[actor]);
}

double Stability::payment_to_keep(std::size_t actor, std::span<const std::uint8_t> is_member) const {
  SPLINTERNET_CHECK(actor < margin.size() && is_member.size() == margin.size(), actor, is_member.size());
  return std::max(0.0, is_member[actor] != 0 ? -margin[actor] : margin[actor]);
}

Stability stability_from_margins(std::span<const std::uint8_t> is_member, std::span<const double> margin,
                                 double tie_eps, std::span<const std::uint32_t> rank) {
  const std::size_t n = is_member.size();
  SPLINTERNET_CHECK(margin.size() == n && (rank.empty() || rank.size() == n), margin.size(), rank.size(), n);
  check_tie_eps(tie_eps);
  Stability result;
  result.margin.assign(margin.begin(), margin.end());
  std::uint8_t faults = 0;
  for (std::size_t actor = 0; actor < n; ++actor) {
    if (!std::isfinite(margin[actor])) {
      throw DataError("stability: what actor " + std::to_string(actor) + " gains by being in is not a finite number");
    }
    const bool inside = is_member[actor] != 0;
    faults |= inside ? faults_of_member(margin[actor], tie_eps) : faults_of_outsider(margin[actor], tie_eps);
    if (inside) result.surplus += margin[actor];
    (inside ? result.first_to_leave : result.first_to_join).push_back(static_cast<std::uint32_t>(actor));
  }
  const auto by_rank = [&](std::uint32_t a, std::uint32_t b) { return rank.empty() ? a < b : rank[a] < rank[b]; };
  std::sort(result.first_to_leave.begin(), result.first_to_leave.end(), [&](std::uint32_t a, std::uint32_t b) {
    return margin[a] != margin[b] ? margin[a] < margin[b] : by_rank(a, b);
  });
  std::sort(result.first_to_join.begin(), result.first_to_join.end(), [&](std::uint32_t a, std::uint32_t b) {
    return margin[a] != margin[b] ? margin[a] > margin[b] : by_rank(a, b);
  });
  result.internal = (faults & kNotInternal) == 0;
  result.external = (faults & kNotExternal) == 0;
  result.strictly_internal = (faults & kNotStrictlyInternal) == 0;
  result.strictly_external = (faults & kNotStrictlyExternal) == 0;
  result.potentially_internal = is_potentially_internal(result.surplus, result.first_to_leave.size(), tie_eps);
  return result;
}

Stability stability(std::span<const std::uint8_t> is_member,
                    FunctionRef<double(std::size_t, std::span<const std::uint8_t>)> payoff, double tie_eps,
                    std::span<const std::uint32_t> rank) {
  std::vector<std::uint8_t> coalition(is_member.begin(), is_member.end());
  std::vector<double> margin(is_member.size());
  for (std::size_t actor = 0; actor < margin.size(); ++actor) {
    const std::uint8_t today = coalition[actor];
    coalition[actor] = 1;
    const double inside = payoff(actor, coalition);
    coalition[actor] = 0;
    margin[actor] = inside - payoff(actor, coalition);
    coalition[actor] = today;
  }
  return stability_from_margins(is_member, margin, tie_eps, rank);
}

std::vector<double> stabilising_transfers(std::span<const std::uint8_t> is_member, std::span<const double> margin,
                                          std::span<const double> weight) {
  const std::size_t n = is_member.size();
  SPLINTERNET_CHECK(weight.empty() || weight.size() == n, weight.size(), n);
  const double surplus = stability_from_margins(is_member, margin).surplus;
  std::vector<double> share(n, 0.0);
  double all = 0.0;
  for (std::size_t actor = 0; actor < n; ++actor) {
    if (is_member[actor] == 0) continue;
    share[actor] = weight.empty() ? 1.0 : weight[actor];
    if (!(share[actor] >= 0.0) || !std::isfinite(share[actor])) {
      throw DataError("transfers: the weight of actor " + std::to_string(actor) +
                      " is not a finite number of at least 0");
    }
    all += share[actor];
  }
  std::vector<double> transfer(n, 0.0);
  if (std::none_of(is_member.begin(), is_member.end(), [](std::uint8_t member) { return member != 0; }))
    return transfer;
  if (!(all > 0.0)) throw DataError("transfers: no member has a weight above 0 to share the surplus by");
  for (std::size_t actor = 0; actor < n; ++actor) {
    if (is_member[actor] != 0) transfer[actor] = share[actor] / all * surplus - margin[actor];
  }
  return transfer;
}

StableCoalitions stable_coalitions(std::size_t actors, FunctionRef<double(std::size_t, ActorSet)> payoff,
                                   double tie_eps) {
  if (actors > kMostActorsEnumerated) {
    throw DataError("stability: " + std::to_string(actors) + " actors; all coalitions are gone through up to " +
                    std::to_string(kMostActorsEnumerated) + ", ask for single ones beyond");
  }
  check_tie_eps(tie_eps);
  const AllCoalitions all = assess_all(actors, payoff, tie_eps);
  StableCoalitions result;
  const std::vector<std::size_t> none(actors + 1, 0);
  result.stable_by_size = result.internal_by_size = result.external_by_size = none;
  result.potentially_internal_by_size = none;
  for (std::size_t index = 0; index < all.faults.size(); ++index) {
    const auto set = static_cast<ActorSet>(index);
    const std::size_t size = size_of(set);
    const std::uint8_t faults = all.faults[index];
    if ((faults & kNotInternal) == 0) ++result.internal_by_size[size];
    if ((faults & kNotExternal) == 0) ++result.external_by_size[size];
    if (is_potentially_internal(all.surplus[index], size, tie_eps)) ++result.potentially_internal_by_size[size];
    if ((faults & (kNotStrictlyInternal | kNotStrictlyExternal)) == 0) result.strictly_stable.push_back(set);
    if ((faults & (kNotInternal | kNotExternal)) != 0) continue;
    ++result.stable_by_size[size];
    result.stable.push_back(set);
  }
  return result;
}

}  // namespace splinternet::coalition
