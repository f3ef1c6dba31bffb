"""docs/TABLES.md tells of the tables that the program reads, and of no others: each line of it is tried."""

from __future__ import annotations

import copy
import csv
import itertools
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build" / "release" / "splinternet"))
PAGE = (ROOT / "docs" / "TABLES.md").read_text(encoding="utf-8")
CLASSROOM = ROOT / "scenarios" / "data" / "classroom-12"
READERS = ROOT / "sim" / "io" / "text"
ANY_OTHER = "any other"


# ---- the page -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Column:
    table: str
    name: str
    needed: bool
    imputable: bool
    is_value: bool
    """Whether `imputed` = 1 speaks of it."""
    values: str


@dataclass(frozen=True)
class Table:
    name: str
    needed: bool
    key: tuple[str, ...]


def rows_of(section: str, header: str) -> list[list[str]]:
    """Cells of the Markdown table with this header, below this heading."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    lines = text[text.index(f"\n{header}\n") + 1:].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def tables_of(section: str) -> dict[str, Table]:
    rows = rows_of(section, "| table | needed | no two rows agree in | what | used by |")
    return {name.strip("`"): Table(name.strip("`"), needed == "yes", tuple(key.split(", ")))
            for name, needed, key, _, _ in rows}


def columns_of(section: str) -> list[Column]:
    columns, names = [], []
    for tables, name, needed, values, _ in rows_of(section, "| table | column | needed | values | meaning |"):
        names = re.findall(r"`(\w+)`", tables) or names
        assert needed in ("yes", "no", "yes, imputable")
        columns += [Column(table, name.replace(" †", "").strip("`"), needed != "no", "imputable" in needed,
                           "†" in name, values) for table in names]
    return columns


MAP, ACTORS = "A world with a map", "A world of actors"
TABLES = {MAP: tables_of(MAP), ACTORS: tables_of(ACTORS)}
# Memberships of actors stand in the same columns as those of countries.
COLUMNS = {MAP: columns_of(MAP),
           ACTORS: columns_of(ACTORS) + [replace(c, values="actor") if c.name == "iso3" else c
                                         for c in columns_of(MAP) if c.table == "initial_memberships"]}
ALL = [(kind, column) for kind in COLUMNS for column in COLUMNS[kind]]
EVERY_TABLE = [(kind, table) for kind in TABLES for table in TABLES[kind].values()]


def tried(cases):
    return [pytest.param(kind, case, id=f"{kind.split()[-1]}-{getattr(case, 'table', 'table')}-{case.name}")
            for kind, case in cases]


# ---- a world of each kind with all tables and all columns -----------------------------------------------------------
CODES = [line.split(",")[0] for line in
         (CLASSROOM / "countries.csv").read_text(encoding="utf-8").splitlines()[1:]]
STATES = ["+".join(members) for size in range(3) for members in itertools.combinations(["one", "two"], size)]
GAME = """\
[run]
start = 2020-01-01
horizon = 1

[world]
tables = "data/game"

[framework.pact]

[influence]
graph = "table"

[countries]
terms = ["table", "pairwise"]
unit = "points"
"""


def pairs_of(*columns: str, same: str, other: str) -> str:
    return "".join(f"{line}\n" for line in
                   (",".join(columns), *(f"{a},{b},{same if a == b else other}" for a in CODES for b in CODES)))


ADDED = {
    "groupings": "grouping,iso3\nsouth,BRA\nsouth,IND\n",
    "firm_stances": "firm,framework,date,source\nDragon Phones,gids,2020-01-01,made up\n",
    "initial_memberships": "iso3,framework,level,date,source\nBRA,gids,listed,2020-01-01,made up\n",
    "compliance_gaps": "iso3,provision,gap,source\nBRA,clean_carrier,0.5,made up\n",
    "hosting": pairs_of("country", "host", "share,source,imputed", same="1,made up,0", other="0,made up,1"),
    "data_demand": pairs_of("origin", "destination", "demand,source,imputed", same="2,made up,1", other="1,,"),
}
OF_ACTORS = {
    "actors": "code,name,size,colour\none,One,1,0.5\ntwo,Two,2,-1\n",
    "influence": "from,to,weight\none,two,1\ntwo,one,2\n",
    "pairs": "from,to,propensity\none,two,-1\ntwo,one,-1\n",
    "payoffs": "state,actor,payoff\n" + "".join(f"{state},{actor},1\n" for state in STATES for actor in ("one", "two")),
    "initial_memberships": "iso3,framework,level,date,source\ntwo,pact,signed,2020-01-01,made up\n",
}
MADE_UP = {"imputed": "0", "iso2": "NA", "liberal_democracy": "unknown"}


class World:
    """A scenario and its folder of tables, for the program to check."""

    def __init__(self, folder: Path, kind: str) -> None:
        name = "classroom-12" if kind == MAP else "game"
        self.scenario = folder / "scenarios" / f"{name}.toml"
        self.tables = folder / "scenarios" / "data" / name
        self.tables.parent.mkdir(parents=True)
        if kind == MAP:
            shutil.copy(ROOT / "scenarios" / "classroom-12.toml", self.scenario)
            shutil.copytree(CLASSROOM, self.tables)
            names = [table for table in TABLES[MAP] if table not in ADDED]
        else:
            self.scenario.write_text(GAME, encoding="utf-8")
            self.tables.mkdir()
            names = []
        for table, text in (ADDED if kind == MAP else OF_ACTORS).items():
            (self.tables / f"{table}.csv").write_text(text, encoding="utf-8")
            names.append(table)
        self.list_tables(names)
        for column in COLUMNS[kind]:
            header, rows = self.read(column.table)
            if column.name != ANY_OTHER and column.name not in header:
                cell = MADE_UP.get(column.name, "1")
                self.write(column.table, [*header, column.name], [[*row, cell] for row in rows])

    def copied_to(self, folder: Path) -> World:
        world = copy.copy(self)
        shutil.copytree(self.scenario.parent, folder / "scenarios")
        world.scenario = folder / "scenarios" / self.scenario.name
        world.tables = folder / "scenarios" / "data" / self.tables.name
        return world

    def read(self, table: str) -> tuple[list[str], list[list[str]]]:
        with open(self.tables / f"{table}.csv", encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        return header, rows

    def write(self, table: str, header: list[str], rows: list[list[str]]) -> None:
        with open(self.tables / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
        self.list_tables(self.names)

    def list_tables(self, names: list[str]) -> None:
        """Writes tables.toml with the rows that the tables have now."""
        self.names = names
        (self.tables / "tables.toml").write_text(
            "".join(f'[{name}]\nfile = "{name}.csv"\nrows = {len(self.read(name)[1])}\n' for name in names),
            encoding="utf-8")

    def set_cell(self, column: Column, value: str, row: int = 0) -> None:
        header, rows = self.read(column.table)
        rows[row][header.index(column.name)] = value
        self.write(column.table, header, rows)

    def refusal(self) -> str:
        """The message, "" if the world is good."""
        done = subprocess.run([PROGRAM, "check", self.scenario], capture_output=True, text=True, check=False)
        assert done.returncode == (2 if done.stderr else 0), done.stderr
        return done.stderr

    def assert_refused(self, *says: str) -> None:
        message = self.refusal()
        assert message and all(text in message for text in says), message


@pytest.fixture(scope="module")
def whole_worlds(tmp_path_factory):
    worlds = {kind: World(tmp_path_factory.mktemp("world"), kind) for kind in TABLES}
    assert [world.refusal() for world in worlds.values()] == ["", ""]
    return worlds


@pytest.fixture
def world(tmp_path, kind, whole_worlds):
    """A copy to be changed."""
    return whole_worlds[kind].copied_to(tmp_path)


# ---- tables ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [MAP])
def test_page_and_program_know_the_same_tables(world, kind):
    with open(world.tables / "tables.toml", "a", encoding="utf-8") as file:
        file.write("[nonesuch]\n")
    allowed = re.search(r"allowed +(.*)", world.refusal()).group(1)
    assert set(re.findall(r'"(\w+)"', allowed)) == TABLES[MAP].keys() | TABLES[ACTORS].keys()


@pytest.mark.parametrize("kind, table", tried(EVERY_TABLE))
def test_a_table_is_needed_as_the_page_says(world, kind, table):
    asks_for_it = {"influence": ('graph = "table"', 'graph = "complete"'), "pairs": (', "pairwise"', ""),
                   "payoffs": ('"table", ', "")}.get(table.name, ("", ""))
    world.scenario.write_text(world.scenario.read_text(encoding="utf-8").replace(*asks_for_it), encoding="utf-8")
    needs_it = {"firms": ["firm_stances"]}.get(table.name, [])
    world.list_tables([name for name in world.names if name not in (table.name, *needs_it)])
    if table.needed:
        world.assert_refused(f'table "{"countries" if table.name == "actors" else table.name}" is not listed')
    else:
        assert world.refusal() == ""


@pytest.mark.parametrize("kind, table", tried(EVERY_TABLE))
def test_no_two_rows_agree_in_the_key(world, kind, table):
    header, rows = world.read(table.name)
    assert set(table.key) <= set(header)
    world.write(table.name, header, [*rows, rows[0]])
    cells = ", ".join(f'{name} = "{rows[0][header.index(name)]}"' for name in table.key)
    says = {"languages": "stands already in the table, in this or the other order",
            "payoffs": "an earlier row tells of the same state and actor"}.get(table.name, f": {cells} stands already")
    world.assert_refused(f"{table.name}.csv:{len(rows) + 2}:", says)


@pytest.mark.parametrize("kind", [ACTORS])
@pytest.mark.parametrize("table", sorted(TABLES[MAP].keys() - TABLES[ACTORS].keys()))
def test_a_world_of_actors_has_no_tables_of_a_map(world, kind, table):
    shutil.copy(world.tables / "actors.csv", world.tables / f"{table}.csv")
    world.list_tables([*world.names, table])
    world.assert_refused("a world of actors has no map", f'"{table}"')


@pytest.mark.parametrize("kind", [MAP])
@pytest.mark.parametrize("key, needed", [("file", True), ("rows", True), ("sum", False)])
def test_keys_of_the_list_of_tables(world, kind, key, needed):
    listed = {"file": '"countries.csv"', "rows": "12", "sum": "{ gdp_busd = 55100 }"}
    world.list_tables([name for name in world.names if name != "countries"])
    others = (world.tables / "tables.toml").read_text(encoding="utf-8")
    entry = "".join(f"{name} = {value}\n" for name, value in listed.items() if name != key)
    (world.tables / "tables.toml").write_text(f"[countries]\n{entry}{others}", encoding="utf-8")
    if needed:
        world.assert_refused(f'"{key}" is missing')
    else:
        assert world.refusal() == ""


# ---- columns --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind, column", tried((k, c) for k, c in ALL if c.name != ANY_OTHER))
def test_a_column_is_needed_as_the_page_says(world, kind, column):
    header, rows = world.read(column.table)
    place = header.index(column.name)
    world.write(column.table, header[:place] + header[place + 1:], [row[:place] + row[place + 1:] for row in rows])
    if column.needed:
        world.assert_refused(f'{column.table}.csv:1:1: column "{column.name}" is missing')
    else:
        assert world.refusal() == ""


@pytest.mark.parametrize("kind, table", tried(EVERY_TABLE))
def test_other_columns_are_taken_where_the_page_says(world, kind, table):
    header, rows = world.read(table.name)
    world.write(table.name, [*header, "nonesuch"], [[*row, "1"] for row in rows])
    if any(c.table == table.name and c.name == ANY_OTHER for c in COLUMNS[kind]):
        assert world.refusal() == ""
        world.write(table.name, [*header, "nonesuch"], [[*row, "many"] for row in rows])
        world.assert_refused('"many" is not a number')
    else:
        world.assert_refused('column "nonesuch" is unknown')


def faults(column: Column) -> list[tuple[str, str]]:
    """Cells that the page's values forbid, and what is said of them."""
    values = column.values
    not_a_number = ("many", "is not a number")
    if match := re.fullmatch(r"(whole, )?(-?\d+) to (\d+)", values):
        whole, low, high = match.groups()
        wrong = ("1990.5", "is not a whole number") if whole else not_a_number
        return [(str(int(low) - 1), "is out of range"), (str(int(high) + 1), "is out of range"), wrong,
                ("", "the cell is empty")]
    if values.startswith("`"):
        return [("nonesuch", "is not a known"), ("", "the cell is empty")]
    return {
        "text": [("", "the cell is empty")],
        "number": [not_a_number, ("", "the cell is empty")],
        "above 0": [("0", "0 "), ("-1", "is out of range"), not_a_number, ("", "the cell is empty")],
        "0 or more": [("-1", "is out of range"), not_a_number, ("", "the cell is empty")],
        "0 or 1": [("2", "is neither 0 nor 1"), ("", "the cell is empty")],
        "three capitals": [("Bra", "three capital letters"), ("BRAZ", "three capital"), ("", "the cell is empty")],
        "country": [("QQQ", "is not a known country"), ("", "the cell is empty")],
        "list of countries": [("BRA|QQQ", "is not a known country")],
        "actor": [("QQQ", "is not a known actor"), ("", "the cell is empty")],
        "firm": [("QQQ", "is not a known firm"), ("", "the cell is empty")],
        "day": [("2020-02-30", "is not a day"), ("soon", "is not a day"), ("", "the cell is empty")],
        "codes joined by `+`": [("one+QQQ", "is not a known actor")],
        "flags": [("nonesuch", "is no column of this table")],
        "not read": [],
    }[values]


def good_cells(column: Column) -> list[str]:
    """Cells that the page's values allow at their edges; rules about sums and other columns hold with them."""
    values = column.values
    if column.name == "share":  # shares sum up
        return ["1"] if column.table == "hosting" else ["0", "1"]
    if match := re.fullmatch(r"(?:whole, )?(-?\d+) to (\d+)", values):
        return list(match.groups())
    if values.startswith("`") and column.name != "rule":  # one rule for all rows of an organisation
        return re.findall(r"`(\w+)`", values)
    return {"number": ["-2.5", "1e3"], "above 0": ["1e-9", "1e5"], "0 or more": ["0", "1e9"], "0 or 1": ["0", "1"],
            "day": ["2019-12-31", "2030-01-01"], "not read": ["", "whatever"], "list of countries": ["BRA|CHN|DEU"],
            "flags": ["", "0", "1", "imputed"]}.get(values, [])


@pytest.mark.parametrize("kind, column", tried((k, c) for k, c in ALL if c.name != ANY_OTHER))
def test_cells_are_refused_and_taken_as_the_page_says(world, kind, column):
    for cell, says in faults(column):
        before = world.read(column.table)
        world.set_cell(column, cell)
        world.assert_refused(f"{column.table}.csv:2:", says)
        world.write(column.table, *before)
    for cell in good_cells(column):
        world.set_cell(column, cell)
        assert world.refusal() == "", cell


@pytest.mark.parametrize("kind, column", tried((MAP, c) for c in COLUMNS[MAP] if c.table == "countries"))
def test_gaps_are_filled_where_the_page_says(world, kind, column):
    world.scenario.write_text(world.scenario.read_text(encoding="utf-8").replace(
        "[world]\n", '[world]\nimpute = "region_median"\n'), encoding="utf-8")
    assert world.refusal() == ""
    world.set_cell(column, "")
    if column.needed and not column.imputable:
        world.assert_refused("the cell is empty")
    else:
        assert world.refusal() == ""


@pytest.mark.parametrize("kind, column", tried((k, c) for k, c in ALL if c.values == "flags"))
def test_one_flags_the_value_that_the_page_marks(world, kind, column):
    marked = [c.name for c in COLUMNS[kind] if c.table == column.table and c.is_value]
    assert len(marked) == 1

    def count() -> int:
        done = subprocess.run([PROGRAM, "check", world.scenario], capture_output=True, text=True, check=True)
        return int(re.search(r"(\d+) values? (?:is|are) imputed", done.stdout).group(1))

    none = count()
    header, rows = world.read(column.table)
    place = header.index("imputed")
    flagged = next(n for n, row in enumerate(rows) if row[place] in ("", "0"))
    world.set_cell(column, "1", flagged)
    once = count()
    world.set_cell(column, f"{marked[0]}|{header[0]}", flagged)
    assert (once, count()) == (none + 1, none + 2)


# ---- nothing is left out --------------------------------------------------------------------------------------------
def test_the_page_has_every_column_that_a_reader_names():
    """What stands in the sources between the brackets of check_columns, its lists in order: needed, not needed."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(READERS.glob("*.cpp"))
                       if not path.name.startswith("csv"))
    read = set()
    for call in re.findall(r"\.check_columns\((\{.*?)\);", source, re.DOTALL):
        lists = [frozenset(re.findall(r'"(\w+)"', part)) for part in re.findall(r"\{(.*?)\}", call, re.DOTALL)]
        read.add((lists[0], lists[1] if len(lists) > 1 else frozenset()))
    told = {}
    for column in itertools.chain(*COLUMNS.values()):
        needed, other = told.setdefault(column.table, (set(), set()))
        (needed if column.needed else other).add(column.name)
    free = {"countries", "actors", "pairs"}  # the first gives its lists by name, the others take columns of any name
    assert read == {(frozenset(a), frozenset(b)) for table, (a, b) in told.items() if table not in free}
    header = re.search(r"void check_header.*?\n}", source, re.DOTALL).group()
    numbers = re.findall(r'\{"(\w+)", &CountryTable::\w+, \{', source)
    assert set(re.findall(r'"(\w+)"', header)) | set(numbers) == set.union(*told["countries"])


def test_shipped_tables_have_no_column_that_is_not_on_the_page():
    names = {table: {c.name for c in itertools.chain(*COLUMNS.values()) if c.table == table}
             for table in TABLES[MAP].keys() | TABLES[ACTORS].keys()}
    lists = sorted((ROOT / "scenarios" / "data").rglob("tables.toml"))
    assert len(lists) >= 8
    for folder in (path.parent for path in lists):
        for file in folder.glob("*.csv"):
            header = set(file.read_text(encoding="utf-8").split("\n", 1)[0].split(","))
            assert header <= names[file.stem] or ANY_OTHER in names[file.stem], file
