#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"
#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Gathers why memberships changed or did not: each decision of a country with every term of every option, the rule in
/// force and the draw; each answer of an organisation with its members' ballots and the draw. From these arrays alone
/// every choice can be made again (docs/FORMAT.md).
class DecisionRecorder {
 public:
  /// Appends what the report holds of the step of this World.
  void record(const World& world, const StepReport& report);

  /// Adds the dimensions decision, option, term, and answer, ballot if there are organisations.
  void add_to(const World& world, LabelledDataset& dataset) const;

 private:
  void record_options(const World& world, const StepReport& report, const Decision& decision);
  void record_answers(const World& world, const StepReport& report);
  void add_decisions(std::string_view unit, LabelledDataset& dataset) const;
  void add_options(std::string_view unit, LabelledDataset& dataset) const;
  void add_market_access(LabelledDataset& dataset) const;
  void add_answers(LabelledDataset& dataset) const;

  struct Decisions {
    std::vector<std::int32_t> step, first_option, option_count, chosen;
    std::vector<std::string> country, courted_by, refused_by;
    std::vector<double> uniform, temperature, tie_eps, annuity;
    std::vector<std::int8_t> rule, on_tie;
    std::vector<std::string> target;
    std::vector<double> offer_busd, value, total;
    std::vector<std::int32_t> chosen_linear, chosen_exact;
    std::vector<double> market_access_linear, market_access_exact;
  } decisions_;
  struct Answers {
    std::vector<std::int32_t> step, first_ballot, ballot_count;
    std::vector<std::string> organisation, framework, ballot_country;
    std::vector<std::int8_t> rule, accepted;
    std::vector<double> utility, uniform, temperature, ballot_utility;
  } answers_;
};

/// Names of the frameworks of a set joined by '+', "" for none: how files and texts write memberships.
std::string framework_names(const Setting& setting, FrameworkSet set);

}  // namespace splinternet
