"""Scenarios: what is to be simulated, read and checked to the end before anything runs."""

import datetime
import html
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from splinternet import _core
from splinternet._core import ScenarioError
from splinternet._parameters import Parameter, Parameters, Value
from splinternet._toml import overrides

__all__ = ["Parameter", "Parameters", "Scenario", "ScenarioEntry", "as_scenario", "load", "scenarios"]


@dataclass(frozen=True)
class ScenarioEntry:
    """A shipped scenario, as :func:`scenarios` lists it."""

    name: str
    title: str
    question: str
    can_run: bool
    can_analyse: bool


class Scenario:
    """What is to be simulated: frameworks, events, parameters, countries, dates.

    It never changes; `with_` makes others. Made by :func:`load` or :meth:`from_toml`. Everything is checked at once,
    against the tables of its world too.

    Examples
    --------
    >>> import splinternet as sn
    >>> scenario = sn.load("classroom-12").with_({"run.horizon": 24, "countries.temperature": 0.2})
    >>> scenario.horizon, scenario.frameworks, len(scenario.countries)
    (24, ('clean_network', 'gids'), 12)
    """

    __slots__ = ("_loaded", "_parameters", "_written")

    _loaded: Any

    def __init__(self, loaded: Any) -> None:
        if not isinstance(loaded, _core.LoadedScenario):
            raise ScenarioError("a scenario is made by splinternet.load(name or path) or Scenario.from_toml(text)")
        object.__setattr__(self, "_loaded", loaded)

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse: it does not change."""
        raise AttributeError(f"a scenario does not change: make another one with scenario.with_({{...}}) ({name!r})")

    @staticmethod
    def from_toml(text: str, folder: str | os.PathLike[str] = ".", name: str = "scenario") -> "Scenario":
        """Read a scenario from text.

        Parameters
        ----------
        text : str
            TOML, as in a scenario file.
        folder : path
            Where its tables and what it extends are looked for, if their paths are relative; then in the library.
        name : str
            Name of the scenario; in messages it stands for the file.

        Returns
        -------
        Scenario

        Raises
        ------
        ScenarioError
            With line, key, what is allowed and the nearest name, at the first fault.
        DataError
            If its tables are missing or damaged.

        Examples
        --------
        >>> import splinternet as sn
        >>> text = sn.load("classroom-12").to_toml()
        >>> sn.Scenario.from_toml(text, name="classroom-12") == sn.load("classroom-12")
        True
        """
        return Scenario(_core.parse_scenario(text, name, str(Path(folder).absolute())))

    @property
    def name(self) -> str:
        """Its name: that of the file, without folder and ending."""
        return str(self._loaded.name)

    @property
    def title(self) -> str:
        """One line on what it is."""
        return str(self._loaded.title)

    @property
    def question(self) -> str:
        """The question that it asks; empty if it asks none."""
        return str(self._loaded.question)

    @property
    def lesson(self) -> str:
        """What can be learnt from it, in paragraphs: entries of the gallery have one."""
        return str(self._loaded.lesson)

    @property
    def can_run(self) -> bool:
        """Whether it can be run; some entries of the gallery are only analysed."""
        return bool(self._loaded.is_runnable)

    @property
    def text(self) -> str:
        """The whole scenario as TOML, with every parameter; as written if it is only analysed."""
        return str(self._loaded.resolved if self.can_run else self._loaded.written[0])

    @property
    def frameworks(self) -> tuple[str, ...]:
        """Ids of the frameworks, sorted."""
        return tuple(one for one, _ in self._loaded.frameworks())

    @property
    def framework_names(self) -> dict[str, str]:
        """Names of the frameworks by id."""
        return dict(self._loaded.frameworks())

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of the countries (ISO 3166-1 alpha-3) or actors, in the order of the arrays."""
        return tuple(self._loaded.codes())

    @property
    def events(self) -> tuple[str, ...]:
        """Ids of the events, sorted."""
        return tuple(self._loaded.events)

    @property
    def start(self) -> datetime.date:
        """The day on which a run begins."""
        return datetime.date.fromisoformat(self._loaded.start)

    @property
    def horizon(self) -> int:
        """Steps of a run."""
        return int(self._loaded.horizon)

    @property
    def step_months(self) -> float:
        """Length of a step in months."""
        return float(self._loaded.step_months)

    @property
    def seed(self) -> int:
        """Seed of the random draws."""
        return int(self._loaded.seed)

    @property
    def parameters(self) -> Parameters:
        """All parameters: ``scenario.parameters["countries.temperature"].value``."""
        if not hasattr(self, "_parameters"):
            object.__setattr__(self, "_parameters", Parameters(self._loaded.parameters()))
        return self._parameters  # type: ignore[no-any-return, attr-defined]

    def with_(self, values: Mapping[str, Any] | None = None, /, **sections: Any) -> "Scenario":
        """Make another scenario with these values; all else stays.

        Parameters
        ----------
        values : mapping
            Values by dotted key, ``{"countries.temperature": 0.2}``, or nested as in TOML. A number, a truth value, a
            string, a date, a list; a dict for an entry: ``{"event.cut": {"kind": "cable_cut", ...}}``. An entry is
            switched off by ``{"event.cut.enabled": False}``.
        **sections
            The same, of whole sections: ``with_(run={"horizon": 24})``.

        Returns
        -------
        Scenario

        Raises
        ------
        ScenarioError
            With the text that the program has for ``--set key=value``: key, what is allowed, the nearest name.

        Examples
        --------
        >>> import splinternet as sn
        >>> calm = sn.load("classroom-12").with_({"countries.temperature": 0.05}, run={"seed": 7})
        >>> calm.seed, calm.parameters["countries.temperature"].value
        (7, 0.05)
        """
        laid = [*overrides(_mapping(values)), *overrides(sections)]
        return Scenario(self._loaded.with_values(laid))

    def to_toml(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the whole scenario as TOML; with a path, also write it there, all of it or nothing.

        Texts for its readers, lesson and analyses, are not in it unless it is only analysed. Tables are named relative
        to the library or to the folder that :meth:`from_toml` is told.

        Examples
        --------
        >>> import splinternet as sn
        >>> sn.load("classroom-12").to_toml().splitlines()[0][:43]
        'question = "Two rival frameworks court twel'
        """
        if path is not None:
            _core.write_text(self.text, os.fspath(path))
        return self.text

    def _identity(self) -> tuple[str, str, str]:
        return (self.name, self.text, self._loaded.tables_path if self.can_run else "")

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same to a run: name, text and tables."""
        return self._identity() == other._identity() if isinstance(other, Scenario) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of name, text and tables."""
        return hash(self._identity())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as the text from which it was made."""
        text, folder = self._loaded.written
        return Scenario.from_toml, (text, folder, self.name)

    def __repr__(self) -> str:
        """Tell it in a line."""
        if not self.can_run:
            return f"<Scenario {self.name}: {self.title}; analysed, not run>"
        size = f"{len(self._loaded.codes())} countries, {len(self.frameworks)} frameworks"
        return f"<Scenario {self.name}: {self.title}; {size}, {self.horizon} steps from {self.start}>"

    def _repr_html_(self) -> str:
        rows = []
        if self.can_run:
            names = ", ".join(self.framework_names.values()) or "none"
            length = "a month" if self.step_months == 1 else f"{self.step_months:g} months"
            steps = f"{self.horizon} steps of {length} from {self.start}, seed {self.seed}"
            rows = [("Frameworks", names), ("Countries", str(len(self.countries))), ("Run", steps)]
            rows += [("Events", ", ".join(self.events))] if self.events else []
        changed = self.parameters.changed() if self.can_run else {}
        return _card(self, rows, changed)


def _card(scenario: Scenario, rows: list[tuple[str, str]], changed: dict[str, Parameter]) -> str:
    heading = (
        f"<strong>{html.escape(scenario.title or scenario.name)}</strong> <code>{html.escape(scenario.name)}</code>"
    )
    question = f"<div><em>{html.escape(scenario.question)}</em></div>" if scenario.question else ""
    table = "".join(
        f'<tr><th style="text-align:left">{what}</th><td style="text-align:left">{html.escape(said)}</td></tr>'
        for what, said in rows
    )
    body = "".join(
        f'<tr title="{html.escape(row.meaning)}"><td style="text-align:left"><code>{html.escape(key)}</code></td>'
        f"<td>{html.escape(_shown(row.value))}</td><td>{html.escape(_shown(row.default))}</td>"
        f'<td style="text-align:left">{html.escape(row.unit)}</td></tr>'
        for key, row in changed.items()
    )
    head = "<tr><th>parameter</th><th>value</th><th>default</th><th>unit</th></tr>"
    summary = f"<summary>{len(changed)} parameters are not at their defaults</summary>"
    details = f"<details>{summary}<table>{head}{body}</table></details>" if changed else ""
    return f"<div>{heading}{question}<table>{table}</table>{details}</div>"


def _shown(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _mapping(values: Any) -> Mapping[str, Any]:
    if values is None:
        return {}
    if not isinstance(values, Mapping):
        raise ScenarioError(
            f'with_: a mapping of keys to values is needed, e.g. {{"run.seed": 7}}, not {type(values).__name__}'
        )
    return values


def load(name_or_path: str | os.PathLike[str]) -> Scenario:
    """Load a shipped scenario by name, or a scenario file.

    Parameters
    ----------
    name_or_path : str or path
        A name that :func:`scenarios` lists, e.g. ``"clean-network-2020"`` or ``"gallery/unix-alliances"``; or a path
        that ends in ``.toml``.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        With file, line, key, what is allowed and the nearest name, at the first fault.
    DataError
        If its tables are missing or damaged.
    FileError
        If the operating system refuses to read a file.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.load("classroom-12").horizon
    60
    """
    name = os.fspath(name_or_path)
    if name.endswith(".toml") and Path(name).is_file():
        name = str(Path(name).absolute())  # so that a later change of folder does not matter
    return Scenario(_core.load_scenario(name))


def scenarios() -> list[ScenarioEntry]:
    """List the shipped scenarios with title and question, as ``splinternet list`` does.

    Returns
    -------
    list of ScenarioEntry
        Sorted by name; those of the gallery are named ``gallery/...``.

    Examples
    --------
    >>> import splinternet as sn
    >>> [entry.name for entry in sn.scenarios()][:2]
    ['classroom-12', 'clean-network-2020']
    """
    return [
        ScenarioEntry(name, title, question, "run" in commands, "analyse" in commands)
        for name, title, question, commands in _core.shipped_scenarios()
    ]


def as_scenario(value: Any) -> Scenario:
    """Return the scenario itself, or the one of this name or path.

    Raises
    ------
    ScenarioError
        For anything else.
    """
    if isinstance(value, Scenario):
        return value
    if isinstance(value, str | os.PathLike):
        return load(value)
    raise ScenarioError(f"scenario: {value!r} is neither a scenario nor the name or path of one")
