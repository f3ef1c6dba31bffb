#!/usr/bin/env python3
"""How far the linear response of market access is from worlds solved anew, over the flagship.

Countries price their options by the linear response of the world at one equilibrium (MODEL.md, M16). A run with
``record.market_access_exact = true`` also solves the world anew for every option of every recorded decision, and notes
what the same draw would have chosen. This script makes such runs, or reads files of them, and writes

- ``options.csv``: one row per option other than staying, both values and their difference in pp of real income;
- ``summary.csv``: quantiles of the differences, share of decisions that would have ended otherwise, refreshes per run;
- ``market_access.png``: the two values against each other, and the distribution of the differences.

Usage::

    compare.py [--program PATH] [--seeds 20] [--set key=value ...] [--jobs 2] [-o out/market_access] [FILE ...]
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import h5py
import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.append(str(REPOSITORY / "python" / "splinternet"))  # its drawing code needs no compiled core

from _figures.style import FAINT_INK, FRAMEWORK_COLOURS, GRID_COLOUR, RC, readable  # noqa: E402

SCENARIO = "clean-network-2020"
QUANTILES = (0.5, 0.9, 0.99, 1.0)


class ReadError(Exception):
    """A file does not hold what is compared; the text is for the user."""


@dataclass(frozen=True)
class Comparison:
    """The options and decisions of one run.

    Attributes
    ----------
    seed
        Seed of the run.
    step, country, target
        When, whose, and the memberships that the option leads to; one entry per option other than staying.
    linear_pp, exact_pp
        Market access of these options both ways, percentage points of real income.
    decisions, changed
        Decisions with more than one option, and how many of them end otherwise with exact values and the same draw.
    refreshes
        How often the run took the linear response anew.
    """

    seed: int
    step: np.ndarray
    country: list[str]
    target: list[str]
    linear_pp: np.ndarray
    exact_pp: np.ndarray
    decisions: int
    changed: int
    refreshes: int

    @property
    def error_pp(self) -> np.ndarray:
        """Linear minus exact, pp."""
        return self.linear_pp - self.exact_pp


def read(path: Path) -> Comparison:
    """The comparison that a result file holds. Raises ReadError if it was recorded without one."""
    with h5py.File(path) as file:
        if "option_market_access_exact" not in file:
            raise ReadError(f"{path}: recorded without exact market access; run it with "
                            "--set record.market_access_exact=true")
        count = file["decision_option_count"][...]
        first = file["decision_first_option"][...]
        decision = np.repeat(np.arange(count.size), count)
        moves = np.ones(decision.size, dtype=bool)
        moves[first] = False  # staying
        texts = {name: [text.decode() for text in file[name][...]] for name in ("decision_country", "option_target")}
        choice = count > 1
        differs = file["decision_chosen_linear"][...] != file["decision_chosen_exact"][...]
        return Comparison(
            seed=int(file.attrs["seed"]),
            step=file["decision_step"][...][decision][moves],
            country=[texts["decision_country"][d] for d in decision[moves]],
            target=[text for text, moved in zip(texts["option_target"], moves) if moved],
            linear_pp=file["option_market_access_linear"][...][moves],
            exact_pp=file["option_market_access_exact"][...][moves],
            decisions=int(choice.sum()),
            changed=int((choice & differs).sum()),
            refreshes=int(file["market_access_refreshes"][...].sum()),
        )


def run_seeds(program: Path, seeds: int, settings: list[str], jobs: int) -> list[Comparison]:
    """Runs the flagship for seeds 1 … `seeds` and reads each comparison."""
    with tempfile.TemporaryDirectory() as folder:
        def one(seed: int) -> Comparison:
            path = Path(folder) / f"{seed}.h5"
            command = [str(program), "run", SCENARIO, "-o", str(path), "--quiet", "--threads", "1", "--seed", str(seed)]
            for setting in ["record.market_access_exact=true", *settings]:
                command += ["--set", setting]
            subprocess.run(command, check=True, cwd=REPOSITORY)
            comparison = read(path)
            path.unlink()
            return comparison

        with ThreadPoolExecutor(max_workers=jobs) as pool:
            return list(pool.map(one, range(1, seeds + 1)))


def summarise(runs: list[Comparison]) -> list[tuple[str, float]]:
    """Names and values of what is to be told, in the order of the table."""
    error = np.concatenate([np.abs(run.error_pp) for run in runs])
    exact = np.concatenate([np.abs(run.exact_pp) for run in runs])
    if error.size == 0:
        raise ReadError("the runs hold no option other than staying: there is nothing to compare")
    decisions = sum(run.decisions for run in runs)
    changed = sum(run.changed for run in runs)
    rows: list[tuple[str, float]] = [("runs", len(runs)), ("options", error.size), ("decisions", decisions)]
    rows += [(f"|exact| {100 * q:g} % quantile, pp", float(np.quantile(exact, q))) for q in QUANTILES]
    rows += [(f"|linear - exact| {100 * q:g} % quantile, pp", float(np.quantile(error, q))) for q in QUANTILES]
    rows += [("decisions that end otherwise", changed), ("share of them, %", 100.0 * changed / decisions),
             ("refreshes per run, mean", float(np.mean([run.refreshes for run in runs])))]
    return rows


def write_tables(runs: list[Comparison], folder: Path) -> None:
    """Writes options.csv and summary.csv."""
    with open(folder / "options.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["seed", "step", "country", "target", "linear_pp", "exact_pp", "linear_minus_exact_pp"])
        for run in runs:
            for row in zip(run.step, run.country, run.target, run.linear_pp, run.exact_pp, run.error_pp):
                writer.writerow([run.seed, *row[:3], *(f"{value:.9g}" for value in row[3:])])
    with open(folder / "summary.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["quantity", "value"])
        writer.writerows((name, f"{value:.4g}") for name, value in summarise(runs))


def draw_values(axes: plt.Axes, runs: list[Comparison]) -> None:
    """Linear against exact, one colour per set of memberships."""
    targets = sorted({target for run in runs for target in run.target}, key=lambda t: (t == "", t))
    limits = [0.0, 0.0]
    for place, target in enumerate(targets):
        points = [(x, y) for run in runs for t, x, y in zip(run.target, run.exact_pp, run.linear_pp) if t == target]
        exact, linear = np.array(points).T
        axes.plot(exact, linear, "o", markersize=3.2, markeredgewidth=0, alpha=0.45,
                  color=FRAMEWORK_COLOURS[place % len(FRAMEWORK_COLOURS)],
                  label=f"{target or 'none'} ({exact.size:,})")
        limits = [min(limits[0], exact.min(), linear.min()), max(limits[1], exact.max(), linear.max())]
    axes.plot(limits, limits, color=FAINT_INK, linewidth=0.8, zorder=0)
    axes.set_xlabel("world solved anew, pp of real income")
    axes.set_ylabel("linear response, pp of real income")
    axes.set_title("Market access of options", loc="left")
    legend = axes.legend(title="memberships afterwards", frameon=False, loc="upper left", handletextpad=0.2)
    for handle in legend.legend_handles:
        handle.set_alpha(1.0)


def draw_errors(axes: plt.Axes, runs: list[Comparison]) -> None:
    """Distribution of |linear − exact|, with median and 99 % quantile."""
    error = np.sort(np.concatenate([np.abs(run.error_pp) for run in runs]))
    shown = np.maximum(error, 1e-12)  # an error of 0 has no place on a log axis
    axes.plot(shown, 100.0 * (np.arange(error.size) + 1) / error.size, color=FRAMEWORK_COLOURS[0], linewidth=1.6)
    axes.set_xscale("log")
    for q, name in ((0.5, "median"), (0.99, "99 %")):
        value = float(np.quantile(error, q))
        axes.axvline(max(value, 1e-12), color=FAINT_INK, linewidth=0.8, linestyle=":")
        axes.annotate(f"{name}\n{value:.1e} pp", (max(value, 1e-12), 88), xytext=(-4, 0), ha="right", va="center",
                      textcoords="offset points", color=readable(FAINT_INK))
    axes.set_xlabel("|linear − exact|, pp of real income")
    axes.set_ylabel("% of options")
    axes.set_ylim(0, 102)
    axes.set_title("How far they are apart", loc="left")


def draw(runs: list[Comparison], path: Path) -> None:
    """Writes the picture."""
    with plt.rc_context(RC):
        figure, (values, errors) = plt.subplots(1, 2, figsize=(9.6, 4.4), layout="constrained")
        for axes in (values, errors):
            axes.grid(color=GRID_COLOUR, linewidth=0.6)
            axes.set_axisbelow(True)
            axes.spines[["top", "right"]].set_visible(False)
        draw_values(values, runs)
        draw_errors(errors, runs)
        figure.savefig(path, dpi=110)
        plt.close(figure)


def main(arguments: list[str] | None = None) -> int:
    """Runs or reads, then writes tables and picture; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="result files to read instead of running")
    parser.add_argument("--program", type=Path, default=REPOSITORY / "build" / "release" / "splinternet")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--set", action="append", default=[], metavar="key=value")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("-o", "--output", type=Path, default=REPOSITORY / "out" / "market_access")
    options = parser.parse_args(arguments)
    try:
        if options.files:
            runs = [read(path) for path in options.files]
        else:
            runs = run_seeds(options.program, options.seeds, options.set, options.jobs)
        options.output.mkdir(parents=True, exist_ok=True)
        write_tables(runs, options.output)
        draw(runs, options.output / "market_access.png")
    except (ReadError, OSError, subprocess.CalledProcessError) as error:
        print(f"compare: {error}", file=sys.stderr)
        return 1
    for name, value in summarise(runs):
        print(f"{name:38} {value:.4g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
