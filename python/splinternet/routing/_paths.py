"""Shortest paths, and what they carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import Floats, with_labels
from splinternet._core import ScenarioError
from splinternet._labels import chosen
from splinternet.routing._demand import task
from splinternet.routing._network import Flags, Forbidden, Network, forbidden_flags, network, require_bool

Split = Literal["single", "equal"]
_MOST_WEIGHT = 2.0**32 - 1.0


def _both_ways(net: Network) -> tuple[Any, Any, Floats]:
    """Return ends and weights of directed links: of two-way ones, link 2k and 2k + 1 are the directions of link k."""
    if net.directed:
        return np.ascontiguousarray(net.tail), np.ascontiguousarray(net.head), np.ascontiguousarray(net.weight)
    tail = np.stack([net.tail, net.head], axis=1).ravel()
    head = np.stack([net.head, net.tail], axis=1).ravel()
    return tail, head, np.repeat(net.weight, 2)


def _link_flags(flags: Flags, net: Network) -> Flags:
    return flags if net.directed else np.repeat(flags, 2, axis=-1)


@dataclass(frozen=True, eq=False, repr=False)
class Paths:
    """Shortest paths from some sources.

    Attributes
    ----------
    distance : array [source, node]
        In the unit of the weights; ``inf`` where there is no path.
    predecessor : array of int [source, node], or None
        Number of the node before on the path; −1 for the source and where there is no path.
    predecessor_link : array of int [source, node], or None
        Number of the link into the node; −1 as above.
    network : Network
        What they were found on.
    """

    distance: Any
    predecessor: Any
    predecessor_link: Any
    network: Network
    _sources: list[int]

    def __repr__(self) -> str:
        return f"<Paths from {len(self._sources)} sources to {self.network.node_count} nodes>"

    def path(self, source: Any, target: Any) -> list[Any]:
        """Return the nodes from `source` to `target`, both included, by label or number; empty if there is no path.

        Parameters
        ----------
        source, target : label or int
            Nodes; the source must be one of those asked for.

        Returns
        -------
        list

        Raises
        ------
        ScenarioError
            For an unknown node, and if predecessors were not asked for.

        Examples
        --------
        >>> from splinternet import routing
        >>> links = [("A", "B", 2.0), ("B", "C", 1.0), ("A", "C", 4.0)]
        >>> routing.shortest_paths(links, predecessors=True).path("A", "C")
        ['A', 'B', 'C']
        """
        if self.predecessor is None:
            raise ScenarioError("path: ask for shortest_paths(…, predecessors=True)")
        start, node = self.network.node(source, "source"), self.network.node(target, "target")
        if start not in self._sources:
            raise ScenarioError(f"source: paths from {source} were not asked for")
        before = np.asarray(self.predecessor)[self._sources.index(start)]
        if node != start and before[node] < 0:
            return []
        nodes = [node]
        while nodes[-1] != start:
            nodes.append(int(before[nodes[-1]]))
        return [self.network.label(one) for one in reversed(nodes)]


def shortest_paths(
    links: Any,
    weight: Any = None,
    *,
    directed: bool = True,
    nodes: Sequence[Any] | None = None,
    sources: Sequence[Any] | None = None,
    forbidden: Forbidden | None = None,
    predecessors: bool = False,
) -> Paths:
    """Shortest paths between all nodes, or from some, that keep to a policy.

    Parameters
    ----------
    links, weight, directed, nodes
        The network, as for :func:`network`.
    sources : sequence of nodes, optional
        Where paths begin; all nodes if left out.
    forbidden : Forbidden, optional
        Nodes that no path may pass and links that none may use. Forbidden nodes are *absorbing*: a path may still begin
        or end there, so that one search serves all destinations, and distances need not be symmetric even where links
        lead both ways.
    predecessors : bool
        Whether to keep the paths themselves.

    Returns
    -------
    Paths

    Raises
    ------
    ScenarioError
        Naming argument, node or link.

    Notes
    -----
    Distances are sums from the source on, in double precision, as in Dijkstra's algorithm: the same bits as SciPy's.
    Among equally long paths the predecessor is the lowest node that is nearer to the source, reached by the lowest of
    parallel links: no order of a heap decides. Distances alone, where links lead both ways and weigh whole numbers,
    come from elimination of nodes (Planken, de Weerdt & van der Krogt 2012): the same numbers, ten times as fast on
    sparse networks. Traps of other tools: in a dense matrix 0 is no link, in SciPy's sparse
    matrices a stored 0 is a link, yet many operations drop it; SciPy adds up duplicates of a COO matrix, while they are
    parallel links here; NetworKit takes graphs as undirected and unweighted unless told; networkx's
    ``global_efficiency`` counts hops, and igraph's `distances` follow links both ways only if the graph is undirected.

    References
    ----------
    Dijkstra (1959), Numerische Mathematik 1.

    Examples
    --------
    >>> from splinternet import routing
    >>> links = [("A", "B", 2.0), ("B", "C", 1.0), ("A", "C", 4.0)]
    >>> paths = routing.shortest_paths(links, directed=False)
    >>> float(paths.distance.sel(source="C", node="A"))
    3.0
    >>> paths = routing.shortest_paths(links, directed=False, forbidden=routing.Forbidden(nodes=["B"]))
    >>> float(paths.distance.sel(source="C", node="A"))
    4.0
    """
    require_bool(predecessors, "predecessors")
    net = network(links, weight, directed=directed, nodes=nodes)
    flags = forbidden_flags(forbidden, net)
    start = list(range(net.node_count)) if sources is None else [net.node(one, "sources") for one in sources]
    names = {
        "source": None if net.nodes is None else [net.nodes[one] for one in start],
        "node": net.nodes,
    }
    first = np.array(start, dtype=np.uint32)
    if not predecessors and _is_whole(net):
        distance = _core.routing.whole_distances(
            net.node_count, net.tail, net.head, net.weight.astype(np.uint32), *flags, first
        )
        return Paths(with_labels(distance, names, "distance"), None, None, net, start)
    tail, head, cost = _both_ways(net)
    distance, *trees = _core.routing.cheapest_paths(
        net.node_count, tail, head, cost, flags[0], _link_flags(flags[1], net), first
    )
    before, link = (tree.view(np.int32) for tree in trees)
    if not net.directed:
        link = np.where(link < 0, -1, link // 2)
    return Paths(
        distance=with_labels(distance, names, "distance"),
        predecessor=with_labels(before, names, "predecessor") if predecessors else None,
        predecessor_link=with_labels(link, names, "predecessor_link") if predecessors else None,
        network=net,
        _sources=start,
    )


def _is_whole(net: Network) -> bool:
    """Whether links lead both ways and no sum of their weights leaves the whole numbers of 32 bits."""
    if net.directed or len(net.weight) == 0:
        return False
    longest = float(net.weight.max()) * max(net.node_count - 1, 1)
    return longest < _MOST_WEIGHT and bool((net.weight == np.floor(net.weight)).all())


@dataclass(frozen=True, eq=False, repr=False)
class Loads:
    """What shortest paths carry.

    Attributes
    ----------
    link_flow : array [link]
        Demand carried, of both directions together where links lead both ways.
    class_link_flow : array [class, link]
        The same by policy class.
    transit : array [node]
        Demand that passes through; ends of paths are exempt.
    lost : array [origin]
        Demand without a path.
    total_cost : float
        Σ demand × length of its path.
    network : Network
        What they were found on.
    """

    link_flow: Floats
    class_link_flow: Floats
    transit: Any
    lost: Any
    total_cost: float
    network: Network

    def __repr__(self) -> str:
        return (
            f"<Loads of {len(self.link_flow)} links: total cost {self.total_cost:g}, lost {float(self.lost.sum()):g}>"
        )

    def to_frame(self) -> Any:
        """Return links, weights and flows as a pandas DataFrame.

        Examples
        --------
        >>> from splinternet import routing
        >>> links = [("A", "B", 2.0), ("B", "C", 1.0)]
        >>> routing.flows(links, [[0, 5, 7], [0, 0, 1], [0, 0, 0]]).to_frame()
          tail head  weight  flow
        0    A    B     2.0  12.0
        1    B    C     1.0   8.0
        """
        return self.network.to_frame(flow=self.link_flow)


def flows(
    links: Any,
    demand: Any,
    weight: Any = None,
    *,
    directed: bool = True,
    nodes: Sequence[Any] | None = None,
    forbidden: Forbidden | Sequence[Forbidden] | None = None,
    split: Split = "single",
) -> Loads:
    """Send demand along shortest paths that do not get slower with traffic (all-or-nothing).

    Parameters
    ----------
    links, weight, directed, nodes
        The network, as for :func:`network`.
    demand : array (origin, destination) or (class, origin, destination)
        ≥ 0 in any unit, between the nodes that its labels name, or else between the first nodes. What a node asks of
        itself stays at home.
    forbidden : Forbidden, or a list of them with one per class, optional
        What the classes may not use.
    split : {"single", "equal"}
        Whether all of a pair's demand takes one of its shortest paths, or comes at each node in equal parts from all
        neighbours on shortest paths (ECMP). Only equal sums of weights tie: give whole numbers.

    Returns
    -------
    Loads

    Raises
    ------
    ScenarioError
        Naming argument, node or link.

    Examples
    --------
    >>> from splinternet import routing
    >>> square = [("A", "B", 1), ("B", "D", 1), ("A", "C", 1), ("C", "D", 1)]
    >>> demand = [[0, 0, 0, 8], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    >>> routing.flows(square, demand).link_flow
    array([8., 8., 0., 0.])
    >>> routing.flows(square, demand, split="equal").link_flow
    array([4., 4., 4., 4.])
    """
    net = network(links, weight, directed=directed, nodes=nodes)
    work = task(net, demand, forbidden)
    tail, head, cost = _both_ways(work.net)
    kind = chosen("split", split, ("single", "equal"))
    found = [
        _core.routing.load_paths(
            net.node_count, tail, head, cost, forbidden_nodes, _link_flags(forbidden_links, net), one, kind
        )
        for one, forbidden_nodes, forbidden_links in zip(
            work.demand, work.forbidden_nodes, work.forbidden_links, strict=True
        )
    ]
    by_class = np.array([one["link_flow"] for one in found])
    if not net.directed:
        by_class = by_class[:, 0::2] + by_class[:, 1::2]
    transit: NDArray[np.float64] = np.empty(net.node_count)
    transit[work.nodes] = sum(one["transit"] for one in found)
    return Loads(
        link_flow=by_class.sum(axis=0),
        class_link_flow=by_class,
        transit=with_labels(transit, {"node": net.nodes}, "transit"),
        lost=with_labels(sum(one["lost"] for one in found), {"origin": work.zone_labels}, "lost"),
        total_cost=float(sum(one["total_cost"] for one in found)),
        network=net,
    )
