#include "sim/model/payoffs/security.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/payoffs/per_country.hpp"
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

/// What frameworks relieve countries of, with what does not depend on the country looked up once.
class Relief {
 public:
  explicit Relief(const World& world);

  /// Exposure that framework k takes from country i, times fear: exclusions by what they exclude, promises about
  /// conduct by their sponsor's equipment and its credibility.
  [[nodiscard]] double operator()(std::size_t i, std::size_t k) const;

 private:
  struct Framework {
    double vendors = 0.0, routes = 0.0;  // strengths of what it excludes
    double conduct = 0.0;                // mean strength of what it promises, times credibility; 0 without a rival
    std::uint32_t feared = kNoCountry, sponsor = kNoCountry, rival = kNoCountry;
    std::vector<std::uint32_t> untrusted_homes;
  };

  [[nodiscard]] double route_exposure(std::size_t i, const Framework& framework) const;

  const World& world_;
  std::vector<Framework> frameworks_;
};

Relief::Relief(const World& world) : world_(world), frameworks_(world.frameworks()) {
  const FrameworkSetting& setting = world.setting().frameworks;
  for (std::size_t k = 0; k < frameworks_.size(); ++k) {
    Framework& framework = frameworks_[k];
    if (setting.sponsors[k].empty()) continue;
    framework.vendors = strength(world, Provision::kCleanPath, k);
    framework.routes = strength(world, Provision::kCleanCarrier, k);
    framework.feared = setting.leading_untrusted_home[k];
    framework.sponsor = setting.sponsors[k][0];
    framework.rival = rival_sponsor(world, k);
    for (std::size_t p = 0; p < kConductCount; ++p) {
      framework.conduct += world.derived.parameters(kProvisionStrength[kExclusionCount + p], k) / kConductCount;
    }
    framework.conduct *= world.frameworks_state.credibility[k];
    for (std::uint32_t j = 0; j < world.countries(); ++j) {
      if (setting.untrusted_home[k * world.countries() + j] != 0) framework.untrusted_homes.push_back(j);
    }
  }
}

/// Share of the traffic of country i that passes the untrusted homes when nothing is filtered.
double Relief::route_exposure(std::size_t i, const Framework& framework) const {
  if (!world_.setting().demand || framework.routes == 0.0) return 0.0;
  const std::size_t n = world_.countries();
  const double own = world_.setting().demand->row_total[i];
  double exposed = 0.0;
  for (const std::uint32_t j : framework.untrusted_homes) {
    exposed += world_.derived.routing.classes[0].transit[i * n + j];
  }
  return own > 0.0 ? exposed / own : 0.0;
}

double Relief::operator()(std::size_t i, std::size_t k) const {
  const FrameworkSetting& setting = world_.setting().frameworks;
  const Framework& framework = frameworks_[k];
  const std::size_t row = k * world_.countries() + i;
  double sum = 0.0;
  if (framework.feared != kNoCountry && framework.sponsor != kNoCountry) {
    const double vendors =
        framework.vendors * setting.untrusted_share[row] * world_.members.vendor_base[world_.at(i, k)];
    const double routes = framework.routes * route_exposure(i, framework);
    sum += fear(world_, i, framework.feared, framework.sponsor) * std::min(1.0, vendors + routes);
  }
  if (framework.rival != kNoCountry) {
    sum += fear(world_, i, framework.sponsor, framework.rival) * framework.conduct * setting.sponsor_vendor_share[row];
  }
  return world_.derived.effects.fear_factor * sum;
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
    const Relief all_relief(world);
    PerCountry relief(all_relief, world, end - begin);
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      const Moves moves = moves_to(world, i, options.target[n]);
      if (moves.none()) {
        out[n] = 0.0;
        continue;
      }
      double sum = 0.0;
      for (std::uint32_t k = 0; k < world.frameworks(); ++k) {
        if (contains(moves.added, k)) sum += relief(i, k);
        if (contains(moves.dropped, k)) sum -= relief(i, k);
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
