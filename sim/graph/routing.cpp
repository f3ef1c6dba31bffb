#include "sim/graph/routing.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet {

namespace {

constexpr std::uint32_t kDigits = 8;  // bits of one digit of the radix sort

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
      node_of_rank_(network.node_count(), kNoNode),
      may_pass_(network.node_count(), 1) {
  const std::size_t nodes = network.node_count();
  SPLINTERNET_CHECK(rank_.size() == nodes, "ranks:", rank_.size(), "nodes:", nodes);
  SPLINTERNET_CHECK(avoid.transit.empty() || avoid.transit.size() == nodes, avoid.transit.size(), nodes);
  SPLINTERNET_CHECK(avoid.link.empty() || avoid.link.size() == link_count_, avoid.link.size(), link_count_);
  for (std::size_t node = 0; node < nodes; ++node) {
    const std::uint32_t place = rank_[node];
    SPLINTERNET_CHECK(place < nodes && node_of_rank_[place] == kNoNode, "rank", place, "of node", node);
    node_of_rank_[place] = static_cast<std::uint32_t>(node);
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
  const auto better = [this](const Arc& a, const Arc& b) {
    return std::tie(rank_[a.head], a.weight, a.link) < std::tie(rank_[b.head], b.weight, b.link);
  };
  std::sort(arcs_.begin() + first, arcs_.end(), better);
  const auto same_head = [](const Arc& a, const Arc& b) { return a.head == b.head; };
  arcs_.erase(std::unique(arcs_.begin() + first, arcs_.end(), same_head), arcs_.end());
  for (auto arc = arcs_.begin() + first; arc != arcs_.end(); ++arc) has_zero_arcs_ = has_zero_arcs_ || arc->weight == 0;
  first_out_.push_back(static_cast<std::uint32_t>(arcs_.size()));
}

std::span<const Arc> RoutingIndex::arcs(std::size_t node) const {
  return std::span<const Arc>(arcs_).subspan(first_out_[node], first_out_[node + 1] - first_out_[node]);
}

RoutingQuery::RoutingQuery(std::size_t node_count)
    : distance_(node_count, kUnreachable),
      predecessor_(node_count, kNoNode),
      predecessor_link_(node_count, kNoNode),
      place_(node_count, kNoNode),
      carried_(node_count, 0.0) {
  settled_.reserve(node_count);
  scratch_.reserve(node_count);
  heap_.reserve(node_count);
}

void RoutingQuery::start(const RoutingIndex& index, std::uint32_t source) {
  SPLINTERNET_CHECK(index.node_count() == distance_.size(), index.node_count(), distance_.size());
  SPLINTERNET_CHECK(source < distance_.size(), source, distance_.size());
  index_ = &index;
  source_ = source;
}

void RoutingQuery::run(const RoutingIndex& index, std::uint32_t source) {
  start(index, source);
  std::fill(distance_.begin(), distance_.end(), kUnreachable);
  std::fill(place_.begin(), place_.end(), kNoNode);
  distance_[source] = 0;
  lower(source, heap_key(0, index.rank(source)));
  while (!heap_.empty()) {
    const std::uint32_t tail = pop();
    // A forbidden transit node absorbs: nothing leaves it unless the path starts there.
    if (!may_leave(tail)) continue;
    for (const Arc& arc : index.arcs(tail)) relax(tail, arc);
  }
  build_tree();
}

void RoutingQuery::follow(const RoutingIndex& index, std::uint32_t source, std::span<const std::uint32_t> distance) {
  start(index, source);
  SPLINTERNET_CHECK(distance.size() == distance_.size() && distance[source] == 0, distance.size(), distance_.size());
  std::copy(distance.begin(), distance.end(), distance_.begin());
  build_tree();
}

void RoutingQuery::relax(std::uint32_t tail, const Arc& arc) {
  // Back from the farthest node the sum may exceed what a path of N − 1 links can weigh, and 32 bits.
  const std::uint64_t reached = std::uint64_t{distance_[tail]} + arc.weight;
  if (reached >= distance_[arc.head]) return;
  distance_[arc.head] = static_cast<std::uint32_t>(reached);
  lower(arc.head, heap_key(distance_[arc.head], index_->rank(arc.head)));
}

void RoutingQuery::lower(std::uint32_t node, std::uint64_t key) {
  std::uint32_t slot = place_[index_->rank(node)];
  if (slot == kNoNode) {
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

void RoutingQuery::build_tree() {
  sort_by_distance();
  if (index_->has_zero_arcs()) delay_until_available();
  choose_predecessors();
}

// A radix sort, least significant digit first: stable, so nodes of one distance stay in order of rank.
void RoutingQuery::sort_by_distance() {
  settled_.clear();
  std::uint32_t farthest = 0;
  for (std::size_t rank = 0; rank < distance_.size(); ++rank) {
    const std::uint32_t node = index_->node_of_rank(rank);
    if (distance_[node] == kUnreachable) continue;
    farthest = std::max(farthest, distance_[node]);
    settled_.push_back(node);
  }
  scratch_.resize(settled_.size());
  for (std::uint32_t shift = 0; shift < 32 && farthest >> shift != 0; shift += kDigits) {
    const auto digit = [&](std::uint32_t node) { return (distance_[node] >> shift) & ((1U << kDigits) - 1U); };
    std::array<std::uint32_t, 1U << kDigits> next{};
    for (const std::uint32_t node : settled_) ++next[digit(node)];
    std::uint32_t begin = 0;
    for (std::uint32_t& first : next) begin += std::exchange(first, begin);
    for (const std::uint32_t node : settled_) scratch_[next[digit(node)]++] = node;
    settled_.swap(scratch_);
  }
}

void RoutingQuery::delay_until_available() {
  std::fill(place_.begin(), place_.end(), kNoNode);
  for (std::size_t begin = 0; begin < settled_.size();) {
    std::size_t end = begin + 1;
    while (end < settled_.size() && distance_[settled_[end]] == distance_[settled_[begin]]) ++end;
    delay_in_group(begin, end);
    begin = end;
  }
}

// Nodes of one distance, in order of rank: at each place the first that a tight arc reaches from a node settled before.
void RoutingQuery::delay_in_group(std::size_t begin, std::size_t end) {
  const auto is_available = [&](std::uint32_t node) {
    if (node == source_) return true;
    const auto arcs = index_->arcs(node);
    return std::any_of(arcs.begin(), arcs.end(), [&](const Arc& back) { return is_tight_into(node, back); });
  };
  for (std::size_t place = begin; place < end; ++place) {
    const auto here = settled_.begin() + static_cast<std::ptrdiff_t>(place);
    const auto next = std::find_if(here, settled_.begin() + static_cast<std::ptrdiff_t>(end), is_available);
    SPLINTERNET_CHECK(next != settled_.begin() + static_cast<std::ptrdiff_t>(end), "no path of length",
                      distance_[*here], "leads from", source_, "to", *here);
    std::rotate(here, next, next + 1);
    place_[settled_[place]] = static_cast<std::uint32_t>(place);
  }
}

// `back` leaves `head`; turned round, it is an arc into it. Only along an arc of length zero can the tail come later.
bool RoutingQuery::is_tight_into(std::uint32_t head, const Arc& back) const {
  const std::uint32_t tail = back.head;
  return may_leave(tail) && std::uint64_t{distance_[tail]} + back.weight == distance_[head] &&
         (back.weight != 0 || place_[tail] < place_[head]);
}

void RoutingQuery::choose_predecessors() {
  std::fill(predecessor_.begin(), predecessor_.end(), kNoNode);
  std::fill(predecessor_link_.begin(), predecessor_link_.end(), kNoNode);
  for (std::size_t place = 1; place < settled_.size(); ++place) {
    const std::uint32_t node = settled_[place];
    const std::span<const Arc> arcs = index_->arcs(node);
    // In order of rank: the first one is the one.
    const auto back = std::find_if(arcs.begin(), arcs.end(), [&](const Arc& arc) { return is_tight_into(node, arc); });
    SPLINTERNET_CHECK(back != arcs.end(), "no path of length", distance_[node], "leads from", source_, "to", node);
    predecessor_[node] = back->head;
    predecessor_link_[node] = back->link;
  }
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

void RoutingQuery::pass_on(std::uint32_t head, double arriving, std::span<double> link_load) {
  double ways = 0.0;
  for (const Arc& back : index_->arcs(head)) ways += is_tight_into(head, back) ? 1.0 : 0.0;
  for (const Arc& back : index_->arcs(head)) {
    if (!is_tight_into(head, back)) continue;
    carried_[back.head] += arriving / ways;
    if (!link_load.empty()) link_load[back.link] += arriving / ways;
  }
}

double RoutingQuery::accumulate_transit(std::span<const double> demand, std::span<double> transit,
                                        std::span<double> link_load, PathSplit split) {
  SPLINTERNET_CHECK(index_ != nullptr, "run() comes first");
  SPLINTERNET_CHECK(demand.size() == distance_.size(), demand.size(), distance_.size());
  SPLINTERNET_CHECK(transit.empty() || transit.size() == distance_.size(), transit.size(), distance_.size());
  SPLINTERNET_CHECK(link_load.empty() || link_load.size() == index_->link_count(), link_load.size(),
                    index_->link_count());
  std::fill(carried_.begin(), carried_.end(), 0.0);
  // A node is settled after its predecessors, so backwards all that it passes on has come when its turn comes.
  for (std::size_t place = settled_.size(); place > 1; --place) {
    const std::uint32_t node = settled_[place - 1];
    const double arriving = carried_[node] + demand[node];
    if (!transit.empty()) transit[node] += carried_[node];
    if (split == PathSplit::kEqualCost) {
      pass_on(node, arriving, link_load);
      continue;
    }
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
