"""Colours, sizes and small functions that every figure shares."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Literal

import matplotlib
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

#: A colour as matplotlib takes it: its hexadecimal code, or red, green and blue from 0 to 1.
Colour = str | tuple[float, float, float]

#: One colour per framework, by place: the Okabe-Ito set, ordered so that neighbours differ in lightness as well as hue
#: (blue and orange stay apart in greyscale and for every common kind of colour blindness).
FRAMEWORK_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#F0E442")
UNALIGNED_COLOUR = "#DDDDDD"
INK = "#181818"
FAINT_INK = "#666666"
GRID_COLOUR = "#E4E4E4"

#: Colours of the parts of the index, bottom to top: one hue that no framework has, told apart by lightness.
PART_COLOURS = ("#4B3B63", "#7D6B9A", "#AE9FC6", "#DAD2E6")

#: Text sizes in points.
TITLE_SIZE = 19
PANEL_TITLE_SIZE = 12.5
TEXT_SIZE = 9.5
SMALL_SIZE = 8.5

#: Settings of matplotlib for all figures.
RC: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT_SIZE,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT_INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": TEXT_SIZE,
    "ytick.labelsize": TEXT_SIZE,
    "hatch.linewidth": 0.9,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
}


@contextmanager
def drawing(size: tuple[float, float], dpi: float) -> Iterator[Figure]:
    """Make a figure of a size in inches, and hold the settings of all figures while it is drawn.

    It is pyplot's, so that ``plt.show()`` shows it in a window. In a notebook it is taken back, because the cell shows
    what it returns: otherwise every picture would stand there twice.
    """
    with plt.rc_context(RC):
        figure = plt.figure(figsize=size, dpi=dpi)
        try:
            yield figure
        except BaseException:
            plt.close(figure)
            raise
        if "inline" in matplotlib.get_backend():
            plt.close(figure)


def bloc_colour(bloc: int) -> str:
    """Colour of a bloc.

    Parameters
    ----------
    bloc
        0 for the unaligned, 1 + k for framework k; colours repeat after seven frameworks.
    """
    return UNALIGNED_COLOUR if bloc == 0 else FRAMEWORK_COLOURS[(bloc - 1) % len(FRAMEWORK_COLOURS)]


def tint(colour: str, strength: float) -> tuple[float, float, float]:
    """Mix the colour with white; strength 1 leaves it as it is, 0 gives white."""
    red, green, blue = to_rgb(colour)
    return (1 - strength * (1 - red), 1 - strength * (1 - green), 1 - strength * (1 - blue))


def readable(colour: str) -> tuple[float, float, float]:
    """Darken the colour until text in it has a contrast of 4.5 to 1 with white (WCAG 2.1, level AA)."""
    red, green, blue = to_rgb(colour)
    while 1.05 / (relative_luminance((red, green, blue)) + 0.05) < 4.5:
        red, green, blue = 0.95 * red, 0.95 * green, 0.95 * blue
    return (red, green, blue)


def text_colour(background: Colour) -> str:
    """White or dark, whichever stands out better: compares the WCAG 2.1 contrast ratios."""
    luminance = relative_luminance(background)
    against_white = 1.05 / (luminance + 0.05)
    against_ink = (luminance + 0.05) / (relative_luminance(INK) + 0.05)
    return "white" if against_white > against_ink else INK


def relative_luminance(colour: Colour) -> float:
    """Relative luminance by WCAG 2.1, 0 for black to 1 for white."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def panel_title(axes: Axes, title: str, pad: float = 8) -> None:
    """Set a panel's title flush left, `pad` points above it, in the size that all panels share."""
    axes.set_title(title, loc="left", fontsize=PANEL_TITLE_SIZE, fontweight="bold", pad=pad)


def plain_frame(axes: Axes, grid_axis: Literal["x", "y", "both"]) -> None:
    """Leaves only the left and bottom edges of a panel, with grid lines behind the data."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis=grid_axis, color=GRID_COLOUR, linewidth=0.8)
    axes.set_axisbelow(True)


def shortened(text: str, width: int) -> str:
    """Cut the text with an ellipsis where it is longer than `width` characters."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "\u2026"


def signed(value: float, decimals: int) -> str:
    """Write a change with its sign (a true minus sign); what rounds to zero has none."""
    text = f"{value:+.{decimals}f}".replace("-", "\u2212")
    return text if any(digit in text for digit in "123456789") else text[1:]


def spread(positions: list[float], gap: float, highest: float) -> list[float]:
    """Move label positions apart so that neighbours keep a distance, in the order given by their values.

    Parameters
    ----------
    positions
        Wanted places.
    gap
        Least distance between two labels; same unit as the positions.
    highest
        Labels that would end above it are pushed down again.

    Returns
    -------
    list of float
        Places in the order of the input.
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed = list(positions)
    for lower, upper in pairwise(order):
        placed[upper] = max(placed[upper], placed[lower] + gap)
    ceiling = highest
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed
