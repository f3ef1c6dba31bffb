"""A world map of equal tiles, one per country, coloured by bloc."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from plotted import Numbers
from run_file import RunFile
from style import INK, SMALL_SIZE, TEXT_SIZE, bloc_colour, panel_title, shortened, text_colour, tint

GRID_FILE = Path(__file__).with_name("tile_grid.csv")
#: Columns of tiles in the rows that countries without a place of their own get below the map.
EXTRA_COLUMNS = 30
LISTED_TINT = 0.35
LEVELS = ("none", "listed", "signed")


def read_grid(path: Path = GRID_FILE) -> dict[str, tuple[int, int]]:
    """Reads (column, row) of each country's tile; row 0 is the northernmost."""
    with path.open(encoding="utf-8", newline="") as file:
        return {line["iso3"]: (int(line["column"]), int(line["row"])) for line in csv.DictReader(file)}


def layout(countries: list[str], grid: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Places the countries of a run.

    Columns and rows that no country of the run uses are left out, so that a world of twelve countries fills the panel;
    countries without a tile follow in rows below.

    Returns
    -------
    dict
        (column, row) by country, no two alike.
    """
    known = [code for code in countries if code in grid]
    columns = {column: i for i, column in enumerate(sorted({grid[code][0] for code in known}))}
    rows = {row: i for i, row in enumerate(sorted({grid[code][1] for code in known}))}
    places = {code: (columns[grid[code][0]], rows[grid[code][1]]) for code in known}
    first_free = len(rows) + 1 if known else 0
    for i, code in enumerate(code for code in countries if code not in grid):
        places[code] = (i % EXTRA_COLUMNS, first_free + i // EXTRA_COLUMNS)
    return places


def draw_map(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """Draws the tiles of the last step: signed solid, listed light and hatched, sponsors with a heavy frame."""
    places = layout(run.countries, read_grid())
    blocs = run.final("bloc")
    membership = run.final("membership")
    numbers.add("map", "bloc", run.countries, blocs)
    for k, framework in enumerate(run.frameworks):
        numbers.add("map", f"membership {framework}", run.countries, membership[:, k])
    columns = max(column for column, _ in places.values()) + 1
    rows = max(row for _, row in places.values()) + 1
    size = _code_size(axes, columns, rows)
    for i, code in enumerate(run.countries):
        _draw_tile(axes, places[code], code, int(blocs[i]), membership[i], size)
    for code in sorted(run.sponsors & places.keys()):
        column, row = places[code]
        axes.add_patch(Rectangle((column + 0.02, row + 0.02), 0.96, 0.96, fill=False, edgecolor=INK, linewidth=2.2))
    axes.set(xlim=(-0.2, columns + 0.2), ylim=(rows + 0.2, -0.2), aspect="equal", anchor="C")
    axes.axis("off")
    panel_title(axes, f"Blocs on {np.datetime_as_string(run.dates[-1], 'D')}")


def draw_legend(axes: Axes, run: RunFile) -> None:
    """Draws the key of the map: a sample tile for each way of belonging, with the number of countries."""
    axes.set(xlim=(0, 22), ylim=(len(run.frameworks) + 2.0, 0))
    axes.axis("off")
    membership = run.final("membership")
    unit = (1.0, 0.8)
    for k, name in enumerate(run.framework_names):
        for place, level in ((0.0, 2), (4.3, 1)):
            _draw_sample(axes, (place, k + 0.1), unit, 1 + k, level)
            count = int((membership[:, k] == level).sum())
            axes.text(place + 1.25, k + 0.5, f"{count} {LEVELS[level]}", fontsize=TEXT_SIZE, va="center")
        axes.text(8.6, k + 0.5, shortened(name, 30), fontsize=TEXT_SIZE, va="center", fontweight="bold")
    k = len(run.frameworks)
    _draw_sample(axes, (0.0, k + 0.1), unit, 0, 0)
    axes.text(1.25, k + 0.5, f"{int((run.final('bloc') == 0).sum())} unaligned", fontsize=TEXT_SIZE, va="center")
    axes.add_patch(Rectangle((4.3 + 0.06, k + 0.14), 0.9, 0.72, fill=False, edgecolor=INK, linewidth=2.2))
    axes.text(5.55, k + 0.5, "sponsor", fontsize=TEXT_SIZE, va="center")


def _code_size(axes: Axes, columns: int, rows: int) -> float:
    """Text size in points at which three capitals fill two thirds of a tile."""
    box = axes.get_window_extent()
    tile = min(box.width / (columns + 0.4), box.height / (rows + 0.4)) * 72 / axes.figure.dpi
    return min(16.0, 0.36 * tile)


def _draw_tile(axes: Axes, place: tuple[int, int], code: str, bloc: int, levels: np.ndarray, size: float) -> None:
    """Draws one tile; a small square at the top right tells of a second framework that the country belongs to."""
    column, row = place
    level = int(levels[bloc - 1]) if bloc else 0
    background = _draw_sample(axes, (column + 0.03, row + 0.03), (0.94, 0.94), bloc, level)
    axes.text(column + 0.5, row + 0.53, code, ha="center", va="center", fontsize=size, fontweight="bold",
              color=text_colour(background), gid=f"tile-{code}")
    others = [k for k in range(len(levels)) if levels[k] > 0 and k != bloc - 1]
    for i, k in enumerate(others):
        axes.add_patch(Rectangle((column + 0.74 - 0.22 * i, row + 0.06), 0.2, 0.2, facecolor=bloc_colour(1 + k),
                                 edgecolor="white", linewidth=0.5))


def _draw_sample(axes: Axes, corner: tuple[float, float], size: tuple[float, float], bloc: int,
                 level: int) -> str | tuple[float, float, float]:
    """Draws a rectangle in the manner of a bloc and a level of membership and returns its background."""
    colour = bloc_colour(bloc)
    if bloc and level == 1:
        background = tint(colour, LISTED_TINT)
        axes.add_patch(Rectangle(corner, *size, facecolor=background, edgecolor=tint(colour, 0.65), hatch="////",
                                 linewidth=0))
        return background
    axes.add_patch(Rectangle(corner, *size, facecolor=colour, linewidth=0))
    return colour
