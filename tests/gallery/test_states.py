"""Scenarios whose states are all gone through by `splinternet analyse`: published and enumerated numbers."""

from __future__ import annotations

import csv
import math
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build/release/splinternet"))

SIZES = {"SUN": 28.9, "PRIME": 1.0, "ATT": 28.5, "IBM": 3.8, "DEC": 20.0, "HP": 11.5, "APOLLO": 21.2,
         "INTERGRAPH": 4.4, "SGI": 4.4}
SPECIALISTS = {"SUN", "PRIME", "APOLLO", "INTERGRAPH", "SGI"}


def program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "SPLINTERNET_SCENARIOS": str(ROOT / "scenarios")})


def analyse(scenario: str | Path, folder: Path, *settings: str) -> tuple[str, dict[str, list[dict[str, str]]]]:
    """What is printed, and the rows of `--csv` by table."""
    file = folder / "states.csv"
    done = program("analyse", scenario, "--csv", file, *(f"--set={setting}" for setting in settings))
    assert (done.returncode, done.stderr) == (0, "")
    rows: dict[str, list[dict[str, str]]] = {}
    with open(file, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            rows.setdefault(row["analysis"], []).append(row)
    return done.stdout, rows


def camps(members: str) -> frozenset[frozenset[str]]:
    """The camps of "osf: DEC HP; unix_international: SUN", whatever their names."""
    return frozenset(frozenset(part.split(": ")[1].split()) for part in members.split("; "))


# ---- the Unix alliances ----------------------------------------------------------------------------------------------
def energy(one_camp: set[str]) -> float:
    """Axelrod & Bennett's energy: ordered pairs of close rivals in different camps count −1 times both sizes."""
    return -sum(SIZES[i] * SIZES[j] for i in SIZES for j in SIZES
                if i != j and (i in SPECIALISTS) == (j in SPECIALISTS) and (i in one_camp) != (j in one_camp))


MINIMA = {frozenset({frozenset({"SUN", "PRIME", "ATT", "IBM"}),
                     frozenset({"DEC", "HP", "APOLLO", "INTERGRAPH", "SGI"})}),
          frozenset({frozenset({"SUN", "PRIME", "DEC", "HP"}),
                     frozenset({"ATT", "IBM", "APOLLO", "INTERGRAPH", "SGI"})})}


def test_unix_has_two_minima_of_equal_energy_and_equal_basins(tmp_path):
    text, rows = analyse("gallery/unix-alliances", tmp_path)
    rest = rows["rest_states"]
    assert {camps(row["members"]) for row in rest} == MINIMA and len(rest) == 2
    for row in rest:
        assert float(row["energy"]) == pytest.approx(-3828.9, rel=1e-9)
        assert (row["starts"], row["names"], row["is_strict"]) == ("128", "2", "1")
        assert float(row["random_order_probability"]) == pytest.approx(0.5, abs=1e-12)
    assert "256 states but for their names" in text
    assert "Better replies, one at a time, never go round." in text


def test_every_energy_is_that_of_the_definition_and_the_potential_is_minus_half_of_it(tmp_path):
    states = analyse("gallery/unix-alliances", tmp_path)[1]["states"]
    assert len(states) == 512
    for row in states:
        found = energy(set(next(iter(camps(row["members"])))))
        assert float(row["energy"]) == pytest.approx(found, rel=1e-9, abs=1e-9)
        assert float(row["sum_of_payoffs"]) == pytest.approx(-found, rel=1e-9, abs=1e-9)
    first = states[0]
    for row in states:
        rise = float(row["potential"]) - float(first["potential"])
        assert rise == pytest.approx((float(first["energy"]) - float(row["energy"])) / 2, abs=1e-6)


def test_moves_at_once_leave_three_starts_of_four_going_back_and_forth(tmp_path):
    at_once = analyse("gallery/unix-alliances", tmp_path)[1]["at_once"]
    assert [(row["period"], row["starts"]) for row in at_once] == [("1", "128"), ("2", "384")]


@pytest.mark.parametrize(("alliances", "partitions"), [(3, 6), (4, 48)])
def test_more_alliances_have_more_states_of_rest(alliances, partitions, tmp_path):
    names = ["unix_international", "osf", "third", "fourth"][:alliances]
    text = f'extends = "{ROOT / "scenarios/gallery/unix-alliances.toml"}"\n'
    for name in names:
        others = ", ".join(f'"{other}"' for other in names if other != name)
        text += f"[framework.{name}]\nincompatible_with = [{others}]\nopen_at_start = true\n"
    (tmp_path / "more.toml").write_text(text, encoding="utf-8")
    rest = analyse(tmp_path / "more.toml", tmp_path)[1]["rest_states"]
    assert len(rest) == partitions
    assert len({camps(row["members"]) for row in rest}) == partitions
    assert sum(int(row["names"]) for row in rest) == sum(
        math.perm(alliances, len(camps(row["members"]))) for row in rest)


def test_sun_and_att_together_leave_one_minimum(tmp_path):
    (tmp_path / "history.toml").write_text(
        f'extends = "{ROOT / "scenarios/gallery/unix-alliances.toml"}"\n'
        '[framework.unix_international]\nsponsors = ["SUN", "ATT"]\n', encoding="utf-8")
    rest = analyse(tmp_path / "history.toml", tmp_path)[1]["rest_states"]
    assert [camps(row["members"]) for row in rest] == [
        frozenset({frozenset({"SUN", "PRIME", "ATT", "IBM"}),
                   frozenset({"DEC", "HP", "APOLLO", "INTERGRAPH", "SGI"})})]


@pytest.mark.parametrize(("beta", "mean", "minima"), [
    (0.0005, -2707.1366571746617, 0.010623181289634173), (0.001, -2897.4283985070124, 0.01372278361178412),
    (0.002, -3188.409523944509, 0.020231994065807526), (0.005, -3574.7410417356186, 0.037110121319846534),
    (0.01, -3710.9743693991068, 0.056410418906952926), (1.0, -3828.3499, 0.750237)])
def test_logit_follows_gibbs_law(beta, mean, minima, tmp_path):
    text, rows = analyse("gallery/unix-alliances", tmp_path, "countries.choice=logit",
                         f"countries.temperature={1 / beta!r}")
    probability = [float(row["gibbs_probability"]) for row in rows["states"]]
    energies = [float(row["energy"]) for row in rows["states"]]
    tolerance = 1e-9 if beta < 1 else 1e-6
    assert math.fsum(probability) == pytest.approx(1.0, rel=1e-12)
    assert math.fsum(p * e for p, e in zip(probability, energies)) == pytest.approx(mean, rel=tolerance)
    at_rest = sum(2 * float(row["gibbs_probability"]) for row in rows["rest_states"])
    assert at_rest == pytest.approx(minima, rel=tolerance)
    assert "states follow Gibbs' law" in text


@pytest.mark.parametrize(("beta", "members"), [(0.1, 5.361479), (0.3, 7.991925), (1.0, 9.997518)])
def test_the_risk_dominant_standard_is_selected(beta, members, tmp_path):
    """Coordination of ten, one standard worth 1, the other 0.8: the birth–death chain's E[k] (Blume, Young)."""
    (tmp_path / "coordination.toml").write_text(COORDINATION.format(temperature=1 / beta), encoding="utf-8")
    _, rows = analyse(tmp_path / "coordination.toml", tmp_path)
    mean = {row["framework"]: float(row["mean_members"]) for row in rows["gibbs_law"]}
    assert mean["a"] == pytest.approx(members, abs=5e-7)
    assert mean["a"] + mean["b"] == pytest.approx(10.0, rel=1e-12)
    assert [row["members"].split(":")[0] for row in rows["rest_states"]] == ["a", "b", "nobody"]


COORDINATION = """
[run]
start = 2020-01-01
horizon = 1
[world]
actors = 10
[framework.a]
incompatible_with = ["b"]
open_at_start = true
[framework.b]
incompatible_with = ["a"]
open_at_start = true
network_worth = 0.8
[countries]
terms = ["network_effect"]
unit = "1"
network_measure = "number"
withdrawal = "never"
choice = "logit"
temperature = {temperature}
"""


# ---- treaties --------------------------------------------------------------------------------------------------------
def test_li_and_rus_have_one_stable_treaty_of_two_or_more(tmp_path):
    _, rows = analyse("gallery/li-rus", tmp_path)
    large = [row for row in rows["stable_coalitions"] if int(row["size"]) >= 2]
    assert [(row["members"], row["is_strict"]) for row in large] == [("C02 C04 C05 C06", "1")]
    transfers = [int(row["potentially_internal"]) for row in rows["coalition_sizes"]]
    assert transfers[2:] == [34, 101, 153, 185, 144, 65, 14, 1, 0]
    together = {row["members"]: float(row["sum_of_payoffs"]) for row in rows["states"]}
    everybody = "treaty: " + " ".join(f"C{i:02}" for i in range(1, 11))
    assert together["nobody"] == pytest.approx(1.25625e12, rel=1e-5)
    assert together["treaty: C02 C04 C05 C06"] == pytest.approx(1.25911e12, rel=1e-5)
    assert together[everybody] == pytest.approx(1.26528e12, rel=1e-5)
    # Shares of what all members have together sum to what all ten have.
    shares = math.fsum(float(row["value"]) for row in rows["shapley_value"])
    assert shares == pytest.approx(together[everybody], rel=1e-9)


BARRETT = """
[run]
start = 2020-01-01
horizon = 1
[world]
actors = 10
[framework.treaty]
open_at_start = true
[countries]
terms = ["public_good"]
unit = "1"
good_form = "abatement"
good_stage = "stackelberg"
good_a = 100
good_b = 1
good_c = {c}
choice = "best_response"
"""


@pytest.mark.parametrize(("cost", "members"), [(0.01, 10), (0.05, 8), (0.1, 6), (0.25, 4), (0.5, 3), (1, 3), (2.5, 3),
                                               (5, 2)])
def test_barretts_treaty_of_ten(cost, members, tmp_path):
    (tmp_path / "barrett.toml").write_text(BARRETT.format(c=cost), encoding="utf-8")
    _, rows = analyse(tmp_path / "barrett.toml", tmp_path)
    stable = {int(row["size"]): int(row["stable"]) for row in rows["coalition_sizes"] if int(row["size"]) >= 2}
    assert {size for size, number in stable.items() if number > 0} == {members}
    assert stable[members] == math.comb(10, members)


def test_barretts_sums_of_payoffs(tmp_path):
    (tmp_path / "barrett.toml").write_text(BARRETT.format(c=0.25), encoding="utf-8")
    _, rows = analyse(tmp_path / "barrett.toml", tmp_path)
    sums = {len(row["members"].split()) - 1: float(row["sum_of_payoffs"]) for row in rows["states"]}
    assert sums[0] == pytest.approx(4720.0, rel=1e-12)
    assert sums[4] == pytest.approx(4738.121338683836, rel=1e-12)
    assert sums[10] == pytest.approx(4878.048780487805, rel=1e-12)


# ---- what every analysis owes ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("scenario", ["unix-alliances", "li-rus"])
def test_an_entry_tells_its_lesson_is_listed_and_runs(scenario, tmp_path):
    done = program("analyse", f"gallery/{scenario}")
    title, question, blank, lesson = done.stdout.split("\n")[:4]
    assert title and question and not blank and len(lesson) > 40
    assert f"## {title}\n" in (ROOT / "docs/GALLERY.md").read_text(encoding="utf-8")
    assert f"gallery/{scenario}" in program("list").stdout
    run = program("run", f"gallery/{scenario}", "-o", tmp_path / "x.h5")
    assert (run.returncode, run.stderr) == (0, "")
    assert program("verify", tmp_path / "x.h5").returncode == 0


def test_the_same_for_any_number_of_threads(tmp_path):
    texts = set()
    for threads in ("1", "3"):
        file = tmp_path / f"{threads}.csv"
        done = program("analyse", "gallery/li-rus", "--csv", file, "--threads", threads)
        texts.add((done.stdout, file.read_bytes()))
    assert len(texts) == 1


def test_runs_from_sun_and_att_together_end_as_history_did_but_for_ibm(tmp_path):
    """Best responses, one firm at a time, in 20 random orders."""
    named = {"Sun": "SUN", "Prime": "PRIME", "AT&T": "ATT", "Apollo": "APOLLO", "Intergraph": "INTERGRAPH",
             "Silicon Graphics": "SGI"}
    ends = set()
    for seed in range(1, 21):
        done = program("run", "gallery/unix-alliances", "-o", tmp_path / "x.h5", f"--set=run.seed={seed}")
        lines = [line.split(" signed: ")[1].split(", ") for line in done.stdout.split("\n") if " signed: " in line]
        ends.add(frozenset(frozenset(named.get(name, name) for name in line) for line in lines))
    assert ends == {frozenset({frozenset({"SUN", "PRIME", "ATT", "IBM"}),
                               frozenset({"DEC", "HP", "APOLLO", "INTERGRAPH", "SGI"})})}


def test_what_cannot_be_gone_through_is_refused(tmp_path):
    (tmp_path / "many.toml").write_text(BARRETT.format(c=1).replace("actors = 10", "actors = 23"), encoding="utf-8")
    done = program("analyse", tmp_path / "many.toml")
    assert done.returncode != 0
    assert "23 actors that choose among up to 2 memberships have more states than can be gone through" in done.stderr
    assert "splinternet run" in done.stderr
