#include "sim/model/option_conditions.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/lane_sum.hpp"
#include "sim/core/math.hpp"
#include "sim/core/vector_clones.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/policy.hpp"

namespace splinternet {
namespace {

inline double clip(double r) {
  const double positive = r < 0.0 ? 0.0 : r;
  return positive > 1.0 ? 1.0 : positive;
}

/// Of one sector: what ln B moves with, by partner, and B in force both ways.
struct SectorColumns {
  double per_restrictiveness, per_log_latency;
  const double *restrictiveness, *log_latency, *log_trust;
  const double *exports, *imports;
};
struct Rises {
  double *growth, *exports, *imports;
};

/// ln B'/B by (M15a): fills growth.
SPLINTERNET_VECTOR_CLONES void add_up_logs(const SectorColumns& columns, std::size_t n, double* __restrict growth) {
  const double* __restrict restrictiveness = columns.restrictiveness;
  const double* __restrict log_latency = columns.log_latency;
  const double* __restrict log_trust = columns.log_trust;
  const double slope = columns.per_restrictiveness, latency_slope = columns.per_log_latency;
  for (std::size_t j = 0; j < n; ++j) {
    growth[j] = (slope * restrictiveness[j] + latency_slope * log_latency[j]) + log_trust[j];
  }
}

/// From ln B'/B to B'/B − 1 where all are small; returns whether that is so.
SPLINTERNET_VECTOR_CLONES bool grow_little(double* __restrict growth, std::size_t n) {
  std::size_t small = 0;
  for (std::size_t j = 0; j < n; ++j) small += math::is_small(growth[j]) ? 1U : 0U;
  if (small != n) return false;
  for (std::size_t j = 0; j < n; ++j) growth[j] = math::expm1_small(growth[j]);
  return true;
}

SPLINTERNET_VECTOR_CLONES void multiply(const SectorColumns& columns, std::size_t n, const double* __restrict growth,
                                        double* __restrict export_rise, double* __restrict import_rise) {
  const double* __restrict exports = columns.exports;
  const double* __restrict imports = columns.imports;
  for (std::size_t j = 0; j < n; ++j) {
    export_rise[j] = exports[j] * growth[j];
    import_rise[j] = imports[j] * growth[j];
  }
}

/// B'/B − 1 and B' − B.
void raise(const SectorColumns& columns, std::size_t n, const Rises& out) {
  add_up_logs(columns, n, out.growth);
  if (!grow_little(out.growth, n)) {
    for (std::size_t j = 0; j < n; ++j) out.growth[j] = math::expm1(out.growth[j]);
  }
  multiply(columns, n, out.growth, out.exports, out.imports);
}

/// e^x − 1.
double growth_by(double log) {
  return math::is_small(log) ? math::expm1_small(log) : math::expm1(log);
}

}  // namespace

OptionConditions::OptionConditions(const World& world)
    : world_(world),
      depth_(world.frameworks()),
      idea_diffusion_(world.derived.parameters(parameters::kIdeaDiffusion)),
      depth_on_signing_(world.derived.parameters(parameters::kDepthOnSigning)),
      rules_(world),
      detours_(world),
      excluded_(world.frameworks()) {
  const std::size_t n = world.countries();
  for (auto* column : {&restrictiveness_, &log_latency_, &reach_, &no_change_}) column->resize(n, 0.0);
  index_.resize(series_entries(n), 0.0F);
  no_use_.resize(n, 0.0F);
  for (auto* table : {&growth_, &export_rise_, &import_rise_}) table->resize(kTradeSectors * n, 0.0);
  for (std::size_t k = 0; k < excluded_.size(); ++k) {
    const BindingStrengths& strengths = world.derived.strengths[k];
    const bool among_all = strengths.recognition != 0.0 || strengths.local_law != 0.0 || strengths.shield != 0.0;
    if (among_all || !world.derived.effects.pair_rule_shift.empty()) continue;
    excluded_[k].emplace();
    for (std::uint32_t j = 0; j < n; ++j) {
      if (world.setting().frameworks.untrusted_home[k * n + j] != 0) excluded_[k]->push_back(j);
    }
  }
}

OwnChange OptionConditions::change(std::size_t country, FrameworkSet target) {
  binding_depth(world_, country, target, Counting::kAsIfInForce, depth_on_signing_, depth_);
  const bool routed = world_.setting().demand != nullptr;
  if (routed) compare_paths(country);
  compare_rules(country, rules_.rules(country, depth_));
  raise_factors(country, rules_.trust(country, depth_));
  OwnChange change{world_.derived.cost_factor, export_rise_, import_rise_};
  if (!routed) return change;
  apply_reach(country);
  change.log_productivity = idea_diffusion_ * more_access(country);
  return change;
}

std::optional<IndexedChange> OptionConditions::indexed_change(std::size_t country, FrameworkSet target) {
  const Derived& derived = world_.derived;
  binding_depth(world_, country, target, Counting::kAsIfInForce, depth_on_signing_, depth_);
  const bool routed = world_.setting().demand != nullptr, rerouted = routed && detours_.look_at(country, depth_);
  if (rerouted && derived.costs.goods_per_log_latency != 0.0) return std::nullopt;
  const OptionRules::Rules& rules = rules_.rules(country, depth_);
  const OptionRules::Trust& trust = rules_.trust(country, depth_);
  const bool is_indexed = !compare_exclusions(country, rules);
  double access = is_indexed ? index_rules(country, rules) : routed ? access_by_exclusions(country) : 0.0;
  IndexedChange change;
  if (is_indexed) change.index = index_;
  change.indices = indices_;
  change.log_last = trust.single;
  if (rerouted) {
    add_detours(trust);
    change.log_last = log_services_;
    const std::optional<double> by_reach = add_jumps(country, trust, is_indexed);
    if (!by_reach) return std::nullopt;
    change.jumps = jumps_;
    access += *by_reach;
  }
  change.log_productivity = idea_diffusion_ * access;
  return change;
}

/// Change of R with each partner.
void OptionConditions::compare_rules(std::size_t country, const OptionRules::Rules& rules) {
  const std::size_t n = world_.countries(), i = country;
  const Derived& derived = world_.derived;
  const double* before = &derived.restrictiveness[i * n];
  const std::vector<double>& shift = derived.effects.pair_rule_shift;
  const double home = rules_.home(i);
  if (shift.empty() && !derived.costs.pair_maximum) {
    rules.compare(home, {before, n}, restrictiveness_);
  } else {
    for (std::size_t j = 0; j < n; ++j) {
      const double to = shift.empty() ? 0.0 : shift[i * n + j], from = shift.empty() ? 0.0 : shift[j * n + i];
      const double r_ij = clip((home + rules.towards[j]) + to), r_ji = clip(rules.by[j] + from);
      restrictiveness_[j] = pair_restrictiveness(derived.costs, r_ij, r_ji) - before[j];
    }
  }
  restrictiveness_[i] = 0.0;
}

/// The same in single precision; returns what it does to the country's data access.
double OptionConditions::index_rules(std::size_t country, const OptionRules::Rules& rules) {
  const std::size_t n = world_.countries(), i = country;
  const Derived& derived = world_.derived;
  const double home = rules_.home(i);
  const bool routed = world_.setting().demand != nullptr;
  if (!rules.is_unclipped(home) || derived.costs.pair_maximum || !derived.effects.pair_rule_shift.empty()) {
    compare_rules(i, rules);
    std::transform(restrictiveness_.begin(), restrictiveness_.end(), index_.begin(),
                   [](double change) { return static_cast<float>(change); });
    return routed ? access_by_rules(i) : 0.0;
  }
  RestrictivenessNow now{0.0, 1.0, &derived.restrictiveness[i * n]};
  if (const double* open_by = open_by_now(i)) now = {1.0, home - 1.0, open_by};
  const std::span<const float> use =
      routed ? std::span(derived.served_use_single).subspan(i * n, n) : std::span(no_use_);
  return -rules.index(i, home, now, use, index_);
}

/// 1 less how each partner treats a country that no framework binds, which goes for most and so is at hand; nothing for
/// the others.
const double* OptionConditions::open_by_now(std::size_t country) {
  const std::span<const double> depth(&world_.derived.depth[country * depth_.size()], depth_.size());
  const auto is_zero = [](double of) { return of == 0.0; };
  const double home = rules_.home(country);
  if (!std::all_of(depth.begin(), depth.end(), is_zero) || home < 0.0 || home > 1.0) return nullptr;
  return rules_.rules(country, depth).open_by.data();
}

/// Change of R with who is excluded, where the frameworks whose depth changes have rules against these alone; returns
/// whether that is so. Else there are no single partners.
bool OptionConditions::compare_exclusions(std::size_t country, const OptionRules::Rules& rules) {
  const std::size_t n = world_.countries(), i = country;
  const Derived& derived = world_.derived;
  const double* now = &derived.depth[i * depth_.size()];
  indices_.clear();
  for (std::size_t k = 0; k < depth_.size(); ++k) {
    if (depth_[k] != now[k] && !excluded_[k]) return false;
  }
  for (std::size_t k = 0; k < depth_.size(); ++k) {
    if (depth_[k] == now[k]) continue;
    for (const std::uint32_t j : *excluded_[k]) {
      const auto is_listed = [j](const IndexChange& with) { return with.partner == j; };
      if (j == i || std::any_of(indices_.begin(), indices_.end(), is_listed)) continue;
      const double r_ij = clip(rules_.home(i) + rules.towards[j]), r_ji = clip(rules.by[j]);
      const double change = pair_restrictiveness(derived.costs, r_ij, r_ji) - derived.restrictiveness[i * n + j];
      indices_.push_back({j, change});
    }
  }
  return true;
}

/// B of the country's row and column but for reach.
void OptionConditions::raise_factors(std::size_t country, const OptionRules::Trust& trust) {
  const std::size_t n = world_.countries();
  const Derived& derived = world_.derived;
  const double slope[kTradeSectors] = {derived.costs.goods_per_restrictiveness,
                                       derived.costs.services_per_restrictiveness};
  const double latency_slope[kTradeSectors] = {derived.costs.goods_per_log_latency,
                                               derived.costs.services_per_log_latency};
  for (std::size_t s = 0; s < kTradeSectors; ++s) {
    const std::size_t row = (s * n + country) * n;
    const double* log_trust = s == kServices ? trust.change.data() : no_change_.data();
    raise({slope[s], latency_slope[s], restrictiveness_.data(), log_latency_.data(), log_trust,
           &derived.cost_factor[row], &derived.cost_factor_by_importer[row]},
          n, {&growth_[s * n], &export_rise_[s * n], &import_rise_[s * n]});
    for (auto* table : {&growth_, &export_rise_, &import_rise_}) (*table)[s * n + country] = 0.0;
  }
}

/// How the option would change the country's paths: only its own traffic moves, by its own policy class.
void OptionConditions::compare_paths(std::size_t country) {
  const std::size_t i = country;
  const RoutingTables& routing = world_.derived.routing;
  for (const std::uint32_t j : rerouted_) log_latency_[j] = 0.0;
  rerouted_.clear();
  if (!detours_.look_at(i, depth_)) return;
  const auto add = [&](const std::vector<std::uint32_t>& first, const std::vector<std::uint32_t>& partner) {
    rerouted_.insert(rerouted_.end(), partner.begin() + first[i], partner.begin() + first[i + 1]);
  };
  add(routing.first_detour, routing.detour);
  add(routing.first_gap, routing.gap);
  latency_ratio_.resize(rerouted_.size());
  for (std::size_t m = 0; m < rerouted_.size(); ++m) {
    const std::size_t j = rerouted_[m];
    const PathMix mix = mix_paths(routing, detours_.class_share(), i, j);
    reach_[j] = mix.reach;
    latency_ratio_[m] = mix.reach > 0.0 ? latency_ratio(i, j, mix.latency_ms) : 1.0;
  }
  math::log(latency_ratio_, latency_ratio_);
  for (std::size_t m = 0; m < rerouted_.size(); ++m) log_latency_[rerouted_[m]] = latency_ratio_[m];
}

/// Latency of the pair if that of the way there is `there_ms`, against today's. A pair without a path has the latency
/// of the baseline as its own, so that it is the one to compare with.
double OptionConditions::latency_ratio(std::size_t country, std::size_t partner, double there_ms) const {
  const std::size_t n = world_.countries(), i = country, j = partner;
  const Derived& derived = world_.derived;
  const double pair = derived.pair_latency_ms[i * n + j];
  if (pair > 0.0) return 1.0 + (there_ms - derived.latency_ms[i * n + j]) / pair;
  if (!(derived.reach[j * n + i] > 0.0)) return 1.0;
  const double before = baseline_latency_ms(derived.routing, i, j);
  return before > 0.0 ? (there_ms + derived.latency_ms[j * n + i]) / before : 1.0;
}

/// Change of data access by rules alone, with all partners.
double OptionConditions::access_by_rules(std::size_t country) const {
  const std::size_t n = world_.countries();
  return -lane_dot({&world_.derived.served_use[country * n], n}, restrictiveness_);
}

/// The same with those of indices_.
double OptionConditions::access_by_exclusions(std::size_t country) const {
  const double* use = &world_.derived.served_use[country * world_.countries()];
  double access = 0.0;
  for (const IndexChange& with : indices_) access -= use[with.partner] * with.index;
  return access;
}

/// Change of data access: by rules, and by paths that are kept or lost. The country's own class filters what it uses
/// where the rows of demand are users; else what it sends, which is the others' access.
double OptionConditions::more_access(std::size_t country) const {
  const std::size_t n = world_.countries(), i = country;
  const DemandSetting& demand = *world_.setting().demand;
  double access = access_by_rules(country);
  if (demand.rows == DemandRows::kOrigins) return access;
  for (const std::uint32_t j : rerouted_) {
    const double restrictiveness = world_.derived.restrictiveness[i * n + j] + restrictiveness_[j];
    access += demand.use_share[j * n + i] * (reach_[j] - world_.derived.reach[i * n + j]) * (1.0 - restrictiveness);
  }
  return access;
}

/// Services of pairs that gain or lose paths.
void OptionConditions::apply_reach(std::size_t country) {
  const std::size_t n = world_.countries(), i = country;
  const Derived& derived = world_.derived;
  for (const std::uint32_t j : rerouted_) {
    const double before = derived.reach[i * n + j], grown = 1.0 + growth_[n + j];
    if (before > 0.0) {
      if (reach_[j] == before) continue;
      const double growth = grown * (reach_[j] / before) - 1.0;
      export_rise_[n + j] = derived.cost_factor[(n + i) * n + j] * growth;
      import_rise_[n + j] = derived.cost_factor_by_importer[(n + i) * n + j] * growth;
      continue;
    }
    // Services that begin again: no growth leads there from none.
    const double regained = grown * reach_[j] * derived.reach[j * n + i];
    export_rise_[n + j] = math::exp(world_.policy.log_cost_factor[(n + i) * n + j]) * regained;
    import_rise_[n + j] = math::exp(world_.policy.log_cost_factor[(n + j) * n + i]) * regained;
  }
}

/// Change of R with the partner, where all change or single ones.
double OptionConditions::index_with(std::size_t partner, bool is_indexed) const {
  if (is_indexed) return index_[partner];
  for (const IndexChange& with : indices_) {
    if (with.partner == partner) return with.index;
  }
  return 0.0;
}

/// ln B of services by trust and by longer paths.
void OptionConditions::add_detours(const OptionRules::Trust& trust) {
  detours_.find_longer();
  log_services_ = trust.single;
  const std::span<const std::uint32_t> partner = detours_.partners();
  const std::span<const double> log_latency = detours_.log_latency();
  const double slope = world_.derived.costs.services_per_log_latency;
  for (std::size_t m = 0; m < partner.size(); ++m) {
    log_services_[partner[m]] += static_cast<float>(slope * log_latency[m]);
  }
}

/// Services with partners that some class does not reach: fills jumps_. Returns what that does to the country's data
/// access; nothing if services would begin again, from none.
std::optional<double> OptionConditions::add_jumps(std::size_t country, const OptionRules::Trust& trust,
                                                  bool is_indexed) {
  const Derived& derived = world_.derived;
  const std::size_t row = country * world_.countries();
  const bool filters_use = world_.setting().demand->rows == DemandRows::kUsers;
  jumps_.clear();
  double access = 0.0;
  for (const ReachChange& gap : detours_.find_gaps()) {
    if (gap.reach_ratio > std::numeric_limits<double>::max()) return std::nullopt;
    const double index = index_with(gap.partner, is_indexed);
    const double moved = derived.costs.services_per_restrictiveness * index + trust.change[gap.partner];
    const double log = moved + derived.costs.services_per_log_latency * gap.log_latency;
    const double grown = log == 0.0 ? 1.0 : 1.0 + growth_by(log);
    jumps_.push_back({gap.partner, moved, grown * gap.reach_ratio - 1.0});
    if (!filters_use) continue;
    const double restrictiveness = derived.restrictiveness[row + gap.partner] + index;
    access += derived.served_use[row + gap.partner] * (gap.reach_ratio - 1.0) * (1.0 - restrictiveness);
  }
  return access;
}

}  // namespace splinternet
