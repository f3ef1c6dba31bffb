#include "sim/model/choice/rule_keys.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/turns.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

using Words = std::vector<std::string_view>;

/// A key, and the words of `countries.choice` and `countries.schedule` with which it means something; no words: all.
struct RuleKey {
  std::string_view path;
  Words rules;
  Words schedules;
  bool also_with_map = false;  ///< whether others than the countries read it in a world with a map
};

/// tie_eps also tells analyses of a logit world what a tie is; temperature also moves organisations and sponsors.
std::vector<RuleKey> rule_keys() {
  const Words weighing{"logit", "best_response", "better_response", "steepest"};
  return {
      {"countries.temperature", {"logit"}, {}, true},
      {"countries.tie_eps", weighing, {}},
      {"countries.on_tie", {"best_response", "better_response"}, {}},
      {"countries.threshold", {"threshold"}, {}},
      {"countries.threshold_counts", {"threshold"}, {}},
      {"countries.threshold_reached", {"threshold"}, {}},
      {"countries.policy_table", {"policy_table"}, {}},
      {"countries.terms", weighing, {}},
      {"countries.schedule", {"logit", "best_response", "better_response", "threshold", "imitate", "policy_table"}, {}},
      {"countries.spontaneous_rate", {}, {"courted", "poisson"}},
      {"countries.revision_probability", {}, {"simultaneous_with_prob"}},
      {"countries.entries_per_step", {}, {"on_entry"}},
      {"countries.entry_order", {}, {"on_entry"}}};
}

/// The file of a place "file:line:column".
std::string_view file_of(std::string_view place) {
  for (int part = 0; part < 2; ++part) place = place.substr(0, place.rfind(':'));
  return place;
}

std::string listed(const Words& words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : ", ") + in_quotes(word);
  return text;
}

/// Whether the scenario writes all numbers of all rules, as resolved ones do: then none of them is a wish.
bool is_resolved(const Scenario& scenario, const std::vector<RuleKey>& keys) {
  return std::all_of(keys.begin(), keys.end(), [&](const RuleKey& key) {
    return scenario.parameters.find(key.path) == scenario.parameters.size() ||
           scenario.places.contains(std::string(key.path));
  });
}

class KeyCheck {
 public:
  explicit KeyCheck(const Scenario& scenario) : scenario_(scenario) {}

  /// `chooser` ("countries.choice") is the key whose word decides whether `key` means anything.
  void check(std::string_view key, const Parameter& chooser, const Words& words) const {
    const auto written = scenario_.places.find(std::string(key));
    if (words.empty() || written == scenario_.places.end() || written->second.starts_with("--set")) return;
    const std::string word = option_words(chooser)[static_cast<std::size_t>(scenario_.parameters.choice(chooser))];
    for (const std::string_view taker : words) {
      if (taker == word) return;
    }
    const auto chosen = scenario_.places.find(std::string(chooser.path));
    if (chosen != scenario_.places.end() && file_of(chosen->second) != file_of(written->second)) return;
    const std::string name(chooser.path.substr(chooser.path.find('.') + 1));
    refuse({written->second, std::string(key),
            "the " + name + " " + in_quotes(word) + " does not take it" +
                (chosen == scenario_.places.end() ? ", which is the default" : ""),
            name + " = " + listed(words), "remove the key, or choose another " + name});
  }

 private:
  const Scenario& scenario_;
};

void check_keys(const Scenario& scenario, ChoiceRule rule, bool has_map) {
  const std::vector<RuleKey> rows = rule_keys();
  if (is_resolved(scenario, rows)) return;
  const KeyCheck keys(scenario);
  for (const RuleKey& key : rows) {
    if (has_map && key.also_with_map) continue;
    const bool empty_terms = key.path == "countries.terms" && scenario.terms.empty();
    if (!empty_terms) keys.check(key.path, parameters::kChoice, key.rules);
    if (rule != ChoiceRule::kSteepest) keys.check(key.path, parameters::kSchedule, key.schedules);
  }
  // Steepest moves follow no schedule, but are counted by the same number.
  if (rule != ChoiceRule::kSteepest) {
    keys.check("countries.revisions_per_step", parameters::kSchedule, {"async_uniform"});
  }
}

}  // namespace

void check_rule_keys(const Scenario& scenario, bool has_map) {
  if (!scenario.has_countries) return;
  const auto rule = static_cast<ChoiceRule>(scenario.parameters.choice(parameters::kChoice));
  check_keys(scenario, rule, has_map);
  if (weighs_payoffs(rule) && scenario.terms.empty()) {
    const std::string path = "countries.terms";
    refuse({place_of(scenario, path), path,
            "the choice weighs payoffs, but there is no payoff term: all options would be worth the same",
            "at least one payoff term, or choice = \"threshold\", \"imitate\", \"policy_table\"",
            "name terms (splinternet params lists them), or choose by peers alone"});
  }
  if (rule == ChoiceRule::kPolicyTable && scenario.policy_table.empty()) {
    const std::string path = "countries.choice";
    refuse({place_of(scenario, path), path, "the choice \"policy_table\" needs a table", "",
            "add policy_table = [{share = 0, accede = 0.03}, {share = 1, accede = 0.41}] below [countries]"});
  }
}

}  // namespace splinternet
