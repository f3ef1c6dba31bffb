#include "sim/trade/hat_algebra.hpp"

#include <algorithm>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/number_text.hpp"
#include "sim/trade/solver.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();

/// False for NaN too.
bool is_flow(double value) {
  return value >= 0.0 && value < kInfinity;
}

[[noreturn]] void fail_data(const std::string& what) {
  throw DataError("trade flows: " + what);
}

/// Which trade links a search follows.
enum class Direction { kExports, kImports, kEither };

bool is_linked(const TradeFlows& flows, std::size_t from, std::size_t to, Direction direction) {
  const std::size_t n = flows.countries;
  for (std::size_t s = 0; s < flows.sectors; ++s) {
    if (direction != Direction::kImports && flows.flow[(s * n + from) * n + to] > 0.0) return true;
    if (direction != Direction::kExports && flows.flow[(s * n + to) * n + from] > 0.0) return true;
  }
  return false;
}

/// The first country that no chain of links reaches from country 0; the number of countries if there is none.
std::size_t first_unreached(const TradeFlows& flows, Direction direction) {
  std::vector<char> reached(flows.countries, 0);
  std::vector<std::size_t> queue{0};
  reached[0] = 1;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (std::size_t j = 0; j < flows.countries; ++j) {
      if (reached[j] != 0 || !is_linked(flows, queue[head], j, direction)) continue;
      reached[j] = 1;
      queue.push_back(j);
    }
  }
  return static_cast<std::size_t>(std::find(reached.begin(), reached.end(), 0) - reached.begin());
}

}  // namespace

TradeBaseline::TradeBaseline(TradeFlows flows, std::span<const std::string> labels)
    : flows_(std::move(flows)), labels_(labels.begin(), labels.end()) {
  check_shape();
  check_flows();
  sum_up();
  check_connected();
}

std::string TradeBaseline::name(std::size_t country) const {
  const std::string row = std::to_string(country);
  return labels_.empty() ? "country in row " + row : "country " + labels_[country] + " (row " + row + ")";
}

void TradeBaseline::check_shape() const {
  const std::size_t expected = flows_.sectors * flows_.countries * flows_.countries;
  if (expected == 0) fail_data("there must be at least one country and one sector");
  if (flows_.flow.size() != expected) {
    fail_data("expected sectors × countries × countries = " + std::to_string(expected) + " values, got " +
              std::to_string(flows_.flow.size()));
  }
  if (flows_.elasticity.size() != flows_.sectors) {
    fail_data("expected one trade elasticity for each of the " + std::to_string(flows_.sectors) + " sectors, got " +
              std::to_string(flows_.elasticity.size()));
  }
  if (!labels_.empty() && labels_.size() != flows_.countries) {
    fail_data("got " + std::to_string(labels_.size()) + " country labels for " + std::to_string(flows_.countries) +
              " countries");
  }
}

void TradeBaseline::check_flows() const {
  for (std::size_t s = 0; s < sectors(); ++s) {
    const double theta = flows_.elasticity[s];
    if (!(theta > 0.0 && theta < kInfinity)) {
      fail_data("the trade elasticity of sector " + std::to_string(s) + " is " + number_text(theta) +
                "; it must be positive and finite");
    }
  }
  for (std::size_t k = 0; k < flows_.flow.size(); ++k) {
    if (is_flow(flows_.flow[k])) continue;
    const std::size_t n = countries();
    fail_data("exports of " + name(k / n % n) + " to " + name(k % n) + " in sector " + std::to_string(k / n / n) +
              " are " + number_text(flows_.flow[k]) + "; a flow must be finite and not negative (0 if there is none)");
  }
}

void TradeBaseline::sum_up() {
  const std::size_t n = countries();
  sector_expenditure_.assign(sectors() * n, 0.0);
  sector_share_.assign(sectors() * n, 0.0);
  share_.assign(flows_.flow.size(), 0.0);
  output_.assign(n, 0.0);
  expenditure_.assign(n, 0.0);
  for (std::size_t s = 0; s < sectors(); ++s) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const double x = flows_.flow[(s * n + i) * n + j];
        sector_expenditure_[s * n + j] += x;
        output_[i] += x;
      }
    }
    for (std::size_t j = 0; j < n; ++j) expenditure_[j] += sector_expenditure_[s * n + j];
  }
  for (std::size_t j = 0; j < n; ++j) {
    if (!(output_[j] > 0.0)) fail_data(name(j) + " sells nothing, not even at home; give it home sales or drop it");
    if (!(expenditure_[j] > 0.0)) fail_data(name(j) + " buys nothing, not even at home; give it home sales or drop it");
    if (!is_flow(output_[j]) || !is_flow(expenditure_[j])) fail_data("totals of " + name(j) + " overflow; rescale");
  }
  for (std::size_t s = 0; s < sectors(); ++s) {
    for (std::size_t j = 0; j < n; ++j) {
      const double spent = sector_expenditure_[s * n + j];
      sector_share_[s * n + j] = spent / expenditure_[j];
      if (!(spent > 0.0)) continue;
      // Through the reciprocal, as solvers write shares: where nothing changes theirs are these bit for bit.
      const double per_unit = 1.0 / spent;
      for (std::size_t i = 0; i < n; ++i) {
        share_[(s * n + i) * n + j] = flows_.flow[(s * n + i) * n + j] * per_unit;
      }
    }
  }
}

void TradeBaseline::check_connected() const {
  const std::size_t outside = first_unreached(flows_, Direction::kEither);
  if (outside == countries()) return;
  fail_data(name(outside) + " has no trade, not even through others, with " + name(0) +
            ", so nothing ties their wages together; add their trade or drop the smaller group");
}

void TradeBaseline::check_can_balance() const {
  for (const Direction direction : {Direction::kExports, Direction::kImports}) {
    const std::size_t outside = first_unreached(flows_, direction);
    if (outside == countries()) continue;
    const bool sells = direction == Direction::kImports;
    const std::string seller = sells ? name(outside) : name(0);
    const std::string buyer = sells ? name(0) : name(outside);
    fail_data("trade cannot be balanced: " + seller + " sells nothing, not even through others, to " + buyer +
              ", but buys; add the missing flow (a small one will do) or drop the country");
  }
}

TradeBaseline balanced(const TradeBaseline& baseline) {
  baseline.check_can_balance();
  TradeSolver solver(baseline, Closure::kBalanced, {.tolerance = 1e-13});
  const TradeEquilibrium& equilibrium = solver.solve({});
  TradeFlows flows = baseline.flows_;
  flows.flow = equilibrium.flow;
  TradeBaseline result(std::move(flows), baseline.labels_);
  // Row and column sums agree to the solver's residual; one of them for both makes "nothing changed" exact.
  result.expenditure_ = result.output_;
  return result;
}

}  // namespace splinternet
