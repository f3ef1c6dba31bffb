#include "sim/metrics/leiden.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"

namespace splinternet::metrics {

namespace {

using Labels = std::vector<std::uint32_t>;

// A move must raise modularity by more than this: far above rounding, so that moves cannot go in circles.
constexpr double kLeastGain = 1e-12;

// Gains in the unit of the flows: what nodes exchange less γ/m times the strengths expected to meet.
struct Objective {
  double scale = 0.0;  // γ/m
  double least = 0.0;  // kLeastGain in the unit of the flows

  [[nodiscard]] double expected(double out_a, double in_a, double out_b, double in_b) const {
    return scale * (out_a * in_b + in_a * out_b);
  }
};

// What one node exchanges with each group around it.
class Surroundings {
 public:
  explicit Surroundings(std::size_t groups) : flow_(groups, 0.0) {}

  void gather(const FlowGraph& graph, std::uint32_t node, const Labels& group) {
    for (const std::uint32_t one : touched_) flow_[one] = 0.0;
    touched_.clear();
    const auto neighbours = graph.neighbours(node);
    const auto exchanged = graph.exchanged(node);
    for (std::size_t arc = 0; arc < neighbours.size(); ++arc) {
      const std::uint32_t one = group[neighbours[arc]];
      if (flow_[one] == 0.0) touched_.push_back(one);
      flow_[one] += exchanged[arc];
    }
  }

  [[nodiscard]] double flow(std::uint32_t group) const { return flow_[group]; }
  [[nodiscard]] const std::vector<std::uint32_t>& groups() const { return touched_; }

 private:
  std::vector<double> flow_;
  std::vector<std::uint32_t> touched_;
};

// Out- and in-strength and number of nodes by group.
struct Sums {
  explicit Sums(std::size_t groups) : out(groups, 0.0), in(groups, 0.0), size(groups, 0) {}

  void add(const FlowGraph& graph, std::uint32_t node, std::uint32_t group) {
    out[group] += graph.out_strength(node);
    in[group] += graph.in_strength(node);
    ++size[group];
  }
  void remove(const FlowGraph& graph, std::uint32_t node, std::uint32_t group) {
    out[group] -= graph.out_strength(node);
    in[group] -= graph.in_strength(node);
    if (--size[group] == 0) out[group] = in[group] = 0.0;  // no residue of rounding in an empty group
  }

  std::vector<double> out;
  std::vector<double> in;
  std::vector<std::uint32_t> size;
};

// The first phase: nodes move to the neighbouring community, or to one of their own, that gains most. A node is looked
// at again when a neighbour has left its community.
class LocalMoving {
 public:
  LocalMoving(const FlowGraph& graph, const Objective& objective, Labels& label)
      : graph_(graph), objective_(objective), label_(label), sums_(label.size()), around_(label.size()) {
    for (std::uint32_t node = 0; node < label.size(); ++node) sums_.add(graph, node, label[node]);
    for (std::uint32_t group = 0; group < label.size(); ++group) {
      if (sums_.size[group] == 0) empty_.push_back(group);
    }
  }

  void run(Labels queue) {
    std::vector<std::uint8_t> waiting(queue.size(), 1);
    std::size_t head = 0;
    for (std::size_t left = queue.size(); left > 0;) {
      const std::uint32_t node = queue[head];
      head = head + 1 == queue.size() ? 0 : head + 1;
      --left;
      waiting[node] = 0;
      if (!move(node)) continue;
      for (const std::uint32_t other : graph_.neighbours(node)) {
        if (waiting[other] != 0 || label_[other] == label_[node]) continue;
        waiting[other] = 1;
        queue[(head + left++) % queue.size()] = other;
      }
    }
  }

 private:
  [[nodiscard]] double gain(std::uint32_t node, std::uint32_t group) const {
    return around_.flow(group) -
           objective_.expected(graph_.out_strength(node), graph_.in_strength(node), sums_.out[group], sums_.in[group]);
  }

  bool move(std::uint32_t node) {
    around_.gather(graph_, node, label_);
    const std::uint32_t own = label_[node];
    sums_.remove(graph_, node, own);
    std::uint32_t best = own;
    double most = gain(node, own) + objective_.least;
    for (const std::uint32_t group : around_.groups()) {
      if (group == own) continue;
      const double here = gain(node, group);
      if (here < most || (here == most && (best == own || group > best))) continue;
      best = group;
      most = here;
    }
    if (most < 0.0 && !empty_.empty()) best = empty_.back();
    if (best != own && sums_.size[best] == 0) empty_.pop_back();
    if (best != own && sums_.size[own] == 0) empty_.push_back(own);
    sums_.add(graph_, node, best);
    label_[node] = best;
    return best != own;
  }

  const FlowGraph& graph_;
  const Objective& objective_;
  Labels& label_;
  Sums sums_;
  Surroundings around_;
  std::vector<std::uint32_t> empty_;
};

// The second phase: within each community, single nodes join groups as long as both hang together well enough with the
// rest of the community. The groups are the nodes of the next level; each is connected.
class Refinement {
 public:
  Refinement(const FlowGraph& graph, const Objective& objective, const Labels& community)
      : graph_(graph),
        objective_(objective),
        community_(community),
        group_(community.size()),
        communities_(community.size()),
        groups_(community.size()),
        to_rest_(community.size(), 0.0),
        around_(community.size()) {
    std::iota(group_.begin(), group_.end(), 0U);
    for (std::uint32_t node = 0; node < community.size(); ++node) {
      communities_.add(graph, node, community[node]);
      groups_.add(graph, node, node);
      const auto neighbours = graph.neighbours(node);
      const auto exchanged = graph.exchanged(node);
      for (std::size_t arc = 0; arc < neighbours.size(); ++arc) {
        to_rest_[node] += community[neighbours[arc]] == community[node] ? exchanged[arc] : 0.0;
      }
    }
  }

  Labels run(const Labels& order) {
    for (const std::uint32_t node : order) {
      if (groups_.size[node] == 1 && hangs_together(node)) join(node);
    }
    return std::move(group_);
  }

 private:
  // Does the group exchange with the rest of its community at least what is expected?
  [[nodiscard]] bool hangs_together(std::uint32_t group) const {
    const std::uint32_t whole = community_[group];
    const double rest_out = communities_.out[whole] - groups_.out[group];
    const double rest_in = communities_.in[whole] - groups_.in[group];
    return to_rest_[group] + objective_.least >=
           objective_.expected(groups_.out[group], groups_.in[group], rest_out, rest_in);
  }

  void join(std::uint32_t node) {
    around_.gather(graph_, node, group_);
    std::uint32_t best = node;
    double most = 0.0;
    for (const std::uint32_t group : around_.groups()) {
      if (community_[group] != community_[node]) continue;
      const double gain = around_.flow(group) - objective_.expected(groups_.out[node], groups_.in[node],
                                                                    groups_.out[group], groups_.in[group]);
      if (gain < most || (gain == most && best != node && group > best) || !hangs_together(group)) continue;
      best = group;
      most = gain;
    }
    if (best == node) return;
    groups_.remove(graph_, node, node);
    groups_.add(graph_, node, best);
    to_rest_[best] += to_rest_[node] - 2.0 * around_.flow(best);
    group_[node] = best;
  }

  const FlowGraph& graph_;
  const Objective& objective_;
  const Labels& community_;
  Labels group_;
  Sums communities_;
  Sums groups_;
  std::vector<double> to_rest_;  // by group: what it exchanges with the rest of its community
  Surroundings around_;
};

std::uint32_t count_of(const Labels& canonical) {
  std::uint32_t count = 0;
  for (const std::uint32_t label : canonical) count = std::max(count, label + 1);
  return count;
}

// One way to begin: the division and where the node orders come from.
struct Start {
  Labels label;
  std::uint32_t number = 0;
  bool random = false;
};

class Leiden {
 public:
  Leiden(const FlowGraph& graph, const PartitionSearch& search)
      : graph_(graph), search_(search), objective_{search.resolution / graph.total(), kLeastGain * graph.total()} {}

  // Repeats the algorithm from its own result until nothing gains. Connected parts of a community that do not exchange
  // anything are then told apart, which never lowers modularity.
  [[nodiscard]] std::pair<double, Labels> improve(const Start& start) const {
    // Each step gains, so what rounding says against it is overruled.
    double quality = modularity(graph_, start.label, search_.resolution);
    Labels label = start.label;
    for (std::uint32_t repetition = 0;; ++repetition) {
      label = connected_parts(pass(label, start, repetition));
      const double next = modularity(graph_, label, search_.resolution);
      const bool stable = next <= quality + kLeastGain;
      quality = std::max(quality, next);
      if (stable) return {quality, std::move(label)};
    }
  }

 private:
  [[nodiscard]] Labels order(std::size_t nodes, const Start& start, std::uint32_t repetition,
                             std::uint32_t level) const {
    Labels sorted(nodes);
    std::iota(sorted.begin(), sorted.end(), 0U);
    if (!start.random) return sorted;
    std::vector<std::uint64_t> key(nodes);
    for (std::uint32_t node = 0; node < nodes; ++node) {
      key[node] =
          Draws(search_.seed, search_.purpose, repetition, node, static_cast<std::uint16_t>(start.number)).bits(level);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) { return key[a] < key[b]; });
    return sorted;
  }

  [[nodiscard]] Labels pass(Labels label, const Start& start, std::uint32_t repetition) const {
    Labels place(graph_.node_count());  // of each node in the graph of the level
    std::iota(place.begin(), place.end(), 0U);
    std::optional<FlowGraph> merged;
    for (std::uint32_t level = 0;; ++level) {
      const FlowGraph& graph = merged ? *merged : graph_;
      const Labels queue = order(graph.node_count(), start, repetition, level);
      LocalMoving(graph, objective_, label).run(queue);
      label = canonical_labels(label);
      if (count_of(label) == graph.node_count()) break;
      const Labels group = canonical_labels(Refinement(graph, objective_, label).run(queue));
      const std::uint32_t groups = count_of(group);
      if (groups == graph.node_count()) break;
      Labels next(groups);
      for (std::size_t node = 0; node < group.size(); ++node) next[group[node]] = label[node];
      merged = graph.merged(group, groups);
      for (std::uint32_t& node : place) node = group[node];
      label = std::move(next);
    }
    for (std::uint32_t& node : place) node = label[node];
    return place;
  }

  [[nodiscard]] Labels connected_parts(const Labels& label) const {
    constexpr std::uint32_t kUnseen = 0xffffffffU;
    Labels part(label.size(), kUnseen);
    Labels frontier;
    std::uint32_t parts = 0;
    for (std::uint32_t first = 0; first < label.size(); ++first) {
      if (part[first] != kUnseen) continue;
      part[first] = parts;
      frontier.push_back(first);
      while (!frontier.empty()) {
        const std::uint32_t node = frontier.back();
        frontier.pop_back();
        for (const std::uint32_t other : graph_.neighbours(node)) {
          if (part[other] != kUnseen || label[other] != label[node]) continue;
          part[other] = parts;
          frontier.push_back(other);
        }
      }
      ++parts;
    }
    return part;
  }

  const FlowGraph& graph_;
  const PartitionSearch& search_;
  Objective objective_;
};

std::vector<Start> starts_of(std::size_t nodes, const Labels& reference, std::size_t random_starts) {
  Labels singles(nodes);
  std::iota(singles.begin(), singles.end(), 0U);
  std::vector<Start> starts = {{singles}, {Labels(nodes, 0)}};
  if (!reference.empty()) starts.push_back({reference});
  for (std::uint32_t number = 0; number < random_starts; ++number) starts.push_back({singles, number, true});
  return starts;
}

}  // namespace

BestPartition best_partition(const FlowGraph& graph, const PartitionSearch& search) {
  const std::size_t n = graph.node_count();
  SPLINTERNET_CHECK(search.resolution > 0.0 && std::isfinite(search.resolution), search.resolution);
  SPLINTERNET_CHECK(search.random_starts <= 0xffffU, search.random_starts);
  SPLINTERNET_CHECK(search.reference.empty() || search.reference.size() == n, search.reference.size(), n);
  Labels reference;
  for (const std::uint32_t row : graph.rows()) {
    if (!search.reference.empty()) reference.push_back(search.reference[row]);
  }
  reference = canonical_labels(reference);
  Labels best(n);
  std::iota(best.begin(), best.end(), 0U);
  double quality = 0.0;
  if (graph.total() > 0.0) {
    const std::vector<Start> starts = starts_of(n, reference, search.random_starts);
    std::vector<std::pair<double, Labels>> found(starts.size());
    const Leiden leiden(graph, search);
    parallel::for_each_range(starts.size(), 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t start = begin; start < end; ++start) found[start] = leiden.improve(starts[start]);
    });
    const auto most =
        std::max_element(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    quality = most->first;
    best = most->second;
  }
  BestPartition result{Labels(n), count_of(best), quality, {}};
  if (!search.reference.empty()) {
    result.reference = {modularity(graph, reference, search.resolution), compare_partitions(best, reference)};
  }
  for (std::size_t node = 0; node < n; ++node) result.label[graph.rows()[node]] = best[node];
  return result;
}

}  // namespace splinternet::metrics
