"""Maps of one step as figures of their own: of blocs, or of any array by country."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from .plotted import Numbers
from .run_file import RunFile
from .style import FAINT_INK, FRAMEWORK_COLOURS, TEXT_SIZE, UNALIGNED_COLOUR, drawing, shortened
from .tile_map import LINE_HEIGHT, draw_key, draw_map, draw_values, map_key

#: Inches; worlds of actors, whose tiles stand in a square, get a square picture.
WIDTH = 12.0
MAP_HEIGHT, SQUARE_HEIGHT = 6.6, 8.2
SQUARE_WIDTH = 7.4
DPI = 130
#: Room for the titles and the key above the map, and for what stands below it, in inches.
HEAD, FOOT, SIDE = 1.08, 0.12, 0.24
#: Values beyond these shares of all countries get the colour of the end of the scale.
TAILS = (0.02, 0.98)
SEQUENTIAL, DIVERGING = "cividis", "PuOr_r"


def size_of(run: RunFile) -> tuple[float, float]:
    """Width and height in inches of a map of the run."""
    return (WIDTH, MAP_HEIGHT) if run.has_map else (SQUARE_WIDTH, SQUARE_HEIGHT)


def draw_blocs(run: RunFile, step: int) -> Figure:
    """Draw who belonged to which framework at the end of a step."""
    width, height = size_of(run)
    with drawing((width, height), DPI) as figure:
        key = map_key(run, 72 * (width - 2 * SIDE), step)
        head = HEAD + LINE_HEIGHT / 72 * key[-1].line
        _title(figure, run)
        box = (SIDE / width, 1 - head / height, 1 - 2 * SIDE / width, (head - 0.78) / height)
        draw_key(figure.add_axes(box, label="key"), run, key, step)
        draw_map(figure.add_axes(_box(width, height, head), label="map"), run, Numbers(), step)
    return figure


def draw_array(run: RunFile, values: NDArray[Any], attributes: dict[str, Any], when: str) -> Figure:
    """Draw an array by country: numbers on a scale of colours, categories in colours of their own.

    Parameters
    ----------
    values
        One for each country; NaN is grey.
    attributes
        Of the array: long_name, units, flag_meanings of categories.
    when
        Date, for the title; "" for what has none.
    """
    width, height = size_of(run)
    meanings = str(attributes.get("flag_meanings", "")).split()
    with drawing((width, height), DPI) as figure:
        _title(figure, run)
        head = 1.22
        axes = figure.add_axes(_box(width, height, head), label="map")
        name = shortened(str(attributes.get("long_name", "")), int(11.5 * width))
        about = "  \u00b7  ".join(part for part in (name, when) if part)
        figure.text(SIDE / width, 1 - 0.6 / height, about, fontsize=TEXT_SIZE + 2, va="center")
        scale = figure.add_axes((SIDE / width, 1 - 1.0 / height, 0.5, 0.16 / height), label="scale")
        if meanings:
            colours = [UNALIGNED_COLOUR if value == 0 else _category(int(value)) for value in values]
            _draw_words(scale, meanings)
        else:
            colours = _draw_scale(figure, scale, values.astype(float), str(attributes.get("units", "")))
        draw_values(axes, run.countries, colours)
    return figure


def _title(figure: Figure, run: RunFile) -> None:
    width, height = figure.get_size_inches()
    title = shortened(str(run.data.attrs["title"]), int(8.2 * width))
    figure.text(SIDE / width, 1 - 0.3 / height, title, fontsize=TEXT_SIZE + 5, fontweight="bold", va="center")


def _box(width: float, height: float, head: float) -> tuple[float, float, float, float]:
    return (SIDE / width, FOOT / height, 1 - 2 * SIDE / width, 1 - (head + FOOT) / height)


def _category(value: int) -> str:
    return FRAMEWORK_COLOURS[(value - 1) % len(FRAMEWORK_COLOURS)]


def _draw_words(axes: Any, meanings: list[str]) -> None:
    """Draw a sample of the colour of each category with its word."""
    axes.set(xlim=(0, 100), ylim=(0, 1))
    axes.axis("off")
    place = 0.0
    for value, word in enumerate(meanings):
        axes.add_patch(Rectangle((place, 0), 2.5, 1, color=_category(value) if value else UNALIGNED_COLOUR))
        axes.text(place + 3.2, 0.5, word.replace("_", " "), fontsize=TEXT_SIZE, va="center_baseline")
        place += 7 + 1.9 * len(word)


def _draw_scale(figure: Figure, axes: Any, values: NDArray[np.float64], units: str) -> list[str]:
    """Draw the scale of colours; returns the colour of each value."""
    known = values[np.isfinite(values)]
    low, high = np.quantile(known, TAILS) if known.size else (0.0, 1.0)
    diverging = low < 0 < high
    if diverging:
        high = max(-low, high)
        low = -high
    elif low >= 0:
        low = 0.0
    else:
        high = 0.0
    if low == high:
        high = low + 1
    norm = Normalize(float(low), float(high), clip=True)
    palette = colormaps[DIVERGING if diverging else SEQUENTIAL]
    beyond = {(False, False): "neither", (True, False): "min", (False, True): "max", (True, True): "both"}
    extend = beyond[bool((known < low).any()), bool((known > high).any())]
    bar = figure.colorbar(ScalarMappable(norm, palette), cax=axes, orientation="horizontal", extend=extend)
    bar.outline.set_visible(False)
    notes = ["" if units == "1" else units, "" if known.size == values.size else "grey: no value"]
    label = "; ".join(note for note in notes if note)
    axes.text(1.06, 0.5, label, transform=axes.transAxes, fontsize=TEXT_SIZE, va="center", color=FAINT_INK)
    return [to_hex(palette(norm(value))) if np.isfinite(value) else UNALIGNED_COLOUR for value in values]
