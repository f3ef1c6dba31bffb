#!/usr/bin/env python3
"""Build the synthetic world of fifteen regions whose tariffs are known pair by pair, `gallery/tariff-club-15/`.

Nothing is an observation. Sizes fall with rank, places are drawn in a disc, trade follows a gravity rule, the cost of
membership is a share of size that differs by region. Effects of a tariff t on trade of value T follow from textbook
triangles: the importer gains half of the tariff from cheaper purchases and loses by distortion, the exporter loses what
the importer gains by price, on a flow that shrinks. Only the standard library of Python 3.11 or newer is needed.

Usage::

    python3 build_tariff_club.py            write the tables
    python3 build_tariff_club.py --check    compare with the tables in the tree; exit 1 when they differ
"""

from __future__ import annotations

import itertools
import math
import random
import sys
from pathlib import Path

from table_files import Table, csv_text, number, write_or_check

WORLD = Path(__file__).resolve().parent / "gallery/tariff-club-15"

SEED = 2
REGIONS = 15
WORLD_PRODUCT_BUSD = 100_000
TRADE_SHARE = 0.20  # of the world's product
NEAREST = 0.2  # radii of the disc that count between any two regions, on top of their distance
COST_SHARE = 0.004  # of a region's product, times a factor between 0.5 and 1.5
IMPORT_LINEAR, IMPORT_QUADRATIC = 0.5, -4.0  # per USD of trade: the importer's best tariff alone would be 6.25 %
EXPORT_LINEAR, EXPORT_QUADRATIC = -0.5, 0.5


def code(rank: int) -> str:
    return f"R{rank + 1:02}"


def draw() -> tuple[list[tuple[float, float]], list[float]]:
    """Places in the unit disc and cost factors, drawn once and for all."""
    draws = random.Random(SEED)
    places: list[tuple[float, float]] = []
    while len(places) < REGIONS:
        place = (draws.uniform(-1, 1), draws.uniform(-1, 1))
        if math.hypot(*place) <= 1:
            places.append(place)
    return places, [draws.uniform(0.5, 1.5) for _ in range(REGIONS)]


def build_tables() -> dict[str, Table]:
    """Every table by name."""
    places, factors = draw()
    weight = [1 / (rank + 2) for rank in range(REGIONS)]
    size = [WORLD_PRODUCT_BUSD * own / math.fsum(weight) for own in weight]
    actors = [[code(i), number(size[i], 4), number(COST_SHARE * factors[i] * size[i], 4)] for i in range(REGIONS)]

    pull = {(i, j): size[i] * size[j] / (math.dist(places[i], places[j]) + NEAREST)
            for i, j in itertools.permutations(range(REGIONS), 2)}
    scale = TRADE_SHARE * WORLD_PRODUCT_BUSD / math.fsum(pull.values())
    effects = (IMPORT_LINEAR, IMPORT_QUADRATIC, EXPORT_LINEAR, EXPORT_QUADRATIC)
    pairs = []
    for (i, j), own in sorted(pull.items()):
        trade = float(number(scale * own, 4))
        pairs.append([code(i), code(j), *(number(effect * trade) for effect in effects)])
    return {
        "actors": (["code", "size", "club_cost"], actors),
        "pairs": (["from", "to", "import_linear", "import_quadratic", "export_linear", "export_quadratic"], pairs),
    }


def index_text(tables: dict[str, Table]) -> str:
    """The index of tables with the row counts and column sums that a loader checks."""
    lines = ["# Fifteen synthetic regions, made by ../../build_tariff_club.py: product (USD bn), cost of membership (USD",
             "# bn a year), and what tariffs on each other's goods do to the region `from` (USD bn a year, by pair)."]
    for name, (header, rows) in tables.items():
        sums = {column: math.fsum(float(row[place]) for row in rows)
                for place, column in enumerate(header) if column not in ("code", "from", "to")}
        listed = ", ".join(f"{column} = {number(value)}" for column, value in sums.items())
        lines += ["", f"[{name}]", f'file = "{name}.csv"', f"rows = {len(rows)}", f"sum = {{ {listed} }}"]
    return "\n".join(lines) + "\n"


def build_files() -> dict[str, bytes]:
    """Every file of the world by name, as bytes."""
    tables = build_tables()
    files = {f"{name}.csv": csv_text(table).encode() for name, table in tables.items()}
    return files | {"tables.toml": index_text(tables).encode()}


if __name__ == "__main__":
    sys.exit(write_or_check("Build the world of fifteen regions with tariffs by pair.", build_files(), WORLD, __file__))
