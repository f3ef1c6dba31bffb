#include "sim/study/analyses/voting_power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/coalition/sampled_power.hpp"
#include "sim/coalition/voting_power.hpp"
#include "sim/core/check.hpp"
#include "sim/scenario/fault.hpp"
#include "sim/study/analyses/voting_question.hpp"

namespace splinternet {
namespace {

using coalition::PowerIndices;

/// A number as far as it is known.
struct Figure {
  double value = 0.0;
  std::string exact = {};  ///< "421/2145"; "" where only the decimal is known
  std::optional<double> standard_error = std::nullopt;
};

/// Names of the columns of a table for programs.
constexpr const char* kColumns[] = {"shapley_shubik", "banzhaf", "swing_probability", "to_prevent", "to_initiate"};
constexpr std::size_t kIndices = std::size(kColumns);

template <class Number>
const std::vector<Number>& index_of(const PowerIndices<Number>& power, std::size_t index) {
  const std::vector<Number>* const indices[kIndices] = {&power.shapley_shubik, &power.banzhaf, &power.banzhaf_absolute,
                                                        &power.to_prevent, &power.to_initiate};
  return *indices[index];
}

/// One number for seats that are alike.
Figure figure(std::span<const double> seats) {
  return {.value = seats.front()};
}
Figure figure(std::span<const coalition::Fraction> seats) {
  return {.value = seats.front().value(), .exact = seats.front().text()};
}
/// Their mean. How the samples of seats hang together is not known; the mean of the errors is not too small whatever it
/// is.
Figure figure(std::span<const coalition::Estimate> seats) {
  double value = 0.0, error = 0.0;
  for (const coalition::Estimate& seat : seats) {
    value += seat.value;
    error += seat.standard_error;
  }
  const auto count = static_cast<double>(seats.size());
  return {.value = value / count, .standard_error = error / count};
}

/// For readers; long fractions say less than their decimals.
std::string short_text(const Figure& figure) {
  constexpr std::size_t kLongestFraction = 16;
  if (figure.standard_error) return fmt::format("{:.4f} ± {:.4f}", figure.value, *figure.standard_error);
  if (figure.exact.empty() || figure.exact.size() > kLongestFraction) return fmt::format("{:.6f}", figure.value);
  if (figure.exact.find('/') == std::string::npos) return figure.exact;
  return fmt::format("{} = {:.6f}", figure.exact, figure.value);
}

/// The power of one seat of each group.
struct GroupPower {
  std::vector<std::vector<Figure>> figure;  ///< [index][group]
  Figure to_act;
};

template <class Number>
GroupPower by_group(const PowerIndices<Number>& power, const std::vector<VoterGroup>& groups) {
  GroupPower result{std::vector<std::vector<Figure>>(kIndices), figure(std::span(&power.to_act, 1))};
  for (std::size_t index = 0; index < kIndices; ++index) {
    std::size_t seat = 0;
    for (const VoterGroup& group : groups) {
      result.figure[index].push_back(figure(std::span(index_of(power, index)).subspan(seat, group.seats)));
      seat += group.seats;
    }
  }
  return result;
}

class VotingPower final : public PosedAnalysis {
 public:
  explicit VotingPower(VotingQuestion question) : question_(std::move(question)) {}

  std::string subject() const override {
    return fmt::format(
        "{} voters, {}", question_.voters(),
        question_.conditions.size() == 1 ? "1 condition" : fmt::format("{} conditions", question_.conditions.size()));
  }

  AnalysisAnswer answer() const override {
    const GroupPower power = find_power();
    return {text(power), table(power)};
  }

 private:
  [[nodiscard]] GroupPower find_power() const {
    const std::vector<coalition::WeightCondition> rule = question_.rule();
    if (question_.samples) {
      return by_group(sample_power(rule, {question_.seed, *question_.samples, {}}), question_.groups);
    }
    try {
      const coalition::SwingCounts swings = count_swings(rule);
      if (swings.voters <= coalition::kLargestFactorial) return by_group(power_fractions(swings), question_.groups);
      return by_group(power_indices(swings), question_.groups);
    } catch (const DataError& error) {
      refuse({to_string(question_.place), "analysis." + question_.id, error.what(), "",
              "add samples = 100000 for estimates with standard errors"});
    }
  }

  [[nodiscard]] std::string weight_column(const VotingCondition& condition, const char* joint) const {
    return condition.name.empty() ? "weight" : "weight" + std::string(joint) + condition.name;
  }

  [[nodiscard]] std::string rule_text() const {
    std::string text;
    for (const VotingCondition& condition : question_.conditions) {
      if (!text.empty()) text += " and ";
      text += fmt::format("{} of {}", condition.quota, question_.total(condition));
      text += condition.name.empty() ? " votes" : " " + condition.name;
    }
    return text;
  }

  [[nodiscard]] std::string text(const GroupPower& power) const {
    ResultTable shown{{"voter", "seats"}, {}};
    for (const VotingCondition& condition : question_.conditions) {
      shown.columns.push_back(weight_column(condition, ": "));
    }
    for (const char* column : {"Shapley-Shubik (S-S)", "Banzhaf", "swing probability", "S-S, all seats"}) {
      shown.columns.emplace_back(column);
    }
    for (std::size_t g = 0; g < question_.groups.size(); ++g) {
      const VoterGroup& group = question_.groups[g];
      std::vector<std::string> row = {group.name, std::to_string(group.seats)};
      for (const VotingCondition& condition : question_.conditions) row.push_back(std::to_string(condition.weight[g]));
      for (const std::size_t index : {0U, 1U, 2U}) row.push_back(short_text(power.figure[index][g]));
      row.push_back(fmt::format("{:.2f} %", 100.0 * static_cast<double>(group.seats) * power.figure[0][g].value));
      shown.rows.push_back(std::move(row));
    }
    return fmt::format(
        "{}: {} voters; a coalition wins with {}\n{}{}Power to act (Coleman): {} of all coalitions win.\n",
        question_.id, question_.voters(), rule_text(), aligned_text(shown), powerless(power), short_text(power.to_act));
  }

  /// Voters whom no coalition needs.
  [[nodiscard]] std::string powerless(const GroupPower& power) const {
    if (question_.samples) return "";  // a swing that was not drawn is not impossible
    std::string names;
    for (std::size_t g = 0; g < question_.groups.size(); ++g) {
      if (power.figure[0][g].value == 0.0) names += (names.empty() ? "" : ", ") + question_.groups[g].name;
    }
    return names.empty() ? "" : "Never decisive (dummies): " + names + ".\n";
  }

  [[nodiscard]] ResultTable table(const GroupPower& power) const {
    ResultTable table{{"analysis", "voter", "seats"}, {}};
    for (const VotingCondition& condition : question_.conditions) {
      table.columns.push_back(weight_column(condition, "_"));
    }
    for (const char* column : kColumns) add_columns(column, power, table);
    add_columns("to_act", power, table);
    for (std::size_t g = 0; g < question_.groups.size(); ++g) {
      std::vector<std::string> row = {question_.id, question_.groups[g].name,
                                      std::to_string(question_.groups[g].seats)};
      for (const VotingCondition& condition : question_.conditions) row.push_back(std::to_string(condition.weight[g]));
      for (const std::vector<Figure>& index : power.figure) add_cells(index[g], row);
      add_cells(power.to_act, row);
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  static void add_columns(const std::string& name, const GroupPower& power, ResultTable& table) {
    table.columns.push_back(name);
    if (!power.to_act.exact.empty()) table.columns.push_back(name + "_exact");
    if (power.to_act.standard_error) table.columns.push_back(name + "_standard_error");
  }

  static void add_cells(const Figure& figure, std::vector<std::string>& row) {
    const auto number = [](double value) { return std::isnan(value) ? "" : fmt::format("{}", value); };
    row.push_back(number(figure.value));
    if (!figure.exact.empty()) row.push_back(figure.exact);
    if (figure.standard_error) row.push_back(number(*figure.standard_error));
  }

  VotingQuestion question_;
};

}  // namespace

std::unique_ptr<PosedAnalysis> pose_voting_power(const AnalysisSpec& spec, const AnalysisFile& /*file*/) {
  return std::make_unique<VotingPower>(read_voting_question(spec));
}

}  // namespace splinternet
