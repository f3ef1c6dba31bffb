#include "sim/model/payoffs/compliance.hpp"

#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

constexpr Parameter kCompliance =
    real("countries.compliance", "pp", 0, {0, 100}, {0, 0.3}, "cost of a unit gap in every provision: β_C in (M8)",
         "[J] no gap data in the tables: off by default");
constexpr const Parameter* kRows[] = {&kCompliance};

class Compliance final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "compliance"; }
  [[nodiscard]] std::string_view symbol() const override { return "C"; }
  [[nodiscard]] std::string_view meaning() const override { return "gap between its own rules and the framework's"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const double beta = world.derived.parameters(kCompliance);
    const std::vector<double>& gap = world.setting().compliance_gap;
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      const Moves moves = moves_to(world, i, options.target[n]);
      if (moves.none()) {
        out[n] = 0.0;
        continue;
      }
      double sum = 0.0;
      for (std::size_t k = 0; k < world.frameworks() && !gap.empty(); ++k) {
        const double sign = contains(moves.added, k) ? -1.0 : contains(moves.dropped, k) ? 1.0 : 0.0;
        for (std::size_t p = 0; p < kProvisionCount; ++p) {
          sum += sign * world.derived.parameters(kProvisionStrength[p], k) * gap[i * kProvisionCount + p];
        }
      }
      out[n] = beta * sum;
    }
  }
};

}  // namespace

const PayoffTerm& compliance_term() {
  static const Compliance term;
  return term;
}

}  // namespace splinternet
