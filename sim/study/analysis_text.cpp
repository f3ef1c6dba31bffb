#include "sim/study/analysis_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/model/countries.hpp"
#include "sim/model/courting.hpp"
#include "sim/model/options.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/waterfall.hpp"
#include "sim/study/wording.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kRows = 5;    ///< so many countries are shown of each list
constexpr std::size_t kNamed = 12;  ///< so many are named in a sentence

std::string counted(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// Writes one analysis.
class AnalysisText {
 public:
  explicit AnalysisText(const Analysis& analysis) : analysis_(analysis), world_(analysis.world) {
    const std::vector<std::string>& codes = world_.setting().countries.code;
    for (const std::string& one : codes) code_width_ = std::max(code_width_, one.size());
    for (std::uint32_t i = 0; i < codes.size(); ++i) width_ = std::max(width_, label(i).size());
  }

  std::string text() const {
    const Scenario& scenario = world_.scenario();
    std::string text = fmt::format("Coalitions in \"{}\", seed {}, at the end of step {} ({})\n{}\n",
                                   scenario.title.empty() ? scenario.name : scenario.title, scenario.run.seed,
                                   world_.step, month_of_step(scenario.run, world_.step), subject());
    for (std::size_t k = 0; k < analysis_.frameworks.size(); ++k) {
      const FrameworkAnalysis& framework = analysis_.frameworks[k];
      text += "\n" + head(k);
      if (weighs_payoffs(choice_rule_of(world_))) {
        text +=
            holding_together(framework.stability) + committed(framework.stability) + first_movers(framework.stability);
      }
      text += power(framework.power) + traffic(framework.traffic);
    }
    for (const Pivotality& one : analysis_.pivotal) text += "\n" + without(one);
    return text;
  }

 private:
  std::string code(std::uint32_t i) const { return world_.setting().countries.code[i]; }
  std::string framework(std::size_t k) const {
    const FrameworkSpec& spec = world_.scenario().frameworks[k];
    return spec.name.empty() ? spec.id : spec.name;
  }
  /// Code and name side by side; numbered actors have no names, others may repeat their codes.
  std::string label(std::uint32_t i) const {
    const std::vector<std::string>& names = world_.setting().countries.name;
    return names.empty() || names[i] == code(i) ? code(i) : fmt::format("{:{}} {}", code(i), code_width_, names[i]);
  }
  std::string country(std::uint32_t i) const { return fmt::format("{:{}}", label(i), width_); }

  /// What the numbers are, or why there are none.
  std::string subject() const {
    if (!weighs_payoffs(choice_rule_of(world_))) {
      return fmt::format("The rule \"{}\" weighs no payoffs: what holds a framework together cannot be told by them.",
                         option_words(parameters::kChoice)[world_.derived.parameters.choice(parameters::kChoice)]);
    }
    return fmt::format("What a change is worth to {}, in {}, by all payoff terms, all others staying as they are.",
                       world_.setting().has_map() ? "a country" : "an actor", unit_in_words(world_.scenario()));
  }

  std::string share_of_all(double share) const {
    return percent(share) + (world_.setting().has_map() ? " of world GDP" : " of all by size");
  }
  std::string worth(double value) const {
    return has_own_unit(world_) ? fmt::format("{:+.6g}", value) : fmt::format("{:+.3f}", value);
  }
  std::string money(double value) const {
    if (!has_own_unit(world_)) return fmt::format("USD {:+.2f} bn a year", value);
    const std::string& unit = world_.scenario().unit;
    return fmt::format("{:+.6g}{}", value, unit == "1" ? "" : " " + unit);
  }

  std::string head(std::size_t k) const {
    std::size_t signatories = 0;
    std::size_t members = 0;
    double gdp_share = 0.0;
    for (const std::uint32_t i : countries_by_code(world_)) {
      if (!contains(world_.membership(i), k)) continue;
      ++members;
      if (contains(world_.signed_membership(i), k)) ++signatories;
      gdp_share += world_.setting().countries.gdp_share[i];
    }
    static constexpr const char* kStatus[] = {"not open yet", "open", "closed"};
    return fmt::format("{}: {} ({} signed, {} listed), {}; {}, {}\n", framework(k),
                       counted(members, "member", "members"), signatories, members - signatories,
                       share_of_all(gdp_share), kStatus[world_.frameworks_state.status[k]],
                       world_.frameworks_state.in_force[k] != 0 ? "in force" : "not in force");
  }

  /// "no: 2 of 5 members would gain by leaving.", of members or of outsiders.
  std::string verdict(const FrameworkStability& stability, Standing standing) const {
    const bool inside = standing == Standing::kMember;
    const bool holds = inside ? stability.internal : stability.external;
    const bool strictly = inside ? stability.strictly_internal : stability.strictly_external;
    const double tie_eps = world_.derived.parameters(parameters::kTieEps);
    std::size_t count = 0;
    std::size_t gain = 0;
    for (const CountryMargin& entry : stability.countries) {
      if (entry.standing != standing) continue;
      ++count;
      if (entry.change > tie_eps) ++gain;
    }
    if (count == 0 && !inside) return "yes: no outsider may accede.\n";
    if (count == 0)
      return may_withdraw(world_) ? "yes: no member may leave.\n" : "yes: no member may leave, but for a rival.\n";
    const std::string who = inside ? counted(count, "member", "members") + " free to leave"
                                   : counted(count, "outsider", "outsiders") + " free to accede";
    return fmt::format("{}: {} of {} would gain by {}{}.\n", holds ? "yes" : "no",
                       gain == 0 ? "none" : std::to_string(gain), who, inside ? "leaving" : "acceding",
                       holds && !strictly ? ", though some would lose nothing" : "");
  }

  std::string holding_together(const FrameworkStability& stability) const {
    std::string text = "  Internally stable: " + verdict(stability, Standing::kMember) +
                       "  Externally stable: " + verdict(stability, Standing::kOutsider);
    if (stability.first_to_leave.empty() && !may_withdraw(world_)) return text;
    text += fmt::format("  Internally stable with transfers among members: {}: being in is worth {} to them in all",
                        stability.potentially_internal ? "yes" : "no", money(stability.surplus_money));
    if (!stability.potentially_internal && stability.potentially_internal_with_sponsors) {
      text += fmt::format("; yes if sponsors pay too, to whom it is worth {}", money(stability.sponsors_money));
    }
    return text + ".\n";
  }

  std::string committed(const FrameworkStability& stability) const {
    std::vector<std::string> sponsors;
    for (const CountryMargin& entry : stability.countries) {
      if (entry.standing != Standing::kSponsor) continue;
      sponsors.push_back(fmt::format("{} (leaving would be worth {})", code(entry.country), worth(entry.change)));
    }
    return sponsors.empty() ? "" : fmt::format("  Committed: {}.\n", listed(sponsors));
  }

  static std::string number(double value, const char* unit) {
    return std::isnan(value) ? "" : fmt::format("{:.4g}{}", value, unit);
  }

  std::string movers(const FrameworkStability& stability, const std::vector<std::uint32_t>& order,
                     const char* title) const {
    if (order.empty()) return "";
    const bool logit = chooses_by_logit(world_);
    const bool paid = weighs_payments(world_);
    const std::size_t column = has_own_unit(world_) ? 14 : 9;
    std::string text = fmt::format("  {:{}}{:>{}}", title, width_ + 2, "worth", column);
    if (logit) text += fmt::format("  {:>11}", "probability");
    if (paid) text += fmt::format("  {:>14}", "USD bn to tip");
    if (paid && logit) {
      text += fmt::format(
          "  {:>12}", fmt::format("for {:.0f} %", 100.0 * world_.derived.parameters(parameters::kTargetProbability)));
    }
    for (std::size_t n = 0; n < std::min(order.size(), kRows); ++n) {
      const CountryMargin& entry = stability.countries[order[n]];
      text += fmt::format("\n    {}{:>{}}", country(entry.country), worth(entry.change), column);
      if (logit) text += fmt::format("  {:>11}", percent(entry.probability));
      if (paid) text += fmt::format("  {:>14}", number(entry.tip_busd, ""));
      if (paid && logit) text += fmt::format("  {:>12}", number(entry.target_busd, ""));
    }
    if (order.size() > kRows) text += fmt::format("\n    and {} more", order.size() - kRows);
    return text + "\n";
  }

  std::string first_movers(const FrameworkStability& stability) const {
    return movers(stability, stability.first_to_leave, "First to leave") +
           movers(stability, stability.first_to_join, "First to join");
  }

  std::string rule(const EntryPower& power) const {
    std::vector<std::string> conditions;
    if (power.quota_members > 0.0)
      conditions.push_back(counted(static_cast<std::size_t>(power.quota_members), "signatory", "signatories"));
    if (power.quota_gdp_share > 0.0) conditions.push_back(share_of_all(power.quota_gdp_share));
    return listed(conditions);
  }

  std::string power(const EntryPower& power) const {
    if (power.game == EntryGame::kNoRule) return "  Entry into force: its provisions bind without any quorum.\n";
    if (power.game == EntryGame::kUnmet) {
      return fmt::format("  Entry into force needs {}; there {} with {}.\n", rule(power),
                         (power.voters.size() == 1 ? "is " : "are ") + std::to_string(power.voters.size()),
                         percent(power.gdp_share));
    }
    const bool is_exact = power.game == EntryGame::kCounted;
    std::string text = fmt::format(
        "  Entry into force needs {}; {} of the coalitions of its {} would do.\n  Their power ({}):\n", rule(power),
        percent(power.indices.to_act.value), counted(power.voters.size(), "signatory", "signatories"),
        is_exact ? "all coalitions counted" : "sampled, ± standard errors");
    std::vector<std::size_t> order(power.voters.size());
    for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
    const std::vector<coalition::Estimate>& index = power.indices.shapley_shubik;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return index[a].value > index[b].value; });
    text += fmt::format("    {:{}}  {:>16}  {:>16}  {:>16}\n", "", width_, "Shapley-Shubik", "Banzhaf", "may prevent");
    for (std::size_t n = 0; n < std::min(order.size(), kRows); ++n) {
      const auto cell = [&](const std::vector<coalition::Estimate>& values) {
        const coalition::Estimate& one = values[order[n]];
        return is_exact ? fmt::format("{:.4f}", one.value)
                        : fmt::format("{:.4f} ± {:.4f}", one.value, one.standard_error);
      };
      text += fmt::format("    {}  {:>16}  {:>16}  {:>16}\n", country(power.voters[order[n]]), cell(index),
                          cell(power.indices.banzhaf), cell(power.indices.to_prevent));
    }
    return order.size() > kRows ? text + fmt::format("    and {} more\n", order.size() - kRows) : text;
  }

  std::string traffic(std::vector<TrafficValue> values) const {
    if (values.empty()) return "";
    double all = 0.0;
    for (const TrafficValue& one : values) all += one.value;
    std::stable_sort(values.begin(), values.end(),
                     [](const TrafficValue& a, const TrafficValue& b) { return a.value > b.value; });
    std::vector<std::string> largest;
    for (std::size_t n = 0; n < std::min(values.size(), kRows); ++n) {
      largest.push_back(fmt::format("{} {}", code(values[n].country), percent(values[n].value)));
    }
    return fmt::format("  Data between members: {} of world demand; most by Shapley value: {}.\n", percent(all),
                       listed(largest));
  }

  std::string named(const std::vector<std::uint32_t>& countries) const {
    std::vector<std::string> codes;
    for (std::size_t n = 0; n < std::min(countries.size(), kNamed); ++n) codes.push_back(code(countries[n]));
    if (countries.size() > kNamed) codes.push_back(fmt::format("{} more", countries.size() - kNamed));
    return listed(codes);
  }

  std::string without(const Pivotality& one) const {
    std::string text = fmt::format("Without {}, held out of everything from the start, same random numbers:\n",
                                   named_code(country_name(world_, one.country), code(one.country)));
    for (std::size_t k = 0; k < one.frameworks.size(); ++k) {
      const AbsenceEffect& effect = one.frameworks[k];
      text += fmt::format("  {}: {} instead of {}", framework(k),
                          counted(effect.members_without, "other member", "other members"), effect.members);
      if (effect.level == MembershipLevel::kNone) text += " (it was no member itself)";
      if (!effect.lost.empty()) text += "; not in: " + named(effect.lost);
      if (!effect.gained.empty()) text += "; in instead: " + named(effect.gained);
      text += ".\n";
    }
    return text;
  }

  const Analysis& analysis_;
  const World& world_;
  std::size_t code_width_ = 0;
  std::size_t width_ = 12;  ///< of codes with names; titles need as much
};

}  // namespace

std::string analysis_text(const Analysis& analysis) {
  return AnalysisText(analysis).text();
}

}  // namespace splinternet
