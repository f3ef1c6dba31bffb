"""Any game of finitely many actors: what is stable, what leads where, what power it gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import Floats, checked
from splinternet._core import ScenarioError
from splinternet.coalition._actors import MOST_ACTORS, Actors, Coalition, actors_of, not_negative, positive
from splinternet.coalition._states import evaluated
from splinternet.coalition.landscape import ResponseCycle
from splinternet.coalition.stability import Stability, stability_at, transfers_at
from splinternet.metrics.partitions import whole_number

_MOST_STATES = 2**MOST_ACTORS
_STATES_AT_ONCE = 65536


@dataclass(frozen=True)
class StableCoalitions:
    """All coalitions that hold, and how many do by size, 0 … n.

    Attributes
    ----------
    stable
        Nobody in gains by leaving (internal), nobody out by joining (external).
    strictly_stable
        Those in which all would lose by that.
    stable_by_size, internal_by_size, external_by_size
        Counts by number of members.
    potentially_internal_by_size
        Those that transfers among members can hold together.
    """

    stable: list[Coalition]
    strictly_stable: list[Coalition]
    stable_by_size: list[int]
    internal_by_size: list[int]
    external_by_size: list[int]
    potentially_internal_by_size: list[int]


@dataclass(frozen=True)
class Equilibria:
    """States in which nobody gains by an own change (weak), or everybody loses by each (strict)."""

    weak: list[Any]
    strict: list[Any]


@dataclass(frozen=True)
class Rest:
    """A state at rest: from how many states the steepest moves lead there, and how likely random order does."""

    state: Any
    starts: int
    probability: float


@dataclass(frozen=True)
class Basins:
    """Where moves of one actor at a time lead.

    Attributes
    ----------
    rest
        The states at rest; their probabilities are NaN where best replies can go round.
    never_rest
        States from which the steepest moves go round for ever.
    """

    rest: list[Rest]
    never_rest: int


@dataclass(frozen=True)
class ReplyCycle:
    """States among which replies can go round, and whether no reply leads out of them."""

    states: list[Any]
    is_sink: bool


class Game:
    """A game as a table of payoffs; `game`, `set_game`, `public_good` and others make one.

    A state is told by its members, the actors that take option 1, where all have two options (out and in); else by a
    tuple of the option of each actor.
    """

    def __init__(self, actors: Actors, options: list[int], core: Any, scale: float) -> None:
        self._actors, self._options, self._core, self._scale = actors, options, core, scale

    @property
    def actors(self) -> tuple[Any, ...]:
        """Names of the actors."""
        return self._actors.names

    @property
    def options(self) -> tuple[int, ...]:
        """Number of options of each actor."""
        return tuple(self._options)

    @property
    def states(self) -> int:
        """Number of states."""
        return int(self._core.profiles)

    def __repr__(self) -> str:
        """Tell the size."""
        return f"Game of {len(self._actors)} actors, {self.states} states"

    def _is_in_or_out(self) -> bool:
        return all(count == 2 for count in self._options)

    def _state(self, number: int) -> Any:
        chosen = [int(option) for option in np.unravel_index(number, self._options)]
        return self._actors.members(chosen) if self._is_in_or_out() else tuple(chosen)

    def _number(self, state: Any) -> int:
        if self._is_in_or_out():
            chosen = self._actors.flags(state, "state").tolist()
        else:
            chosen = list(state)
            if len(chosen) != len(self._options):
                raise ScenarioError(f"state: {len(chosen)} options for {len(self._options)} actors")
            for name, option, count in zip(self.actors, chosen, self._options, strict=True):
                whole_number(option, f"state, option of {name}", 0, count - 1)
        return int(np.ravel_multi_index(chosen, self._options))

    def payoffs(self, state: Any) -> dict[Any, float]:
        """Payoff of each actor in a state.

        Parameters
        ----------
        state : names of the members, or option of each actor

        Returns
        -------
        dict
            Actor → payoff.
        """
        return self._actors.by_name(self._core.payoffs(self._number(state)))

    def nash(self, *, tie_eps: float = 0.0) -> Equilibria:
        """All Nash equilibria in pure options.

        Parameters
        ----------
        tie_eps : float
            To gain is to gain more, in the unit of the payoffs.

        Returns
        -------
        Equilibria
        """
        weak, strict = self._core.nash(not_negative(tie_eps, "tie_eps"))
        return Equilibria([self._state(int(one)) for one in weak], [self._state(int(one)) for one in strict])

    def stable_coalitions(self, *, tie_eps: float = 0.0) -> StableCoalitions:
        """All coalitions that hold: internal, external and potential internal stability.

        Parameters
        ----------
        tie_eps : float
            To gain is to gain more, in the unit of the payoffs.

        Returns
        -------
        StableCoalitions

        Raises
        ------
        ScenarioError
            If an actor has other than two options.

        References
        ----------
        D'Aspremont et al. (1983), Canadian Journal of Economics 16: 17; Carraro, Eyckmans & Finus (2006), Review of
        International Organizations 1: 379.
        """
        stable, strict, *counts = self._core.stable_coalitions(not_negative(tie_eps, "tie_eps"))
        named = ([self._actors.members_of(int(bits)) for bits in sets] for sets in (stable, strict))
        return StableCoalitions(*named, *counts)

    def _margins(self, members: Any) -> tuple[NDArray[np.uint8], Floats]:
        """Who is in, and what each actor gains by being in."""
        if not self._is_in_or_out():
            raise ScenarioError("members: coalitions take actors with two options, out and in")
        flags = self._actors.flags(members)
        margin = np.empty(len(flags))
        for row in range(len(flags)):
            number = []
            for side in (1, 0):
                moved = flags.copy()
                moved[row] = side
                number.append(int(np.ravel_multi_index(moved.tolist(), self._options)))
            inside, outside = (self._core.payoffs(one)[row] for one in number)
            margin[row] = inside - outside
        return flags, margin

    def stability(self, members: Any, *, tie_eps: float = 0.0) -> Stability:
        """Stability of one coalition: what holds it together and others out.

        Parameters
        ----------
        members : names
        tie_eps : float
            To gain is to gain more, in the unit of the payoffs.

        Returns
        -------
        Stability
        """
        return stability_at(self._actors, *self._margins(members), tie_eps)

    def transfers(self, members: Any, *, weights: Any = 1.0) -> dict[Any, float]:
        """Transfers among members that leave each its payoff outside and a share of the surplus.

        Parameters
        ----------
        members : names
        weights : dict, (n,) array or one number
            Shares of the surplus, ≥ 0.

        Returns
        -------
        dict
            Actor → what it gets, in the unit of the payoffs; they sum to 0. If the coalition is potentially internally
            stable, nobody gains by leaving with them.

        References
        ----------
        Eyckmans & Finus (2004), almost ideal sharing.
        """
        return transfers_at(self._actors, *self._margins(members), weights)

    def basins(self, *, weights: Any = 1.0, tie_eps: float = 0.0) -> Basins:
        """Where changes of one actor at a time lead from every state.

        Parameters
        ----------
        weights : dict, (n,) array or one number
            Above 0: the steepest change is that of the largest gain over its actor's weight.
        tie_eps : float
            To gain is to gain more, in the unit of the payoffs.

        Returns
        -------
        Basins
            `starts` of the steepest moves; `probability` when an actor drawn evenly from those that gain moves to its
            best option, exact.
        """
        each, never, has_probabilities = self._core.basins(
            not_negative(tie_eps, "tie_eps"), self._actors.numbers(weights, "weights")
        )
        nan = float("nan")
        return Basins(
            [
                Rest(self._state(number), len(starts), probability if has_probabilities else nan)
                for number, starts, probability in each
            ],
            never,
        )

    def better_reply_cycles(
        self, *, reply: Literal["better", "best"] = "better", tie_eps: float = 0.0
    ) -> list[ReplyCycle]:
        """States among which changes of one actor at a time can go round.

        Parameters
        ----------
        reply : {"better", "best"}
            Which changes are followed: all that gain, or each actor's best.
        tie_eps : float
            To gain is to gain more, in the unit of the payoffs.

        Returns
        -------
        list of ReplyCycle
            Empty: replies always end.

        References
        ----------
        Monderer & Shapley (1996), Games and Economic Behavior 14: 124.
        """
        if reply not in ("better", "best"):
            raise ScenarioError(f'reply: it is {reply!r}, but "better" or "best" is needed')
        component, size, is_sink = self._core.replies(reply == "best", not_negative(tie_eps, "tie_eps"))
        return [
            ReplyCycle([self._state(int(one)) for one in np.flatnonzero(component == place)], bool(is_sink[place]))
            for place in np.flatnonzero(size > 1)
        ]

    def simultaneous(self, *, tie_eps: float = 0.0) -> list[ResponseCycle]:
        """Where all states lead when all actors take their best options at once.

        Parameters
        ----------
        tie_eps : float
            Who gains no more stays.

        Returns
        -------
        list of ResponseCycle
            By rising period.
        """
        return [ResponseCycle(*cycle) for cycle in self._core.simultaneous(not_negative(tie_eps, "tie_eps"))]

    def _tolerance(self, tolerance: float | None) -> float:
        return 1e-9 * self._scale if tolerance is None else not_negative(tolerance, "tolerance")

    def potential(self, *, weights: Any = 1.0, tolerance: float | None = None) -> Floats | None:
        """Potential that each own change raises by its gain over the actor's weight.

        Parameters
        ----------
        weights : dict, (n,) array or one number
            Above 0.
        tolerance : float, optional
            In the unit of the payoffs; default: 1e-9 of the largest.

        Returns
        -------
        array with one axis per actor, or None
            0 in the first state; None if there is no potential.

        References
        ----------
        Monderer & Shapley (1996), Games and Economic Behavior 14: 124.
        """
        found = self._core.potential(self._tolerance(tolerance), self._actors.numbers(weights, "weights"))
        return None if found is None else np.reshape(found, self._options)

    def gibbs(self, temperature: float, *, tolerance: float | None = None) -> Floats:
        """Law of the states in the long run if one actor at a time chooses by logit.

        Parameters
        ----------
        temperature : float
            T > 0 in the unit of the payoffs.
        tolerance : float, optional
            As in `potential`.

        Returns
        -------
        array with one axis per actor
            ∝ exp(potential/T).

        Raises
        ------
        ScenarioError
            If the game has no exact potential; the message tells a round of four changes whose gains do not sum to 0.

        References
        ----------
        Blume (1993), Games and Economic Behavior 5: 387.
        """
        found = self.potential(tolerance=tolerance)
        if found is None:
            start, i, _, j, _, total = self._core.open_square(self._tolerance(tolerance), np.zeros(0))
            raise ScenarioError(
                f"game: without an exact potential there is no Gibbs law: from {self._state(int(start))}, changes of "
                f"{self.actors[int(i)]!r} and {self.actors[int(j)]!r} there and back gain {total:g}, not 0"
            )
        law = _core.coalition.gibbs_probabilities(found.ravel(), 1.0 / positive(temperature, "temperature"))
        return np.reshape(law, self._options)

    def quantal_response(self, temperature: float, *, start: Any = None) -> dict[Any, Floats]:
        """Logit equilibrium: all choose an option with probability ∝ exp(expected payoff/T), given the others.

        Parameters
        ----------
        temperature : float
            T > 0 in the unit of the payoffs.
        start : dict of actor → probabilities, optional
            Where to look; default: the branch that leads from even mixing at T = ∞.

        Returns
        -------
        dict
            Actor → probability of each option.

        Raises
        ------
        SolverError
            If the search does not settle.

        References
        ----------
        McKelvey & Palfrey (1995), Games and Economic Behavior 10: 6.
        """
        first = np.zeros(0)
        if start is not None:
            rows = [
                checked(start[name], f"start, {name}", shape=(count,), minimum=0.0)
                for name, count in zip(self.actors, self._options, strict=True)
            ]
            first = np.concatenate(rows)
        found, _, _ = self._core.quantal_response(1.0 / positive(temperature, "temperature"), 20, 1e-13, 200000, first)
        return dict(zip(self.actors, np.split(found, np.cumsum(self._options)[:-1]), strict=True))

    def shapley_value(self) -> dict[Any, float]:
        """Shapley value of what the members of each coalition get together.

        Returns
        -------
        dict
            Actor → what it adds, averaged over all orders of arrival; sums to the worth of the coalition of all.

        Raises
        ------
        ScenarioError
            If an actor has other than two options.
        """
        worth = self._core.worths()
        return self._actors.by_name(_core.coalition.shapley_value(len(self._actors), worth))


def _checked_options(options: Any, count: int) -> list[int]:
    given = [options] * count if isinstance(options, int | np.integer) else list(options)
    if len(given) != count:
        raise ScenarioError(f"options: there are {len(given)} numbers for {count} actors")
    counts = [whole_number(each, "options", 1, 255) for each in given]
    states = 1
    for each in counts:
        states *= each
    if count == 0 or states > _MOST_STATES:
        raise ScenarioError(
            f"actors: {count} actors have {states} states; 1 to {_MOST_STATES} are gone through, "
            f"e.g. {MOST_ACTORS} actors with two options"
        )
    return counts


def _blocks(options: list[int]) -> Iterator[NDArray[Any]]:
    """All states in order, some at a time: (S, n), bool where all have two options."""
    kind: type[Any] = np.bool_ if all(count == 2 for count in options) else np.uint8
    states = int(np.prod(options))
    for first in range(0, states, _STATES_AT_ONCE):
        numbers = np.arange(first, min(first + _STATES_AT_ONCE, states))
        block = np.stack(np.unravel_index(numbers, options), axis=1).astype(kind)
        block.flags.writeable = False
        yield block


def _table_of(function: Callable[[Any], Any], options: list[int]) -> Floats:
    blocks = []
    for block in _blocks(options):
        values = evaluated(function, block, (len(options),), "payoff")
        if not blocks and not np.array_equal(values, evaluated(function, block, (len(options),), "payoff")):
            raise ScenarioError("payoff: called twice with the same states, the function gives different payoffs")
        blocks.append(values)
    return np.ascontiguousarray(np.concatenate(blocks))


def from_table(actors: Actors, options: list[int], table: Floats) -> Game:
    """Game of payoffs in the order of states, (states, n)."""
    core = _core.coalition.Game(options, table)
    return Game(actors, options, core, float(np.abs(table).max(initial=0.0)))


def game(payoff: Any, actors: Any = None, *, options: Any = 2) -> Game:
    """Pose a game by a function or a table of payoffs.

    Parameters
    ----------
    payoff : callable, (2ⁿ, n) array, or array with one axis per actor and one of n payoffs
        A function takes states, (S, n) – bool, who is in, where all have two options; else the option of each actor –
        and returns the payoff of each actor in each, (S, n). It must depend on nothing else. A table of 2ⁿ rows has the
        payoffs of the coalition of the actors i whose bits 2ⁱ make up the number of the row.
    actors : sequence of names, or int, optional
        Needed for a function.
    options : int, or one number per actor
        How many options actors have, for a function; 2: out and in.

    Returns
    -------
    Game

    Raises
    ------
    ScenarioError
        For more than 2²² states, payoffs of another shape or not finite, a function that answers differently when
        asked again.

    Examples
    --------
    A treaty of three: cutting costs 4 and is worth 3 to everybody; members cut if there are two or more.

    >>> import splinternet as sn
    >>> def payoff(members):
    ...     cuts = members & (members.sum(axis=1, keepdims=True) >= 2)
    ...     return 3.0 * cuts.sum(axis=1, keepdims=True) - 4.0 * cuts
    >>> treaty = sn.coalition.game(payoff, ["Ann", "Bob", "Cid"])
    >>> treaty.stable_coalitions().strictly_stable
    [('Ann', 'Bob'), ('Ann', 'Cid'), ('Bob', 'Cid')]
    >>> treaty.payoffs(["Ann", "Bob"])
    {'Ann': 2.0, 'Bob': 2.0, 'Cid': 6.0}

    The prisoner's dilemma as a table, with option 1 for silence:

    >>> sn.coalition.game([[[-2, -2], [0, -3]], [[-3, 0], [-1, -1]]], ["A", "B"]).nash().strict
    [()]
    """
    if callable(payoff):
        held = actors_of(actors)
        counts = _checked_options(options, len(held))
        return from_table(held, counts, _table_of(payoff, counts))
    table = checked(payoff, "payoff")
    if table.ndim == 2 and table.shape[0] == 2 ** min(table.shape[1], MOST_ACTORS):
        held = actors_of(actors, table.shape[1])
        counts = _checked_options(2, len(held))
        axes = table.reshape(*counts, len(held))  # axis 0: the last actor
        order = [*range(len(held) - 1, -1, -1), len(held)]
        return from_table(held, counts, np.ascontiguousarray(axes.transpose(order)).reshape(table.shape))
    if table.ndim < 2 or table.shape[-1] != table.ndim - 1:
        raise ScenarioError(
            f"payoff: the shape is {table.shape}, but (2ⁿ, n), or one axis per actor and one of n payoffs, is needed"
        )
    held = actors_of(actors, table.shape[-1])
    counts = _checked_options(table.shape[:-1], len(held))
    return from_table(held, counts, np.ascontiguousarray(table.reshape(-1, len(held))))


def set_game(payoff: Callable[[frozenset[Any]], Any], actors: Any) -> Game:
    """Pose a game by a function of the set of members.

    Called once per coalition; `game` with a vectorised function is much quicker for many actors.

    Parameters
    ----------
    payoff : callable
        Takes the frozenset of the members' names, returns the payoff of each actor: a dict by name, or in order.
    actors : sequence of names, or int

    Returns
    -------
    Game

    Raises
    ------
    ScenarioError
        As in `game`.

    Examples
    --------
    >>> import splinternet as sn
    >>> def payoff(members):
    ...     return {name: len(members) - 2 if name in members else 0 for name in "abc"}
    >>> sn.coalition.set_game(payoff, "a b c".split()).stable_coalitions().stable
    [(), ('a', 'b', 'c')]
    """
    held = actors_of(actors)

    def rows(states: NDArray[Any]) -> Floats:
        return np.array([held.numbers(payoff(frozenset(held.members(state))), "payoff") for state in states])

    counts = _checked_options(2, len(held))
    return from_table(held, counts, _table_of(rows, counts))
