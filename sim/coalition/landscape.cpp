#include "sim/coalition/landscape.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"

namespace splinternet::coalition {

namespace {

constexpr std::size_t kStatesPerTask = 4096;

}  // namespace

Landscape::Landscape(std::vector<double> size, std::vector<double> propensity)
    : size_(std::move(size)), propensity_(std::move(propensity)) {
  const std::size_t n = size_.size();
  SPLINTERNET_CHECK(propensity_.size() == n * n, propensity_.size(), n);
  for (std::size_t i = 0; i < n; ++i) {
    if (!(size_[i] > 0.0) || !std::isfinite(size_[i])) {
      throw DataError("landscape: the size of actor " + std::to_string(i) + " is not a finite number above 0");
    }
    for (std::size_t j = 0; j < n; ++j) {
      if (i != j && !std::isfinite(propensity_[i * n + j])) {
        throw DataError("landscape: the propensity of actors " + std::to_string(i) + " and " + std::to_string(j) +
                        " is not a finite number");
      }
    }
  }
}

void Landscape::require_symmetric() const {
  const std::size_t n = size_.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double one = propensity_[i * n + j], other = propensity_[j * n + i];
      if (one == other) continue;
      throw DataError("landscape: the propensity of actor " + std::to_string(i) + " to " + std::to_string(j) + " is " +
                      std::to_string(one) + ", that of " + std::to_string(j) + " to " + std::to_string(i) + " is " +
                      std::to_string(other) + "; energy needs them equal: take the mean, or ask for Nash partitions");
    }
  }
}

double Landscape::frustration(std::size_t actor, std::span<const std::uint8_t> alliance) const {
  SPLINTERNET_CHECK(alliance.size() == size_.size() && actor < size_.size(), alliance.size(), actor);
  double sum = 0.0;
  for (std::size_t j = 0; j < size_.size(); ++j) {
    if (alliance[j] != alliance[actor]) sum += size_[j] * propensity_[actor * size_.size() + j];
  }
  return sum;
}

double Landscape::energy(std::span<const std::uint8_t> alliance) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < size_.size(); ++i) sum += size_[i] * frustration(i, alliance);
  return sum;
}

void Landscape::attraction(std::size_t actor, std::span<const std::uint8_t> alliance,
                           std::span<double> attraction) const {
  std::fill(attraction.begin(), attraction.end(), 0.0);
  for (std::size_t j = 0; j < size_.size(); ++j) {
    if (j != actor) attraction[alliance[j]] += size_[j] * propensity_[actor * size_.size() + j];
  }
}

std::vector<double> energies(const Landscape& landscape, const PartitionSpace& space) {
  std::vector<double> energy(space.size());
  parallel::for_each_range(space.size(), kStatesPerTask, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint8_t> alliance(space.actors());
    for (std::size_t state = begin; state < end; ++state) {
      space.read(state, alliance);
      energy[state] = landscape.energy(alliance);
    }
  });
  return energy;
}

}  // namespace splinternet::coalition
