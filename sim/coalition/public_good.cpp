#include "sim/coalition/public_good.hpp"

#include <cmath>
#include <string>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

void refuse(std::size_t actor, const std::string& what) {
  throw DataError("public good: actor " + std::to_string(actor) + ": " + what);
}

}  // namespace

PublicGood::PublicGood(std::vector<PublicGoodTaste> tastes, Stage stage, std::vector<double> target)
    : tastes_(std::move(tastes)), stage_(stage), target_(std::move(target)) {
  SPLINTERNET_CHECK(target_.size() == (stage == Stage::kTarget ? tastes_.size() : 0), target_.size(), tastes_.size());
  for (std::size_t actor = 0; actor < tastes_.size(); ++actor) {
    const PublicGoodTaste& taste = tastes_[actor];
    const double target_of = target_.empty() ? 0.0 : target_[actor];
    if (!std::isfinite(taste.own_linear) || !std::isfinite(taste.own_quadratic) || !std::isfinite(taste.good_linear) ||
        !std::isfinite(taste.good_quadratic) || !std::isfinite(target_of)) {
      refuse(actor, "a taste or target is not a finite number");
    }
    if (taste.own_quadratic <= 0.0) refuse(actor, "the quadratic part B of its own contribution must be above 0");
    if (taste.good_quadratic < 0.0) refuse(actor, "the quadratic part H of the good must be at least 0");
  }
}

void PublicGood::count_member(std::size_t actor, double sign, Totals& totals) const {
  const PublicGoodTaste& taste = tastes_[actor];
  totals.inside_linear += sign * (taste.own_linear / taste.own_quadratic);
  totals.inside_ease += sign * (1.0 / taste.own_quadratic);
  totals.good_linear += sign * taste.good_linear;
  totals.good_quadratic += sign * taste.good_quadratic;
  if (!target_.empty()) totals.target += sign * target_[actor];
}

void PublicGood::count_outsider(std::size_t actor, double sign, Totals& totals) const {
  const PublicGoodTaste& taste = tastes_[actor];
  totals.outside_linear += sign * ((taste.own_linear + taste.good_linear) / taste.own_quadratic);
  totals.outside_response += sign * (taste.good_quadratic / taste.own_quadratic);
}

PublicGood::Totals PublicGood::totals(std::span<const std::uint8_t> is_member) const {
  SPLINTERNET_CHECK(is_member.size() == tastes_.size(), is_member.size(), tastes_.size());
  Totals totals;
  for (std::size_t actor = 0; actor < tastes_.size(); ++actor) {
    is_member[actor] != 0 ? count_member(actor, 1.0, totals) : count_outsider(actor, 1.0, totals);
  }
  return totals;
}

PublicGood::Totals PublicGood::totals(ActorSet coalition) const {
  SPLINTERNET_CHECK(tastes_.size() <= 32, tastes_.size());
  Totals totals;
  for (std::size_t actor = 0; actor < tastes_.size(); ++actor) {
    contains(coalition, actor) ? count_member(actor, 1.0, totals) : count_outsider(actor, 1.0, totals);
  }
  return totals;
}

PublicGood::Totals PublicGood::joined(const Totals& totals, std::size_t actor) const {
  Totals after = totals;
  count_member(actor, 1.0, after);
  count_outsider(actor, -1.0, after);
  return after;
}

PublicGood::Totals PublicGood::left(const Totals& totals, std::size_t actor) const {
  Totals after = totals;
  count_member(actor, -1.0, after);
  count_outsider(actor, 1.0, after);
  return after;
}

double PublicGood::foreseen_share(const Totals& totals) const {
  return stage_ == Stage::kStackelberg ? 1.0 / (1.0 + totals.outside_response) : 1.0;
}

double PublicGood::sum_of_contributions(const Totals& totals) const {
  if (stage_ == Stage::kTarget) return (totals.target + totals.outside_linear) / (1.0 + totals.outside_response);
  const double ease = foreseen_share(totals) * totals.inside_ease;
  return (totals.inside_linear + ease * totals.good_linear + totals.outside_linear) /
         (1.0 + totals.outside_response + ease * totals.good_quadratic);
}

double PublicGood::contribution_of_member(std::size_t actor, const Totals& totals, double sum) const {
  if (stage_ == Stage::kTarget) return target_[actor];
  const double good = foreseen_share(totals) * (totals.good_linear - totals.good_quadratic * sum);
  return (tastes_[actor].own_linear + good) / tastes_[actor].own_quadratic;
}

double PublicGood::contribution_of_outsider(std::size_t actor, double sum) const {
  const PublicGoodTaste& taste = tastes_[actor];
  return (taste.own_linear + taste.good_linear - taste.good_quadratic * sum) / taste.own_quadratic;
}

double PublicGood::payoff(std::size_t actor, double contribution, double sum) const {
  const PublicGoodTaste& taste = tastes_[actor];
  return (taste.own_linear - 0.5 * taste.own_quadratic * contribution) * contribution +
         (taste.good_linear - 0.5 * taste.good_quadratic * sum) * sum;
}

double PublicGood::payoff_in(std::size_t actor, bool is_member, const Totals& totals) const {
  const double sum = sum_of_contributions(totals);
  const double own = is_member ? contribution_of_member(actor, totals, sum) : contribution_of_outsider(actor, sum);
  return payoff(actor, own, sum);
}

double PublicGood::payoff_of(std::size_t actor, ActorSet coalition) const {
  return payoff_in(actor, contains(coalition, actor), totals(coalition));
}

double PublicGood::payoff_of(std::size_t actor, std::span<const std::uint8_t> is_member) const {
  return payoff_in(actor, is_member[actor] != 0, totals(is_member));
}

BinaryPublicGood::BinaryPublicGood(std::vector<double> benefit, std::vector<double> cost)
    : benefit_(std::move(benefit)), cost_(std::move(cost)) {
  SPLINTERNET_CHECK(benefit_.size() == cost_.size(), benefit_.size(), cost_.size());
  for (std::size_t actor = 0; actor < benefit_.size(); ++actor) {
    if (!std::isfinite(benefit_[actor]) || !std::isfinite(cost_[actor])) {
      refuse(actor, "its benefit or cost is not a finite number");
    }
  }
}

template <class IsMember>
double BinaryPublicGood::payoff_where(std::size_t actor, const IsMember& is_member) const {
  double members_benefit = 0.0;
  for (std::size_t i = 0; i < benefit_.size(); ++i) members_benefit += is_member(i) ? benefit_[i] : 0.0;
  const auto abates = [&](std::size_t i) { return (is_member(i) ? members_benefit : benefit_[i]) >= cost_[i]; };
  double abating = 0.0;
  for (std::size_t i = 0; i < benefit_.size(); ++i) abating += abates(i) ? 1.0 : 0.0;
  return benefit_[actor] * abating - (abates(actor) ? cost_[actor] : 0.0);
}

double BinaryPublicGood::payoff_of(std::size_t actor, ActorSet coalition) const {
  SPLINTERNET_CHECK(benefit_.size() <= 32, benefit_.size());
  return payoff_where(actor, [coalition](std::size_t i) { return contains(coalition, i); });
}

double BinaryPublicGood::payoff_of(std::size_t actor, std::span<const std::uint8_t> is_member) const {
  SPLINTERNET_CHECK(is_member.size() == benefit_.size(), is_member.size(), benefit_.size());
  return payoff_where(actor, [is_member](std::size_t i) { return is_member[i] != 0; });
}

}  // namespace splinternet::coalition
