"""What policy does to reach and length of paths, and how well networks hang together."""

from typing import Any, NamedTuple

import numpy as np

from splinternet import _core
from splinternet._arrays import Floats, dense, labels_of, plain_array, square
from splinternet._core import ScenarioError
from splinternet.metrics._blocs import require_same_order


def _distances(value: Any, name: str) -> Floats:
    """Distances > 0 between different nodes, +∞ without a path; the diagonal does not count."""
    if hasattr(value, "toarray") and hasattr(value, "nnz"):
        raise ScenarioError(
            f"{name}: in a sparse matrix pairs without a path cannot be told from distances of 0; "
            "pass a dense matrix with inf where there is no path"
        )
    array = square(value, name, finite=False).copy()
    np.fill_diagonal(array, 0.0)
    bad = np.isnan(array) | (array < 0.0) | ((array == 0.0) & ~np.eye(len(array), dtype=bool))
    if bad.any():
        row, column = (int(at) for at in np.argwhere(bad)[0])
        raise ScenarioError(
            f"{name}[{row}, {column}] is {array[row, column]:g}, but distances of different nodes are above 0, "
            "and inf without a path"
        )
    return array


def _like(value: Floats, reference: Floats, name: str, other: str) -> Floats:
    if value.shape != reference.shape:
        raise ScenarioError(f"{name}: the shape is {value.shape}, but that of {other} is {reference.shape}")
    return value


def _demand(demand: Any, distance: Any, lengths: Floats) -> Floats:
    require_same_order(demand, distance, "demand", "distance")
    return _like(square(demand, "demand", minimum=0.0), lengths, "demand", "distance")


def _baseline(baseline: Any, distance: Any, lengths: Floats) -> Floats:
    require_same_order(baseline, distance, "baseline", "distance")
    return _like(_distances(baseline, "baseline"), lengths, "baseline", "distance")


def reach_loss(distance: Any, *, demand: Any = None) -> float:
    """Share of ordered pairs, or of demand, without a path.

    Parameters
    ----------
    distance : (N, N) array, DataFrame or DataArray
        Lengths of the paths left, > 0 in any unit, inf without a path; the diagonal does not count.
    demand : (N, N) array, optional
        What each origin (row) asks of each destination, ≥ 0; default: every pair counts one.

    Returns
    -------
    float
        In [0, 1].

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.reach_loss([[0, float("inf")], [3, 0]], demand=[[0, 1], [3, 0]])
    0.25
    """
    lengths = _distances(distance, "distance")
    if demand is None:
        return _core.metrics.reach_loss_by_pair(lengths)
    return _core.metrics.reach_loss_by_demand(_demand(demand, distance, lengths), lengths)


class Stretch(NamedTuple):
    """How much longer paths are than in the baseline, over pairs with a path in both."""

    by_length: float
    mean: float
    largest: float


def stretch(distance: Any, baseline: Any, *, demand: Any = None) -> Stretch:
    """How much longer paths are than in the baseline.

    It falls when long pairs are cut off, so read it beside `reach_loss`.

    Parameters
    ----------
    distance, baseline : (N, N) array, DataFrame or DataArray
        Lengths of paths now and before, as in `reach_loss`, in the same unit.
    demand : (N, N) array, optional
        What each origin asks of each destination, ≥ 0; default: every pair counts one.

    Returns
    -------
    Stretch
        `by_length`, Σ T·d / Σ T·d⁰; `mean`, the mean of d/d⁰ weighted by demand; `largest` d/d⁰. All 1 if no pair has a
        path in both.

    Examples
    --------
    >>> import splinternet as sn
    >>> now, before = [[0, 3, 8], [3, 0, 4], [8, 4, 0]], [[0, 2, 8], [2, 0, 4], [8, 4, 0]]
    >>> [round(value, 6) for value in sn.metrics.stretch(now, before)]
    [1.071429, 1.166667, 1.5]
    """
    lengths = _distances(distance, "distance")
    old = _baseline(baseline, distance, lengths)
    asked = np.ones_like(lengths) if demand is None else _demand(demand, distance, lengths)
    return Stretch(
        _core.metrics.demand_weighted_stretch(asked, lengths, old),
        _core.metrics.mean_stretch(asked, lengths, old),
        _core.metrics.largest_stretch(lengths, old),
    )


def global_efficiency(distance: Any, *, baseline: Any = None) -> float:
    """Mean of 1/distance over ordered pairs, 0 for a pair without a path; or its ratio to that of a baseline.

    Parameters
    ----------
    distance : (N, N) array, DataFrame or DataArray
        Lengths of paths as in `reach_loss`.
    baseline : (N, N) array, DataFrame or DataArray, optional
        Lengths before, in the same unit.

    Returns
    -------
    float
        In 1/unit of distance; with a baseline the ratio of both efficiencies, a pure number.

    Notes
    -----
    `networkx.global_efficiency` counts hops whatever the weights, and knows undirected graphs only.

    References
    ----------
    Latora & Marchiori (2001), Physical Review Letters 87: 198701.

    Examples
    --------
    A star of four in hops:

    >>> import splinternet as sn
    >>> star = [[0, 1, 1, 1], [1, 0, 2, 2], [1, 2, 0, 2], [1, 2, 2, 0]]
    >>> sn.metrics.global_efficiency(star)
    0.75
    """
    lengths = _distances(distance, "distance")
    if baseline is None:
        return _core.metrics.global_efficiency(lengths)
    return _core.metrics.efficiency_ratio(lengths, _baseline(baseline, distance, lengths))


def alibi_share(distance: Any, forbidden: Any, *, slack: float = 0.0) -> float:
    """Share of pairs whose packets can prove by their round trip that they stayed out of some places.

    A trip of R(s, r) stretched by no more than 1 + δ is proof if it is shorter than any through a forbidden place:
    (1 + δ)·R(s, r) < min_f R(s, f) + R(f, r).

    Parameters
    ----------
    distance : (N, N) array, DataFrame or DataArray
        Between places, as in `reach_loss`; only ratios count.
    forbidden : (N,) bool array, or sequence of labels
        The places to stay out of.
    slack : float
        δ ≥ 0, how much longer real paths are than the shortest possible.

    Returns
    -------
    float
        Of ordered pairs of different places that are not forbidden, in [0, 1]; 1 if there is no pair.

    References
    ----------
    Levin et al. (2015), "Alibi Routing", SIGCOMM '15: 611.

    Examples
    --------
    >>> import splinternet as sn
    >>> places = [[0, 1, 5], [1, 0, 5], [5, 5, 0]]
    >>> sn.metrics.alibi_share(places, [False, False, True], slack=0.5)
    1.0
    """
    lengths = _distances(distance, "distance")
    places = labels_of(distance)
    given = list(np.atleast_1d(plain_array(forbidden, "forbidden")).tolist())
    if given and all(isinstance(place, str) for place in given):
        unknown = [place for place in given if places is None or place not in places]
        if unknown:
            raise ScenarioError(
                f"forbidden: there is no place {unknown[0]!r}." + _core.did_you_mean(unknown[0], places or [])
            )
        given = [place in given for place in places or []]
    if len(given) != len(lengths) or not all(isinstance(mark, bool) for mark in given):
        raise ScenarioError(f"forbidden: a True or False for each of {len(lengths)} places is needed, or labels")
    if not slack >= 0.0:
        raise ScenarioError(f"slack: it is {slack:g}, but at least 0 is needed")
    return _core.metrics.alibi_share(lengths, np.array(given, dtype=np.uint8), float(slack))


def algebraic_connectivity(capacity: Any, *, normalized: bool = False) -> float:
    """Second smallest eigenvalue of the Laplacian: how hard a network is to cut.

    Parameters
    ----------
    capacity : (N, N) array, DataFrame, DataArray or SciPy sparse matrix
        Capacities ≥ 0 (similarities, never lengths), read as (C + Cᵀ)/2 without the diagonal.
    normalized : bool
        Of I − D^−½·C·D^−½ instead of D − C.

    Returns
    -------
    float
        λ₂ in the unit of the capacities (a pure number if normalized); exactly 0 if the network is not connected.

    References
    ----------
    Fiedler (1973), Czechoslovak Mathematical Journal 23: 298.

    Examples
    --------
    >>> import splinternet as sn
    >>> round(sn.metrics.algebraic_connectivity([[0, 1, 0], [1, 0, 1], [0, 1, 0]]), 6)
    1.0
    """
    return _core.metrics.algebraic_connectivity(square(capacity, "capacity", minimum=0.0), bool(normalized))


class Component(NamedTuple):
    """A connected part of a network and its own algebraic connectivity (0 of a single node)."""

    nodes: list[Any]
    algebraic_connectivity: float


def connectivity_by_component(capacity: Any, *, normalized: bool = False) -> list[Component]:
    """Algebraic connectivity of each connected part: tells a split network from a thin one.

    Parameters
    ----------
    capacity, normalized
        As in `algebraic_connectivity`.

    Returns
    -------
    list of Component
        By lowest node; nodes by label, or by row if there are none.

    Examples
    --------
    >>> import splinternet as sn
    >>> parts = sn.metrics.connectivity_by_component([[0, 2, 0], [2, 0, 0], [0, 0, 0]])
    >>> [(part.nodes, round(part.algebraic_connectivity, 6)) for part in parts]
    [([0, 1], 4.0), ([2], 0.0)]
    """
    labels = labels_of(capacity)
    found = _core.metrics.connectivity_by_component(square(capacity, "capacity", minimum=0.0), bool(normalized))
    return [Component([node if labels is None else labels[node] for node in nodes], value) for nodes, value in found]


def splinternet_index(components: Any, weights: Any = None) -> float:
    """Weighted mean of degrees of fragmentation.

    Parameters
    ----------
    components : dict of name → number, or (n,) array
        Each a degree of fragmentation in [0, 1]; clip what may be negative, such as a decoupling index.
    weights : dict of name → number, or (n,) array, optional
        ≥ 0; default: equal.

    Returns
    -------
    float
        Σ w·c / Σ w, in [0, 1].

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.splinternet_index({"decoupling": 0.5, "reach_loss": 0.25}, {"decoupling": 3, "reach_loss": 1})
    0.4375
    """
    if isinstance(components, dict):
        names = list(components)
        given = {name: 1.0 for name in names} if weights is None else weights
        if not isinstance(given, dict) or set(given) != set(names):
            raise ScenarioError(f"weights: a weight for each of {', '.join(map(str, names))} is needed, and no other")
        components, weights = [components[name] for name in names], [given[name] for name in names]
    values = dense(components, "components")
    if values.ndim != 1 or not ((values >= 0.0) & (values <= 1.0)).all():
        raise ScenarioError("components: numbers between 0 and 1 are needed; clip what may lie outside")
    shares = np.ones_like(values) if weights is None else dense(weights, "weights")
    return _core.metrics.weighted_index(values, _like(shares, values, "weights", "components"))
