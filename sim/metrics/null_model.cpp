#include "sim/metrics/null_model.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/check.hpp"

namespace splinternet::metrics {

namespace {

struct Strength {
  double out = 0.0;
  double in = 0.0;

  [[nodiscard]] double sum() const { return out + in; }
  [[nodiscard]] double difference() const { return out - in; }
  [[nodiscard]] double twice_mean() const { return 2.0 * std::sqrt(out * in); }  // geometric mean
};

struct Margins {
  double total = 0.0;              // of all flows between countries
  std::vector<Strength> strength;  // as shares of that; meaningless if it is 0
};

Margins margins(std::span<const double> flow, std::size_t nodes) {
  std::vector<Strength> strength(nodes);
  double total = 0.0;
  for (std::size_t from = 0; from < nodes; ++from) {
    for (std::size_t to = 0; to < nodes; ++to) {
      const double value = flow[from * nodes + to];
      SPLINTERNET_CHECK(value >= 0.0 && std::isfinite(value), "flow", value, "from", from, "to", to);
      if (from == to) continue;
      strength[from].out += value;
      strength[to].in += value;
      total += value;
    }
  }
  for (Strength& each : strength) each = {each.out / total, each.in / total};
  return {total, strength};
}

// Where x + y of the hub is 1 + s: v, how far v is from its largest value, and v/(1 − s).
struct Point {
  double s = 0.0;
  double v = 0.0;
  double slack = 0.0;  // 1 − v·(√o + √n)² of the hub, without cancellation
  double ratio = 0.0;
};

// The country with the largest √o + √n. Only there can x + y pass 1. Its own x + y = 1 + s, with s in [−1, 1], fixes v;
// the sums over the others fix s.
class Hub {
 public:
  explicit Hub(const std::vector<Strength>& strength) : strength_(strength) {
    double largest = -1.0;
    for (std::size_t i = 0; i < strength.size(); ++i) {
      const double reach = strength[i].sum() + strength[i].twice_mean();
      if (reach <= largest) continue;
      largest = reach;
      place_ = i;
    }
    solve();
  }

  [[nodiscard]] std::size_t place() const { return place_; }
  [[nodiscard]] double v() const { return solution_.v; }
  // 1 − x − y with the sign that its branch has.
  [[nodiscard]] double width(std::size_t i) const { return i == place_ ? solution_.s : root(i, solution_); }

 private:
  // From the hub's quadratic (o − n)²·v² − 2(o + n)·v + 1 − s² = 0.
  [[nodiscard]] Point point(double s) const {
    const Strength& hub = strength_[place_];
    const double slope = hub.difference() * s;
    const double twice_mean = hub.twice_mean();
    const double width = std::sqrt(twice_mean * twice_mean + slope * slope);
    const double ratio = (1.0 + s) / (hub.sum() + width);
    const double bend = slope == 0.0 ? 0.0 : slope * slope / (width + twice_mean);
    return {s, (1.0 - s) * ratio, (bend + s * s * (hub.sum() + twice_mean)) / (hub.sum() + width), ratio};
  }

  // √(1 − 2(o + n)·v + (o − n)²·v²) as √((1 − v·(√o + √n)²)·(1 − v·(√o − √n)²)), the first factor by its distance from
  // that of the hub: a rounding of v would matter to a second country as large as the hub.
  [[nodiscard]] double root(std::size_t i, const Point& at) const {
    const Strength& hub = strength_[place_];
    const Strength& mine = strength_[i];
    const double behind = (hub.sum() - mine.sum()) + (hub.twice_mean() - mine.twice_mean());
    const double first = at.slack + at.v * std::max(0.0, behind);
    return std::sqrt(first * std::max(0.0, 1.0 - at.v * (mine.sum() - mine.twice_mean())));
  }

  // (Σ over the others of x + y)/(1 − s) − 1, which the solution makes 0. The root s = 1 that the undivided sum always
  // has is gone; what is left there is the share of flows past the hub.
  [[nodiscard]] double excess(double s) const {
    const Point at = point(s);
    double others = 0.0;
    for (std::size_t i = 0; i < strength_.size(); ++i) {
      if (i == place_) continue;
      const double difference = strength_[i].difference();
      others += (2.0 * strength_[i].sum() - difference * difference * at.v) / (1.0 + root(i, at));
    }
    return others * at.ratio - 1.0;
  }

  // Bisection to the last bit. If all flows touch the hub but for rounding, any s ≥ 0 would do; 1 is exact.
  void solve() {
    constexpr double kRounding = 1e-14;
    double low = -1.0;
    double high = 1.0;
    double s = 1.0;
    if (excess(s) > kRounding) {
      for (s = 0.0; s > low && s < high; s = low + 0.5 * (high - low)) (excess(s) < 0.0 ? low : high) = s;
    }
    solution_ = point(s);
  }

  const std::vector<Strength>& strength_;
  std::size_t place_ = 0;
  Point solution_;
};

}  // namespace

std::vector<double> zero_diagonal_null(std::span<const double> flow, std::size_t nodes) {
  SPLINTERNET_CHECK(flow.size() == nodes * nodes, "flows:", flow.size(), "nodes:", nodes);
  std::vector<double> null(flow.size(), 0.0);
  const auto [total, strength] = margins(flow, nodes);
  if (total == 0.0) return null;
  const Hub hub(strength);
  std::vector<double> row(nodes);
  std::vector<double> column(nodes);
  // x·y/v with the division inside: x/v and y/v, but x and y themselves for the hub, whose v may be 0.
  for (std::size_t i = 0; i < nodes; ++i) {
    const double tilt = strength[i].difference() * hub.v();
    const double width = hub.width(i);
    row[i] = i == hub.place() ? 0.5 * (1.0 + tilt + width) : 2.0 * strength[i].out / (1.0 + tilt + width);
    column[i] = i == hub.place() ? 0.5 * (1.0 - tilt + width) : 2.0 * strength[i].in / (1.0 - tilt + width);
  }
  for (std::size_t from = 0; from < nodes; ++from) {
    for (std::size_t to = 0; to < nodes; ++to) {
      if (from == to) continue;
      const double once = from == hub.place() || to == hub.place() ? 1.0 : hub.v();
      null[from * nodes + to] = total * row[from] * column[to] * once;
    }
  }
  return null;
}

}  // namespace splinternet::metrics
