"""The plotted numbers, collected while drawing and written beside the picture."""

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np


class Numbers:
    """A table in long form with the columns panel, series, x, y."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, str, str, str]] = []

    def add(self, panel: str, series: str, x: Iterable[object], y: Iterable[object]) -> None:
        """Add the points of one series; dates as ISO 8601 days, reals with all their digits."""
        self._rows += [(panel, series, _text(a), _text(b)) for a, b in zip(x, y, strict=True)]

    def write(self, path: Path) -> None:
        """Write the table as CSV (UTF-8, comma, one head line)."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("panel", "series", "x", "y"))
            writer.writerows(self._rows)


def _text(value: object) -> str:
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[D]"))
    if isinstance(value, (float, np.floating)):
        return repr(float(value))
    return str(value)
