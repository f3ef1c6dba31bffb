#!/usr/bin/env python3
"""Runs or analyses entries of the gallery and draws one picture of each, with the plotted numbers beside it."""

from __future__ import annotations

import argparse
import sys
import textwrap
import tomllib
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

# The package's drawing code needs no compiled core.
sys.path.append(str(Path(__file__).resolve().parents[2] / "python" / "splinternet"))
from _figures.plotted import Numbers  # noqa: E402
from _figures.style import FAINT_INK, RC, TEXT_SIZE, TITLE_SIZE  # noqa: E402
from analyses import draw_blocs, draw_competition, draw_power  # noqa: E402
from courses import draw_course, draw_law  # noqa: E402
from results import ROOT, Program, ResultError, Tables, entries, head_of  # noqa: E402
from states import draw_states  # noqa: E402

SIZE = (12.0, 6.4)
DPI = 130
ROWS = tomllib.loads((Path(__file__).parent / "pictures.toml").read_text(encoding="utf-8"))


def draw(entry: str, program: Program, folder: Path) -> tuple[Figure, Numbers]:
    """Runs or analyses an entry and draws it; what the program writes goes to the folder.

    Raises
    ------
    ResultError
        There is no such entry, or the program refuses it.
    """
    head = head_of(entry)
    row = ROWS.get(entry)
    numbers = Numbers()
    with plt.rc_context(RC):
        figure = plt.figure(figsize=SIZE, dpi=DPI)
        figure.text(0.02, 0.945, head.title, fontsize=TITLE_SIZE - 2, fontweight="bold", va="center")
        figure.text(0.02, 0.885, "\n".join(textwrap.wrap(head.question, 130)), fontsize=TEXT_SIZE + 1.5,
                    color=FAINT_INK, va="center")
        if row is None:
            _draw_tables(figure, numbers, program.analyse(entry, folder / f"{entry}-tables.csv"), head.unit)
        elif row["draw"] == "law":
            course = program.run(entry, entry, [], folder / f"{entry}.h5")
            draw_law(figure, numbers, row, course, program.analyse(entry, folder / f"{entry}-tables.csv"))
        else:
            draw_course(figure, numbers, row, [
                program.run(entry, label, settings, folder / f"{entry}{'' if n == 1 else f'-{n}'}.h5")
                for n, (label, settings) in enumerate(_runs(row), start=1)])
    return figure, numbers


def _runs(row: dict) -> list[tuple[str, list[str]]]:
    """Label and settings of each run of a row."""
    if "seeds" in row:
        return [(f"seed {seed}", [f"run.seed={seed}"]) for seed in range(1, row["seeds"] + 1)]
    return [(run["label"], run["set"]) for run in row["run"]]


def _draw_tables(figure: Figure, numbers: Numbers, tables: Tables, unit: str) -> None:
    """The picture of an analysis, by what it tells."""
    columns = next(iter(tables.values()))[0]
    if "rest_states" in tables:
        draw_states(figure, numbers, tables, unit)
    elif "shapley_shubik" in columns:
        draw_power(figure, numbers, tables)
    elif "blocs" in columns:
        draw_blocs(figure, numbers, tables)
    else:
        draw_competition(figure, numbers, tables)


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="figures.py", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="entries, e.g. watts-cascade")
    parser.add_argument("--all", action="store_true", help="all entries")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "out/gallery", metavar="FOLDER",
                        help="where pictures, numbers and results go (default: out/gallery)")
    parser.add_argument("--program", type=Path, default=ROOT / "build/release/splinternet", help="the built program")
    options = parser.parse_args(arguments)
    if options.all == bool(options.names):
        parser.error("name entries, or say --all")
    options.names = options.names or entries()
    return options


def main(arguments: list[str] | None = None) -> int:
    """Runs the program; returns its exit code: 0 done, 2 bad input or output."""
    options = parse_arguments(arguments)
    try:
        options.output.mkdir(parents=True, exist_ok=True)
        for entry in options.names:
            figure, numbers = draw(entry, Program(options.program), options.output)
            figure.savefig(options.output / f"{entry}.png", dpi=DPI)
            plt.close(figure)
            numbers.write(options.output / f"{entry}.csv")
            print(options.output / f"{entry}.png")
    except ResultError as error:
        print(f"figures.py: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"figures.py: cannot write {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
