#include "sim/study/explain_decision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/math.hpp"
#include "sim/model/courting.hpp"
#include "sim/model/payoffs/side_payment.hpp"
#include "sim/study/counterfactual.hpp"

namespace splinternet {
namespace {

constexpr double kSame = 5e-7;          ///< a margin below it is told as none, pp
constexpr std::size_t kNamed = 3;       ///< so many of the largest terms are named
constexpr std::size_t kNamedVotes = 6;  ///< so many members are named

std::string outcome(const Wording& wording, const LoggedDecision& decision, std::size_t other) {
  const double margin = decision.options[decision.chosen].total - decision.options[other].total;
  const std::string taken = wording.option(decision, decision.chosen, Form::kGerund);
  const std::string left = wording.option(decision, other, Form::kGerund);
  if (std::fabs(margin) < kSame) return taken + " and " + left + " were worth the same";
  if (margin > 0.0)
    return fmt::format("{} won by {} over {}", taken, wording.with_unit(fmt::format("{:.2g}", margin)), left);
  return fmt::format("{} was worth {} more, but the draw fell on {}", left,
                     wording.with_unit(fmt::format("{:.2g}", -margin)), taken);
}

std::string option_table(const Wording& wording, const LoggedDecision& decision) {
  std::size_t width = 0;
  std::vector<std::string> names;
  for (std::size_t n = 0; n < decision.options.size(); ++n) {
    names.push_back(wording.option(decision, n, Form::kInfinitive));
    width = std::max(width, names.back().size());
  }
  std::string text;
  for (std::size_t n = 0; n < names.size(); ++n) {
    const LoggedOption& option = decision.options[n];
    text += fmt::format("  {} {:{}}  {}", n == decision.chosen ? '>' : ' ', names[n], width,
                        wording.lasting(fmt::format("{:+.3f}", option.total)));
    text += std::isnan(option.probability) ? "\n" : fmt::format(", probability {:>7}\n", percent(option.probability));
  }
  return text;
}

std::string draw_line(const LoggedDecision& decision) {
  const std::vector<LoggedOption>& options = decision.options;
  if (decision.rule == ChoiceRule::kBestResponse) {
    return "    Best response: the option of the highest worth is taken.\n";
  }
  if (decision.rule == ChoiceRule::kBetterResponse) {
    return fmt::format("    Better response: the draw of {:.4f} picks among the options worth more than staying.\n",
                       decision.uniform);
  }
  if (decision.rule == ChoiceRule::kSteepest) {
    return "    Steepest: of all options of all countries this one gained most.\n";
  }
  double from = 0.0;
  for (std::size_t n = 0; n < decision.chosen; ++n) from += options[n].probability;
  return fmt::format("    The draw was {:.4f}: the chosen option holds {:.4f} to {:.4f}.\n", decision.uniform, from,
                     from + options[decision.chosen].probability);
}

/// What the same draw takes without single terms, the terms gathered by what they lead to.
std::string without_line(const Wording& wording, const LoggedDecision& decision) {
  const std::vector<Removal> removals = decisive_terms(decision);
  if (removals.empty()) return "    Without any single term: the same choice.\n";
  std::string text;
  for (std::size_t n = 0; n < decision.options.size(); ++n) {
    std::vector<std::string> terms;
    for (const Removal& removal : removals) {
      if (removal.chosen == n) terms.emplace_back(wording.terms()[removal.term].name);
    }
    if (terms.empty()) continue;
    text += fmt::format("    Without {}{}: it would have {}.\n", terms.size() == 1 ? "" : "one of ",
                        listed(terms, " or "), wording.option(decision, n, Form::kPast));
  }
  return text;
}

/// One-off sum that is worth so much a year to the country; NaN if sums of money mean nothing to it.
double price_of(const Wording& wording, const LoggedDecision& decision, double worth_pp) {
  const auto terms = wording.terms();
  const bool weighed = std::any_of(terms.begin(), terms.end(),
                                   [](const NamedTerm& term) { return term.name == side_payment_term().name(); });
  if (!weighed || !(decision.annuity > 0.0)) return NAN;
  return worth_pp / 100.0 * wording.gdp_busd(decision.country) / decision.annuity;
}

std::string worth_text(const Wording& wording, const LoggedDecision& decision, double worth_pp) {
  const double price = price_of(wording, decision, worth_pp);
  const std::string worth = wording.lasting(fmt::format("{:.3f}", worth_pp)) + " more";
  if (std::isnan(price)) return worth;
  return fmt::format("{}, a one-off sum of {} ({} of GDP)", worth, sum_of_money(price),
                     percent(price / wording.gdp_busd(decision.country)));
}

/// What would have tipped the decision towards another option.
std::string tipping_lines(const Wording& wording, const LoggedDecision& decision, std::size_t other) {
  const std::string name = wording.option(decision, other, Form::kGerund);
  const double worth = tipping_worth(decision, other);
  std::string text = fmt::format(
      "    To tip it to {}: {}.\n", name,
      std::isfinite(worth) ? worth_text(wording, decision, std::max(worth, 0.0)) : "no sum would do with this draw");
  const Scenario& scenario = wording.scenario();
  const double aim = scenario.parameters(parameters::kTargetProbability);
  const double needed = worth_for_probability(decision, other, aim);
  if (other != 0 && needed > 0.0) {
    text += fmt::format("    For a probability of {:.0f} %: {}.\n", 100.0 * aim, worth_text(wording, decision, needed));
  }
  return text;
}

/// How much of an accepted offer the draw would have needed.
std::string offer_line(const Wording& wording, const LoggedDecision& decision) {
  const double offer = decision.options[decision.chosen].offer_busd;
  const double spare = price_of(wording, decision, -tipping_worth(decision, decision.chosen));
  if (!(offer > 0.0) || std::isnan(spare)) return "";
  if (spare >= offer) return "    The same draw would have taken it without the offer.\n";
  return fmt::format("    The same draw would have taken it for {} of the {} offered.\n", sum_of_money(offer - spare),
                     sum_of_money(offer));
}

/// Who did not let it in.
std::string refusal_line(const Wording& wording, const LoggedDecision& decision) {
  if (decision.refused_by.empty()) return "";
  std::vector<std::string> names;
  for (const std::string& id : decision.refused_by) names.push_back(wording.framework(id));
  return fmt::format("    Members did not admit it to {}.\n", listed(names, " or "));
}

std::string option_waterfall(const Wording& wording, const LoggedDecision& decision, std::size_t n) {
  const LoggedOption& option = decision.options[n];
  const std::string name = wording.option(decision, n, Form::kGerund);
  const std::string largest = largest_terms(wording.terms(), option.term_value, kNamed, wording.scenario().unit);
  std::string text = fmt::format("    What {} {} worth against staying, in {}:\n", name,
                                 n == decision.chosen ? "was" : "would have been", wording.unit_in_words());
  if (!largest.empty()) text += fmt::format("      Largest: {}.\n", largest);
  return text + waterfall_text(wording.terms(), option.term_value);
}

/// "KAZ, TKM and 3 more".
std::string named(std::vector<std::string> codes, const char* last = " and ") {
  if (codes.size() > kNamedVotes + 1) {
    const std::size_t more = codes.size() - kNamedVotes;
    codes.resize(kNamedVotes);
    codes.push_back(fmt::format("{} more", more));
  }
  return listed(codes, last);
}

std::string vote_text(double utility) {
  if (std::isinf(utility)) return utility > 0.0 ? "in already" : "a signatory of a rival";
  return fmt::format("{:+.3f} pp", utility);
}

std::string rule_line(const LoggedAnswer& answer) {
  const auto decider = std::find_if(answer.ballots.begin(), answer.ballots.end(),
                                    [&](const LoggedBallot& ballot) { return ballot.utility == answer.utility; });
  const std::string who = decider == answer.ballots.end() ? "nobody" : decider->country;
  switch (answer.rule) {
    case OrganisationRule::kConsensus:
      return fmt::format("By consensus the least willing of {} members decides: {}, {}.", answer.ballots.size(), who,
                         vote_text(answer.utility));
    case OrganisationRule::kMajority:
      return fmt::format("By majority the lower median of {} members decides: {}, {}.", answer.ballots.size(), who,
                         vote_text(answer.utility));
    default:
      return fmt::format("Its leader decides: {}, {}.", who, vote_text(answer.utility));
  }
}

/// Who was against, and under consensus that this is a veto.
std::string against_line(const LoggedAnswer& answer) {
  std::vector<std::string> against;
  for (const LoggedBallot& ballot : answer.ballots) {
    if (ballot.utility < 0.0) against.push_back(ballot.country);
  }
  if (against.empty()) return "    Nobody was against.\n";
  if (answer.rule == OrganisationRule::kConsensus && !answer.accepted) {
    return fmt::format("    Vetoed by {}.\n", named(against));
  }
  return fmt::format("    Against were {} of {}: {}.\n", against.size(), answer.ballots.size(), named(against));
}

std::string without_members_line(const LoggedAnswer& answer) {
  std::vector<std::string> decisive;
  for (const std::size_t n : decisive_ballots(answer)) decisive.push_back(answer.ballots[n].country);
  if (decisive.empty()) return "    Without any single member: the same answer.\n";
  return fmt::format("    Without {}: {}.\n",
                     decisive.size() == 1 ? decisive.front() : "one of " + named(decisive, " or "),
                     answer.accepted ? "no" : "yes");
}

}  // namespace

std::size_t best_alternative(const LoggedDecision& decision) {
  std::size_t best = decision.chosen == 0 && decision.options.size() > 1 ? 1 : 0;
  for (std::size_t n = 0; n < decision.options.size(); ++n) {
    if (n != decision.chosen && decision.options[n].total > decision.options[best].total) best = n;
  }
  return best;
}

std::string explain_decision(const Wording& wording, const LoggedDecision& decision) {
  std::string text = fmt::format("{} (step {}): {}; {}", wording.month(decision.step), decision.step,
                                 wording.occasion(decision), wording.option(decision, decision.chosen, Form::kPast));
  if (decision.options.size() == 1) return text + ": it had no other option.\n" + refusal_line(wording, decision);
  const std::size_t other = best_alternative(decision);
  text += ":\n    " + outcome(wording, decision, other) + ".\n" + refusal_line(wording, decision);
  text += option_table(wording, decision);
  text += draw_line(decision) + without_line(wording, decision) + tipping_lines(wording, decision, other);
  text += offer_line(wording, decision);
  if (decision.chosen != 0) text += option_waterfall(wording, decision, decision.chosen);
  if (other != 0) text += option_waterfall(wording, decision, other);
  return text;
}

std::string explain_answer(const Wording& wording, const LoggedAnswer& answer, const std::string& country) {
  std::string text = fmt::format("{} (step {}): {} was courted by {}; it {}:\n", wording.month(answer.step),
                                 answer.step, wording.organisation(answer.organisation),
                                 wording.framework(answer.framework), answer.accepted ? "acceded" : "refused");
  text += "    " + rule_line(answer) + "\n";
  text += fmt::format("    The draw was {:.4f}, the probability of acceding {:.4f}.\n", answer.uniform,
                      math::logistic(answer.utility / answer.temperature));
  for (const LoggedBallot& ballot : answer.ballots) {
    if (ballot.country == country) text += fmt::format("    {} itself: {}.\n", country, vote_text(ballot.utility));
  }
  return text + against_line(answer) + without_members_line(answer);
}

}  // namespace splinternet
