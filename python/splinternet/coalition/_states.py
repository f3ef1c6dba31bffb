"""States of games, and functions of states, as users pose payoffs and worths."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from splinternet._arrays import Floats, dense
from splinternet._core import ScenarioError
from splinternet.coalition._actors import MOST_ACTORS
from splinternet.metrics.partitions import whole_number

_MOST_STATES = 2**MOST_ACTORS
_STATES_AT_ONCE = 65536


def evaluated(function: Callable[[Any], Any], states: NDArray[Any], columns: tuple[int, ...], name: str) -> Floats:
    """Values of a function of states, (S, …), copied and checked."""
    values = dense(function(states), name).copy()
    shape = (len(states), *columns)
    if values.shape != shape:
        raise ScenarioError(
            f"{name}: for states of shape {states.shape} the function gives the shape {values.shape}, not {shape}"
        )
    if not np.isfinite(values).all():
        at = np.argwhere(~np.isfinite(values))[0]
        raise ScenarioError(
            f"{name}: the function gives {values[tuple(at)]} in the state {states[at[0]].astype(int).tolist()}"
        )
    return values


def checked_options(options: Any, count: int) -> list[int]:
    """Read how many options each actor has, and refuse too many states."""
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


def table_of(function: Callable[[Any], Any], options: list[int]) -> Floats:
    """Payoffs of all states, (states, n), from a function that must not change its mind."""
    blocks: list[Floats] = []
    for block in _blocks(options):
        values = evaluated(function, block, (len(options),), "payoff")
        if not blocks and not np.array_equal(values, evaluated(function, block, (len(options),), "payoff")):
            raise ScenarioError("payoff: called twice with the same states, the function gives different payoffs")
        blocks.append(values)
    return np.ascontiguousarray(np.concatenate(blocks))
