"""Picture of the ratios: one bar each, from quartile to quartile, with the goals."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

from ratios import Ratio  # noqa: E402

COLOURS = {"met": "#009E73", "not met": "#D55E00", "": "#999999"}
MEANINGS = {"met": "goal met", "not met": "goal not met", "": "no goal"}
INCHES_PER_BAR = 0.24


def draw(lines: list[Ratio], path: Path) -> None:
    """Draws the ratios to a PNG."""
    figure, axes = plt.subplots(figsize=(10.0, 1.6 + INCHES_PER_BAR * len(lines)), layout="constrained")
    places = range(len(lines))
    for met, colour in COLOURS.items():
        chosen = [place for place in places if lines[place].met == met]
        if chosen:
            # From 1, so that a bar to the left means slower.
            axes.barh(chosen, [lines[place].ratio - 1.0 for place in chosen], left=1.0, color=colour, height=0.7,
                      label=MEANINGS[met])
    axes.hlines(places, [line.low for line in lines], [line.high for line in lines], color="#181818", linewidth=1.2)
    goals = [(place, line.goal) for place, line in enumerate(lines) if line.goal is not None]
    axes.scatter([goal for _, goal in goals], [place for place, _ in goals], marker="|", s=140, color="#181818",
                 linewidths=2.0, label="goal", zorder=3)
    axes.set_yticks(places, [f"{line.row}  ·  {line.peer}" for line in lines], fontsize=8.5)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.axvline(1.0, color="#181818", linewidth=0.8)
    axes.set_xlabel("times faster than the other program (line: between opposite quartiles)")
    axes.set_title("Same inputs, same machine, same run, one thread each", loc="left", fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#E4E4E4")
    axes.set_axisbelow(True)
    axes.legend(loc="lower right", fontsize=8.5, frameon=False)
    figure.savefig(path, dpi=130)
    plt.close(figure)
