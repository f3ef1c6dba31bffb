"""Clubs, cartels and compatible firms of the gallery: states enumerated and equilibria solved here, from the tables."""

from __future__ import annotations

import csv
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SPLINTERNET_PROGRAM", ROOT / "build/release/splinternet"))
DATA = ROOT / "scenarios/data/gallery"
Rows = dict[str, list[dict[str, str]]]


def program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "SPLINTERNET_SCENARIOS": str(ROOT / "scenarios")})


def analyse(entry: str, folder: Path, *settings: str) -> tuple[str, Rows]:
    """What is printed, and the rows of `--csv` by table."""
    file = folder / "tables.csv"
    done = program("analyse", f"gallery/{entry}", "--csv", file, *(f"--set={setting}" for setting in settings))
    assert (done.returncode, done.stderr) == (0, "")
    rows: Rows = {}
    with open(file, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            rows.setdefault(row["analysis"], []).append(row)
    return done.stdout, rows


def run(scenario: str | Path, folder: Path, *settings: str) -> dict[str, np.ndarray]:
    """Who is in after each step, and when anybody moved."""
    done = program("run", scenario, "-o", folder / "x.h5", "--quiet", *(f"--set={setting}" for setting in settings))
    assert (done.returncode, done.stderr) == (0, "")
    with h5py.File(folder / "x.h5") as result:
        return {"is_member": result["membership"][:, :, 0] != 0, "act_step": result["act_step"][...]}


def read(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


# ---- the tariff club: all 2^15 states --------------------------------------------------------------------------------
REGIONS = 15
STATES = np.arange(1 << REGIONS)
IS_MEMBER = (STATES[:, None] >> np.arange(REGIONS) & 1).astype(bool)


class Club:
    """Payoffs and gains from changing sides of every region in every state."""

    def __init__(self, tariff: float):
        cost = np.array([float(row["club_cost"]) for row in read(DATA / "tariff-club-15/actors.csv")])
        effect = {name: np.zeros((REGIONS, REGIONS)) for name in
                  ("import_linear", "import_quadratic", "export_linear", "export_quadratic")}
        for row in read(DATA / "tariff-club-15/pairs.csv"):
            for name, matrix in effect.items():
                matrix[int(row["from"][1:]) - 1, int(row["to"][1:]) - 1] = float(row[name])
        imports = effect["import_linear"] * tariff + effect["import_quadratic"] * tariff**2
        exports = effect["export_linear"] * tariff + effect["export_quadratic"] * tariff**2
        inside = ~IS_MEMBER @ imports.T - cost
        outside = IS_MEMBER @ exports.T
        self.payoff = np.where(IS_MEMBER, inside, outside)
        self.gain = np.stack([self.payoff[STATES ^ 1 << i, i] - self.payoff[:, i] for i in range(REGIONS)], axis=1)
        self.moves = self.gain > 1e-9

    def stable(self) -> set[str]:
        return {names(state) for state in STATES[~self.moves.any(axis=1)]}

    def at_once(self) -> np.ndarray:
        """The state after all have done what is best while the others stay."""
        return ((IS_MEMBER ^ self.moves) << np.arange(REGIONS)).sum(axis=1)

    def restless(self) -> np.ndarray:
        """States from which moves at once never come to rest."""
        after = self.at_once()
        end = STATES
        for _ in range(200):
            end = after[end]
        return STATES[after[end] != end]


def names(state: int) -> str:
    return " ".join(f"R{i + 1:02}" for i in range(REGIONS) if state >> i & 1)


@pytest.mark.parametrize(("tariff", "sizes"), [
    (0, [0]), (0.02, [0]), (0.03, [0]), (0.05, [1, 3]), (0.06, None), (0.07, [7, 14]), (0.08, None), (0.1, [0, 4, 15]),
    (0.15, None)])
def test_stable_clubs_are_those_of_the_enumeration(tariff, sizes, tmp_path):
    club = Club(tariff)
    text, rows = analyse("tariff-club", tmp_path, f"framework.club.club_tariff={tariff}")
    found = {row["members"] for row in rows["stable_coalitions"]}
    assert found == club.stable()
    assert {row["members"].removeprefix("club: ").replace("nobody", "") for row in rows["rest_states"]} == found
    if sizes is not None:
        assert sorted(len(members.split()) for members in found) == sizes
    for row in rows["rest_states"]:
        state = sum(1 << int(code[1:]) - 1 for code in row["members"].split() if code.startswith("R"))
        assert float(row["sum_of_payoffs"]) == pytest.approx(club.payoff[state].sum(), rel=1e-9, abs=1e-9)
    assert "Better replies, one at a time, never go round." in text


def test_internal_and_external_stability_by_size(tmp_path):
    club = Club(0.07)
    size = IS_MEMBER.sum(axis=1)
    leaves, joins = (club.moves & IS_MEMBER).any(axis=1), (club.moves & ~IS_MEMBER).any(axis=1)
    surplus = np.where(IS_MEMBER, -club.gain, 0.0).sum(axis=1)
    for row in analyse("tariff-club", tmp_path)[1]["coalition_sizes"]:
        own = size == int(row["size"])
        assert int(row["internally_stable"]) == (own & ~leaves).sum()
        assert int(row["externally_stable"]) == (own & ~joins).sum()
        assert int(row["potentially_internal"]) == (own & (surplus >= -1e-9)).sum()


@pytest.mark.parametrize("tariff", [0.05, 0.07, 0.1])
def test_moves_at_once_leave_as_many_starts_restless_as_enumerated(tariff, tmp_path):
    rows = analyse("tariff-club", tmp_path, f"framework.club.club_tariff={tariff}")[1]
    restless = sum(int(row["starts"]) for row in rows["at_once"] if int(row["period"]) > 1)
    assert restless == len(Club(tariff).restless())
    if tariff == 0.07:
        assert restless == 6175


def test_from_a_restless_start_moves_in_turn_come_to_rest_and_moves_at_once_do_not(tmp_path):
    club = Club(0.07)
    start = int(club.restless()[0])
    tables = tmp_path / "started"
    shutil.copytree(DATA / "tariff-club-15", tables)
    (tables / "initial_memberships.csv").write_text(
        "iso3,framework,level,date\n" + "".join(f"{code},club,signed,2019-01-01\n" for code in names(start).split()),
        encoding="utf-8")
    with open(tables / "tables.toml", "a", encoding="utf-8") as index:
        index.write(f'\n[initial_memberships]\nfile = "initial_memberships.csv"\nrows = {len(names(start).split())}\n')
    scenario = tmp_path / "started.toml"
    scenario.write_text(f'extends = "{ROOT / "scenarios/gallery/tariff-club.toml"}"\n[world]\ntables = "started"\n',
                        encoding="utf-8")

    at_once = run(scenario, tmp_path, "countries.schedule=simultaneous")["is_member"]
    state, after = start, club.at_once()
    for is_member in at_once:
        assert (is_member == IS_MEMBER[state]).all()
        state = after[state]
    assert (at_once[-1] != at_once[-2]).any() and (at_once[-1] == at_once[-3]).all()

    for seed in range(1, 6):
        in_turn = run(scenario, tmp_path, f"run.seed={seed}")
        assert names(int((in_turn["is_member"][-1] << np.arange(REGIONS)).sum())) in club.stable()
        assert in_turn["act_step"].max(initial=0) < 12


def test_the_tables_are_those_that_the_script_builds():
    subprocess.run([sys.executable, ROOT / "scenarios/data/build_tariff_club.py", "--check"], check=True)


# ---- the cartel: payoffs from a table --------------------------------------------------------------------------------
def profit(cartel: int, is_in: bool) -> float:
    """Demand 60 − Q, no costs, five firms, those in the cartel sell as one."""
    sellers = 5 if cartel == 0 else 6 - cartel
    return (60 / (sellers + 1)) ** 2 / (cartel if is_in and cartel else 1)


def test_the_table_of_profits_is_that_of_cournot_competition():
    rows = read(DATA / "cournot-cartel-5/payoffs.csv")
    assert len({(row["state"], row["actor"]) for row in rows}) == len(rows) == 32 * 5
    for row in rows:
        cartel = [code for code in row["state"].split("+") if code]
        assert float(row["payoff"]) == pytest.approx(profit(len(cartel), row["actor"] in cartel), rel=1e-12)


def test_no_cartel_of_two_or_more_is_stable_and_four_of_five_is_the_least_that_does_not_lose(tmp_path):
    rows = analyse("cartel", tmp_path)[1]
    assert {row["size"] for row in rows["stable_coalitions"]} == {"0", "1"}
    for row in rows["states"]:
        k = len(row["members"].split()) - 1
        assert float(row["sum_of_payoffs"]) == pytest.approx(k * profit(k, True) + (5 - k) * profit(k, False))
    least = (2 * 5 + 3 - np.sqrt(4 * 5 + 5)) / 2  # Salant, Switzer & Reynolds
    assert [k for k in range(2, 6) if profit(k, True) >= profit(0, False)] == [k for k in range(2, 6) if k >= least]
    assert profit(4, True) == profit(0, False)


@pytest.mark.parametrize("seed", range(1, 6))
def test_four_meet_in_vain_and_five_sign_and_leave(seed, tmp_path):
    result = run("gallery/cartel", tmp_path, f"run.seed={seed}")
    number = result["is_member"].sum(axis=1).tolist()
    assert number[:11] == [0] * 10 + [5]
    assert number[-1] == 1
    assert set(result["act_step"].tolist()) <= {10, 11, 12, 13}


def test_a_contract_of_all_or_nobody_holds(tmp_path):
    contract = ("framework.cartel.gated=true", "framework.cartel.entry_into_force_members=5")
    assert run("gallery/cartel", tmp_path, *contract)["is_member"][-1].all()
    rows = analyse("cartel", tmp_path, *contract)[1]
    strict = [row["members"] for row in rows["stable_coalitions"] if row["is_strict"] == "1"]
    assert strict == ["F1 F2 F3 F4 F5"]


# ---- the club that crowds --------------------------------------------------------------------------------------------
def worth(members: int) -> float:
    """Of membership in a club of so many."""
    return 12.2 - 36 / members - (members - 1)


def test_clubs_of_four_to_nine_hold_together_and_nine_alone_do_not_grow(tmp_path):
    rows = analyse("buchanan-club", tmp_path)[1]
    for row in rows["coalition_sizes"]:
        size, clubs = int(row["size"]), math.comb(12, int(row["size"]))
        assert int(row["internally_stable"]) == (clubs if size == 0 or worth(size) > 0 else 0)
        assert int(row["externally_stable"]) == (clubs if size == 12 or worth(size + 1) < 0 else 0)
    assert {int(row["size"]) for row in rows["stable_coalitions"]} == {0, 9}
    for row in rows["states"]:
        size = len(row["members"].split()) - 1
        assert float(row["sum_of_payoffs"]) == pytest.approx(size * worth(size) if size else 0.0, abs=1e-9)
    assert max(range(1, 13), key=worth) == 6


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("admission", "members"), [("open", 9), ("majority", 6), ("unanimity", 6)])
def test_open_clubs_crowd_and_closed_ones_stay_at_their_best(admission, members, seed, tmp_path):
    result = run("gallery/buchanan-club", tmp_path, f"framework.club.admission={admission}", f"run.seed={seed}")
    assert result["is_member"].sum(axis=1).tolist() == [0] * 3 + [members] * 22


# ---- compatible firms ------------------------------------------------------------------------------------------------
def outputs(sizes: list[int], effect: float, selling: list[bool]) -> np.ndarray:
    """Output of each firm where those of some groups sell: x_i + Q − γ·y = 1, solved as a linear system."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    active = np.array(selling)[group]
    system = 1.0 * np.outer(active, active) - effect * (group[:, None] == group) * active + np.eye(len(group))
    return np.linalg.solve(system, active.astype(float))


def test_outputs_solve_the_linear_system_of_fulfilled_expectations(tmp_path):
    text, analyses = analyse("katz-shapiro", tmp_path)
    for rows in analyses.values():
        cases: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in rows:
            cases.setdefault((row["structure"], row["equilibrium"]), []).append(row)
        for groups in cases.values():
            sizes = [int(row["firms"]) for row in groups]
            found = np.repeat([float(row["output"]) for row in groups], sizes)
            solved = outputs(sizes, float(groups[0]["network_effect"]), [float(row["output"]) > 0 for row in groups])
            assert found == pytest.approx(solved, rel=1e-12, abs=1e-15)
            total = found.sum()
            assert float(groups[0]["total_output"]) == pytest.approx(total)
            assert float(groups[0]["consumer_surplus"]) == pytest.approx(total**2 / 2)
            assert float(groups[0]["total_surplus"]) == pytest.approx(total**2 / 2 + (found**2).sum())
            # Those who do not sell would not if anybody bought from them: A − c − Q is not positive.
            assert (found > 0).all() or total >= 1
    assert "Output of all at 3 against 1 + 1 + 1: 1.4 times as much" in text


@pytest.mark.parametrize("firms", [1, 2, 3, 5, 10])
@pytest.mark.parametrize("effect", [0, 0.05, 0.5, 0.9])
def test_closed_forms_of_katz_and_shapiro(firms, effect, tmp_path):
    together, alone = [firms], [1] * firms
    rows = analyse("katz-shapiro", tmp_path, f"analysis.strong_effect.firms={firms}",
                   f"analysis.strong_effect.structures=[{together}, {alone}]",
                   f"analysis.strong_effect.network_effect={effect}")[1]["strong_effect"]
    assert float(rows[0]["output"]) == pytest.approx(1 / (firms + 1 - effect * firms), rel=1e-12)
    assert {round(float(row["output"]) * (firms + 1 - effect), 12) for row in rows[1:]} == {1.0}


def test_two_compatible_firms_would_rather_keep_the_third_out_and_all_together_lose(tmp_path):
    rows = analyse("katz-shapiro", tmp_path)[1]["weak_effect"]
    three, two = (next(row for row in rows if row["structure"] == structure) for structure in ("3", "2 + 1"))
    assert float(two["profit"]) == pytest.approx((6 / 19) ** 2)
    assert float(three["profit"]) == pytest.approx((4 / 13) ** 2)
    assert float(two["profit"]) > float(three["profit"])
    assert float(two["total_surplus"]) < float(three["total_surplus"])
