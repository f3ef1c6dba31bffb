#include "sim/model/payoffs/domestic_firms.hpp"

#include <algorithm>

#include "sim/model/firms.hpp"

namespace splinternet {
namespace {

constexpr Parameter kDomesticFirms = real(
    "countries.domestic_firms", "1", 0.2, {0, 100}, {0, 1},
    "political weight of home firms' profits beyond their part in income: β_D in (M6)", "[J] Grossman & Helpman 1994");
constexpr const Parameter* kRows[] = {&kDomesticFirms};

class DomesticFirms final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "domestic_firms"; }
  [[nodiscard]] std::string_view symbol() const override { return "D"; }
  [[nodiscard]] std::string_view meaning() const override { return "extra political weight of home firms' profits"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const double weight =
        world.derived.parameters(kDomesticFirms) * 100.0 * world.derived.parameters(parameters::kMargin);
    if (world.setting().firms == nullptr) {
      std::fill(out.begin() + static_cast<long>(begin), out.begin() + static_cast<long>(end), 0.0);
      return;
    }
    const HomeMarkets markets(world);
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      out[n] = weight * markets.revenue_change_busd(i, options.target[n]) / world.setting().countries.gdp_busd[i];
    }
  }
};

}  // namespace

const PayoffTerm& domestic_firms_term() {
  static const DomesticFirms term;
  return term;
}

}  // namespace splinternet
