"""What the program tells of an entry of the gallery: runs, and tables of analyses."""

from __future__ import annotations

import csv
import os
import subprocess
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"

#: The rows of an analysis by the name of their table, each a dictionary by column.
Tables = dict[str, list[dict[str, str]]]


class ResultError(Exception):
    """An entry cannot be run, analysed or read; the text is for the user."""


@dataclass(frozen=True)
class Course:
    """One run of an entry.

    Attributes
    ----------
    label
        What tells it from the other runs of the picture.
    file
        The result file.
    """

    label: str
    file: Path

    @cached_property
    def frameworks(self) -> list[str]:
        """Ids of the frameworks."""
        return self._texts("framework")

    @cached_property
    def framework_names(self) -> list[str]:
        """Names of the frameworks, as written for people."""
        return self._texts("framework_name")

    @cached_property
    def actors(self) -> list[str]:
        """Codes of the actors; only of runs that keep memberships."""
        return self._texts("country")

    @cached_property
    def member_count(self) -> np.ndarray:
        """Members of each framework at each step: [step, framework]."""
        return self._array("member_count").astype(float)

    @cached_property
    def member_share(self) -> np.ndarray:
        """Share of members in the size of all actors: [step, framework]."""
        return self._array("member_size_share").astype(float)

    @cached_property
    def membership(self) -> np.ndarray:
        """Whether an actor is a member: [step, actor, framework]."""
        return self._array("membership") != 0

    def _array(self, name: str) -> np.ndarray:
        with h5py.File(self.file) as file:
            if name not in file:
                raise ResultError(f"{self.file}: lacks {name}; record it and run again")
            return file[name][...]

    def _texts(self, name: str) -> list[str]:
        return [text.decode("utf-8") for text in self._array(name)]


@dataclass(frozen=True)
class Program:
    """The program that runs and analyses entries."""

    path: Path

    def run(self, entry: str, label: str, settings: list[str], file: Path) -> Course:
        """Runs an entry into a result file."""
        self._call("run", f"gallery/{entry}", "-o", file, "--quiet", *(f"--set={setting}" for setting in settings))
        return Course(label, file)

    def analyse(self, entry: str, file: Path) -> Tables:
        """Analyses an entry; its numbers go to a CSV file and come back by table."""
        self._call("analyse", f"gallery/{entry}", "--csv", file)
        tables: Tables = {}
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                tables.setdefault(row["analysis"], []).append(row)
        return tables

    def _call(self, *arguments: str | Path) -> None:
        environment = {**os.environ, "SPLINTERNET_SCENARIOS": str(SCENARIOS)}
        try:
            done = subprocess.run([self.path, *arguments], capture_output=True, text=True, env=environment, check=False)
        except OSError as error:
            raise ResultError(f"{self.path}: {error.strerror}; build the program or name it with --program") from error
        if done.returncode != 0:
            raise ResultError(done.stderr.strip())


def entries() -> list[str]:
    """Names of all entries, sorted."""
    return sorted(path.stem for path in (SCENARIOS / "gallery").glob("*.toml"))


@dataclass(frozen=True)
class Head:
    """What an entry says of itself; the unit of payoffs only if it names one."""

    title: str
    question: str
    unit: str


def head_of(entry: str) -> Head:
    """Title, question and unit of an entry."""
    path = SCENARIOS / "gallery" / f"{entry}.toml"
    if not path.is_file():
        raise ResultError(f"{entry}: there is no such entry; there are {', '.join(entries())}")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Head(table["title"], table["question"], table.get("countries", {}).get("unit", "1"))


def number(row: dict[str, str], column: str) -> float:
    """A number of a table; NaN where the column is missing or empty."""
    text = row.get(column, "")
    return float(text) if text else float("nan")


def has(row: dict[str, str], column: str) -> bool:
    """Whether the row has a number or a text in this column."""
    return row.get(column, "") != ""


def members_of(state: str) -> dict[str, list[str]]:
    """The members of each framework of "a: X Y; b: Z"; "nobody" has none."""
    if ": " not in state:
        return {}
    parts = (part.split(": ") for part in state.split("; "))
    return {framework: members.split() for framework, members in parts}
