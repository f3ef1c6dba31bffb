"""Large crowds and chance: fixed points, folds, logit shares, walks of adherents."""

from collections.abc import Callable
from typing import Any, NamedTuple

from splinternet import _core
from splinternet._arrays import Floats, checked
from splinternet._core import ScenarioError
from splinternet.coalition._actors import positive
from splinternet.metrics.partitions import whole_number


def _number(value: Any, argument: str) -> float:
    return float(checked(value, argument, shape=()))


_MOST_CELLS = 2**20
_MOST_CELLS_OF_FOLD = 2**14  # gone through some sixty times


def _bounds(low: Any, high: Any) -> tuple[float, float]:
    low, high = _number(low, "low"), _number(high, "high")
    if not low < high:
        raise ScenarioError(f"high: it is {high:g}, but it must be above low, {low:g}")
    return low, high


def fixed_points(
    map_: Callable[[float], Any], low: float = 0.0, high: float = 1.0, *, cells: int = 2048
) -> list[float]:
    """All x with map(x) = x of a continuous map, such as the share that follows if a share x has adopted.

    Parameters
    ----------
    map_ : callable
        Takes and returns a number.
    low, high : float
        Where to look.
    cells : int
        Points that lie within one of so many cells away from a turning point are missed: raise it, to 1048576 at most.

    Returns
    -------
    list of float
        Rising, to the last bits.

    Raises
    ------
    ScenarioError
        For bounds that are not in order.
    DataError
        Where the map is not finite.

    References
    ----------
    Granovetter (1978), American Journal of Sociology 83: 1420.

    Examples
    --------
    >>> import splinternet as sn
    >>> [round(x, 9) for x in sn.coalition.fixed_points(lambda x: x**2 * (3 - 2 * x))]
    [0.0, 0.5, 1.0]
    """
    found: list[float] = _core.coalition.fixed_points(
        lambda x: _number(map_(x), "map"), *_bounds(low, high), whole_number(cells, "cells", 2, _MOST_CELLS)
    )
    return found


class CriticalPoint(NamedTuple):
    """Where the smallest fixed point jumps: the parameter, and the fixed point just before."""

    parameter: float
    fixed_point: float


def critical_point(
    map_: Callable[[float, float], Any],
    *,
    quiet: float,
    loud: float,
    level: float,
    low: float = 0.0,
    high: float = 1.0,
    cells: int = 2048,
) -> CriticalPoint:
    """Where the smallest fixed point of a map jumps as a parameter moves (a fold).

    Parameters
    ----------
    map_ : callable
        Of x and the parameter.
    quiet, loud : float
        Parameters at which the smallest fixed point lies below `level`, and at which it does not.
    level : float
        Between the fixed points before and after the jump.
    low, high, cells
        As in `fixed_points`, but at most 16384 cells: they are gone through for each halving of the parameter.

    Returns
    -------
    CriticalPoint
        The parameter to a few bits, the fixed point, being a double root, to about half the digits.

    Raises
    ------
    DataError
        If the smallest fixed point is on the wrong side of `level` at either end.

    Examples
    --------
    >>> import splinternet as sn
    >>> fold = sn.coalition.critical_point(
    ...     lambda x, lift: x**2 * (3 - 2 * x) + lift * (1 - x), quiet=0.0, loud=0.5, level=0.5
    ... )
    >>> round(fold.parameter, 6), round(fold.fixed_point, 3)
    (0.125, 0.25)
    """
    found = _core.coalition.critical_point(
        lambda x, parameter: _number(map_(x, parameter), "map"),
        *_bounds(low, high),
        _number(level, "level"),
        _number(quiet, "quiet"),
        _number(loud, "loud"),
        whole_number(cells, "cells", 2, _MOST_CELLS_OF_FOLD),
    )
    return CriticalPoint(*found)


def logit_shares(temperature: float, advantage: Callable[[float], Any], *, cells: int = 2048) -> list[float]:
    """All symmetric logit equilibria of a large crowd between two options.

    Parameters
    ----------
    temperature : float
        T > 0, in the unit of the payoffs.
    advantage : callable
        Payoff of the first option less that of the second when a share p takes the first.
    cells : int
        As in `fixed_points`.

    Returns
    -------
    list of float
        Shares p = 1/(1 + exp(−advantage(p)/T)), rising.

    References
    ----------
    McKelvey & Palfrey (1995), Games and Economic Behavior 10: 6.

    Examples
    --------
    >>> import splinternet as sn
    >>> [round(p, 6) for p in sn.coalition.logit_shares(1 / 6, lambda p: p - 0.5)]
    [0.07072, 0.5, 0.92928]
    """
    precision = 1.0 / positive(temperature, "temperature")
    found: list[float] = _core.coalition.logit_shares(
        precision, lambda p: _number(advantage(p), "advantage"), whole_number(cells, "cells", 2, _MOST_CELLS)
    )
    return found


def _rates(up: Any, down: Any) -> tuple[Floats, Floats]:
    first = checked(up, "up", shape=(None,))
    second = checked(down, "down", shape=first.shape)
    for name, rates in (("up", first), ("down", second)):
        if (rates <= 0.0).any():
            raise ScenarioError(f"{name}[{int((rates > 0.0).argmin())}]: rates are above 0")
    return first, second


def birth_death_law(up: Any, down: Any) -> Floats:
    """Law in the long run of a number that goes up and down by one.

    Parameters
    ----------
    up : (n,) array
        Rates from 0 to 1, 1 to 2, … n − 1 to n.
    down : (n,) array
        Rates from 1 to 0, 2 to 1, … n to n − 1.

    Returns
    -------
    (n + 1,) array
        Probability of 0 … n.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.coalition.birth_death_law([2, 1], [1, 2]).round(6).tolist()
    [0.25, 0.5, 0.25]
    """
    found: Floats = _core.coalition.birth_death_law(*_rates(up, down))
    return found


class FirstExit(NamedTuple):
    """How a walk ends: the probability that it does so at the top, and its mean time."""

    at_top: float
    mean_time: float


def first_exit(up: Any, down: Any, start: int) -> FirstExit:
    """How a walk ends that stops where it first meets 0 or the top, n.

    Which of two standards wins, and when, if adherents of both arrive by chance until one is ahead by enough.

    Parameters
    ----------
    up, down : (n − 1,) array
        Rates at 1 … n − 1.
    start : int
        From 0 to n.

    Returns
    -------
    FirstExit
        `at_top` and `mean_time`, in units in which up and down are rates.

    References
    ----------
    Arthur (1989), Economic Journal 99: 116.

    Examples
    --------
    Even odds, five steps below the top and three above the bottom:

    >>> import splinternet as sn
    >>> exit_ = sn.coalition.first_exit([0.5] * 7, [0.5] * 7, start=3)
    >>> round(exit_.at_top, 9), round(exit_.mean_time, 9)
    (0.375, 15.0)
    """
    rates = _rates(up, down)
    return FirstExit(*_core.coalition.first_exit(*rates, whole_number(start, "start", 0, len(rates[0]) + 1)))
