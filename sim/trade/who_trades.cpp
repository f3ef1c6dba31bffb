#include "sim/trade/who_trades.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/number_text.hpp"

namespace splinternet {
namespace {

constexpr double kPaymentTolerance = 1e-12;  // on what a part of the world owes, relative to what it spends

bool has_sellers(std::size_t countries, std::size_t sector, std::size_t importer, StillSells still_sells,
                 std::vector<char>& sells) {
  bool found = false;
  for (std::size_t i = 0; i < countries; ++i) {
    if (!still_sells(sector, i, importer)) continue;
    sells[i] = 1;
    found = true;
  }
  return found;
}

bool trade_with_each_other(std::size_t sectors, std::size_t one, std::size_t other, StillSells still_sells) {
  for (std::size_t s = 0; s < sectors; ++s) {
    if (still_sells(s, one, other) || still_sells(s, other, one)) return true;
  }
  return false;
}

/// All whom `first` trades with, directly or through others, itself included; marks them in `part` by its number.
std::vector<std::size_t> part_around(std::size_t first, std::size_t sectors, StillSells still_sells,
                                     std::vector<std::size_t>& part) {
  const std::size_t n = part.size();
  std::vector<std::size_t> members{first};
  part[first] = first;
  for (std::size_t head = 0; head < members.size(); ++head) {
    for (std::size_t j = 0; j < n; ++j) {
      if (part[j] != n || !trade_with_each_other(sectors, members[head], j, still_sells)) continue;
      part[j] = first;
      members.push_back(j);
    }
  }
  return members;
}

}  // namespace

void require_markets(const TradeBaseline& baseline, StillSells still_sells) {
  const std::size_t n = baseline.countries();
  std::vector<char> sells(n, 0);
  for (std::size_t s = 0; s < baseline.sectors(); ++s) {
    for (std::size_t j = 0; j < n; ++j) {
      if (has_sellers(n, s, j, still_sells, sells) || !(baseline.sector_expenditure()[s * n + j] > 0.0)) continue;
      throw SolverError("no trade equilibrium: " + baseline.name(j) + " can no longer buy anything in sector " +
                        std::to_string(s) + "; let it trade with someone who sells there, at home or abroad");
    }
  }
  const auto idle = std::find(sells.begin(), sells.end(), 0);
  if (idle == sells.end()) return;
  throw SolverError("no trade equilibrium: " + baseline.name(static_cast<std::size_t>(idle - sells.begin())) +
                    " can no longer sell to anyone; let it keep a market, at home or abroad");
}

void require_balance_apart(const TradeBaseline& baseline, StillSells still_sells) {
  const std::size_t n = baseline.countries();
  std::vector<std::size_t> part(n, n);
  for (std::size_t first = 0; first < n; ++first) {
    if (part[first] != n) continue;
    const std::vector<std::size_t> members = part_around(first, baseline.sectors(), still_sells, part);
    double deficit = 0.0, spending = 0.0;
    for (const std::size_t i : members) {
      deficit += baseline.deficit(i);
      spending += baseline.expenditure()[i];
    }
    if (members.size() == n || std::fabs(deficit) <= kPaymentTolerance * spending) continue;
    const auto outside = static_cast<std::size_t>(
        std::find_if(part.begin(), part.end(), [&](std::size_t of) { return of != first; }) - part.begin());
    throw SolverError("no trade equilibrium: " + baseline.name(first) +
                      " has no trade left, not even through others, " + "with " + baseline.name(outside) +
                      ", and on its side deficits of " + number_text(deficit) +
                      " remain that nobody can pay; let them trade or use closure kBalanced");
  }
}

}  // namespace splinternet
