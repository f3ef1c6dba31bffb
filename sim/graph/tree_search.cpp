#include "sim/graph/tree_search.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();
// Moves per node after which sorting by insertion gives way to a full sort.
constexpr std::size_t kMostMoves = 16;

bool is_forbidden(const std::vector<std::uint8_t>& flags, std::size_t index) {
  return !flags.empty() && flags[index] != 0;
}

}  // namespace

ArcsInto::ArcsInto(const CongestedNetwork& network, const AvoidSet& avoid)
    : first_(network.node_count() + 1, 0), may_pass_(network.node_count(), 1) {
  const auto links = network.links();
  std::vector<std::uint32_t> usable;
  for (std::uint32_t link = 0; link < links.size(); ++link) {
    if (!is_forbidden(avoid.link, link)) usable.push_back(link);
  }
  std::sort(usable.begin(), usable.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(links[a].head, links[a].tail, a) < std::tie(links[b].head, links[b].tail, b);
  });
  for (const std::uint32_t link : usable) {
    const bool is_parallel = !parallel_.empty() && links[parallel_.back()].head == links[link].head &&
                             links[parallel_.back()].tail == links[link].tail;
    if (!is_parallel) {
      ++first_[links[link].head + 1];
      tail_.push_back(links[link].tail);
      head_.push_back(links[link].head);
      first_parallel_.push_back(static_cast<std::uint32_t>(parallel_.size()));
    }
    parallel_.push_back(link);
  }
  first_parallel_.push_back(static_cast<std::uint32_t>(parallel_.size()));
  link_.resize(tail_.size());
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  cost_.resize(tail_.size(), 0.0);
  for (std::size_t node = 0; node < may_pass_.size(); ++node) {
    if (is_forbidden(avoid.transit, node)) may_pass_[node] = 0;
  }
  list_leaving();
}

void ArcsInto::list_leaving() {
  first_leaving_.assign(node_count() + 1, 0);
  for (const std::uint32_t tail : tail_) ++first_leaving_[tail + 1];
  std::partial_sum(first_leaving_.begin(), first_leaving_.end(), first_leaving_.begin());
  std::vector<std::uint32_t> next(first_leaving_.begin(), first_leaving_.end() - 1);
  leaving_.resize(tail_.size());
  for (std::uint32_t arc = 0; arc < tail_.size(); ++arc) leaving_[next[tail_[arc]]++] = arc;
}

std::span<const std::uint32_t> ArcsInto::leaving(std::size_t node) const {
  return std::span(leaving_).subspan(first_leaving_[node], first_leaving_[node + 1] - first_leaving_[node]);
}

void ArcsInto::set_costs(std::span<const double> link_cost) {
  for (std::size_t arc = 0; arc < link_.size(); ++arc) {
    link_[arc] = parallel_[first_parallel_[arc]];
    for (std::uint32_t n = first_parallel_[arc] + 1; n < first_parallel_[arc + 1]; ++n) {
      if (link_cost[parallel_[n]] < link_cost[link_[arc]]) link_[arc] = parallel_[n];
    }
    cost_[arc] = link_cost[link_[arc]];
  }
}

TreeSearch::TreeSearch(std::size_t node_count)
    : label_(node_count, kInfinity), leave_(node_count, kInfinity), seen_(node_count, 0) {}

void TreeSearch::run(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree) {
  SPLINTERNET_CHECK(arcs.node_count() == label_.size() && origin < label_.size(), arcs.node_count(), origin);
  if (tree.order.empty()) {
    spread(arcs, origin, tree);
  } else {
    relabel(arcs, origin, tree);
  }
  has_plateau_ = false;
  unsettled_ = 0.0;
  do {
    sort(tree.order);
  } while (improve(arcs, origin, tree));
  if (has_plateau_) settle_plateaus(arcs, origin, tree);
}

void TreeSearch::set_label(const ArcsInto& arcs, std::uint32_t origin, std::uint32_t node, double label) {
  label_[node] = label;
  leave_[node] = arcs.may_pass(node) || node == origin ? label : kInfinity;
}

void TreeSearch::relabel(const ArcsInto& arcs, std::uint32_t origin, const PathTree& tree) {
  for (const std::uint32_t node : tree.order) {
    const std::uint32_t arc = tree.arc[node];
    const double label = arc == kNoArc ? kInfinity : label_[arcs.tail(arc)] + arcs.cost(arc);
    set_label(arcs, origin, node, node == origin ? 0.0 : label);
  }
}

// Nodes leave the queue almost in the order of the tree: all but those that an arc of cost zero reaches late.
void TreeSearch::spread(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree) {
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  for (std::uint32_t node = 0; node < label_.size(); ++node) set_label(arcs, origin, node, kInfinity);
  tree.arc.assign(label_.size(), kNoArc);
  const auto reach = [&](std::uint32_t node, double label, std::uint32_t arc) {
    if (!(label < label_[node])) return;
    set_label(arcs, origin, node, label);
    tree.arc[node] = arc;
    queue.emplace(label, node);
  };
  reach(origin, 0.0, kNoArc);
  while (!queue.empty()) {
    const auto [label, node] = queue.top();
    queue.pop();
    if (label > label_[node]) continue;
    tree.order.push_back(node);
    if (!(leave_[node] < kInfinity)) continue;
    for (const std::uint32_t arc : arcs.leaving(node)) reach(arcs.head(arc), label + arcs.cost(arc), arc);
  }
  for (std::uint32_t node = 0; node < label_.size(); ++node) {
    if (!(label_[node] < kInfinity)) tree.order.push_back(node);
  }
}

bool TreeSearch::is_before(std::uint32_t a, std::uint32_t b) const {
  return label_[a] < label_[b] || (label_[a] == label_[b] && a < b);
}

void TreeSearch::sort(std::vector<std::uint32_t>& order) const {
  std::size_t moves = kMostMoves * order.size();
  for (std::size_t place = 1; place < order.size(); ++place) {
    const std::uint32_t node = order[place];
    std::size_t slot = place;
    for (; slot > 0 && is_before(node, order[slot - 1]) && moves > 0; --slot, --moves) order[slot] = order[slot - 1];
    order[slot] = node;
    if (moves == 0) {
      std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return is_before(a, b); });
      return;
    }
  }
}

std::uint32_t TreeSearch::best_arc_into(const ArcsInto& arcs, std::uint32_t node, std::uint32_t guess) const {
  const std::uint32_t first = arcs.first(node), end = arcs.first(node + 1);
  const auto reached = [&](std::uint32_t arc) { return leave_[arcs.tail(arc)] + arcs.cost(arc); };
  // Mostly the arc of the search before is still the best, which takes no hard-to-predict branches to see.
  if (guess != kNoArc && reached(guess) < kInfinity) {
    const double limit = reached(guess);
    unsigned beaten = 0;
    for (std::uint32_t arc = first; arc < guess; ++arc) beaten |= static_cast<unsigned>(reached(arc) <= limit);
    for (std::uint32_t arc = guess + 1; arc < end; ++arc) beaten |= static_cast<unsigned>(reached(arc) < limit);
    if (beaten == 0) return guess;
  }
  double best = kInfinity;
  std::uint32_t best_arc = kNoArc;
  for (std::uint32_t arc = first; arc < end; ++arc) {
    if (!(reached(arc) < best)) continue;
    best = reached(arc);
    best_arc = arc;
  }
  return best_arc;
}

// One pass in order of the labels. Costs are not negative, so a label that stays above all earlier ones cannot improve
// any of them; another pass is needed only if one falls below, and only from there.
bool TreeSearch::improve(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree) {
  double lowest_fall = kInfinity;
  double highest = 0.0;
  for (const std::uint32_t node : tree.order) {
    if (node == origin || label_[node] < unsettled_) continue;
    const std::uint32_t best_arc = best_arc_into(arcs, node, tree.arc[node]);
    tree.arc[node] = best_arc;
    if (best_arc == kNoArc) {
      highest = kInfinity;
      continue;
    }
    const double best = leave_[arcs.tail(best_arc)] + arcs.cost(best_arc);
    if (best < label_[node]) set_label(arcs, origin, node, best);
    if (best < highest) lowest_fall = std::min(lowest_fall, best);
    highest = std::max(highest, best);
    has_plateau_ = has_plateau_ || label_[arcs.tail(best_arc)] == best;
  }
  unsettled_ = lowest_fall;
  return lowest_fall < kInfinity;
}

void TreeSearch::settle_plateaus(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree) {
  std::fill(seen_.begin(), seen_.end(), std::uint8_t{0});
  seen_[origin] = 1;
  const std::size_t nodes = tree.order.size();
  for (std::size_t begin = 0; begin < nodes;) {
    std::size_t end = begin + 1;
    while (end < nodes && label_[tree.order[end]] == label_[tree.order[begin]]) ++end;
    if (label_[tree.order[begin]] < kInfinity) settle_plateau(arcs, origin, tree, begin, end);
    begin = end;
  }
}

// Nodes of one label: first those that a nearer node reaches, then, over arcs of cost zero, one after the other.
void TreeSearch::settle_plateau(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree, std::size_t begin,
                                std::size_t end) {
  const auto settle = [&](std::uint32_t node, auto&& may_follow) {
    for (std::uint32_t arc = arcs.first(node); arc < arcs.first(node + 1); ++arc) {
      const std::uint32_t tail = arcs.tail(arc);
      if (leave_[tail] + arcs.cost(arc) != label_[node] || !may_follow(tail)) continue;
      tree.arc[node] = arc;
      return true;
    }
    return false;
  };
  const auto at = [&](std::size_t place) { return tree.order.begin() + static_cast<std::ptrdiff_t>(place); };
  std::sort(at(begin), at(end));  // one order, whatever the searches before
  std::size_t settled = begin;
  // Moves the node at `place` to the end of the settled ones, the others keeping their order.
  const auto take = [&](std::size_t place) {
    seen_[tree.order[place]] = 1;
    std::rotate(at(settled), at(place), at(place + 1));
    ++settled;
  };
  for (std::size_t place = begin; place < end; ++place) {
    const std::uint32_t node = tree.order[place];
    const auto is_nearer = [&](std::uint32_t tail) { return label_[tail] < label_[node]; };
    if (node == origin || settle(node, is_nearer)) take(place);
  }
  while (settled < end) {
    std::size_t place = settled;
    while (place < end && !settle(tree.order[place], [&](std::uint32_t tail) { return seen_[tail] != 0; })) ++place;
    SPLINTERNET_CHECK(place < end, "no path to node", tree.order[settled]);
    take(place);
  }
}

}  // namespace splinternet
