"""Treaties of the gallery: closed forms of Barrett, Carraro & Siniscalco, Li & Rus against analyses and runs."""

from __future__ import annotations

import csv
import math
import os
import shutil
import subprocess
from pathlib import Path

import h5py
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build/release/splinternet"))
ENTRIES = ("barrett-treaty", "linear-quadratic-treaty", "binary-treaty")


def program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "SPLINTERNET_SCENARIOS": str(ROOT / "scenarios")})


def with_settings(settings: tuple[str, ...]) -> list[str]:
    return [f"--set={setting}" for setting in settings]


def analyse(entry: str, folder: Path, *settings: str) -> dict[str, list[dict[str, str]]]:
    """The rows of `--csv` by table."""
    file = folder / "states.csv"
    done = program("analyse", f"gallery/{entry}", "--csv", file, *with_settings(settings))
    assert (done.returncode, done.stderr) == (0, "")
    rows: dict[str, list[dict[str, str]]] = {}
    with open(file, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            rows.setdefault(row["analysis"], []).append(row)
    return rows


def stable_sizes(rows: dict[str, list[dict[str, str]]]) -> dict[int, int]:
    """Numbers of stable coalitions of two or more, by size."""
    return {int(row["size"]): int(row["stable"]) for row in rows["coalition_sizes"]
            if int(row["size"]) >= 2 and int(row["stable"]) > 0}


def run(scenario: str | Path, folder: Path, *settings: str) -> dict:
    """Arrays of a run, by name."""
    done = program("run", scenario, "-o", folder / "x.h5", "--quiet", *with_settings(settings))
    assert (done.returncode, done.stderr) == (0, "")
    with h5py.File(folder / "x.h5") as result:
        return {name: result[name][...] for name in result
                if isinstance(result[name], h5py.Dataset) and result[name].shape}


def members(result: dict) -> list[int]:
    """Members of the treaty at each step, the start first."""
    return [int(number) for number in result["member_count"][:, 0]]


def option_values(result: dict, step: int) -> dict[str, set[float]]:
    """What the options of that step were worth against staying: of signing ("treaty") and of leaving ("")."""
    values: dict[str, set[float]] = {}
    for row in (result["decision_step"] == step).nonzero()[0]:
        first = int(result["decision_first_option"][row])
        for option in range(first + 1, first + int(result["decision_option_count"][row])):  # the first is to stay
            target = result["option_target"][option].decode()
            values.setdefault(target, set()).add(float(result["option_value"][option, 0]))
    return values


@pytest.mark.parametrize("entry", (*ENTRIES, "tariff-club", "cartel", "buchanan-club"))
def test_an_entry_tells_its_lesson_is_documented_listed_and_runs(entry, tmp_path):
    done = program("analyse", f"gallery/{entry}")
    assert (done.returncode, done.stderr) == (0, "")
    title, question, blank, lesson = done.stdout.split("\n")[:4]
    assert title and question and not blank and len(lesson) > 40
    guide = (ROOT / "docs/GALLERY.md").read_text(encoding="utf-8")
    assert f"## {title}\n" in guide and f"`splinternet analyse gallery/{entry}" in guide
    assert f"gallery/{entry}" in program("list").stdout
    run(f"gallery/{entry}", tmp_path)
    assert program("verify", tmp_path / "x.h5").returncode == 0


# ---- Barrett (1994): signatories lead --------------------------------------------------------------------------------
A, B, C, N = 100, 1, 0.25, 10


def barrett(k: int) -> tuple[float, float]:
    """Payoffs of a signatory and of an outsider in a treaty of k."""
    gamma = C / B
    m = (N - k) / (N * gamma)
    own = k * A / (N * gamma * (1 + m) ** 2 + k * k)
    shortfall = (A - k * own) / (1 + m)
    other = shortfall / (N * gamma)
    total = A - shortfall

    def payoff(effort: float) -> float:
        return B / N * (A * total - total * total / 2) - C * effort * effort / 2

    return payoff(own), payoff(other)


def test_barretts_table_is_the_published_one():
    signatory, outsider = barrett(4)
    assert signatory == pytest.approx(472.160, abs=5e-4)
    assert outsider == pytest.approx(474.913, abs=5e-4)
    assert 4 * signatory + 6 * outsider == pytest.approx(4738.12, abs=5e-3)
    assert barrett(10)[0] == pytest.approx(487.805, abs=5e-4)


def test_four_sign_and_outsiders_do_better(tmp_path):
    rows = analyse("barrett-treaty", tmp_path)
    assert stable_sizes(rows) == {4: math.comb(10, 4)}
    for row in rows["states"]:
        k = len(row["members"].split()) - 1
        signatory, outsider = barrett(k) if k else (0.0, 472.0)
        assert float(row["sum_of_payoffs"]) == pytest.approx(k * signatory + (N - k) * outsider, rel=1e-12)


@pytest.mark.parametrize(("cost", "largest"), [(0.01, 10), (0.05, 8), (0.1, 6), (0.25, 4), (1, 3), (2.5, 3), (5, 2)])
def test_treaties_are_large_where_abatement_is_cheap(cost, largest, tmp_path):
    assert set(stable_sizes(analyse("barrett-treaty", tmp_path, f"countries.good_c={cost}"))) == {largest}


def test_without_leaders_nobody_signs(tmp_path):
    nash = "countries.good_stage=nash"
    assert stable_sizes(analyse("barrett-treaty", tmp_path, nash)) == {}
    assert members(run("gallery/barrett-treaty", tmp_path, nash)) == [0] * 25


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_run_ends_with_four_and_its_options_are_rows_of_the_table(seed, tmp_path):
    result = run("gallery/barrett-treaty", tmp_path, f"run.seed={seed}")
    assert members(result)[-1] == 4
    values = option_values(result, 24)
    assert set(values) == {"", "treaty"}
    leaving, signing = barrett(3)[1] - barrett(4)[0], barrett(5)[0] - barrett(4)[1]
    assert leaving < 0 and signing < 0
    assert all(value == pytest.approx(leaving, abs=1e-9) for value in values[""])
    assert all(value == pytest.approx(signing, abs=1e-9) for value in values["treaty"])


# ---- linear benefits, quadratic costs --------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [3, 5, 8, 11])
def test_treaties_of_two_and_three_are_stable_the_latter_by_a_tie(n, tmp_path):
    rows = analyse("linear-quadratic-treaty", tmp_path, f"world.actors={n}",
                   f'event.three_meet.countries=["{1:0{len(str(n))}}"]')
    assert stable_sizes(rows) == {2: math.comb(n, 2), 3: math.comb(n, 3)}
    strict = {int(row["size"]) for row in rows["stable_coalitions"] if row["is_strict"] == "1"}
    assert 3 not in strict


@pytest.mark.parametrize("k", range(2, 9))
def test_what_leaving_brings_is_quadratic_in_the_members(k, tmp_path):
    """(b²/2c)(k − 1)(k − 3) to the first who reconsiders after k have signed together."""
    group = ", ".join(f'"{i}"' for i in range(1, k + 1))
    result = run("gallery/linear-quadratic-treaty", tmp_path, "run.horizon=4", f"event.three_meet.countries=[{group}]")
    assert (result["act_step"] == 3).sum() == k
    gains = option_values(result, 4)[""]
    assert any(gain == pytest.approx((k - 1) * (k - 3) / 2, abs=1e-12) for gain in gains)


def test_the_third_stays_where_ties_do_and_never_rests_where_they_move(tmp_path):
    still = run("gallery/linear-quadratic-treaty", tmp_path, "run.horizon=60")
    assert members(still) == [0] * 3 + [3] * 58
    assert still["act_step"].tolist() == [3, 3, 3]
    restless = run("gallery/linear-quadratic-treaty", tmp_path, "run.horizon=60", "countries.on_tie=lowest")
    assert set(restless["act_step"].tolist()) >= set(range(10, 61))


# ---- abate or not, with entry into force -----------------------------------------------------------------------------
@pytest.mark.parametrize(("cost", "pivotal"), [(2.5, 3), (3.5, 4), (9.9, 10)])
def test_the_least_number_above_cost_over_benefit_holds_together(cost, pivotal, tmp_path):
    rows = analyse("binary-treaty", tmp_path, f"countries.good_c={cost}",
                   f"framework.treaty.entry_into_force_members={pivotal}")
    sizes = stable_sizes(rows)
    binding = {size: number for size, number in sizes.items() if size >= pivotal - 1}
    assert binding == {pivotal: math.comb(10, pivotal)}
    # Fewer bind nobody, so that nobody minds being one of them.
    assert all(sizes[size] == math.comb(10, size) for size in range(2, pivotal - 1))
    strict = {int(row["size"]) for row in rows["stable_coalitions"] if row["is_strict"] == "1"}
    assert strict == {pivotal}


def test_a_whole_number_ties_with_the_next(tmp_path):
    for needed in (4, 5):
        rows = analyse("binary-treaty", tmp_path, "countries.good_c=4",
                       f"framework.treaty.entry_into_force_members={needed}")
        assert max(stable_sizes(rows)) == needed


@pytest.mark.parametrize("seed", range(1, 6))
def test_five_sign_one_leaves_and_none_of_four_can_be_spared(seed, tmp_path):
    result = run("gallery/binary-treaty", tmp_path, f"run.seed={seed}")
    assert members(result) == [0, 0, 0, 5] + [4] * 33
    assert result["in_force"][:, 0].tolist() == [0, 0, 0] + [1] * 34
    assert option_values(result, 36) == {"": {-0.5}, "treaty": {-2.5}}


# ---- ten unequal countries -------------------------------------------------------------------------------------------
def signed(result: dict, step: int) -> set[str]:
    """Codes of the members after a step."""
    return {code.decode() for code, member in zip(result["country"], result["membership"][step, :, 0]) if member}


def test_the_four_sign_when_they_are_asked_together_and_nobody_before(tmp_path):
    result = run("gallery/li-rus", tmp_path)
    assert members(result) == [0] * 7 + [4] * 6
    assert signed(result, 12) == {"C02", "C04", "C05", "C06"}


def test_a_group_with_an_unknown_actor_is_refused_with_the_nearest(tmp_path):
    done = program("run", "gallery/li-rus", "-o", tmp_path / "x.h5", '--set=event.four_meet.countries=["C02", "C99"]')
    assert (done.returncode, done.stdout) == (2, "")
    assert 'unknown actor "C99"\n  key      event.four_meet.countries[1]\n' in done.stderr
    assert "  allowed  codes of data/gallery/li-rus-2019: C01, C02, " in done.stderr
    assert 'Did you mean "C09"?\n' in done.stderr


@pytest.fixture
def treaty_of_all(tmp_path) -> Path:
    """A scenario that starts with all ten in the treaty, and ends before anybody is asked to sign."""
    tables = tmp_path / "everybody"
    shutil.copytree(ROOT / "scenarios/data/gallery/li-rus-2019", tables)
    (tables / "initial_memberships.csv").write_text(
        "iso3,framework,level,date\n" + "".join(f"C{i:02},treaty,signed,2019-01-01\n" for i in range(1, 11)),
        encoding="utf-8")
    with open(tables / "tables.toml", "a", encoding="utf-8") as index:
        index.write('\n[initial_memberships]\nfile = "initial_memberships.csv"\nrows = 10\n')
    scenario = tmp_path / "all.toml"
    scenario.write_text(f'extends = "{ROOT / "scenarios/gallery/li-rus.toml"}"\n[run]\nhorizon = 5\n'
                        '[world]\ntables = "everybody"\n', encoding="utf-8")
    return scenario


STABLE = {"C02", "C04", "C05", "C06"}


@pytest.mark.parametrize("setting", ["countries.schedule=fixed_order", "countries.choice=steepest"])
def test_exits_from_the_treaty_of_all_end_at_the_stable_one(setting, treaty_of_all, tmp_path):
    result = run(treaty_of_all, tmp_path, setting)
    assert len(signed(result, 0)) == 10
    assert signed(result, 5) == STABLE


def test_in_random_order_exits_end_there_but_if_one_of_the_four_leaves_too_early(treaty_of_all, tmp_path):
    ends = [signed(run(treaty_of_all, tmp_path, f"run.seed={seed}"), 5) for seed in range(1, 21)]
    assert all(end == STABLE or len(end) <= 1 for end in ends)
    assert sum(end == STABLE for end in ends) == 18
