#include "sim/study/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/model/extensions.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/study/result_file.hpp"

namespace splinternet {
namespace {

using Ids = std::vector<std::string>;

struct Verbs {
  const char* accede;
  const char* leave;
};

Verbs verbs(Form form) {
  switch (form) {
    case Form::kPast:
      return {"signed", "left"};
    case Form::kInfinitive:
      return {"sign", "leave"};
    default:
      return {"signing", "leaving"};
  }
}

/// The label beside an id in two arrays of one dimension; the id itself if it is in none.
std::string label_of(const LabelledDataset& result, const char* ids, const char* labels, const std::string& id) {
  if (result.find(ids) == nullptr) return id;
  const auto& known = values_of<std::string>(result, ids);
  const auto place = std::find(known.begin(), known.end(), id);
  if (place == known.end()) return id;
  return values_of<std::string>(result, labels)[static_cast<std::size_t>(place - known.begin())];
}

std::string with_article(const std::string& name) {
  return name.find(' ') == std::string::npos || name.starts_with("The ") ? name : "the " + name;
}

}  // namespace

Wording::Wording(const LabelledDataset& result) : result_(result), scenario_(scenario_of(result)) {
  if (result.find("term") == nullptr) return;
  const std::vector<RuleSource> own = read_extensions(result.attribute(kRulesAttribute)).terms;
  for (const std::string& name : values_of<std::string>(result, "term")) {
    const PayoffTerm* term = find_term(name);
    const bool is_own = std::any_of(own.begin(), own.end(), [&](const RuleSource& rule) { return rule.name == name; });
    terms_.push_back({name, term != nullptr ? term->meaning() : is_own ? "a rule of the user" : ""});
  }
}

std::string Wording::run() const {
  return fmt::format("\"{}\", seed {}", scenario_.title.empty() ? scenario_.name : scenario_.title, scenario_.run.seed);
}

std::string Wording::month(std::int32_t step) const {
  return month_of_step(scenario_.run, step);
}

std::string Wording::framework(const std::string& id) const {
  const std::string name = label_of(result_, "framework", "framework_name", id);
  return name == id ? id : with_article(name);
}

std::string Wording::frameworks(const Ids& ids) const {
  Ids names;
  for (const std::string& id : ids) names.push_back(framework(id));
  return listed(names);
}

std::string Wording::organisation(const std::string& id) const {
  const std::string name = label_of(result_, "organisation", "organisation_name", id);
  return name == id ? id : with_article(name);
}

std::string Wording::country(const std::string& code) const {
  return label_of(result_, "country", "country_name", code);
}

std::string Wording::option(const LoggedDecision& decision, std::size_t option, Form form) const {
  const Ids& before = decision.options.front().target;
  const Ids& after = decision.options[option].target;
  const Ids added = ids_without(after, before);
  const Ids dropped = ids_without(before, after);
  const Verbs verb = verbs(form);
  Ids parts;
  if (!added.empty()) parts.push_back(std::string(verb.accede) + " " + frameworks(added));
  if (!dropped.empty()) parts.push_back(std::string(verb.leave) + " " + frameworks(dropped));
  if (!parts.empty()) return listed(parts);
  if (form == Form::kGerund) return "staying";
  const std::string stay = form == Form::kPast ? "stayed " : "stay ";
  return stay + (before.empty() ? "out" : "in " + frameworks(before));
}

std::string Wording::occasion(const LoggedDecision& decision) const {
  Ids visits;
  for (const std::string& id : decision.courted_by) {
    double offer = 0.0;
    for (const LoggedOption& option : decision.options) {
      const Ids added = ids_without(option.target, decision.options.front().target);
      if (std::find(added.begin(), added.end(), id) != added.end()) offer = std::max(offer, option.offer_busd);
    }
    visits.push_back("by " + framework(id) +
                     (offer > 0.0 ? " with an offer of " + sum_of_money(offer) : " without an offer"));
  }
  return visits.empty() ? "reconsidered on its own" : "courted " + listed(visits);
}

std::string Wording::with_unit(const std::string& number) const {
  return scenario_.unit == "1" ? number : number + " " + scenario_.unit;
}

std::string Wording::lasting(const std::string& number) const {
  return with_unit(number) + (scenario_.unit == kUnitOfIncome ? " a year" : "");
}

std::string Wording::unit_in_words() const {
  return splinternet::unit_in_words(scenario_);
}

double Wording::gdp_busd(const std::string& code) const {
  const auto& codes = values_of<std::string>(result_, "country");
  const auto place = std::find(codes.begin(), codes.end(), code);
  if (place == codes.end()) throw DataError("the result has no country \"" + code + "\"");
  return values_of<double>(result_, "gdp")[static_cast<std::size_t>(place - codes.begin())];
}

std::string unit_in_words(const Scenario& scenario) {
  if (scenario.unit == kUnitOfIncome) return "pp of real income a year";
  return scenario.unit == "1" ? "units of payoff" : scenario.unit;
}

std::string named_code(const std::string& name, const std::string& code) {
  return name == code ? code : fmt::format("{} ({})", name, code);
}

std::string act_in_words(const Wording& wording, const LoggedAct& act) {
  const std::string name = wording.framework(act.framework);
  switch (act.kind) {
    case ActKind::kAccede:
      return "signed " + name + (act.offer_busd > 0.0 ? ", accepting " + sum_of_money(act.offer_busd) : "");
    case ActKind::kWithdraw:
      return "left " + name;
    case ActKind::kListingLapsed:
      return "its listing in " + name + " lapsed";
    case ActKind::kJointAccession:
      return "joined " + name + " together with " +
             (act.organisation.empty() ? "others who were asked at the same time"
                                       : "its fellow members of " + wording.organisation(act.organisation));
    default:
      return "signed " + name + " as its sponsor";
  }
}

Ids ids_without(const Ids& from, const Ids& taken) {
  Ids rest;
  for (const std::string& id : from) {
    if (std::find(taken.begin(), taken.end(), id) == taken.end()) rest.push_back(id);
  }
  return rest;
}

std::string sum_of_money(double busd) {
  return busd >= 0.1 ? fmt::format("USD {:.2f} bn", busd) : fmt::format("USD {:.1f} mn", 1000.0 * busd);
}

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100.0 * share);
}

std::string times(std::size_t count) {
  return count == 1 ? "once" : count == 2 ? "twice" : fmt::format("{} times", count);
}

}  // namespace splinternet
