#include "sim/trade/customs_unions.hpp"

#include <cmath>
#include <sstream>
#include <string>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet {
namespace {

void require_substitutes(double substitution) {
  if (substitution > 1.0 && std::isfinite(substitution)) return;
  std::ostringstream text;
  text << "an elasticity of substitution of " << substitution
       << ": it must be above 1, or no tariff would be too high for a bloc";
  throw DataError(text.str());
}

}  // namespace

InputOutputBaseline free_trade_world(std::size_t countries, double substitution) {
  require_substitutes(substitution);
  InputOutputData data;
  const double share = 1.0 / static_cast<double>(countries);
  data.trade = {countries, 1, std::vector<double>(countries * countries, share), {substitution - 1.0}};
  data.value_added.assign(countries, 1.0);
  data.input_share.assign(countries, 0.0);
  return InputOutputBaseline(std::move(data));
}

std::vector<std::uint32_t> equal_blocs(std::size_t countries, std::size_t blocs) {
  if (blocs == 0 || countries == 0 || countries % blocs != 0) {
    throw DataError(std::to_string(countries) + " countries cannot form " + std::to_string(blocs) +
                    " blocs of equal size");
  }
  std::vector<std::uint32_t> bloc(countries);
  for (std::size_t i = 0; i < countries; ++i) bloc[i] = static_cast<std::uint32_t>(i / (countries / blocs));
  return bloc;
}

std::vector<double> external_tariffs(std::span<const std::uint32_t> bloc, std::span<const double> tariff) {
  const std::size_t n = bloc.size();
  std::vector<double> levels(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    SPLINTERNET_CHECK(bloc[i] < tariff.size(), i, bloc[i], tariff.size());
    for (std::size_t j = 0; j < n; ++j) {
      if (bloc[i] != bloc[j]) levels[j * n + i] = tariff[bloc[i]];
    }
  }
  return levels;
}

double optimal_external_tariff(double substitution, std::size_t blocs) {
  require_substitutes(substitution);
  if (blocs == 0) throw DataError("no bloc: a world has one or more");
  if (blocs == 1) return 0.0;
  constexpr int kMostSteps = 200;       // a step shrinks the error by a factor of 3 or more
  constexpr double kTolerance = 1e-15;  // relative
  const double others = static_cast<double>(blocs) - 1.0;
  double tariff = 1.0 / (substitution - 1.0);
  for (int step = 0; step < kMostSteps; ++step) {
    const double share = 1.0 / (math::pow(1.0 + tariff, substitution) + others);
    const double next = 1.0 / ((1.0 - share) * (substitution - 1.0));
    const double change = std::fabs(next - tariff);
    tariff = next;
    if (change <= kTolerance * tariff) break;
  }
  return tariff;
}

}  // namespace splinternet
