"""Public goods and treaties about them."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from splinternet import _core
from splinternet._arrays import Floats, is_single
from splinternet._core import ScenarioError
from splinternet.coalition._actors import MOST_ACTORS, Actors, actors_of, not_negative
from splinternet.coalition.answers import StableCoalitions
from splinternet.coalition.games import Game
from splinternet.coalition.single_coalitions import Stability, stability_at
from splinternet.metrics.partitions import whole_number


@dataclass(frozen=True)
class Contributions:
    """An equilibrium: the sum of contributions, and what each actor gives and gets."""

    total: float
    contribution: dict[Any, float]
    payoff: dict[Any, float]


def _game(actors: Actors, core: Any) -> Game:
    largest = np.abs([core.payoffs(0), core.payoffs(core.profiles - 1)]).max(initial=0.0)
    return Game(actors, [2] * len(actors), core, float(largest))


def _refuse_many(count: int) -> None:
    if not 1 <= count <= MOST_ACTORS:
        raise ScenarioError(f"actors: all coalitions of 1 to {MOST_ACTORS} actors are gone through, not of {count}")


class PublicGood:
    """A public good among different actors, solved in closed form; `public_good` makes one."""

    def __init__(self, actors: Actors, tastes: Floats, stage: str, target: Floats) -> None:
        self._actors = actors
        self._core = _core.coalition.PublicGood(tastes, stage, target)

    @property
    def actors(self) -> tuple[Any, ...]:
        """Names of the actors."""
        return self._actors.names

    def equilibrium(self, members: Any = ()) -> Contributions:
        """Solve for what all contribute and get when these are the members.

        Parameters
        ----------
        members : names

        Returns
        -------
        Contributions

        Examples
        --------
        >>> import splinternet as sn
        >>> good = sn.coalition.public_good(own_quadratic=1.0, good_linear=1.0, actors=["Ann", "Bob", "Cid"])
        >>> good.equilibrium(["Ann", "Bob"]).payoff
        {'Ann': 3.0, 'Bob': 3.0, 'Cid': 4.5}
        """
        total, contribution, payoff = self._core.equilibrium(self._actors.flags(members))
        return Contributions(total, self._actors.by_name(contribution), self._actors.by_name(payoff))

    def stability(self, members: Any, *, tie_eps: float = 0.0) -> Stability:
        """Stability of one coalition, for any number of actors.

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
        >>> good = sn.coalition.public_good(own_quadratic=1.0, good_linear=1.0, actors=["Ann", "Bob", "Cid"])
        >>> good.stability(["Ann", "Bob"]).margin
        {'Ann': 0.5, 'Bob': 0.5, 'Cid': 0.0}
        """
        flags = self._actors.flags(members)
        margin = np.empty(len(flags))
        for row in range(len(flags)):
            with_it, without = flags.copy(), flags.copy()
            with_it[row], without[row] = 1, 0
            margin[row] = self._core.equilibrium(with_it)[2][row] - self._core.equilibrium(without)[2][row]
        return stability_at(self._actors, flags, margin, tie_eps)

    def game(self) -> Game:
        """Game of being in or out, with all payoffs worked out.

        Returns
        -------
        Game

        Raises
        ------
        ScenarioError
            For more than 22 actors.

        Examples
        --------
        >>> import splinternet as sn
        >>> good = sn.coalition.public_good(own_quadratic=1.0, good_linear=1.0, actors=["Ann", "Bob", "Cid"])
        >>> good.game()
        Game of 3 actors, 8 states
        """
        _refuse_many(len(self._actors))
        return _game(self._actors, self._core.game())

    def stable_coalitions(self, *, tie_eps: float = 0.0) -> StableCoalitions:
        """All coalitions that hold; as `Game.stable_coalitions`.

        Parameters
        ----------
        tie_eps : float
            To gain is to gain more, in the unit of the payoffs.

        Returns
        -------
        StableCoalitions

        Examples
        --------
        >>> import splinternet as sn
        >>> good = sn.coalition.public_good(own_quadratic=1.0, good_linear=1.0, actors=["Ann", "Bob", "Cid"])
        >>> good.stable_coalitions().stable_by_size
        [1, 0, 3, 1]
        """
        return self.game().stable_coalitions(tie_eps=tie_eps)


def _by_actor(**given: Any) -> Any:
    """Return the first of the arguments that has a value for each actor, or None."""
    return next((each for name, each in given.items() if isinstance(each, dict) or not is_single(each, name)), None)


def public_good(
    *,
    own_quadratic: Any,
    own_linear: Any = 0.0,
    good_linear: Any = 0.0,
    good_quadratic: Any = 0.0,
    stage: Literal["nash", "stackelberg", "target"] = "nash",
    target: Any = None,
    actors: Any = None,
) -> PublicGood:
    """Public good, or bad, with payoffs u = A·q − B·q²/2 + G·Q − H·Q²/2 of the own contribution q and the sum Q.

    Members of the coalition contribute for the sum of their payoffs, all others for their own. Emissions: A and B are
    their benefit, H their damage. Abatement with linear benefit b and cost c·q²/2: G = b, B = c.

    Parameters
    ----------
    own_quadratic : (n,) array, dict or one number
        B > 0.
    own_linear, good_linear : (n,) array, dict or one number
        A and G.
    good_quadratic : (n,) array, dict or one number
        H ≥ 0.
    stage : {"nash", "stackelberg", "target"}
        All choose at once; members first, foreseeing the answers; or members give what the treaty sets.
    target : (n,) array, dict or one number, optional
        What each gives as a member, for stage "target".
    actors : sequence of names, or int, optional
        Default: the keys or the length of the first numbers given.

    Returns
    -------
    PublicGood

    Raises
    ------
    ScenarioError
        For numbers that do not fit or are out of range.

    References
    ----------
    Barrett (1994), Oxford Economic Papers 46: 878; Li & Rus (2019), Journal of the Association of Environmental and
    Resource Economists 6.

    Examples
    --------
    Linear benefits and quadratic costs: treaties of two hold, those of three by a hair, whatever the number of actors.

    >>> import splinternet as sn
    >>> good = sn.coalition.public_good(own_quadratic=1.0, good_linear=1.0, actors=6)
    >>> good.stable_coalitions().stable_by_size
    [1, 0, 15, 20, 0, 0, 0]
    >>> good.equilibrium([0, 1, 2]).total
    12.0
    """
    like = _by_actor(
        own_quadratic=own_quadratic, own_linear=own_linear, good_linear=good_linear, good_quadratic=good_quadratic
    )
    if actors is None and like is None:
        raise ScenarioError("actors: name them, or say how many there are")
    held = actors_of(actors, None if like is None else len(like), like)
    b = held.numbers(own_quadratic, "own_quadratic")
    if (b <= 0.0).any():
        row = int(np.argmin(b > 0.0))
        raise ScenarioError(f"own_quadratic: that of {held.names[row]!r} is {b[row]:g}, but it is above 0")
    if stage not in ("nash", "stackelberg", "target"):
        raise ScenarioError(f'stage: it is {stage!r}, but "nash", "stackelberg" or "target" is needed')
    if (target is not None) != (stage == "target"):
        raise ScenarioError('target: it belongs to stage="target", which needs it')
    tastes = [
        held.numbers(own_linear, "own_linear"),
        b,
        held.numbers(good_linear, "good_linear"),
        held.numbers(good_quadratic, "good_quadratic", minimum=0.0),
    ]
    aims = np.zeros(0) if target is None else held.numbers(target, "target")
    return PublicGood(held, np.ascontiguousarray(np.stack(tastes, axis=1)), stage, aims)


def binary_treaty(benefits: Any, costs: Any, *, actors: Any = None) -> Game:
    """Treaty about abating or not: each that abates is worth b_i to actor i and costs itself c_i.

    Members abate if that is good for the sum of members, Σ b ≥ c_i; outsiders if b_i ≥ c_i.

    Parameters
    ----------
    benefits, costs : (n,) array, dict or one number
        b and c, in the unit of the payoffs.
    actors : sequence of names, or int, optional
        Default: the keys or the length of the first numbers given.

    Returns
    -------
    Game
        Of being in or out, up to 22 actors.

    Raises
    ------
    ScenarioError
        For numbers that do not fit, or too many actors.

    References
    ----------
    Barrett (1999), Journal of Theoretical Politics 11: 519.

    Examples
    --------
    It takes three of five for abating at 2.5 to pay, and nobody may leave:

    >>> import splinternet as sn
    >>> sn.coalition.binary_treaty(1.0, 2.5, actors=5).stable_coalitions().stable_by_size
    [1, 5, 0, 10, 0, 0]
    """
    like = _by_actor(benefits=benefits, costs=costs)
    if actors is None and like is None:
        raise ScenarioError("actors: name them, or say how many there are")
    held = actors_of(actors, None if like is None else len(like), like)
    _refuse_many(len(held))
    return _game(held, _core.coalition.binary_game(held.numbers(benefits, "benefits"), held.numbers(costs, "costs")))


def threshold_good(actors: int, needed: int, cost: float) -> list[float]:
    """Symmetric mixed equilibria of a public good that needs so many contributions, without refund.

    Parameters
    ----------
    actors : int
        How many, at least 2.
    needed : int
        Contributions without which there is no good, 1 … actors. 1: the volunteer's dilemma.
    cost : float
        Of a contribution over the worth of the good to everybody, c/V in (0, 1).

    Returns
    -------
    list of float
        Probabilities in (0, 1), rising, at which contributing pays exactly: none, one or two.

    References
    ----------
    Palfrey & Rosenthal (1984), Journal of Public Economics 24: 171; Diekmann (1985).

    Examples
    --------
    >>> import splinternet as sn
    >>> [round(p, 8) for p in sn.coalition.threshold_good(5, needed=3, cost=0.2)]
    [0.24033519, 0.75966481]
    """
    count = whole_number(actors, "actors", 2, 10**7)
    share = not_negative(cost, "cost")
    if not 0.0 < share < 1.0:
        raise ScenarioError(f"cost: it is {share:g}, but a share between 0 and 1 is needed")
    found: list[float] = _core.coalition.threshold_good(count, whole_number(needed, "needed", 1, count), share)
    return found
