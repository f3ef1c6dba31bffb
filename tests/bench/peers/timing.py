"""How other programs are timed and held against our results: what the topics share."""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

#: What Google Benchmark adds to the name of a benchmark.
SUFFIXES = re.compile(r"/(manual_time|real_time|process_time|iterations:\d+|repeats:\d+|min_time:[\d.]+)")


class Disagreement(Exception):
    """Another program has another answer: a time beside it would mean nothing."""


@dataclass(frozen=True)
class Measurement:
    """Times of one program at what one of our rows does."""

    row: str
    peer: str
    version: str
    milliseconds: list[float]
    note: str = ""


@dataclass(frozen=True)
class Bench:
    """What a topic starts from: our inputs and results, and how often to repeat."""

    inputs: Path
    counters: dict[str, dict[str, Any]]
    repetitions: int

    def array(self, name: str) -> np.ndarray:
        """An array that our program wrote."""
        return np.load(self.inputs / f"{name}.npy")

    def table(self, name: str) -> np.ndarray:
        """Rows of a CSV file with a header."""
        return np.loadtxt(self.inputs / f"{name}.csv", delimiter=",", skiprows=1)

    def shortest_links(self, name: str) -> tuple[np.ndarray, np.ndarray, int]:
        """Joined pairs of nodes, length of the shortest link of each, and N.

        Parallel links would confuse most programs: scipy adds them up.
        """
        links = self.table(name).astype(np.int64)
        ends = np.sort(links[:, :2], axis=1)
        order = np.lexsort((links[:, 2], ends[:, 1], ends[:, 0]))
        pairs, first = np.unique(ends[order], axis=0, return_index=True)
        return pairs, links[order][first, 2].astype(float), int(ends.max()) + 1

    def time(self, row: str, package: str, work: Callable[[], Any], *, peer: str = "", note: str = "",
             prepare: Callable[[], Any] | None = None) -> Measurement:
        """Times ``work``, or ``work(prepare())`` with only the work on the clock."""
        milliseconds = samples(work, self.repetitions, prepare)
        return Measurement(row, peer or package, version(package), milliseconds, note)


def samples(work: Callable[..., Any], repetitions: int, prepare: Callable[[], Any] | None = None,
            least_seconds: float = 0.1) -> list[float]:
    """Milliseconds of the processor (all threads) per call, one for each repetition.

    A repetition calls as often as ``least_seconds`` needs, as Google Benchmark does on our side; work that has to be
    prepared anew is called once. One call before the first is not counted.
    """
    def once() -> float:
        argument = () if prepare is None else (prepare(),)
        start = time.process_time()
        work(*argument)
        return time.process_time() - start

    first = once()
    calls = 1 if prepare is not None else max(1, round(least_seconds / max(first, 1e-7)))
    result = []
    for _ in range(repetitions):
        if calls == 1:
            result.append(1e3 * once())
            continue
        start = time.process_time()
        for _ in range(calls):
            work()
        result.append(1e3 * (time.process_time() - start) / calls)
    return result


def require_close(what: str, theirs: Any, ours: Any, *, relative: float = 0.0, absolute: float = 0.0) -> None:
    """Raises Disagreement unless both agree everywhere to within the tolerances (none: they are equal)."""
    theirs, ours = np.asarray(theirs, dtype=float), np.asarray(ours, dtype=float)
    if theirs.shape != ours.shape:
        raise Disagreement(f"{what}: {theirs.shape} values against our {ours.shape}")
    apart = ~(np.abs(theirs - ours) <= absolute + relative * np.abs(ours))
    if apart.any():
        place = tuple(int(index) for index in np.argwhere(apart)[0])
        raise Disagreement(f"{what}: {theirs[place]} against our {ours[place]} at {place}, {apart.sum()} values differ")


def read_runs(report: Path) -> dict[str, list[dict[str, Any]]]:
    """Repetitions of each of our rows, from Google Benchmark's JSON."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for run in json.loads(report.read_text(encoding="utf-8"))["benchmarks"]:
        if run["run_type"] == "iteration":
            rows.setdefault(SUFFIXES.sub("", run["run_name"]), []).append(run)
    return rows


def main(topic: Callable[[Bench], Iterator[Measurement]]) -> None:
    """The program of one topic: measures and writes a list of measurements."""
    parser = argparse.ArgumentParser(description="Times other programs on the inputs that splinternet_bench wrote.")
    parser.add_argument("inputs", type=Path, help="folder of the inputs")
    parser.add_argument("report", type=Path, help="JSON that splinternet_bench wrote")
    parser.add_argument("output", type=Path, help="JSON to write")
    parser.add_argument("--repetitions", type=int, default=5)
    given = parser.parse_args()
    counters = {row: runs[-1] for row, runs in read_runs(given.report).items()}
    result = []
    for measurement in topic(Bench(given.inputs, counters, given.repetitions)):
        median = np.median(measurement.milliseconds)
        print(f"{measurement.row:<46} {measurement.peer:<12} {median:12.3f} ms", flush=True)
        result.append(asdict(measurement))
    given.output.write_text(json.dumps(result, indent=1), encoding="utf-8")
