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

constexpr std::size_t kMoves = 16;  // that are kept: a few for outsiders, one for each cohort of members

/// r of both sides, before they are clipped, and R of the pair in force.
struct RuleColumns {
  double home;  // comes on top of `towards`
  const double *towards, *by, *before;
};

inline double clip(double r) {
  const double positive = r < 0.0 ? 0.0 : r;
  return positive > 1.0 ? 1.0 : positive;
}

/// Change of R, where it is made of both sides.
SPLINTERNET_VECTOR_CLONES void compare_both_sides(const RuleColumns& rules, std::size_t n, double* __restrict out) {
  const double* __restrict towards = rules.towards;
  const double* __restrict by = rules.by;
  const double* __restrict before = rules.before;
  const double home = rules.home;
  for (std::size_t j = 0; j < n; ++j) {
    out[j] = (1.0 - (1.0 - clip(home + towards[j])) * (1.0 - clip(by[j]))) - before[j];
  }
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

constexpr double kTicksPerMs = 10000.0;  // of 0.1 µs
constexpr double kSmallDetour = 0.1;     // d up to which ln(1 + d) is a short series: 2e-13 are left out

/// ln(1 + d) = 2 artanh(d/(2 + d)).
double log_longer(double d) {
  if (!(d >= -kSmallDetour && d <= kSmallDetour)) return math::log(1.0 + d);
  const double ratio = d / (2.0 + d), square = ratio * ratio;
  return 2.0 * ratio * (((square * (1.0 / 7.0) + 1.0 / 5.0) * square + 1.0 / 3.0) * square + 1.0);
}

/// e^x − 1.
double growth_by(double log) {
  return math::is_small(log) ? math::expm1_small(log) : math::expm1(log);
}

}  // namespace

OptionConditions::OptionConditions(const World& world)
    : world_(world),
      depth_(world.frameworks()),
      trusted_depth_(world.frameworks()),
      class_share_(world.derived.routing.classes.size()),
      filter_strength_(filter_strengths(world)),
      idea_diffusion_(world.derived.parameters(parameters::kIdeaDiffusion)),
      depth_on_signing_(world.derived.parameters(parameters::kDepthOnSigning)) {
  const std::size_t n = world.countries();
  for (auto* column : {&home_, &towards_, &by_, &restrictiveness_, &log_latency_, &reach_, &no_trust_}) {
    column->resize(n, 0.0);
  }
  place_.resize(n, 0);
  partners_.resize(n);
  for (auto* table : {&growth_, &export_rise_, &import_rise_}) table->resize(kTradeSectors * n, 0.0);
  for (std::size_t j = 0; j < n; ++j) home_[j] = home_rules(world, j);
  excluded_.resize(depth_.size());
  for (std::size_t k = 0; k < depth_.size(); ++k) {
    const BindingStrengths& strengths = world.derived.strengths[k];
    const bool among_all = strengths.recognition != 0.0 || strengths.local_law != 0.0 || strengths.shield != 0.0;
    if (among_all || !world.derived.effects.pair_rule_shift.empty()) continue;
    excluded_[k].emplace();
    for (std::uint32_t j = 0; j < n; ++j) {
      if (world.setting().frameworks.untrusted_home[k * n + j] != 0) excluded_[k]->push_back(j);
    }
  }
}

const OptionConditions::Move& OptionConditions::find_move(std::size_t country) {
  const std::size_t n = world_.countries(), frameworks = depth_.size();
  FrameworkSet untrusted = 0;
  for (std::size_t k = 0; k < frameworks; ++k) {
    // Where a country comes from makes a difference to trust alone.
    const bool trusts = world_.derived.strengths[k].trust != 0.0;
    trusted_depth_[k] = trusts ? world_.derived.depth[country * frameworks + k] : depth_[k];
    if (world_.setting().frameworks.untrusted_home[k * n + country] != 0) untrusted |= bit(k);
  }
  for (const Move& move : moves_) {
    if (move.untrusted == untrusted && move.now == trusted_depth_ && move.then == depth_) return move;
  }
  if (moves_.size() < kMoves) moves_.emplace_back();
  Move& move = moves_[next_move_];
  next_move_ = (next_move_ + 1) % kMoves;
  move.now = trusted_depth_;
  move.then = depth_;
  move.untrusted = untrusted;
  fill_move(move);
  return move;
}

void OptionConditions::fill_move(Move& move) const {
  const std::size_t n = world_.countries();
  const Derived& derived = world_.derived;
  move.towards.resize(n);
  move.by.resize(n);
  move.trust.assign(n, 0.0);
  rules_towards(world_, move.then, move.towards);
  rules_by(world_, move.then, move.untrusted, move.by);
  for (std::size_t j = 0; j < n; ++j) move.by[j] = home_[j] + move.by[j];
  for (std::size_t k = 0; k < depth_.size(); ++k) {
    const double now = move.now[k], then = move.then[k], worth = derived.strengths[k].trust;
    if (worth == 0.0 || now == then) continue;
    const double* partner = &derived.depth_by_framework[k * n];
    for (std::size_t j = 0; j < n; ++j) {
      move.trust[j] += (std::min(then, partner[j]) - std::min(now, partner[j])) * worth;
    }
  }
  move.trusted.clear();
  for (std::uint32_t j = 0; j < n; ++j) {
    if (move.trust[j] != 0.0) move.trusted.push_back(j);
  }
}

/// Partners to whom not all classes take equally long: to the others paths mix to the same whatever the shares.
std::span<const std::uint32_t> OptionConditions::detours_of(std::size_t country) const {
  const RoutingTables& routing = world_.derived.routing;
  const std::size_t begin = routing.first_detour[country], end = routing.first_detour[country + 1];
  return std::span(routing.detour).subspan(begin, end - begin);
}

/// How the option would change the country's paths: only its own traffic moves, by its own policy class.
void OptionConditions::compare_paths(std::size_t country) {
  const std::size_t i = country;
  const Derived& derived = world_.derived;
  for (const std::uint32_t j : rerouted_) log_latency_[j] = 0.0;
  rerouted_ = {};
  if (!changes_class(i)) return;
  rerouted_ = detours_of(i);
  latency_ratio_.resize(rerouted_.size());
  for (std::size_t m = 0; m < rerouted_.size(); ++m) {
    const std::size_t j = rerouted_[m];
    const PathMix mix = mix_paths(derived.routing, class_share_, i, j);
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

/// Change of R with each partner.
void OptionConditions::compare_rules(std::size_t country, const Move& move) {
  const std::size_t n = world_.countries(), i = country;
  const Derived& derived = world_.derived;
  const std::vector<double>& shift = derived.effects.pair_rule_shift;
  const double *towards = move.towards.data(), *by = move.by.data();
  double home = home_[i];
  if (!shift.empty()) {
    for (std::size_t j = 0; j < n; ++j) {
      towards_[j] = (home + towards[j]) + shift[i * n + j];
      by_[j] = by[j] + shift[j * n + i];
    }
    towards = towards_.data();
    by = by_.data();
    home = 0.0;
  }
  const RuleColumns rules{home, towards, by, &derived.restrictiveness[i * n]};
  if (derived.costs.pair_maximum) {
    for (std::size_t j = 0; j < n; ++j) {
      const double r_ij = clip(home + towards[j]), r_ji = clip(by[j]);
      restrictiveness_[j] = pair_restrictiveness(derived.costs, r_ij, r_ji) - rules.before[j];
    }
  } else {
    compare_both_sides(rules, n, restrictiveness_.data());
  }
  restrictiveness_[i] = 0.0;
}

/// B of the country's row and column but for reach.
void OptionConditions::raise_factors(std::size_t country, const Move& move) {
  const std::size_t n = world_.countries();
  const Derived& derived = world_.derived;
  const double slope[kTradeSectors] = {derived.costs.goods_per_restrictiveness,
                                       derived.costs.services_per_restrictiveness};
  const double latency_slope[kTradeSectors] = {derived.costs.goods_per_log_latency,
                                               derived.costs.services_per_log_latency};
  for (std::size_t s = 0; s < kTradeSectors; ++s) {
    const std::size_t row = (s * n + country) * n;
    const double* trust = s == kServices ? move.trust.data() : no_trust_.data();
    raise({slope[s], latency_slope[s], restrictiveness_.data(), log_latency_.data(), trust, &derived.cost_factor[row],
           &derived.cost_factor_by_importer[row]},
          n, {&growth_[s * n], &export_rise_[s * n], &import_rise_[s * n]});
    for (auto* table : {&growth_, &export_rise_, &import_rise_}) (*table)[s * n + country] = 0.0;
  }
}

/// Change of data access by rules alone.
double OptionConditions::access_by_rules(std::size_t country) const {
  const std::size_t n = world_.countries();
  return -lane_dot({&world_.derived.served_use[country * n], n}, restrictiveness_);
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

OwnChange OptionConditions::change(std::size_t country, FrameworkSet target) {
  binding_depth(world_, country, target, Counting::kAsIfInForce, depth_on_signing_, depth_);
  const bool routed = world_.setting().demand != nullptr;
  if (routed) compare_paths(country);
  const Move& move = find_move(country);
  compare_rules(country, move);
  raise_factors(country, move);
  OwnChange change{world_.derived.cost_factor, export_rise_, import_rise_};
  if (!routed) return change;
  apply_reach(country);
  change.log_productivity = idea_diffusion_ * more_access(country);
  return change;
}

/// What changes with the partner, in partners_.
inline PartnerChange& OptionConditions::change_with(std::size_t partner) {
  if (place_[partner] == 0) {
    partners_[partner_count_] = {static_cast<std::uint32_t>(partner), 0.0, 0.0};
    place_[partner] = static_cast<std::uint32_t>(++partner_count_);
  }
  return partners_[place_[partner] - 1];
}

/// With those who trust the country more or less.
void OptionConditions::add_trust(std::size_t country, const Move& move, bool is_indexed) {
  for (const std::uint32_t j : move.trusted) {
    if (j == country) continue;
    PartnerChange& change = change_with(j);
    change.log_last = move.trust[j];
    if (is_indexed) change.index = restrictiveness_[j];
  }
}

/// Change of R with who is excluded, where the frameworks whose depth changes have rules against these alone; returns
/// whether that is so.
bool OptionConditions::compare_exclusions(std::size_t country, const Move& move) {
  const std::size_t n = world_.countries(), i = country;
  const Derived& derived = world_.derived;
  const double* now = &derived.depth[i * depth_.size()];
  for (std::size_t k = 0; k < depth_.size(); ++k) {
    if (depth_[k] != now[k] && !excluded_[k]) return false;
  }
  for (std::size_t k = 0; k < depth_.size(); ++k) {
    if (depth_[k] == now[k]) continue;
    for (const std::uint32_t j : *excluded_[k]) {
      if (j == i) continue;
      const double r_ij = clip(home_[i] + move.towards[j]), r_ji = clip(move.by[j]);
      change_with(j).index = pair_restrictiveness(derived.costs, r_ij, r_ji) - derived.restrictiveness[i * n + j];
    }
  }
  return true;
}

/// Of services by the paths that policy classes take, share by share: ln latency, or all their growth where a class has
/// no path at all. Adds to the country's data access what reach does to it; returns whether services with some partner
/// would begin again, from nothing.
bool OptionConditions::add_detours(std::size_t country, bool is_indexed, double& access) {
  const std::size_t n = world_.countries(), i = country, classes = class_share_.size();
  const Derived& derived = world_.derived;
  const double* now = &derived.class_share[i * classes];
  const double* pair_ms = &derived.pair_latency_ms[i * n];
  const double* excess = derived.routing.detour_excess.data() + derived.routing.first_detour[i] * (classes - 1);
  const double slope = derived.costs.services_per_log_latency;
  for (const std::uint32_t j : detours_of(i)) {
    double longer = 0.0;
    for (std::size_t c = 1; c < classes; ++c) longer += (class_share_[c] - now[c]) * excess[c - 1];
    const bool keeps_path = excess[0] <= std::numeric_limits<double>::max() && pair_ms[j] > 0.0;
    excess += classes - 1;
    if (!keeps_path && !(derived.reach[i * n + j] > 0.0)) return true;
    PartnerChange& change = change_with(j);
    if (is_indexed) change.index = restrictiveness_[j];
    if (keeps_path) {
      change.log_last += slope * log_longer(longer / (kTicksPerMs * pair_ms[j]));
    } else {
      access += add_jump(i, change);
    }
  }
  return false;
}

/// Puts growth of services with the partner in the place of what else changes there; returns the change of access.
double OptionConditions::add_jump(std::size_t country, PartnerChange& change) {
  const std::size_t n = world_.countries(), i = country, j = change.partner;
  const Derived& derived = world_.derived;
  const DemandSetting& demand = *world_.setting().demand;
  const PathMix mix = mix_paths(derived.routing, class_share_, i, j);
  const double before = derived.reach[i * n + j], ratio = mix.reach > 0.0 ? latency_ratio(i, j, mix.latency_ms) : 1.0;
  const double log = derived.costs.services_per_restrictiveness * change.index +
                     (derived.costs.services_per_log_latency * log_longer(ratio - 1.0) + change.log_last);
  change.log_last = 0.0;
  jumps_.push_back({change.partner, change.index, (1.0 + growth_by(log)) * (mix.reach / before) - 1.0});
  if (demand.rows == DemandRows::kOrigins) return 0.0;
  const double restrictiveness = derived.restrictiveness[i * n + j] + change.index;
  return demand.use_share[j * n + i] * (mix.reach - before) * (1.0 - restrictiveness);
}

/// Whether the option moves traffic to other paths.
bool OptionConditions::changes_class(std::size_t country) {
  const double* now = &world_.derived.class_share[country * class_share_.size()];
  class_weights(world_.derived.routing, filter_strength_, depth_, class_share_);
  return !std::equal(class_share_.begin(), class_share_.end(), now);
}

std::optional<IndexedChange> OptionConditions::indexed_change(std::size_t country, FrameworkSet target) {
  const Derived& derived = world_.derived;
  partner_count_ = 0;
  jumps_.clear();
  binding_depth(world_, country, target, Counting::kAsIfInForce, depth_on_signing_, depth_);
  const bool routed = world_.setting().demand != nullptr, rerouted = routed && changes_class(country);
  if (rerouted && derived.costs.goods_per_log_latency != 0.0) return std::nullopt;
  const Move& move = find_move(country);
  IndexedChange change;
  double access = 0.0;
  if (compare_exclusions(country, move)) {
    const double* use = routed ? &derived.served_use[country * world_.countries()] : nullptr;
    for (std::size_t p = 0; routed && p < partner_count_; ++p) access -= use[partners_[p].partner] * partners_[p].index;
  } else {
    compare_rules(country, move);
    change.index = restrictiveness_;
    if (routed) access = access_by_rules(country);
  }
  const bool is_indexed = !change.index.empty();
  add_trust(country, move, is_indexed);
  const bool begins = rerouted && add_detours(country, is_indexed, access);
  change.partners = std::span(partners_).first(partner_count_);
  for (const PartnerChange& partner : change.partners) place_[partner.partner] = 0;
  if (begins) return std::nullopt;
  change.jumps = jumps_;
  change.log_productivity = idea_diffusion_ * access;
  return change;
}

}  // namespace splinternet
