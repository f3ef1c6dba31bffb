#include "sim/coalition/network_competition.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {
namespace {

/// One case of who sells: so many of the groups of each size.
struct SizeClass {
  std::size_t firms = 0;
  std::size_t groups = 0;
  std::size_t selling = 0;
};

class NetworkCompetition {
 public:
  NetworkCompetition(std::span<const std::size_t> sizes, double network_effect, double demand_less_cost)
      : sizes_(sizes), effect_(network_effect), demand_(demand_less_cost) {
    for (const std::size_t firms : sizes) {
      const auto known =
          std::find_if(classes_.begin(), classes_.end(), [&](const auto& c) { return c.firms == firms; });
      if (known == classes_.end()) {
        classes_.push_back({firms, 1, 0});
      } else {
        ++known->groups;
      }
    }
    std::sort(classes_.begin(), classes_.end(), [](const auto& a, const auto& b) { return a.firms > b.firms; });
  }

  std::vector<NetworkEquilibrium> equilibria() {
    if (excess(classes_.front().firms) < 0.0) {
      for (SizeClass& size : classes_) size.selling = size.groups;
      return {equilibrium()};
    }
    add_cases(0, [&](std::size_t firms) { return excess(firms) > 0.0; });
    add_cases(0, [&](std::size_t firms) { return excess(firms) == 0.0; });
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& a, const auto& b) { return selling_firms(a) > selling_firms(b); });
    return std::move(found_);
  }

 private:
  /// γ·m − 1: what a unit more of a group adds to what it may ask for, less what it takes.
  [[nodiscard]] double excess(std::size_t firms) const { return effect_ * static_cast<double>(firms) - 1.0; }

  static std::size_t selling_firms(const NetworkEquilibrium& equilibrium) {
    std::size_t firms = 0;
    for (const CompatibleGroup& group : equilibrium.groups) firms += group.output > 0.0 ? group.firms : 0;
    return firms;
  }

  /// All cases, but none where nobody sells, in which only groups of sizes that may sell do.
  void add_cases(std::size_t at, FunctionRef<bool(std::size_t)> may_sell) {
    if (at == classes_.size()) {
      const bool somebody = std::any_of(classes_.begin(), classes_.end(), [](const auto& c) { return c.selling > 0; });
      if (somebody) found_.push_back(equilibrium());
      return;
    }
    SizeClass& size = classes_[at];
    const std::size_t most = may_sell(size.firms) ? size.groups : 0;
    for (size.selling = most;; --size.selling) {
      add_cases(at + 1, may_sell);
      if (size.selling == 0) return;
    }
  }

  /// Among those who sell, x = (A − c − Q)/(1 − γm); with w = 1/|1 − γm|, Z = Σ m·w: Q = (A − c)·Z/(Z ± 1), + if all
  /// have γm < 1, − if all have γm > 1. With γm = 1 each, Q = A − c.
  [[nodiscard]] NetworkEquilibrium equilibrium() const {
    double firms = 0.0, sum = 0.0, sign = 1.0;
    bool is_critical = false;
    for (const SizeClass& size : classes_) {
      if (size.selling == 0) continue;
      const double own = excess(size.firms), all = static_cast<double>(size.firms * size.selling);
      firms += all;
      is_critical = own == 0.0;
      if (is_critical) continue;
      sign = own > 0.0 ? -1.0 : 1.0;
      sum += all / std::fabs(own);
    }
    NetworkEquilibrium result;
    std::vector<SizeClass> left = classes_;
    for (const std::size_t size : sizes_) {
      const auto own = std::find_if(left.begin(), left.end(), [&](const auto& c) { return c.firms == size; });
      double output = 0.0;
      if (own->selling > 0) {
        output = is_critical ? demand_ / firms : demand_ / (std::fabs(excess(size)) * (sum + sign));
        --own->selling;
      }
      result.groups.push_back({size, output});
      result.total += static_cast<double>(size) * output;
    }
    return result;
  }

  std::span<const std::size_t> sizes_;
  double effect_, demand_;
  std::vector<SizeClass> classes_;  ///< by falling size
  std::vector<NetworkEquilibrium> found_;
};

}  // namespace

double NetworkEquilibrium::total_surplus() const {
  double sum = consumer_surplus();
  for (const CompatibleGroup& group : groups) sum += static_cast<double>(group.firms) * profit(group);
  return sum;
}

std::vector<NetworkEquilibrium> network_equilibria(std::span<const std::size_t> group_sizes, double network_effect,
                                                   double demand_less_cost) {
  std::size_t firms = 0;
  for (const std::size_t size : group_sizes) {
    if (size == 0 || size > kMaxNetworkFirms) {
      throw DataError("network competition: a group of " + std::to_string(size) + " firms; it has 1 to " +
                      std::to_string(kMaxNetworkFirms));
    }
    firms += size;
    if (firms > kMaxNetworkFirms) break;
  }
  if (firms == 0 || firms > kMaxNetworkFirms) {
    throw DataError("network competition: there must be 1 to " + std::to_string(kMaxNetworkFirms) + " firms");
  }
  if (!(network_effect >= 0.0 && network_effect < 1.0)) {
    throw DataError("network competition: the network effect must be at least 0 and below 1");
  }
  if (!(demand_less_cost > 0.0 && std::isfinite(demand_less_cost))) {
    throw DataError("network competition: demand less cost must be positive and finite");
  }
  return NetworkCompetition(group_sizes, network_effect, demand_less_cost).equilibria();
}

}  // namespace splinternet::coalition
