"""A world map of equal tiles, one per country, coloured by bloc."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from plotted import Numbers
from run_file import RunFile
from style import INK, TEXT_SIZE, bloc_colour, panel_title, shortened, text_colour, tint

GRID_FILE = Path(__file__).with_name("tile_grid.csv")
#: Columns of tiles in the rows that countries without a place of their own get below the map.
EXTRA_COLUMNS = 30
LISTED_TINT = 0.35
LEVELS = ("none", "listed", "signed")
#: Width and height of the key's sample tiles and height of its lines, in points.
SAMPLE = (17.0, 13.0)
LINE_HEIGHT = 19.0
ENTRY_GAP = 22.0
#: Stands for the frame of sponsors where the key asks for a bloc.
SPONSOR = -1


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
    axes.set(xlim=(-0.2, columns + 0.2), ylim=(rows + 0.2, -0.2), aspect="equal", anchor="N")
    axes.axis("off")


@dataclass(frozen=True)
class KeyEntry:
    """One entry of the key: sample tiles as (bloc, level, text), then a name in bold; x (points) and line place it."""

    name: str
    samples: list[tuple[int, int, str]]
    x: float = 0.0
    line: int = 0

    @property
    def width(self) -> float:
        """Width in points, from the number of letters."""
        return sum(_sample_width(text) for _, _, text in self.samples) + 0.68 * TEXT_SIZE * len(self.name)


def map_key(run: RunFile, width: float) -> list[KeyEntry]:
    """The key of the map: each way of belonging with its number of countries, broken into lines.

    Parameters
    ----------
    width
        Room for a line, in points.
    """
    membership = run.final("membership")
    entries = []
    for k, name in enumerate(run.framework_names):
        counts = [(level, int((membership[:, k] == level).sum())) for level in (2, 1)]
        samples = [(1 + k, level, f"{count} {LEVELS[level]}") for level, count in counts]
        entries.append(KeyEntry(shortened(name, 24), samples))
    entries.append(KeyEntry("", [(0, 0, f"{int((run.final('bloc') == 0).sum())} unaligned")]))
    if run.sponsors:
        entries.append(KeyEntry("", [(SPONSOR, 0, "sponsor")]))
    x, line = 0.0, 0
    for i, entry in enumerate(entries):
        if x > 0 and x + entry.width > width:
            x, line = 0.0, line + 1
        entries[i] = replace(entry, x=x, line=line)
        x += entry.width + ENTRY_GAP
    return entries


def draw_key(axes: Axes, run: RunFile, entries: list[KeyEntry]) -> None:
    """Draws the key of the map and, above it, the title of both."""
    box = axes.get_window_extent()
    points = 72 / axes.figure.dpi
    axes.set(xlim=(0, box.width * points), ylim=(box.height * points, 0))
    axes.axis("off")
    panel_title(axes, f"Blocs on {np.datetime_as_string(run.dates[-1], 'D')}")
    for entry in entries:
        _draw_entry(axes, entry)


def _sample_width(text: str) -> float:
    return SAMPLE[0] + 5 + 0.6 * TEXT_SIZE * len(text) + 7


def _draw_entry(axes: Axes, entry: KeyEntry) -> None:
    x, y = entry.x, LINE_HEIGHT * entry.line
    middle = y + SAMPLE[1] / 2
    for bloc, level, text in entry.samples:
        if bloc == SPONSOR:
            axes.add_patch(Rectangle((x + 1, y + 1), SAMPLE[0] - 2, SAMPLE[1] - 2, fill=False, edgecolor=INK,
                                     linewidth=2.2))
        else:
            _draw_sample(axes, (x, y), SAMPLE, bloc, level)
        axes.text(x + SAMPLE[0] + 5, middle, text, fontsize=TEXT_SIZE, va="center_baseline")
        x += _sample_width(text)
    axes.text(x, middle, entry.name, fontsize=TEXT_SIZE, va="center_baseline", fontweight="bold")


def _code_size(axes: Axes, columns: int, rows: int) -> float:
    """Text size in points at which three capitals fill two thirds of a tile."""
    box = axes.get_window_extent()
    tile = min(box.width / (columns + 0.4), box.height / (rows + 0.4)) * 72 / axes.figure.dpi
    return min(16.0, 0.345 * tile)


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
