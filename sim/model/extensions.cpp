#include "sim/model/extensions.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/model/choice/choice_rule.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::string_view kPayoff = "payoff", kFirmRule = "firm_rule", kDigest = "sha256:";

bool is_id(std::string_view name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= kLongestName && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), fits);
}

void refuse_rule(const Scenario& scenario, const std::string& rule, const std::string& what, const std::string& allowed,
                 const std::string& remedy) {
  refuse({scenario.name, rule, what, allowed, remedy});
}

void check_name(const Scenario& scenario, const std::string& rule, const RuleSource& source) {
  if (is_id(source.name)) return;
  refuse_rule(scenario, rule, "the name " + in_quotes(source.name) + " is no id",
              "a lower-case letter, then letters, digits and _, 64 at most", "give it another name");
}

void check_unit(const Scenario& scenario, const std::string& rule, const RuleSource& source, std::string_view unit) {
  if (source.unit == unit) return;
  refuse_rule(scenario, rule, "it returns " + in_quotes(source.unit) + ", but is added to numbers in " + in_quotes(unit),
              in_quotes(unit), "convert what it returns, and say unit = " + in_quotes(unit));
}

void check_term(const Setting& setting, std::size_t place) {
  const Scenario& scenario = setting.scenario;
  const std::vector<Extensions::Term>& terms = setting.extensions.terms;
  const RuleSource& source = terms[place].source;
  const std::string rule = "payoff " + source.name;
  check_name(scenario, rule, source);
  const auto same = [&](const Extensions::Term& other) { return other.source.name == source.name; };
  const bool twice = std::any_of(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(place), same);
  if (find_term(source.name) != nullptr || twice) {
    refuse_rule(scenario, rule, twice ? "two payoffs have this name" : "a payoff term of the program has this name", "",
                "give it another name");
  }
  check_unit(scenario, rule, source, scenario.unit);
  SPLINTERNET_CHECK(terms[place].rule != nullptr, source.name);
}

std::string line_of(std::string_view kind, const RuleSource& source) {
  return std::string(kind) + " " + source.name + " " + std::string(kDigest) + source.sha256 + " " + source.unit + "\n";
}

/// The text up to the separator, which is taken off with it.
std::string_view cut(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

}  // namespace

void check_extensions(const Setting& setting) {
  const Scenario& scenario = setting.scenario;
  const Extensions& own = setting.extensions;
  if (!own.terms.empty() &&
      !(scenario.has_countries && weighs_payoffs(static_cast<ChoiceRule>(scenario.parameters.choice(parameters::kChoice))))) {
    refuse_rule(scenario, "payoff " + own.terms.front().source.name,
                scenario.has_countries ? "its countries choose by what their peers do and weigh no payoffs"
                                       : "it has no section [countries]: nobody weighs payoffs",
                "", "choose by a rule that weighs payoffs, e.g. countries.choice = \"logit\", or leave the payoff out");
  }
  for (std::size_t place = 0; place < own.terms.size(); ++place) check_term(setting, place);
  if (!own.firms) return;
  const std::string rule = "firm_rule " + own.firms->source.name;
  if (!setting.firms) {
    refuse_rule(scenario, rule, "it has no section [firms]: there are none to value anything", "",
                "add [firms], or leave the rule out");
  }
  check_name(scenario, rule, own.firms->source);
  check_unit(scenario, rule, own.firms->source, kUnitOfFirmValues);
  SPLINTERNET_CHECK(own.firms->rule != nullptr, own.firms->source.name);
}

std::string extensions_text(const Extensions& extensions) {
  std::string text;
  for (const Extensions::Term& term : extensions.terms) text += line_of(kPayoff, term.source);
  if (extensions.firms) text += line_of(kFirmRule, extensions.firms->source);
  return text;
}

RuleSources read_extensions(std::string_view text) {
  RuleSources sources;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    const std::string_view kind = cut(line, ' '), name = cut(line, ' '), digest = cut(line, ' ');
    const bool known = kind == kPayoff || (kind == kFirmRule && !sources.firms);
    if (!known || !is_id(name) || !digest.starts_with(kDigest)) {
      throw DataError("the rules of a user in it are not told as \"payoff NAME sha256:… UNIT\"");
    }
    RuleSource source{std::string(name), std::string(line), std::string(digest.substr(kDigest.size()))};
    if (kind == kPayoff) {
      sources.terms.push_back(std::move(source));
    } else {
      sources.firms = std::move(source);
    }
  }
  return sources;
}

}  // namespace splinternet
