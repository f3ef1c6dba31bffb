#include "sim/coalition/partition_space.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

// Number of partitions of n actors into at most K alliances, or anything above kMostStates.
std::size_t number_of_partitions(std::size_t actors, std::size_t most_alliances) {
  std::vector<std::size_t> with_alliances(most_alliances + 1, 0);  // of the actors so far, by number of alliances
  with_alliances[0] = 1;
  std::size_t all = 1;
  for (std::size_t actor = 0; actor < actors && all <= kMostStates; ++actor) {
    all = 0;
    for (std::size_t k = most_alliances; k > 0; --k) {
      with_alliances[k] = k * with_alliances[k] + with_alliances[k - 1];
      all += with_alliances[k];
    }
    with_alliances[0] = 0;
  }
  return all;
}

// Moves on to the next restricted growth string with numbers below `base`; false after the last.
bool advance(std::vector<std::uint8_t>& alliance, std::size_t base) {
  for (std::size_t actor = alliance.size() - 1; actor > 0; --actor) {
    const std::uint8_t highest = *std::max_element(alliance.begin(), alliance.begin() + static_cast<long>(actor));
    if (alliance[actor] > highest || alliance[actor] + std::size_t{1} >= base) continue;
    ++alliance[actor];
    std::fill(alliance.begin() + static_cast<long>(actor) + 1, alliance.end(), std::uint8_t{0});
    return true;
  }
  return false;
}

}  // namespace

PartitionSpace::PartitionSpace(std::size_t actors, std::size_t most_alliances)
    : actors_(actors), base_(std::min(actors, most_alliances)) {
  if (actors == 0 || most_alliances == 0) throw DataError("landscape: it takes at least one actor and one alliance");
  const std::size_t count = number_of_partitions(actors, base_);
  if (count > kMostStates) {
    throw DataError("landscape: " + std::to_string(actors) + " actors in up to " + std::to_string(base_) +
                    " alliances have more than " + std::to_string(kMostStates) + " configurations to go through");
  }
  codes_.reserve(count);
  std::vector<std::uint8_t> alliance(actors, 0);
  do {
    std::uint64_t code = 0;
    for (const std::uint8_t digit : alliance) code = code * base_ + digit;
    codes_.push_back(code);
  } while (advance(alliance, base_));
  SPLINTERNET_CHECK(codes_.size() == count, codes_.size(), count);
}

std::size_t PartitionSpace::read(std::size_t state, std::span<std::uint8_t> alliance) const {
  SPLINTERNET_CHECK(state < codes_.size() && alliance.size() == actors_, state, alliance.size());
  std::uint64_t code = codes_[state];
  std::size_t highest = 0;
  for (std::size_t actor = actors_; actor-- > 0; code /= base_) {
    alliance[actor] = static_cast<std::uint8_t>(code % base_);
    highest = std::max<std::size_t>(highest, alliance[actor]);
  }
  return highest + 1;
}

std::size_t PartitionSpace::find(std::span<const std::uint8_t> alliance) const {
  SPLINTERNET_CHECK(alliance.size() == actors_, alliance.size(), actors_);
  constexpr std::uint8_t kUnseen = 255;
  std::array<std::uint8_t, 256> number;
  number.fill(kUnseen);
  std::uint8_t next = 0;
  std::uint64_t code = 0;
  for (const std::uint8_t name : alliance) {
    if (number[name] == kUnseen) {
      if (next == base_)
        throw DataError("landscape: a configuration has more than " + std::to_string(base_) + " alliances");
      number[name] = next++;
    }
    code = code * base_ + number[name];
  }
  const auto direct = static_cast<std::size_t>(code);
  if (code < codes_.size() && codes_[direct] == code) return direct;  // always so for K = 2
  return static_cast<std::size_t>(std::lower_bound(codes_.begin(), codes_.end(), code) - codes_.begin());
}

}  // namespace splinternet::coalition
