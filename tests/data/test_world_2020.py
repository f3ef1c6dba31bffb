"""The tables of the 2020 world: reproducible, complete, connected, and honest about what was imputed."""

from __future__ import annotations

import csv
import math
import os
import statistics
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "scenarios" / "data"
WORLD = DATA / "world-2020"
SOURCES = DATA / "sources-2020"
RECORD = ROOT / "analysis" / "backtest" / "record"

sys.dont_write_bytecode = True
sys.path.insert(0, str(DATA))
import build_world_2020 as build  # noqa: E402
from table_files import differing_files  # noqa: E402

KEYS = {
    "countries": ["iso3"], "goods_trade": ["exporter", "importer"], "services_trade": ["exporter", "importer"],
    "links": ["link"], "languages": ["iso3_a", "iso3_b"], "vendor_shares": ["iso3", "vendor_home"],
    "groupings": ["grouping", "iso3"], "organisations": ["organisation", "iso3"], "firms": ["name"],
    "firm_stances": ["firm", "framework"], "initial_memberships": ["iso3", "framework"],
}
ROWS = {
    "countries": 198, "goods_trade": 24234, "services_trade": 38136, "links": 860, "languages": 2906,
    "vendor_shares": 198, "groupings": 332, "organisations": 217, "firms": 150, "firm_stances": 10,
    "initial_memberships": 20,
}
MAY_BE_EMPTY = {("countries", "imputed"), ("links", "imputed"), ("links", "owner_homes")}
CODE_COLUMNS = {"iso3", "iso3_a", "iso3_b", "exporter", "importer", "home", "vendor_home"}
CODE_LIST_COLUMNS = {"markets", "owner_homes"}


def read(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def world() -> dict[str, list[dict[str, str]]]:
    return {name: read(WORLD / f"{name}.csv") for name in KEYS}


@pytest.fixture(scope="module")
def countries(world) -> dict[str, dict[str, str]]:
    return {row["iso3"]: row for row in world["countries"]}


@pytest.fixture(scope="module")
def raw_countries() -> dict[str, dict[str, str]]:
    return {row["iso3"]: row for row in read(SOURCES / "countries.csv")}


# ---- reproducible ---------------------------------------------------------------------------------------------------

def test_tree_holds_exactly_what_the_sources_give():
    assert differing_files(build.build_files(), WORLD) == []


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_check_passes_whatever_the_hash_seed(hash_seed):
    command = [sys.executable, "-B", str(DATA / "build_world_2020.py"), "--check"]
    result = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": hash_seed}, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")


def test_changed_missing_and_unknown_files_are_named(tmp_path):
    files = {"same.csv": b"a\n", "changed.csv": b"b\n", "missing.csv": b"c\n"}
    for name, content in {"same.csv": b"a\n", "changed.csv": b"B\n", "unknown.csv": b"d\n"}.items():
        (tmp_path / name).write_bytes(content)
    assert differing_files(files, tmp_path) == ["changed.csv", "missing.csv", "unknown.csv"]


@pytest.mark.parametrize("value, digits, text", [
    (14279.969, 6, "14280"), (1234567.0, 6, "1234570"), (0.000123456789, 5, "0.00012346"),
    (-0.6831234567, 6, "-0.683123"), (0.0, 6, "0"), (100.0, 6, "100"), (71572.0, 6, "71572"), (999999.6, 6, "1000000"),
])
def test_numbers_have_fixed_digits_and_no_exponent(value, digits, text):
    assert build.number(value, digits) == text


# ---- whole and consistent -------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", KEYS)
def test_row_counts_and_sums_agree_with_the_index(world, name):
    index = tomllib.loads((WORLD / "tables.toml").read_text(encoding="utf-8"))
    assert set(index) == set(KEYS)
    assert index[name]["file"] == f"{name}.csv"
    assert index[name]["rows"] == len(world[name]) == ROWS[name]
    for column, stated in index[name].get("sum", {}).items():
        total = math.fsum(float(row[column]) for row in world[name])
        assert total == pytest.approx(stated, rel=1e-5)


@pytest.mark.parametrize("name, column, total, tolerance", [
    ("services_trade", "value_musd", 3_200_000, 1e-5), ("goods_trade", "value_musd", 16_006_500, 1e-5),
    ("countries", "population_mn", 7_772.84, 1e-5), ("countries", "gdp_busd", 87_536.2, 1e-5),
    ("countries", "goods_domestic_busd", 46_607.8, 1e-5), ("countries", "services_domestic_busd", 93_437.8, 1e-5),
    ("links", "length_km", 1_577_620, 1e-5), ("links", "capacity_tbps", 11_283.1, 1e-5),
    ("vendor_shares", "share", 94.88, 1e-5), ("firms", "revenue_busd", 5_380.39, 1e-5),
])
def test_totals(world, name, column, total, tolerance):
    assert math.fsum(float(row[column]) for row in world[name]) == pytest.approx(total, rel=tolerance)


@pytest.mark.parametrize("name", KEYS)
def test_no_required_cell_is_empty(world, name):
    empty = {(name, column) for row in world[name] for column, cell in row.items() if cell in ("", None)}
    assert empty <= MAY_BE_EMPTY


@pytest.mark.parametrize("name", KEYS)
def test_no_duplicates_and_sorted_rows(world, name):
    keys = [tuple(row[column] for column in KEYS[name]) for row in world[name]]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    order = [(r["iso3_a"], r["iso3_b"], r["link"]) for r in world[name]] if name == "links" else keys
    assert order == sorted(order)


@pytest.mark.parametrize("name", KEYS)
def test_every_code_is_a_country(world, countries, name):
    codes = {row[column] for row in world[name] for column in CODE_COLUMNS & row.keys()}
    lists = [row[column] for row in world[name] for column in CODE_LIST_COLUMNS & row.keys()]
    codes |= {code for cell in lists for code in cell.split("|") if code}
    assert codes <= set(countries)


@pytest.mark.parametrize("name", ["links", "languages"])
def test_unordered_pairs_stand_in_alphabetical_order(world, name):
    assert all(row["iso3_a"] < row["iso3_b"] for row in world[name])


@pytest.mark.parametrize("path", sorted(WORLD.glob("*.csv")), ids=lambda path: path.name)
def test_files_are_plain(path):
    content = path.read_bytes()
    content.decode("utf-8")
    assert b"\r" not in content and not content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\n")


# ---- countries ------------------------------------------------------------------------------------------------------

def flags(row: dict[str, str]) -> set[str]:
    return set(row["imputed"].split("|")) - {""}


def test_namibia_keeps_its_code(countries):
    assert countries["NAM"]["iso2"] == "NA"


def test_every_filled_country_value_is_flagged_and_no_other(countries, raw_countries):
    columns = {"gdp_busd": "gdp_busd", "internet_users_pct": "internet_users_pct",
               "liberal_democracy": "liberal_democracy", "ideal_point_sd": "unga_ideal_point"}
    constructed = {"home_restrictiveness", "goods_domestic_busd", "services_domestic_busd"}
    for code, row in countries.items():
        missing = {column for column, source in columns.items() if not raw_countries[code][source]}
        corrected = {"latitude_deg"} if code == "NZL" else set()
        assert flags(row) == missing | constructed | corrected, code
    filled = Counter(flag for row in countries.values() for flag in flags(row) if flag in columns)
    assert filled == {"gdp_busd": 3, "internet_users_pct": 2, "liberal_democracy": 22, "ideal_point_sd": 5}


def test_known_country_values_are_kept(countries, raw_countries):
    for code, row in countries.items():
        for column in ("gdp_busd", "population_mn", "internet_users_pct", "liberal_democracy"):
            if raw_countries[code][column]:
                assert float(row[column]) == pytest.approx(float(raw_countries[code][column]), rel=5e-6)


def test_given_values_go_before_the_median(countries):
    given = {("PRK", "gdp_busd"): 30.0, ("SSD", "gdp_busd"): 5.0, ("YEM", "gdp_busd"): 22.0,
             ("PRK", "internet_users_pct"): 0.5}
    assert {(code, column): float(countries[code][column]) for code, column in given} == given


def test_a_gap_without_a_given_value_takes_the_median_of_the_subregion(raw_countries, monkeypatch):
    monkeypatch.setattr(build, "GIVEN_COUNTRY_VALUES", {})
    rows, filled = build.complete_countries(list(raw_countries.values()))
    yemen = next(row for row in rows if row["iso3"] == "YEM")
    neighbours = [r for r in raw_countries.values() if r["subregion"] == "Western Asia" and r["gdp_busd"]]
    per_head = statistics.median(float(r["gdp_busd"]) / float(r["population_mn"]) for r in neighbours)
    assert float(yemen["gdp_busd"]) == pytest.approx(per_head * float(yemen["population_mn"]))
    assert "gdp_busd" in filled["YEM"]


def test_macao_takes_the_democracy_score_of_hong_kong(countries, raw_countries):
    assert not raw_countries["MAC"]["liberal_democracy"]
    assert countries["MAC"]["liberal_democracy"] == countries["HKG"]["liberal_democracy"] == "0.264"


def test_missing_democracy_is_the_median_of_subregion_or_region(countries, raw_countries):
    known = [r for r in raw_countries.values() if r["liberal_democracy"]]
    caribbean = statistics.median(float(r["liberal_democracy"]) for r in known if r["subregion"] == "Caribbean")
    oceania = statistics.median(float(r["liberal_democracy"]) for r in known if r["region"] == "Oceania")
    assert float(countries["ATG"]["liberal_democracy"]) == pytest.approx(caribbean, rel=1e-5)
    assert float(countries["TUV"]["liberal_democracy"]) == pytest.approx(oceania, rel=1e-5)


def test_ideal_points_are_standardised_and_not_clipped(countries, raw_countries):
    scored = [float(countries[c]["ideal_point_sd"]) for c, r in raw_countries.items() if r["unga_ideal_point"]]
    assert len(scored) == 193
    assert statistics.fmean(scored) == pytest.approx(0.0, abs=1e-5)
    assert statistics.pstdev(scored) == pytest.approx(1.0, rel=1e-5)
    assert max(scored) > 2.0
    given = {code: float(countries[code]["ideal_point_sd"]) for code in ("TWN", "XKX", "PSE")}
    assert given == {"TWN": 0.8, "XKX": 1.15, "PSE": -1.0}


def test_hong_kong_and_macao_do_not_choose(countries):
    assert {code for code, row in countries.items() if row["chooses"] == "0"} == {"HKG", "MAC"}
    assert {countries[c]["ideal_point_sd"] for c in ("CHN", "HKG", "MAC")} == {countries["CHN"]["ideal_point_sd"]}


def test_home_restrictiveness_follows_democracy(countries):
    for code, row in countries.items():
        expected = 0.45 if code == "CHN" else 0.05 + 0.40 * (1.0 - float(row["liberal_democracy"]))
        assert float(row["home_restrictiveness"]) == pytest.approx(expected, rel=1e-5)


def test_domestic_sales_are_output_less_exports_or_the_floor(world, countries):
    for sector, ratio, floor in (("goods", 2.3, 0.15), ("services", 1.6, 0.30)):
        exports = defaultdict(float)
        for row in world[f"{sector}_trade"]:
            exports[row["exporter"]] += float(row["value_musd"]) / 1000.0
        for code, row in countries.items():
            gdp, per_head = float(row["gdp_busd"]), 1000.0 * float(row["gdp_busd"]) / float(row["population_mn"])
            goods_share = 0.26 if per_head > 12_500 else 0.38 if per_head > 4_000 else 0.45 if per_head > 1_000 else 0.5
            output = gdp * ratio * (goods_share if sector == "goods" else 1.0 - goods_share)
            expected = max(output - exports[code], floor * output)
            assert float(row[f"{sector}_domestic_busd"]) == pytest.approx(expected, rel=1e-3), (sector, code)


def test_vendor_shares(world, raw_countries):
    rows = {row["iso3"]: row for row in world["vendor_shares"]}
    known = {code for code, raw in raw_countries.items() if raw["chn_vendor_4g_pct"]}
    assert len(known) == 11 and {code for code, row in rows.items() if row["imputed"] == "0"} == known
    assert all(row["vendor_home"] == "CHN" and 0.0 < float(row["share"]) <= 0.95 for row in rows.values())
    expected = {"BEL": .95, "DEU": .57, "USA": .01, "TWN": .02, "AUS": .5, "CHN": .7, "HKG": .7, "MAC": .7, "KEN": .6,
                "KAZ": .7, "PAK": .5, "IDN": .5, "SAU": .5, "ITA": .5, "SWE": .45, "BRA": .45, "PAN": .45, "JAM": .3}
    assert {code: float(rows[code]["share"]) for code in expected} == expected


# ---- trade ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", ["goods_trade", "services_trade"])
def test_flows_are_positive_between_different_countries_and_leave_no_one_out(world, countries, name):
    rows = world[name]
    assert all(row["exporter"] != row["importer"] and float(row["value_musd"]) > 0.0 for row in rows)
    assert {row["exporter"] for row in rows} == {row["importer"] for row in rows} == set(countries)


def test_observed_goods_trade_is_copied_and_the_rest_is_flagged(world):
    raw = {(r["exporter"], r["importer"]): r for r in read(SOURCES / "trade.csv")}
    for row in world["goods_trade"]:
        pair = (row["exporter"], row["importer"])
        if row["imputed"] == "0":
            assert float(row["value_musd"]) == float(raw[pair]["goods_2017_musd"])
            assert row["source"] == raw[pair]["source"]
        else:
            assert pair not in raw and {"LIE", "MCO"} & set(pair) and row["source"].startswith("imputed_share_of_")
    assert sum(row["imputed"] == "0" for row in world["goods_trade"]) == len(raw) == 23_475


def test_liechtenstein_follows_switzerland_and_monaco_france(world, countries):
    value = {(r["exporter"], r["importer"]): float(r["value_musd"]) for r in world["goods_trade"]}
    for code, anchor in (("LIE", "CHE"), ("MCO", "FRA")):
        scale = float(countries[code]["gdp_busd"]) / float(countries[anchor]["gdp_busd"])
        assert value[code, "USA"] == pytest.approx(scale * value[anchor, "USA"], rel=1e-4)
        assert value["CHN", code] == pytest.approx(scale * value["CHN", anchor], rel=1e-4)
        assert value[code, anchor] == pytest.approx(
            scale * max(v for (i, j), v in value.items() if i == anchor and j != code), rel=1e-4)


def test_services_follow_gravity(world):
    value = {(r["exporter"], r["importer"]): float(r["value_musd"]) for r in world["services_trade"]}
    assert {row["imputed"] for row in world["services_trade"]} == {"1"}
    # Symmetric masses: k m_o m_d dist^-0.7 is the same both ways where no cap binds.
    assert value["DEU", "BRA"] == pytest.approx(value["BRA", "DEU"], rel=1e-4)
    raw = {r["iso3"]: r for r in read(SOURCES / "countries.csv")}
    mass = {c: float(raw[c]["gdp_busd"]) * float(raw[c]["internet_users_pct"]) for c in ("JPN", "AUT", "DEU")}
    km = {c: build.distance_km(raw["DEU"], raw[c]) for c in ("JPN", "AUT")}
    expected = mass["AUT"] / mass["JPN"] * (km["AUT"] / km["JPN"]) ** -0.7 * math.exp(0.5)
    assert value["DEU", "AUT"] / value["DEU", "JPN"] == pytest.approx(expected, rel=1e-4)


def test_distance_between_known_capitals():
    berlin, antipode = {"lat": "52.533", "lon": "13.417"}, {"lat": "-52.533", "lon": "-166.583"}
    assert build.distance_km(berlin, {"lat": "48.8667", "lon": "2.3333"}) == pytest.approx(879, abs=3)
    assert build.distance_km(berlin, antipode) == pytest.approx(math.pi * 6371.0088, rel=1e-6)
    assert build.distance_km(berlin, berlin) == 50.0


def test_capped_exporters_leave_the_total_unchanged():
    flows = {("A", "B"): 8.0, ("B", "A"): 1.0, ("C", "A"): 1.0}
    scaled = build.scale_with_cap(flows, 100.0, {"A": 50.0, "B": 30.0, "C": 90.0})
    assert scaled == pytest.approx({("A", "B"): 50.0, ("B", "A"): 25.0, ("C", "A"): 25.0})
    with pytest.raises(ValueError, match="cannot hold"):
        build.scale_with_cap(flows, 100.0, {"A": 1.0, "B": 1.0, "C": 1.0})


# ---- links ----------------------------------------------------------------------------------------------------------

def test_link_graph_is_one_component(world, countries):
    neighbours = defaultdict(set)
    for row in world["links"]:
        neighbours[row["iso3_a"]].add(row["iso3_b"])
        neighbours[row["iso3_b"]].add(row["iso3_a"])
    reached, frontier = set(), ["USA"]
    while frontier:
        code = frontier.pop()
        if code not in reached:
            reached.add(code)
            frontier += neighbours[code]
    assert reached == set(countries) and len(reached) == 198


def test_closed_borders_of_the_source_are_left_out(world):
    closed = {("ARM", "AZE"), ("ARM", "TUR"), ("ISR", "LBN"), ("ISR", "SYR"), ("KOR", "PRK")}

    def land_borders(rows):
        return {(row["iso3_a"], row["iso3_b"]) for row in rows if row["kind"] == "terrestrial"}
    assert land_borders(read(SOURCES / "links.csv")) - land_borders(world["links"]) == closed
    assert land_borders(world["links"]) <= land_borders(read(SOURCES / "links.csv"))


def test_every_link_value_that_the_source_lacks_is_flagged(world):
    raw = {(r["iso3_a"], r["iso3_b"], r["cable_id"]): r for r in read(SOURCES / "links.csv")}
    matched = 0
    for row in world["links"]:
        prefix = row["link"].split(":")[0]
        source = raw.get((row["iso3_a"], row["iso3_b"], "" if prefix == "land" else prefix))
        matched += source is not None
        if source is None or row["kind"] == "terrestrial":
            assert flags(row) == {"link", "length_km", "capacity_tbps", "in_service_year"}
        else:
            assert flags(row) == (set() if source["capacity_tbps"] else {"capacity_tbps"})
            assert float(row["length_km"]) == pytest.approx(float(source["length_km"]), rel=1e-5)
    assert (matched, len(raw)) == (851, 856)


def test_link_values_are_plausible(world):
    for row in world["links"]:
        assert row["link"].endswith(f":{row['iso3_a']}-{row['iso3_b']}")
        assert row["kind"] in {"submarine", "terrestrial", "satellite"}
        assert 0.0 < float(row["length_km"]) < 75_000 and 0.0 < float(row["capacity_tbps"]) <= 250
        assert 1980 <= int(row["in_service_year"]) <= 2020
        assert row["owner_homes"] in {"", "CHN", "USA", "CHN|USA"}
    satellites = [row for row in world["links"] if row["kind"] == "satellite"]
    assert {code for row in satellites for code in (row["iso3_a"], row["iso3_b"])} >= {"KIR", "NRU", "TUV"}
    assert {float(row["length_km"]) for row in satellites} == {71_572.0}


# ---- firms, organisations, memberships ------------------------------------------------------------------------------

def test_firms_have_a_sector_of_the_model_and_their_home_first(world):
    sectors = {"equipment", "device", "semiconductor", "platform", "cloud", "carrier", "cable", "finance", "merchant"}
    for row in world["firms"]:
        markets = row["markets"].split("|")
        assert row["sector"] in sectors and float(row["revenue_busd"]) > 0.0
        assert len(set(markets)) == len(markets)
        assert row["home"] not in markets[1:]


def test_missing_revenues_are_sector_medians(world):
    imputed = {row["name"] for row in world["firms"] if row["imputed"] == "1"}
    assert imputed == {r["name"] for r in read(SOURCES / "firms.csv") if not r["revenue_usd_bn"]}
    assert imputed == {"UnionPay", "SubCom", "PCCW Global"}
    finance = [float(r["revenue_busd"]) for r in world["firms"] if r["sector"] == "finance" and r["imputed"] == "0"]
    unionpay = next(row for row in world["firms"] if row["name"] == "UnionPay")
    assert float(unionpay["revenue_busd"]) == pytest.approx(statistics.median(finance))


def test_stances_belong_to_listed_carriers(world):
    sector = {row["name"]: row["sector"] for row in world["firms"]}
    assert {sector[row["firm"]] for row in world["firm_stances"]} == {"carrier"}
    assert {row["framework"] for row in world["firm_stances"]} == {"clean_network"}


def test_organisations_have_one_rule_each(world):
    rules = defaultdict(set)
    for row in world["organisations"]:
        rules[row["organisation"]].add((row["name"], row["rule"], row["rule_source"]))
    assert all(len(found) == 1 for found in rules.values()) and len(rules) == 14
    assert {rule for found in rules.values() for _, rule, _ in found} <= {"consensus", "majority", "leader"}
    members = {row["iso3"] for row in world["organisations"] if row["organisation"] == "c5_china"}
    assert members == {"KAZ", "KGZ", "TJK", "TKM", "UZB"}


def test_initial_members(world):
    levels = {row["iso3"]: row["level"] for row in world["initial_memberships"]}
    assert {row["framework"] for row in world["initial_memberships"]} == {"clean_network"}
    assert len(levels) == 20 and set(levels.values()) == {"signed", "listed"}
    assert {c for c, level in levels.items() if level == "signed"} == {"ALB", "CZE", "EST", "LVA", "POL", "ROU"}
    assert not {"USA", "CHN", "HUN"} & set(levels)


# ---- no look ahead --------------------------------------------------------------------------------------------------

def test_no_act_in_scenarios_is_dated_after_the_start():
    dated = 0
    for path in sorted((ROOT / "scenarios").rglob("*.csv")):
        for row in read(path):
            if row.get("date"):
                dated += 1
                assert len(row["date"]) in (7, 10) and row["date"] < "2020-08", (path, row)
    assert dated > 50
    names = {path.name for path in (ROOT / "scenarios").rglob("*.csv")}
    assert not names & {"signatories.csv", "signatories_by_country.csv", "clean_telcos.csv"}


@pytest.mark.parametrize("date", ["2020-08", "2020-08-26", "2021-03-29"])
def test_the_build_refuses_a_later_act(date):
    with pytest.raises(ValueError, match="not before the start"):
        build.full_date(date)


def test_record_holds_every_act_and_the_cut_is_part_of_it():
    record, cut = read(RECORD / "signatories.csv"), read(SOURCES / "signatories_before_2020_08.csv")
    assert (len(record), len(read(RECORD / "signatories_by_country.csv"))) == (129, 198)
    def identity(row):
        return row["iso3"], row["framework"], row["status"], row["date"]
    assert Counter(map(identity, cut)) == Counter(
        identity(row) for row in record if len(row["date"]) >= 7 and row["date"] < "2020-08")
    telcos, early = read(RECORD / "clean_telcos.csv"), read(SOURCES / "clean_telcos_before_2020_08.csv")
    assert len(telcos) == 25 and early == [row for row in telcos if row["date"] < "2020-08"]
