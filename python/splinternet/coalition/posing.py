"""Games as users pose them: a function of states or of sets, or a table."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import Floats, checked
from splinternet._core import ScenarioError
from splinternet.coalition._actors import MOST_ACTORS, Actors, actors_of
from splinternet.coalition._states import checked_options, table_of
from splinternet.coalition.games import Game


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
        counts = checked_options(options, len(held))
        return from_table(held, counts, table_of(payoff, counts))
    table = checked(payoff, "payoff")
    if table.ndim == 2 and table.shape[0] == 2 ** min(table.shape[1], MOST_ACTORS):
        held = actors_of(actors, table.shape[1])
        counts = checked_options(2, len(held))
        axes = table.reshape(*counts, len(held))  # axis 0: the last actor
        order = [*range(len(held) - 1, -1, -1), len(held)]
        return from_table(held, counts, np.ascontiguousarray(axes.transpose(order)).reshape(table.shape))
    if table.ndim < 2 or table.shape[-1] != table.ndim - 1:
        raise ScenarioError(
            f"payoff: the shape is {table.shape}, but (2ⁿ, n), or one axis per actor and one of n payoffs, is needed"
        )
    held = actors_of(actors, table.shape[-1])
    counts = checked_options(table.shape[:-1], len(held))
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

    counts = checked_options(2, len(held))
    return from_table(held, counts, table_of(rows, counts))
