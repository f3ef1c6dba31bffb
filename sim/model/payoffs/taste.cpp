#include "sim/model/payoffs/taste.hpp"

#include "sim/core/rng.hpp"

namespace splinternet {
namespace {

constexpr Parameter kTasteDeviation = real("countries.taste_sd", "pp", 0, {0, 10}, {0, 0.2},
                                           "s.d. of a country's lasting taste for a framework", "[D] 0: none");
constexpr const Parameter* kRows[] = {&kTasteDeviation};

class Taste final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "taste"; }
  [[nodiscard]] std::string_view symbol() const override { return "T"; }
  [[nodiscard]] std::string_view meaning() const override { return "persistent taste, drawn once"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }
  [[nodiscard]] TermWorlds worlds() const override { return TermWorlds::kAll; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const double deviation = world.derived.parameters(kTasteDeviation);
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      const Moves moves = moves_to(world, i, options.target[n]);
      if (moves.none()) {
        out[n] = 0.0;
        continue;
      }
      double sum = 0.0;
      for (std::size_t k = 0; k < world.frameworks() && deviation > 0.0; ++k) {
        const double sign = contains(moves.added, k) ? 1.0 : contains(moves.dropped, k) ? -1.0 : 0.0;
        if (sign == 0.0) continue;
        // The kind tells frameworks apart by their own key: declaring another framework moves nobody's taste.
        const auto kind = static_cast<std::uint16_t>(world.setting().frameworks.key[k] & 0xffffU);
        sum +=
            sign * Draws(world.scenario().run.seed, Purpose::kTasteOfCountry, 0, world.setting().countries.key[i], kind)
                       .normal();
      }
      out[n] = deviation * sum;
    }
  }
};

}  // namespace

const PayoffTerm& taste_term() {
  static const Taste term;
  return term;
}

}  // namespace splinternet
