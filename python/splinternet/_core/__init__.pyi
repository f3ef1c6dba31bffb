# Made by `make stubs`; not to be edited.
"""
The C++ core of splinternet; use the package, which checks and labels what goes in and out.
"""

from __future__ import annotations

import collections.abc
import typing

from . import coalition, metrics, routing, trade

class Error(Exception):
    "Base of all errors of this package."

class DataError(Error, ValueError):
    "Data that are missing, damaged or contradict themselves."

class FileError(Error, OSError):
    "The operating system refused to read or write."

class InternalError(Error, RuntimeError):
    "A fault of this package: please report it."

class ScenarioError(Error, ValueError):
    "A scenario or an argument that cannot be run as written."

class SolverError(Error, RuntimeError):
    "A numerical problem without a solution of the required accuracy."

__all__: list[str] = [
    "CustomFirmRule",
    "CustomTerm",
    "CustomWorld",
    "DataError",
    "Error",
    "Extensions",
    "FileError",
    "FinishedRun",
    "InternalError",
    "LabelledDataset",
    "LoadedScenario",
    "ScenarioError",
    "SolverError",
    "SteppedRun",
    "Verification",
    "WorldView",
    "add_library_folder",
    "analyse_result",
    "analyse_scenario",
    "coalition",
    "commit",
    "did_you_mean",
    "explain",
    "explain_parting",
    "load_scenario",
    "metrics",
    "parse_scenario",
    "phase_names",
    "read_result",
    "routing",
    "run",
    "run_command",
    "shipped_scenarios",
    "trade",
    "verify",
    "version",
    "write_text",
]

@typing.final
class LabelledDataset:
    """
    Named arrays over named dimensions: what a run gathers and a file holds.
    """
    def array(self, name: str) -> dict[str, typing.Any]:
        """
        Dims, values (a copy as a NumPy array), units, long_name and flag_meanings.
        """
    def write(self, path: str) -> None:
        """
        Write the HDF5 file; either the whole file is there afterwards or the old one.
        """
    @property
    def attributes(self) -> list[tuple[str, str]]:
        """
        Pairs of name and text, in the order of the file.
        """
    @property
    def dims(self) -> list[tuple[str, int]]: ...
    @property
    def names(self) -> list[str]: ...

@typing.final
class LoadedScenario:
    """
    A scenario that was read and checked to the end.
    """
    def codes(self) -> list[str]: ...
    def frameworks(self) -> list[typing.Any]: ...
    def parameters(self) -> list[typing.Any]: ...
    def with_values(self, values: collections.abc.Sequence[tuple[str, str, str]]) -> LoadedScenario:
        """
        Another one with values laid over it: keys, values in TOML, and what stands for each in messages.
        """
    @property
    def events(self) -> list[str]: ...
    @property
    def file(self) -> str: ...
    @property
    def horizon(self) -> int: ...
    @property
    def is_runnable(self) -> bool: ...
    @property
    def lesson(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def resolved(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def start(self) -> str: ...
    @property
    def step_months(self) -> float: ...
    @property
    def tables_path(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def written(self) -> tuple[str, str]: ...

@typing.final
class WorldView:
    """
    The arrays of a world, read-only.
    """
    def array(self, name: str) -> typing.Any: ...
    def labels(self, dim: str) -> list[str]: ...
    @property
    def rows(self) -> list[typing.Any]: ...
    @property
    def step(self) -> int: ...

@typing.final
class SteppedRun:
    """
    A simulation that is stepped from Python.
    """
    def __init__(
        self,
        scenario: LoadedScenario,
        extensions: typing.Any,
        threads: typing.SupportsInt | typing.SupportsIndex,
        record: bool,
    ) -> None: ...
    def advance(self, last: typing.SupportsInt | typing.SupportsIndex, callback: typing.Any) -> None: ...
    def dataset(self) -> LabelledDataset: ...
    def extend(self, scenario: LoadedScenario) -> None: ...
    def fork(self) -> SteppedRun: ...
    def world(self) -> WorldView: ...
    @property
    def digest(self) -> int: ...
    @property
    def phase_seconds(self) -> list[float]: ...
    @property
    def scenario(self) -> LoadedScenario: ...
    @property
    def step(self) -> int: ...

@typing.final
class FinishedRun:
    """
    A run at its horizon.
    """
    @property
    def dataset(self) -> LabelledDataset: ...
    @property
    def phase_seconds(self) -> list[float]: ...

@typing.final
class Verification:
    """
    What a replay of a result found.
    """
    @property
    def arrays(self) -> int: ...
    @property
    def differences(self) -> list[str]: ...
    @property
    def notes(self) -> list[str]: ...
    @property
    def steps(self) -> int: ...

@typing.final
class CustomWorld:
    """
    The arrays of a world while a rule is asked, read-only copies.
    """
    def array(self, name: str) -> typing.Any: ...
    def labels(self, dim: str) -> list[str]: ...
    @property
    def rows(self) -> list[typing.Any]: ...
    @property
    def step(self) -> int: ...

@typing.final
class CustomTerm:
    """
    A payoff term written in Python.
    """
    def __init__(
        self,
        name: str,
        unit: str,
        sha256: str,
        function: typing.Any,
        compiled: typing.Any | None = None,
        check_every: typing.SupportsInt | typing.SupportsIndex = 0,
    ) -> None: ...
    @property
    def seconds(self) -> float: ...

@typing.final
class CustomFirmRule:
    """
    A valuation of stances of firms written in Python.
    """
    def __init__(
        self,
        name: str,
        unit: str,
        sha256: str,
        function: typing.Any,
        check_every: typing.SupportsInt | typing.SupportsIndex = 0,
    ) -> None: ...
    @property
    def seconds(self) -> float: ...

@typing.final
class Extensions:
    """
    Rules of a user that a run follows beside those of the scenario.
    """
    def __init__(
        self, terms: collections.abc.Sequence[CustomTerm] = [], firms: CustomFirmRule | None = None
    ) -> None: ...
    @property
    def text(self) -> str:
        """
        As the attribute custom_rules of a file tells them.
        """

def add_library_folder(folder: str) -> None:
    """
    Look for shipped scenarios and their tables in this folder too.
    """

def analyse_result(
    result: LabelledDataset,
    name: str,
    step: typing.SupportsInt | typing.SupportsIndex | None,
    pivotal: str,
    tables: str,
    extensions: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[str, str]:
    """
    Coalitions of a result: text and table.
    """

def analyse_scenario(
    scenario: LoadedScenario,
    extensions: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    progress: typing.Any,
) -> tuple[str, str]:
    """
    What a scenario asks to be analysed, else all its states: text and table.
    """

def did_you_mean(name: str, candidates: collections.abc.Sequence[str]) -> str:
    """
    The end of a message: the nearest candidate, if any is near.
    """

def explain(result: LabelledDataset, country: str, step: typing.SupportsInt | typing.SupportsIndex | None) -> str:
    """
    Why a country signed or stayed out, in words.
    """

def explain_parting(first: LabelledDataset, second: LabelledDataset, country: str | None) -> str:
    """
    Where two runs part, in words.
    """

def load_scenario(name_or_path: str) -> LoadedScenario: ...
def parse_scenario(text: str, name: str, folder: str) -> LoadedScenario: ...
def phase_names() -> list[str]: ...
def read_result(path: str) -> LabelledDataset:
    """
    Read a result file, all values to the bit.
    """

def run(
    scenario: LoadedScenario,
    extensions: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    out: str,
    callback: typing.Any,
) -> FinishedRun: ...
def run_command(arguments: collections.abc.Sequence[str]) -> int:
    """
    Run the program on its arguments (without its own name); returns the exit code.
    """

def shipped_scenarios() -> list[typing.Any]:
    """
    Name, title, question and commands of each shipped scenario.
    """

def verify(
    result: LabelledDataset,
    name: str,
    tables: str,
    extensions: typing.Any,
    threads: typing.SupportsInt | typing.SupportsIndex,
    callback: typing.Any,
) -> Verification: ...
def write_text(text: str, path: str) -> None:
    """
    Write a file; either the whole text is there afterwards or what was before.
    """

commit: str
version: str
