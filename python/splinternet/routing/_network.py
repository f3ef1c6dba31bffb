"""Networks as users hold them: edge lists, matrices, TNTP files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from os import PathLike, fspath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import Floats, axis_labels, checked, dense, place_of, plain_array
from splinternet._core import ScenarioError
from splinternet._labels import unknown

_ENDS = (("tail", "head"), ("source", "target"), ("from", "to"), ("init_node", "term_node"), ("a_node", "b_node"))
_MOST_NODES = 10_000_000

Nodes = NDArray[np.uint32]
Flags = NDArray[np.uint8]


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """Nodes and links, made by :func:`network` or :func:`read_tntp`.

    Attributes
    ----------
    node_count : int
        N; nodes are 0 … N − 1.
    tail, head : array [link]
        The ends of each link.
    weight : array [link]
        Length, cost or free travel time, ≥ 0.
    directed : bool
        Whether links lead from tail to head only; if not, both ways.
    nodes : list of str, or None
        Labels.
    capacity, b, power, fixed_cost : array [link]
        Of congested links: time is weight × (1 + b (flow/capacity)^power), to which `fixed_cost` is added. Where b is 0
        the time is constant and capacity has no meaning.
    zones : int
        The first so many nodes are those between which there is demand.
    no_transit : array of bool [node]
        Nodes where paths may only begin and end.
    """

    node_count: int
    tail: Nodes
    head: Nodes
    weight: Floats
    directed: bool
    nodes: list[str] | None
    capacity: Floats
    b: Floats
    power: Floats
    fixed_cost: Floats
    zones: int
    no_transit: NDArray[np.bool_]

    def __repr__(self) -> str:
        kind = "directed" if self.directed else "two-way"
        return f"<Network of {self.node_count} nodes and {len(self.tail)} {kind} links>"

    def node(self, name: Any, argument: str) -> int:
        """Return the number of a node given by label, or by number where labels are no numbers."""
        return place_of(name, self.nodes, self.node_count, argument)

    def label(self, node: int) -> Any:
        """Return the label of a node, or its number if it has none."""
        return node if self.nodes is None else self.nodes[node]

    def to_frame(self, **columns: Any) -> Any:
        """Links as a pandas DataFrame with their ends, weights and further `columns` [link].

        Examples
        --------
        >>> from splinternet import routing
        >>> routing.network([("A", "B", 2.0), ("B", "C", 1.0)]).to_frame()
          tail head  weight
        0    A    B     2.0
        1    B    C     1.0
        """
        import pandas as pd  # noqa: PLC0415 - slow, and not needed by who passes plain arrays

        names = np.asarray(self.nodes if self.nodes is not None else np.arange(self.node_count))
        ends = {"tail": names[self.tail], "head": names[self.head]}
        return pd.DataFrame({**ends, "weight": self.weight, **columns})


def network(
    links: Any,
    weight: Any = None,
    *,
    directed: bool = True,
    nodes: Sequence[Any] | None = None,
    capacity: Any = np.inf,
    b: Any = 0.15,
    power: Any = 4.0,
    fixed_cost: Any = 0.0,
) -> Network:
    """Make a network of what you hold.

    Parameters
    ----------
    links : edge list, matrix or Network
        One of

        - a list of *tuples* (tail, head) or (tail, head, weight), nodes being labels or numbers from 0, for example
          ``list(graph.edges(data="weight"))`` of a networkx graph;
        - an array (link, 2) of numbers of nodes, with `weight` given;
        - a DataFrame of links with columns tail and head (or source and target, from and to, init_node and term_node,
          a_node and b_node);
        - a square matrix (tail, head) of weights: array, nested lists, DataFrame or DataArray, in which 0, NaN and
          ``inf`` off the diagonal stand for "no link", or a SciPy sparse one, in which every stored element is a link,
          a stored 0 one of length 0. The diagonal does not count.
    weight : array (link,), float or name of a column, optional
        Weights ≥ 0 of an edge list; the column ``weight``, or 1, if left out. Whole numbers make equally long paths tie
        exactly, decimal fractions do not: 0.1 + 0.2 is not 0.3.
    directed : bool
        Whether links lead one way only. A matrix must be symmetric if not.
    nodes : sequence, optional
        Labels of all nodes in their order; `links` may then hold places in it. If left out, labels are sorted. Ties go
        to the lowest node in this order.
    capacity, b, power, fixed_cost : array (link,), float or name of a column
        Of congested links, see Network; capacity in the unit of demand, fixed cost in that of weights.

    Returns
    -------
    Network

    Raises
    ------
    ScenarioError
        Naming the argument and the link.

    Examples
    --------
    >>> from splinternet import routing
    >>> routing.network([("A", "B", 2.0), ("B", "C", 1.0), ("A", "C", 4.0)], directed=False)
    <Network of 3 nodes and 3 two-way links>
    >>> routing.network([[0, 2, 4], [0, 0, 1], [0, 0, 0]])
    <Network of 3 nodes and 3 directed links>
    """
    if isinstance(links, Network):
        if weight is not None or nodes is not None:
            raise ScenarioError("links: a Network has its weights and nodes; make another one to change them")
        return links
    if nodes is not None and len(nodes) > _MOST_NODES:
        raise ScenarioError(f"nodes: there are {len(nodes)} labels, but at most {_MOST_NODES} nodes can be handled")
    require_bool(directed, "directed")
    if _is_edge_list(links, weight):
        made = _from_edges(links, weight, directed, nodes)
    else:
        if weight is not None:
            raise ScenarioError("weight: a matrix holds the weights itself; give weight with an edge list only")
        made = _from_matrix(links, directed, nodes)
    count = len(made.tail)
    room = _by_link(capacity, "capacity", links, count, finite=False)
    return replace(
        made,
        capacity=np.where(np.isinf(room), 1.0, room),
        b=np.where(np.isinf(room), 0.0, _by_link(b, "b", links, count)),
        power=_by_link(power, "power", links, count),
        fixed_cost=_by_link(fixed_cost, "fixed_cost", links, count),
    )


def require_bool(value: Any, name: str) -> None:
    """Raise ScenarioError unless the value is true or false."""
    if not isinstance(value, bool | np.bool_):
        raise ScenarioError(f"{name}: True or False is needed, not {value!r}")


def _is_edge_list(links: Any, weight: Any) -> bool:
    if hasattr(links, "columns") and hasattr(links, "index"):
        return _end_columns(links) is not None
    if isinstance(links, list | tuple) and len(links) > 0 and all(isinstance(link, tuple) for link in links):
        return True
    if weight is None or hasattr(links, "nnz"):
        return False
    shape = dense(links, "links").shape
    return len(shape) == 2 and shape[1] == 2


def _end_columns(frame: Any) -> tuple[str, str] | None:
    return next((ends for ends in _ENDS if set(ends) <= {str(name) for name in frame.columns}), None)


def _from_edges(links: Any, weight: Any, directed: bool, nodes: Sequence[Any] | None) -> Network:
    ends: tuple[list[Any], list[Any]]
    if hasattr(links, "columns"):
        columns = _end_columns(links) or ("tail", "head")
        ends = (links[columns[0]].tolist(), links[columns[1]].tolist())
        weight = ("weight" if "weight" in links.columns else 1.0) if weight is None else weight
    else:
        links = _whole(links).tolist() if hasattr(links, "tolist") else list(links)
        sizes = {len(link) for link in links}
        if not (sizes == {2} or (sizes == {3} and weight is None)):
            raise ScenarioError(
                "links: each must be (tail, head), or (tail, head, weight) without the argument weight, but there are "
                f"entries of {', '.join(str(size) for size in sorted(sizes))} elements"
            )
        ends = ([link[0] for link in links], [link[1] for link in links])
        weight = [link[2] for link in links] if sizes == {3} else 1.0 if weight is None else weight
    labels, numbers = _numbered(ends, nodes)
    tail, head = np.array(numbers[0], dtype=np.uint32), np.array(numbers[1], dtype=np.uint32)
    count = len(labels) if labels is not None else int(max(tail.max(initial=0), head.max(initial=0))) + 1
    named = None if labels is None or labels == [str(at) for at in range(count)] else labels
    loops = np.flatnonzero(tail == head)
    if len(loops) > 0:
        raise ScenarioError(f"links[{loops[0]}] joins node {ends[0][loops[0]]} to itself: leave it out")
    return _plain(count, tail, head, _by_link(weight, "weight", links, len(tail)), directed=directed, nodes=named)


def _whole(ends: NDArray[Any]) -> NDArray[Any]:
    """Return numbers of nodes that stand as floats in an array as whole numbers."""
    if ends.dtype.kind != "f":
        return ends
    if not (np.isfinite(ends) & (np.floor(ends) == ends)).all():
        raise ScenarioError("links: an array (link, 2) must hold whole numbers of nodes")
    return ends.astype(np.int64)


def _numbered(
    ends: tuple[list[Any], list[Any]], nodes: Sequence[Any] | None
) -> tuple[list[str] | None, tuple[list[int], list[int]]]:
    """Labels, None for numbers, and the ends of links as numbers of nodes."""
    used = [*ends[0], *ends[1]]
    if nodes is None:
        if all(isinstance(node, int | np.integer) and not isinstance(node, bool) for node in used):
            if any(not 0 <= node < _MOST_NODES for node in used):
                raise ScenarioError(
                    f"links: numbers of nodes go from 0 to at most {_MOST_NODES - 1}; give other labels as text"
                )
            return None, ends
        nodes = sorted({str(node) for node in used})
    labels = [str(node) for node in nodes]
    if len(set(labels)) < len(labels):
        raise ScenarioError("nodes: a label stands twice")
    number = {label: at for at, label in enumerate(labels)}
    if not any(label.lstrip("-").isdigit() for label in labels):
        number.update({str(at): at for at in range(len(labels))})
    for node in used:
        if str(node) not in number:
            raise unknown("links", node, labels)
    return labels, ([number[str(node)] for node in ends[0]], [number[str(node)] for node in ends[1]])


def _from_matrix(links: Any, directed: bool, nodes: Sequence[Any] | None) -> Network:
    labels = [str(node) for node in nodes] if nodes is not None else axis_labels(links, 0)
    if hasattr(links, "tocoo") and hasattr(links, "nnz"):
        coo = links.tocoo()
        shape, tail, head = coo.shape, coo.coords[0] if hasattr(coo, "coords") else coo.row, coo.col
        weight = checked(coo.data, "links", minimum=0.0)
    else:
        matrix = dense(links, "links")
        shape = matrix.shape
        present = np.isfinite(matrix) & (matrix != 0.0) | (matrix < 0.0)
        if matrix.ndim == 2 and shape[0] == shape[1]:
            np.fill_diagonal(present, False)
        tail, head = np.nonzero(present) if matrix.ndim == 2 else (np.zeros(0), np.zeros(0))
        weight = checked(matrix[present], "links", minimum=0.0)
    columns = axis_labels(links, 1) if len(shape) == 2 else None
    if len(shape) != 2 or shape[0] != shape[1] or (columns is not None and columns != axis_labels(links, 0)):
        raise ScenarioError(
            f"links: the shape is {shape}, but a square matrix is needed, with the same labels on both axes; "
            "an edge list is a list of tuples, an array (link, 2) with weight, or a DataFrame with tail and head"
        )
    if labels is not None and len(labels) != shape[0]:
        raise ScenarioError(f"nodes: {len(labels)} labels for {shape[0]} nodes")
    kept = tail != head
    tail, head, weight = tail[kept], head[kept], weight[kept]
    if not directed:
        upper = tail < head
        _require_symmetric(tail, head, weight)
        tail, head, weight = tail[upper], head[upper], weight[upper]
    return _plain(shape[0], tail.astype(np.uint32), head.astype(np.uint32), weight, directed=directed, nodes=labels)


def _require_symmetric(tail: Any, head: Any, weight: Floats) -> None:
    forth = sorted(zip(tail.tolist(), head.tolist(), weight.tolist(), strict=True))
    back = sorted(zip(head.tolist(), tail.tolist(), weight.tolist(), strict=True))
    for one, other in zip(forth, back, strict=True):
        if one != other:
            raise ScenarioError(
                f"links: with directed=False the matrix must be symmetric, but [{one[0]}, {one[1]}] has no equal "
                f"[{one[1]}, {one[0]}]; use directed=True, or the smaller of both"
            )


def _plain(count: int, tail: Nodes, head: Nodes, weight: Floats, *, directed: bool, nodes: list[str] | None) -> Network:
    ones = np.ones(len(tail))
    return Network(
        node_count=count,
        tail=tail,
        head=head,
        weight=weight,
        directed=directed,
        nodes=nodes,
        capacity=ones,
        b=0.0 * ones,
        power=ones,
        fixed_cost=0.0 * ones,
        zones=count,
        no_transit=np.zeros(count, dtype=np.bool_),
    )


def _by_link(value: Any, name: str, links: Any, count: int, *, finite: bool = True) -> Floats:
    if isinstance(value, str):
        if not hasattr(links, "columns") or value not in links.columns:
            raise unknown(name, value, links.columns if hasattr(links, "columns") else [])
        value = links[value]
    array = checked(value, name, minimum=0.0, finite=finite)
    if array.shape not in ((), (count,)):
        raise ScenarioError(f"{name}: the shape is {array.shape}, but one number or ({count},) is needed, one per link")
    if np.isnan(array).any():
        raise ScenarioError(f"{name}[{int(np.flatnonzero(np.isnan(array))[0])}] is not a number")
    return np.ascontiguousarray(np.broadcast_to(array, (count,)))


@dataclass(frozen=True)
class Forbidden:
    """What the traffic of one policy class may not use.

    Parameters
    ----------
    nodes : iterable of nodes, or array of bool [node]
        Nodes that it may not pass. Paths may still begin and end there.
    links : iterable of links, or array of bool [link]
        Links that it may not use: numbers, or pairs (tail, head), which stand for all links between the two (in that
        direction, if links are directed).

    Examples
    --------
    >>> from splinternet import routing
    >>> rule = routing.Forbidden(nodes=["B"])
    >>> routing.shortest_paths([("A", "B", 2.0), ("B", "C", 1.0), ("A", "C", 4.0)], forbidden=rule).distance.values
    array([[ 0.,  2.,  4.],
           [inf,  0.,  1.],
           [inf, inf,  0.]])
    """

    nodes: Any = ()
    links: Any = ()


def forbidden_flags(rule: Forbidden | None, net: Network) -> tuple[Flags, Flags]:
    """Return flags by node and link; those of nodes without transit are set too."""
    rule = Forbidden() if rule is None else rule
    if not isinstance(rule, Forbidden):
        raise ScenarioError("forbidden: a Forbidden(nodes=…, links=…) is needed, or a list of them, one per class")
    nodes = _mask(rule.nodes, net.node_count, "forbidden.nodes")
    if nodes is None:
        nodes = np.zeros(net.node_count, dtype=np.bool_)
        nodes[[net.node(node, "forbidden.nodes") for node in rule.nodes]] = True
    links = _mask(rule.links, len(net.tail), "forbidden.links")
    if links is None:
        links = np.zeros(len(net.tail), dtype=np.bool_)
        for link in rule.links:
            links |= _links_named(link, net)
    return (nodes | net.no_transit).astype(np.uint8), links.astype(np.uint8)


def _mask(value: Any, size: int, name: str) -> NDArray[np.bool_] | None:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ScenarioError(f"{name}: a list is needed, not {value!r}")
    array = np.asarray(()) if isinstance(value, set | frozenset) else plain_array(value, name)
    if array.dtype != np.bool_:
        return None
    if array.shape != (size,):
        raise ScenarioError(f"{name}: {array.shape} flags, but ({size},) are needed")
    return array


def _links_named(link: Any, net: Network) -> NDArray[np.bool_]:
    if isinstance(link, tuple) and len(link) == 2:
        tail, head = (net.node(end, "forbidden.links") for end in link)
        found: NDArray[np.bool_] = (net.tail == tail) & (net.head == head)
        if not net.directed:
            found |= (net.tail == head) & (net.head == tail)
        if found.any():
            return found
    elif isinstance(link, int | np.integer) and 0 <= link < len(net.tail):
        found = np.zeros(len(net.tail), dtype=np.bool_)
        found[link] = True
        return found
    raise ScenarioError(f"forbidden.links: there is no link {link}; give numbers of links or pairs (tail, head)")


def read_tntp(
    network_file: str | PathLike[str],
    trips_file: str | PathLike[str] | None = None,
    *,
    toll_weight: float = 0.0,
    length_weight: float = 0.0,
) -> Any:
    r"""Read files of the "Transportation Networks for Research" (TNTP).

    Parameters
    ----------
    network_file : path
        ``…_net.tntp``.
    trips_file : path, optional
        ``…_trips.tntp``.
    toll_weight, length_weight : float
        Time that a unit of a link's toll, or length, is worth: both are added to the cost of the link.

    Returns
    -------
    Network, or (Network, array [origin, destination]) with `trips_file`
        Nodes are labelled "1", "2", … as in the files, so that node "1" is number 0. Zones are the first nodes; nodes
        below the file's "first thru node" let no path pass.

    Raises
    ------
    DataError
        "file:line: what" for a file that contradicts itself.
    FileError
        If the operating system refuses.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from splinternet import routing
    >>> file = Path(mkdtemp()) / "tiny_net.tntp"
    >>> text = "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 2\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> 1\n"
    >>> _ = file.write_text(text + "<END OF METADATA>\n1 2 100 5 7 0.15 4 0 0 1 ;\n")
    >>> routing.read_tntp(file).to_frame()
      tail head  weight
    0    1    2     7.0
    """
    weights = {
        name: float(checked(value, name, shape=(), minimum=0.0))
        for name, value in (("toll_weight", toll_weight), ("length_weight", length_weight))
    }
    read = _core.routing.read_tntp_network(fspath(network_file), **weights)
    net = Network(
        node_count=read["node_count"],
        tail=read["tail"],
        head=read["head"],
        weight=read["free_time"],
        directed=True,
        nodes=[str(node + 1) for node in range(read["node_count"])],
        capacity=read["capacity"],
        b=read["b"],
        power=read["power"],
        fixed_cost=read["fixed_cost"],
        zones=read["zone_count"],
        no_transit=read["no_transit"].astype(np.bool_),
    )
    if trips_file is None:
        return net
    return net, _core.routing.read_tntp_trips(fspath(trips_file), net.zones)
