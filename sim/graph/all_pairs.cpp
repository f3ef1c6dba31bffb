#include "sim/graph/all_pairs.hpp"

#include <algorithm>
#include <functional>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"

namespace splinternet {

namespace {

// "No path yet": the sum of two of these, or of two distances below it, still fits.
constexpr std::int32_t kFar = 0x3fffffff;

constexpr std::size_t kColumns = 1024;  // of a row at a time: five pieces of rows stay in the first-level cache

// Sources below one in so many nodes are solved one by one.
constexpr std::size_t kFew = 16;

// Rows of a power of two bytes would all fall into one set of the cache.
std::size_t padded(std::size_t nodes) {
  const std::size_t whole_lines = (nodes + 15) / 16 * 16;
  return whole_lines % 256 == 0 ? whole_lines + 16 : whole_lines;
}

std::uint64_t heaviest_path(const RoutingIndex& index) {
  std::vector<std::uint32_t> weights;
  for (std::size_t node = 0; node < index.node_count(); ++node) {
    for (const Arc& arc : index.arcs(node)) {
      if (arc.head > node) weights.push_back(arc.weight);
    }
  }
  // A path has at most N − 1 links.
  const std::size_t links = std::min(weights.size(), index.node_count() - 1);
  std::nth_element(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(links), weights.end(),
                   std::greater<>());
  std::uint64_t total = 0;
  for (std::size_t link = 0; link < links; ++link) total += weights[link];
  return total;
}

// Four rows at a time: each value of `out` is read and written once for four additions.
void lower_by_four(std::int32_t* __restrict out, std::size_t count, const std::int32_t* const* rows,
                   const std::int32_t* weights) {
  const std::int32_t* __restrict const row0 = rows[0];
  const std::int32_t* __restrict const row1 = rows[1];
  const std::int32_t* __restrict const row2 = rows[2];
  const std::int32_t* __restrict const row3 = rows[3];
  const std::int32_t weight0 = weights[0];
  const std::int32_t weight1 = weights[1];
  const std::int32_t weight2 = weights[2];
  const std::int32_t weight3 = weights[3];
  for (std::size_t column = 0; column < count; ++column) {
    const std::int32_t least01 = std::min(row0[column] + weight0, row1[column] + weight1);
    const std::int32_t least23 = std::min(row2[column] + weight2, row3[column] + weight3);
    out[column] = std::min(out[column], std::min(least01, least23));
  }
}

void lower_by_one(std::int32_t* __restrict out, std::size_t count, const std::int32_t* __restrict row,
                  std::int32_t weight) {
  for (std::size_t column = 0; column < count; ++column) out[column] = std::min(out[column], row[column] + weight);
}

}  // namespace

AllPairs::AllPairs(std::size_t node_count)
    : nodes_(node_count), stride_(padded(node_count)), order_(node_count), matrix_(node_count * stride_, kFar) {
  rows_.reserve(node_count);
  weights_.reserve(node_count);
}

void AllPairs::run(const RoutingIndex& index, std::span<std::uint32_t> distance) {
  SPLINTERNET_CHECK(index.node_count() == nodes_, index.node_count(), nodes_);
  SPLINTERNET_CHECK(distance.size() == nodes_ * nodes_, distance.size(), nodes_);
  operations_ = 0;
  if (nodes_ == 0) return;
  if (heaviest_path(index) >= static_cast<std::uint64_t>(kFar)) {
    run_each_source(index, distance);
    return;
  }
  order_.build(index);
  place_arcs(index);
  eliminate_by_lists();
  eliminate_core();
  bring_back();
  write_rows(distance);
}

void AllPairs::run_each_source(const RoutingIndex& index, std::span<std::uint32_t> distance) {
  RoutingQuery query(nodes_);
  for (std::uint32_t source = 0; source < nodes_; ++source) {
    query.run(index, source);
    std::copy(query.distance().begin(), query.distance().end(),
              distance.begin() + static_cast<std::ptrdiff_t>(source * nodes_));
  }
}

void AllPairs::place_arcs(const RoutingIndex& index) {
  for (std::size_t position = 0; position < nodes_; ++position) {
    std::int32_t* const mine = row(position);
    std::fill(mine, mine + position, kFar);
    mine[position] = 0;
    for (const Arc& arc : index.arcs(order_.nodes()[position])) {
      const std::uint32_t head = order_.positions()[arc.head];
      if (head < position) mine[head] = static_cast<std::int32_t>(arc.weight);
    }
  }
}

// A node that leaves joins the neighbours it leaves behind, two by two. Absorbing nodes join nobody.
void AllPairs::eliminate_by_lists() {
  for (std::size_t position = order_.passable_count(); position-- > order_.core();) {
    const std::int32_t* const mine = row(position);
    const std::span<const std::uint32_t> joined = order_.joined(position);
    for (std::size_t upper = 1; upper < joined.size(); ++upper) {
      std::int32_t* const theirs = row(joined[upper]);
      const std::int32_t weight = mine[joined[upper]];
      for (std::size_t lower = 0; lower < upper; ++lower) {
        const std::uint32_t column = joined[lower];
        theirs[column] = std::min(theirs[column], mine[column] + weight);
      }
      operations_ += upper;
    }
  }
}

// In the core a node takes in, at its turn, what all that left before it have to tell: whole rows at a time.
void AllPairs::eliminate_core() {
  for (std::size_t position = order_.core(); position-- > 0;) {
    rows_.clear();
    weights_.clear();
    for (std::size_t above = position + 1; above < order_.core(); ++above) {
      if (row(above)[position] == kFar) continue;
      rows_.push_back(static_cast<std::uint32_t>(above));
      weights_.push_back(row(above)[position]);
    }
    lower_row(row(position), position);
  }
}

void AllPairs::bring_back() {
  for (std::size_t position = 1; position < nodes_; ++position) {
    std::int32_t* const mine = row(position);
    rows_.clear();
    weights_.clear();
    if (position >= order_.core()) {
      const std::span<const std::uint32_t> joined = order_.joined(position);
      rows_.assign(joined.begin(), joined.end());
    } else {
      for (std::uint32_t below = 0; below < position; ++below) {
        if (mine[below] != kFar) rows_.push_back(below);
      }
    }
    for (const std::uint32_t below : rows_) weights_.push_back(mine[below]);
    lower_row(mine, position);
    for (std::size_t below = 0; below < position; ++below) row(below)[position] = mine[below];
  }
}

void AllPairs::lower_row(std::int32_t* out, std::size_t count) {
  operations_ += rows_.size() * count;
  for (std::size_t begin = 0; begin < count; begin += kColumns) {
    const std::size_t columns = std::min(kColumns, count - begin);
    std::size_t done = 0;
    for (; done + 4 <= rows_.size(); done += 4) {
      const std::int32_t* const four[] = {row(rows_[done]) + begin, row(rows_[done + 1]) + begin,
                                          row(rows_[done + 2]) + begin, row(rows_[done + 3]) + begin};
      lower_by_four(out + begin, columns, four, &weights_[done]);
    }
    for (; done < rows_.size(); ++done) lower_by_one(out + begin, columns, row(rows_[done]) + begin, weights_[done]);
  }
}

void AllPairs::write_rows(std::span<std::uint32_t> distance) const {
  const std::span<const std::uint32_t> position = order_.positions();
  for (std::size_t source = 0; source < nodes_; ++source) {
    const std::int32_t* const from = &matrix_[position[source] * stride_];
    std::uint32_t* const to = &distance[source * nodes_];
    for (std::size_t node = 0; node < nodes_; ++node) {
      const std::int32_t known = from[position[node]];
      to[node] = known == kFar ? kUnreachable : static_cast<std::uint32_t>(known);
    }
  }
}

std::vector<std::uint32_t> shortest_distances(const RoutingIndex& index, std::span<const std::uint32_t> sources) {
  const std::size_t n = index.node_count();
  std::vector<std::uint32_t> distance(sources.size() * n);
  const auto row_of = [&](std::size_t k) { return distance.begin() + static_cast<std::ptrdiff_t>(k * n); };
  if (sources.size() * kFew < n) {
    parallel::for_each_range(sources.size(), 1, [&](std::size_t begin, std::size_t end) {
      RoutingQuery query(n);
      for (std::size_t k = begin; k < end; ++k) {
        query.run(index, sources[k]);
        std::copy(query.distance().begin(), query.distance().end(), row_of(k));
      }
    });
    return distance;
  }
  std::vector<std::uint32_t> all(n * n);
  AllPairs(n).run(index, all);
  for (std::size_t k = 0; k < sources.size(); ++k) {
    SPLINTERNET_CHECK(sources[k] < n, sources[k], n);
    const auto from = all.begin() + static_cast<std::ptrdiff_t>(sources[k] * n);
    std::copy(from, from + static_cast<std::ptrdiff_t>(n), row_of(k));
  }
  return distance;
}

}  // namespace splinternet
