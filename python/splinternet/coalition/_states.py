"""Functions of states, as users pose payoffs and worths."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from splinternet._arrays import Floats, dense
from splinternet._core import ScenarioError


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
