"""The page on games with one's own numbers: its blocks print what it says, and that is what plain enumeration finds."""

import contextlib
import csv
import io
import itertools
import math
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import splinternet as sn

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "python" / "games.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^## ([^\n]*)$|```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)


def named_blocks():
    """Code and output of each block, by the first word of its heading and its place beneath it."""
    found = {}
    for heading, code, shown in BLOCKS:
        if heading:
            word, place = heading.split()[1 if heading.startswith("A ") else 0].strip(":").lower(), 0
        else:
            found[f"{word}-{place}"] = (code, shown)
            place += 1
    return found


NAMED = named_blocks()


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a block in an empty folder; returns what it prints and its names."""
    monkeypatch.chdir(tmp_path)

    def run_block(name):
        printed, names = io.StringIO(), {}
        with contextlib.redirect_stdout(printed):
            exec(compile(NAMED[name][0], name, "exec"), names)
        return printed.getvalue(), names

    return run_block


def test_the_page_has_the_blocks_that_are_tested_here():
    assert list(NAMED) == [
        "landscape-0",
        "treaty-0",
        "crowd-0",
        "power-0",
        "standards-0",
        "payoff-0",
        "payoff-1",
        "payoff-2",
    ]
    assert len(re.findall("```python", PAGE)) == len(NAMED)


@pytest.mark.parametrize("name", NAMED)
def test_each_block_of_ten_lines_prints_what_stands_beneath_it(name, run):
    assert len(NAMED[name][0].strip().splitlines()) <= 10
    assert run(name)[0] == NAMED[name][1]


def test_the_landscape_rests_where_no_power_gains_by_changing_sides(run):
    _, names = run("landscape-0")
    pull, size, powers = np.array(names["pull"]), np.array([27, 19, 18, 2, 4, 2]), names["names"]
    rest = set()
    for sides in itertools.product([0, 1], repeat=5):
        side = np.array([0, *sides])
        frustration = [sum(size[j] * pull[i, j] for j in range(6) if side[j] != side[i]) for i in range(6)]
        moved = [sum(size[j] * pull[i, j] for j in range(6) if j != i and side[j] == side[i]) for i in range(6)]
        if all(here <= there for here, there in zip(frustration, moved, strict=True)):
            rest.add(frozenset(frozenset(p for p, s in zip(powers, side, strict=True) if s == k) for k in (0, 1)))
    found = names["blocs"].minima()
    assert {frozenset(map(frozenset, division.alliances)) for division in found} == rest
    assert len(found) == 2


def test_the_treaty_holds_with_those_whom_plain_search_finds(run):
    _, names = run("treaty-0")
    gain, cost, actors = names["gain"], names["cost"], names["treaty"].actors

    def payoff(members, i):
        partners = len(members - {i})
        return gain[i] * partners + gain[i] - cost[i] if i in members else gain[i] * partners * 0.5

    stable = []
    for size in range(6):
        for chosen in itertools.combinations(range(5), size):
            members = set(chosen)
            margins = [payoff(members | {i}, i) - payoff(members - {i}, i) for i in range(5)]
            if all(margins[i] >= 0 if i in members else margins[i] <= 0 for i in range(5)):
                stable.append(tuple(actors[i] for i in chosen))
    assert sorted(names["treaty"].stable_coalitions().stable) == sorted(stable)
    assert len(stable) == 2


def test_the_crowd_goes_as_far_as_plain_rounds_do(run):
    _, names = run("crowd-0")
    pairs = names["partners"]
    peers = {firm: [b if a == firm else a for a, b in pairs if firm in (a, b)] for firm in range(8)}

    def followers(thresholds):
        adopted = {0}
        while True:
            more = {f for f in range(8) if sum(p in adopted for p in peers[f]) / len(peers[f]) >= thresholds[f]}
            if more <= adopted:
                return adopted
            adopted |= more

    assert followers(names["thresholds"]) == set(names["crowd"].adopters)
    shares = {Fraction(m, k) for k in range(1, 6) for m in range(1, k + 1)}
    highest = max(share for share in shares if len(followers([float(share)] * 8)) == 8)
    assert sn.coalition.contagion_threshold(pairs, seeds=[0]) == highest


def test_the_power_is_that_of_all_orders(run):
    _, names = run("power-0")
    share = names["share"]
    pivots = dict.fromkeys(share, 0)
    for order in itertools.permutations(share):
        for at in range(len(order)):
            if at >= 2 and sum(share[name] for name in order[: at + 1]) >= 40:
                pivots[order[at]] += 1
                break
    assert names["power"].shapley_shubik == {name: Fraction(n, math.factorial(6)) for name, n in pivots.items()}
    wins = sum(
        size >= 3 and sum(share[name] for name in members) >= 40
        for size in range(7)
        for members in itertools.combinations(share, size)
    )
    assert names["power"].to_act == Fraction(wins, 64)


@pytest.mark.parametrize("groups", [[1, 1, 1], [2, 1], [3]])
def test_the_markets_are_those_in_which_expectations_are_fulfilled(groups):
    effect, demand, markets = 0.4, 10.0, []
    for sells in itertools.product([True, False], repeat=len(groups)):
        # x = A + γ·m·x − Q for those who sell, and nothing is gained by a first unit for those who do not
        kept = [place for place, is_selling in enumerate(sells) if is_selling]
        matrix = np.array([[(a == b) * (1 - effect * groups[a]) + groups[b] for b in kept] for a in kept])
        if not kept:
            continue
        output = np.linalg.solve(matrix, np.full(len(kept), demand))
        total = sum(groups[place] * x for place, x in zip(kept, output, strict=True))
        if (output > 0).all() and (all(sells) or demand - total <= 0):
            by_group = dict(zip(kept, output, strict=True))
            markets.append(tuple(by_group.get(place, 0.0) for place in range(len(groups))))
    found = sn.coalition.network_competition(groups, effect, demand_less_cost=demand)
    assert [market.output for market in found] == [pytest.approx(market) for market in markets]


def test_the_club_holds_at_the_sizes_at_which_nobody_comes_or_goes(run):
    _, names = run("payoff-0")
    for cost in (10, 20, 40):

        def worth(members, cost=cost):
            return 12.2 - cost / members - (members - 1) if members else 0.0

        stable = [n for n in range(13) if (n == 0 or worth(n) >= 0) and (n == 12 or worth(n + 1) <= 0)]
        club = sn.load("gallery/buchanan-club").with_({"framework.club.fixed_cost": cost})
        found = sn.coalition.scenario_game(club).stable_coalitions(tie_eps=1e-9)
        assert [size for size, count in enumerate(found.stable_by_size) if count] == stable
        assert found.stable_by_size[stable[-1]] == math.comb(12, stable[-1])
    assert names["cost"] == 40


def stable_tariff_clubs(tariff):
    """Go through all 32768 clubs of the fifteen regions, from the tables alone."""
    folder = REPOSITORY / "scenarios" / "data" / "gallery" / "tariff-club-15"
    with (folder / "actors.csv").open(encoding="utf-8") as file:
        costs = {row["code"]: float(row["club_cost"]) for row in csv.DictReader(file)}
    row_of = {code: row for row, code in enumerate(costs)}
    effect = {name: np.zeros((15, 15)) for name in ("import", "export")}
    with (folder / "pairs.csv").open(encoding="utf-8") as file:
        for pair in csv.DictReader(file):
            for name, table in effect.items():
                linear, quadratic = float(pair[f"{name}_linear"]), float(pair[f"{name}_quadratic"])
                table[row_of[pair["from"]], row_of[pair["to"]]] = (linear + quadratic * tariff) * tariff
    members = (np.arange(2**15)[:, None] >> np.arange(15) & 1).astype(bool)
    # a member's tariff on each outsider, and each member's tariff on an outsider
    inside = (~members).astype(float) @ effect["import"].T - np.array(list(costs.values()))
    outside = members.astype(float) @ effect["export"].T
    bits = 1 << np.arange(15)
    number = np.arange(2**15)
    stable = np.ones(2**15, dtype=bool)
    for i in range(15):
        margin = inside[number | bits[i], i] - outside[number & ~bits[i], i]
        stable &= np.where(members[:, i], margin >= -1e-9, margin <= 1e-9)
    return [tuple(code for code in costs if number >> row_of[code] & 1) for number in np.flatnonzero(stable)]


def test_the_tariff_clubs_are_those_of_all_clubs(run):
    _, names = run("payoff-1")
    assert names["tariff"] == 0.09
    for tariff in (0.05, 0.07, 0.09):
        club = sn.load("gallery/tariff-club").with_({"framework.club.club_tariff": tariff})
        found = sn.coalition.scenario_game(club).stable_coalitions(tie_eps=1e-9)
        assert found.stable == stable_tariff_clubs(tariff)


def test_the_table_of_chicken_has_one_who_swerves(run):
    _, names = run("payoff-2")
    game = names["game"]
    assert game.nash().strict == [("Bob",), ("Ann",)]
    assert game.payoffs(()) == {"Ann": 0.0, "Bob": 0.0}  # against each choice of the other, to stay is worth 0
    assert game.payoffs(["Ann"]) == {"Ann": 10.0, "Bob": 0.0}
    assert game.payoffs(["Ann", "Bob"]) == {"Ann": -2.0, "Bob": -2.0}


# --- The game behind a scenario ---

KINDS = dict(zip("SUN PRIME ATT IBM DEC HP APOLLO INTERGRAPH SGI".split(), "SSGGGGSSS", strict=True))  # noqa: SIM905


def test_the_game_behind_a_scenario_has_its_actors_memberships_and_start():
    game = sn.coalition.scenario_game("gallery/li-rus")
    assert game.actors == tuple(f"C{number:02d}" for number in range(1, 11))
    assert game.start == ()
    assert game.memberships["C01"] == ((), ("treaty",))
    found = game.stable_coalitions(tie_eps=0.01).stable
    assert [members for members in found if len(members) > 1] == [("C02", "C04", "C05", "C06")]
    with pytest.raises(sn.ScenarioError, match="only gains by own moves are known"):
        game.shapley_value()


def test_alliances_of_a_scenario_rest_where_the_landscape_does():
    game = sn.coalition.scenario_game("gallery/unix-alliances")
    assert set(game.memberships.values()) == {(("unix_international",), ("osf",))}
    with pytest.raises(sn.ScenarioError, match="coalitions take actors with two options, out and in"):
        game.stable_coalitions()
    sides = [dict(zip(game.actors, state, strict=True)) for state in game.nash(tie_eps=1e-9).strict]
    rivals = [[-float(a != b and kind_a == kind_b) for b, kind_b in KINDS.items()] for a, kind_a in KINDS.items()]
    sizes = dict(zip(KINDS, [28.9, 1.0, 28.5, 3.8, 20.0, 11.5, 21.2, 4.4, 4.4], strict=True))
    minima = sn.coalition.landscape(rivals, sizes).minima()
    expected = {frozenset(map(frozenset, division.alliances)) for division in minima}
    camps = [frozenset(frozenset(name for name in side if side[name] == camp) for camp in (0, 1)) for side in sides]
    assert len(camps) == 2 * len(expected)  # either camp may bear either name
    assert set(camps) == expected


def test_what_has_no_payoffs_behind_its_moves_is_refused():
    with pytest.raises(sn.ScenarioError, match="no payoff terms"):
        sn.coalition.scenario_game("gallery/granovetter-crowd")
    with pytest.raises(sn.ScenarioError, match="neither a scenario nor the name"):
        sn.coalition.scenario_game(3)
    with pytest.raises(sn.ScenarioError, match="no payoffs stand behind"):
        sn.coalition.scenario_game(
            sn.load("gallery/buchanan-club").with_({"countries.terms": ["intrinsic", "inertia"]})
        )
