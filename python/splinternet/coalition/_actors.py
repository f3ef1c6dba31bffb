"""Actors by name, coalitions as users write them."""

from collections.abc import Hashable, Iterable, Mapping, Sequence, Sized
from typing import Any

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import Floats, checked, is_single, labels_of
from splinternet._core import ScenarioError
from splinternet.metrics.partitions import whole_number

Flags = NDArray[np.uint8]
Coalition = tuple[Any, ...]

MOST_ACTORS = 22
MOST_NAMED = 2_000_000
MOST_SAMPLES = 10_000_000


class Actors:
    """Actors in order; numbers from 0 where they have no names."""

    def __init__(self, names: Iterable[Hashable], argument: str = "actors") -> None:
        if isinstance(names, Sized) and len(names) > MOST_NAMED:
            raise ScenarioError(f"{argument}: there are {len(names)} of them, but at most {MOST_NAMED} can be handled")
        self.names: tuple[Any, ...] = tuple(names)
        self._argument = argument
        self._row: dict[Any, int] = {}
        for row, name in enumerate(self.names):
            if self._row.setdefault(name, row) != row:
                raise ScenarioError(f"{argument}: {name!r} comes twice; name each actor once")

    def __len__(self) -> int:
        return len(self.names)

    def row(self, name: Any, argument: str) -> int:
        """Place of an actor."""
        try:
            return self._row[name]
        except (KeyError, TypeError):
            known = [str(actor) for actor in self.names]
            raise ScenarioError(
                f"{argument}: there is no actor {name!r}." + _core.did_you_mean(str(name), known)
            ) from None

    def flags(self, members: Any, argument: str = "members") -> Flags:
        """1 for each member, named or marked by one bool per actor."""
        if isinstance(members, str):
            members = [members]
        given = list(members)
        flags = np.zeros(len(self), dtype=np.uint8)
        if len(given) == len(self) and given and all(isinstance(mark, bool | np.bool_) for mark in given):
            flags[:] = given
        else:
            for name in given:
                flags[self.row(name, argument)] = 1
        return flags

    def members(self, flags: Any) -> Coalition:
        """Names of those marked."""
        return tuple(name for name, mark in zip(self.names, flags, strict=True) if mark)

    def members_of(self, bits: int) -> Coalition:
        """Names of the set whose bit i stands for actor i."""
        return tuple(name for row, name in enumerate(self.names) if bits >> row & 1)

    def by_name(self, values: Iterable[Any]) -> dict[Any, Any]:
        """Values by name, as plain Python numbers."""
        plain = values.tolist() if isinstance(values, np.ndarray) else values
        return dict(zip(self.names, plain, strict=True))

    def numbers(self, value: Any, argument: str, *, minimum: float | None = None) -> Floats:
        """One number per actor: by name or label, in order, or one for all."""
        if isinstance(value, Mapping):
            for name in value:
                self.row(name, argument)
            missing = [name for name in self.names if name not in value]
            if missing:
                raise ScenarioError(f"{argument}: {missing[0]!r} is missing; give a number for each actor")
            value = [value[name] for name in self.names]
        labels = labels_of(value)
        if labels is not None and {str(name) for name in self.names} & set(labels):
            by_label = dict(zip(labels, np.asarray(value).tolist(), strict=True))
            missing = [name for name in self.names if str(name) not in by_label]
            if missing or len(by_label) != len(self):
                extra = missing[0] if missing else next(name for name in labels if name not in map(str, self.names))
                raise ScenarioError(f"{argument}: its labels are not those of the actors, as to {extra!r}")
            value = [by_label[str(name)] for name in self.names]
        if is_single(value, argument):
            value = np.full(len(self), float(checked(value, argument)))
        return checked(value, argument, shape=(len(self),), minimum=minimum)


def actors_of(actors: Any, count: int | None = None, like: Any = None) -> Actors:
    """Actors given as names or their number; else the labels of `like`; else so many."""
    if actors is None:
        names = labels_of(like) if like is not None else None
        if names is None and isinstance(like, Mapping):
            names = list(like)
        if names is None and count is None:
            raise ScenarioError("actors: name them, or say how many there are")
        held = Actors(range(count or 0) if names is None else names)
    elif isinstance(actors, int | np.integer) and not isinstance(actors, bool):
        number = whole_number(actors, "actors", 0, MOST_NAMED)
        if count is not None and number != count:
            raise ScenarioError(f"actors: there are {number} of them, but numbers for {count}")
        held = Actors(range(number))
    elif hasattr(actors, "__array__"):  # NumPy, an index or a column of pandas, a coordinate of xarray
        held = Actors(np.atleast_1d(np.asarray(actors)).tolist())
    elif isinstance(actors, Sequence) and not isinstance(actors, str):
        held = Actors(actors)
    else:
        raise ScenarioError(f"actors: a list of names or a number is needed, not {actors!r}")
    if count is not None and len(held) != count:
        raise ScenarioError(f"actors: there are {len(held)} names for {count} actors")
    return held


def positive(value: float, argument: str) -> float:
    """Check a finite number above 0."""
    number = float(checked(value, argument, shape=()))
    if number <= 0.0:
        raise ScenarioError(f"{argument}: it is {number:g}, but a number above 0 is needed")
    return number


def not_negative(value: float, argument: str) -> float:
    """Check a finite number of at least 0."""
    return float(checked(value, argument, shape=(), minimum=0.0))
