#include "sim/model/events.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/membership.hpp"

namespace splinternet {
namespace {

/// Months from the start of the run to the beginning of the month nearest to the day.
int nearest_month(const World& world, Date day) {
  return months_between(world.scenario().run.start, day) + (day.day > 15 ? 1 : 0);
}

std::size_t row_of_event(const World& world, const std::string& id) {
  const std::vector<EventSpec>& events = world.scenario().events;
  const auto found = std::find_if(events.begin(), events.end(), [&](const EventSpec& e) { return e.id == id; });
  return static_cast<std::size_t>(found - events.begin());
}

std::size_t row_of_framework(const World& world, const std::string& id) {
  const std::vector<std::string>& ids = world.setting().frameworks.id;
  const auto found = std::find(ids.begin(), ids.end(), id);
  SPLINTERNET_CHECK(found != ids.end(), id);
  return static_cast<std::size_t>(found - ids.begin());
}

std::uint32_t row_of_firm(const World& world, const std::string& name) {
  if (!world.setting().firms) return kNoFirm;
  const std::vector<std::string>& names = world.setting().firms->name;
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? kNoFirm : static_cast<std::uint32_t>(found - names.begin());
}

bool is_due(const World& world, const EventSpec& event) {
  if (event.date) return nearest_month(world, *event.date) < world.step * world.scenario().run.step_months;
  const std::size_t cause = row_of_event(world, event.after);
  if (cause == world.scenario().events.size()) return false;  // the event it follows is switched off
  const std::int32_t fired = world.events.fired_step[cause];
  return fired >= 0 && (world.step - fired) * world.scenario().run.step_months >= event.delay_months;
}

/// What happens once, at the moment of firing.
void fire(World& world, const EventSpec& event) {
  FrameworkState& frameworks = world.frameworks_state;
  const std::size_t k = event.framework.empty() ? 0 : row_of_framework(world, event.framework);
  switch (event.kind) {
    case EventKind::kOpen:
      open_framework(world, k);
      break;
    case EventKind::kCloseCourting:
      frameworks.courting[k] = 0;
      break;
    case EventKind::kClose:
      frameworks.status[k] = static_cast<std::uint8_t>(FrameworkStatus::kClosed);
      frameworks.courting[k] = 0;
      break;
    case EventKind::kBriefing:
      frameworks.missions_saved[k] += event.amount * world.derived.parameters(parameters::kMissionsPerMonth, k);
      break;
    case EventKind::kRevelation:
      frameworks.credibility[k] = std::max(0.0, frameworks.credibility[k] - event.amount);
      break;
    default:
      break;  // lasting effects only: see add_effect
  }
  if (event.kind == EventKind::kTariff) return;
  // An event that names a country breaks its refusals.
  for (const std::uint32_t i : named_countries(world, event.countries)) {
    for (std::size_t l = 0; l < world.frameworks(); ++l) world.members.refused_until[world.at(i, l)] = -1;
  }
}

void add_tariff(const World& world, const EventSpec& event, Effects& effects) {
  const double log_iceberg = math::log(1.0 + event.amount);
  const std::vector<std::uint32_t> countries = named_countries(world, event.countries);
  const std::vector<std::uint32_t> partners = named_countries(world, event.partners);
  const std::size_t n = world.countries();
  // The two lists may overlap: each pair pays once.
  std::vector<std::uint8_t> paid(n * n, 0);
  for (const std::uint32_t i : countries) {
    for (const std::uint32_t j : partners) {
      if (i == j || paid[i * n + j] != 0) continue;
      paid[i * n + j] = paid[j * n + i] = 1;
      effects.tariffs.push_back({i, j, log_iceberg});
      effects.tariffs.push_back({j, i, log_iceberg});
    }
  }
}

/// Rules that name partners are kept apart: they are rare, and a matrix costs more than a vector.
void add_domestic_rule(const World& world, const EventSpec& event, Effects& effects) {
  const std::size_t n = world.countries();
  const std::vector<std::uint32_t> countries = named_countries(world, event.countries);
  if (event.partners.empty()) {
    for (const std::uint32_t i : countries) effects.restrictiveness_shift[i] += event.amount;
    return;
  }
  effects.pair_rule_shift.resize(n * n, 0.0);
  const std::vector<std::uint32_t> partners = named_countries(world, event.partners);
  for (const std::uint32_t i : countries) {
    for (const std::uint32_t j : partners) effects.pair_rule_shift[i * n + j] += event.amount;
  }
}

void set_parameter(World& world, const std::string& path, double value) {
  const std::size_t index = world.derived.parameters.find(path);
  SPLINTERNET_CHECK(index < world.derived.parameters.size(), path);
  world.derived.parameters.set(index, value);
}

void add_market_effect(const World& world, const EventSpec& event, Effects& effects) {
  const std::uint32_t firm = row_of_firm(world, event.firm);
  if (firm == kNoFirm) return;
  if (event.kind == EventKind::kEntityList) {
    for (const std::uint32_t home : named_countries(world, event.partners))
      effects.supply_stops.push_back({firm, home});
    return;
  }
  const std::uint32_t buyer = event.kind == EventKind::kDivest ? row_of_firm(world, event.buyer) : kNoFirm;
  for (const std::uint32_t market : named_countries(world, event.countries)) {
    effects.market_losses.push_back({firm, market, buyer});
  }
}

/// What an event in force adds to the effects.
void add_effect(World& world, const EventSpec& event, Effects& effects) {
  switch (event.kind) {
    case EventKind::kAmend:
      set_parameter(world, "framework." + event.framework + ".provisions." + event.parameter, event.amount);
      break;
    case EventKind::kShock:
      set_parameter(world, event.parameter, event.amount);
      break;
    case EventKind::kBan:
    case EventKind::kDivest:
    case EventKind::kEntityList:
      add_market_effect(world, event, effects);
      break;
    case EventKind::kPressure: {
      const std::size_t k = row_of_framework(world, event.framework);
      for (const std::uint32_t i : named_countries(world, event.countries))
        effects.pressed[k * world.countries() + i] = 1;
      break;
    }
    case EventKind::kTariff:
      add_tariff(world, event, effects);
      break;
    case EventKind::kDomesticRule:
      add_domestic_rule(world, event, effects);
      break;
    case EventKind::kFraudShock:
      effects.fear_factor *= event.amount;
      break;
    case EventKind::kCableCut:
      if (!world.setting().links) break;
      for (std::size_t l = 0; l < world.setting().links->rows.size(); ++l) {
        if (world.setting().links->rows[l].cable == event.cable) effects.cut_link[l] = 1;
      }
      break;
    case EventKind::kLeaderChange:
      for (const std::uint32_t i : named_countries(world, event.countries))
        effects.ideal_point_shift[i] += event.amount;
      break;
    default:
      break;  // acts once, in fire
  }
}

/// Events in order of effect: dated ones by (date, id), then those that follow others by id.
std::vector<std::size_t> order_of_effect(const Scenario& scenario) {
  std::vector<std::size_t> order(scenario.events.size());
  for (std::size_t e = 0; e < order.size(); ++e) order[e] = e;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const EventSpec& left = scenario.events[a];
    const EventSpec& right = scenario.events[b];
    if (left.date.has_value() != right.date.has_value()) return left.date.has_value();
    return left.date && *left.date < *right.date;
  });
  return order;
}

}  // namespace

std::vector<std::uint32_t> named_countries(const World& world, std::span<const std::string> names) {
  const CountrySetting& countries = world.setting().countries;
  // Marked by rank, so that a country named twice (by code and as a member) counts once.
  std::vector<std::uint32_t> row_of_rank(countries.count, kNoCountry);
  const auto mark = [&](std::size_t i) { row_of_rank[countries.rank[i]] = static_cast<std::uint32_t>(i); };
  for (const std::string& name : names) {
    if (name == "all") {
      for (std::size_t i = 0; i < countries.count; ++i) mark(i);
    } else if (name.starts_with("members:")) {
      const std::size_t k = row_of_framework(world, name.substr(8));
      for (std::size_t i = 0; i < countries.count; ++i) {
        if (contains(world.membership(i), k)) mark(i);
      }
    } else {
      const auto found = std::find(countries.code.begin(), countries.code.end(), name);
      SPLINTERNET_CHECK(found != countries.code.end(), name);
      mark(static_cast<std::size_t>(found - countries.code.begin()));
    }
  }
  std::erase(row_of_rank, kNoCountry);
  return row_of_rank;
}

bool is_in_force(const World& world, std::size_t event) {
  if (world.events.fired_step[event] < 0) return false;
  const std::optional<Date>& until = world.scenario().events[event].until;
  return !until || nearest_month(world, *until) > world.months_at_begin();
}

void rebuild_effects(World& world) {
  // Without events nothing has ever changed: large crowds would pay for writing the same again.
  if (world.scenario().events.empty() && !world.derived.effects.ideal_point_shift.empty()) return;
  Effects effects;
  effects.ideal_point_shift.assign(world.countries(), 0.0);
  effects.restrictiveness_shift.assign(world.countries(), 0.0);
  effects.pressed.assign(world.frameworks() * world.countries(), 0);
  effects.cut_link.assign(world.setting().links ? world.setting().links->rows.size() : 0, 0);
  world.derived.parameters = world.scenario().parameters;
  for (const std::size_t e : order_of_effect(world.scenario())) {
    if (is_in_force(world, e)) add_effect(world, world.scenario().events[e], effects);
  }
  world.derived.effects = std::move(effects);
}

std::vector<std::size_t> apply_events(World& world) {
  std::vector<std::size_t> fired;
  const std::vector<std::size_t> order = order_of_effect(world.scenario());
  // An event may make another due at once (a delay of 0 months): go round until nothing more fires.
  for (bool again = true; again;) {
    again = false;
    for (const std::size_t e : order) {
      if (world.events.fired_step[e] >= 0 || !is_due(world, world.scenario().events[e])) continue;
      world.events.fired_step[e] = world.step;
      fire(world, world.scenario().events[e]);
      fired.push_back(e);
      again = true;
    }
  }
  rebuild_effects(world);
  return fired;
}

}  // namespace splinternet
