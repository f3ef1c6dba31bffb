"""Modularity of flows, efficiency and betweenness of links: igraph and networkx, graphs built off the clock."""

from __future__ import annotations

from collections.abc import Iterator

import igraph
import networkx
import numpy as np

from timing import Bench, Measurement, main, require_close


def flows(bench: Bench, name: str) -> tuple[list[tuple[int, int]], list[float], list[int]]:
    """Directed pairs with the sum of their flows, and the bloc of each node."""
    rows = bench.table(name)
    pairs, place = np.unique(rows[:, :2].astype(int), axis=0, return_inverse=True)
    flow = np.bincount(place.ravel(), weights=rows[:, 2])
    blocs = bench.table(f"{name}_blocs")[:, 1].astype(int)
    return [tuple(pair) for pair in pairs.tolist()], flow.tolist(), blocs.tolist()


def modularity(bench: Bench) -> Iterator[Measurement]:
    for name, file in {"dense": "trade", "sparse": "sparse_flows"}.items():
        row = f"modularity, {name}"
        ours = bench.counters[row]["Q"]
        pairs, flow, blocs = flows(bench, file)

        graph = igraph.Graph(len(blocs), pairs, directed=True)
        # Graph.modularity has ignored `directed` in some versions; that of the base class never has.
        by_igraph = lambda: igraph.GraphBase.modularity(graph, blocs, weights=flow, directed=True)  # noqa: E731
        require_close(f"{row}, igraph", by_igraph(), ours, absolute=1e-12)
        yield bench.time(row, "igraph", by_igraph)

        directed = networkx.DiGraph()
        directed.add_nodes_from(range(len(blocs)))
        directed.add_weighted_edges_from((a, b, value) for (a, b), value in zip(pairs, flow, strict=True))
        groups = [{node for node, bloc in enumerate(blocs) if bloc == which} for which in sorted(set(blocs))]
        by_networkx = lambda: networkx.community.modularity(directed, groups, weight="weight")  # noqa: E731
        require_close(f"{row}, networkx", by_networkx(), ours, absolute=1e-12)
        yield bench.time(row, "networkx", by_networkx)


def efficiency_by_igraph(graph: igraph.Graph, length: list[float]) -> float:
    distance = np.array(graph.distances(weights=length))
    np.fill_diagonal(distance, np.inf)
    return float((1.0 / distance).sum() / (len(distance) * (len(distance) - 1)))


def efficiency_by_networkx(graph: networkx.Graph) -> float:
    """networkx.global_efficiency counts hops only."""
    total = 0.0
    for _, distances in networkx.all_pairs_dijkstra_path_length(graph):
        total += sum(1.0 / distance for distance in distances.values() if distance > 0.0)
    return total / (len(graph) * (len(graph) - 1))


def links(bench: Bench) -> Iterator[Measurement]:
    pairs, length, nodes = bench.shortest_links("flagship")
    by_igraph = igraph.Graph(nodes, pairs.tolist())
    by_networkx = networkx.Graph()
    by_networkx.add_nodes_from(range(nodes))
    by_networkx.add_weighted_edges_from(zip(*pairs.T.tolist(), length.tolist(), strict=True))
    weights = length.tolist()

    row, ours = "efficiency from links", bench.counters["efficiency from links"]["efficiency"]
    require_close(f"{row}, igraph", efficiency_by_igraph(by_igraph, weights), ours, relative=1e-12)
    yield bench.time(row, "igraph", lambda: efficiency_by_igraph(by_igraph, weights))
    require_close(f"{row}, networkx", efficiency_by_networkx(by_networkx), ours, relative=1e-12)
    yield bench.time(row, "networkx", lambda: efficiency_by_networkx(by_networkx))

    row, ours = "betweenness", bench.array("betweenness")
    require_close(f"{row}, igraph", by_igraph.betweenness(directed=False, weights=weights), ours, relative=1e-9)
    yield bench.time(row, "igraph", lambda: by_igraph.betweenness(directed=False, weights=weights))
    central = networkx.betweenness_centrality(by_networkx, normalized=False, weight="weight")
    require_close(f"{row}, networkx", [central[node] for node in range(nodes)], ours, relative=1e-9)
    yield bench.time(row, "networkx",
                     lambda: networkx.betweenness_centrality(by_networkx, normalized=False, weight="weight"))


def measure(bench: Bench) -> Iterator[Measurement]:
    yield from modularity(bench)
    yield from links(bench)


if __name__ == "__main__":
    main(measure)
