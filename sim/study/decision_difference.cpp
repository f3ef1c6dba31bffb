#include "sim/study/decision_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/study/counterfactual.hpp"
#include "sim/study/explain_decision.hpp"

namespace splinternet {
namespace {

using Ids = std::vector<std::string>;

/// Row of the option that leads to these memberships.
std::optional<std::size_t> option_to(const LoggedDecision& decision, const Ids& target) {
  for (std::size_t n = 0; n < decision.options.size(); ++n) {
    if (decision.options[n].target == target) return n;
  }
  return std::nullopt;
}

bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

std::string joined(const Ids& ids) {
  return fmt::format("{}", fmt::join(ids, "+"));
}

/// The pair of options whose worths are compared, by their rows in each run.
struct Pair {
  std::size_t taken;  ///< what the first run took
  std::size_t other;  ///< what the second took, or the best alternative if that is the same
};

std::optional<Pair> pair_in(const LoggedDecision& decision, const Ids& taken, const Ids& other) {
  const auto a = option_to(decision, taken);
  const auto b = option_to(decision, other);
  if (!a || !b || a == b) return std::nullopt;
  return Pair{*a, *b};
}

const Ids& compared_with(const LoggedDecision& first, const LoggedDecision& second) {
  const Ids& taken = second.options[second.chosen].target;
  return taken == first.options[first.chosen].target ? first.options[best_alternative(first)].target : taken;
}

void compare_options(const LoggedDecision& first, const LoggedDecision& second, DecisionDifference& difference) {
  for (const LoggedOption& option : first.options) {
    const auto n = option_to(second, option.target);
    if (!n) {
      difference.only_first.push_back(joined(option.target));
      continue;
    }
    const LoggedOption& other = second.options[*n];
    difference.offers = difference.offers || option.offer_busd != other.offer_busd;
    difference.values = difference.values || option.term_value != other.term_value || option.total != other.total;
  }
  for (const LoggedOption& option : second.options) {
    if (!option_to(first, option.target)) difference.only_second.push_back(joined(option.target));
  }
}

/// What the second run takes with the first run's values of a term.
Ids taken_with_first_values(const LoggedDecision& first, const LoggedDecision& second, std::size_t term) {
  std::vector<double> total;
  for (const LoggedOption& option : second.options) {
    const auto n = option_to(first, option.target);
    double sum = 0.0;
    for (std::size_t t = 0; t < option.term_value.size(); ++t) {
      sum += t == term && n ? first.options[*n].term_value[t] : option.term_value[t];
    }
    total.push_back(sum);
  }
  return second.options[choose_again(second, total)].target;
}

void compare_terms(const LoggedDecision& first, const LoggedDecision& second, DecisionDifference& difference) {
  const Ids& taken = first.options[first.chosen].target;
  const Ids& other = compared_with(first, second);
  const auto one = pair_in(first, taken, other);
  const auto two = pair_in(second, taken, other);
  if (!one || !two) return;
  for (std::size_t t = 0; t < first.options.front().term_value.size(); ++t) {
    const auto worth = [t](const LoggedDecision& decision, const Pair& pair) {
      return decision.options[pair.taken].term_value[t] - decision.options[pair.other].term_value[t];
    };
    difference.terms.push_back({t, worth(first, *one), worth(second, *two)});
  }
  for (const TermDifference& term : difference.terms) {
    const double best = difference.main_term ? difference.terms[*difference.main_term].difference() : 0.0;
    if (term.difference() < best) difference.main_term = term.term;
  }
}

std::string in_pp(double value) {
  return std::fabs(value) < kShownTerm ? "0.000" : fmt::format("{:+.3f}", value);
}

std::string offer_text(double busd) {
  return busd > 0.0 ? sum_of_money(busd) : "none";
}

std::string side_by_side(const Wording& wording, const LoggedDecision& first, const LoggedDecision& second,
                         const DecisionDifference& difference) {
  const std::string taken = wording.option(first, first.chosen, Form::kGerund);
  const std::string other = wording.option(first, *option_to(first, compared_with(first, second)), Form::kGerund);
  // Told of what would change something, against staying.
  const bool stayed = first.chosen == 0;
  const double sign = stayed ? -1.0 : 1.0;
  std::string text = fmt::format("  What {} was worth against {}, in {}:\n", stayed ? other : taken,
                                 stayed ? taken : other, wording.unit_in_words());
  text += fmt::format("    {:16} {:>8} {:>8} {:>10}\n", "", "first", "second", "difference");
  TermDifference all;
  for (const TermDifference& term : difference.terms) {
    text += fmt::format("    {:16} {:>8} {:>8} {:>10}\n", wording.terms()[term.term].name, in_pp(sign * term.first),
                        in_pp(sign * term.second), in_pp(sign * term.difference()));
    all.first += term.first;
    all.second += term.second;
  }
  return text + fmt::format("    {:16} {:>8} {:>8} {:>10}\n", "in all", in_pp(sign * all.first),
                            in_pp(sign * all.second), in_pp(sign * all.difference()));
}

std::string rule_of(const Wording& wording, const LoggedDecision& decision) {
  const auto worth = [&](double value) { return wording.with_unit(fmt::format("{}", value)); };
  if (decision.rule == ChoiceRule::kLogit) return fmt::format("logit at {}", worth(decision.temperature));
  if (decision.rule == ChoiceRule::kSteepest) return fmt::format("steepest, ties within {}", worth(decision.tie_eps));
  constexpr const char* kWords[] = {"stay", "lowest", "random"};
  return fmt::format("{} response, ties within {}: {}",
                     decision.rule == ChoiceRule::kBestResponse ? "best" : "better", worth(decision.tie_eps),
                     kWords[static_cast<std::size_t>(decision.on_tie)]);
}

/// Draws, rules, options and offers.
std::string conditions(const Wording& wording, const LoggedDecision& first, const LoggedDecision& second,
                       const DecisionDifference& difference) {
  std::string text = difference.draws
                         ? fmt::format("  The draws differ: {:.4f} and {:.4f}.\n", first.uniform, second.uniform)
                         : fmt::format("  The draw was the same: {:.4f}.\n", first.uniform);
  if (difference.rules) {
    text += fmt::format("  The rules differ: {} and {}.\n", rule_of(wording, first), rule_of(wording, second));
  }
  const auto only = [&](const char* which, const LoggedDecision& decision, const Ids& targets) {
    for (const std::string& target : targets) {
      text += fmt::format("  Only the {} run could {}.\n", which,
                          wording.option(decision, *option_to(decision, split_ids(target)), Form::kInfinitive));
    }
  };
  only("first", first, difference.only_first);
  only("second", second, difference.only_second);
  for (const LoggedOption& option : first.options) {
    const auto n = option_to(second, option.target);
    if (!n || second.options[*n].offer_busd == option.offer_busd) continue;
    text += fmt::format("  The offers to {} differ: {} and {}.\n", wording.option(second, *n, Form::kInfinitive),
                        offer_text(option.offer_busd), offer_text(second.options[*n].offer_busd));
  }
  return text;
}

/// What made them part, where both could take either option.
std::string cause(const Wording& wording, const LoggedDecision& first, const DecisionDifference& difference) {
  const std::string taken = wording.option(first, first.chosen, Form::kPast);
  std::string text;
  if (difference.draw_is_enough) {
    text +=
        "  The draw alone would have made them part: with the second one, the first run would have taken the "
        "second's choice.\n";
  }
  if (!difference.main_term) {
    return text + "  No term spoke more for what the second run took: " +
           (difference.draws   ? "the draw"
            : difference.rules ? "the rule"
                               : "other options") +
           " made them part.\n";
  }
  const TermDifference& term = difference.terms[*difference.main_term];
  return text + fmt::format(
                    "  {} made the largest difference: in the second run it spoke {:.3f} pp {} {}; with its "
                    "values of the first run the second would {}have {}.\n",
                    wording.terms()[term.term].name, -term.difference(),
                    first.chosen == 0 ? "more against" : "less for", wording.option(first, first.chosen, Form::kGerund),
                    difference.main_term_is_enough ? "" : "still not ", taken);
}

}  // namespace

DecisionDifference compare_decisions(const LoggedDecision& first, const LoggedDecision& second) {
  DecisionDifference difference;
  difference.draws = first.uniform != second.uniform;
  difference.rules = !same(first.temperature, second.temperature) || !same(first.tie_eps, second.tie_eps) ||
                     first.on_tie != second.on_tie || first.rule != second.rule;
  compare_options(first, second, difference);
  compare_terms(first, second, difference);
  const Ids& taken_first = first.options[first.chosen].target;
  const Ids& taken_second = second.options[second.chosen].target;
  if (taken_first == taken_second) return difference;
  LoggedDecision redrawn = first;
  redrawn.uniform = second.uniform;
  difference.draw_is_enough = first.options[choose_again(redrawn, totals_of(first))].target == taken_second;
  difference.main_term_is_enough =
      difference.main_term && taken_with_first_values(first, second, *difference.main_term) == taken_first;
  return difference;
}

std::string explain_difference(const Wording& first_wording, const Wording& second_wording, const LoggedDecision& first,
                               const LoggedDecision& second) {
  const DecisionDifference difference = compare_decisions(first, second);
  const auto told = [](const Wording& wording, const LoggedDecision& decision) {
    return fmt::format("{}; {}", wording.occasion(decision), wording.option(decision, decision.chosen, Form::kPast));
  };
  std::string text =
      fmt::format("  first:  {}\n  second: {}\n", told(first_wording, first), told(second_wording, second));
  text += conditions(first_wording, first, second, difference);
  if (difference.terms.empty()) return text;
  text += side_by_side(first_wording, first, second, difference);
  const bool part = first.options[first.chosen].target != second.options[second.chosen].target;
  return text + (part ? cause(first_wording, first, difference) : "");
}

}  // namespace splinternet
