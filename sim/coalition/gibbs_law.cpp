#include "sim/coalition/gibbs_law.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet::coalition {

namespace {

void check_precision(double beta) {
  if (!(beta >= 0.0) || !std::isfinite(beta)) throw DataError("Gibbs law: the precision must be finite and at least 0");
}

}  // namespace

double GibbsLaw::probability_of(std::span<const std::size_t> states) const {
  double sum = 0.0;
  for (const std::size_t state : states) {
    SPLINTERNET_CHECK(state < probability.size(), state, probability.size());
    sum += probability[state];
  }
  return sum;
}

GibbsLaw gibbs_law(const Landscape& landscape, const PartitionSpace& space, std::size_t alliances, double beta) {
  landscape.require_symmetric();
  check_precision(beta);
  if (alliances < space.most_alliances()) throw DataError("Gibbs law: fewer alliances than the configurations have");
  const std::vector<double> energy = energies(landscape, space);
  const double lowest = *std::min_element(energy.begin(), energy.end());
  GibbsLaw law;
  law.probability.resize(energy.size());
  std::vector<std::uint8_t> alliance(space.actors());
  double total = 0.0;
  for (std::size_t state = 0; state < energy.size(); ++state) {
    double names = 1.0;
    const std::size_t used = space.read(state, alliance);
    for (std::size_t k = 0; k < used; ++k) names *= static_cast<double>(alliances - k);
    law.probability[state] = names * math::exp(-0.5 * beta * (energy[state] - lowest));
    total += law.probability[state];
  }
  double above_lowest = 0.0;
  for (std::size_t state = 0; state < energy.size(); ++state) {
    law.probability[state] /= total;
    above_lowest += law.probability[state] * (energy[state] - lowest);
  }
  law.mean_energy = lowest + above_lowest;
  for (std::size_t state = 0; state < energy.size(); ++state) {
    const double off = energy[state] - law.mean_energy;
    law.energy_variance += law.probability[state] * off * off;
  }
  return law;
}

std::vector<double> gibbs_probabilities(std::span<const double> potential, double beta) {
  check_precision(beta);
  std::vector<double> probability(potential.begin(), potential.end());
  if (probability.empty()) return probability;
  const double highest = *std::max_element(potential.begin(), potential.end());
  double total = 0.0;
  for (double& value : probability) {
    value = math::exp(beta * (value - highest));
    total += value;
  }
  for (double& value : probability) value /= total;
  return probability;
}

}  // namespace splinternet::coalition
