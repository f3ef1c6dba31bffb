"""A small course of one series, as SVG that stands in a line of text."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .style import INK, bloc_colour

#: In pixels.
WIDTH, HEIGHT = 160, 24
MOST_POINTS = 160


def sparkline(values: NDArray[Any], bloc: int) -> str:
    """Return the course from 0 to the largest value, in the colour of a bloc, or in ink for 0."""
    known = np.asarray(values, dtype=float)
    known = known[np.linspace(0, len(known) - 1, min(len(known), MOST_POINTS)).round().astype(int)]
    top = float(np.nanmax(known, initial=0.0)) or 1.0
    x = np.linspace(2, WIDTH - 2, max(2, len(known)))
    heights = HEIGHT - 2 - (HEIGHT - 4) * np.nan_to_num(known) / top
    y = heights if len(heights) > 1 else np.repeat(heights, 2)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    colour = bloc_colour(bloc) if bloc else INK
    return (
        f'<svg width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="course over time">'
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/></svg>'
    )
