"""The parameters of a scenario, with what the parameter table says of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from splinternet import _core

Value = float | int | bool | str


@dataclass(frozen=True)
class Parameter:
    """A number, a switch or a choice of a scenario, with what the parameter table says of it.

    Attributes
    ----------
    value, default : float, int, bool or str
        Its value, and the one that it has in a scenario that does not name it.
    unit : str
        Its unit; "1" for a pure number.
    minimum, maximum : float
        The range that is allowed; of a choice the places of its words.
    meaning, source : str
        What it is, with the equation of docs/MODEL.md; where the default comes from.
    options : tuple of str
        The words of a choice; empty for all others.
    can_change : bool
        Whether events and :meth:`Simulation.set_parameter` can change it while a run goes on.
    """

    value: Value
    unit: str
    default: Value
    minimum: float
    maximum: float
    meaning: str
    source: str
    options: tuple[str, ...] = ()
    can_change: bool = True


class Parameters(Mapping[str, Parameter]):
    """All parameters of a scenario by their full keys, in the order of the parameter table.

    Examples
    --------
    >>> import splinternet as sn
    >>> temperature = sn.load("classroom-12").parameters["countries.temperature"]
    >>> temperature.value, temperature.unit
    (0.1, 'pp')
    """

    def __init__(self, rows: list[Any]) -> None:
        self._rows = {row[0]: row for row in rows}

    def __getitem__(self, key: str) -> Parameter:
        """Return the parameter of this key."""
        if key not in self._rows:
            hint = _core.did_you_mean(str(key), list(self._rows))
            raise KeyError(f'there is no parameter "{key}".{hint}')
        _, value, unit, default, lowest, highest, meaning, source, words, at_set_up, _ = self._rows[key]
        return Parameter(value, unit, default, lowest, highest, meaning, source, tuple(words), not at_set_up)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    def __repr__(self) -> str:
        """Tell it in a line."""
        return f"<{len(self)} parameters, {len(self.changed())} of them not at their defaults>"

    def number(self, key: str) -> float:
        """Return the value as the number by which events state it: of a choice the place of its word."""
        return float(self._rows[key][-1])

    def changed(self) -> dict[str, Parameter]:
        """Return those whose value is not the default."""
        return {key: self[key] for key, row in self._rows.items() if row[1] != row[3]}
