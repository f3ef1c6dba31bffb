"""Networks that firms and actors form: competition among compatible products, links that pay."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from splinternet import _core
from splinternet._arrays import checked
from splinternet._core import ScenarioError
from splinternet.coalition._actors import Actors, actors_of, not_negative, positive
from splinternet.coalition._states import evaluated
from splinternet.metrics.partitions import whole_number

Link = tuple[Any, Any]


@dataclass(frozen=True)
class NetworkEquilibrium:
    """An equilibrium of fulfilled expectations.

    Attributes
    ----------
    output, profit
        Of each firm of a group, by group in the order given; 0 where nobody is expected to buy.
    total
        Output of all firms.
    consumer_surplus, total_surplus
        Of buyers, and of buyers and firms.
    """

    output: tuple[float, ...]
    profit: tuple[float, ...]
    total: float
    consumer_surplus: float
    total_surplus: float


def network_competition(
    groups: Sequence[int], network_effect: float, *, demand_less_cost: float = 1.0
) -> list[NetworkEquilibrium]:
    """Equal firms in groups of compatible products, when buyers gain by each other buyer in their network.

    Parameters
    ----------
    groups : sequence of int
        Numbers of firms whose products work together; up to 64 firms.
    network_effect : float
        γ in [0, 1): what each unit sold in the network adds to the worth of one.
    demand_less_cost : float
        A − c > 0: the highest price for the good alone less its unit cost.

    Returns
    -------
    list of NetworkEquilibrium
        One while γ times the size of each group is below 1; else one for each case of which groups sell.

    Raises
    ------
    ScenarioError
        For a network effect outside [0, 1), or numbers out of range.
    DataError
        For no firm or more than 64.

    References
    ----------
    Katz & Shapiro (1985), American Economic Review 75: 424.

    Examples
    --------
    Three firms sell 40 % more if their products work together:

    >>> import splinternet as sn
    >>> together = sn.coalition.network_competition([3], network_effect=0.5)[0]
    >>> apart = sn.coalition.network_competition([1, 1, 1], network_effect=0.5)[0]
    >>> round(together.total / apart.total, 9)
    1.4
    """
    sizes = [whole_number(size, f"groups[{place}]", 1, 64) for place, size in enumerate(groups)]
    effect = not_negative(network_effect, "network_effect")
    if effect >= 1.0:
        raise ScenarioError(f"network_effect: it is {effect:g}, but below 1 is needed")
    found = _core.coalition.network_equilibria(sizes, effect, positive(demand_less_cost, "demand_less_cost"))
    return [
        NetworkEquilibrium(tuple(output.tolist()), tuple(profit.tolist()), total, consumers, everybody)
        for output, profit, total, consumers, everybody in found
    ]


@dataclass(frozen=True)
class LinkFormation:
    """Graphs that actors who form and cut links come to, each as a tuple of links.

    Attributes
    ----------
    stable
        Pairwise stable: nobody gains by cutting a link of its own, no two by forming one.
    efficient
        Those of the highest sum of payoffs.
    highest_value
        That sum.
    """

    stable: list[tuple[Link, ...]]
    efficient: list[tuple[Link, ...]]
    highest_value: float


_MOST_LINKED = 7
_GRAPHS_AT_ONCE = 16384


def _pairs(count: int) -> list[tuple[int, int]]:
    """List the two ends of each link, in the order of the bits of a graph."""
    return [(j, i) for i in range(1, count) for j in range(i)]


def _formed(actors: Actors, table: Any, tie_eps: float) -> LinkFormation:
    pairs = _pairs(len(actors))

    def named(links: int) -> tuple[Link, ...]:
        ends = [pair for place, pair in enumerate(pairs) if links >> place & 1]
        return tuple((actors.names[a], actors.names[b]) for a, b in ends)

    stable, efficient, highest = _core.coalition.link_formation(len(actors), table, not_negative(tie_eps, "tie_eps"))
    return LinkFormation([named(int(one)) for one in stable], [named(int(one)) for one in efficient], highest)


def _linked(actors: Any) -> Actors:
    held = actors_of(actors)
    if not 1 <= len(held) <= _MOST_LINKED:
        raise ScenarioError(f"actors: all graphs of 1 to {_MOST_LINKED} actors are gone through, not of {len(held)}")
    return held


def link_formation(payoff: Callable[[Any], Any], actors: Any, *, tie_eps: float = 0.0) -> LinkFormation:
    """Which networks are pairwise stable, and which are best, when links need the consent of both ends.

    Parameters
    ----------
    payoff : callable
        Takes graphs, (S, n, n) bool and symmetric, and returns the payoff of each actor in each, (S, n).
    actors : sequence of names, or int
        Up to 7: all graphs are gone through.
    tie_eps : float
        To gain is to gain more, in the unit of the payoffs.

    Returns
    -------
    LinkFormation

    Raises
    ------
    ScenarioError
        For too many actors, payoffs of another shape or not finite.

    References
    ----------
    Jackson & Wolinsky (1996), Journal of Economic Theory 71: 44.

    Examples
    --------
    Links are worth 3 to both ends, less 1 for each link that either has:

    >>> import splinternet as sn
    >>> def payoff(linked):
    ...     degree = linked.sum(axis=2)
    ...     return 3.0 * degree - degree**2 - (linked * degree[:, None, :]).sum(axis=2)
    >>> [len(graph) for graph in sn.coalition.link_formation(payoff, 4).stable]
    [2, 2, 2]
    """
    held = _linked(actors)
    count = len(held)
    pairs = np.array(_pairs(count), dtype=np.int64).reshape(-1, 2)
    blocks = []
    for first in range(0, 2 ** len(pairs), _GRAPHS_AT_ONCE):
        numbers = np.arange(first, min(first + _GRAPHS_AT_ONCE, 2 ** len(pairs)))
        linked = np.zeros((len(numbers), count, count), dtype=np.bool_)
        present = (numbers[:, None] >> np.arange(len(pairs)) & 1).astype(np.bool_)
        linked[:, pairs[:, 0], pairs[:, 1]] = linked[:, pairs[:, 1], pairs[:, 0]] = present
        linked.flags.writeable = False
        blocks.append(evaluated(payoff, linked, (count,), "payoff"))
    return _formed(held, np.concatenate(blocks), tie_eps)


def connections(actors: Any, decay: float, link_cost: float, *, tie_eps: float = 1e-9) -> LinkFormation:
    """Networks of the connections model: δ^steps from everybody in reach, less the cost of own links.

    Parameters
    ----------
    actors : sequence of names, or int
        Up to 7.
    decay : float
        δ in [0, 1].
    link_cost : float
        Of each own link.
    tie_eps : float
        To gain is to gain more: sums of δ^steps round.

    Returns
    -------
    LinkFormation

    References
    ----------
    Jackson & Wolinsky (1996), section 2.1.

    Examples
    --------
    >>> import splinternet as sn
    >>> found = sn.coalition.connections(5, decay=0.5, link_cost=0.3)
    >>> len(found.stable), len(found.efficient), round(found.highest_value, 6)
    (27, 5, 4.6)
    """
    held = _linked(actors)
    share = not_negative(decay, "decay")
    if share > 1.0:
        raise ScenarioError(f"decay: it is {share:g}, but a number from 0 to 1 is needed")
    return _formed(
        held, _core.coalition.connections(len(held), share, float(checked(link_cost, "link_cost", shape=()))), tie_eps
    )
