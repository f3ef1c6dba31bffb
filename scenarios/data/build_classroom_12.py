#!/usr/bin/env python3
"""Build the stylised world of twelve countries, `classroom-12/`.

The countries bear real names, but every figure is a round number chosen to teach: none is an observation.
Trade follows a plain gravity rule, value = k · GDP · GDP / distance, with one k per table so that the world's trade is
the share of world GDP stated below. Only the standard library of Python 3.11 or newer is needed.

Usage::

    python3 build_classroom_12.py            write the tables
    python3 build_classroom_12.py --check    compare with the tables in the tree; exit 1 when they differ
"""

from __future__ import annotations

import itertools
import math
import sys
from pathlib import Path

from table_files import Table, csv_text, number, write_or_check

WORLD = Path(__file__).resolve().parent / "classroom-12"

GOODS_TRADE_SHARE = 0.20  # of world GDP
SERVICES_TRADE_SHARE = 0.03
GOODS_DOMESTIC_SHARE = 0.6  # of a country's GDP
SERVICES_DOMESTIC_SHARE = 0.9
EARTH_RADIUS_KM = 6371.0

# code, name, region, subregion, latitude, longitude, GDP (USD bn), population (mn), users (%), ideal point (s.d.),
# home restrictiveness
COUNTRIES = [
    ("BRA", "Brazil", "Americas", "South America", -16, -48, 2000, 210, 75, -0.2, 0.2),
    ("CHL", "Chile", "Americas", "South America", -33, -71, 300, 20, 85, 0.2, 0.1),
    ("CHN", "China", "Asia", "Eastern Asia", 40, 116, 14000, 1400, 65, -1.0, 0.45),
    ("DEU", "Germany", "Europe", "Western Europe", 52, 13, 4000, 80, 90, 1.2, 0.1),
    ("GBR", "United Kingdom", "Europe", "Northern Europe", 52, 0, 3000, 70, 95, 1.5, 0.1),
    ("IND", "India", "Asia", "Southern Asia", 28, 77, 3000, 1400, 45, -0.5, 0.3),
    ("JPN", "Japan", "Asia", "Eastern Asia", 36, 140, 5000, 125, 90, 1.0, 0.1),
    ("KEN", "Kenya", "Africa", "Eastern Africa", -1, 37, 100, 50, 25, -0.6, 0.3),
    ("KOR", "South Korea", "Asia", "Eastern Asia", 37, 127, 1600, 50, 95, 0.8, 0.1),
    ("RUS", "Russia", "Europe", "Eastern Europe", 56, 38, 1700, 145, 80, -1.2, 0.4),
    ("SGP", "Singapore", "Asia", "South-eastern Asia", 1, 104, 400, 6, 90, -0.2, 0.2),
    ("USA", "United States", "Americas", "Northern America", 39, -77, 20000, 330, 90, 2.0, 0.1),
]

# id, ends, kind, cable, length (km), capacity (Tbps), year, homes of the owners. Between Germany and Japan there is one
# way through Russia and China, and one around them over the two oceans.
LINKS = [
    ("land:CHN-RUS", "CHN", "RUS", "terrestrial", "Siberia", 6000, 10, 2005, ""),
    ("land:DEU-RUS", "DEU", "RUS", "terrestrial", "Eastern Europe", 2000, 20, 2000, ""),
    ("land:BRA-CHL", "BRA", "CHL", "terrestrial", "Andes", 3000, 5, 2005, ""),
    ("sea:CHN-JPN", "CHN", "JPN", "submarine", "East China Sea", 2500, 40, 2015, "CHN"),
    ("sea:CHN-KOR", "CHN", "KOR", "submarine", "Yellow Sea", 1000, 40, 2015, "CHN"),
    ("sea:CHN-SGP", "CHN", "SGP", "submarine", "South China Sea", 5000, 60, 2016, "CHN"),
    ("sea:JPN-KOR", "JPN", "KOR", "submarine", "Tsushima", 1000, 40, 2012, ""),
    ("sea:JPN-USA", "JPN", "USA", "submarine", "Pacific", 11000, 80, 2016, "USA"),
    ("sea:GBR-USA", "GBR", "USA", "submarine", "Atlantic", 6000, 160, 2018, "USA"),
    ("sea:DEU-GBR", "DEU", "GBR", "submarine", "North Sea", 1000, 100, 2010, ""),
    ("sea:GBR-IND", "GBR", "IND", "submarine", "Suez", 12000, 40, 2014, ""),
    ("sea:GBR-KEN", "GBR", "KEN", "submarine", "Africa", 13000, 10, 2012, ""),
    ("sea:IND-KEN", "IND", "KEN", "submarine", "Indian Ocean", 5000, 10, 2012, ""),
    ("sea:IND-SGP", "IND", "SGP", "submarine", "Bay of Bengal", 4000, 40, 2014, ""),
    ("sea:BRA-USA", "BRA", "USA", "submarine", "Caribbean", 8000, 60, 2017, "USA"),
    ("sea:CHL-USA", "CHL", "USA", "submarine", "West Coast", 9000, 30, 2016, "USA"),
]

COMMON_LANGUAGE = ["GBR", "IND", "KEN", "SGP", "USA"]
VENDOR_SHARE = {"CHN": 0.7, "RUS": 0.5, "KEN": 0.6, "BRA": 0.4, "IND": 0.4, "CHL": 0.4, "SGP": 0.2, "DEU": 0.5,
                "GBR": 0.3, "KOR": 0.1, "JPN": 0.05, "USA": 0.05}
ORGANISATIONS = {"atlantic_pact": ("Atlantic Pact", ["USA", "GBR", "DEU"]),
                 "southern_market": ("Southern Market", ["BRA", "CHL"])}
FIRMS = [
    ("Dragon Networks", "CHN", "equipment", 100, "CHN|RUS|KEN|BRA|DEU|IND"),
    ("Nordwind Networks", "DEU", "equipment", 25, "DEU|GBR|USA|JPN|IND"),
    ("Dragon Phones", "CHN", "device", 60, "CHN|IND|RUS|KEN"),
    ("Eagle Phones", "USA", "device", 250, "USA|CHN|JPN|DEU|GBR"),
    ("Eagle Chips", "USA", "semiconductor", 70, "CHN|USA|KOR|JPN"),
    ("Han Chips", "KOR", "semiconductor", 80, "CHN|KOR|USA"),
    ("Panda Video", "CHN", "platform", 30, "CHN|USA|IND|BRA|JPN"),
    ("Eagle Search", "USA", "platform", 180, "USA|GBR|DEU|IND|BRA|JPN"),
    ("Eagle Cloud", "USA", "cloud", 50, "USA|GBR|DEU|JPN|SGP"),
    ("Panda Cloud", "CHN", "cloud", 10, "CHN|SGP|IND"),
    ("Great Wall Telecom", "CHN", "carrier", 110, "CHN"),
    ("Rhine Telecom", "DEU", "carrier", 90, "DEU|USA"),
    ("Ocean Cables", "USA", "cable", 2, "USA|GBR|JPN|BRA|CHL"),
    ("Lion Bank", "SGP", "finance", 15, "SGP|IND|CHN"),
    ("Savanna Trade", "KEN", "merchant", 1, "KEN|IND|GBR"),
]


def distance_km(a: tuple, b: tuple) -> float:
    """Great-circle distance of two countries, at least 500 km."""
    latitude_a, longitude_a, latitude_b, longitude_b = map(math.radians, (a[4], a[5], b[4], b[5]))
    chord = (math.sin((latitude_b - latitude_a) / 2) ** 2
             + math.cos(latitude_a) * math.cos(latitude_b) * math.sin((longitude_b - longitude_a) / 2) ** 2)
    return max(500.0, 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(chord)))


def countries_table() -> Table:
    """All countries; what they sell at home is a fixed share of GDP."""
    header = ("iso3,name,region,subregion,latitude_deg,longitude_deg,gdp_busd,population_mn,internet_users_pct,"
              "ideal_point_sd,home_restrictiveness,chooses,goods_domestic_busd,services_domestic_busd").split(",")
    rows = [[*map(str, country), "1", number(GOODS_DOMESTIC_SHARE * country[6]),
             number(SERVICES_DOMESTIC_SHARE * country[6])] for country in COUNTRIES]
    return header, rows


def trade_table(share_of_gdp: float) -> Table:
    """Gravity trade of all ordered pairs, to 3 significant digits."""
    pull = {(a[0], b[0]): a[6] * b[6] / distance_km(a, b) for a, b in itertools.permutations(COUNTRIES, 2)}
    scale = share_of_gdp * sum(country[6] for country in COUNTRIES) * 1000 / math.fsum(pull.values())
    return ["exporter", "importer", "value_musd"], [[a, b, number(scale * pull[a, b], 3)] for a, b in sorted(pull)]


def build_tables() -> dict[str, Table]:
    """Every table by name."""
    links = [[link, a, b, *map(str, rest)] for link, a, b, *rest in sorted(LINKS)]
    organisations = [[identifier, name, code, "consensus"]
                     for identifier, (name, members) in sorted(ORGANISATIONS.items()) for code in sorted(members)]
    return {
        "countries": countries_table(),
        "goods_trade": trade_table(GOODS_TRADE_SHARE),
        "services_trade": trade_table(SERVICES_TRADE_SHARE),
        "links": (["link", "iso3_a", "iso3_b", "kind", "cable_name", "length_km", "capacity_tbps", "in_service_year",
                   "owner_homes"], links),
        "languages": (["iso3_a", "iso3_b"], [list(pair) for pair in itertools.combinations(COMMON_LANGUAGE, 2)]),
        "vendor_shares": (["iso3", "vendor_home", "share"],
                          [[code, "CHN", number(share)] for code, share in sorted(VENDOR_SHARE.items())]),
        "organisations": (["organisation", "name", "iso3", "rule"], organisations),
        "firms": (["name", "home", "sector", "revenue_busd", "markets"],
                  [list(map(str, firm)) for firm in sorted(FIRMS)]),
    }


def index_text(tables: dict[str, Table]) -> str:
    """The index of tables with the row counts and column sums that a loader checks."""
    summed = {"countries": "gdp_busd", "goods_trade": "value_musd", "services_trade": "value_musd",
              "links": "length_km", "vendor_shares": "share", "firms": "revenue_busd"}
    lines = ["# Row counts and column sums (6 significant digits) of the tables, checked at load.", ""]
    for name, (header, rows) in tables.items():
        lines += [f"[{name}]", f'file = "{name}.csv"', f"rows = {len(rows)}"]
        if name in summed:
            place = header.index(summed[name])
            lines.append(f"sum = {{ {summed[name]} = {number(math.fsum(float(row[place]) for row in rows))} }}")
        lines.append("")
    return "\n".join(lines)


README = """# classroom-12: a stylised world

Twelve countries with real names and invented round figures, made by `../build_classroom_12.py` for teaching and tests.
Nothing here is an observation: trade follows a gravity rule, firms and organisations are made up, links stand for
whole regions. Between Germany and Japan there is one way through Russia and China and one over the two oceans.
Terms: CC0 1.0.
"""


def build_files() -> dict[str, bytes]:
    """Every file of ``classroom-12/`` by name, as bytes."""
    tables = build_tables()
    files = {f"{name}.csv": csv_text(table).encode() for name, table in tables.items()}
    return files | {"tables.toml": index_text(tables).encode(), "README.md": README.encode()}


if __name__ == "__main__":
    sys.exit(write_or_check("Build the stylised world of twelve countries.", build_files(), WORLD, __file__))
