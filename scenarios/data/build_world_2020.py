#!/usr/bin/env python3
"""Build the tables of the 2020 world from the raw figures.

Reads ``sources-2020/*.csv`` and writes ``world-2020/*.csv`` and ``world-2020/tables.toml``, always the same bytes:
numbers are rounded to fixed significant digits, rows are sorted, sums are exact (``math.fsum``).
Every rule that fills or constructs a value is explained in ``SOURCES.md``; marks: [S] read in a public source,
[M] from memory, [J] judgement. Only the standard library of Python 3.11 or newer is needed.

Usage::

    python3 build_world_2020.py            write the tables
    python3 build_world_2020.py --check    compare with the tables in the tree; exit 1 when they differ
"""

from __future__ import annotations

import csv
import math
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from table_files import Table, csv_text, number, write_or_check
from world_2020_rules import (
    ANCHORS, ASSUMED_LINKS, CAPACITY_BEFORE_2000_TBPS, CAPACITY_ERAS, CLEAN_TELCO_FIRMS, CLOSED_BORDERS,
    CORRECTED_LATITUDE_DEG, DEMAND_DISTANCE, DEMAND_LANGUAGE, DEMOCRACY_OF, DIGITAL_EXPORTS_CAP, DOMESTIC_FLOOR,
    EARTH_RADIUS_KM, FOLLOWED_COUNTRY, GIVEN_COUNTRY_VALUES, GIVEN_IDEAL_POINT_SD, GOODS_SHARE_BANDS,
    GROSS_OUTPUT_RATIO, GROUPINGS, HOME_RESTRICTIVENESS, INITIAL_MEMBERSHIP_LEVEL, LAND_CAPACITY_BANDS,
    LAND_LINK_YEAR, MINIMUM_DISTANCE_KM, MINIMUM_FLOW_MUSD, ORGANISATION_IDS, SECTORS, START_DATE, VENDOR_SHARE_CAP,
    VENDOR_SHARE_NAMED, VENDOR_SHARE_OTHERWISE, VENDOR_SHARE_REGION, VENDOR_SHARE_SUBREGION,
    WORLD_DIGITAL_EXPORTS_MUSD,
)

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources-2020"
WORLD = HERE / "world-2020"

Row = dict[str, str]
Flows = dict[tuple[str, str], float]


def read_source(name: str) -> list[Row]:
    """Return the rows of one raw table; the empty string is the only missing value (NA is Namibia)."""
    with open(SOURCES / name, newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def band(value: float, bands: list[tuple[float, float]]) -> float:
    """Return the entry of the first band (lower bound, entry) whose lower bound lies below `value`."""
    return next(entry for lower, entry in bands if value > lower)


def gdp_per_head_usd(country: Row) -> float:
    """GDP per head in USD of a completed country row."""
    return 1000.0 * float(country["gdp_busd"]) / float(country["population_mn"])


def group_median(countries: list[Row], target: Row, value) -> float:
    """Median of `value` over the target's subregion, or its region where no country of the subregion has one."""
    for level in ("subregion", "region"):
        known = [value(c) for c in countries if c[level] == target[level] and value(c) is not None]
        if known:
            return statistics.median(known)
    raise ValueError(f"no known value in the region of {target['iso3']}")


def known_number(column: str):
    """Return a function that reads `column` of a row, None where it is empty."""
    return lambda row: float(row[column]) if row[column] else None


def known_gdp_per_head(row: Row) -> float | None:
    """GDP per head in USD bn per million people, None where GDP is unknown."""
    return float(row["gdp_busd"]) / float(row["population_mn"]) if row["gdp_busd"] else None


# ---- countries ------------------------------------------------------------------------------------------------------

def ideal_points_sd(raw: list[Row]) -> tuple[dict[str, float], set[str]]:
    """Return UNGA ideal points in standard deviations over the scored countries, and the codes that were given."""
    scores = {r["iso3"]: float(r["unga_ideal_point"]) for r in raw if r["unga_ideal_point"]}
    mean = math.fsum(scores.values()) / len(scores)
    deviation = math.sqrt(math.fsum((s - mean) ** 2 for s in scores.values()) / len(scores))
    points = {code: (score - mean) / deviation for code, score in scores.items()}
    given = GIVEN_IDEAL_POINT_SD | {code: points[other] for code, other in FOLLOWED_COUNTRY.items()}
    return points | given, set(given)


def filled_value(raw: list[Row], row: Row, column: str) -> float:
    """Value for an empty cell: given by the rules, else another country's, else the median of the subregion.

    The median of GDP is taken per head.
    """
    code = row["iso3"]
    if code in GIVEN_COUNTRY_VALUES.get(column, {}):
        return GIVEN_COUNTRY_VALUES[column][code]
    if column == "liberal_democracy" and code in DEMOCRACY_OF:
        return float(next(r[column] for r in raw if r["iso3"] == DEMOCRACY_OF[code]))
    if column == "gdp_busd":
        return group_median(raw, row, known_gdp_per_head) * float(row["population_mn"])
    return group_median(raw, row, known_number(column))


def complete_countries(raw: list[Row]) -> tuple[list[Row], dict[str, list[str]]]:
    """Fill the gaps of the raw country table; return the rows and, per country, the names of the filled columns."""
    rows, filled = [dict(r) for r in raw], defaultdict(list)
    for row in rows:
        code = row["iso3"]
        if code in CORRECTED_LATITUDE_DEG:
            row["lat"] = str(CORRECTED_LATITUDE_DEG[code])
            filled[code].append("latitude_deg")
        for column in ("gdp_busd", "internet_users_pct", "liberal_democracy"):
            if not row[column]:
                row[column] = repr(filled_value(raw, row, column))
                filled[code].append(column)
    return rows, filled


def home_restrictiveness(country: Row) -> float:
    """A country's own restrictiveness towards foreign data, 0-1, from its liberal-democracy score."""
    if country["iso3"] in HOME_RESTRICTIVENESS:
        return HOME_RESTRICTIVENESS[country["iso3"]]
    return 0.05 + 0.40 * (1.0 - float(country["liberal_democracy"]))


def sector_output_busd(country: Row) -> tuple[float, float]:
    """Gross output of goods and of services, USD bn, from GDP and the goods share of the income group."""
    gdp, goods_share = float(country["gdp_busd"]), band(gdp_per_head_usd(country), GOODS_SHARE_BANDS)
    return goods_share * gdp * GROSS_OUTPUT_RATIO["goods"], (1.0 - goods_share) * gdp * GROSS_OUTPUT_RATIO["services"]


def domestic_sales_busd(country: Row, exports_musd: dict[str, dict[str, float]]) -> dict[str, float]:
    """Domestic sales by sector, USD bn: output less exports, at least the floor share of output."""
    sales = {}
    for sector, output in zip(("goods", "services"), sector_output_busd(country)):
        exports = exports_musd[sector].get(country["iso3"], 0.0) / 1000.0
        sales[sector] = max(output - exports, DOMESTIC_FLOOR[sector] * output)
    return sales


COUNTRY_COLUMNS = [
    "iso3", "iso2", "name", "region", "subregion", "latitude_deg", "longitude_deg", "gdp_busd", "population_mn",
    "internet_users_pct", "liberal_democracy", "ideal_point_sd", "home_restrictiveness", "chooses",
    "goods_domestic_busd", "services_domestic_busd", "imputed",
]
CONSTRUCTED_EVERYWHERE = {"home_restrictiveness", "goods_domestic_busd", "services_domestic_busd"}


def countries_table(rows: list[Row], filled: dict[str, list[str]], exports_musd: dict[str, dict[str, float]]) -> Table:
    """The country table: attributes, position, own rules and domestic sales."""
    points, given_points = ideal_points_sd(rows)
    table = []
    for row in sorted(rows, key=lambda r: r["iso3"]):
        code, sales = row["iso3"], domestic_sales_busd(row, exports_musd)
        flags = CONSTRUCTED_EVERYWHERE | set(filled[code]) | ({"ideal_point_sd"} if code in given_points else set())
        values = [float(row[c]) for c in ("lat", "lon", "gdp_busd", "population_mn", "internet_users_pct",
                                          "liberal_democracy")]
        values += [points[code], home_restrictiveness(row)]
        table.append([code, row["iso2"], row["name"], row["region"], row["subregion"], *map(number, values),
                      "0" if code in FOLLOWED_COUNTRY else "1", number(sales["goods"]), number(sales["services"]),
                      "|".join(c for c in COUNTRY_COLUMNS if c in flags)])
    return COUNTRY_COLUMNS, table


def vendor_shares_table(rows: list[Row]) -> Table:
    """Installed share of Chinese vendors in each country's radio access network, 0-1."""
    table = []
    for row in sorted(rows, key=lambda r: r["iso3"]):
        if row["chn_vendor_4g_pct"]:
            share, imputed = min(float(row["chn_vendor_4g_pct"]) / 100.0, VENDOR_SHARE_CAP), "0"
        else:
            by_region = VENDOR_SHARE_REGION.get(row["region"], VENDOR_SHARE_OTHERWISE)
            by_subregion = VENDOR_SHARE_SUBREGION.get(row["subregion"], by_region)
            share, imputed = VENDOR_SHARE_NAMED.get(row["iso3"], by_subregion), "1"
        table.append([row["iso3"], "CHN", number(share), imputed])
    return ["iso3", "vendor_home", "share", "imputed"], table


def groupings_table(raw: list[Row]) -> Table:
    """Members of each grouping, one row per membership."""
    return ["grouping", "iso3"], sorted([g, r["iso3"]] for r in raw for g in GROUPINGS if r[g] == "1")


def organisations_table() -> Table:
    """Members and decision rule of each organisation that can accede as a body."""
    rows = sorted([ORGANISATION_IDS[r["organisation"]], r["organisation"], r["iso3"], r["rule"], r["rule_source"]]
                  for r in read_source("organisations.csv"))
    return ["organisation", "name", "iso3", "rule", "rule_source"], rows


def languages_table() -> Table:
    """Unordered pairs of countries that share an official language."""
    rows = sorted(sorted([r["iso3_a"], r["iso3_b"]]) for r in read_source("common_language.csv"))
    return ["iso3_a", "iso3_b"], rows


# ---- trade ----------------------------------------------------------------------------------------------------------

def anchored_flows(code: str, anchor: str, scale: float, flows: Flows) -> Flows:
    """Trade of a country without statistics: `anchor`'s flows times `scale`.

    Its trade with the anchor itself is taken as the anchor's with its largest partner, in each direction.
    """
    exports = {j: v for (i, j), v in flows.items() if i == anchor}
    imports = {i: v for (i, j), v in flows.items() if j == anchor}
    result = {(code, j): scale * v for j, v in exports.items()} | {(i, code): scale * v for i, v in imports.items()}
    result[(code, anchor)] = scale * max(exports.values())
    result[(anchor, code)] = scale * max(imports.values())
    return {pair: v for pair, v in result.items() if v > MINIMUM_FLOW_MUSD}


def goods_trade_table(rows: list[Row]) -> Table:
    """Goods trade of 2017 by pair, USD mn; the countries without statistics follow their customs partner."""
    gdp = {r["iso3"]: float(r["gdp_busd"]) for r in rows}
    raw = read_source("trade.csv")
    flows = {(r["exporter"], r["importer"]): float(r["goods_2017_musd"]) for r in raw}
    table = [[r["exporter"], r["importer"], number(float(r["goods_2017_musd"]), 5), r["source"], "0"] for r in raw]
    for code, anchor in ANCHORS.items():
        added = anchored_flows(code, anchor, gdp[code] / gdp[anchor], flows)
        flows |= added
        table += [[i, j, number(v, 5), f"imputed_share_of_{anchor}", "1"] for (i, j), v in added.items()]
    return ["exporter", "importer", "value_musd", "source", "imputed"], sorted(table)


def distance_km(a: Row, b: Row) -> float:
    """Great-circle distance between two capitals, at least the floor (Kinshasa and Brazzaville are 10 km apart)."""
    lat_a, lon_a, lat_b, lon_b = (math.radians(float(x)) for x in (a["lat"], a["lon"], b["lat"], b["lon"]))
    half = (math.sin((lat_b - lat_a) / 2) ** 2
            + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2)
    return max(MINIMUM_DISTANCE_KM, 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half))))


def gravity_flows(rows: list[Row], languages: set[tuple[str, str]]) -> Flows:
    """Unscaled gravity of digitally delivered services between all pairs (M15): m_o m_d dist^-0.7 exp(0.5 language).

    m = internet users times GDP per head = GDP times the share of users.
    """
    ordered = sorted(rows, key=lambda r: r["iso3"])
    mass = {r["iso3"]: float(r["gdp_busd"]) * float(r["internet_users_pct"]) / 100.0 for r in ordered}
    flows: Flows = {}
    for position, a in enumerate(ordered):
        for b in ordered[position + 1:]:
            pair = (a["iso3"], b["iso3"])
            boost = math.exp(DEMAND_LANGUAGE) if pair in languages else 1.0
            flow = mass[pair[0]] * mass[pair[1]] * distance_km(a, b) ** -DEMAND_DISTANCE * boost
            flows[pair] = flows[pair[::-1]] = flow
    return flows


def exports_by_country(flows: Flows) -> dict[str, float]:
    """Exact sum of the flows of each exporter."""
    parts = defaultdict(list)
    for (exporter, _), value in sorted(flows.items()):
        parts[exporter].append(value)
    return {code: math.fsum(values) for code, values in parts.items()}


def scale_with_cap(flows: Flows, total: float, cap: dict[str, float]) -> Flows:
    """Scale `flows` to `total` while no exporter sells more than `cap`: capped rows are fixed, the rest share the rest.

    Raises ValueError when the caps cannot hold the total.
    """
    exports, capped = exports_by_country(flows), set()
    while True:
        free = math.fsum(v for code, v in sorted(exports.items()) if code not in capped)
        rest = total - math.fsum(cap[code] for code in sorted(capped))
        if free <= 0.0 or rest <= 0.0:
            raise ValueError("the caps on digital exports cannot hold the world total")
        over = {c for c in exports if c not in capped and exports[c] * rest / free > cap[c]}
        if not over:
            break
        capped |= over
    factor = {c: cap[c] / exports[c] if c in capped else rest / free for c in exports}
    return {pair: value * factor[pair[0]] for pair, value in flows.items()}


def services_trade_table(rows: list[Row]) -> Table:
    """Digitally delivered services by pair, USD mn, scaled to the world total of 2019; all constructed."""
    languages = {(a, b) for a, b in languages_table()[1]}
    cap = {r["iso3"]: DIGITAL_EXPORTS_CAP * sector_output_busd(r)[1] * 1000.0 for r in rows}
    flows = scale_with_cap(gravity_flows(rows, languages), WORLD_DIGITAL_EXPORTS_MUSD, cap)
    kept = {pair: v for pair, v in flows.items() if v > MINIMUM_FLOW_MUSD}
    kept = scale_with_cap(kept, WORLD_DIGITAL_EXPORTS_MUSD, cap)
    table = [[i, j, number(v, 5), "1"] for (i, j), v in sorted(kept.items())]
    return ["exporter", "importer", "value_musd", "imputed"], table


# ---- links ----------------------------------------------------------------------------------------------------------

def era_of(year: int) -> int:
    """First year of the era of cable building in which `year` lies; 0 before 2000."""
    return max((start for start in CAPACITY_ERAS if start <= year), default=0)


def capacity_by_era(raw: list[Row]) -> dict[int, float]:
    """Median capacity in Tb/s of the cables with known capacity, by era of their first year in service."""
    known = {r["cable_id"]: (int(float(r["in_service_year"])), float(r["capacity_tbps"]))
             for r in raw if r["capacity_tbps"]}
    medians = {start: statistics.median(c for year, c in known.values() if era_of(year) == start)
               for start in CAPACITY_ERAS}
    return medians | {0: CAPACITY_BEFORE_2000_TBPS}


def submarine_link(row: Row, capacities: dict[int, float]) -> list[str]:
    """One landing pair of a cable."""
    a, b, year = row["iso3_a"], row["iso3_b"], int(float(row["in_service_year"]))
    imputed = [] if row["capacity_tbps"] else ["capacity_tbps"]
    capacity = float(row["capacity_tbps"]) if row["capacity_tbps"] else capacities[era_of(year)]
    owners = [home for home, column in (("CHN", "chn_owner"), ("USA", "us_owner")) if row[column] == "1"]
    return [f"{row['cable_id']}:{a}-{b}", a, b, "submarine", row["cable_name"], number(float(row["length_km"])),
            number(capacity), str(year), "|".join(owners), "|".join(imputed)]


def land_link(row: Row, income: dict[str, float]) -> list[str]:
    """Assumed fibre across one land border, between the capitals; its capacity follows the poorer side's income."""
    a, b = row["iso3_a"], row["iso3_b"]
    capacity = band(min(income[a], income[b]), LAND_CAPACITY_BANDS)
    return [f"land:{a}-{b}", a, b, "terrestrial", f"land border {a}-{b}", number(float(row["length_km"])),
            number(capacity), str(LAND_LINK_YEAR), "", "link|length_km|capacity_tbps|in_service_year"]


def links_table(rows: list[Row]) -> Table:
    """The link graph: cables by neighbour pair, open land borders, and assumed links for islands left out."""
    raw, income = read_source("links.csv"), {r["iso3"]: gdp_per_head_usd(r) for r in rows}
    capacities = capacity_by_era(raw)
    table = [submarine_link(r, capacities) for r in raw if r["kind"] == "submarine"]
    table += [land_link(r, income) for r in raw
              if r["kind"] == "terrestrial" and (r["iso3_a"], r["iso3_b"]) not in CLOSED_BORDERS]
    for prefix, a, b, kind, name, length_km, capacity_tbps, year in ASSUMED_LINKS:
        table.append([f"{prefix}:{a}-{b}", a, b, kind, name, number(length_km), number(capacity_tbps), str(year), "",
                      "link|length_km|capacity_tbps|in_service_year"])
    header = ["link", "iso3_a", "iso3_b", "kind", "cable_name", "length_km", "capacity_tbps", "in_service_year",
              "owner_homes", "imputed"]
    return header, sorted(table, key=lambda r: (r[1], r[2], r[0]))


# ---- firms and memberships ------------------------------------------------------------------------------------------

def firms_table() -> Table:
    """The named firms; a missing revenue is the median of the firm's sector."""
    raw = read_source("firms.csv")
    revenues = defaultdict(list)
    for row in raw:
        if row["revenue_usd_bn"]:
            revenues[SECTORS[row["sector"]]].append(float(row["revenue_usd_bn"]))
    table = []
    for row in raw:
        home, sector, markets = row["home_iso3"], SECTORS[row["sector"]], row["markets"].split("|")
        markets.sort(key=lambda code: code != home)
        revenue = float(row["revenue_usd_bn"]) if row["revenue_usd_bn"] else statistics.median(revenues[sector])
        table.append([row["name"], home, sector, number(revenue), "|".join(markets),
                      "0" if row["revenue_usd_bn"] else "1"])
    return ["name", "home", "sector", "revenue_busd", "markets", "imputed"], sorted(table)


def full_date(text: str) -> str:
    """ISO date of a day or a month; a month counts from its first day."""
    date = f"{text}-01" if len(text) == len("2020-06") else text
    if not date < START_DATE:
        raise ValueError(f"{text} is not before the start {START_DATE}")
    return date


def firm_stances_table() -> Table:
    """Carriers named as Clean Telcos before the start that are among the named firms."""
    firms = {row[0] for row in firms_table()[1]}
    rows = [[CLEAN_TELCO_FIRMS[r["telco"]], "clean_network", full_date(r["date"])]
            for r in read_source("clean_telcos_before_2020_08.csv") if CLEAN_TELCO_FIRMS[r["telco"]]]
    unknown = [name for name, _, _ in rows if name not in firms]
    if unknown:
        raise ValueError(f"no such firm: {unknown}")
    return ["firm", "framework", "date"], sorted(rows)


def initial_memberships_table() -> Table:
    """Memberships before the start: signed where a country signed a text, else listed; the first such act counts."""
    best: dict[tuple[str, str], tuple[int, str, list[str]]] = {}
    for row in read_source("signatories_before_2020_08.csv"):
        level = INITIAL_MEMBERSHIP_LEVEL[row["status"]]
        if level == "none":
            continue
        key, date = (row["iso3"], row["framework"]), full_date(row["date"])
        act = (0 if level == "signed" else 1, date, [*key, level, date, row["source"]])
        best[key] = min(best.get(key, act), act)
    return ["iso3", "framework", "level", "date", "source"], sorted(act for _, _, act in best.values())


# ---- files ----------------------------------------------------------------------------------------------------------

SUMMED_COLUMNS = {
    "countries": ["gdp_busd", "population_mn", "goods_domestic_busd", "services_domestic_busd"],
    "goods_trade": ["value_musd"], "services_trade": ["value_musd"], "links": ["length_km", "capacity_tbps"],
    "vendor_shares": ["share"], "firms": ["revenue_busd"],
}


def build_tables() -> dict[str, Table]:
    """Build every table of the 2020 world; keys are file names without suffix."""
    raw = read_source("countries.csv")
    rows, filled = complete_countries(raw)
    goods, services = goods_trade_table(rows), services_trade_table(rows)
    exports = {name: exports_by_country({(r[0], r[1]): float(r[2]) for r in table[1]})
               for name, table in (("goods", goods), ("services", services))}
    return {
        "countries": countries_table(rows, filled, exports), "goods_trade": goods, "services_trade": services,
        "links": links_table(rows), "languages": languages_table(), "vendor_shares": vendor_shares_table(rows),
        "groupings": groupings_table(raw), "organisations": organisations_table(), "firms": firms_table(),
        "firm_stances": firm_stances_table(), "initial_memberships": initial_memberships_table(),
    }


def index_text(tables: dict[str, Table]) -> str:
    """The index of tables with the row counts and column sums that a loader checks."""
    lines = ["# Row counts and column sums (6 significant digits) of the tables, checked at load.", ""]
    for name, (header, rows) in tables.items():
        lines += [f"[{name}]", f'file = "{name}.csv"', f"rows = {len(rows)}"]
        sums = [f"{column} = {number(math.fsum(float(r[header.index(column)]) for r in rows))}"
                for column in SUMMED_COLUMNS.get(name, [])]
        lines += [f"sum = {{ {', '.join(sums)} }}"] if sums else []
        lines.append("")
    return "\n".join(lines)


def build_files() -> dict[str, bytes]:
    """Every file of ``world-2020/`` by name, as bytes."""
    tables = build_tables()
    files = {f"{name}.csv": csv_text(table).encode() for name, table in tables.items()}
    return files | {"tables.toml": index_text(tables).encode()}


if __name__ == "__main__":
    sys.exit(write_or_check("Build the tables of the 2020 world from the raw figures.", build_files(), WORLD, __file__))
