"""One panel as a figure of its own: a panel of the overview, or any array over time."""

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .charts import draw_membership, end_labels, event_groups, set_date_axis
from .plotted import Numbers
from .run_file import RunFile
from .style import FAINT_INK, FRAMEWORK_COLOURS, SMALL_SIZE, TEXT_SIZE, drawing, shortened
from .tile_map import draw_key, draw_map, map_key

SIZE = (9.0, 5.2)
WORLD_SIZE = (13.0, 6.4)
DPI = 130
#: Left, bottom, width and height of the panel; lines bear their names at the right.
PLACE = (0.115, 0.125, 0.635, 0.69)
#: For panels whose names stand at the left.
WIDE_PLACE = (0.17, 0.13, 0.79, 0.69)

Painter = Callable[[Axes, RunFile, Numbers], None]


def draw_panel(run: RunFile, painter: Painter, place: tuple[float, float, float, float] = PLACE) -> Figure:
    """Draw a panel of the overview alone."""
    with drawing(SIZE, DPI) as figure:
        _title(figure, run)
        painter(figure.add_axes(place), run, Numbers())
        _write_events(figure, run, painter)
    return figure


def draw_world(run: RunFile) -> Figure:
    """Draw a world without a map: members over time, and who belongs to what in the end if that was recorded."""
    if "membership" not in run.data:
        return draw_panel(run, draw_membership)
    width, height = WORLD_SIZE
    with drawing(WORLD_SIZE, DPI) as figure:
        _title(figure, run)
        draw_membership(figure.add_axes((0.06, 0.11, 0.33, 0.71), label="membership"), run, Numbers())
        key = map_key(run, 0.44 * 72 * width)
        top = 0.82 - 19.0 * key[-1].line / (72 * height)
        draw_key(figure.add_axes((0.54, top, 0.44, 0.87 - top), label="key"), run, key)
        draw_map(figure.add_axes((0.54, 0.03, 0.44, top - 0.06), label="map"), run, Numbers())
    return figure


def draw_lines(run: RunFile, dates: NDArray[Any], lines: dict[str, NDArray[Any]], attributes: dict[str, Any]) -> Figure:
    """Draw lines over time, each with its name and last value at its right end.

    Parameters
    ----------
    dates
        Dates of the values.
    lines
        Values by name, at most as many as there are colours.
    attributes
        Of the array: long_name, units.
    """
    with drawing(SIZE, DPI) as figure:
        _title(figure, run)
        axes = figure.add_axes(PLACE)
        marker = "o" if len(dates) == 1 else None
        for colour, values in zip(FRAMEWORK_COLOURS, lines.values(), strict=False):
            axes.plot(dates, values, color=colour, linewidth=2.2, marker=marker)
        everything = np.concatenate([values[np.isfinite(values)] for values in lines.values()])
        low, high = (float(everything.min()), float(everything.max())) if everything.size else (0.0, 1.0)
        margin = 0.08 * (high - low) if high > low else 0.5 * max(abs(high), 1e-9)
        axes.set(ylim=(0 if 0 <= low <= 0.5 * high else low - margin, high + margin))
        units = str(attributes.get("units", ""))
        axes.set_ylabel("" if units == "1" else units)
        set_date_axis(axes, dates)
        ends = [
            (name, _last(values), colour)
            for (name, values), colour in zip(lines.items(), FRAMEWORK_COLOURS, strict=False)
        ]
        ends = [end for end in ends if np.isfinite(end[1])]
        texts = [f"{shortened(name, 18)} {value:.4g}".replace("-", "\u2212") for name, value, _ in ends]
        end_labels(axes, [value for _, value, _ in ends], texts, [colour for _, _, colour in ends])
        name = textwrap.wrap(str(attributes.get("long_name", "")), 92, max_lines=2, placeholder=" \u2026")
        axes.set_title("\n".join(name), loc="left", fontsize=TEXT_SIZE + 1)
    return figure


def _last(values: NDArray[Any]) -> float:
    known = values[np.isfinite(values)]
    return float(known[-1]) if known.size else float("nan")


def _title(figure: Figure, run: RunFile) -> None:
    width, height = figure.get_size_inches()
    title = shortened(str(run.data.attrs["title"]), int(8.4 * width))
    figure.text(0.02, 1 - 0.3 / height, title, fontsize=TEXT_SIZE + 4, fontweight="bold", va="center")


def _write_events(figure: Figure, run: RunFile, painter: Painter) -> None:
    """Explain the letters of the events where the panel shows them."""
    groups: Sequence[tuple[str, int, list[str]]] = event_groups(run) if painter is draw_membership else []
    texts = [f"{letter} {', '.join(names)}".replace("_", " ") for letter, _, names in groups]
    if texts:
        lines = textwrap.wrap("   ".join(texts), 130, max_lines=2, placeholder=" \u2026")
        figure.text(0.09, 0.012, "\n".join(lines), fontsize=SMALL_SIZE - 0.5, color=FAINT_INK)
