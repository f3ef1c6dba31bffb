"""Crowds with thresholds: who follows in the end, and how far a cascade goes."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import Floats, checked, is_single, labels_of, square
from splinternet._core import ScenarioError
from splinternet.coalition._actors import MOST_NAMED, Actors, actors_of
from splinternet.metrics.partitions import whole_number

Rule = Literal[">=", ">"]

_MOST_DEGREES = 2048


@dataclass(frozen=True)
class Crowd:
    """Who has adopted in the end.

    Attributes
    ----------
    adopters
        Names, in order.
    round
        Name → when it adopts if all respond at once: 0 for seeds; None for who never does.
    """

    adopters: tuple[Any, ...]
    round: dict[Any, int | None]

    @property
    def size(self) -> int:
        """Number of adopters."""
        return len(self.adopters)

    @property
    def rounds(self) -> int:
        """Rounds until nothing changes any more."""
        return max((when for when in self.round.values() if when is not None), default=0)


@dataclass(frozen=True)
class _Peers:
    """Who looks at whom in compressed rows, and names if the graph has some."""

    first: NDArray[np.uint64]
    peer: NDArray[np.uint32]
    names: list[Any] | None


def _rows(looker: NDArray[Any], peer: NDArray[Any], count: int, names: list[Any] | None) -> _Peers:
    order = np.lexsort((peer, looker))
    first = np.zeros(count + 1, dtype=np.uint64)
    np.cumsum(np.bincount(looker, minlength=count), out=first[1:])
    return _Peers(first, np.ascontiguousarray(peer[order], dtype=np.uint32), names)


def _peers_of(graph: Any, count: int | None) -> _Peers:
    """Read a graph of networkx, a matrix (the row looks at columns with entries other than 0), or mutual pairs."""
    if hasattr(graph, "adjacency") and hasattr(graph, "nodes"):
        names = list(graph.nodes)
        place = {name: row for row, name in enumerate(names)}
        pairs = [(place[a], place[b]) for a, peers in graph.adjacency() for b in peers if a != b]
        ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return _rows(ends[:, 0], ends[:, 1], len(names), names)
    if hasattr(graph, "tocoo") and hasattr(graph, "nnz"):
        sparse = graph.tocoo()
        if sparse.shape[0] != sparse.shape[1]:
            raise ScenarioError(f"graph: the shape is {sparse.shape}, but a square matrix is needed")
        kept = (sparse.data != 0) & (sparse.row != sparse.col)
        return _rows(sparse.row[kept].astype(np.int64), sparse.col[kept].astype(np.int64), sparse.shape[0], None)
    try:
        array = np.asarray(graph)
    except ValueError as error:
        raise ScenarioError(f"graph: pairs of numbers are needed, but {error}") from None
    if array.ndim == 2 and array.shape[0] == array.shape[1] and (array.shape[0] != 2 or count in (None, 2)):
        matrix = square(graph, "graph")
        looker, peer = np.nonzero(matrix * ~np.eye(len(matrix), dtype=bool))
        return _rows(looker, peer, len(matrix), labels_of(graph))
    if array.size and (array.ndim != 2 or array.shape[1] != 2 or array.dtype.kind not in "iu"):
        raise ScenarioError("graph: a networkx graph, a square matrix or a list of pairs of numbers is needed")
    pairs_of_rows = array.reshape(-1, 2).astype(np.int64)
    actors = count if count is not None else int(pairs_of_rows.max(initial=-1)) + 1
    if actors > MOST_NAMED:
        raise ScenarioError(f"graph: actors are numbered up to {actors - 1}, but at most {MOST_NAMED} can be handled")
    bad = (pairs_of_rows < 0) | (pairs_of_rows >= actors)
    if bad.any() or (pairs_of_rows[:, 0] == pairs_of_rows[:, 1]).any():
        raise ScenarioError(f"graph: pairs are of two different actors, numbered from 0 to {actors - 1}")
    both = np.unique(np.concatenate([pairs_of_rows, pairs_of_rows[:, ::-1]]), axis=0)
    return _rows(both[:, 0], both[:, 1], actors, None)


def _seeds(actors: Actors, seeds: Any) -> NDArray[np.uint32]:
    return np.flatnonzero(actors.flags(seeds, "seeds")).astype(np.uint32)


def _is_strict(rule: str) -> bool:
    if rule not in (">=", ">"):
        raise ScenarioError(f'rule: it is {rule!r}, but ">=" or ">" is needed')
    return rule == ">"


def threshold_crowd(
    thresholds: Any,
    *,
    graph: Any = None,
    seeds: Any = (),
    rule: Rule = ">=",
    counts: Literal["number", "share"] = "number",
    actors: Any = None,
) -> Crowd:
    """Who adopts in the end if each does once enough of those it looks at have, and nobody ever returns.

    Who does is the same in any order of responses.

    Parameters
    ----------
    thresholds : (n,) array, dict, Series or one number for all
        How many adopters, or which share of those looked at, it takes.
    graph : networkx graph, (n, n) matrix, SciPy sparse matrix or list of pairs of rows, optional
        Who looks at whom: the row at the columns with entries other than 0, the source of a directed edge at its
        target, the two of an undirected edge or a pair at each other. Default: all look at all others, without n² of
        anything.
    seeds : names
        Who has adopted from the start.
    rule : {">=", ">"}
        Whether a number or share equal to the threshold is enough.
    counts : {"number", "share"}
        What thresholds are compared with. Who looks at nobody adopts at a number of 0 only.
    actors : sequence of names, or int, optional
        Default: those of the thresholds or the graph, else 0, 1, …

    Returns
    -------
    Crowd

    Raises
    ------
    ScenarioError
        For thresholds that do not fit, unknown seeds, shares outside [0, 1].

    References
    ----------
    Granovetter (1978), American Journal of Sociology 83: 1420; Watts (2002), PNAS 99: 5766.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.coalition.threshold_crowd(range(100)).size
    100
    >>> sn.coalition.threshold_crowd([0, 2, *range(2, 100)]).size
    1
    >>> ring = [(i, (i + 1) % 6) for i in range(6)]
    >>> crowd = sn.coalition.threshold_crowd(0.5, graph=ring, seeds=[0], counts="share")
    >>> crowd.size, crowd.rounds
    (6, 3)
    """
    if counts not in ("number", "share"):
        raise ScenarioError(f'counts: it is {counts!r}, but "number" or "share" is needed')
    is_named = isinstance(thresholds, dict) or not is_single(thresholds, "thresholds")
    count = len(thresholds) if is_named else None
    if count is None and actors is not None:
        is_number = isinstance(actors, int | np.integer)
        count = whole_number(actors, "actors", 0, MOST_NAMED) if is_number else len(actors)
    peers = None if graph is None else _peers_of(graph, count)
    if count is None and peers is not None:
        count = len(peers.first) - 1
    if count is None:
        raise ScenarioError("actors: say how many there are, or give each a threshold")
    held = _crowd_names(actors, thresholds if is_named else None, peers, count)
    limits = held.numbers(thresholds, "thresholds")
    needed = _needed(limits, _is_strict(rule), counts, peers)
    if peers is None:
        round_of = _core.coalition.spread_among_all(needed, _seeds(held, seeds))
    else:
        round_of = _core.coalition.spread(peers.first, peers.peer, needed, _seeds(held, seeds))
    never = _core.coalition.NEVER
    by_name = {name: None if when == never else when for name, when in held.by_name(round_of).items()}
    return Crowd(held.members(round_of != never), by_name)


def _crowd_names(actors: Any, thresholds: Any, peers: _Peers | None, count: int) -> Actors:
    names = None if peers is None else peers.names
    held = actors_of(actors if actors is not None or names is None else names, count, thresholds)
    if peers is not None and len(peers.first) - 1 != len(held):
        raise ScenarioError(f"graph: it is of {len(peers.first) - 1} actors, but there are {len(held)}")
    return held


def _needed(limits: Floats, is_strict: bool, counts: str, peers: _Peers | None) -> NDArray[np.uint32]:
    """How many adopters each actor waits for."""
    if counts == "number":
        whole = np.floor(limits) + 1.0 if is_strict else np.ceil(limits)
        return np.clip(whole, 0, 2**32 - 2).astype(np.uint32)
    if ((limits < 0.0) | (limits > 1.0)).any():
        raise ScenarioError('thresholds: shares are from 0 to 1; for numbers of adopters say counts="number"')
    degree = np.full(len(limits), len(limits) - 1) if peers is None else np.diff(peers.first.astype(np.int64))
    needed: NDArray[np.uint32] = _core.coalition.adopters_needed(degree.astype(np.uint32), limits, is_strict)
    return needed


def contagion_threshold(graph: Any, seeds: Any) -> Fraction:
    """Largest threshold, common to all, at which the whole graph follows the seeds.

    Parameters
    ----------
    graph : networkx graph, (n, n) matrix, SciPy sparse matrix or list of pairs of rows
        As in `threshold_crowd`.
    seeds : names

    Returns
    -------
    fractions.Fraction
        Exact; 0 if somebody is out of reach, 1 if all are seeds.

    References
    ----------
    Morris (2000), Review of Economic Studies 67: 57.

    Examples
    --------
    >>> import splinternet as sn
    >>> line = [(i, i + 1) for i in range(9)]
    >>> sn.coalition.contagion_threshold(line, seeds=[0])
    Fraction(1, 2)
    """
    peers = _peers_of(graph, None)
    held = actors_of(peers.names, len(peers.first) - 1)
    return Fraction(_core.coalition.contagion_threshold(peers.first, peers.peer, _seeds(held, seeds)))


def _degrees(degrees: Any) -> Floats:
    """Probabilities of 0, 1, … neighbours; of a number the Poisson law with this mean."""
    if not is_single(degrees, "degrees"):
        held = checked(degrees, "degrees", shape=(None,), minimum=0.0)
        if len(held) > _MOST_DEGREES:
            raise ScenarioError(f"degrees: there are {len(held)} probabilities, but at most {_MOST_DEGREES} are taken")
        if held.sum() > 1.0 + 1e-9:
            raise ScenarioError(f"degrees: the probabilities sum to {held.sum():g}, more than 1")
        return held
    mean = float(checked(degrees, "degrees", shape=(), minimum=0.0))
    if mean > 1000.0:
        raise ScenarioError(f"degrees: the mean is {mean:g}, but at most 1000 is taken")
    most = int(mean + 12.0 * np.sqrt(mean) + 40.0)
    found: Floats = _core.coalition.poisson_degrees(mean, most)
    return found


def _response(threshold: Any, rule: str, count: int) -> Floats:
    """[k, m]: whether who has k neighbours follows m of them; m above k does not matter."""
    number, degree = np.meshgrid(np.arange(float(count)), np.arange(float(count)))
    if callable(threshold):
        values = np.broadcast_to(checked(threshold(number, degree), "threshold"), number.shape)
        table = np.where(number <= degree, values, 0.0)
        if ((table < 0.0) | (table > 1.0)).any():
            raise ScenarioError("threshold: the function must give probabilities from 0 to 1")
        return np.ascontiguousarray(table)
    level = float(checked(threshold, "threshold", shape=(), minimum=0.0))
    share = number / np.maximum(degree, 1.0)
    follows = share > level if _is_strict(rule) else share >= level
    return np.ascontiguousarray(np.where((number <= degree) & (degree > 0), follows, 0.0).astype(np.float64))


def cascade_size(
    degrees: Any, threshold: float | Callable[[Any, Any], Any], seed: float, *, rule: Rule = ">="
) -> float:
    """Share of adopters in the end, in a large random graph when a share adopts at random.

    Parameters
    ----------
    degrees : float, or (K,) array
        Mean degree of a Poisson graph, at most 1000, or the probabilities of 0, 1, … neighbours, at most 2048 of them.
    threshold : float, or callable
        Share of its neighbours at which an actor follows; or the probability that it follows m of k neighbours, a
        function of arrays m and k.
    seed : float
        Share that adopts from the start, in [0, 1].
    rule : {">=", ">"}
        Whether a share equal to the threshold is enough.

    Returns
    -------
    float
        In [0, 1]; exact in the limit of many actors.

    Raises
    ------
    SolverError
        At the very edge of a cascade, where rounds do not settle.

    References
    ----------
    Gleeson & Cahalane (2007), Physical Review E 75: 056103, eqs 1, 2.

    Examples
    --------
    >>> import splinternet as sn
    >>> round(sn.coalition.cascade_size(3, threshold=0.18, seed=0.001), 6)
    0.940551
    """
    probability = _degrees(degrees)
    share = float(checked(seed, "seed", shape=(), minimum=0.0))
    if share > 1.0:
        raise ScenarioError(f"seed: it is {share:g}, but a share from 0 to 1 is needed")
    found: float = _core.coalition.cascade_size(probability, _response(threshold, rule, len(probability)), share)
    return found


def cascade_condition(degrees: Any, threshold: float | Callable[[Any, Any], Any], *, rule: Rule = ">=") -> float:
    """Whether one actor can set off a cascade through a large random graph: Σ k(k − 1)·ρ_k·p_k over the mean degree.

    Parameters
    ----------
    degrees, threshold, rule
        As in `cascade_size`.

    Returns
    -------
    float
        Above 1 it can.

    References
    ----------
    Watts (2002), PNAS 99: 5766, eq. 5.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.coalition.cascade_condition(3, threshold=0.18) > 1, sn.coalition.cascade_condition(6, threshold=0.18) > 1
    (True, False)
    """
    probability = _degrees(degrees)
    response = _response(threshold, rule, max(2, len(probability)))
    follows_one = np.ascontiguousarray(response[: len(probability), 1])
    found: float = _core.coalition.cascade_condition(probability, follows_one)
    return found
