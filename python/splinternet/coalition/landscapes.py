"""Landscapes of alliances: which divisions are at rest when actors choose whom to stand with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from splinternet import _core
from splinternet._arrays import Floats, labels_of, square
from splinternet._core import ScenarioError
from splinternet.coalition._actors import Actors, Coalition, Flags, actors_of, not_negative, positive
from splinternet.metrics.partitions import whole_number


@dataclass(frozen=True)
class Division:
    """Actors divided into alliances, and the energy of the division."""

    alliances: tuple[Coalition, ...]
    energy: float


@dataclass(frozen=True)
class Basin:
    """What leads to a division at rest.

    Attributes
    ----------
    division
        The division at rest.
    starts
        Divisions from which steepest descent ends there.
    probability
        Of ending there from a start drawn evenly, actors moving in random order; exact.
    """

    division: Division
    starts: int
    probability: float


@dataclass(frozen=True)
class ResponseCycle:
    """Where starts end when all actors move at once.

    Attributes
    ----------
    period
        1: a state that stays.
    cycles
        How many different cycles of this length there are.
    starts
        Starts that end in one of them.
    """

    period: int
    cycles: int
    starts: int


@dataclass(frozen=True)
class GibbsLaw:
    """How often a world is in each division in the long run.

    Attributes
    ----------
    probability
        By state, (states,), in the order of `Landscape.energies`.
    mean_energy, energy_variance
        Of the energy.
    """

    probability: Floats
    mean_energy: float
    energy_variance: float


class Landscape:
    """A landscape of alliances and all its divisions; `landscape` makes one."""

    def __init__(self, actors: Actors, sizes: Floats, propensities: Floats, alliances: int) -> None:
        self._actors = actors
        self._core = _core.coalition.Landscape(sizes, propensities, alliances)

    @property
    def actors(self) -> tuple[Any, ...]:
        """Names of the actors."""
        return self._actors.names

    @property
    def states(self) -> int:
        """Number of divisions, up to the names of alliances."""
        return int(self._core.states)

    def __repr__(self) -> str:
        """Tell the size."""
        return f"Landscape of {len(self._actors)} actors, {self.states} divisions"

    def _alliances(self, division: Any, argument: str = "division") -> Flags:
        """Read the alliance of each actor from lists of names, a dict, a Division, or a label per actor."""
        n = len(self._actors)
        number = np.zeros(n, dtype=np.uint8)
        if isinstance(division, Division):
            division = division.alliances
        if isinstance(division, Mapping):
            labels = [division[name] if name in division else self._missing(name, argument) for name in self.actors]
            if len(division) != n:
                raise ScenarioError(f"{argument}: it tells of {len(division)} actors, but there are {n}")
        elif all(isinstance(group, list | tuple | set | frozenset) for group in division):
            labels = [None] * n
            for place, group in enumerate(division):
                for name in group:
                    row = self._actors.row(name, argument)
                    if labels[row] is not None:
                        raise ScenarioError(f"{argument}: {name!r} is in two alliances")
                    labels[row] = place
            for name, label in zip(self.actors, labels, strict=True):
                if label is None:
                    self._missing(name, argument)
        else:
            labels = list(division)
            if len(labels) != n:
                raise ScenarioError(f"{argument}: there are {len(labels)} labels for {n} actors")
        names = {label: place for place, label in enumerate(dict.fromkeys(labels))}
        if len(names) > 255:
            raise ScenarioError(f"{argument}: there are more than 255 alliances")
        number[:] = [names[label] for label in labels]
        return number

    @staticmethod
    def _missing(name: Any, argument: str) -> Any:
        raise ScenarioError(f"{argument}: {name!r} is in no alliance; put each actor into one")

    def division(self, state: int) -> Division:
        """Division of a state.

        Parameters
        ----------
        state : int
            Below `states`, in the order of `energies`.

        Returns
        -------
        Division
            Alliances in the order of their first actors.

        Examples
        --------
        >>> import splinternet as sn
        >>> trio = sn.coalition.landscape([[0, 2, -1], [2, 0, -1], [-1, -1, 0]], actors=["Ann", "Bob", "Cid"])
        >>> trio.division(1)
        Division(alliances=(('Ann', 'Bob'), ('Cid',)), energy=-4.0)
        """
        held = whole_number(state, "state", 0, self.states - 1)
        return self._division(self._core.divisions(np.array([held], dtype=np.uint64))[0])

    def _division(self, row: Flags) -> Division:
        groups = [self._actors.members(row == alliance) for alliance in range(int(row.max(initial=0)) + 1)]
        return Division(tuple(groups), float(self._core.energy(row)))

    def energy(self, division: Any) -> float:
        """Energy of a division, Σ_i s_i·F_i.

        Parameters
        ----------
        division : lists of names, dict of name → alliance, label per actor, or Division
            Every actor in one alliance.

        Returns
        -------
        float
            In units of size squared times propensity.

        Examples
        --------
        >>> import splinternet as sn
        >>> trio = sn.coalition.landscape([[0, 2, -1], [2, 0, -1], [-1, -1, 0]], actors=["Ann", "Bob", "Cid"])
        >>> trio.energy([["Ann", "Bob"], ["Cid"]]), trio.energy({"Ann": 1, "Bob": 2, "Cid": 1})
        (-4.0, 2.0)
        """
        return float(self._core.energy(self._alliances(division)))

    def frustration(self, division: Any) -> dict[Any, float]:
        """Frustration of each actor, F_i = Σ s_j·p_ij over those in other alliances.

        Parameters
        ----------
        division
            As in `energy`.

        Returns
        -------
        dict
            Actor → number, in units of size times propensity.

        Examples
        --------
        >>> import splinternet as sn
        >>> trio = sn.coalition.landscape([[0, 2, -1], [2, 0, -1], [-1, -1, 0]], actors=["Ann", "Bob", "Cid"])
        >>> trio.frustration([["Ann", "Bob"], ["Cid"]])
        {'Ann': -1.0, 'Bob': -1.0, 'Cid': -2.0}
        """
        return self._actors.by_name(self._core.frustration(self._alliances(division)))

    def energies(self) -> Floats:
        """Energy of every division.

        Returns
        -------
        (states,) array
            In the order of restricted growth strings; `division` tells which is which.

        Raises
        ------
        DataError
            If propensities are not symmetric.

        Examples
        --------
        >>> import splinternet as sn
        >>> trio = sn.coalition.landscape([[0, 2, -1], [2, 0, -1], [-1, -1, 0]], actors=["Ann", "Bob", "Cid"])
        >>> trio.energies().tolist()
        [0.0, -4.0, 2.0, 2.0]
        """
        found: Floats = self._core.energies()
        return found

    def _held(self, frozen: Any) -> tuple[Flags, Flags]:
        """Who stays, and where; empty for none."""
        if frozen is None:
            return np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.uint8)
        still, start = np.zeros((2, len(self._actors)), dtype=np.uint8)
        for place, group in enumerate(frozen):
            for name in [group] if isinstance(group, str) else group:
                row = self._actors.row(name, "frozen")
                if still[row]:
                    raise ScenarioError(f"frozen: {name!r} comes twice")
                still[row], start[row] = 1, place
        return still, start

    def minima(self, *, frozen: Any = None, tie_eps: float = 1e-9) -> list[Division]:
        """Divisions in which no actor gains by moving alone, to another alliance or one of its own.

        With symmetric propensities these are the local minima of the energy, else the Nash partitions.

        Parameters
        ----------
        frozen : lists of names, optional
            Actors that never move: those of one list stand together, those of different lists apart.
        tie_eps : float
            A move must gain more, in units of frustration.

        Returns
        -------
        list of Division
            In the order of states.

        Examples
        --------
        >>> import splinternet as sn
        >>> trio = sn.coalition.landscape([[0, 2, -1], [2, 0, -1], [-1, -1, 0]], actors=["Ann", "Bob", "Cid"])
        >>> trio.minima()
        [Division(alliances=(('Ann', 'Bob'), ('Cid',)), energy=-4.0)]
        """
        states = self._core.nash_partitions(not_negative(tie_eps, "tie_eps"), *self._held(frozen))
        return [self._division(row) for row in self._core.divisions(states)]

    def basins(self, *, frozen: Any = None, tie_eps: float = 1e-9) -> list[Basin]:
        """Where single moves lead from all divisions.

        Parameters
        ----------
        frozen, tie_eps
            As in `minima`.

        Returns
        -------
        list of Basin
            Of each minimum; starts and probabilities are exact.

        Raises
        ------
        DataError
            If propensities are not symmetric.

        Examples
        --------
        >>> import splinternet as sn
        >>> trio = sn.coalition.landscape([[0, 2, -1], [2, 0, -1], [-1, -1, 0]], actors=["Ann", "Bob", "Cid"])
        >>> [(basin.division.alliances, basin.starts, basin.probability) for basin in trio.basins()]
        [((('Ann', 'Bob'), ('Cid',)), 4, 1.0)]
        """
        found = self._core.basins(not_negative(tie_eps, "tie_eps"), *self._held(frozen))
        return [Basin(self.division(state), starts, probability) for state, starts, probability in found]

    def gibbs(self, temperature: float) -> GibbsLaw:
        """Law of the divisions in the long run if one actor at a time chooses by logit.

        An actor drawn evenly chooses an alliance with probability ∝ exp(−s_i·F_i/T), so that a division X has
        probability ∝ (number of names of its alliances)·exp(−E(X)/(2T)).

        Parameters
        ----------
        temperature : float
            T > 0, in units of energy.

        Returns
        -------
        GibbsLaw

        Raises
        ------
        DataError
            If propensities are not symmetric.

        Examples
        --------
        >>> import splinternet as sn
        >>> trio = sn.coalition.landscape([[0, 2, -1], [2, 0, -1], [-1, -1, 0]], actors=["Ann", "Bob", "Cid"])
        >>> law = trio.gibbs(1.0)
        >>> law.probability.round(3).tolist(), round(law.mean_energy, 3)
        ([0.11, 0.81, 0.04, 0.04], -3.078)
        """
        probability, mean, variance = self._core.gibbs(1.0 / positive(temperature, "temperature"))
        return GibbsLaw(probability, mean, variance)

    def simultaneous(self, *, frozen: Any = (), tie_eps: float = 1e-9) -> list[ResponseCycle]:
        """Where all labelled starts end when all actors move at once.

        Parameters
        ----------
        frozen : names, optional
            Actors that never move.
        tie_eps : float
            As in `minima`.

        Returns
        -------
        list of ResponseCycle
            By rising period.

        Examples
        --------
        >>> import splinternet as sn
        >>> trio = sn.coalition.landscape([[0, 2, -1], [2, 0, -1], [-1, -1, 0]], actors=["Ann", "Bob", "Cid"])
        >>> trio.simultaneous()
        [ResponseCycle(period=1, cycles=2, starts=4), ResponseCycle(period=2, cycles=2, starts=4)]
        """
        still = self._actors.flags(frozen, "frozen")
        found = self._core.simultaneous(not_negative(tie_eps, "tie_eps"), still)
        return [ResponseCycle(*cycle) for cycle in found]


def landscape(propensities: Any, sizes: Any = 1.0, *, alliances: int = 2, actors: Any = None) -> Landscape:
    """Landscape of alliances (Axelrod & Bennett 1993).

    Actors of size s_i pull or push one another with propensities p_ij to be together. An actor's frustration
    F_i = Σ s_j·p_ij runs over those in other alliances, and each actor lowers its own; the energy is E = Σ s_i·F_i.

    Parameters
    ----------
    propensities : (n, n) array, DataFrame or DataArray
        > 0 pulls together, < 0 apart; the diagonal does not count.
    sizes : (n,) array, dict, Series or one number
        Above 0, any unit.
    alliances : int
        Most alliances: all divisions into up to so many are gone through, n ≤ 23 for two, n ≤ 11 for any number.
    actors : sequence of names, optional
        Default: the labels of the propensities, else 0, 1, …

    Returns
    -------
    Landscape

    Raises
    ------
    ScenarioError
        For shapes that do not fit, numbers that are not finite, sizes that are not above 0.
    DataError
        For more than 2²² divisions.

    References
    ----------
    Axelrod & Bennett (1993), British Journal of Political Science 23: 211, eqs 1–3.

    Examples
    --------
    Two large rivals and two small friends of the one:

    >>> import splinternet as sn
    >>> game = sn.coalition.landscape(
    ...     [[0, -2, 1, 1], [-2, 0, -1, -1], [1, -1, 0, 1], [1, -1, 1, 0]],
    ...     sizes={"Us": 3, "Them": 3, "Ann": 1, "Bob": 1},
    ... )
    >>> game.minima()
    [Division(alliances=(('Us', 'Ann', 'Bob'), ('Them',)), energy=-48.0)]
    >>> game.basins()[0].starts, game.states
    (8, 8)
    """
    matrix = square(propensities, "propensities")
    held = actors_of(actors, len(matrix), sizes if labels_of(propensities) is None else propensities)
    masses = held.numbers(sizes, "sizes")
    if (masses <= 0.0).any():
        row = int(np.argmin(masses > 0.0))
        raise ScenarioError(f"sizes: that of {held.names[row]!r} is {masses[row]:g}, but sizes are above 0")
    return Landscape(held, masses, matrix, whole_number(alliances, "alliances", 1, 255))
