#include "sim/model/payoffs/replacement.hpp"

#include <array>

#include "sim/model/countries.hpp"
#include "sim/model/membership.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

constexpr Parameter kReplacementCost = real("countries.replacement_cost_usd", "USD per internet user", 30, {0, 1000},
                                            {7, 120}, "cost of replacing all equipment: c_r in (M9)",
                                            "[S] Strand 7.17 per subscriber; GSMA USD 62 bn, about 120 per user");
constexpr const Parameter* kRows[] = {&kReplacementCost};

class Replacement final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "replacement"; }
  [[nodiscard]] std::string_view symbol() const override { return "V"; }
  [[nodiscard]] std::string_view meaning() const override { return "replacing untrusted equipment"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const double annuity = world.derived.parameters(parameters::kAnnuity);
    const double cost_usd = world.derived.parameters(kReplacementCost);
    const double depth = world.derived.parameters(parameters::kDepthOnSigning);
    const FrameworkSetting& frameworks = world.setting().frameworks;
    std::array<double, kMaxFrameworks> removed{};  // share of the base that a new signatory of each has to remove
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      removed[k] =
          world.derived.parameters(kProvisionStrength[static_cast<std::size_t>(Provision::kCleanPath)], k) * depth;
    }
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      const Moves moves = moves_to(world, i, options.target[n]);
      if (moves.none()) {
        out[n] = 0.0;
        continue;
      }
      double base = 0.0;  // share of all equipment that has to go, at the depth of a new signatory
      for (std::size_t k = 0; k < world.frameworks(); ++k) {
        if (!contains(moves.added, k)) continue;
        base += removed[k] * frameworks.untrusted_share[k * world.countries() + i] *
                world.members.vendor_base[world.at(i, k)];
      }
      const double cost_busd = cost_usd * base * world.setting().countries.users_mn[i] / 1000.0;
      out[n] = -annuity * 100.0 * cost_busd / world.setting().countries.gdp_busd[i];
    }
  }
};

}  // namespace

const PayoffTerm& replacement_term() {
  static const Replacement term;
  return term;
}

}  // namespace splinternet
