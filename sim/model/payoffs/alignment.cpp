#include "sim/model/payoffs/alignment.hpp"

#include <algorithm>
#include <array>

#include "sim/model/countries.hpp"
#include "sim/model/framework_parameters.hpp"

namespace splinternet {
namespace {

constexpr Parameter kAlignment =
    real("countries.alignment", "pp per s.d.", 0.20, {0, 100}, {0.1, 0.3},
         "worth of one s.d. of the UNGA ideal point on the framework's side: β_A in (M3)", "[C] fitted to the record");
constexpr Parameter kAlignmentForm = option("countries.alignment_form", "directional|proximity", "form of (M3)",
                                            "[S] Rabinowitz & Macdonald 1989; proximity: Downs 1957");
constexpr const Parameter* kRows[] = {&kAlignment, &kAlignmentForm};

class Alignment final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "alignment"; }
  [[nodiscard]] std::string_view symbol() const override { return "A"; }
  [[nodiscard]] std::string_view meaning() const override { return "ideology: side of the UNGA ideal-point axis"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const double beta = world.derived.parameters(kAlignment);
    const bool proximity = world.derived.parameters.choice(kAlignmentForm) == 1;
    std::array<double, kMaxFrameworks> direction{};
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      direction[k] = world.derived.parameters(parameters::kDirection, k);
    }
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      const Moves moves = moves_to(world, i, options.target[n]);
      if (moves.none()) {
        out[n] = 0.0;
        continue;
      }
      const double z = ideal_point(world, i);
      double sum = 0.0;
      for (std::size_t k = 0; k < world.frameworks(); ++k) {
        const double y = direction[k];
        // Proximity counts the gain in squared distance against the neutral point 0.
        const double side = proximity ? z * z - (z - y) * (z - y) : z * y;
        if (contains(moves.added, k)) sum += side;
        if (contains(moves.dropped, k)) sum -= side;
      }
      out[n] = beta * sum;
    }
  }
};

}  // namespace

const PayoffTerm& alignment_term() {
  static const Alignment term;
  return term;
}

}  // namespace splinternet
