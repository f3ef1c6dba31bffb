#include "sim/model/choice/steepest.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/model/choice/better_response.hpp"

namespace splinternet {

std::size_t choose_steepest(std::span<const double> utility, double tie_eps) {
  SPLINTERNET_CHECK(!utility.empty());
  const auto best = static_cast<std::size_t>(std::max_element(utility.begin(), utility.end()) - utility.begin());
  return is_better_reply(utility, best, tie_eps) ? best : 0;
}

}  // namespace splinternet
