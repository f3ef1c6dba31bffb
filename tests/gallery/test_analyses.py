"""Entries of the gallery that are analysed: their numbers against plain enumeration and closed forms."""

from __future__ import annotations

import csv
import os
import subprocess
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build/release/splinternet"))
ENTRIES = sorted(path.stem for path in (ROOT / "scenarios/gallery").glob("*.toml")
                 if "\n[analysis." in path.read_text(encoding="utf-8"))


def program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "SPLINTERNET_SCENARIOS": str(ROOT / "scenarios")})


def rows_of(entry: str, folder: Path, *settings: str) -> dict[str, list[dict[str, str]]]:
    """The rows of `--csv` by analysis."""
    file = folder / f"{entry}.csv"
    done = program("analyse", f"gallery/{entry}", "--csv", file, *(f"--set={setting}" for setting in settings))
    assert (done.returncode, done.stderr) == (0, "")
    rows: dict[str, list[dict[str, str]]] = {}
    with open(file, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            rows.setdefault(row["analysis"], []).append(row)
    return rows


# ---- every entry -----------------------------------------------------------------------------------------------------
def test_there_are_entries():
    assert {"unsc-power", "eec-power", "krugman-blocs"} <= set(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_tells_its_lesson_and_is_listed_with_its_command(entry):
    name = f"gallery/{entry}"
    done = program("analyse", name)
    assert (done.returncode, done.stderr) == (0, "")
    title, question, blank, lesson = done.stdout.split("\n")[:4]
    assert title and question and not blank and len(lesson) > 40
    listed = program("list").stdout
    gallery = listed[listed.index("\nGallery: "):]
    assert f"\n{name:31} {title}\n" in gallery
    assert f"splinternet analyse {name}\n" in gallery
    checked = program("check", name)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.startswith(f"{name}: good. ")
    assert f"## {title}\n" in (ROOT / "docs/GALLERY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_same_for_any_number_of_threads(entry, tmp_path):
    texts = set()
    for threads in ("1", "3"):
        file = tmp_path / f"{threads}.csv"
        done = program("analyse", f"gallery/{entry}", "--csv", file, "--threads", threads)
        texts.add((done.stdout, file.read_bytes()))
    assert len(texts) == 1


# ---- power -----------------------------------------------------------------------------------------------------------
def power(rule: list[tuple[int, list[int]]]) -> dict[str, list[Fraction]]:
    """Indices by looking at every coalition."""
    n = len(rule[0][1])
    wins = [all(sum(w for i, w in enumerate(weights) if mask >> i & 1) >= quota for quota, weights in rule)
            for mask in range(2**n)]
    orders, swings = [Fraction(0)] * n, [0] * n
    for mask in range(2**n):
        for i in range(n):
            if not mask >> i & 1 and wins[mask | 1 << i] and not wins[mask]:
                swings[i] += 1
                orders[i] += Fraction(1, n * comb(n - 1, mask.bit_count()))
    return {
        "shapley_shubik": orders,
        "banzhaf": [Fraction(own, sum(swings)) for own in swings],
        "swing_probability": [Fraction(own, 2 ** (n - 1)) for own in swings],
        "to_prevent": [Fraction(own, sum(wins)) for own in swings],
        "to_initiate": [Fraction(own, 2**n - sum(wins)) for own in swings],
        "to_act": [Fraction(sum(wins), 2**n)] * n,
    }


def check_power(rows: list[dict[str, str]], rule: list[tuple[int, list[int]]]) -> None:
    """Each row against the first of its seats."""
    first = 0
    expected = power(rule)
    for row in rows:
        for name, values in expected.items():
            assert row[f"{name}_exact"] == str(values[first]), (row["voter"], name)
            assert float(row[name]) == pytest.approx(float(values[first]), rel=1e-15)
        first += int(row["seats"])
    assert first == len(rule[0][1])


def test_power_in_the_security_council(tmp_path):
    rows = rows_of("unsc-power", tmp_path)
    charter = [(9, [1] * 15), (5, [1] * 5 + [0] * 10)]
    check_power(rows["council"], [(39, [7] * 5 + [1] * 10)])
    check_power(rows["charter"], charter)
    check_power(rows["until_1965"], [(7, [1] * 11), (5, [1] * 5 + [0] * 6)])
    permanent, elected = rows["council"]
    assert (permanent["shapley_shubik_exact"], elected["shapley_shubik_exact"]) == ("421/2145", "4/2145")
    assert (permanent["banzhaf_exact"], elected["banzhaf_exact"]) == ("106/635", "21/1270")
    assert (permanent["swing_probability_exact"], elected["swing_probability_exact"]) == ("53/1024", "21/4096")
    assert permanent["to_act_exact"] == "53/2048"


def test_power_in_the_council_of_the_eec(tmp_path):
    rows = rows_of("eec-power", tmp_path)
    check_power(rows["six"], [(12, [4, 4, 4, 2, 2, 1])])
    check_power(rows["nine"], [(41, [10, 10, 10, 10, 5, 5, 3, 3, 2])])
    assert [row["shapley_shubik_exact"] for row in rows["six"]] == ["7/30"] * 3 + ["3/20"] * 2 + ["0"]
    assert [row["banzhaf_exact"] for row in rows["six"]] == ["5/21"] * 3 + ["1/7"] * 2 + ["0"]
    assert rows["six"][0]["to_act_exact"] == "7/32"
    luxembourg = [rows[council][-1] for council in ("six", "nine")]
    assert {row["voter"] for row in luxembourg} == {"Luxembourg"}
    assert int(luxembourg[0]["weight"]) / 17 > int(luxembourg[1]["weight"]) / 58
    assert float(luxembourg[0]["banzhaf"]) == 0 < float(luxembourg[1]["banzhaf"])


def test_power_under_the_weights_of_nice(tmp_path):
    rows = {int(row["weight"]): row for row in rows_of("eec-power", tmp_path)["treaty_of_nice"]}
    assert sum(int(row["seats"]) for row in rows.values()) == 27
    assert sum(int(row["seats"]) * weight for weight, row in rows.items()) == 345
    known = {29: (0.0867377480632966, 0.07782695984038843), 12: (0.03406831705458708, 0.03684368945224276),
             3: (0.008177685685089104, 0.009421839475367365)}
    for weight, (shapley_shubik, banzhaf) in known.items():
        assert float(rows[weight]["shapley_shubik"]) == pytest.approx(shapley_shubik, rel=1e-14)
        assert float(rows[weight]["banzhaf"]) == pytest.approx(banzhaf, rel=1e-14)
    assert float(rows[3]["to_act"]) == pytest.approx(0.020256444811820984, rel=1e-14)


def test_another_quota_by_set(tmp_path):
    rows = rows_of("eec-power", tmp_path, "analysis.six.quota=11")
    check_power(rows["six"], [(11, [4, 4, 4, 2, 2, 1])])
    assert rows["six"][-1]["shapley_shubik_exact"] != "0"


# ---- trading blocs ---------------------------------------------------------------------------------------------------
def welfare(sigma: float, blocs: int, tariff: float) -> float:
    """U(B)/U(1) of Krugman (1991)."""
    own = (1 + tariff) ** sigma / ((1 + tariff) ** sigma + blocs - 1)
    return blocs * own * (1 / blocs + (1 - 1 / blocs) * (1 + tariff) ** (1 - sigma)) ** (sigma / (sigma - 1))


def optimal_tariff(sigma: float, blocs: int) -> float:
    """By bisection of t (1 − s)(σ − 1) = 1."""
    if blocs == 1:
        return 0.0
    low, high = 0.0, 1e6
    for _ in range(200):
        tariff = (low + high) / 2
        share = 1 / ((1 + tariff) ** sigma + blocs - 1)
        low, high = (low, tariff) if tariff * (1 - share) * (sigma - 1) > 1 else (tariff, high)
    return low


@pytest.mark.parametrize("settings", [(), ("analysis.sigma_4.elasticity_of_substitution=1.5",)])
def test_three_blocs_are_worst(tmp_path, settings):
    analyses = rows_of("krugman-blocs", tmp_path, *settings)
    assert set(analyses) == {"sigma_4", "sigma_2", "sigma_10", "fixed_tariff"}
    for name, rows in analyses.items():
        assert [int(row["blocs"]) for row in rows] == [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]
        for row in rows:
            sigma, blocs = float(row["elasticity_of_substitution"]), int(row["blocs"])
            tariff = float(row["external_tariff"])
            assert tariff == pytest.approx(0.3 if name == "fixed_tariff" else optimal_tariff(sigma, blocs), rel=1e-12)
            assert float(row["real_income"]) == pytest.approx(welfare(sigma, blocs, tariff), rel=1e-9)
            assert float(row["effective_blocs"]) == pytest.approx(blocs, rel=1e-9)
            assert int(row["countries_per_bloc"]) * blocs == 60
        assert min(rows, key=lambda row: float(row["real_income"]))["blocs"] == "3"
        within = [float(row["within_share"]) for row in rows]
        assert all(more > fewer for more, fewer in zip(within, within[1:]))


# ---- what each command says of the other kind of file ----------------------------------------------------------------
def test_an_entry_that_is_only_analysed_is_not_run(tmp_path):
    done = program("run", "gallery/unsc-power", "-o", tmp_path / "x.h5")
    assert (done.returncode, done.stdout) == (2, "")
    assert "this file is analysed, not run" in done.stderr
    assert "write splinternet analyse gallery/unsc-power" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["unsc-power", "gallery/unsc-powr"])
def test_a_name_that_is_nearly_right_is_put_right(name):
    done = program("analyse", name)
    assert done.returncode == 2
    assert 'Did you mean "gallery/unsc-power"?' in done.stderr


@pytest.mark.parametrize("option", [("--step", "3"), ("--pivotal", "USA"), ("--tables", "x")])
def test_options_of_result_files_are_refused_for_scenarios(option):
    done = program("analyse", "gallery/unsc-power", *option)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{option[0]}: gallery/unsc-power is a scenario" in done.stderr


def test_set_is_refused_for_result_files():
    done = program("analyse", "out/x.h5", "--set", "analysis.a.quota=3")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--set: out/x.h5 is taken for a result file" in done.stderr
