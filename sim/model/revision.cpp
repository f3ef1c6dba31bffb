#include <algorithm>
#include <optional>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/choice/choice_rule.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/options.hpp"
#include "sim/model/organisations.hpp"
#include "sim/model/payoffs/market_access.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/model/peer_revision.hpp"
#include "sim/model/proposals.hpp"
#include "sim/model/schedule.hpp"
#include "sim/model/trade_response.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kExactGrain = 16;     // options that are solved exactly in one go
constexpr std::size_t kMostMovesEach = 16;  // steepest moves in a step where replies go round in circles

std::uint32_t step_of(const World& world) {
  return static_cast<std::uint32_t>(world.step);
}

struct Batch {
  std::vector<Revision> revisions;
  std::vector<std::size_t> first;  ///< option rows of each revision; one more entry than revisions
  std::vector<std::size_t> chosen;
  std::vector<double> uniform;
  PricedOptions priced;
  std::vector<FrameworkSet> refused_by;  ///< [revision] frameworks whose members did not admit the country
};

/// (M2) of the options of a batch both ways, and what each makes the countries choose.
struct Comparison {
  std::vector<double> linear, exact;                     ///< [row] pp
  std::vector<std::size_t> chosen_linear, chosen_exact;  ///< [revision]
};

/// What each country of the batch takes by its draw, given the utility of each option row.
std::vector<std::size_t> choose(const World& world, const Batch& batch, std::span<const double> total) {
  const ParameterValues& value = world.derived.parameters;
  const ChoiceSetting setting{choice_rule_of(world), value(parameters::kTemperature), value(parameters::kTieEps),
                              static_cast<OnTie>(value.choice(parameters::kOnTie))};
  std::vector<std::size_t> chosen(batch.revisions.size());
  for (std::size_t r = 0; r < chosen.size(); ++r) {
    const std::span<const double> utility = total.subspan(batch.first[r], batch.first[r + 1] - batch.first[r]);
    chosen[r] = choose_option(setting, utility, batch.uniform[r]);
  }
  return chosen;
}

/// Prices all options of the batch and chooses, reading the World only.
void decide(const World& world, std::span<const Mission> missions, Batch& batch) {
  batch.priced.options.clear();
  batch.priced.options.reserve((1 + world.frameworks()) * batch.revisions.size());
  batch.first.assign(1, 0);
  batch.refused_by.clear();
  Admission admission(world);
  for (const Revision& revision : batch.revisions) {
    batch.refused_by.push_back(add_options(world, revision, missions, admission, batch.priced.options));
    batch.first.push_back(batch.priced.options.size());
  }
  price(world, batch.priced);
  batch.uniform.clear();
  for (const Revision& revision : batch.revisions) {
    const std::uint32_t key = world.setting().countries.key[revision.country];
    batch.uniform.push_back(
        Draws(world.scenario().run.seed, Purpose::kCountryChoice, step_of(world), key).uniform(revision.turn));
  }
  batch.chosen = choose(world, batch, batch.priced.total);
}

/// Totals of the options with other values in the place of a term, summed in the same order.
std::vector<double> totals_with(const Batch& batch, std::size_t term, std::span<const double> values) {
  const std::size_t rows = batch.priced.options.size();
  std::vector<double> total(rows, 0.0);
  for (std::size_t t = 0; t * rows < batch.priced.term_value.size(); ++t) {
    for (std::size_t n = 0; n < rows; ++n) {
      total[n] += t == term ? values[n] : batch.priced.term_value[t * rows + n];
    }
  }
  return total;
}

/// Only if the scenario asks for it and countries weigh market access; else empty. Reads the World as decide() did.
Comparison compare_market_access(const World& world, const Batch& batch) {
  if (!world.scenario().record.market_access_exact || !weighs_market_access(world.setting())) return {};
  const std::size_t rows = batch.priced.options.size();
  Comparison comparison;
  comparison.linear.resize(rows);
  comparison.exact.resize(rows);
  parallel::for_each_range(rows, kExactGrain, [&](std::size_t begin, std::size_t end) {
    price_linearly(world, batch.priced.options, begin, end, comparison.linear);
    price_exactly(world, batch.priced.options, begin, end, comparison.exact);
  });
  const std::vector<std::string>& terms = world.scenario().terms;
  const auto term = static_cast<std::size_t>(std::find(terms.begin(), terms.end(), "market_access") - terms.begin());
  comparison.chosen_linear = choose(world, batch, totals_with(batch, term, comparison.linear));
  comparison.chosen_exact = choose(world, batch, totals_with(batch, term, comparison.exact));
  return comparison;
}

template <class Value>
void append(const std::vector<Value>& values, std::vector<Value>& out) {
  out.insert(out.end(), values.begin(), values.end());
}

void record(const World& world, const Batch& batch, StepReport& report) {
  const Comparison comparison = compare_market_access(world, batch);
  const std::size_t terms = active_terms(world.setting()).size();
  const std::size_t rows = batch.priced.options.size(), first_row = report.option_target.size();
  for (std::size_t r = 0; r < batch.revisions.size(); ++r) {
    Decision decision;
    decision.country = batch.revisions[r].country;
    decision.courted_by = batch.revisions[r].courted_by;
    decision.refused_by = batch.refused_by[r];
    decision.first_row = static_cast<std::uint32_t>(first_row + batch.first[r]);
    decision.row_count = static_cast<std::uint32_t>(batch.first[r + 1] - batch.first[r]);
    decision.chosen = static_cast<std::uint32_t>(batch.chosen[r]);
    decision.uniform = batch.uniform[r];
    if (!comparison.linear.empty()) {
      decision.chosen_linear = static_cast<std::uint32_t>(comparison.chosen_linear[r]);
      decision.chosen_exact = static_cast<std::uint32_t>(comparison.chosen_exact[r]);
    }
    report.decisions.push_back(decision);
  }
  append(batch.priced.options.target, report.option_target);
  append(batch.priced.options.offer_busd, report.option_offer_busd);
  append(batch.priced.total, report.option_total);
  append(comparison.linear, report.option_market_access_linear);
  append(comparison.exact, report.option_market_access_exact);
  report.option_value.resize((first_row + rows) * terms);
  double* out = report.option_value.data() + first_row * terms;
  for (std::size_t t = 0; t < terms; ++t) {
    for (std::size_t n = 0; n < rows; ++n) out[n * terms + t] = batch.priced.term_value[t * rows + n];
  }
}

void apply(World& world, const Revision& revision, FrameworkSet target, double offer, StepReport& report) {
  const std::size_t i = revision.country;
  const FrameworkSet before = world.membership(i);
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (!contains(before & ~target, k)) continue;
    const bool listed = !contains(world.signed_membership(i), k);
    withdraw(world, i, k);
    const bool lapsed = listed && (target & ~before) != 0;
    report.acts.push_back(
        {revision.country, static_cast<std::uint32_t>(k), lapsed ? ActKind::kListingLapsed : ActKind::kWithdraw});
  }
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (contains(target & ~before, k)) {
      accede(world, i, k);
      if (offer > 0.0) world.members.side_payment_busd[world.at(i, k)] += offer;
      world.frameworks_state.spent_busd[k] += offer;
      report.accepted_busd[k] += offer;
      if (contains(revision.courted_by, k)) report.acceptances[k] += 1.0;
      report.acts.push_back({revision.country, static_cast<std::uint32_t>(k), ActKind::kAccede, kNoCountry, offer});
    } else if (contains(revision.courted_by, k)) {
      const double steps = world.derived.parameters(parameters::kRefusalMonths) / world.scenario().run.step_months;
      world.members.refused_until[world.at(i, k)] = world.step + static_cast<std::int32_t>(steps);
      report.refusals[k] += 1.0;
    }
  }
}

void run_batch(World& world, std::span<const Mission> missions, Batch& batch, StepReport& report) {
  decide(world, missions, batch);
  for (const FrameworkSet refused_by : batch.refused_by) {
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      report.refused_admissions[k] += contains(refused_by, k) ? 1.0 : 0.0;
    }
  }
  if (world.scenario().record.decisions) record(world, batch, report);
  for (std::size_t r = 0; r < batch.revisions.size(); ++r) {
    const std::size_t row = batch.first[r] + batch.chosen[r];
    apply(world, batch.revisions[r], batch.priced.options.target[row], batch.priced.options.offer_busd[row], report);
  }
}

/// The country of the batch whose option gains most, the first in order among equals; none if nobody gains.
std::optional<std::size_t> steepest_mover(const Batch& batch) {
  std::optional<std::size_t> mover;
  double most = 0.0;
  for (std::size_t r = 0; r < batch.revisions.size(); ++r) {
    const std::span<const double> utility = std::span(batch.priced.total).subspan(batch.first[r]);
    const double gain = utility[batch.chosen[r]] - utility[0];
    if (batch.chosen[r] == 0 || (mover && gain <= most)) continue;
    mover = r;
    most = gain;
  }
  return mover;
}

/// Of all options of all countries the one that gains most is taken, one move after another.
void revise_by_steepest_moves(World& world, std::span<const Mission> missions, std::span<const std::uint8_t> answered,
                              StepReport& report) {
  Batch all, move;
  all.revisions = all_revisions(world, missions, answered);
  const auto asked = static_cast<std::size_t>(world.derived.parameters(parameters::kRevisionsPerStep));
  const std::size_t moves = asked == 0 ? kMostMovesEach * all.revisions.size() : asked;
  for (std::size_t n = 0; n < moves; ++n) {
    decide(world, missions, all);
    const std::optional<std::size_t> mover = steepest_mover(all);
    if (!mover) return;
    Revision& revision = all.revisions[*mover];
    move.revisions.assign(1, revision);
    run_batch(world, missions, move, report);
    ++revision.turn;
    revision.courted_by = 0;
  }
}

}  // namespace

void revise_memberships(World& world, std::span<const Mission> missions, StepReport& report) {
  if (!weighs_payoffs(choice_rule_of(world))) return revise_by_peers(world, report);
  std::vector<std::uint8_t> answered(world.countries(), 0);
  decide_organisations(world, missions, answered, report);
  decide_proposals(world, answered, report);
  if (choice_rule_of(world) == ChoiceRule::kSteepest) {
    return revise_by_steepest_moves(world, missions, answered, report);
  }
  Batch batch;
  RevisionPlan plan = scheduled_revisions(world, missions, answered);
  if (plan.batching == Batching::kAtOnce) {
    batch.revisions = std::move(plan.revisions);
    run_batch(world, missions, batch, report);
    return;
  }
  for (const Revision& revision : plan.revisions) {
    batch.revisions.assign(1, revision);
    run_batch(world, missions, batch, report);
  }
}

}  // namespace splinternet
