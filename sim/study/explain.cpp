#include "sim/study/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/model/payoffs/registry.hpp"
#include "sim/study/country_log.hpp"
#include "sim/study/result_file.hpp"

namespace splinternet {
namespace {

using Ids = std::vector<std::string>;

Ids without(const Ids& from, const Ids& taken) {
  Ids rest;
  for (const std::string& id : from) {
    if (std::find(taken.begin(), taken.end(), id) == taken.end()) rest.push_back(id);
  }
  return rest;
}

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t n = 0; n < parts.size(); ++n) {
    text += (n == 0 ? "" : n + 1 == parts.size() ? " and " : ", ") + parts[n];
  }
  return text;
}

/// Forms of a verb: what was done, what could be done, and doing it.
struct Verbs {
  const char* accede;
  const char* leave;
};
constexpr Verbs kPast = {"signed", "left"};
constexpr Verbs kInfinitive = {"sign", "leave"};
constexpr Verbs kGerund = {"signing", "leaving"};

constexpr double kSame = 5e-7;   ///< a margin below it is told as none, pp
constexpr double kShown = 5e-4;  ///< a term below it would be shown as 0.000, pp

std::string sum_of_money(double busd) {
  return busd >= 0.1 ? fmt::format("USD {:.2f} bn", busd) : fmt::format("USD {:.1f} mn", 1000.0 * busd);
}

std::string percent(double probability) {
  return fmt::format("{:.1f} %", 100.0 * probability);
}

/// Writes the log of one country.
class Explanation {
 public:
  Explanation(const LabelledDataset& result, std::string_view country)
      : result_(result),
        scenario_(scenario_of(result)),
        framework_ids_(values_of<std::string>(result, "framework")),
        framework_names_(values_of<std::string>(result, "framework_name")),
        log_(read_country_log(result, country)) {}

  std::string of_run() const {
    std::string text = head() + "\n" + memberships("At the start", log_.at_start);
    for (const LoggedAct& act : log_.acts) text += month(act.step) + "  " + act_text(act) + "\n";
    if (log_.acts.empty()) text += "Its memberships never changed.\n";
    text += memberships("At the end", log_.at_end) + courting();
    for (const LoggedDecision& decision : log_.decisions) {
      text += '\n';
      text += decision_text(decision);
    }
    return text;
  }

  std::string of_step(std::int32_t step) const {
    const int horizon = scenario_.run.horizon;
    if (step < 1 || step > horizon) {
      throw DataError(fmt::format("there is no step {}: the run has steps 1 to {}", step, horizon));
    }
    std::string text;
    for (const LoggedAct& act : log_.acts) {
      if (act.step == step) text += month(step) + "  " + act_text(act) + "\n";
    }
    for (const LoggedDecision& decision : log_.decisions) {
      if (decision.step != step) continue;
      if (!text.empty()) text += '\n';
      text += decision_text(decision);
    }
    if (text.empty()) text = fmt::format("In {} (step {}) it decided nothing.\n", month(step), step);
    return head() + "\n" + text;
  }

 private:
  std::string head() const {
    return fmt::format("{} ({}) in \"{}\", seed {}\n", log_.name, log_.code,
                       scenario_.title.empty() ? scenario_.name : scenario_.title, scenario_.run.seed);
  }

  std::string month(std::int32_t step) const { return month_of_step(scenario_.run, step); }

  static std::string with_article(const std::string& name) {
    return name.find(' ') == std::string::npos || name.starts_with("The ") ? name : "the " + name;
  }

  std::string framework(const std::string& id) const {
    const auto place = std::find(framework_ids_.begin(), framework_ids_.end(), id);
    if (place == framework_ids_.end()) return id;
    return with_article(framework_names_[static_cast<std::size_t>(place - framework_ids_.begin())]);
  }

  std::string frameworks(const Ids& ids) const {
    std::vector<std::string> names;
    for (const std::string& id : ids) names.push_back(framework(id));
    return listed(names);
  }

  std::string organisation(const std::string& id) const {
    if (result_.find("organisation") == nullptr) return id;
    const auto& ids = values_of<std::string>(result_, "organisation");
    const auto place = std::find(ids.begin(), ids.end(), id);
    if (place == ids.end()) return id;
    return with_article(
        values_of<std::string>(result_, "organisation_name")[static_cast<std::size_t>(place - ids.begin())]);
  }

  std::string memberships(const char* when, const std::vector<LoggedMembership>& list) const {
    if (result_.find("membership") == nullptr) return "";
    std::vector<std::string> parts;
    for (const LoggedMembership& one : list) {
      parts.push_back((one.level == MembershipLevel::kSigned ? "signatory of " : "listed in ") +
                      framework(one.framework));
    }
    return fmt::format("{}: {}.\n", when, parts.empty() ? "in no framework" : listed(parts));
  }

  std::string act_text(const LoggedAct& act) const {
    const std::string name = framework(act.framework);
    switch (act.kind) {
      case ActKind::kAccede:
        return "signed " + name + (act.offer_busd > 0.0 ? ", accepting " + sum_of_money(act.offer_busd) : "");
      case ActKind::kWithdraw:
        return "left " + name;
      case ActKind::kListingLapsed:
        return "its listing in " + name + " lapsed";
      case ActKind::kJointAccession:
        return "joined " + name + " together with its fellow members of " + organisation(act.organisation);
      default:
        return "signed " + name + " as its sponsor";
    }
  }

  /// Who courted it, how often, and how often it said no.
  std::string courting() const {
    if (result_.find("decision_step") == nullptr) return "The run recorded no decisions (record.decisions = false).\n";
    std::string text;
    for (const std::string& id : framework_ids_) {
      std::size_t visits = 0;
      std::size_t refusals = 0;
      for (const LoggedDecision& decision : log_.decisions) {
        if (std::find(decision.courted_by.begin(), decision.courted_by.end(), id) == decision.courted_by.end())
          continue;
        const Ids& target = decision.options[decision.chosen].target;
        ++visits;
        if (std::find(target.begin(), target.end(), id) == target.end()) ++refusals;
      }
      if (visits == 0) continue;
      text += fmt::format("Courted {} by {}; {}.\n", times(visits), framework(id),
                          refusals == 0 ? "it never refused" : "it refused " + times(refusals));
    }
    return text.empty() ? "Nobody courted it.\n" : text;
  }

  static std::string times(std::size_t count) {
    return count == 1 ? "once" : count == 2 ? "twice" : fmt::format("{} times", count);
  }

  /// An option in words, e.g. "signing GIDS and leaving the Clean Network".
  std::string in_words(const LoggedDecision& decision, std::size_t option, const Verbs& verbs) const {
    const Ids& before = decision.options.front().target;
    const Ids& after = decision.options[option].target;
    const Ids added = without(after, before);
    const Ids dropped = without(before, after);
    std::vector<std::string> parts;
    if (!added.empty()) parts.push_back(std::string(verbs.accede) + " " + frameworks(added));
    if (!dropped.empty()) parts.push_back(std::string(verbs.leave) + " " + frameworks(dropped));
    if (!parts.empty()) return listed(parts);
    if (&verbs == &kGerund) return "staying";
    const std::string verb = &verbs == &kPast ? "stayed " : "stay ";
    return verb + (before.empty() ? "out" : "in " + frameworks(before));
  }

  std::string occasion(const LoggedDecision& decision) const {
    std::vector<std::string> visits;
    for (const std::string& id : decision.courted_by) {
      double offer = 0.0;
      for (const LoggedOption& option : decision.options) {
        const Ids added = without(option.target, decision.options.front().target);
        if (std::find(added.begin(), added.end(), id) != added.end()) offer = std::max(offer, option.offer_busd);
      }
      visits.push_back("by " + framework(id) +
                       (offer > 0.0 ? " with an offer of " + sum_of_money(offer) : " without an offer"));
    }
    return visits.empty() ? "reconsidered on its own" : "courted " + listed(visits);
  }

  /// The best of the options that were not taken.
  static std::size_t best_alternative(const LoggedDecision& decision) {
    std::size_t best = decision.chosen == 0 ? 1 : 0;
    for (std::size_t n = 0; n < decision.options.size(); ++n) {
      if (n != decision.chosen && decision.options[n].total > decision.options[best].total) best = n;
    }
    return best;
  }

  std::string decision_text(const LoggedDecision& decision) const {
    std::string text = fmt::format("{} (step {}): {}; {}", month(decision.step), decision.step, occasion(decision),
                                   in_words(decision, decision.chosen, kPast));
    if (decision.options.size() == 1) return text + ": it had no other option.\n";
    const std::size_t other = best_alternative(decision);
    text += ":\n    " + outcome(decision, other) + ".\n" + option_table(decision) + draw_line(decision);
    if (decision.chosen != 0) text += waterfall(decision, decision.chosen);
    if (other != 0) text += waterfall(decision, other);
    return text;
  }

  std::string outcome(const LoggedDecision& decision, std::size_t other) const {
    const double margin = decision.options[decision.chosen].total - decision.options[other].total;
    const std::string taken = in_words(decision, decision.chosen, kGerund);
    const std::string left = in_words(decision, other, kGerund);
    if (std::fabs(margin) < kSame) return taken + " and " + left + " were worth the same";
    if (margin > 0.0) return fmt::format("{} won by {:.2g} pp over {}", taken, margin, left);
    return fmt::format("{} was worth {:.2g} pp more, but the draw fell on {}", left, -margin, taken);
  }

  std::string option_table(const LoggedDecision& decision) const {
    std::size_t width = 0;
    std::vector<std::string> names;
    for (std::size_t n = 0; n < decision.options.size(); ++n) {
      names.push_back(in_words(decision, n, kInfinitive));
      width = std::max(width, names.back().size());
    }
    std::string text;
    for (std::size_t n = 0; n < names.size(); ++n) {
      const LoggedOption& option = decision.options[n];
      text +=
          fmt::format("  {} {:{}}  {:+.3f} pp a year", n == decision.chosen ? '>' : ' ', names[n], width, option.total);
      text += std::isnan(option.probability) ? "\n" : fmt::format(", probability {:>7}\n", percent(option.probability));
    }
    return text;
  }

  static std::string draw_line(const LoggedDecision& decision) {
    const std::vector<LoggedOption>& options = decision.options;
    if (std::isnan(options.front().probability))
      return "    Best response: the option of the highest worth is taken.\n";
    double from = 0.0;
    for (std::size_t n = 0; n < decision.chosen; ++n) from += options[n].probability;
    return fmt::format("    The draw was {:.4f}: the chosen option holds {:.4f} to {:.4f}.\n", decision.uniform, from,
                       from + options[decision.chosen].probability);
  }

  /// Terms of an option, largest first; those that round to nothing in one line.
  std::string waterfall(const LoggedDecision& decision, std::size_t n) const {
    const LoggedOption& option = decision.options[n];
    std::vector<std::size_t> order;
    Ids small;
    for (std::size_t t = 0; t < log_.terms.size(); ++t) {
      if (std::fabs(option.term_value[t]) < kShown) {
        small.push_back(log_.terms[t]);
      } else {
        order.push_back(t);
      }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::fabs(option.term_value[a]) > std::fabs(option.term_value[b]);
    });
    std::string text = fmt::format("    What {} {} worth against staying, in pp of real income a year:\n",
                                   in_words(decision, n, kGerund), n == decision.chosen ? "was" : "would have been");
    for (const std::size_t t : order) {
      const PayoffTerm* term = find_term(log_.terms[t]);
      text += fmt::format("      {:+8.3f}  {:16}{}", option.term_value[t], log_.terms[t],
                          term == nullptr ? "" : fmt::format("  {}", term->meaning()));
      text += "\n";
    }
    if (!small.empty()) text += "             0  " + listed(small) + "\n";
    return text + fmt::format("      {:+8.3f}  in all\n", option.total);
  }

  const LabelledDataset& result_;
  Scenario scenario_;
  const Ids& framework_ids_;
  const Ids& framework_names_;
  CountryLog log_;
};

}  // namespace

std::string explain(const LabelledDataset& result, std::string_view country, std::optional<std::int32_t> step) {
  const Explanation explanation(result, country);
  return step ? explanation.of_step(*step) : explanation.of_run();
}

}  // namespace splinternet
