#include "sim/model/transfers.hpp"

#include "sim/coalition/stability.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/framework_parameters.hpp"

namespace splinternet {
namespace {

bool sponsors_any(const World& world, std::size_t country) {
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (world.setting().frameworks.committed[k * world.countries() + country] != 0) return true;
  }
  return false;
}

/// Members that may leave, by code: the order of summation.
std::vector<std::uint32_t> parties(const World& world, std::size_t framework) {
  std::vector<std::uint32_t> row_of_rank(world.countries(), kNoCountry);
  for (std::uint32_t i = 0; i < world.countries(); ++i) {
    if (may_leave(world, i, framework)) row_of_rank[world.setting().countries.rank[i]] = i;
  }
  std::erase(row_of_rank, kNoCountry);
  return row_of_rank;
}

/// Whether the sum of the margins holds all, ties forgiven as they are in choices.
bool holds_all(const World& world, const std::vector<std::uint32_t>& members, const std::vector<double>& margin_busd) {
  const double tie_eps = world.derived.parameters(parameters::kTieEps);
  double surplus_busd = 0.0;
  double ties_busd = 0.0;
  for (const std::uint32_t i : members) {
    surplus_busd += margin_busd[i];
    ties_busd += tie_eps / 100.0 * world.setting().countries.gdp_busd[i];
  }
  return surplus_busd >= -ties_busd;
}

void share_out(World& world, std::size_t framework, Transfers transfers) {
  const std::vector<std::uint32_t> members = parties(world, framework);
  const std::vector<double> margin_busd = membership_margins_busd(world, framework);
  if (transfers == Transfers::kStability && !holds_all(world, members, margin_busd)) return;
  const auto shares =
      static_cast<TransferShares>(world.derived.parameters.choice(parameters::kTransferShares, framework));
  std::vector<double> margin;
  std::vector<double> weight;
  for (const std::uint32_t i : members) {
    margin.push_back(margin_busd[i]);
    weight.push_back(shares == TransferShares::kByGdp ? world.setting().countries.gdp_busd[i] : 1.0);
  }
  const std::vector<std::uint8_t> all(members.size(), 1);
  const std::vector<double> transfer = coalition::stabilising_transfers(all, margin, weight);
  for (std::size_t n = 0; n < members.size(); ++n) {
    world.members.transfer_busd[world.at(members[n], framework)] = transfer[n];
  }
}

}  // namespace

bool may_leave(const World& world, std::size_t country, std::size_t framework) {
  return contains(world.membership(country), framework) && world.setting().countries.chooses[country] != 0 &&
         !sponsors_any(world, country);
}

std::vector<double> membership_margins_busd(const World& world, std::size_t framework) {
  PricedOptions priced;
  for (const std::uint32_t i : parties(world, framework)) {
    priced.options.add(i, world.membership(i) & ~bit(framework));
  }
  price(world, priced);
  std::vector<double> margin_busd(world.countries(), 0.0);
  for (std::size_t n = 0; n < priced.options.size(); ++n) {
    const std::uint32_t i = priced.options.country[n];
    margin_busd[i] = -priced.total[n] / 100.0 * world.setting().countries.gdp_busd[i];
  }
  return margin_busd;
}

void settle_transfers(World& world) {
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    for (std::size_t i = 0; i < world.countries() && !world.members.transfer_busd.empty(); ++i) {
      world.members.transfer_busd[world.at(i, k)] = 0.0;
    }
    const auto transfers = static_cast<Transfers>(world.derived.parameters.choice(parameters::kTransfers, k));
    if (transfers != Transfers::kNone && world.frameworks_state.in_force[k] != 0) share_out(world, k, transfers);
  }
}

}  // namespace splinternet
