"""Any game of finitely many actors: what is stable, what leads where, what power it gives."""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import Floats, checked
from splinternet._core import ScenarioError
from splinternet.coalition._actors import Actors, not_negative, positive
from splinternet.coalition.answers import Basins, Equilibria, ReplyCycle, Rest, StableCoalitions
from splinternet.coalition.landscapes import ResponseCycle
from splinternet.coalition.single_coalitions import Stability, stability_at, transfers_at
from splinternet.metrics.partitions import whole_number


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

    def _require_in_or_out(self) -> None:
        if not self._is_in_or_out():
            raise ScenarioError("game: coalitions take actors with two options, out and in")

    def _states(self, numbers: Any) -> list[Any]:
        rows = np.stack(np.unravel_index(np.asarray(numbers, dtype=np.int64), self._options), axis=-1).tolist()
        return [self._actors.members(row) for row in rows] if self._is_in_or_out() else [tuple(row) for row in rows]

    def _state(self, number: int) -> Any:
        return self._states([number])[0]

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

        Examples
        --------
        Two hunters meet at the stag (option 1, in) or catch hares:

        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> hunt.payoffs(["Ann"])
        {'Ann': 0.0, 'Bob': 3.0}
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

        Examples
        --------
        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> hunt.nash().strict
        [(), ('Ann', 'Bob')]
        """
        weak, strict = self._core.nash(not_negative(tie_eps, "tie_eps"))
        return Equilibria(self._states(weak), self._states(strict))

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

        Examples
        --------
        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> hunt.stable_coalitions()
        <StableCoalitions: 2 stable, 2 of them strictly, by size [1, 0, 1]>
        """
        self._require_in_or_out()
        stable, strict, *counts = self._core.stable_coalitions(not_negative(tie_eps, "tie_eps"))
        named = [[self._actors.members_of(int(bits)) for bits in sets] for sets in (stable, strict)]
        return StableCoalitions(named[0], named[1], *counts)

    def _margins(self, members: Any) -> tuple[NDArray[np.uint8], Floats]:
        """Who is in, and what each actor gains by being in."""
        self._require_in_or_out()
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

        Examples
        --------
        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> hunt.stability(["Ann", "Bob"])
        <Stability: strictly internal, strictly external; surplus 2, first to leave 'Ann'>
        >>> hunt.stability(["Ann"]).margin
        {'Ann': -3.0, 'Bob': 1.0}
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

        Examples
        --------
        >>> import splinternet as sn
        >>> lopsided = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [2, 6]]], ["Ann", "Bob"])
        >>> lopsided.transfers(["Ann", "Bob"])
        {'Ann': 2.0, 'Bob': -2.0}
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

        Examples
        --------
        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> [(rest.state, rest.starts, rest.probability) for rest in hunt.basins().rest]
        [((), 3, 0.5), (('Ann', 'Bob'), 1, 0.5)]
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

        Examples
        --------
        In matching pennies somebody always wants to turn his coin:

        >>> import splinternet as sn
        >>> pennies = sn.coalition.game([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], ["Ann", "Bob"])
        >>> pennies.better_reply_cycles()
        [ReplyCycle(states=[(), ('Bob',), ('Ann',), ('Ann', 'Bob')], is_sink=True)]
        """
        if reply not in ("better", "best"):
            raise ScenarioError(f'reply: it is {reply!r}, but "better" or "best" is needed')
        component, size, is_sink = self._core.replies(reply == "best", not_negative(tie_eps, "tie_eps"))
        ordered = np.argsort(component, kind="stable")
        ends = np.cumsum(size)
        return [
            ReplyCycle(self._states(ordered[ends[place] - size[place] : ends[place]]), bool(is_sink[place]))
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

        Examples
        --------
        Two hunters who each go where the other was never meet:

        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> hunt.simultaneous()
        [ResponseCycle(period=1, cycles=2, starts=2), ResponseCycle(period=2, cycles=1, starts=2)]
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

        Examples
        --------
        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> hunt.potential().tolist()
        [[0.0, -3.0], [-3.0, -2.0]]
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

        Examples
        --------
        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> hunt.gibbs(1.0).round(3).tolist()
        [[0.81, 0.04], [0.04, 0.11]]
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

        Examples
        --------
        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> hunt.quantal_response(0.5)["Ann"].round(4).tolist()
        [0.9975, 0.0025]
        """
        first = np.zeros(0)
        if start is not None:
            if not isinstance(start, Mapping) or set(start) != set(self.actors):
                raise ScenarioError("start: a dict with the probabilities of the options of each actor is needed")
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

        Examples
        --------
        >>> import splinternet as sn
        >>> hunt = sn.coalition.game([[[3, 3], [3, 0]], [[0, 3], [4, 4]]], ["Ann", "Bob"])
        >>> hunt.shapley_value()
        {'Ann': 4.0, 'Bob': 4.0}
        """
        self._require_in_or_out()
        worth = self._core.worths()
        return self._actors.by_name(_core.coalition.shapley_value(len(self._actors), worth))
