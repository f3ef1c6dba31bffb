#include "sim/model/courting/cascade.hpp"

#include <algorithm>

#include "sim/core/math.hpp"
#include "sim/model/influence.hpp"
#include "sim/model/payoffs/peers.hpp"

namespace splinternet {

AccessionCascade::AccessionCascade(const World& world, std::size_t framework, const Prospects& prospects)
    : world_(world),
      framework_(framework),
      temperature_(world.derived.parameters(parameters::kTemperature)),
      utility_(prospects.utility),
      value_(world.countries(), 0.0),
      peers_in_(world.countries() * world.frameworks(), 0.0),
      dropped_(world.countries(), 0) {
  const std::vector<std::string>& terms = world.scenario().terms;
  if (std::find(terms.begin(), terms.end(), peers_term().name()) == terms.end()) return;
  if (!world.setting().influence || world.setting().influence->weight.empty()) return;
  for (std::uint32_t j = 0; j < world.countries(); ++j) {
    if (prospects.eligible[j] == 0) continue;
    order_.push_back(j);
    value_[j] = target_value(world, j);
    dropped_[j] = moves_to(world, j, accession_or_swap(world, j, framework)).dropped;
    for (std::size_t l = 0; l < world.frameworks(); ++l) {
      if (l == framework || contains(dropped_[j], l)) peers_in_[world.at(j, l)] = peer_share(world, j, l);
    }
  }
  const std::vector<std::uint32_t>& rank = world.setting().countries.rank;
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; });
}

double AccessionCascade::weight_of(std::size_t country, std::uint32_t peer) const {
  return world_.setting().influence->weight[country * world_.countries() + peer];
}

double AccessionCascade::rise_of_utility(std::size_t country, std::span<const std::uint32_t> acceding) const {
  const auto worth = [this](double share) { return worth_of_peers(world_, share); };
  double rise = 0.0;
  if (order_.empty()) return rise;
  for (std::size_t l = 0; l < world_.frameworks(); ++l) {
    if (l != framework_ && !contains(dropped_[country], l)) continue;
    double moving = 0.0;
    for (const std::uint32_t i : acceding) {
      if (l == framework_ || contains(dropped_[i], l)) moving += weight_of(country, i);
    }
    if (moving == 0.0) continue;
    const double share = peers_in_[world_.at(country, l)];
    rise +=
        l == framework_ ? worth(share + moving) - worth(share) : worth(share) - worth(std::max(0.0, share - moving));
  }
  return rise;
}

double AccessionCascade::rise_of_value(std::span<const std::uint32_t> acceding) const {
  double value = 0.0;
  for (const std::uint32_t j : order_) {
    if (std::find(acceding.begin(), acceding.end(), j) != acceding.end()) continue;
    const double rise = rise_of_utility(j, acceding);
    if (rise == 0.0) continue;
    value +=
        value_[j] * (math::logistic((utility_[j] + rise) / temperature_) - math::logistic(utility_[j] / temperature_));
  }
  return value;
}

}  // namespace splinternet
