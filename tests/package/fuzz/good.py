"""Arguments that are good, drawn small: what calls begin with before they are spoiled."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator

Arguments = dict[str, Any]


class Call(NamedTuple):
    """What is called, and what draws good arguments for it."""

    name: str
    function: Callable[..., Any]
    arguments: Callable[[Generator], Arguments]


def use(owner: type, name: str) -> Callable[..., Any]:
    """Return what takes the object as `self`, and calls its method or reads its property."""
    held = vars(owner)[name]

    def called(self: Any, **arguments: Any) -> Any:
        return held(self, **arguments) if callable(held) else held.__get__(self)

    return called


def size(rng: Generator, least: int = 1, most: int = 6) -> int:
    """Draw a size, both ends included."""
    return int(rng.integers(least, most + 1))


def numbers(rng: Generator, *shape: int, low: float = 0.1, high: float = 2.0) -> np.ndarray:
    """Draw numbers between the two."""
    return rng.uniform(low, high, shape)


def whole(rng: Generator, most: int, *shape: int, of: str = "u4") -> np.ndarray:
    """Draw whole numbers from 0 to below `most`."""
    return rng.integers(0, max(most, 1), shape).astype(of)


def flags(rng: Generator, *shape: int) -> np.ndarray:
    """Draw truth values as bytes, a fifth of them true."""
    return (rng.random(shape) < 0.2).astype("u1")


def names(count: int) -> list[str]:
    """Return so many names."""
    return [f"c{k}" for k in range(count)]


def symmetric(matrix: np.ndarray, diagonal: float = 0.0) -> np.ndarray:
    """Return the matrix made symmetric, with this diagonal."""
    result = matrix + matrix.T
    np.fill_diagonal(result, diagonal)
    return result


def mostly_home(rng: Generator, sectors: int, countries: int) -> np.ndarray:
    """Draw flows [sector][exporter][importer], most of them at home."""
    flow = numbers(rng, sectors, countries, countries)
    flow[:, np.arange(countries), np.arange(countries)] *= 3.0 * countries
    return flow


def changes(rng: Generator, *shape: int, low: float = 0.8, high: float = 1.5) -> np.ndarray | None:
    """Draw how pairs change, not at home; or None."""
    if rng.random() < 0.3:
        return None
    change = numbers(rng, *shape, low=low, high=high)
    change[..., np.arange(shape[-1]), np.arange(shape[-1])] = 1.0
    return change
