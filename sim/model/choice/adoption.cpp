#include "sim/model/choice/adoption.hpp"

#include "sim/core/check.hpp"

namespace splinternet {

Adoption adoption_at(std::span<const PolicyPoint> table, double share) {
  SPLINTERNET_CHECK(!table.empty());
  std::size_t n = 0;
  while (n < table.size() && table[n].share <= share) ++n;
  if (n == 0) return {table.front().accede, table.front().withdraw};
  if (n == table.size()) return {table.back().accede, table.back().withdraw};
  const PolicyPoint& low = table[n - 1];
  const PolicyPoint& high = table[n];
  const double part = (share - low.share) / (high.share - low.share);
  return {low.accede + part * (high.accede - low.accede), low.withdraw + part * (high.withdraw - low.withdraw)};
}

}  // namespace splinternet
