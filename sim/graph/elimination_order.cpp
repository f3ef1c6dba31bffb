#include "sim/graph/elimination_order.hpp"

#include <algorithm>
#include <bit>

#include "sim/core/check.hpp"

namespace splinternet {

namespace {

constexpr std::size_t kWordBits = 64;

// Where the node of least degree is joined to a third of those left, filling in by lists saves nothing any more.
constexpr std::size_t kDense = 3;

}  // namespace

EliminationOrder::EliminationOrder(std::size_t node_count)
    : words_((node_count + kWordBits - 1) / kWordBits),
      joined_bits_(words_ * node_count, 0),
      degree_(node_count, 0),
      node_at_(node_count, kNoNode),
      position_(node_count, kNoNode) {
  left_.reserve(node_count);
  first_joined_.reserve(node_count + 1);
}

void EliminationOrder::build(const RoutingIndex& index) {
  SPLINTERNET_CHECK(index.node_count() == node_at_.size(), index.node_count(), node_at_.size());
  join_passable_neighbours(index);
  passable_count_ = left_.size();
  joined_.clear();
  first_joined_.assign(1, 0);
  join_absorbing_nodes(index);
  while (!left_.empty()) {
    const std::size_t slot = least_joined();
    const std::uint32_t node = left_[slot];
    if (degree_[node] * kDense > left_.size()) break;
    left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(slot));
    node_at_[left_.size()] = node;
    eliminate(node);
  }
  core_ = left_.size();
  std::copy(left_.begin(), left_.end(), node_at_.begin());
  for (std::size_t place = 0; place < node_at_.size(); ++place) {
    position_[node_at_[place]] = static_cast<std::uint32_t>(place);
  }
  for (std::uint32_t& node : joined_) node = position_[node];
  for (std::size_t place = 0; place + 1 < first_joined_.size(); ++place) {
    std::sort(joined_.begin() + first_joined_[place], joined_.begin() + first_joined_[place + 1]);
  }
}

std::span<const std::uint32_t> EliminationOrder::joined(std::size_t position) const {
  const std::size_t place = node_at_.size() - 1 - position;
  return std::span<const std::uint32_t>(joined_).subspan(first_joined_[place],
                                                         first_joined_[place + 1] - first_joined_[place]);
}

void EliminationOrder::join_passable_neighbours(const RoutingIndex& index) {
  left_.clear();
  std::fill(joined_bits_.begin(), joined_bits_.end(), 0);
  for (std::uint32_t node = 0; node < node_at_.size(); ++node) {
    if (!index.may_pass(node)) continue;
    left_.push_back(node);
    degree_[node] = 0;
    for (const Arc& arc : index.arcs(node)) {
      if (!index.may_pass(arc.head)) continue;
      joined_bits_[node * words_ + arc.head / kWordBits] |= std::uint64_t{1} << arc.head % kWordBits;
      ++degree_[node];
    }
  }
}

void EliminationOrder::join_absorbing_nodes(const RoutingIndex& index) {
  std::size_t position = node_at_.size();
  for (std::uint32_t node = 0; node < node_at_.size(); ++node) {
    if (index.may_pass(node)) continue;
    node_at_[--position] = node;
    for (const Arc& arc : index.arcs(node)) {
      if (index.may_pass(arc.head)) joined_.push_back(arc.head);
    }
    first_joined_.push_back(static_cast<std::uint32_t>(joined_.size()));
  }
}

std::size_t EliminationOrder::least_joined() const {
  std::size_t least = 0;
  for (std::size_t slot = 1; slot < left_.size(); ++slot) {
    if (degree_[left_[slot]] < degree_[left_[least]]) least = slot;
  }
  return least;
}

void EliminationOrder::eliminate(std::uint32_t node) {
  const std::uint64_t* const mine = &joined_bits_[node * words_];
  const std::size_t first = joined_.size();
  for (std::size_t word = 0; word < words_; ++word) {
    for (std::uint64_t bits = mine[word]; bits != 0; bits &= bits - 1) {
      joined_.push_back(
          static_cast<std::uint32_t>(word * kWordBits + static_cast<std::size_t>(std::countr_zero(bits))));
    }
  }
  first_joined_.push_back(static_cast<std::uint32_t>(joined_.size()));
  for (std::size_t place = first; place < joined_.size(); ++place) {
    const std::uint32_t neighbour = joined_[place];
    std::uint64_t* const theirs = &joined_bits_[neighbour * words_];
    for (std::size_t word = 0; word < words_; ++word) theirs[word] |= mine[word];
    theirs[neighbour / kWordBits] &= ~(std::uint64_t{1} << neighbour % kWordBits);
    theirs[node / kWordBits] &= ~(std::uint64_t{1} << node % kWordBits);
    degree_[neighbour] = 0;
    for (std::size_t word = 0; word < words_; ++word) {
      degree_[neighbour] += static_cast<std::uint32_t>(std::popcount(theirs[word]));
    }
  }
}

}  // namespace splinternet
