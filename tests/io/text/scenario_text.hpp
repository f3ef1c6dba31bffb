#pragma once

#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/io/text/scenario_file.hpp"
#include "sim/model/countries.hpp"
#include "sim/scenario/provisions.hpp"
#include "tests/support/temporary_folder.hpp"

namespace splinternet::testing {

/// A small parameter table of its own, so that these tests do not depend on the model's; of that only the rule of
/// choice, on which the reader of scenarios depends.
inline Vocabulary small_vocabulary() {
  static constexpr Parameter kBudget =
      real("framework.*.budget_busd", "USD bn per year", 1, {0, 1000}, {0, 5}, "grants", "[J]");
  static constexpr Parameter kStrategy =
      option("framework.*.strategy", "targeted|uniform|none", "who is courted", "[J]");
  static constexpr Parameter kTemperature =
      real("countries.temperature", "1", 0.2, {0, 10}, {0, 1}, "noise of choice", "[J]");
  static constexpr Parameter kSchedule = option("countries.schedule", "courted|poisson", "who revises", "[J]");
  static constexpr Parameter kCount = integer("firms.count", "firms", 5000, {0, 100000}, {0, 5000}, "size", "[J]");
  static constexpr Parameter kCongestion = flag("data.congestion", false, "queues on links", "[J]");
  static constexpr Parameter kElasticity = real("trade.elasticity", "1", 5, {0.1, 50}, {2, 10}, "theta", "[S]");
  static constexpr Parameter kPhaseIn = real("policy.phase_in_months", "months", 12, {1, 240}, {6, 36}, "time", "[J]");
  static constexpr Parameter kWeight =
      real("metrics.weight", "1", -0.5, {-kNoLimit, kNoLimit}, {-1, 1}, "weight", "[J]");
  static const std::vector<const Parameter*> rows = [] {
    std::vector<const Parameter*> all = {&kBudget,     &kStrategy,   &kTemperature, &kSchedule, &kCount,
                                         &kCongestion, &kElasticity, &kPhaseIn,     &kWeight,   &parameters::kChoice};
    for (const Parameter& strength : kProvisionStrength) all.push_back(&strength);
    return all;
  }();
  return {rows, {"E", "A", "N"}, {"members", "splinternet_index"}, {"E", "A", "N"}};
}

/// What every scenario needs, in three lines and a blank one.
inline const std::string kHead = "run.start = 2020-08-01\nrun.horizon = 120\nworld.tables = \"data/none\"\n\n";

/// Two frameworks, one of them with an opening.
inline const std::string kFrameworks =
    "[framework.gids]\nsponsors = [\"CHN\"]\n[framework.clean_network]\nsponsors = [\"USA\"]\n"
    "[event.open_gids]\nkind = \"open\"\nframework = \"gids\"\ndate = 2020-09-08\n";

inline Scenario parse(const std::string& text, const std::vector<Override>& overrides = {}) {
  return parse_scenario(text, "s.toml", "", overrides, small_vocabulary());
}

/// The message with which a scenario is refused.
inline std::string refusal(const std::string& text, const std::vector<Override>& overrides = {}) {
  return message_of<ScenarioError>([&] { parse(text, overrides); });
}

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace splinternet::testing
