#include "sim/model/payoffs/inertia.hpp"

#include <bit>

namespace splinternet {
namespace {

constexpr Parameter kJoin =
    real("countries.inertia_join", "pp", 0.25, {0, 100}, {0.1, 0.4}, "cost of an accession: κ_join in (M11)", "[C]");
constexpr Parameter kLeave = real("countries.inertia_leave", "pp", 0.50, {0, 100}, {0.3, 1},
                                  "cost of a withdrawal: κ_leave in (M11)", "[C] no formal exit 2020-22");
constexpr const Parameter* kRows[] = {&kJoin, &kLeave};

class Inertia final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "inertia"; }
  [[nodiscard]] std::string_view symbol() const override { return "H"; }
  [[nodiscard]] std::string_view meaning() const override { return "cost of change"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }
  [[nodiscard]] TermWorlds worlds() const override { return TermWorlds::kAll; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const double join = world.derived.parameters(kJoin);
    const double leave = world.derived.parameters(kLeave);
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      const Moves moves = moves_to(world, i, options.target[n]);
      if (moves.none()) {
        out[n] = 0.0;
        continue;
      }
      const FrameworkSet left = moves.dropped & world.signed_membership(i);
      out[n] = -(join * std::popcount(moves.added) + leave * std::popcount(left));
    }
  }
};

}  // namespace

const PayoffTerm& inertia_term() {
  static const Inertia term;
  return term;
}

}  // namespace splinternet
