"""How unevenly a mass is spread over its holders, and how polarised its groups are."""

from typing import Any, NamedTuple

import numpy as np

from splinternet import _core
from splinternet._arrays import Floats, checked, labels_of, square
from splinternet._core import ScenarioError
from splinternet.metrics._blocs import blocs_of, require_same_order
from splinternet.metrics.partitions import whole_number


def _mass(value: Any, name: str = "mass") -> Floats:
    return checked(value, name, shape=(None,), minimum=0.0)


def herfindahl(mass: Any) -> float:
    """Herfindahl–Hirschman index, the sum of squared shares.

    Parameters
    ----------
    mass : (n,) array
        What each holder has, ≥ 0, any unit: counts, GDP, traffic.

    Returns
    -------
    float
        In [1/n, 1]; 0 without mass.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.herfindahl([3, 1])
    0.625
    """
    return _core.metrics.herfindahl(_mass(mass))


def effective_number(mass: Any) -> float:
    """Effective number of holders, 1 over the sum of squared shares (Hill number of order 2).

    Parameters
    ----------
    mass : (n,) array
        What each holder has, ≥ 0, any unit.

    Returns
    -------
    float
        In [1, n]; 0 without mass.

    References
    ----------
    Laakso & Taagepera (1979), Comparative Political Studies 12: 3.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.effective_number([3, 1])
    1.6
    """
    return _core.metrics.effective_number(_mass(mass))


def hill_number_1(mass: Any) -> float:
    """Effective number of holders by entropy, exp(−Σ s·ln s) (Hill number of order 1).

    Parameters
    ----------
    mass : (n,) array
        What each holder has, ≥ 0, any unit; those without mass add nothing.

    Returns
    -------
    float
        In [1, n]; 0 without mass.

    References
    ----------
    Hill (1973), Ecology 54: 427.

    Examples
    --------
    >>> import splinternet as sn
    >>> round(sn.metrics.hill_number_1([3, 1]), 6)
    1.754765
    """
    return _core.metrics.hill_number_1(_mass(mass))


def top_share(mass: Any, count: int = 1) -> float:
    """Share of the `count` largest holders.

    Parameters
    ----------
    mass : (n,) array
        What each holder has, ≥ 0, any unit.
    count : int
        How many; all of them if there are fewer.

    Returns
    -------
    float
        In [0, 1]; 0 without mass.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.top_share([5, 1, 2], 2)
    0.875
    """
    return _core.metrics.top_share(_mass(mass), whole_number(count, "count", 0, 2**32))


def gini(mass: Any) -> float:
    """Gini coefficient.

    Parameters
    ----------
    mass : (n,) array
        What each holder has, ≥ 0, any unit.

    Returns
    -------
    float
        In [0, 1 − 1/n]: 0 if all have the same, or nothing.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.gini([3, 1])
    0.25
    """
    return _core.metrics.gini(_mass(mass))


def freeman_centralization(centrality: Any, star_centre: float) -> float:
    """How far the most central node stands out, against a star.

    Parameters
    ----------
    centrality : (n,) array
        Of each node.
    star_centre : float
        Centrality > 0 of the centre of a star of n nodes whose leaves have 0: (n − 1)(n − 2)/2 for undirected
        betweenness, twice that if ordered pairs count.

    Returns
    -------
    float
        In [0, 1]: 1 for the star; 0 for fewer than two nodes.

    References
    ----------
    Freeman (1979), Social Networks 1: 215.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.freeman_centralization([3, 0, 0, 0], star_centre=3)
    1.0
    """
    if not 0.0 < star_centre < np.inf:
        raise ScenarioError(f"star_centre: it is {star_centre:g}, but a number above 0 is needed")
    return _core.metrics.freeman_centralization(checked(centrality, "centrality", shape=(None,)), float(star_centre))


class Theil(NamedTuple):
    """Theil's T and its parts: total = between + within up to rounding."""

    total: float
    between: float
    within: float


def theil(value: Any, *, weight: Any = None, group: Any = None) -> Theil:
    """Theil's T of inequality, split into that between groups and that within them.

    Parameters
    ----------
    value : (n,) array
        Such as income per head, ≥ 0, any unit.
    weight : (n,) array, optional
        Population, ≥ 0; default: one each.
    group : sequence of n names, dict or Series, optional
        Default: one group.

    Returns
    -------
    Theil
        T = Σ p·(y/μ)·ln(y/μ) with its parts `between` and `within`; 0 if nobody has anything.

    References
    ----------
    Theil (1967), Economics and Information Theory.

    Examples
    --------
    >>> import splinternet as sn
    >>> inequality = sn.metrics.theil([1, 1, 3, 3], group=["poor", "poor", "rich", "rich"])
    >>> round(inequality.total, 6), round(inequality.between, 6), inequality.within
    (0.130812, 0.130812, 0.0)
    """
    values = _mass(value, "value")
    require_same_order(weight, value, "weight", "value")
    weights = np.ones(len(values)) if weight is None else checked(weight, "weight", shape=values.shape, minimum=0.0)
    groups = blocs_of(np.zeros(len(values)) if group is None else group, "group", len(values), labels_of(value))
    return Theil(*_core.metrics.theil(values, weights, groups.code, len(groups.names)))


def _distances(distance: Any, groups: int) -> Floats:
    given = checked(distance, "distance")
    if given.ndim == 1:
        given = np.abs(given[:, None] - given[None, :])
    given = square(given, "distance", minimum=0.0)
    if len(given) != groups:
        raise ScenarioError(f"distance: it is of {len(given)} groups, but mass of {groups}")
    return given


def _checked_alpha(alpha: float) -> float:
    if not 0.0 < alpha <= 1.6:
        raise ScenarioError(f"alpha: it is {alpha:g}, but a number above 0 and at most 1.6 is needed")
    return float(alpha)


def esteban_ray(mass: Any, distance: Any, *, alpha: float = 1.3, scale: float = 1.0) -> float:
    """Polarization of groups that identify with their own and are alienated from others.

    Parameters
    ----------
    mass : (n,) array
        Of each group, ≥ 0, any unit.
    distance : (n, n) array of distances ≥ 0, or (n,) array of positions on a line
        Any unit.
    alpha : float
        Sensitivity to the size of groups, in (0, 1.6].
    scale : float
        K, a factor.

    Returns
    -------
    float
        K·Σ_a Σ_b s_a^(1+α)·s_b·d_ab, in the unit of the distances; 0 without mass.

    References
    ----------
    Esteban & Ray (1994), Econometrica 62: 819, eq. 3.

    Examples
    --------
    >>> import splinternet as sn
    >>> round(sn.metrics.esteban_ray([1, 1], [0, 1], alpha=1.6), 6)
    0.164938
    """
    masses = _mass(mass)
    factor = float(checked(scale, "scale", shape=()))
    return _core.metrics.esteban_ray(masses, _distances(distance, len(masses)), _checked_alpha(alpha), factor)


def relative_esteban_ray(mass: Any, distance: Any, *, maximal_distance: float, alpha: float = 1.3) -> float:
    """Polarization against that of two equal groups at the largest distance.

    Parameters
    ----------
    mass, distance, alpha
        As in `esteban_ray`.
    maximal_distance : float
        A fixed scale > 0 in the unit of the distances, so that values of several dates compare.

    Returns
    -------
    float
        In [0, 1].

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.relative_esteban_ray([1, 1], [-1, 1], maximal_distance=2)
    1.0
    """
    if not 0.0 < maximal_distance < np.inf:
        raise ScenarioError(f"maximal_distance: it is {maximal_distance:g}, but a number above 0 is needed")
    masses = _mass(mass)
    return _core.metrics.relative_esteban_ray(
        masses, _distances(distance, len(masses)), _checked_alpha(alpha), float(maximal_distance)
    )


def reynal_querol(mass: Any) -> float:
    """Polarization of groups without distances, 4·Σ s²(1 − s).

    Parameters
    ----------
    mass : (n,) array
        Of each group, ≥ 0, any unit.

    Returns
    -------
    float
        In [0, 1]: 1 for two equal groups.

    References
    ----------
    Reynal-Querol (2002), Journal of Conflict Resolution 46: 29.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.reynal_querol([1, 1]), round(sn.metrics.reynal_querol([4, 3.5, 2.5]), 6)
    (1.0, 0.89)
    """
    return _core.metrics.reynal_querol(_mass(mass))


class PolicyDistance(NamedTuple):
    """Mean distance of two countries of one bloc, and of two blocs."""

    within: float
    across: float


def policy_distance(position: Any, blocs: Any, *, weight: Any = None) -> PolicyDistance:
    """Mean distance of the policies of two countries of the same bloc and of different blocs.

    Parameters
    ----------
    position : (N,) array
        Of each country on one axis: UN ideal points, restrictiveness. The choice of axis matters.
    blocs : sequence of N names, dict or Series
        The bloc of each country.
    weight : (N,) array, optional
        How much each country counts, ≥ 0; default: one each.

    Returns
    -------
    PolicyDistance
        `within` and `across`, in the unit of the positions; 0 where there is no such pair.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.policy_distance([0.0, 1.0, 4.0], ["A", "A", "B"])
    PolicyDistance(within=1.0, across=3.5)
    """
    positions = checked(position, "position", shape=(None,))
    count = len(positions)
    code = blocs_of(blocs, "blocs", count, labels_of(position)).code
    require_same_order(weight, position, "weight", "position")
    weights = np.ones(count) if weight is None else checked(weight, "weight", shape=(count,), minimum=0.0)
    return PolicyDistance(*_core.metrics.policy_distance(positions, code, weights))
