"""The game behind a scenario: payoff terms of the model, on tables and values of one's own, answered exactly."""

from typing import Any

from splinternet import _core
from splinternet._core import ScenarioError
from splinternet.coalition._actors import Actors
from splinternet.coalition.games import Game


class ScenarioGame(Game):
    """The game of signing or staying out behind a scenario as it starts.

    Payoffs are gains over the smallest set of memberships against each choice of the others: what the others' choices
    are worth to an actor whatever it does is not part of them.
    """

    def __init__(self, actors: Actors, memberships: list[list[list[str]]], start: int, core: Any, scale: float) -> None:
        super().__init__(actors, [len(options) for options in memberships], core, scale)
        self._memberships = memberships
        self._start = start

    def _is_in_or_out(self) -> bool:
        return all(len(options) == 2 and not options[0] for options in self._memberships)

    @property
    def memberships(self) -> dict[Any, tuple[tuple[str, ...], ...]]:
        """Ids of the frameworks that each option of each actor means."""
        return self._actors.by_name([tuple(map(tuple, options)) for options in self._memberships])

    @property
    def start(self) -> Any:
        """State of the start."""
        return self._state(self._start)

    def shapley_value(self) -> dict[Any, float]:
        """Refused: gains by own moves do not tell what a coalition is worth."""
        raise ScenarioError(
            "game: of a scenario only gains by own moves are known, not what a coalition is worth; "
            "the tables of splinternet.analyse have Shapley values"
        )


def scenario_game(scenario: Any) -> ScenarioGame:
    """Work out the game behind a scenario: all states of its memberships, and what each own move gains.

    Paths, trade and prices stay as at the start; frameworks that do not stand open then, committed actors and those
    without decisions stay as they are. Up to 2²² states: 22 actors with one framework.

    Parameters
    ----------
    scenario : Scenario, name or path
        With payoff terms, such as those of the gallery; values are laid over it by `Scenario.with_`.

    Returns
    -------
    ScenarioGame
        A `Game` whose actors are the codes of those that choose. With one framework option 1 is to sign, and states are
        told by their members; else `memberships` tells what the options mean.

    Raises
    ------
    ScenarioError
        If nobody weighs payoffs or can choose, there are too many states, or no payoffs stand behind the moves.

    Examples
    --------
    Buchanan's club with a fixed cost of 20 instead of 36 that members share:

    >>> import splinternet as sn
    >>> club = sn.load("gallery/buchanan-club").with_({"framework.club.fixed_cost": 20})
    >>> game = sn.coalition.scenario_game(club)
    >>> [size for size, count in enumerate(game.stable_coalitions(tie_eps=1e-9).stable_by_size) if count]
    [0, 11]
    """
    from splinternet.scenario import as_scenario  # noqa: PLC0415 - games of one's own need no scenarios

    actors, memberships, start, scale, core = _core.coalition.scenario_game(as_scenario(scenario)._loaded)
    return ScenarioGame(Actors(actors), memberships, start, core, scale)
