#include "sim/trade/acr.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/trade/input_output.hpp"

namespace splinternet {
namespace {

constexpr double kTolerance = 1e-9;
constexpr double kSmallestShare = 1e-290;  // below it shares have lost their digits

constexpr std::size_t kBlock = 64;  // countries whose logs are taken together

/// The identity in one form for all engines.
struct Identity {
  const TradeBaseline& trade;
  std::span<const double> cost_factor;   // B[s][exporter][importer], or none
  std::span<const double> productivity;  // Â, or none
  std::span<const double> weight;        // [s][country]: of ln(home share)/θ in the real wage
  const double* home_share;              // π'_jj of the first country in the first sector …
  std::size_t country_stride;            // … and how far on that of the next country …
  std::size_t sector_stride;             // … and of the next sector is
  std::span<const double> real_wage;
};

using Block = std::array<double, kBlock>;

void take_logs(Block& values, std::size_t count) {
  math::log(std::span(values).first(count), std::span(values).first(count));
}

/// Adds a sector to gaps of the real wages of countries from `first` on; 0 for good where home sales are lacking.
void add_sector(const Identity& identity, std::size_t sector, std::size_t first, std::size_t count, Block& gap,
                std::array<bool, kBlock>& lacks) {
  const std::size_t n = identity.trade.countries();
  Block change;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t j = first + k, home = (sector * n + j) * n + j;
    change[k] = 1.0;
    if (!(identity.weight[sector * n + j] > 0.0)) continue;
    const double factor = identity.cost_factor.empty() ? 1.0 : identity.cost_factor[home];
    const double before = identity.trade.share()[home] * factor;
    const double after = identity.home_share[sector * identity.sector_stride + j * identity.country_stride];
    lacks[k] = lacks[k] || before < kSmallestShare || after < kSmallestShare;
    if (!lacks[k]) change[k] = after / before;
  }
  take_logs(change, count);
  const double theta = identity.trade.elasticity()[sector];
  for (std::size_t k = 0; k < count; ++k) {
    const double weight = identity.weight[sector * n + first + k];
    if (weight > 0.0) gap[k] += weight * (change[k] / theta);
  }
}

/// How far real wages of countries from `first` on are from what their home shares say, in logs; 0 where home sales are
/// lacking.
void find_gaps(const Identity& identity, std::size_t first, std::size_t count, Block& gap) {
  const std::size_t n = identity.trade.countries();
  std::array<bool, kBlock> lacks{};
  std::copy_n(&identity.real_wage[first], count, gap.begin());
  take_logs(gap, count);
  for (std::size_t s = 0; s < identity.trade.sectors(); ++s) add_sector(identity, s, first, count, gap, lacks);
  if (!identity.productivity.empty()) {
    Block productivity;
    std::copy_n(&identity.productivity[first], count, productivity.begin());
    take_logs(productivity, count);
    for (std::size_t s = 0; s < identity.trade.sectors(); ++s) {
      for (std::size_t k = 0; k < count; ++k) gap[k] -= identity.weight[s * n + first + k] * productivity[k];
    }
  }
  for (std::size_t k = 0; k < count; ++k) gap[k] = lacks[k] ? 0.0 : std::fabs(gap[k]);
}

[[noreturn]] void refuse(const std::string& name, double real_wage, double gap) {
  if (real_wage == 0.0 || real_wage == __builtin_inf()) {
    throw SolverError("trade: the real wage of " + name + " leaves the range of numbers under this shock");
  }
  std::ostringstream text;
  text << "trade solution: the real wage of " << name << " is off by " << gap
       << " in logs from what its home shares say (ACR identity)";
  throw InternalError(text.str());
}

double checked_gap(const Identity& identity) {
  const std::size_t n = identity.trade.countries();
  Block gap;
  double largest = 0.0;
  for (std::size_t first = 0; first < n; first += kBlock) {
    const std::size_t count = std::min(kBlock, n - first);
    find_gaps(identity, first, count, gap);
    for (std::size_t k = 0; k < count; ++k) {
      if (!(gap[k] <= kTolerance)) refuse(identity.trade.name(first + k), identity.real_wage[first + k], gap[k]);
      largest = std::max(largest, gap[k]);
    }
  }
  return largest;
}

}  // namespace

double acr_gap(const TradeBaseline& baseline, const TradeShock& shock, const TradeEquilibrium& equilibrium) {
  return checked_gap({baseline, shock.cost_factor, shock.productivity, baseline.sector_share(),
                      equilibrium.home_share.data(), 1, baseline.countries(), equilibrium.real_wage});
}

double acr_gap(const InputOutputBaseline& baseline, const InputOutputShock& shock,
               const InputOutputEquilibrium& equilibrium) {
  const std::size_t n = baseline.trade().countries();
  return checked_gap({baseline.trade(), shock.cost_factor, shock.productivity, baseline.leontief_share(),
                      equilibrium.share.data(), n + 1, n * n, equilibrium.real_wage});
}

}  // namespace splinternet
