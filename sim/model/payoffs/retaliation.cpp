#include "sim/model/payoffs/retaliation.hpp"

#include <algorithm>
#include <array>

#include "sim/model/countries.hpp"
#include "sim/model/payoffs/per_country.hpp"

namespace splinternet {
namespace {

constexpr Parameter kCoercion = real("countries.coercion", "pp per pp", 0.02, {0, 10}, {0.001, 0.05},
                                     "loss per pp of exports to the coercing sponsor over GDP: c in (M10)",
                                     "[S] Australia: Productivity Commission .0013; Wickes & Adams .05");
constexpr const Parameter* kRows[] = {&kCoercion};

/// [framework] those that are incompatible with it.
using Rivals = std::array<FrameworkSet, kMaxFrameworks>;

Rivals rivals_of_each(const FrameworkSetting& frameworks) {
  Rivals rivals{};
  for (std::size_t k = 0; k < frameworks.count; ++k) {
    for (std::size_t l = 0; l < frameworks.count; ++l) {
      if (frameworks.incompatible[k * frameworks.count + l] != 0) rivals[k] |= bit(l);
    }
  }
  return rivals;
}

/// Frameworks that are incompatible with some of the set.
FrameworkSet rivals_of(const Rivals& rivals, FrameworkSet set) {
  FrameworkSet result = 0;
  for (std::size_t k = 0; (set >> k) != 0; ++k) result |= contains(set, k) ? rivals[k] : 0;
  return result;
}

bool sponsors_any(const FrameworkSetting& frameworks, FrameworkSet set, std::uint32_t country) {
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    const std::vector<std::uint32_t>& sponsors = frameworks.sponsors[l];
    if (contains(set, l) && std::find(sponsors.begin(), sponsors.end(), country) != sponsors.end()) return true;
  }
  return false;
}

/// Exports of i, goods and services, to the sponsors of these frameworks; to who sponsors several, once.
double exports_to_sponsors_busd(const World& world, std::size_t i, FrameworkSet set) {
  if (!world.trade_solver) return 0.0;
  const FrameworkSetting& frameworks = world.setting().frameworks;
  const std::vector<double>& flow = world.trade_solver->equilibrium().flow;
  const std::size_t n = world.countries();
  double exports = 0.0;
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    if (!contains(set, l)) continue;
    for (const std::uint32_t j : frameworks.sponsors[l]) {
      if (j == i || sponsors_any(frameworks, set & (bit(l) - 1), j)) continue;
      for (std::size_t s = 0; s < kTradeSectors; ++s) exports += flow[(s * n + i) * n + j];
    }
  }
  return exports;
}

class Retaliation final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "retaliation"; }
  [[nodiscard]] std::string_view symbol() const override { return "R"; }
  [[nodiscard]] std::string_view meaning() const override {
    return "expected coercion by the sponsors of rival frameworks";
  }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const double coercion = world.derived.parameters(kCoercion);
    const Rivals rivals = rivals_of_each(world.setting().frameworks);
    const auto exports_busd = [&](std::size_t i, FrameworkSet set) { return exports_to_sponsors_busd(world, i, set); };
    PerCountry exports(exports_busd, world, end - begin);
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      const Moves moves = moves_to(world, i, options.target[n]);
      // A listing is somebody else's word, no act of the country: it provokes nobody, and its lapse appeases nobody.
      const FrameworkSet signed_now = world.signed_membership(i);
      const FrameworkSet signed_then = (signed_now & options.target[n]) | moves.added;
      const FrameworkSet now = rivals_of(rivals, signed_now), then = rivals_of(rivals, signed_then);
      const double change = now == then ? 0.0 : exports(i, then) - exports(i, now);
      out[n] = -coercion * 100.0 * change / world.setting().countries.gdp_busd[i];
    }
  }
};

}  // namespace

const PayoffTerm& retaliation_term() {
  static const Retaliation term;
  return term;
}

}  // namespace splinternet
