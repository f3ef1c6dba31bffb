#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/decision_log.hpp"
#include "sim/study/waterfall.hpp"

namespace splinternet {

/// Forms of a verb: what was done, what could be done, and doing it.
enum class Form { kPast, kInfinitive, kGerund };

/// How texts about one result file name its things.
class Wording {
 public:
  /// The result must outlive it. Throws DataError if this program does not understand its scenario.
  explicit Wording(const LabelledDataset& result);

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  /// "Twelve countries", seed 1.
  [[nodiscard]] std::string run() const;
  /// The month in which a step begins, "2020-11".
  [[nodiscard]] std::string month(std::int32_t step) const;
  /// "the Clean Network", "GIDS"; the id itself if the file does not name it.
  [[nodiscard]] std::string framework(const std::string& id) const;
  [[nodiscard]] std::string frameworks(const std::vector<std::string>& ids) const;
  [[nodiscard]] std::string organisation(const std::string& id) const;
  /// "Brazil" for "BRA".
  [[nodiscard]] std::string country(const std::string& code) const;
  /// An option in words, e.g. "signing GIDS and leaving the Clean Network", "stayed out".
  [[nodiscard]] std::string option(const LoggedDecision& decision, std::size_t option, Form form) const;
  /// Who asked: "courted by GIDS with an offer of USD 0.42 bn", "reconsidered on its own".
  [[nodiscard]] std::string occasion(const LoggedDecision& decision) const;
  /// Names and meanings of the payoff terms of the file, in order of summation.
  [[nodiscard]] std::span<const NamedTerm> terms() const { return terms_; }
  /// A worth with the unit of the run's payoffs: "0.3 pp", "3.8"; a number without unit stays as it is.
  [[nodiscard]] std::string with_unit(const std::string& number) const;
  /// The same of what lasts: "0.3 pp a year".
  [[nodiscard]] std::string lasting(const std::string& number) const;
  /// What a table of worths is in: "pp of real income a year", "USD bn", "units of payoff".
  [[nodiscard]] std::string unit_in_words() const;
  /// GDP of a country in USD bn.
  [[nodiscard]] double gdp_busd(const std::string& code) const;

 private:
  const LabelledDataset& result_;
  Scenario scenario_;
  std::vector<NamedTerm> terms_;
};

/// What worths of a scenario are in: "pp of real income a year", "USD bn", "units of payoff".
std::string unit_in_words(const Scenario& scenario);

/// "Brazil (BRA)"; "IBM" where the name only repeats the code.
std::string named_code(const std::string& name, const std::string& code);

/// What changed: "signed GIDS, accepting USD 50.0 mn".
std::string act_in_words(const Wording& wording, const LoggedAct& act);

/// The ids of `from` that are not in `taken`, in order.
std::vector<std::string> ids_without(const std::vector<std::string>& from, const std::vector<std::string>& taken);

/// "USD 0.42 bn", "USD 50.0 mn".
std::string sum_of_money(double busd);

/// "12.3 %" for 0.123.
std::string percent(double share);

/// "once", "twice", "3 times".
std::string times(std::size_t count);

}  // namespace splinternet
