#include "sim/model/choice/better_response.hpp"

#include <vector>

#include "sim/core/check.hpp"
#include "sim/model/choice/drawn_place.hpp"

namespace splinternet {

bool is_better_reply(std::span<const double> utility, std::size_t option, double tie_eps) {
  return option != 0 && utility[option] > utility[0] + tie_eps;
}

std::size_t choose_better_response(std::span<const double> utility, double tie_eps, OnTie on_tie, double uniform) {
  SPLINTERNET_CHECK(!utility.empty());
  std::vector<std::size_t> better;
  std::vector<std::size_t> tied{0};
  for (std::size_t n = 1; n < utility.size(); ++n) {
    if (is_better_reply(utility, n, tie_eps)) {
      better.push_back(n);
    } else if (utility[n] >= utility[0] - tie_eps) {
      tied.push_back(n);
    }
  }
  if (!better.empty()) return better[drawn_place(uniform, better.size())];
  if (on_tie == OnTie::kRandom) return tied[drawn_place(uniform, tied.size())];
  return on_tie == OnTie::kLowest && tied.size() > 1 ? tied[1] : 0;
}

}  // namespace splinternet
