#include "sim/study/state_analysis_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/study/analyses/result_table.hpp"
#include "sim/study/state_words.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kMostStatesListed = 4096;

/// "" for what is not known.
std::string number(double value) {
  return std::isnan(value) ? std::string() : fmt::format("{}", value);
}
std::string number(std::size_t value) {
  return fmt::format("{}", value);
}
/// The value of a state; "" if there are no such values.
std::string number(const std::vector<double>& values, std::size_t state) {
  return values.empty() ? std::string() : number(values[state]);
}

class Tables {
 public:
  Tables(const World& start, const StateAnalysis& found) : start_(start), found_(found), game_(found.game) {}

  std::string text() {
    add_rest_states();
    add_tipping();
    add_at_once();
    add_coalitions();
    add_gibbs_law();
    add_quantal_response();
    add_states();
    return csv_text(tables_);
  }

 private:
  ResultTable& table(std::vector<std::string> columns) {
    columns.insert(columns.begin(), "analysis");
    return tables_.emplace_back(ResultTable{std::move(columns), {}});
  }
  const std::string& code(std::size_t actor) const { return start_.setting().countries.code[game_.actors[actor]]; }
  std::string probability(std::size_t state) const {
    return found_.gibbs ? number(found_.gibbs->probability[state]) : std::string();
  }
  std::string payoffs(std::size_t state) const {
    return game_.sums.empty() ? std::string() : number(game_.sums[state].all);
  }

  void add_rest_states() {
    ResultTable& rows =
        table({"state", "members", "names", "is_strict", "starts", "share_of_starts", "random_order_probability",
               "potential", "energy", "sum_of_payoffs", "gibbs_probability"});
    for (const RestState& rest : found_.rest) {
      rows.rows.push_back({"rest_states", number(rest.state), state_words(start_, game_, rest.state),
                           number(rest.names), rest.is_strict ? "1" : "0", number(rest.starts),
                           number(static_cast<double>(rest.starts) / static_cast<double>(found_.kinds)),
                           number(rest.probability), number(found_.potential, rest.state),
                           number(found_.energy, rest.state), payoffs(rest.state), probability(rest.state)});
    }
  }

  void add_tipping() {
    ResultTable& rows = table({"state", "actor", "now", "best_move", "payment_to_tip"});
    for (const RestState& rest : found_.rest) {
      const std::vector<Tipping> tips = tipping(game_, rest.state);
      for (std::size_t actor = 0; actor < tips.size(); ++actor) {
        rows.rows.push_back({"tipping", number(rest.state), code(actor), set_words(start_, tips[actor].now, "+"),
                             set_words(start_, tips[actor].best, "+"), number(tips[actor].payment)});
      }
    }
  }

  void add_at_once() {
    ResultTable& rows = table({"period", "cycles", "starts"});
    for (const coalition::ResponseCycle& cycle : found_.at_once) {
      rows.rows.push_back({"at_once", number(cycle.period), number(cycle.cycles), number(cycle.starts)});
    }
  }

  void add_coalitions() {
    if (!found_.coalitions) return;
    const coalition::StableCoalitions& coalitions = found_.coalitions->found;
    ResultTable& sizes = table({"size", "internally_stable", "externally_stable", "stable", "potentially_internal"});
    for (std::size_t size = 0; size < coalitions.stable_by_size.size(); ++size) {
      sizes.rows.push_back({"coalition_sizes", number(size), number(coalitions.internal_by_size[size]),
                            number(coalitions.external_by_size[size]), number(coalitions.stable_by_size[size]),
                            number(coalitions.potentially_internal_by_size[size])});
    }
    ResultTable& stable = table({"size", "members", "is_strict"});
    for (const coalition::ActorSet set : coalitions.stable) {
      std::string members;
      for (std::size_t actor = 0; actor < game_.actors.size(); ++actor) {
        if (coalition::contains(set, actor)) members += (members.empty() ? "" : " ") + code(actor);
      }
      const bool strict = std::binary_search(coalitions.strictly_stable.begin(), coalitions.strictly_stable.end(), set);
      stable.rows.push_back({"stable_coalitions", number(coalition::size_of(set)), members, strict ? "1" : "0"});
    }
    ResultTable& shapley = table({"actor", "value"});
    for (std::size_t actor = 0; actor < found_.coalitions->shapley_value.size(); ++actor) {
      shapley.rows.push_back({"shapley_value", code(actor), number(found_.coalitions->shapley_value[actor])});
    }
  }

  void add_gibbs_law() {
    if (!found_.gibbs) return;
    ResultTable& rows = table({"framework", "mean_members"});
    for (std::size_t k = 0; k < found_.gibbs->mean_members.size(); ++k) {
      rows.rows.push_back({"gibbs_law", start_.setting().frameworks.id[k], number(found_.gibbs->mean_members[k])});
    }
  }

  void add_quantal_response() {
    if (!found_.quantal_response) return;
    ResultTable& rows = table({"actor", "now", "value"});
    std::size_t at = 0;
    for (std::size_t actor = 0; actor < game_.actors.size(); ++actor) {
      for (const FrameworkSet set : game_.sets[actor]) {
        rows.rows.push_back(
            {"quantal_response", code(actor), set_words(start_, set, "+"), number((*found_.quantal_response)[at++])});
      }
    }
  }

  void add_states() {
    if (game_.moves.profiles() > kMostStatesListed) return;
    ResultTable& rows = table({"state", "members", "potential", "energy", "sum_of_payoffs", "gibbs_probability"});
    for (std::size_t state = 0; state < game_.moves.profiles(); ++state) {
      rows.rows.push_back({"states", number(state), state_words(start_, game_, state), number(found_.potential, state),
                           number(found_.energy, state), payoffs(state), probability(state)});
    }
  }

  const World& start_;
  const StateAnalysis& found_;
  const StateGame& game_;
  std::vector<ResultTable> tables_;
};

}  // namespace

std::string state_analysis_csv(const World& start, const StateAnalysis& found) {
  return Tables(start, found).text();
}

}  // namespace splinternet
