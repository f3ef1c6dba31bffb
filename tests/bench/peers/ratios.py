"""From times to tables: ours against other programs, with the goals; ours against what the machine can do."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from timing import Disagreement, read_runs

#: Counters that hold the milliseconds of a program timed inside ours.
COUNTED_PEERS = {"boost_ms": "Boost.Graph", "plain_ms": "plain fixed point"}

#: How many times faster we want to be: row, program, factor. The last that matches counts.
GOALS = (
    (r"all-pairs routing, .*", "Boost.Graph", 5.0),
    (r"all-pairs routing, .*", "scipy", 12.0),
    (r"all-pairs routing, random (512|2048)", "NetworKit", 5.0),
    (r"trade equilibrium, .*", "plain fixed point", 5.0),
    (r"trade equilibrium, home share \.(75|95), tau 2", "plain fixed point", 10.0),
    (r"trade equilibrium, .*", "NumPy", 5.0),
    (r"structural gravity", "gegravity", 500.0),
)

#: Whom each row must have been compared with.
REQUIRED = (
    (r"all-pairs routing, .*", ("Boost.Graph", "scipy", "igraph", "NetworKit")),
    (r"trade equilibrium, .*, tau .*", ("plain fixed point", "NumPy")),
    (r"structural gravity", ("gegravity",)),
    (r"Frank-Wolfe to 1e-5, .*", ("AequilibraE",)),
    (r"modularity, .*", ("igraph", "networkx")),
    (r"efficiency from links", ("igraph", "networkx")),
    (r"betweenness", ("igraph", "networkx")),
)

ADD_AND_MINIMUM = "machine: add and minimum, 32-bit"
MULTIPLY_AND_ADD = "machine: multiply and add, 64-bit"

#: What bounds a row: the operation that it is made of, and the triad of the cache in which what it reads lies.
LIMITS = (
    (r"all-pairs routing, .*", ADD_AND_MINIMUM, "machine: triad of 32 kB"),
    (r"trade equilibrium, .*, tau .*", MULTIPLY_AND_ADD, "machine: triad of 256 kB"),
    (r"structural gravity", MULTIPLY_AND_ADD, None),
    (r"Frank-Wolfe to 1e-5, .*|betweenness|efficiency from links", ADD_AND_MINIMUM, None),
    (r"decisions of all countries: prices", MULTIPLY_AND_ADD, "machine: triad of 64 MB"),
    (r"modularity, sparse", None, "machine: triad of 32 kB"),
    (r"modularity, dense|zero-diagonal null|global efficiency|bootstrap of modularity", None,
     "machine: triad of 256 kB"),
)

#: Counters that are sizes.
SIZES = ("N", "zones", "sectors", "edges", "links")

MILLISECONDS = {"ns": 1e-6, "us": 1e-3, "ms": 1.0, "s": 1e3}


@dataclass(frozen=True)
class Times:
    """Median and quartiles of some times, milliseconds."""

    median: float
    low: float
    high: float

    @staticmethod
    def of(milliseconds: list[float]) -> Times:
        low, median, high = np.percentile(milliseconds, [25, 50, 75])
        return Times(float(median), float(low), float(high))

    @property
    def spread(self) -> float:
        """Interquartile range over median."""
        return (self.high - self.low) / self.median


@dataclass(frozen=True)
class Ratio:
    """One program against ours; `low` and `high` are between opposite quartiles."""

    row: str
    sizes: str
    ours_ms: float
    ours_spread: float
    peer: str
    version: str
    peer_ms: float
    peer_spread: float
    ratio: float
    low: float
    high: float
    goal: float | None
    met: str
    note: str


@dataclass(frozen=True)
class Share:
    """What one row must do, and the share of the machine's limit that it reaches; None where it is not counted."""

    row: str
    sizes: str
    ours_ms: float
    operations: float | None
    operations_per_second: float | None
    operations_limit: str
    operations_share: float | None
    bytes: float | None
    bytes_per_second: float | None
    bytes_limit: str
    bytes_share: float | None


Runs = dict[str, list[dict[str, Any]]]


def our_times(runs: list[dict[str, Any]]) -> Times:
    """Processor time; of rows that keep time by themselves, theirs."""
    clock = "real_time" if "/manual_time" in runs[0]["run_name"] else "cpu_time"
    return Times.of([run[clock] * MILLISECONDS[run["time_unit"]] for run in runs])


def sizes_of(run: dict[str, Any]) -> str:
    return ", ".join(f"{name} {run[name]:.0f}" for name in SIZES if name in run)


def goal_of(row: str, peer: str) -> float | None:
    matching = [goal for pattern, who, goal in GOALS if who == peer and re.fullmatch(pattern, row)]
    return matching[-1] if matching else None


def counted_peers(runs: Runs) -> list[dict[str, Any]]:
    """Measurements of the programs timed inside ours."""
    result = []
    for row, repetitions in runs.items():
        first = repetitions[0]
        for counter, peer in COUNTED_PEERS.items():
            if counter in first:
                note = f"{first['plain_iterations']:.0f} iterations" if counter == "plain_ms" else ""
                result.append({"row": row, "peer": peer, "version": first.get("label", ""), "note": note,
                               "milliseconds": [run[counter] for run in repetitions]})
    return result


def require_all(runs: Runs, measurements: list[dict[str, Any]]) -> None:
    """Raises Disagreement if a comparison is missing."""
    done = {(one["row"], one["peer"]) for one in measurements}
    for pattern, peers in REQUIRED:
        rows = [row for row in runs if re.fullmatch(pattern, row)]
        if not rows:
            raise Disagreement(f"no row of ours is called {pattern}")
        missing = [f"{row} by {peer}" for row in rows for peer in peers if (row, peer) not in done]
        if missing:
            raise Disagreement(f"not measured: {'; '.join(missing)}")


def ratios(runs: Runs, measurements: list[dict[str, Any]]) -> list[Ratio]:
    """One line for each row of ours and program, in the order of REQUIRED."""
    def place(one: dict[str, Any]) -> tuple[int, int]:
        topics = [n for n, (pattern, _) in enumerate(REQUIRED) if re.fullmatch(pattern, one["row"])]
        return min(topics, default=len(REQUIRED)), list(runs).index(one["row"])

    result = []
    for one in sorted(measurements, key=place):
        ours, theirs = our_times(runs[one["row"]]), Times.of(one["milliseconds"])
        ratio, goal = theirs.median / ours.median, goal_of(one["row"], one["peer"])
        met = "" if goal is None else "met" if ratio >= goal else "not met"
        result.append(Ratio(one["row"], sizes_of(runs[one["row"]][0]), ours.median, ours.spread, one["peer"],
                            one["version"], theirs.median, theirs.spread, ratio, theirs.low / ours.high,
                            theirs.high / ours.low, goal, met, one["note"]))
    return result


def median_of(runs: list[dict[str, Any]], counter: str) -> float | None:
    return float(np.median([run[counter] for run in runs])) if counter in runs[0] else None


def part(runs: Runs, row: str, counter: str, limit: str | None) -> tuple[float | None, float | None, str, float | None]:
    """Amount, rate, name of the limit and share of it."""
    rate = median_of(runs[row], counter) if limit else None
    if rate is None or limit is None:
        return None, None, "", None
    best = median_of(runs[limit], counter)
    if best is None:
        raise Disagreement(f"{limit} does not count {counter}")
    return rate * our_times(runs[row]).median / 1e3, rate, limit.removeprefix("machine: "), rate / best


def shares(runs: Runs) -> list[Share]:
    """One line for each row whose operations or bytes are counted."""
    result = []
    for row, repetitions in runs.items():
        for pattern, operation, memory in LIMITS:
            if not re.fullmatch(pattern, row):
                continue
            result.append(Share(row, sizes_of(repetitions[0]), our_times(repetitions).median,
                                *part(runs, row, "operations", operation), *part(runs, row, "bytes", memory)))
    return result


def write_csv(path: Path, kind: type, lines: list[Any]) -> None:
    names = [field.name for field in fields(kind)]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for line in lines:
            values = (getattr(line, name) for name in names)
            writer.writerow("" if v is None else f"{v:.6g}" if isinstance(v, float) else v for v in values)


def aligned(head: list[str], lines: list[list[str]]) -> str:
    """A table of text: first column to the left, the others to the right."""
    widths = [max(len(line[column]) for line in [head, *lines]) for column in range(len(head))]
    rows = []
    for first, *others in [head, *lines]:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        rows.append("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    return "\n".join(rows)


def short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def text_of_ratios(lines: list[Ratio]) -> str:
    head = ["", "sizes", "ours ms", "spread", "", "ms", "spread", "times", "quartiles", "goal", ""]
    table = []
    for before, line in zip([None, *lines], lines, strict=False):
        ours = ["", "", "", ""]
        if before is None or before.row != line.row:
            ours = [line.row, line.sizes, short(line.ours_ms), f"{line.ours_spread:.0%}"]
        table.append([*ours, line.peer, short(line.peer_ms), f"{line.peer_spread:.0%}", short(line.ratio),
                      f"{short(line.low)}–{short(line.high)}", f"{line.goal:.0f}" if line.goal else "", line.met])
    return aligned(head, table)


def text_of_shares(lines: list[Share]) -> str:
    def cells(amount: float | None, rate: float | None, limit: str, share: float | None) -> list[str]:
        if amount is None or rate is None or share is None:
            return [""] * 4
        return [f"{amount / 1e6:.3g}", f"{rate / 1e9:.3g}", f"{share:.0%}", limit]

    head = ["", "ms", "M operations", "G/s", "share", "of", "MB", "GB/s", "share", "of"]
    return aligned(head, [[line.row, short(line.ours_ms),
                           *cells(line.operations, line.operations_per_second, line.operations_limit,
                                  line.operations_share),
                           *cells(line.bytes, line.bytes_per_second, line.bytes_limit, line.bytes_share)]
                          for line in lines])


def read_tables(report: Path, peers: list[Path]) -> tuple[list[Ratio], list[Share]]:
    """Both tables from the JSON of our program and those of the others. Raises Disagreement if one is missing."""
    runs = read_runs(report)
    measurements = counted_peers(runs)
    for path in peers:
        measurements += json.loads(path.read_text(encoding="utf-8"))
    require_all(runs, measurements)
    return ratios(runs, measurements), shares(runs)
