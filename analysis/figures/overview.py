#!/usr/bin/env python3
"""One picture of one run: who belongs to which framework, and what it does to the internet, trade and income.

Reads a result file of `splinternet run`, writes a picture and the plotted numbers.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

from charts import draw_index, draw_membership, draw_transit, draw_welfare, event_groups  # noqa: E402
from plotted import Numbers  # noqa: E402
from run_file import ReadError, RunFile, read_run  # noqa: E402
from style import FAINT_INK, RC, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE, shortened  # noqa: E402
from tile_map import draw_legend, draw_map  # noqa: E402

#: Inches and dots per inch.
SIZE = (16.0, 10.0)
DPI = 150
#: Left, bottom, width and height of each panel, as shares of the picture.
PANELS = {
    "map": (0.012, 0.345, 0.645, 0.54),
    "membership": (0.71, 0.665, 0.2, 0.21),
    "index": (0.71, 0.365, 0.2, 0.21),
    "welfare": (0.105, 0.105, 0.535, 0.185),
    "transit": (0.76, 0.105, 0.215, 0.185),
}
LEGEND = (0.016, 0.80, 0.27, 0.075)
FOOTER_WIDTH = 215
FOOTER_LINES = 2


def draw(run: RunFile) -> tuple[Figure, Numbers]:
    """Draws the overview.

    Returns
    -------
    Figure, Numbers
        The picture, its panels labelled map, membership, index, welfare and transit, and the plotted numbers.
    """
    numbers = Numbers()
    painters = {"map": draw_map, "membership": draw_membership, "index": draw_index, "welfare": draw_welfare,
                "transit": draw_transit}
    with plt.rc_context(RC):
        figure = plt.figure(figsize=SIZE, dpi=DPI)
        for name, place in PANELS.items():
            axes: Axes = figure.add_axes(place, label=name)
            painters[name](axes, run, numbers)
        draw_legend(figure.add_axes(LEGEND, label="legend"), run)
        _write_head(figure, run)
        _write_foot(figure, run)
    return figure, numbers


def _write_head(figure: Figure, run: RunFile) -> None:
    attributes = run.data.attrs
    start, end = (np.datetime_as_string(run.dates[i], "D") for i in (0, -1))
    figure.text(0.016, 0.962, shortened(str(attributes["title"]), 95), fontsize=TITLE_SIZE, fontweight="bold",
                va="center")
    facts = (f"scenario {attributes['scenario_name']}", f"seed {attributes['seed']}", f"{start} to {end}",
             f"{len(run.dates) - 1} steps", f"{len(run.countries)} countries", str(attributes["source"]))
    figure.text(0.016, 0.926, "  \u00b7  ".join(facts), fontsize=TEXT_SIZE + 1.5, color=FAINT_INK, va="center")


def _write_foot(figure: Figure, run: RunFile) -> None:
    """Explains the letters of the events."""
    groups = [f"{letter} {np.datetime_as_string(run.dates[step], 'M')}: {', '.join(names).replace('_', ' ')}"
              for letter, step, names in event_groups(run)]
    text = "Events   " + "   ".join(groups) if groups else "Events   none"
    lines = textwrap.wrap(text, FOOTER_WIDTH, max_lines=FOOTER_LINES, placeholder=" \u2026")
    figure.text(0.016, 0.012, "\n".join(lines), fontsize=SMALL_SIZE, va="bottom")


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Reads the command line and fills in the default names of the outputs."""
    parser = argparse.ArgumentParser(prog="overview.py", description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="result file of splinternet run")
    parser.add_argument("-o", "--output", type=Path, metavar="PICTURE", help="picture (default: FILE with .png)")
    parser.add_argument("--csv", type=Path, metavar="NUMBERS", help="plotted numbers (default: PICTURE with .csv)")
    options = parser.parse_args(arguments)
    options.output = options.output or options.file.with_suffix(".png")
    options.csv = options.csv or options.output.with_suffix(".csv")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Runs the program; returns its exit code: 0 done, 2 bad input or output."""
    options = parse_arguments(arguments)
    try:
        figure, numbers = draw(read_run(options.file))
        figure.savefig(options.output, dpi=DPI)
        numbers.write(options.csv)
    except ReadError as error:
        print(f"overview.py: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"overview.py: cannot write {error.filename or options.output}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
