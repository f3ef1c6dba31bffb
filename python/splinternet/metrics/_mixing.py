"""Flows by bloc: who counts as what."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from splinternet import _core
from splinternet._arrays import Floats, labels_of, square
from splinternet._core import ScenarioError
from splinternet.metrics._blocs import Blocs, blocs_of, require_same_order

Diagonal = Literal["include", "exclude"]
Null = Literal["proportional", "zero_diagonal"] | Any
Rivals = Sequence[tuple[Any, Any]] | None


def counts_diagonal(diagonal: str | None, flow: Floats, name: str) -> bool:
    """Whether domestic flows count; who has any must say."""
    if diagonal not in (None, "include", "exclude"):
        raise ScenarioError(f'diagonal: it is {diagonal!r}, but "include" or "exclude" is needed')
    if diagonal is None and flow.ndim == 2 and np.diagonal(flow).any():
        raise ScenarioError(
            f"{name}: there are domestic flows on the diagonal, which would dominate most measures; "
            'say diagonal="exclude" or diagonal="include"'
        )
    return diagonal == "include"


def flows_of(flow: Any, name: str = "flow") -> Floats:
    """Check a square matrix of flows: finite and at least 0."""
    return square(flow, name, minimum=0.0)


class Mixed:
    """Flows summed by bloc, and the blocs."""

    def __init__(self, flow: Any, blocs: Any, diagonal: str | None, name: str = "flow") -> None:
        self.given = flow
        self.flow = flows_of(flow, name)
        self.blocs: Blocs = blocs_of(blocs, "blocs", len(self.flow), labels_of(flow))
        self.is_diagonal_counted = counts_diagonal(diagonal, self.flow, name)
        self.mixing = self.sums(self.flow, self.is_diagonal_counted)

    def sums(self, flow: Floats, diagonal: bool) -> Floats:
        """Flows of the same countries summed by bloc."""
        return _core.metrics.mixing_matrix(flow, self.blocs.code, len(self.blocs.names), diagonal)

    def null(self, null: Null) -> Floats | None:
        """Sum what is expected by bloc; None for the proportional null, which measures know themselves."""
        if isinstance(null, str):
            if null == "proportional":
                return None
            if null == "zero_diagonal":
                return self.sums(_core.metrics.zero_diagonal_null(self.flow), False)
            raise ScenarioError(
                f'null: it is {null!r}, but "proportional", "zero_diagonal" or a matrix of expected flows is needed'
            )
        expected = flows_of(null, "null")
        require_same_order(null, self.given, "null", "flow")
        if expected.shape != self.flow.shape:
            raise ScenarioError(f"null: the shape is {expected.shape}, but that of flow is {self.flow.shape}")
        return self.sums(expected, self.is_diagonal_counted)

    def rivals(self, rivals: Rivals) -> NDArray[np.uint8] | None:
        """Blocs × blocs, 1 where flow counts as cross flow; None: between all different blocs."""
        if rivals is None:
            return None
        marked = np.zeros((len(self.blocs.names), len(self.blocs.names)), dtype=np.uint8)
        for pair in rivals:
            if isinstance(pair, str) or len(pair) != 2:
                raise ScenarioError(f"rivals: {pair!r} is not a pair of blocs")
            a, b = (self._place(bloc) for bloc in pair)
            marked[a, b] = marked[b, a] = 1
        return marked

    def _place(self, bloc: Any) -> int:
        if bloc not in self.blocs.names:
            known = ", ".join(str(name) for name in self.blocs.names)
            raise ScenarioError(f"rivals: there is no bloc {bloc!r}; the blocs are {known}")
        return self.blocs.names.index(bloc)
