"""Divisions: the one of highest modularity, and how much two agree."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import Floats, checked, labels_of, relabelled
from splinternet._core import ScenarioError
from splinternet.metrics._blocs import blocs_of, ranks_of, require_same_order
from splinternet.metrics._mixing import Diagonal, counts_diagonal, flows_of

_MOST_NODES = 10_000_000


class Agreement(NamedTuple):
    """How much two divisions of the same countries agree."""

    normalized_mutual_information: float
    variation_of_information: float


@dataclass(frozen=True)
class ReferenceFit:
    """How a given division fares against the best one found."""

    modularity: float
    agreement: Agreement


@dataclass(frozen=True)
class BestPartition:
    """A division of high modularity.

    Attributes
    ----------
    label
        Community of each country, 0, 1, …: an array, or a DataArray by country for labelled flows.
    communities
        How many there are.
    modularity
        Of this division; never below that of the reference, of one block, of single countries.
    reference
        How the division asked about fares, if one was given.
    """

    label: Any
    communities: int
    modularity: float
    reference: ReferenceFit | None = None


class _Edges(NamedTuple):
    """Flows as the core takes them: a matrix, or (from, to, flow)."""

    flow: Floats
    start: NDArray[np.uint32] | None
    end: NDArray[np.uint32] | None
    nodes: int


def _edges_of(flow: Any) -> _Edges:
    if not (hasattr(flow, "tocoo") and hasattr(flow, "nnz")):
        matrix = flows_of(flow)
        return _Edges(matrix, None, None, len(matrix))
    sparse = flow.tocoo()  # without N × N numbers
    if sparse.shape[0] != sparse.shape[1]:
        raise ScenarioError(f"flow: the shape is {sparse.shape}, but a square matrix is needed")
    if sparse.shape[0] > _MOST_NODES:
        raise ScenarioError(f"flow: {sparse.shape[0]} countries, but at most {_MOST_NODES} can be handled")
    values = checked(sparse.data, "flow", shape=(None,), minimum=0.0)
    return _Edges(values, sparse.row.astype(np.uint32), sparse.col.astype(np.uint32), int(sparse.shape[0]))


def whole_number(value: Any, name: str, low: int, high: int) -> int:
    """Check a whole number from `low` to `high`."""
    is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not is_whole or not low <= value <= high:
        raise ScenarioError(f"{name}: it is {value!r}, but a whole number from {low} to {high} is needed")
    return int(value)


def best_partition(
    flow: Any,
    *,
    diagonal: Diagonal | None = None,
    resolution: float = 1.0,
    reference: Any = None,
    random_starts: int = 2,
    seed: int = 1,
) -> BestPartition:
    """Find the division of countries with the highest directed modularity, by the Leiden algorithm.

    A pure function of its arguments: the same for any number of threads and, for labelled flows, any order of rows.

    Parameters
    ----------
    flow : (N, N) array, DataFrame, DataArray or SciPy sparse matrix
        Flows ≥ 0 from the country of the row to that of the column, any unit. A sparse matrix stays sparse.
    diagonal : {"include", "exclude"}, optional
        Whether domestic flows count; must be said if there are any.
    resolution : float
        γ in (0, 100]; above 1 more and smaller communities. Modularity cannot see communities below a size of about
        √(2m) of m links (Fortunato & Barthélemy 2007).
    reference : sequence of N names, dict or Series, optional
        A division to start from and to compare with, such as the blocs.
    random_starts : int
        Random orders of countries tried beside the order of labels.
    seed : int
        Of these orders.

    Returns
    -------
    BestPartition

    Raises
    ------
    ScenarioError
        For what cannot be flows or a division.

    References
    ----------
    Traag, Waltman & van Eck (2019), Scientific Reports 9: 5233.

    Examples
    --------
    >>> import splinternet as sn
    >>> flow = [[0, 6, 1, 1], [6, 0, 1, 1], [1, 1, 0, 6], [1, 1, 6, 0]]
    >>> best = sn.metrics.best_partition(flow, reference=["A", "A", "A", "B"])
    >>> best.label.tolist(), best.modularity
    ([0, 0, 1, 1], 0.25)
    >>> round(best.reference.modularity, 6), round(best.reference.agreement.normalized_mutual_information, 6)
    (-0.125, 0.343711)
    """
    edges = _edges_of(flow)
    countries = labels_of(flow)
    if edges.start is None:
        is_counted = counts_diagonal(diagonal, edges.flow, "flow")
    else:
        loops = bool(edges.flow[edges.start == edges.end].any())
        is_counted = counts_diagonal(diagonal, np.full((1, 1), float(loops)), "flow")
    if not 0.0 < resolution <= 100.0:
        raise ScenarioError(f"resolution: it is {resolution:g}, but a number above 0 and at most 100 is needed")
    given = None if reference is None else blocs_of(reference, "reference", edges.nodes, countries).code
    found = _core.metrics.best_partition(
        edges.flow,
        edges.start,
        edges.end,
        edges.nodes,
        is_counted,
        ranks_of(countries, edges.nodes, "flow"),
        float(resolution),
        whole_number(seed, "seed", 0, 2**64 - 1),
        whole_number(random_starts, "random_starts", 0, 65535),
        given,
    )
    fit = None
    if "reference" in found:
        quality, *agreement = found["reference"]
        fit = ReferenceFit(quality, Agreement(*agreement))
    label = relabelled(found["label"].astype(np.int64), flow, ("country",), "community")
    return BestPartition(label, found["communities"], found["modularity"], fit)


def compare_partitions(first: Any, second: Any, *, weight: Any = None) -> Agreement:
    """How much two divisions of the same countries agree.

    Parameters
    ----------
    first, second : sequence of N names, dict or Series
        The bloc of each country; dicts and Series are matched by country.
    weight : (N,) array, optional
        How much each country counts, ≥ 0, such as GDP; default: one each.

    Returns
    -------
    Agreement
        `normalized_mutual_information`, 2I/(H₁ + H₂) in [0, 1], and `variation_of_information`, H₁ + H₂ − 2I in nats,
        which is a metric. Equal divisions give exactly 1 and 0.

    References
    ----------
    Danon et al. (2005), Journal of Statistical Mechanics: P09008; Meilă (2007), Journal of Multivariate Analysis 98:
    873.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.compare_partitions(["A", "A", "B", "B"], [1, 1, 2, 2])
    Agreement(normalized_mutual_information=1.0, variation_of_information=0.0)
    >>> agreement = sn.metrics.compare_partitions({"FRA": "x", "USA": "y"}, {"USA": "w", "FRA": "w"})
    >>> round(agreement.variation_of_information, 6)
    0.693147
    """
    countries = [str(country) for country in first] if isinstance(first, dict) else labels_of(first)
    count = len(first)
    one = blocs_of(first, "first", count, countries)
    other = blocs_of(second, "second", count, countries)
    require_same_order(weight, first, "weight", "first")
    mass = np.ones(count) if weight is None else checked(weight, "weight", shape=(count,), minimum=0.0)
    return Agreement(*_core.metrics.compare_partitions(one.code, other.code, mass))
