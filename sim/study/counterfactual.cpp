#include "sim/study/counterfactual.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/model/choice/better_response.hpp"
#include "sim/model/choice/drawn_place.hpp"
#include "sim/model/organisations.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool is_logit(const LoggedDecision& decision) {
  return decision.rule == ChoiceRule::kLogit;
}

/// Total of the best option but for one, −∞ if there is no other.
double best_but(const LoggedDecision& decision, std::size_t option) {
  double best = -kInfinity;
  for (std::size_t n = 0; n < decision.options.size(); ++n) {
    if (n != option) best = std::max(best, decision.options[n].total);
  }
  return best;
}

/// Weights e^{(U − reference)/T} of the options before and after one.
struct Weights {
  double before = 0.0;
  double after = 0.0;
};

Weights weights_around(const LoggedDecision& decision, std::size_t option, double reference) {
  Weights weights;
  for (std::size_t n = 0; n < decision.options.size(); ++n) {
    if (n == option) continue;
    (n < option ? weights.before : weights.after) +=
        math::exp((decision.options[n].total - reference) / decision.temperature);
  }
  return weights;
}

/// Under better response: to be a better reply, if the draw then falls on it among the others; staying is taken once
/// nothing is better.
double worth_to_better(const LoggedDecision& decision, std::size_t option) {
  if (option == 0) return best_but(decision, 0) + decision.tie_eps - decision.options[0].total;
  const std::vector<double> total = totals_of(decision);
  std::size_t before = 0;
  std::size_t others = 0;
  for (std::size_t n = 1; n < total.size(); ++n) {
    if (n == option || !is_better_reply(total, n, decision.tie_eps)) continue;
    ++others;
    if (n < option) ++before;
  }
  if (drawn_place(decision.uniform, others + 1) != before) return kInfinity;
  return total[0] + decision.tie_eps - total[option];
}

}  // namespace

std::size_t choose_again(const LoggedDecision& decision, std::span<const double> total) {
  const auto refuse = [&](const char* what) {
    throw DataError("decision " + std::to_string(decision.row) + " of the result cannot be replayed: " + what);
  };
  if (!(decision.uniform >= 0.0 && decision.uniform < 1.0)) refuse("its draw is not in [0, 1)");
  if (is_logit(decision) && !(decision.temperature > 0.0)) refuse("its temperature is not positive");
  if (!is_logit(decision) && !(decision.tie_eps >= 0.0)) refuse("its tie_eps is negative or missing");
  return choose_option({decision.rule, decision.temperature, decision.tie_eps, decision.on_tie}, total,
                       decision.uniform);
}

std::vector<double> totals_of(const LoggedDecision& decision) {
  std::vector<double> total;
  for (const LoggedOption& option : decision.options) total.push_back(option.total);
  return total;
}

std::vector<double> totals_without(const LoggedDecision& decision, std::size_t term) {
  std::vector<double> total;
  for (const LoggedOption& option : decision.options) {
    double sum = 0.0;
    for (std::size_t t = 0; t < option.term_value.size(); ++t) {
      if (t != term) sum += option.term_value[t];
    }
    total.push_back(sum);
  }
  return total;
}

std::vector<Removal> decisive_terms(const LoggedDecision& decision) {
  std::vector<Removal> removals;
  for (std::size_t t = 0; t < decision.options.front().term_value.size(); ++t) {
    const std::size_t chosen = choose_again(decision, totals_without(decision, t));
    if (chosen != decision.chosen) removals.push_back({t, chosen});
  }
  return removals;
}

double tipping_worth(const LoggedDecision& decision, std::size_t option) {
  SPLINTERNET_CHECK(option < decision.options.size(), option, decision.options.size());
  const double best = best_but(decision, option);
  if (decision.options.size() == 1) return -kInfinity;
  const double total = decision.options[option].total;
  if (decision.rule == ChoiceRule::kBetterResponse) return worth_to_better(decision, option);
  if (!is_logit(decision)) return best + decision.tie_eps - total;
  const auto [before, after] = weights_around(decision, option, best);
  const double u = decision.uniform;
  const double lower = before > 0.0 ? before / u - before - after : 0.0;
  const double upper = (u * after - (1.0 - u) * before) / (1.0 - u);
  return best + decision.temperature * math::log(std::max({lower, upper, 0.0})) - total;
}

double worth_for_probability(const LoggedDecision& decision, std::size_t option, double p) {
  SPLINTERNET_CHECK(option < decision.options.size() && p > 0.0 && p < 1.0, option, p);
  if (!is_logit(decision)) return std::numeric_limits<double>::quiet_NaN();
  if (decision.options.size() == 1) return -kInfinity;
  const double best = best_but(decision, option);
  const auto [before, after] = weights_around(decision, option, best);
  const double odds = math::log(p / (1.0 - p)) + math::log(before + after);
  return best + decision.temperature * odds - decision.options[option].total;
}

std::vector<std::size_t> decisive_ballots(const LoggedAnswer& answer) {
  std::vector<std::size_t> decisive;
  for (std::size_t left_out = 0; answer.ballots.size() > 1 && left_out < answer.ballots.size(); ++left_out) {
    std::vector<double> votes;
    for (std::size_t n = 0; n < answer.ballots.size(); ++n) {
      if (n != left_out) votes.push_back(answer.ballots[n].utility);
    }
    if (answers_yes(answer, collective_utility(answer.rule, std::move(votes))) != answer.accepted) {
      decisive.push_back(left_out);
    }
  }
  return decisive;
}

bool answers_yes(const LoggedAnswer& answer, double utility) {
  return answer.uniform < math::logistic(utility / answer.temperature);
}

}  // namespace splinternet
