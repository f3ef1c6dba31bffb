#include "sim/model/choice/best_response.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/model/choice/drawn_place.hpp"

namespace splinternet {

std::size_t choose_best_response(std::span<const double> utility, double tie_eps, OnTie on_tie, double uniform) {
  SPLINTERNET_CHECK(!utility.empty());
  const double best = *std::max_element(utility.begin(), utility.end());
  std::vector<std::size_t> tied;
  for (std::size_t n = 0; n < utility.size(); ++n) {
    if (utility[n] >= best - tie_eps) tied.push_back(n);
  }
  if (on_tie == OnTie::kRandom) {
    return tied[drawn_place(uniform, tied.size())];
  }
  // Options are in order with staying first: under kStay a tie with staying keeps the status quo.
  if (on_tie == OnTie::kLowest && tied.size() > 1 && tied.front() == 0) return tied[1];
  return tied.front();
}

}  // namespace splinternet
