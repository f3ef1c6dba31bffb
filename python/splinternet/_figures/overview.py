"""One picture of one run: who belongs to which framework, and what it does to the internet, trade and income."""

import textwrap

import numpy as np
from matplotlib.figure import Figure

from .charts import draw_index, draw_membership, draw_transit, draw_welfare, event_groups
from .plotted import Numbers
from .run_file import RunFile
from .style import FAINT_INK, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE, drawing, shortened, signed
from .tile_map import LINE_HEIGHT, draw_key, draw_map, map_key

#: Inches and dots per inch.
SIZE = (16.0, 10.0)
DPI = 150
#: Left, bottom, width and height of each panel, as shares of the picture.
PANELS = {
    "map": (0.016, 0.33, 0.64, 0.515),
    "membership": (0.7, 0.655, 0.2, 0.195),
    "index": (0.7, 0.37, 0.2, 0.195),
    "welfare": (0.1, 0.098, 0.54, 0.198),
    "transit": (0.76, 0.098, 0.2, 0.198),
}
#: The key of the map; further lines of it push the map down.
KEY = (0.016, 0.856, 0.64, 0.026)
FOOTER_WIDTH = 250
FOOTER_LINES = 2
#: What draws each panel.
PAINTERS = {
    "map": draw_map,
    "membership": draw_membership,
    "index": draw_index,
    "welfare": draw_welfare,
    "transit": draw_transit,
}


def draw(run: RunFile) -> tuple[Figure, Numbers]:
    """Draw the overview.

    Returns
    -------
    Figure, Numbers
        The picture, its panels labelled map, membership, index, welfare and transit, and the plotted numbers.
    """
    numbers = Numbers()
    with drawing(SIZE, DPI) as figure:
        key = map_key(run, 72 * SIZE[0] * KEY[2])
        places = _make_room(key[-1].line)
        draw_key(figure.add_axes(places["key"], label="key"), run, key)
        for name, painter in PAINTERS.items():
            painter(figure.add_axes(places[name], label=name), run, numbers)
        _write_head(figure, run)
        _write_results(figure, run, numbers)
        _write_foot(figure, run)
    return figure, numbers


def _make_room(lines: int) -> dict[str, tuple[float, float, float, float]]:
    """Places of the key and the panels when the key has so many lines more than one: the map gives up the height."""
    more = lines * LINE_HEIGHT / (72 * SIZE[1])
    left, bottom, width, height = PANELS["map"]
    key = (KEY[0], KEY[1] - more, KEY[2], KEY[3] + more)
    return {**PANELS, "key": key, "map": (left, bottom, width, height - more)}


def _write_head(figure: Figure, run: RunFile) -> None:
    attributes = run.data.attrs
    steps = len(run.dates) - 1
    start, end = (np.datetime_as_string(run.dates[i], "D") for i in (0, -1))
    figure.text(
        0.016, 0.962, shortened(str(attributes["title"]), 68), fontsize=TITLE_SIZE, fontweight="bold", va="center"
    )
    facts = (
        f"scenario {attributes['scenario_name']}",
        f"seed {attributes['seed']}",
        f"{start} to {end}",
        f"{steps} step" + "s" * (steps != 1),
        f"{len(run.countries)} countries",
        str(attributes["source"]),
    )
    figure.text(0.016, 0.926, "  \u00b7  ".join(facts), fontsize=TEXT_SIZE + 1.5, color=FAINT_INK, va="center")


def _write_results(figure: Figure, run: RunFile, numbers: Numbers) -> None:
    """Three results in large type at the top right."""
    index = run.data.splinternet_index.values
    income = float(run.final("world_real_income"))
    digital = float(run.final("world_digital_exports"))
    numbers.add("results", "splinternet_index", ["start", "end"], index[[0, -1]])
    numbers.add("results", "world", ["world_real_income", "world_digital_exports"], [income, digital])
    texts = (
        (f"{index[0]:.3f} \u2192 {index[-1]:.3f}", "splinternet index"),
        (f"{signed(income, 2)} %", "world real income"),
        (f"{signed(digital, 2)} %", "world digital exports"),
    )
    for x, (value, meaning) in zip((0.7, 0.817, 0.905), texts, strict=True):
        figure.text(x, 0.965, value, fontsize=TEXT_SIZE + 5, fontweight="bold", va="center")
        figure.text(x, 0.935, meaning, fontsize=TEXT_SIZE, color=FAINT_INK, va="center")


def _write_foot(figure: Figure, run: RunFile) -> None:
    """Explains the letters of the events."""
    groups = [
        f"{letter} {np.datetime_as_string(run.event_date(step), 'M')}: {', '.join(names).replace('_', ' ')}"
        for letter, step, names in event_groups(run)
    ]
    text = "   ".join(["Events", *groups]) if groups else "Events   none"
    lines = textwrap.wrap(text, FOOTER_WIDTH, max_lines=FOOTER_LINES, placeholder=" \u2026")
    figure.text(0.016, 0.012, "\n".join(lines), fontsize=SMALL_SIZE, va="bottom")
