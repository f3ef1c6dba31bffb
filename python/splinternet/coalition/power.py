"""Power in voting: how often each voter decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import labels_of
from splinternet._core import ScenarioError
from splinternet.coalition._actors import MOST_SAMPLES, Actors, actors_of
from splinternet.coalition.single_coalitions import Estimate
from splinternet.metrics.partitions import whole_number

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class VotingPower:
    """Indices of power, by voter: fractions up to 34 voters, floats up to 64, estimates if sampled.

    Attributes
    ----------
    shapley_shubik
        Share of all orders in which the voter is pivotal; sums to 1.
    banzhaf
        Share of all swings (normalised Penrose–Banzhaf); sums to 1.
    banzhaf_absolute
        Probability of a swing when the others vote by coin.
    to_prevent, to_initiate
        Coleman's powers: swings over winning, and over losing coalitions.
    to_act
        Share of coalitions that win, a single number.
    """

    shapley_shubik: dict[Any, Any]
    banzhaf: dict[Any, Any]
    banzhaf_absolute: dict[Any, Any]
    to_prevent: dict[Any, Any]
    to_initiate: dict[Any, Any]
    to_act: Any

    def to_frame(self) -> "pd.DataFrame":
        """Return the indices as decimals: a row for each voter, a column for each index.

        Examples
        --------
        >>> import splinternet as sn
        >>> power = sn.coalition.voting_power({"A": 3, "B": 2, "C": 1}, quota=4)
        >>> power.to_frame()["shapley_shubik"].round(3).to_dict()
        {'A': 0.667, 'B': 0.167, 'C': 0.167}
        """
        import pandas as pd  # noqa: PLC0415 - slow, and not needed for fractions

        columns = {name: index for name, index in vars(self).items() if name != "to_act"}
        decimals = {name: [_decimal(of) for of in index.values()] for name, index in columns.items()}
        return pd.DataFrame(decimals, pd.Index(list(self.shapley_shubik), name="voter"))


def _decimal(index: Any) -> float:
    return float(index.value if isinstance(index, Estimate) else index)


def _whole_weights(weights: Any, voters: Actors, place: str) -> NDArray[np.uint64]:
    labels = labels_of(weights)
    if labels is not None and set(labels) & {str(name) for name in voters.names}:
        weights = dict(zip(labels, np.asarray(weights).tolist(), strict=True))
    if isinstance(weights, Mapping):
        for name in weights:
            voters.row(name, place)
        missing = [name for name in voters.names if name not in weights]
        if missing:
            raise ScenarioError(f"{place}: {missing[0]!r} has no weight; give one to each voter")
        given = [weights[name] for name in voters.names]
    elif weights is None:
        given = [1] * len(voters)
    else:
        given = list(weights)
        if len(given) != len(voters):
            raise ScenarioError(f"{place}: there are {len(given)} weights for {len(voters)} voters")
    whole = []
    for name, weight in zip(voters.names, given, strict=True):
        try:
            number = Fraction(str(weight))
        except (ValueError, ZeroDivisionError):
            raise ScenarioError(f"{place}: that of {name!r} is {weight!r}, which is no number") from None
        if number.denominator != 1 or not 0 <= number < 2**63:
            raise ScenarioError(
                f"{place}: that of {name!r} is {weight}, but whole numbers of at least 0 are needed; "
                "for shares take a fine unit, such as hundredths of a percent"
            )
        whole.append(int(number))
    return np.array(whole, dtype=np.uint64)


def _conditions(weights: Any, quota: Any) -> list[tuple[Any, Any]]:
    if isinstance(quota, list | tuple | np.ndarray):
        if not isinstance(weights, list | tuple | np.ndarray) or len(weights) != len(quota):
            raise ScenarioError(f"weights: {len(quota)} quotas need a list of as many weights, one for each condition")
        return list(zip(weights, quota, strict=True))
    return [(weights, quota)]


def voting_power(
    weights: Any, quota: Any, *, voters: Any = None, samples: int | None = None, seed: int = 1
) -> VotingPower:
    """Count, or sample, how often each voter turns a losing coalition into a winning one.

    Parameters
    ----------
    weights : dict of voter → weight, Series, or (n,) sequence of whole numbers; or a list of these
        Votes, ≥ 0. For several conditions a list with one for each; None stands for one vote each.
    quota : int, or list of int
        What the members' weights must sum to at least. A winning coalition meets all conditions.
    voters : sequence of names, or int, optional
        Default: the keys or labels of the (first) weights, else 0, 1, …
    samples : int, optional
        Draw so many orders and coalitions instead of counting all, for more than 64 voters or very fine weights.
    seed : int
        Of the draws.

    Returns
    -------
    VotingPower
        Exact fractions up to 34 voters, floats within 1e-14 up to 64, `Estimate` (value, standard_error) if sampled.

    Raises
    ------
    ScenarioError
        For weights that are not whole numbers, or voters that do not fit.
    DataError
        For a quota of 0 or above all votes, or too many voters or too fine weights to count.

    References
    ----------
    Shapley & Shubik (1954), American Political Science Review 48: 787; Banzhaf (1965), Rutgers Law Review 19: 317;
    Coleman (1971); Felsenthal & Machover (1998), The Measurement of Voting Power.

    Examples
    --------
    >>> import splinternet as sn
    >>> eec = sn.coalition.voting_power({"D": 4, "F": 4, "I": 4, "B": 2, "NL": 2, "L": 1}, quota=12)
    >>> str(eec.shapley_shubik["D"]), str(eec.banzhaf["B"]), str(eec.shapley_shubik["L"]), str(eec.to_act)
    ('7/30', '1/7', '0', '7/32')

    A treaty in force with two parties that hold 55 of 100:

    >>> treaty = sn.coalition.voting_power([None, {"A": 50, "B": 40, "C": 10}], quota=[2, 55])
    >>> [str(index) for index in treaty.shapley_shubik.values()]
    ['2/3', '1/6', '1/6']
    """
    conditions = _conditions(weights, quota)
    named = next((held for held, _ in conditions if held is not None), None)
    if voters is None and named is None:
        raise ScenarioError("voters: name them, or say how many there are")
    names = actors_of(voters, None if named is None else len(named), named)
    several = len(conditions) > 1
    rows, quotas = [], []
    for place, (held, wanted) in enumerate(conditions):
        where = f"[{place}]" if several else ""
        rows.append(_whole_weights(held, names, f"weights{where}"))
        quotas.append(whole_number(wanted, f"quota{where}", 1, 2**63))
    table, minimum = np.ascontiguousarray(np.stack(rows)), np.array(quotas, dtype=np.uint64)
    if samples is not None:
        drawn = _core.coalition.sample_power(
            minimum,
            table,
            whole_number(samples, "samples", 2, MOST_SAMPLES),
            whole_number(seed, "seed", 0, 2**64 - 1),
        )
        return _named(drawn, names, lambda pair: Estimate(*pair))
    return _named(
        _core.coalition.count_power(minimum, table),
        names,
        lambda value: Fraction(value) if isinstance(value, str) else value,
    )


def _named(found: dict[str, Any], voters: Actors, number: Any) -> VotingPower:
    indices = {name: values for name, values in found.items() if name != "to_act"}
    by_voter = {name: voters.by_name([number(value) for value in values]) for name, values in indices.items()}
    return VotingPower(**by_voter, to_act=number(found["to_act"]))
