"""A world map of equal tiles, one per country, coloured by bloc or by a value."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from .plotted import Numbers
from .run_file import RunFile
from .style import INK, TEXT_SIZE, Colour, bloc_colour, panel_title, shortened, text_colour, tint

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
#: Codes in smaller letters, in points, are left out.
LEAST_CODE_SIZE = 3.5
#: More tiles than so many are drawn as one image, without letters.
MOST_TILES = 1500

Place = tuple[int, int]


def read_grid(path: Path = GRID_FILE) -> dict[str, Place]:
    """Read (column, row) of each country's tile; row 0 is the northernmost."""
    with path.open(encoding="utf-8", newline="") as file:
        return {line["iso3"]: (int(line["column"]), int(line["row"])) for line in csv.DictReader(file)}


def layout(countries: Sequence[str], grid: dict[str, Place]) -> dict[str, Place]:
    """Place the countries of a run.

    Columns and rows that no country of the run uses are left out, so that a world of twelve countries fills the panel;
    countries without a tile follow in rows below. Where nobody has a tile, as in worlds of actors, all stand in a
    square in their order, row by row, so that a grid of peers shows as what it is.

    Returns
    -------
    dict
        (column, row) by country in the order given, no two alike.
    """
    known = [code for code in countries if code in grid]
    columns = {column: i for i, column in enumerate(sorted({grid[code][0] for code in known}))}
    rows = {row: i for i, row in enumerate(sorted({grid[code][1] for code in known}))}
    places = {code: (columns[grid[code][0]], rows[grid[code][1]]) for code in known}
    first_free = len(rows) + 1 if known else 0
    width = EXTRA_COLUMNS if known else max(1, ceil(sqrt(len(countries))))
    for i, code in enumerate(code for code in countries if code not in grid):
        places[code] = (i % width, first_free + i // width)
    return {code: places[code] for code in countries}


def draw_map(axes: Axes, run: RunFile, numbers: Numbers, step: int = -1) -> None:
    """Draw the tiles of a step: signed solid, listed light and hatched, sponsors with a heavy frame."""
    places = layout(run.countries, read_grid())
    blocs = run.blocs(step)
    membership = run.levels(step)
    numbers.add("map", "bloc", run.countries, blocs)
    for k, framework in enumerate(run.frameworks):
        numbers.add("map", f"membership {framework}", run.countries, membership[:, k])
    size = _set_up(axes, places)
    if len(places) > MOST_TILES:
        _draw_image(axes, places, [bloc_colour(int(bloc)) for bloc in blocs])
        return
    for i, code in enumerate(run.countries):
        _draw_tile(axes, places[code], _Tile(code, int(blocs[i]), membership[i]), size)
    for code in sorted(run.sponsors & places.keys()):
        column, row = places[code]
        axes.add_patch(Rectangle((column + 0.02, row + 0.02), 0.96, 0.96, fill=False, edgecolor=INK, linewidth=2.2))


def draw_values(axes: Axes, codes: Sequence[str], colours: Sequence[Colour]) -> None:
    """Draw one tile of a given colour for each country."""
    places = layout(codes, read_grid())
    size = _set_up(axes, places)
    if len(places) > MOST_TILES:
        _draw_image(axes, places, colours)
        return
    for code, colour in zip(codes, colours, strict=True):
        column, row = places[code]
        axes.add_patch(Rectangle((column + 0.03, row + 0.03), 0.94, 0.94, facecolor=colour, linewidth=0))
        _write_code(axes, places[code], code, (size, colour))


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


def map_key(run: RunFile, width: float, step: int = -1) -> list[KeyEntry]:
    """Make the key of the map: each way of belonging with its number of countries, broken into lines.

    Parameters
    ----------
    width
        Room for a line, in points.
    """
    membership = run.levels(step)
    entries = []
    for k, name in enumerate(run.framework_names):
        counts = [(level, int((membership[:, k] == level).sum())) for level in (2, 1)]
        samples = [(1 + k, level, f"{count} {LEVELS[level]}") for level, count in counts]
        entries.append(KeyEntry(shortened(name, 24), samples))
    entries.append(KeyEntry("", [(0, 0, f"{int((run.blocs(step) == 0).sum())} unaligned")]))
    if run.sponsors and len(run.countries) <= MOST_TILES:
        entries.append(KeyEntry("", [(SPONSOR, 0, "sponsor")]))
    x, line = 0.0, 0
    for i, entry in enumerate(entries):
        if x > 0 and x + entry.width > width:
            x, line = 0.0, line + 1
        entries[i] = replace(entry, x=x, line=line)
        x += entry.width + ENTRY_GAP
    return entries


def draw_key(axes: Axes, run: RunFile, entries: list[KeyEntry], step: int = -1) -> None:
    """Draw the key of the map and, above it, the title of both."""
    box = axes.get_window_extent()
    points = 72 / axes.figure.dpi
    axes.set(xlim=(0, box.width * points), ylim=(box.height * points, 0))
    axes.axis("off")
    panel_title(axes, f"Blocs on {np.datetime_as_string(run.dates[step], 'D')}")
    for entry in entries:
        _draw_entry(axes, entry)


def _set_up(axes: Axes, places: dict[str, Place]) -> float:
    """Set the limits of the axes to the tiles; returns the size in points of the letters in them."""
    columns = max(column for column, _ in places.values()) + 1
    rows = max(row for _, row in places.values()) + 1
    axes.set(xlim=(-0.2, columns + 0.2), ylim=(rows + 0.2, -0.2), aspect="equal", anchor="N")
    axes.axis("off")
    box = axes.get_window_extent()
    tile = min(box.width / (columns + 0.4), box.height / (rows + 0.4)) * 72 / axes.figure.dpi
    # Three capitals fill two thirds of a tile.
    return min(16.0, 0.345 * tile * 3 / max(3, *(len(code) for code in places)))


def _draw_image(axes: Axes, places: dict[str, Place], colours: Sequence[Colour]) -> None:
    """Draw tiles too many to be drawn one by one."""
    columns = max(column for column, _ in places.values()) + 1
    rows = max(row for _, row in places.values()) + 1
    pixels = np.ones((rows, columns, 3))
    for (column, row), colour in zip(places.values(), colours, strict=True):
        pixels[row, column] = to_rgb(colour)
    axes.imshow(pixels, extent=(0, columns, rows, 0), interpolation="nearest", aspect="equal")


def _sample_width(text: str) -> float:
    return SAMPLE[0] + 5 + 0.6 * TEXT_SIZE * len(text) + 7


def _draw_entry(axes: Axes, entry: KeyEntry) -> None:
    x, y = entry.x, LINE_HEIGHT * entry.line
    middle = y + SAMPLE[1] / 2
    for bloc, level, text in entry.samples:
        if bloc == SPONSOR:
            frame = Rectangle((x + 1, y + 1), SAMPLE[0] - 2, SAMPLE[1] - 2, fill=False, edgecolor=INK, linewidth=2.2)
            axes.add_patch(frame)
        else:
            _draw_sample(axes, (x, y), SAMPLE, (bloc, level))
        axes.text(x + SAMPLE[0] + 5, middle, text, fontsize=TEXT_SIZE, va="center_baseline")
        x += _sample_width(text)
    axes.text(x, middle, entry.name, fontsize=TEXT_SIZE, va="center_baseline", fontweight="bold")


@dataclass(frozen=True)
class _Tile:
    """What a tile of the map of blocs tells."""

    code: str
    bloc: int
    levels: NDArray[Any]


def _draw_tile(axes: Axes, place: Place, tile: _Tile, size: float) -> None:
    """Draw one tile; a small square at the top right tells of a second framework that the country belongs to."""
    column, row = place
    level = int(tile.levels[tile.bloc - 1]) if tile.bloc else 0
    background = _draw_sample(axes, (column + 0.03, row + 0.03), (0.94, 0.94), (tile.bloc, level))
    _write_code(axes, place, tile.code, (size, background))
    others = [k for k in range(len(tile.levels)) if tile.levels[k] > 0 and k != tile.bloc - 1]
    for i, k in enumerate(others):
        corner = (column + 0.74 - 0.22 * i, row + 0.06)
        axes.add_patch(Rectangle(corner, 0.2, 0.2, facecolor=bloc_colour(1 + k), edgecolor="white", linewidth=0.5))


def _write_code(axes: Axes, place: Place, code: str, look: tuple[float, Colour]) -> None:
    """Write the code into its tile: size in points and background are given; nothing if it would be illegible."""
    size, background = look
    if size >= LEAST_CODE_SIZE:
        text = axes.text(place[0] + 0.5, place[1] + 0.53, code, ha="center", va="center", fontsize=size)
        text.set(fontweight="bold", color=text_colour(background), gid=f"tile-{code}")


def _draw_sample(axes: Axes, corner: tuple[float, float], size: tuple[float, float], look: tuple[int, int]) -> Colour:
    """Draw a rectangle in the manner of a bloc and a level of membership and return its background."""
    bloc, level = look
    colour = bloc_colour(bloc)
    if bloc and level == 1:
        background = tint(colour, LISTED_TINT)
        hatched = Rectangle(
            corner, *size, facecolor=background, edgecolor=tint(colour, 0.65), hatch="////", linewidth=0
        )
        axes.add_patch(hatched)
        return background
    axes.add_patch(Rectangle(corner, *size, facecolor=colour, linewidth=0))
    return colour
