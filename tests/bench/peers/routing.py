"""Shortest distances between all pairs: scipy, igraph, NetworKit. Each builds its graph off the clock."""

from __future__ import annotations

from collections.abc import Iterator

import igraph
import networkit
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from timing import Bench, Measurement, main, require_close

ROWS = {"flagship": "flagship", "random 512": "random_512", "random 2048": "random_2048"}


def networkit_graph(pairs: np.ndarray, length: np.ndarray, nodes: int) -> networkit.Graph:
    graph = networkit.Graph(nodes, weighted=True)
    for (a, b), weight in zip(pairs.tolist(), length.tolist(), strict=True):
        graph.addEdge(a, b, weight)
    return graph


def measure(bench: Bench) -> Iterator[Measurement]:
    networkit.setNumberOfThreads(1)
    for name, file in ROWS.items():
        row = f"all-pairs routing, {name}"
        ours = bench.array(f"{file}_distances")
        pairs, length, nodes = bench.shortest_links(file)

        both_ways = csr_array((np.tile(length, 2), (np.r_[pairs[:, 0], pairs[:, 1]], np.r_[pairs[:, 1], pairs[:, 0]])),
                              shape=(nodes, nodes))
        require_close(f"{row}, scipy", dijkstra(both_ways), ours)
        yield bench.time(row, "scipy", lambda: dijkstra(both_ways))

        links = igraph.Graph(nodes, pairs.tolist())
        require_close(f"{row}, igraph", links.distances(weights=length.tolist()), ours)
        yield bench.time(row, "igraph", lambda: links.distances(weights=length.tolist()))

        graph = networkit_graph(pairs, length, nodes)
        require_close(f"{row}, NetworKit", networkit.distance.APSP(graph).run().getDistances(), ours)
        yield bench.time(row, "networkit", lambda: networkit.distance.APSP(graph).run(), peer="NetworKit")


if __name__ == "__main__":
    main(measure)
