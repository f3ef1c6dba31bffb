#include "sim/model/payoffs/side_payment.hpp"

#include "sim/model/countries.hpp"

namespace splinternet {
namespace {

class SidePayment final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "side_payment"; }
  [[nodiscard]] std::string_view symbol() const override { return "L"; }
  [[nodiscard]] std::string_view meaning() const override { return "offers of those who court, transfers of members"; }
  [[nodiscard]] ParameterRows parameters() const override { return {}; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const double annuity = world.derived.parameters(parameters::kAnnuity);
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      const Moves moves = moves_to(world, i, options.target[n]);
      double sum = options.offer_busd[n];
      double yearly = 0.0;
      for (std::size_t k = 0; k < world.frameworks(); ++k) {
        if (!contains(moves.dropped, k)) continue;
        sum -= world.members.side_payment_busd[world.at(i, k)];
        yearly += world.members.transfer_busd[world.at(i, k)];
      }
      const double gdp = world.setting().countries.gdp_busd[i];
      out[n] = annuity * 100.0 * sum / gdp - 100.0 * yearly / gdp;
    }
  }
};

}  // namespace

const PayoffTerm& side_payment_term() {
  static const SidePayment term;
  return term;
}

}  // namespace splinternet
