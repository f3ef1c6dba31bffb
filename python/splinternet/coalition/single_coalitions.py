"""What keeps one coalition together, for any number of actors; the Shapley value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from splinternet import _core
from splinternet._arrays import Floats, checked
from splinternet._core import ScenarioError
from splinternet.coalition._actors import MOST_ACTORS, MOST_SAMPLES, Actors, Flags, actors_of, not_negative
from splinternet.coalition._states import evaluated
from splinternet.metrics.partitions import whole_number

_MOST_PROBED = 4096  # of whom all states with one other choice are shown to a function at once


class Estimate(NamedTuple):
    """A sampled number with the standard deviation of its sampling error."""

    value: float
    standard_error: float


@dataclass(frozen=True)
class Stability:
    """What keeps one coalition together and others out.

    Attributes
    ----------
    margin
        What each actor gains by being in, by name, in the unit of the payoffs.
    internal, external
        No member gains by leaving; no outsider by joining.
    strictly_internal, strictly_external
        All of them would lose by that.
    potentially_internal
        Transfers among members could keep all of them in: the surplus is not negative.
    surplus
        Sum of the members' margins.
    first_to_leave, first_to_join
        Members by rising, outsiders by falling margin.
    """

    margin: dict[Any, float]
    internal: bool
    external: bool
    strictly_internal: bool
    strictly_external: bool
    potentially_internal: bool
    surplus: float
    first_to_leave: list[Any]
    first_to_join: list[Any]

    def __repr__(self) -> str:
        """Tell it in a line; `margin` has what each actor gains."""
        internal = "strictly internal" if self.strictly_internal else "internal" if self.internal else "not internal"
        external = "strictly external" if self.strictly_external else "external" if self.external else "not external"
        first = "".join(
            f", first to {word} {names[0]!r}"
            for word, names in (("leave", self.first_to_leave), ("join", self.first_to_join))
            if names
        )
        return f"<Stability: {internal}, {external}; surplus {self.surplus:g}{first}>"

    @property
    def stable(self) -> bool:
        """Internally and externally."""
        return self.internal and self.external


def stability_at(actors: Actors, flags: Flags, margin: Floats, tie_eps: float) -> Stability:
    """Stability of the coalition of those marked."""
    found = _core.coalition.stability(flags, margin, not_negative(tie_eps, "tie_eps"))
    for order in ("first_to_leave", "first_to_join"):
        found[order] = [actors.names[row] for row in found[order]]
    return Stability(margin=actors.by_name(margin), **found)


def transfers_at(actors: Actors, flags: Flags, margin: Floats, weights: Any) -> dict[Any, float]:
    """Transfers among those marked."""
    shares = actors.numbers(weights, "weights", minimum=0.0)
    return actors.by_name(_core.coalition.transfers(flags, margin, shares))


def stability(payoff: Callable[[Any], Any], members: Any, actors: Any, *, tie_eps: float = 0.0) -> Stability:
    """Stability of one coalition among any number of actors.

    Asks for the payoffs of the 2n coalitions with and without each actor only.

    Parameters
    ----------
    payoff : callable
        Takes states, (S, n) bool, who is in, and returns the payoff of each actor in each, (S, n).
    members : names
        The coalition.
    actors : sequence of names, or int
    tie_eps : float
        To gain is to gain more, in the unit of the payoffs.

    Returns
    -------
    Stability

    Raises
    ------
    ScenarioError
        For an unknown member, payoffs of another shape or not finite.

    Examples
    --------
    A club among a hundred that is worth 9 and costs each member another 1 per head:

    >>> import splinternet as sn
    >>> def payoff(members):
    ...     return (9.0 - members.sum(axis=1, keepdims=True)) * members
    >>> club = sn.coalition.stability(payoff, range(9), 100)
    >>> club.stable, club.strictly_internal, club.margin[0], club.margin[50]
    (True, False, 0.0, -1.0)
    """
    held = actors_of(actors)
    flags, count = held.flags(members), len(held)
    if count > _MOST_PROBED:
        raise ScenarioError(f"actors: each of at most {_MOST_PROBED} is looked at in and out, not of {count}")
    states = np.repeat(flags[None, :].astype(np.bool_), 2 * count, axis=0)
    rows = np.arange(count)
    states[rows, rows], states[count + rows, rows] = True, False
    states.flags.writeable = False
    values = evaluated(payoff, states, (count,), "payoff")
    return stability_at(held, flags, values[rows, rows] - values[count + rows, rows], tie_eps)


def _worths(worth: Any, actors: Actors) -> Floats:
    """Worth of every coalition by number Σ 2ⁱ."""
    count = len(actors)
    if count > MOST_ACTORS:
        raise ScenarioError(
            f"players: all coalitions of {MOST_ACTORS} players are gone through, not of {count}; "
            "say how many samples to draw instead"
        )
    if isinstance(worth, Mapping):
        table = np.full(2**count, np.nan)
        for members, value in worth.items():
            flags = actors.flags(members, "worth")
            table[int(flags @ (1 << np.arange(count)))] = value
        table[0] = table[0] if np.isfinite(table[0]) else 0.0
        if not np.isfinite(table).all():
            missing = actors.members_of(int(np.argmin(np.isfinite(table))))
            raise ScenarioError(f"worth: the coalition {missing} is missing or not finite")
        return table
    if not callable(worth):
        return checked(worth, "worth", shape=(2**count,))
    numbers = np.arange(2**count)
    parts = []
    for block in np.array_split(numbers, max(1, len(numbers) // 65536)):
        states = (block[:, None] >> np.arange(count) & 1).astype(np.bool_)
        states.flags.writeable = False
        parts.append(evaluated(worth, states, (), "worth"))
    return np.concatenate(parts)


def shapley_value(worth: Any, players: Any, *, samples: int | None = None, seed: int = 1) -> dict[Any, Any]:
    """Shapley value: what a player adds, averaged over all orders of arrival.

    Parameters
    ----------
    worth : callable, dict of coalition → number, or (2ⁿ,) array
        What each coalition can get. A function takes states, (S, n) bool, who is in, and returns (S,). An array has at
        the place Σ 2ⁱ the coalition of these players i; in a dict the empty coalition may be left out.
    players : sequence of names, or int
        Up to 22, or any number with samples.
    samples : int, optional
        Draw so many orders instead; `worth` must be a function then.
    seed : int
        Of the orders.

    Returns
    -------
    dict
        Player → value in the unit of the worths, or `Estimate` (value, standard_error) if sampled. They sum to the
        worth of all less that of none.

    Raises
    ------
    ScenarioError
        For too many players, a worth that is missing or not finite.

    References
    ----------
    Shapley (1953), "A value for n-person games"; Mann & Shapley (1960), RAND RM-2651.

    Examples
    --------
    >>> import splinternet as sn
    >>> gloves = {("left",): 0, ("right",): 0, ("Right",): 0, ("left", "right"): 1, ("left", "Right"): 1,
    ...           ("right", "Right"): 0, ("left", "right", "Right"): 1}
    >>> value = sn.coalition.shapley_value(gloves, ["left", "right", "Right"])
    >>> {name: round(each, 6) for name, each in value.items()}
    {'left': 0.666667, 'right': 0.166667, 'Right': 0.166667}
    """
    held = actors_of(players)
    if samples is None:
        return held.by_name(_core.coalition.shapley_value(len(held), _worths(worth, held)))
    if not callable(worth):
        raise ScenarioError("worth: samples are drawn with a function; leave samples out for a table")

    def one(flags: Flags) -> float:
        return float(evaluated(worth, flags[None, :].astype(np.bool_), (), "worth")[0])

    count = whole_number(samples, "samples", 2, MOST_SAMPLES)
    value, error = _core.coalition.sample_shapley_value(len(held), one, count, whole_number(seed, "seed", 0, 2**64 - 1))
    return {name: Estimate(*both) for name, *both in zip(held.names, value.tolist(), error.tolist(), strict=True)}
