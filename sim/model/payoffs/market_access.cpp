#include "sim/model/payoffs/market_access.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/option_conditions.hpp"
#include "sim/model/trade_response.hpp"

namespace splinternet {
namespace {

enum class Method { kLinear, kExact };

constexpr std::size_t kExactGrain = 64;  // options that are solved exactly in one go

/// A copy of the World's trade, to be solved again and again with one country's conditions changed.
class TrialWorld {
 public:
  explicit TrialWorld(const World& world)
      : world_(world),
        solver_(*world.trade_solver),
        cost_factor_(world.derived.cost_factor),
        productivity_(world.derived.productivity) {}

  /// ln Ŵ' − ln Ŵ of the country under the change.
  double effect(std::size_t country, const OwnChange& change) {
    const auto is_zero = [](double rise) { return rise == 0.0; };
    const bool stays = change.log_productivity == 0.0 &&
                       std::all_of(change.export_rise.begin(), change.export_rise.end(), is_zero) &&
                       std::all_of(change.import_rise.begin(), change.import_rise.end(), is_zero);
    if (stays) return 0.0;
    put(country, change, 1.0);
    productivity_[country] *= math::exp(change.log_productivity);
    solver_.start_from(world_.trade.log_wage);
    const double after = solver_.solve({cost_factor_, productivity_}, TradeDetail::kTotals).real_income[country];
    put(country, change, 0.0);
    productivity_[country] = world_.derived.productivity[country];
    return math::log(after / world_.trade_solver->equilibrium().real_income[country]);
  }

 private:
  /// The conditions in force and this share of their change.
  void put(std::size_t country, const OwnChange& change, double share) {
    const std::size_t n = productivity_.size();
    const std::vector<double>& now = world_.derived.cost_factor;
    for (std::size_t s = 0; s < kTradeSectors; ++s) {
      for (std::size_t j = 0; j < n; ++j) {
        const std::size_t sold = (s * n + country) * n + j, bought = (s * n + j) * n + country;
        cost_factor_[sold] = now[sold] + share * change.export_rise[s * n + j];
        cost_factor_[bought] = now[bought] + share * change.import_rise[s * n + j];
      }
    }
  }

  const World& world_;
  TradeSolver solver_;
  std::vector<double> cost_factor_, productivity_;
};

/// By the series where it does, else by the linear response itself.
double linear_effect(const World& world, const ResponseSeries* series, OptionConditions& conditions, std::size_t i,
                     FrameworkSet target) {
  if (series != nullptr) {
    const std::optional<IndexedChange> change = conditions.indexed_change(i, target);
    const std::optional<double> effect = change ? series->real_income_effect(i, *change) : std::nullopt;
    if (effect) return *effect;
  }
  return world.linear_response->real_income_effect(i, conditions.change(i, target));
}

class MarketAccess final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "market_access"; }
  [[nodiscard]] std::string_view symbol() const override { return "E"; }
  [[nodiscard]] std::string_view meaning() const override { return "real income through trade and data access"; }
  [[nodiscard]] ParameterRows parameters() const override {
    static constexpr const Parameter* kRows[] = {&parameters::kMarketAccess, &parameters::kMarketAccessRefresh};
    return kRows;
  }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    if (!world.trade_solver) {
      std::fill(out.begin() + static_cast<long>(begin), out.begin() + static_cast<long>(end), 0.0);
      return;
    }
    const auto method = static_cast<Method>(world.derived.parameters.choice(parameters::kMarketAccess));
    if (method == Method::kLinear) return price_linearly(world, options, begin, end, out);
    parallel::for_each_range(end - begin, kExactGrain, [&](std::size_t first, std::size_t last) {
      price_exactly(world, options, begin + first, begin + last, out);
    });
  }
};

}  // namespace

void price_linearly(const World& world, const Options& options, std::size_t begin, std::size_t end,
                    std::span<double> out) {
  SPLINTERNET_CHECK(world.linear_response.has_value(), begin, end);
  OptionConditions conditions(world);
  const ResponseSeries* series = fitting_series(world);
  for (std::size_t n = begin; n < end; ++n) {
    const std::size_t i = options.country[n];
    const FrameworkSet target = options.target[n];
    out[n] = target == world.membership(i) ? 0.0 : 100.0 * linear_effect(world, series, conditions, i, target);
  }
}

void price_exactly(const World& world, const Options& options, std::size_t begin, std::size_t end,
                   std::span<double> out) {
  SPLINTERNET_CHECK(world.trade_solver.has_value(), begin, end);
  OptionConditions conditions(world);
  TrialWorld trial(world);
  for (std::size_t n = begin; n < end; ++n) {
    const std::size_t i = options.country[n];
    const bool stays = options.target[n] == world.membership(i);
    out[n] = stays ? 0.0 : 100.0 * trial.effect(i, conditions.change(i, options.target[n]));
  }
}

const PayoffTerm& market_access_term() {
  static const MarketAccess term;
  return term;
}

}  // namespace splinternet
