"""What can be told of coalitions without running further: of the end of a run, or of a scenario's states."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from splinternet import _core
from splinternet._analysis_tables import tables_of_result, tables_of_scenario
from splinternet._core import ScenarioError
from splinternet._labels import Step, country_code, state_at, unknown
from splinternet._progress import Progress, progress_bar
from splinternet._rules import rules_of
from splinternet.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from splinternet.custom import FirmRule, Payoff
    from splinternet.scenario import Scenario


class Analysis(Mapping[str, "pd.DataFrame"]):
    """Tables of an analysis by name; printed it is the text of ``splinternet analyse``.

    Attributes
    ----------
    text : str
        The analysis in words.
    csv : str
        All numbers as one table, as ``splinternet analyse --csv`` writes it.
    """

    def __init__(self, text: str, csv: str, tables: "dict[str, pd.DataFrame]") -> None:
        self.text = text
        self.csv = csv
        self._tables = tables

    def __getitem__(self, name: str) -> "pd.DataFrame":
        """Return the table of this name.

        Raises
        ------
        KeyError
            There is none; the nearest name is told.
        """
        if name not in self._tables:
            raise KeyError(str(unknown("analysis", name, self._tables)))
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the tables."""
        return iter(self._tables)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self._tables)

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def __repr__(self) -> str:
        """Return the text, so that a prompt shows it as it is."""
        return self.text.rstrip("\n")

    def _repr_html_(self) -> str:
        style = "max-height: 32em; overflow: auto; line-height: 1.35"
        return f'<pre style="{style}">{escape(self.text)}</pre><p>Tables: {", ".join(map(escape, self._tables))}</p>'


def analyse(
    what: "Scenario | Result | str | os.PathLike[str]",
    *,
    threads: int = 0,
    progress: Progress = None,
    payoffs: "Iterable[Payoff] | None" = None,
    firm_rule: "FirmRule | None" = None,
) -> Analysis:
    """Answer what a scenario asks to be analysed, or go through all its states; or analyse the end of a run.

    Parameters
    ----------
    what : Scenario, Result, str or path
        A scenario or its name; or a result or its file, which is analysed as by :meth:`Result.analyse`.
    threads : int
        Threads, 0 for all of the machine; the result does not depend on it.
    progress : bool or callable, optional
        As for :func:`run`.
    payoffs, firm_rule
        Rules of your own, as for :func:`run`; of a result those that its run had. States are then gone through one
        after another.

    Returns
    -------
    Analysis
        One table for each [analysis.<id>] of the scenario. Of a scenario without any: `rest_states` with their
        basins, `tipping` payments, what happens `at_once`, and what else follows from its rules and payoffs
        (`coalition_sizes`, `stable_coalitions`, `shapley_value`, `gibbs_law`, `quantal_response`, `states`).

    Raises
    ------
    ScenarioError
        The scenario poses no question and has too many states to be gone through, or a question has no answer.

    Examples
    --------
    >>> import splinternet as sn
    >>> power = sn.analyse("gallery/unsc-power")["council"]
    >>> power[["voter", "shapley_shubik_exact"]].values.tolist()
    [['permanent', '421/2145'], ['elected', '4/2145']]
    >>> sn.analyse("gallery/unix-alliances")["rest_states"]["share_of_starts"].to_list()
    [0.5, 0.5]
    """
    from splinternet.scenario import Scenario, load  # noqa: PLC0415 - it imports this package's results

    if not isinstance(what, Result | Scenario):
        name = os.fspath(what)
        is_file = name.endswith((".h5", ".nc"))
        what = Result(_core.read_result(name), name=name) if is_file else load(name)
    if isinstance(what, Result):
        return what.analyse(threads=threads, progress=progress, payoffs=payoffs, firm_rule=firm_rule)
    own = rules_of(payoffs, firm_rule)
    with progress_bar(progress, "state") as tell:
        text, csv = _core.analyse_scenario(what._loaded, own and own.core, threads, tell)
    return Analysis(text, csv, tables_of_scenario(csv))


def analyse_result(
    result: Result,
    step: Step | None,
    pivotal: Sequence[str] | int | None,
    *,
    tables: str | os.PathLike[str] | None,
    threads: int,
    progress: Progress,
    payoffs: "Iterable[Payoff] | None",
    firm_rule: "FirmRule | None",
) -> Analysis:
    """Analyse the coalitions of a run; see Result.analyse."""
    place = state_at(result.dataset, -1 if step is None else step)
    held_out = _held_out(result, pivotal)
    folder = "" if tables is None else os.fspath(tables)
    own = rules_of(payoffs, firm_rule)
    with progress_bar(progress, "step") as tell:
        text, csv = _core.analyse_result(
            result._labelled, result._name or result.name, place, held_out, folder, own and own.core, threads, tell
        )
    return Analysis(text, csv, tables_of_result(csv))


def _held_out(result: Result, pivotal: Any) -> str:
    """Countries to hold out, or how many, as the core takes them: "KEN,NGA" or "3"."""
    if pivotal is None:
        return ""
    if isinstance(pivotal, int | np.integer) and not isinstance(pivotal, bool):
        if pivotal < 1:
            raise ScenarioError(f"pivotal: {pivotal} countries cannot be held out; give their number or names")
        return str(int(pivotal))
    codes = [country_code(result.dataset, country) for country in ([pivotal] if isinstance(pivotal, str) else pivotal)]
    # Each is held out once; a code of digits alone would be read as their number.
    return ",".join(codes + codes[:1])
