#include "sim/graph/routing.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "sim/core/check.hpp"

namespace splinternet {

namespace {

// Marks in RoutingQuery::place_ of ranks that are not in the heap.
constexpr std::uint32_t kUnseen = 0xffffffffU;
constexpr std::uint32_t kSettled = 0xfffffffeU;

constexpr std::uint64_t heap_key(std::uint32_t distance, std::uint32_t rank) {
  return static_cast<std::uint64_t>(distance) << 32U | rank;
}

constexpr std::uint32_t rank_of_key(std::uint64_t key) {
  return static_cast<std::uint32_t>(key);
}

bool is_forbidden(const std::vector<std::uint8_t>& flags, std::size_t index) {
  return !flags.empty() && flags[index] != 0;
}

std::vector<std::uint32_t> ranks_or_rows(std::span<const std::uint32_t> rank, std::size_t node_count) {
  if (!rank.empty()) return {rank.begin(), rank.end()};
  std::vector<std::uint32_t> rows(node_count);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

}  // namespace

RoutingIndex::RoutingIndex(const Network& network, const AvoidSet& avoid, std::span<const std::uint32_t> rank)
    : link_count_(network.link_count()),
      rank_(ranks_or_rows(rank, network.node_count())),
      node_of_rank_(network.node_count(), kNone),
      may_pass_(network.node_count(), 1) {
  const std::size_t nodes = network.node_count();
  SPLINTERNET_CHECK(rank_.size() == nodes, "ranks:", rank_.size(), "nodes:", nodes);
  SPLINTERNET_CHECK(avoid.transit.empty() || avoid.transit.size() == nodes, avoid.transit.size(), nodes);
  SPLINTERNET_CHECK(avoid.link.empty() || avoid.link.size() == link_count_, avoid.link.size(), link_count_);
  for (std::size_t node = 0; node < nodes; ++node) {
    SPLINTERNET_CHECK(rank_[node] < nodes && node_of_rank_[rank_[node]] == kNone, "rank", rank_[node], "of node", node);
    node_of_rank_[rank_[node]] = static_cast<std::uint32_t>(node);
  }
  first_out_.reserve(nodes + 1);
  first_out_.push_back(0);
  arcs_.reserve(2 * link_count_);
  for (std::size_t node = 0; node < nodes; ++node) {
    if (is_forbidden(avoid.transit, node)) may_pass_[node] = 0;
    append_best_arcs(network.arcs(node), avoid.link);
  }
}

void RoutingIndex::append_best_arcs(std::span<const Arc> arcs, const std::vector<std::uint8_t>& forbidden_link) {
  const auto first = static_cast<std::ptrdiff_t>(arcs_.size());
  for (const Arc& arc : arcs) {
    if (!is_forbidden(forbidden_link, arc.link)) arcs_.push_back(arc);
  }
  const auto better = [](const Arc& a, const Arc& b) {
    return std::tie(a.head, a.weight, a.link) < std::tie(b.head, b.weight, b.link);
  };
  std::sort(arcs_.begin() + first, arcs_.end(), better);
  const auto same_head = [](const Arc& a, const Arc& b) { return a.head == b.head; };
  arcs_.erase(std::unique(arcs_.begin() + first, arcs_.end(), same_head), arcs_.end());
  first_out_.push_back(static_cast<std::uint32_t>(arcs_.size()));
}

std::span<const Arc> RoutingIndex::arcs(std::size_t node) const {
  return std::span<const Arc>(arcs_).subspan(first_out_[node], first_out_[node + 1] - first_out_[node]);
}

RoutingQuery::RoutingQuery(std::size_t node_count)
    : distance_(node_count, kUnreachable),
      predecessor_(node_count, kNone),
      predecessor_link_(node_count, kNone),
      place_(node_count, kUnseen),
      carried_(node_count, 0.0) {
  settled_.reserve(node_count);
  heap_.reserve(node_count);
}

void RoutingQuery::run(const RoutingIndex& index, std::uint32_t source) {
  SPLINTERNET_CHECK(index.node_count() == distance_.size(), index.node_count(), distance_.size());
  SPLINTERNET_CHECK(source < distance_.size(), source, distance_.size());
  index_ = &index;
  source_ = source;
  std::fill(distance_.begin(), distance_.end(), kUnreachable);
  std::fill(predecessor_.begin(), predecessor_.end(), kNone);
  std::fill(predecessor_link_.begin(), predecessor_link_.end(), kNone);
  std::fill(place_.begin(), place_.end(), kUnseen);
  settled_.clear();

  distance_[source] = 0;
  lower(source, heap_key(0, index.rank(source)));
  while (!heap_.empty()) {
    const std::uint32_t tail = pop();
    settled_.push_back(tail);
    // A forbidden transit node absorbs: nothing leaves it unless the path starts there.
    if (tail != source && !index.may_pass(tail)) continue;
    for (const Arc& arc : index.arcs(tail)) relax(tail, arc);
  }
}

void RoutingQuery::relax(std::uint32_t tail, const Arc& arc) {
  const std::uint32_t head = arc.head;
  const std::uint32_t reached = distance_[tail] + arc.weight;
  if (reached > distance_[head]) return;
  if (reached == distance_[head]) {
    // A node already settled keeps its predecessor: otherwise links of length zero could close a circle.
    if (place_[index_->rank(head)] == kSettled) return;
    if (index_->rank(tail) > index_->rank(predecessor_[head])) return;
  }
  predecessor_[head] = tail;
  predecessor_link_[head] = arc.link;
  if (reached == distance_[head]) return;
  distance_[head] = reached;
  lower(head, heap_key(reached, index_->rank(head)));
}

void RoutingQuery::lower(std::uint32_t node, std::uint64_t key) {
  std::uint32_t slot = place_[index_->rank(node)];
  if (slot == kUnseen) {
    slot = static_cast<std::uint32_t>(heap_.size());
    heap_.push_back(key);
  }
  while (slot > 0) {
    const std::uint32_t parent = (slot - 1) / 2;
    if (heap_[parent] < key) break;
    heap_[slot] = heap_[parent];
    place_[rank_of_key(heap_[slot])] = slot;
    slot = parent;
  }
  heap_[slot] = key;
  place_[rank_of_key(key)] = slot;
}

std::uint32_t RoutingQuery::pop() {
  const std::uint32_t lowest = rank_of_key(heap_.front());
  place_[lowest] = kSettled;
  const std::uint64_t last = heap_.back();
  heap_.pop_back();
  const std::size_t size = heap_.size();
  if (size > 0) {
    std::size_t slot = 0;
    for (std::size_t child = 1; child < size; child = 2 * slot + 1) {
      if (child + 1 < size && heap_[child + 1] < heap_[child]) ++child;
      if (last < heap_[child]) break;
      heap_[slot] = heap_[child];
      place_[rank_of_key(heap_[slot])] = static_cast<std::uint32_t>(slot);
      slot = child;
    }
    heap_[slot] = last;
    place_[rank_of_key(last)] = static_cast<std::uint32_t>(slot);
  }
  return index_->node_of_rank(lowest);
}

Path RoutingQuery::path(std::uint32_t target) const {
  SPLINTERNET_CHECK(target < distance_.size(), target, distance_.size());
  Path path;
  if (distance_[target] == kUnreachable) return path;
  for (std::uint32_t node = target; node != source_; node = predecessor_[node]) {
    path.nodes.push_back(node);
    path.links.push_back(predecessor_link_[node]);
  }
  path.nodes.push_back(source_);
  std::reverse(path.nodes.begin(), path.nodes.end());
  std::reverse(path.links.begin(), path.links.end());
  return path;
}

double RoutingQuery::accumulate_transit(std::span<const double> demand, std::span<double> transit,
                                        std::span<double> link_load) {
  SPLINTERNET_CHECK(index_ != nullptr, "run() comes first");
  SPLINTERNET_CHECK(demand.size() == distance_.size(), demand.size(), distance_.size());
  SPLINTERNET_CHECK(transit.empty() || transit.size() == distance_.size(), transit.size(), distance_.size());
  SPLINTERNET_CHECK(link_load.empty() || link_load.size() == index_->link_count(), link_load.size(),
                    index_->link_count());
  std::fill(carried_.begin(), carried_.end(), 0.0);
  // A node is settled after its predecessor, so backwards every subtree is complete when its root comes.
  for (std::size_t place = settled_.size(); place > 1; --place) {
    const std::uint32_t node = settled_[place - 1];
    const double arriving = carried_[node] + demand[node];
    if (!transit.empty()) transit[node] += carried_[node];
    if (!link_load.empty()) link_load[predecessor_link_[node]] += arriving;
    carried_[predecessor_[node]] += arriving;
  }
  double lost = 0.0;
  for (std::size_t rank = 0; rank < distance_.size(); ++rank) {
    const std::uint32_t node = index_->node_of_rank(rank);
    if (distance_[node] == kUnreachable) lost += demand[node];
  }
  return lost;
}

}  // namespace splinternet
