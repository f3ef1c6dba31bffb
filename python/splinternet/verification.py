"""Whether a result can be had again, bit for bit."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from splinternet import _core
from splinternet._core import ScenarioError
from splinternet._progress import Progress, progress_bar
from splinternet._rules import rules_of

if TYPE_CHECKING:
    from splinternet.custom import FirmRule, Payoff
    from splinternet.result import Result

_LINES_SHOWN = 10


@dataclass(frozen=True, repr=False)
class Verification:
    """What a replay of a result found. It is true if all bits are the same.

    Attributes
    ----------
    differences : tuple of str
        A line each, the most telling first: step, part of the state, labels, both values. Empty: the same bits.
    notes : tuple of str
        What the reader should know, e.g. that another version of the code wrote the file.
    steps, arrays : int
        How much was compared.
    """

    differences: tuple[str, ...]
    notes: tuple[str, ...]
    steps: int
    arrays: int

    @property
    def is_same(self) -> bool:
        """Whether no bit differs."""
        return not self.differences

    def __bool__(self) -> bool:
        """Tell whether no bit differs."""
        return self.is_same

    def __repr__(self) -> str:
        """Tell it in a line."""
        found = f"{len(self.differences)} differences, first {self.differences[0]}" if self.differences else "same bits"
        return f"<Verification of {self.steps} steps, {self.arrays} arrays: {found}>"

    def __str__(self) -> str:
        """Tell it as `splinternet verify` does."""
        lines = [f"note: {note}" for note in self.notes]
        if self.is_same:
            return "\n".join([*lines, f"verified: {self.steps} steps, {self.arrays} arrays, same bits"])
        lines += ["not verified: a replay of its scenario gives other values"]
        lines += [f"  {line}" for line in self.differences[:_LINES_SHOWN]]
        more = len(self.differences) - _LINES_SHOWN
        return "\n".join([*lines, f"  and {more} more"] if more > 0 else lines)


def verify(
    result: "Result | str | os.PathLike[str]",
    tables: str | os.PathLike[str] | None = None,
    *,
    threads: int = 0,
    progress: Progress = None,
    payoffs: "Iterable[Payoff] | None" = None,
    firm_rule: "FirmRule | None" = None,
) -> Verification:
    """Run the scenario of a result again and compare digests and every recorded value bit for bit.

    Parameters
    ----------
    result : Result or path
        A result, or a file that `run` or the program has written.
    tables : path, optional
        Folder of its tables, if they are not where the file says.
    threads : int
        Threads to use, 0 for all; the outcome does not depend on it.
    progress : bool or callable, optional
        As for :func:`run`.
    payoffs, firm_rule
        The rules of your own that the run had, as for :func:`run`.

    Returns
    -------
    Verification

    Raises
    ------
    DataError
        If the file is damaged, or cannot be compared: other format, tables or rules.
    FileError
        If it cannot be read.

    Examples
    --------
    >>> import splinternet as sn
    >>> print(sn.verify(sn.run("classroom-12")))
    verified: 60 steps, 137 arrays, same bits
    """
    if isinstance(result, str | os.PathLike):
        name = os.fspath(result)
        labelled = _core.read_result(name)
    elif isinstance(getattr(result, "_labelled", None), _core.LabelledDataset):
        name, labelled = result.name, result._labelled
    else:
        raise ScenarioError(f"result: {result!r} is neither a result nor the path of one")
    own = rules_of(payoffs, firm_rule)
    folder = "" if tables is None else os.fspath(tables)
    with progress_bar(progress, "step") as tell:
        found = _core.verify(labelled, name, folder, own and own.core, threads, tell)
    return Verification(tuple(found.differences), tuple(found.notes), found.steps, found.arrays)
