#include "sim/study/parting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "sim/core/math.hpp"
#include "sim/study/country_log.hpp"
#include "sim/study/decision_difference.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/scenario_difference.hpp"

namespace splinternet {
namespace {

/// One of the two runs.
struct Run {
  explicit Run(const LabelledDataset& result)
      : dataset(&result), wording(result), decisions(read_decisions(result)), answers(read_answers(result)) {}

  const LabelledDataset* dataset;
  Wording wording;
  std::vector<LoggedDecision> decisions;
  std::vector<LoggedAnswer> answers;

  [[nodiscard]] const LoggedDecision* decision(const std::string& country, std::int32_t step) const {
    const auto place = std::find_if(decisions.begin(), decisions.end(), [&](const LoggedDecision& one) {
      return one.step == step && one.country == country;
    });
    return place == decisions.end() ? nullptr : &*place;
  }

  [[nodiscard]] const LoggedAnswer* answer(const LoggedAct& act) const {
    const auto place = std::find_if(answers.begin(), answers.end(), [&](const LoggedAnswer& one) {
      return one.step == act.step && one.organisation == act.organisation && one.framework == act.framework;
    });
    return place == answers.end() ? nullptr : &*place;
  }
};

/// What changed for a country in a step, to be compared.
using Moves = std::vector<std::pair<std::string, ActKind>>;

Moves moves_of(const std::vector<LoggedAct>& acts, std::int32_t step) {
  Moves moves;
  for (const LoggedAct& act : acts) {
    if (act.step == step) moves.emplace_back(act.framework, act.kind);
  }
  return moves;
}

struct Place {
  std::int32_t step = 0;
  std::string country;
  friend bool operator<(const Place& a, const Place& b) {
    return std::tie(a.step, a.country) < std::tie(b.step, b.country);
  }
};

class Parting {
 public:
  Parting(const LabelledDataset& first, const LabelledDataset& second) : first_(first), second_(second) {}

  std::string told(std::optional<std::string_view> country) {
    std::string text = fmt::format("first:  {}\nsecond: {}\n", first_.wording.run(), second_.wording.run());
    text += scenarios() + "\n";
    const std::vector<std::string> codes = compared(country);
    std::vector<Place> partings;
    for (const std::string& code : codes) {
      if (const auto step = first_parting(code)) partings.push_back({*step, code});
    }
    std::sort(partings.begin(), partings.end());
    return text + (partings.empty() ? without_parting(codes) : at(partings, country));
  }

 private:
  /// Codes of the countries to look at.
  std::vector<std::string> compared(std::optional<std::string_view> country) {
    if (country) {
      const std::string code = read_country_log(*first_.dataset, *country).code;
      read_country_log(*second_.dataset, code);
      return {code};
    }
    const auto& codes = values_of<std::string>(*first_.dataset, "country");
    if (codes != values_of<std::string>(*second_.dataset, "country")) {
      throw DataError("the two runs have other countries: name the one to compare");
    }
    return codes;
  }

  std::string scenarios() const {
    std::string text;
    const auto shown = [](const std::string& value) { return value.empty() ? "(absent)" : value; };
    for (const ScenarioDifference& one :
         scenario_differences(first_.dataset->attribute("scenario"), second_.dataset->attribute("scenario"))) {
      text += fmt::format("  {}: {} | {}\n", one.path, shown(one.first), shown(one.second));
    }
    for (const char* name : {"tables_digest", "code_version", "code_commit"}) {
      const std::string one(first_.dataset->attribute(name));
      const std::string two(second_.dataset->attribute(name));
      if (one != two) text += fmt::format("  {}: {} | {}\n", name, one, two);
    }
    return text.empty() ? "Their scenarios are the same.\n" : "Their scenarios differ:\n" + text;
  }

  std::optional<std::int32_t> first_parting(const std::string& code) const {
    const std::vector<LoggedAct> one = acts_of_country(*first_.dataset, code);
    const std::vector<LoggedAct> two = acts_of_country(*second_.dataset, code);
    std::optional<std::int32_t> step;
    for (const std::vector<LoggedAct>* acts : {&one, &two}) {
      for (const LoggedAct& act : *acts) {
        if ((!step || act.step < *step) && moves_of(one, act.step) != moves_of(two, act.step)) step = act.step;
      }
    }
    return step;
  }

  std::string name(const Place& place) const {
    return fmt::format("{} in {} (step {})", named_code(first_.wording.country(place.country), place.country),
                       first_.wording.month(place.step), place.step);
  }

  std::string at(const std::vector<Place>& partings, std::optional<std::string_view> country) const {
    const Place& place = partings.front();
    std::string text = fmt::format("They part over {}:\n", name(place)) + why(place);
    std::vector<std::string> also;
    for (const Place& other : partings) {
      if (other.step == place.step && other.country != place.country) also.push_back(other.country);
    }
    if (!also.empty()) text += fmt::format("In the same month they part over {}, too.\n", listed(also));
    if (!country) text += fmt::format("Countries over which they part at some time: {}.\n", partings.size());
    return text;
  }

  std::string why(const Place& place) const {
    const LoggedDecision* one = first_.decision(place.country, place.step);
    const LoggedDecision* two = second_.decision(place.country, place.step);
    if (one != nullptr && two != nullptr) return compared_decisions(*one, *two);
    if (const std::string text = joint(place); !text.empty()) return text;
    if (one != nullptr) return only("first", first_, *one);
    if (two != nullptr) return only("second", second_, *two);
    return acts_text("first", first_, place) + acts_text("second", second_, place);
  }

  std::string compared_decisions(const LoggedDecision& one, const LoggedDecision& two) const {
    if (values_of<std::string>(*first_.dataset, "term") != values_of<std::string>(*second_.dataset, "term")) {
      throw DataError("the two runs weigh other terms (countries.terms): their decisions cannot be set side by side");
    }
    return explain_difference(first_.wording, second_.wording, one, two);
  }

  static std::string only(const char* which, const Run& run, const LoggedDecision& decision) {
    return fmt::format("  Only in the {} run did it decide: {}; {}.\n", which, run.wording.occasion(decision),
                       run.wording.option(decision, decision.chosen, Form::kPast));
  }

  static std::string acts_text(const char* which, const Run& run, const Place& place) {
    std::vector<std::string> texts;
    for (const LoggedAct& act : acts_of_country(*run.dataset, place.country)) {
      if (act.step == place.step) texts.push_back(act_in_words(run.wording, act));
    }
    return fmt::format("  {} run: {}\n", which, texts.empty() ? "nothing changed" : listed(texts));
  }

  /// Both runs' answers of the organisation with which the country joined in one of them; "" if it joined with none.
  std::string joint(const Place& place) const {
    for (const Run* run : {&first_, &second_}) {
      for (const LoggedAct& act : acts_of_country(*run->dataset, place.country)) {
        if (act.step != place.step || act.kind != ActKind::kJointAccession || act.organisation.empty()) continue;
        return acts_text("first", first_, place) + acts_text("second", second_, place) +
               answer_text("first", first_, act) + answer_text("second", second_, act);
      }
    }
    return "";
  }

  static std::string answer_text(const char* which, const Run& run, const LoggedAct& act) {
    const LoggedAnswer* answer = run.answer(act);
    const std::string body = run.wording.organisation(act.organisation);
    if (answer == nullptr) return fmt::format("  Nobody asked {} in the {} run.\n", body, which);
    return fmt::format("  {} {} in the {} run: utility {:+.3f} pp, probability {:.4f}, draw {:.4f}.\n", body,
                       answer->accepted ? "acceded" : "refused", which, answer->utility,
                       math::logistic(answer->utility / answer->temperature), answer->uniform);
  }

  /// The first decision that differs in anything, if memberships never part.
  std::string without_parting(const std::vector<std::string>& codes) const {
    const std::string start = codes.size() == 1 ? first_.wording.country(codes.front()) + ": every" : "Every";
    std::vector<Place> places;
    for (const Run* run : {&first_, &second_}) {
      for (const LoggedDecision& decision : run->decisions) {
        if (std::find(codes.begin(), codes.end(), decision.country) != codes.end()) {
          places.push_back({decision.step, decision.country});
        }
      }
    }
    std::sort(places.begin(), places.end());
    for (const Place& place : places) {
      const LoggedDecision* one = first_.decision(place.country, place.step);
      const LoggedDecision* two = second_.decision(place.country, place.step);
      if (one != nullptr && two != nullptr && !compare_decisions(*one, *two).any()) continue;
      return start + " change of membership is the same. The first decision that differs is that of " + name(place) +
             ":\n" + why(place);
    }
    return start + " change of membership and every decision is the same, to the last bit.\n";
  }

  Run first_;
  Run second_;
};

}  // namespace

std::string explain_parting(const LabelledDataset& first, const LabelledDataset& second,
                            std::optional<std::string_view> country) {
  return Parting(first, second).told(country);
}

}  // namespace splinternet
