#include "sim/coalition/threshold_good.hpp"

#include <string>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet::coalition {

namespace {

// ln of the probability that one's own contribution decides, over c/V: one hump with its top at (M−1)/(N−1).
class LogAdvantage {
 public:
  LogAdvantage(std::size_t actors, std::size_t needed, double cost)
      : others_for_(static_cast<double>(needed - 1)), others_against_(static_cast<double>(actors - needed)) {
    offset_ = -math::log(cost);
    for (std::size_t k = 1; k < needed; ++k) {
      offset_ += math::log(static_cast<double>(actors - needed + k) / static_cast<double>(k));
    }
  }

  double operator()(double p) const {
    const double with = others_for_ == 0.0 ? 0.0 : others_for_ * math::log(p);
    const double against = others_against_ == 0.0 ? 0.0 : others_against_ * math::log(1.0 - p);
    return offset_ + with + against;
  }

  [[nodiscard]] double top() const { return others_for_ / (others_for_ + others_against_); }

 private:
  double others_for_, others_against_, offset_ = 0.0;
};

// The root between a place of negative and one of positive advantage, halving until nothing lies between.
double root(const LogAdvantage& advantage, double negative, double positive) {
  while (true) {
    const double middle = 0.5 * (negative + positive);
    if (middle == negative || middle == positive) return middle;
    (advantage(middle) < 0.0 ? negative : positive) = middle;
  }
}

}  // namespace

std::vector<double> threshold_good_equilibria(std::size_t actors, std::size_t needed, double cost) {
  if (actors < 2 || needed < 1 || needed > actors) {
    throw DataError("threshold public good: " + std::to_string(needed) + " of " + std::to_string(actors) +
                    " contributions; it takes at least two actors and between one and all contributions");
  }
  if (!(cost > 0.0 && cost < 1.0)) throw DataError("threshold public good: the cost c/V must lie between 0 and 1");
  const LogAdvantage advantage(actors, needed, cost);
  const double top = advantage.top();
  const double at_top = advantage(top);
  std::vector<double> equilibria;
  if (at_top < 0.0) return equilibria;
  if (at_top == 0.0) return {top};
  if (needed > 1) equilibria.push_back(root(advantage, 0.0, top));
  if (needed < actors) equilibria.push_back(root(advantage, 1.0, top));
  return equilibria;
}

}  // namespace splinternet::coalition
