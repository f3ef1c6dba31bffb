#include "sim/model/proposals.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/admission.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/events.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/joint_accession.hpp"
#include "sim/model/membership.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

using Group = std::vector<std::uint32_t>;

enum class ProposalRule { kUnanimity, kMajority };

// What is drawn for a proposal: the framework, and who is in the group.
constexpr std::uint16_t kGroupDraw = 0;
constexpr std::uint16_t kFrameworkDraw = 1;

double draw(const World& world, std::uint32_t key, std::uint16_t kind, std::uint32_t proposal) {
  return Draws(world.scenario().run.seed, Purpose::kProposal, static_cast<std::uint32_t>(world.step), key, kind)
      .uniform(proposal);
}

bool is_open(const World& world, std::size_t framework) {
  return world.frameworks_state.status[framework] == static_cast<std::uint8_t>(FrameworkStatus::kOpen);
}

bool may_join(const World& world, std::uint32_t i, std::size_t framework, const std::vector<std::uint8_t>& answered) {
  return answered[i] == 0 && may_decide_on(world, i, framework) && !contains(world.signed_membership(i), framework);
}

/// The open framework with the lowest draw of its own, or `world.frameworks()`: uniform over the open ones, and another
/// framework wins only by drawing lower.
std::size_t drawn_framework(const World& world, std::uint32_t proposal) {
  std::size_t lowest = world.frameworks();
  double best = 1.0;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (!is_open(world, k)) continue;
    const double place = draw(world, world.setting().frameworks.key[k], kFrameworkDraw, proposal);
    if (place < best) {
      best = place;
      lowest = k;
    }
  }
  return lowest;
}

/// Those outside with the lowest draws of their own, in order of code.
Group drawn_group(const World& world, std::size_t framework, std::uint32_t proposal,
                  const std::vector<std::uint8_t>& answered) {
  const CountrySetting& countries = world.setting().countries;
  std::vector<std::pair<double, std::uint32_t>> outside;  // draw, rank
  std::vector<std::uint32_t> row_of_rank(countries.count);
  for (std::uint32_t i = 0; i < countries.count; ++i) {
    row_of_rank[countries.rank[i]] = i;
    if (!may_join(world, i, framework, answered)) continue;
    outside.emplace_back(draw(world, countries.key[i], kGroupDraw, proposal), countries.rank[i]);
  }
  const auto asked = static_cast<std::size_t>(world.derived.parameters(parameters::kProposalSize));
  const std::size_t size = std::min(asked, outside.size());
  const auto last = outside.begin() + static_cast<std::ptrdiff_t>(size);
  std::partial_sort(outside.begin(), last, outside.end());
  Group group;
  for (auto place = outside.begin(); place != last; ++place) group.push_back(place->second);
  std::sort(group.begin(), group.end());
  for (std::uint32_t& member : group) member = row_of_rank[member];
  return group;
}

/// Who of the group accedes: all, the winning majority, or nobody.
Group agreeing(const World& world, std::size_t framework, const Group& group) {
  JointAccession accession(world);
  accession.let_in(framework, group);
  const std::vector<double> worth = accession.worth_to_group();
  const double tie_eps = world.derived.parameters(parameters::kTieEps);
  Group gaining;
  for (std::size_t n = 0; n < group.size(); ++n) {
    if (worth[n] > tie_eps) gaining.push_back(group[n]);
  }
  const auto rule = static_cast<ProposalRule>(world.derived.parameters.choice(parameters::kProposalRule));
  const bool agreed =
      rule == ProposalRule::kMajority ? 2 * gaining.size() > group.size() : gaining.size() == group.size();
  return agreed ? gaining : Group{};
}

/// Withdrawals that a swap brings, then the accession.
void join(World& world, std::uint32_t i, std::uint32_t framework, StepReport& report) {
  const FrameworkSet before = world.membership(i);
  const FrameworkSet signed_before = world.signed_membership(i);
  const FrameworkSet dropped = before & ~accession_or_swap(world, i, framework);
  for (std::uint32_t l = 0; l < world.frameworks(); ++l) {
    if (!contains(dropped, l)) continue;
    withdraw(world, i, l);
    report.acts.push_back({i, l, contains(signed_before, l) ? ActKind::kWithdraw : ActKind::kListingLapsed});
  }
  accede(world, i, framework);
  report.acts.push_back({i, framework, ActKind::kJointAccession});
}

/// Asks a group in the order of codes, of whom all may join.
void ask(World& world, std::size_t framework, const Group& group, std::vector<std::uint8_t>& answered,
         StepReport& report) {
  if (group.empty()) return;
  report.proposals[framework] += 1.0;
  const Group joining = agreeing(world, framework, group);
  if (joining.empty()) return;
  if (!Admission(world).admits(framework, joining, Approach::kProposed)) {
    report.refused_admissions[framework] += 1.0;
    return;
  }
  for (const std::uint32_t i : joining) {
    join(world, i, static_cast<std::uint32_t>(framework), report);
    answered[i] = 1;
  }
  report.proposals_accepted[framework] += 1.0;
}

std::size_t row_of(const std::vector<std::string>& ids, const std::string& id) {
  return static_cast<std::size_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
}

/// Why a country that is named could never accede to the framework; empty if it could.
std::string obstacle(const Setting& setting, std::size_t country, std::size_t framework) {
  const FrameworkSetting& frameworks = setting.frameworks;
  const std::size_t n = setting.countries.count;
  const std::string& code = setting.countries.code[country];
  const std::string& id = frameworks.id[framework];
  if (setting.countries.chooses[country] == 0) return code + " takes no decisions";
  if (frameworks.untrusted_home[framework * n + country] != 0) return code + " is an untrusted home of " + id;
  if (frameworks.committed[framework * n + country] != 0) return "";  // in already
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    if (frameworks.committed[l * n + country] != 0) return code + " is committed to " + frameworks.id[l];
  }
  return "";
}

/// Why the framework does not take anybody when the event happens; empty if it may.
std::string closure(const Scenario& scenario, const EventSpec& event, std::size_t framework) {
  bool opens = scenario.parameters(parameters::kOpenAtStart, framework) != 0.0;
  for (const EventSpec& other : scenario.events) {
    if (other.framework != event.framework) continue;
    opens = opens || other.kind == EventKind::kOpen;
    if (other.kind == EventKind::kClose && other.date && event.date && *other.date <= *event.date) {
      return event.framework + " is closed since " + to_string(*other.date);
    }
  }
  return opens ? "" : event.framework + " never opens";
}

void check_event(const Setting& setting, const EventSpec& event) {
  const Scenario& scenario = setting.scenario;
  const std::string path = "event." + event.id;
  if (!scenario.has_countries || scenario.terms.empty()) {
    refuse({place_of(scenario, path), path, "a group is asked to accede, but has no payoffs to decide by",
            "a section [countries] with payoff terms", "add [countries] with terms, or remove the event"});
  }
  const std::size_t k = row_of(setting.frameworks.id, event.framework);
  SPLINTERNET_CHECK(k < setting.frameworks.count, event.framework);
  if (const std::string closed = closure(scenario, event, k); !closed.empty()) {
    refuse({place_of(scenario, path + ".framework"), path + ".framework", "the group could never accede: " + closed, "",
            "add an event that opens it, open_at_start = true, or another date"});
  }
  for (std::size_t n = 0; n < event.countries.size(); ++n) {
    const std::size_t i = row_of(setting.countries.code, event.countries[n]);
    if (i == setting.countries.count) continue;  // "all" or "members:<framework>": those of them who may
    const std::string reason = obstacle(setting, i, k);
    if (reason.empty()) continue;
    const std::string entry = path + ".countries[" + std::to_string(n) + "]";
    refuse({place_of(scenario, entry), entry, "the group could never accede to " + event.framework + ": " + reason, "",
            "remove " + event.countries[n] + " from the group"});
  }
}

}  // namespace

void check_proposals(const Setting& setting) {
  const Scenario& scenario = setting.scenario;
  for (const EventSpec& event : scenario.events) {
    if (event.kind == EventKind::kPropose) check_event(setting, event);
  }
  if (!scenario.has_countries) return;
  const double proposals = scenario.parameters(parameters::kProposalsPerStep);
  const double size = scenario.parameters(parameters::kProposalSize);
  const std::string path(parameters::kProposalSize.path);
  const bool wanted = proposals > 0.0 || scenario.places.contains(path);
  if (wanted && size > static_cast<double>(setting.countries.count)) {
    refuse({place_of(scenario, path), path,
            "a group of " + std::to_string(static_cast<std::size_t>(size)) + " is larger than the world",
            "1 to " + std::to_string(setting.countries.count), "write a smaller proposal_size"});
  }
  if (proposals > 0.0 && scenario.terms.empty()) {
    const std::string number(parameters::kProposalsPerStep.path);
    refuse({place_of(scenario, number), number, "groups are asked to accede, but countries.terms is empty", "",
            "add payoff terms, or remove proposals_per_step"});
  }
}

void decide_proposals(World& world, std::vector<std::uint8_t>& answered, StepReport& report) {
  for (const std::size_t e : report.events) {
    const EventSpec& event = world.scenario().events[e];
    if (event.kind != EventKind::kPropose) continue;
    const std::size_t k = row_of(world.setting().frameworks.id, event.framework);
    Group group = named_countries(world, event.countries);
    std::erase_if(group, [&](std::uint32_t i) { return !may_join(world, i, k, answered); });
    ask(world, k, group, answered, report);
  }
  const auto proposals = static_cast<std::uint32_t>(world.derived.parameters(parameters::kProposalsPerStep));
  for (std::uint32_t n = 0; n < proposals; ++n) {
    const std::size_t k = drawn_framework(world, n);
    if (k == world.frameworks()) return;
    ask(world, k, drawn_group(world, k, n, answered), answered, report);
  }
}

}  // namespace splinternet
