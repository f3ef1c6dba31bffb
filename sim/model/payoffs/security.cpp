#include "sim/model/payoffs/security.hpp"

#include <algorithm>

#include "sim/model/countries.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

constexpr Parameter kSecurity =
    real("countries.security", "pp", 0.20, {0, 100}, {0, 0.5},
         "worth of removing an exposure of 1 at fear 1: β_X in (M5)", "[C] corr(A, X) = .84: fix it, do not estimate");
constexpr const Parameter* kRows[] = {&kSecurity};

double strength(const World& world, Provision provision, std::size_t k) {
  return world.derived.parameters(kProvisionStrength[static_cast<std::size_t>(provision)], k);
}

/// ρ_i: where country i stands between the feared home (0) and its opponent (1).
double fear(const World& world, std::size_t i, std::size_t feared, std::size_t opponent) {
  const double span = ideal_point(world, opponent) - ideal_point(world, feared);
  if (span == 0.0) return 0.0;
  return std::clamp((ideal_point(world, i) - ideal_point(world, feared)) / span, 0.0, 1.0);
}

/// Share of the traffic of country i that passes the untrusted homes when nothing is filtered.
double route_exposure(const World& world, std::size_t i, std::size_t k) {
  if (!world.setting().demand) return 0.0;
  const std::size_t n = world.countries();
  double own = 0.0;
  double exposed = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    own += world.setting().demand->share[i * n + j];
    if (world.setting().frameworks.untrusted_home[k * n + j] != 0) {
      exposed += world.derived.routing.classes[0].transit[i * n + j];
    }
  }
  return own > 0.0 ? exposed / own : 0.0;
}

/// Exposure that framework k takes from country i, times fear: exclusions by what they exclude, promises about conduct
/// by their sponsor's equipment and its credibility.
double relief(const World& world, std::size_t i, std::size_t k) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  const std::size_t n = world.countries();
  double sum = 0.0;
  if (frameworks.leading_untrusted_home[k] != kNoCountry && !frameworks.sponsors[k].empty()) {
    const double vendors = strength(world, Provision::kCleanPath, k) * frameworks.untrusted_share[k * n + i] *
                           world.members.vendor_base[world.at(i, k)];
    const double routes = strength(world, Provision::kCleanCarrier, k) * route_exposure(world, i, k);
    sum += fear(world, i, frameworks.leading_untrusted_home[k], frameworks.sponsors[k][0]) *
           std::min(1.0, vendors + routes);
  }
  const std::uint32_t rival = rival_sponsor(world, k);
  if (rival != kNoCountry && !frameworks.sponsors[k].empty()) {
    double conduct = 0.0;
    for (std::size_t p = 0; p < kConductCount; ++p) {
      conduct += world.derived.parameters(kProvisionStrength[kExclusionCount + p], k) / kConductCount;
    }
    sum += fear(world, i, frameworks.sponsors[k][0], rival) * world.frameworks_state.credibility[k] * conduct *
           frameworks.sponsor_vendor_share[k * n + i];
  }
  return world.derived.effects.fear_factor * sum;
}

class Security final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "security"; }
  [[nodiscard]] std::string_view symbol() const override { return "X"; }
  [[nodiscard]] std::string_view meaning() const override {
    return "exposure to untrusted vendors and routes that it removes";
  }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const double beta = world.derived.parameters(kSecurity);
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      double sum = 0.0;
      for (std::size_t k = 0; k < world.frameworks(); ++k) {
        if (contains(added(world, i, options.target[n]), k)) sum += relief(world, i, k);
        if (contains(dropped(world, i, options.target[n]), k)) sum -= relief(world, i, k);
      }
      out[n] = beta * sum;
    }
  }
};

}  // namespace

const PayoffTerm& security_term() {
  static const Security term;
  return term;
}

}  // namespace splinternet
