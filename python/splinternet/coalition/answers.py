"""What games tell: stable coalitions, equilibria, basins, cycles."""

from dataclasses import dataclass
from typing import Any

from splinternet.coalition._actors import Coalition


@dataclass(frozen=True)
class StableCoalitions:
    """All coalitions that hold, and how many do by size, 0 … n.

    Attributes
    ----------
    stable
        Nobody in gains by leaving (internal), nobody out by joining (external).
    strictly_stable
        Those in which all would lose by that.
    stable_by_size, internal_by_size, external_by_size
        Counts by number of members.
    potentially_internal_by_size
        Those that transfers among members can hold together.
    """

    stable: list[Coalition]
    strictly_stable: list[Coalition]
    stable_by_size: list[int]
    internal_by_size: list[int]
    external_by_size: list[int]
    potentially_internal_by_size: list[int]

    def __repr__(self) -> str:
        """Tell how many there are; `stable` lists them."""
        counts = f"{len(self.stable)} stable, {len(self.strictly_stable)} of them strictly"
        return f"<StableCoalitions: {counts}, by size {self.stable_by_size}>"


@dataclass(frozen=True)
class Equilibria:
    """States in which nobody gains by an own change (weak), or everybody loses by each (strict)."""

    weak: list[Any]
    strict: list[Any]


@dataclass(frozen=True)
class Rest:
    """A state at rest: from how many states the steepest moves lead there, and how likely random order does."""

    state: Any
    starts: int
    probability: float


@dataclass(frozen=True)
class Basins:
    """Where moves of one actor at a time lead.

    Attributes
    ----------
    rest
        The states at rest; their probabilities are NaN where best replies can go round.
    never_rest
        States from which the steepest moves go round for ever.
    """

    rest: list[Rest]
    never_rest: int


@dataclass(frozen=True)
class ReplyCycle:
    """States among which replies can go round, and whether no reply leads out of them."""

    states: list[Any]
    is_sink: bool
