#include "sim/graph/bpr.hpp"

#include <cmath>
#include <sstream>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet {
namespace {

constexpr double kLargestWholePower = 64.0;

double whole_power(double value, int exponent) {
  double result = 1.0;
  while (exponent > 0) {
    if (exponent % 2 == 1) result *= value;
    exponent /= 2;
    if (exponent > 0) value *= value;
  }
  return result;
}

double checked(double cost, std::size_t link, double flow) {
  if (cost < __builtin_inf()) return cost;
  std::ostringstream text;
  text << "the cost of link " << link << " is not finite at a flow of " << flow
       << "; its capacity is too small for the demand";
  throw SolverError(text.str());
}

}  // namespace

LinkCosts::LinkCosts(const CongestedNetwork& network, RoutingPrinciple principle) {
  terms_.reserve(network.link_count());
  for (const CongestedLink& link : network.links()) {
    Term term{link.free_time + link.fixed_cost, link.free_time * link.b, 0.0, 1.0, 1};
    if (link.power == 0.0) {
      term.base += term.rise;  // (x/capacity)⁰ = 1
      term.rise = 0.0;
    }
    if (term.rise > 0.0) {
      if (principle == RoutingPrinciple::kSystemOptimum) term.rise *= 1.0 + link.power;
      term.inverse_capacity = 1.0 / link.capacity;
      term.power = link.power;
      const bool is_whole = link.power <= kLargestWholePower && std::floor(link.power) == link.power;
      term.whole_power = is_whole ? static_cast<int>(link.power) : -1;
    }
    terms_.push_back(term);
  }
}

double LinkCosts::lower_power(const Term& term, double ratio) {
  return term.whole_power > 0 ? whole_power(ratio, term.whole_power - 1) : math::pow(ratio, term.power - 1.0);
}

double LinkCosts::cost(std::size_t link, double flow) const {
  const Term& term = terms_[link];
  const double ratio = flow * term.inverse_capacity;
  return term.base + term.rise * (lower_power(term, ratio) * ratio);
}

double LinkCosts::slope(std::size_t link, double flow) const {
  const Term& term = terms_[link];
  return term.rise * term.power * term.inverse_capacity * lower_power(term, flow * term.inverse_capacity);
}

double LinkCosts::integral(std::size_t link, double flow) const {
  const Term& term = terms_[link];
  const double ratio = flow * term.inverse_capacity;
  return flow * (term.base + term.rise * (lower_power(term, ratio) * ratio) / (term.power + 1.0));
}

void LinkCosts::costs(std::span<const double> flow, std::span<double> cost) const {
  SPLINTERNET_CHECK(flow.size() == terms_.size() && cost.size() == terms_.size(), flow.size(), cost.size());
  for (std::size_t link = 0; link < terms_.size(); ++link) {
    cost[link] = checked(this->cost(link, flow[link]), link, flow[link]);
  }
}

void LinkCosts::costs_and_slopes(std::span<const double> flow, std::span<double> cost, std::span<double> slope) const {
  SPLINTERNET_CHECK(flow.size() == terms_.size() && cost.size() == terms_.size() && slope.size() == terms_.size(),
                    flow.size(), cost.size(), slope.size());
  for (std::size_t link = 0; link < terms_.size(); ++link) {
    const Term& term = terms_[link];
    const double ratio = flow[link] * term.inverse_capacity;
    const double lower = lower_power(term, ratio);
    cost[link] = checked(term.base + term.rise * (lower * ratio), link, flow[link]);
    slope[link] = term.rise * term.power * term.inverse_capacity * lower;
  }
}

double LinkCosts::objective(std::span<const double> flow) const {
  SPLINTERNET_CHECK(flow.size() == terms_.size(), flow.size());
  double sum = 0.0;
  for (std::size_t link = 0; link < terms_.size(); ++link) sum += integral(link, flow[link]);
  return sum;
}

}  // namespace splinternet
