#include "sim/coalition/regular_graphs.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

constexpr std::uint64_t kMost = 0xffffffffULL;

void check_size(std::uint64_t count, std::uint64_t times) {
  if (times != 0 && count > kMost / times) {
    throw DataError("graph: more than " + std::to_string(kMost) + " actors or pairs");
  }
}

using Steps = std::vector<std::int64_t>;  // along each axis

// Steps to half of the neighbours of a cell; the other half sees the cell by the same steps.
std::vector<Steps> half_of_neighbourhood(std::size_t axes, Neighbourhood neighbourhood, std::int64_t reach) {
  std::vector<Steps> half;
  Steps steps(axes, -reach);
  while (true) {
    std::int64_t sum = 0;
    for (const std::int64_t step : steps) sum += step < 0 ? -step : step;
    const auto moved = std::find_if(steps.begin(), steps.end(), [](std::int64_t step) { return step != 0; });
    if (moved != steps.end() && *moved > 0 && (neighbourhood == Neighbourhood::kMoore || sum <= reach)) {
      half.push_back(steps);
    }
    std::size_t axis = 0;
    while (axis < axes && ++steps[axis] > reach) steps[axis++] = -reach;
    if (axis == axes) return half;
  }
}

std::size_t cell_after(std::span<const std::int64_t> at, const Steps& steps, std::span<const std::size_t> sides) {
  std::size_t cell = 0;
  for (std::size_t axis = 0; axis < sides.size(); ++axis) {
    const auto side = static_cast<std::int64_t>(sides[axis]);
    cell = cell * sides[axis] + static_cast<std::size_t>((at[axis] + steps[axis] + side) % side);
  }
  return cell;
}

std::size_t cells_of(std::span<const std::size_t> sides, std::size_t reach) {
  if (sides.empty()) throw DataError("torus: at least one side is needed");
  if (reach < 1) throw DataError("torus: the reach must be at least 1");
  std::uint64_t cells = 1;
  for (const std::size_t side : sides) {
    if (side == 0 || (side - 1) / 2 < reach) {
      throw DataError("torus: a side of " + std::to_string(side) + " is too short for a reach of " +
                      std::to_string(reach) + "; neighbours would meet twice");
    }
    check_size(cells, side);
    cells *= side;
  }
  return static_cast<std::size_t>(cells);
}

// Sorts the rows and closes them up where a peer came twice.
void keep_once(SparseGraph& graph) {
  auto end = graph.peer.begin();
  for (std::size_t actor = 0; actor < graph.nodes(); ++actor) {
    const auto begin = graph.peer.begin() + static_cast<std::ptrdiff_t>(graph.first[actor]);
    const auto stop = graph.peer.begin() + static_cast<std::ptrdiff_t>(graph.first[actor + 1]);
    std::sort(begin, stop);
    graph.first[actor] = static_cast<std::uint64_t>(end - graph.peer.begin());
    const auto kept = std::unique(begin, stop);
    end = end == begin ? kept : std::move(begin, kept, end);
  }
  graph.first.back() = static_cast<std::uint64_t>(end - graph.peer.begin());
  graph.peer.erase(end, graph.peer.end());
}

}  // namespace

SparseGraph undirected_graph(std::size_t actors, std::span<const ActorPair> pairs) {
  check_size(actors, 1);
  SparseGraph graph;
  graph.first.assign(actors + 1, 0);
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    const auto [a, b] = pairs[pair];
    if (a >= actors || b >= actors || a == b) {
      throw DataError("graph: pair " + std::to_string(pair) + " (" + std::to_string(a) + ", " + std::to_string(b) +
                      ") is not one of two of the " + std::to_string(actors) + " actors");
    }
    ++graph.first[a + 1];
    ++graph.first[b + 1];
  }
  std::partial_sum(graph.first.begin(), graph.first.end(), graph.first.begin());
  graph.peer.resize(static_cast<std::size_t>(graph.first.back()));
  std::vector<std::uint64_t> next(graph.first.begin(), graph.first.end() - 1);
  for (const auto& [a, b] : pairs) {
    graph.peer[static_cast<std::size_t>(next[a]++)] = b;
    graph.peer[static_cast<std::size_t>(next[b]++)] = a;
  }
  keep_once(graph);
  return graph;
}

SparseGraph torus(std::span<const std::size_t> sides, Neighbourhood neighbourhood, std::size_t reach) {
  const std::size_t cells = cells_of(sides, reach);
  const auto half = half_of_neighbourhood(sides.size(), neighbourhood, static_cast<std::int64_t>(reach));
  check_size(cells, half.size());
  std::vector<ActorPair> pairs;
  pairs.reserve(cells * half.size());
  std::vector<std::int64_t> at(sides.size(), 0);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    for (const Steps& steps : half) {
      pairs.push_back({static_cast<std::uint32_t>(cell), static_cast<std::uint32_t>(cell_after(at, steps, sides))});
    }
    for (std::size_t axis = sides.size(); axis-- > 0;) {
      if (++at[axis] < static_cast<std::int64_t>(sides[axis])) break;
      at[axis] = 0;
    }
  }
  return undirected_graph(cells, pairs);
}

SparseGraph regular_tree(std::size_t actors, std::size_t degree) {
  if (degree < 2) throw DataError("tree: the degree must be at least 2");
  check_size(actors, 1);
  std::vector<ActorPair> pairs;
  std::uint32_t parent = 0;
  std::size_t room = degree;  // of the parent, for children
  for (std::uint32_t actor = 1; actor < actors; ++actor, --room) {
    if (room == 0) {
      ++parent;
      room = degree - 1;
    }
    pairs.push_back({parent, actor});
  }
  return undirected_graph(actors, pairs);
}

}  // namespace splinternet::coalition
