"""Uncertainty of metrics from the choice of countries: whole countries are drawn anew, with all their flows."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from splinternet import _core
from splinternet._arrays import Floats, checked, labels_of, relabelled, square
from splinternet._core import ScenarioError
from splinternet.metrics._blocs import ranks_of
from splinternet.metrics.partitions import whole_number


class Interval(NamedTuple):
    """What the replicates of a metric say.

    `low` and `high` hold the middle `level` of the replicates; `mean` less the metric of all countries is the bias of
    resampling; `standard_error` their standard deviation; `undefined` counts those that were NaN and are left out.
    """

    low: float
    high: float
    mean: float
    standard_error: float
    undefined: int


def resample_flows(flow: Any, weight: Any) -> Any:
    """Flows among resampled countries: w_i·w_j·F_ij, but w_i·F_ii on the diagonal.

    Each copy of a country keeps its domestic flow, and copies of one country exchange nothing.

    Parameters
    ----------
    flow : (N, N) array, DataFrame, DataArray or SciPy sparse matrix
        Any unit.
    weight : (N,) array
        How often each country was drawn, ≥ 0.

    Returns
    -------
    (N, N) array, or DataArray for labelled flows
        In the unit of the flows.

    References
    ----------
    Owen (2007), Annals of Applied Statistics 1: 386; Snijders & Borgatti (1999), Connections 22: 161.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.resample_flows([[1, 2], [3, 4]], [2, 1]).tolist()
    [[2.0, 4.0], [6.0, 4.0]]
    """
    flows = square(flow, "flow")
    times = checked(weight, "weight", shape=(len(flows),), minimum=0.0)
    return relabelled(_core.metrics.resample_flows(flows, times), flow, ("country", "partner"), "flow")


def node_multiplicities(countries: Any, *, replicates: int = 1000, seed: int = 1) -> Floats:
    """How often each country is drawn in each replicate.

    Parameters
    ----------
    countries : int, or sequence of labels
        How many, or which. With labels the draws of a country do not depend on the order of rows.
    replicates : int
        How many.
    seed : int
        Of the draws, the same for any number of threads.

    Returns
    -------
    (replicates, N) array
        Whole numbers that sum to N in each row.

    Examples
    --------
    >>> import splinternet as sn
    >>> drawn = sn.metrics.node_multiplicities(5, replicates=3)
    >>> drawn.shape, drawn.sum(axis=1).tolist()
    ((3, 5), [5.0, 5.0, 5.0])
    """
    labels = None if isinstance(countries, int | np.integer) else [str(country) for country in countries]
    count = whole_number(countries if labels is None else len(labels), "countries", 1, 2**24)
    return _core.metrics.node_multiplicities(
        ranks_of(labels, count, "countries"),
        whole_number(seed, "seed", 0, 2**64 - 1),
        whole_number(replicates, "replicates", 1, 2**26 // count),
    )


def bootstrap(
    metric: Callable[[Floats], float],
    countries: Any,
    *,
    replicates: int = 1000,
    seed: int = 1,
    level: float = 0.95,
) -> Interval:
    """Percentile interval of a metric of resampled countries.

    In blocs of a few countries copies crowd out flows within, so that decoupling and modularity come out low: look at
    the mean beside the value.

    Parameters
    ----------
    metric : callable
        Takes how often each country was drawn, (N,), and returns a number; NaN where it is not defined.
    countries : int, sequence of labels, or labelled flows
        How many or which.
    replicates, seed
        As in `node_multiplicities`.
    level : float
        Share of the replicates that the interval holds, in (0, 1).

    Returns
    -------
    Interval

    References
    ----------
    Efron (1979), Annals of Statistics 7: 1; quantiles of type 7 of Hyndman & Fan (1996).

    Examples
    --------
    >>> import splinternet as sn
    >>> flow = [[0, 6, 2, 1], [5, 0, 1, 1], [2, 1, 0, 4], [1, 1, 3, 0]]
    >>> def share(times):
    ...     return sn.metrics.cross_share(sn.metrics.resample_flows(flow, times), ["A", "A", "B", "B"])
    >>> interval = sn.metrics.bootstrap(share, 4, replicates=200)
    >>> interval.low <= sn.metrics.cross_share(flow, ["A", "A", "B", "B"]) <= interval.high
    True
    """
    labels = labels_of(countries)
    weights = node_multiplicities(countries if labels is None else labels, replicates=replicates, seed=seed)
    if not 0.0 < level < 1.0:
        raise ScenarioError(f"level: it is {level:g}, but a number between 0 and 1 is needed")
    values = np.array([float(metric(weight)) for weight in weights])
    return Interval(*_core.metrics.percentile_interval(values, float(level)))
