"""The pictures of the gallery show what the program says, entry by entry, and refuse what they cannot draw."""

from __future__ import annotations

import csv
import math
import os
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build/release/splinternet"))
FIGURES = ROOT / "analysis/gallery/figures.py"
ENTRIES = sorted(path.stem for path in (ROOT / "scenarios/gallery").glob("*.toml"))
ROWS = tomllib.loads((ROOT / "analysis/gallery/pictures.toml").read_text(encoding="utf-8"))
Points = list[tuple[str, float]]


def call(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs the script as a user would, with warnings as errors."""
    command = [sys.executable, "-W", "error", FIGURES, *arguments]
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pictures."""
    place = tmp_path_factory.mktemp("gallery")
    done = call("--all", "-o", place, "--program", PROGRAM)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [str(place / f"{entry}.png") for entry in ENTRIES]
    return place


def plotted(folder: Path, entry: str) -> dict[tuple[str, str], Points]:
    """Points by panel and series."""
    series: dict[tuple[str, str], Points] = defaultdict(list)
    with open(folder / f"{entry}.csv", encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            series[row["panel"], row["series"]].append((row["x"], float(row["y"])))
    return series


def end(points: Points) -> float:
    return points[-1][1]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_has_a_picture_with_something_in_it_and_its_numbers(entry, folder):
    picture = plt.imread(folder / f"{entry}.png")
    assert picture.shape[:2] == (832, 1560)
    assert 0.02 < (picture[..., :3].min(axis=2) < 0.9).mean() < 0.6
    assert any(len(points) > 1 for points in plotted(folder, entry).values())


def test_every_row_is_of_an_entry():
    assert set(ROWS) <= set(ENTRIES)


def test_courses_end_where_theory_says(folder):
    crowd = plotted(folder, "granovetter-crowd")
    assert [round(end(points), 1) for (panel, _), points in crowd.items() if panel == "course"] == [100.0, 5.4, 100.0]
    assert [end(points) for points in plotted(folder, "granovetter-gap").values()] == [1.0, 100.0]
    morris = plotted(folder, "morris-contagion")
    assert [round(end(points), 2) for points in morris.values()] == [100.0, 0.54, 100.0, 0.54]
    for entry in ("watts-cascade", "bass-diffusion"):
        series = plotted(folder, entry)
        assert [[float(x), y] for x, y in series["reference", "theory"]] == ROWS[entry]["reference"]
    watts = [points for (panel, _), points in plotted(folder, "watts-cascade").items() if panel == "course"]
    for points, (_, theory) in zip(watts[1:], ROWS["watts-cascade"]["reference"], strict=True):
        assert end(points) == pytest.approx(theory, abs=0.3)
    bass = [points for (panel, _), points in plotted(folder, "bass-diffusion").items() if panel == "course"]
    for year, theory in ROWS["bass-diffusion"]["reference"]:
        at_year = [dict((float(x), y) for x, y in points)[year] for points in bass]
        assert sum(at_year) / len(at_year) == pytest.approx(theory, abs=4)


def test_runs_that_differ_in_their_seed_are_counted_by_who_is_ahead(folder):
    series = plotted(folder, "arthur-lock-in")
    courses = [points for (panel, _), points in series.items() if panel == "course"]
    assert len(courses) == ROWS["arthur-lock-in"]["seeds"]
    ahead = sum(end(points) > 50 for points in courses)
    assert dict(series["ahead", "runs"]) == {"a": ahead, "b": len(courses) - ahead}
    assert 0 < ahead < len(courses)


def test_laws_are_those_of_closed_forms_and_runs_follow_them(folder):
    law = plotted(folder, "coordination")
    weight = [math.comb(10, k) * math.exp((k * (k - 1) + 0.8 * (10 - k) * (9 - k)) * 0.15) for k in range(11)]
    expected = [y for _, y in law["law", "expected"]]
    assert expected == pytest.approx([w / sum(weight) for w in weight], rel=1e-9)
    energy = plotted(folder, "gibbs-sampler")
    assert sum(float(x) * y for x, y in energy["law", "expected"]) == pytest.approx(-3188.4095, abs=1e-3)
    for series in (law, energy):
        found = [y for _, y in series["law", "found"]]
        assert sum(found) == pytest.approx(1)
        distance = sum(abs(a - b) for a, (_, b) in zip(found, series["law", "expected"])) / 2
        assert 0 < distance < 0.12


def test_states_of_rest_and_stable_coalitions_are_marked(folder):
    unix = plotted(folder, "unix-alliances")
    assert len(unix["worth", "all states"]) == 512
    assert [y for _, y in unix["worth", "states of rest"]] == pytest.approx([-3828.9] * 2)
    assert [y for _, y in unix["basins", "largest gains first"]] == [50.0, 50.0]
    assert unix["at_once", "share that goes round"] == [("starts", 75.0)]
    treaty = plotted(folder, "li-rus")
    assert [y for _, y in treaty["stability", "potentially_internal"]][2:] == [34, 101, 153, 185, 144, 65, 14, 1, 0]
    assert dict(treaty["stability", "stable"])["4"] == 1


def test_power_and_blocs_are_those_of_the_analyses(folder):
    power = plotted(folder, "unsc-power")
    assert power["council", "shapley_shubik"] == [("permanent", pytest.approx(100 * 421 / 2145)),
                                                  ("elected", pytest.approx(100 * 4 / 2145))]
    assert power["council", "weight"] == [("permanent", pytest.approx(700 / 45)), ("elected", pytest.approx(100 / 45))]
    assert ("charter", "weight") not in power
    for (panel, _), points in plotted(folder, "krugman-blocs").items():
        if panel == "real_income":
            assert min(points, key=lambda point: point[1])[0] == "3"


def test_states_too_many_for_a_table_give_way_to_what_tips_each_actor(folder):
    with open(folder / "tariff-club-tables.csv", encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert not any(row["analysis"] == "states" for row in rows)
    rest = next(row for row in rows if row["analysis"] == "rest_states")
    wanted = {row["actor"]: float(row["payment_to_tip"]) for row in rows
              if row["analysis"] == "tipping" and row["state"] == rest["state"]}
    shown = plotted(folder, "tariff-club")["tipping", rest["members"]]
    assert dict(shown) == wanted
    assert [payment for _, payment in shown] == sorted(wanted.values())


def test_surpluses_of_competing_networks_are_those_of_katz_and_shapiro(folder):
    surplus = plotted(folder, "katz-shapiro")
    # x = 1/(n + 1 − γn) each if all are compatible, 1/(n + 1 − γ) if none is; buyers' surplus is half of Q².
    together, alone = 3 / (4 - 0.5 * 3), 3 / (4 - 0.5)
    buyers = dict(surplus["strong_effect", "consumer_surplus"])
    assert buyers["3"] == pytest.approx(together**2 / 2)
    assert buyers["1 + 1 + 1"] == pytest.approx(alone**2 / 2)


@pytest.mark.parametrize(("arguments", "message"), [
    (("unsc-powr",), "unsc-powr: there is no such entry; there are arthur-lock-in"),
    (("unsc-power", "--program", "no-such-program"), "build the program or name it with --program"),
    ((), "name entries, or say --all"),
    (("--all", "unsc-power"), "name entries, or say --all")])
def test_what_cannot_be_drawn_is_refused(arguments, message, tmp_path):
    program = () if "--program" in arguments else ("--program", PROGRAM)
    done = call(*arguments, "-o", tmp_path, *program)
    assert done.returncode == 2
    assert message in done.stderr
    assert not list(tmp_path.iterdir())
