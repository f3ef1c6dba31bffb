"""The tables of `make bench`, from a small stored report, and the NumPy solver that one of them is about."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).resolve().parent

# The peers are programs, not a package: they find each other through their own folder.
sys.path.insert(0, str(HERE / "peers"))

import numpy_trade  # noqa: E402
import picture  # noqa: E402
import ratios  # noqa: E402
import timing  # noqa: E402

REPORT, PEERS = HERE / "tiny" / "splinternet.json", HERE / "tiny" / "peers.json"


@pytest.fixture(name="tables")
def tables_of_the_tiny_report() -> tuple[list[ratios.Ratio], list[ratios.Share]]:
    return ratios.read_tables(REPORT, [PEERS])


def line_of(lines: list[ratios.Ratio], row: str, peer: str) -> ratios.Ratio:
    return next(line for line in lines if (line.row, line.peer) == (row, peer))


def test_a_ratio_is_of_medians_and_its_quartiles_are_opposite(tables):
    line = line_of(tables[0], "all-pairs routing, random 512", "scipy")
    assert line.ours_ms == pytest.approx(2.0)  # of 1, 2 and 4
    assert line.peer_ms == pytest.approx(30.0)  # of 20, 30 and 40
    assert line.ratio == pytest.approx(15.0)
    assert line.low == pytest.approx(25.0 / 3.0)
    assert line.high == pytest.approx(35.0 / 1.5)
    assert line.ours_spread == pytest.approx(1.5 / 2.0)
    assert line.peer_spread == pytest.approx(10.0 / 30.0)


def test_rows_that_keep_no_time_of_their_own_count_the_processor(tables):
    assert line_of(tables[0], "betweenness", "igraph").ours_ms == pytest.approx(5.0)  # not the 50 of the wall clock


def test_goals_are_met_or_not(tables):
    assert [(line.peer, line.goal, line.met) for line in tables[0] if line.row == "all-pairs routing, random 512"] == [
        ("Boost.Graph", 5.0, "not met"), ("scipy", 12.0, "met"), ("igraph", None, ""), ("NetworKit", 5.0, "met")]


def test_the_most_particular_goal_counts():
    assert ratios.goal_of("trade equilibrium, home share .50, tau 2", "plain fixed point") == 5.0
    assert ratios.goal_of("trade equilibrium, home share .75, tau 2", "plain fixed point") == 10.0
    assert ratios.goal_of("all-pairs routing, flagship", "NetworKit") is None


def test_a_share_is_of_the_limit_measured_in_the_same_run(tables):
    share = next(line for line in tables[1] if line.row == "all-pairs routing, random 512")
    assert share.operations_per_second == pytest.approx(2e9)
    assert share.operations_share == pytest.approx(0.25)
    assert share.operations == pytest.approx(4e6)  # 2 ms at 2e9 a second
    assert share.bytes_share == pytest.approx(0.5)
    assert (share.operations_limit, share.bytes_limit) == ("add and minimum, 32-bit", "triad of 32 kB")


def test_a_comparison_that_is_missing_is_an_error():
    runs = timing.read_runs(REPORT)
    measurements = ratios.counted_peers(runs) + json.loads(PEERS.read_text(encoding="utf-8"))
    ratios.require_all(runs, measurements)
    with pytest.raises(timing.Disagreement, match="all-pairs routing, random 512 by scipy"):
        ratios.require_all(runs, [one for one in measurements if one["peer"] != "scipy"])
    fewer = copy.deepcopy(runs)
    del fewer["betweenness"]
    with pytest.raises(timing.Disagreement, match="no row of ours"):
        ratios.require_all(fewer, measurements)


def test_tables_and_picture_hold_every_line(tables, tmp_path):
    lines, shares = tables
    ratios.write_csv(tmp_path / "ratios.csv", ratios.Ratio, lines)
    assert len((tmp_path / "ratios.csv").read_text(encoding="utf-8").splitlines()) == len(lines) + 1
    text = ratios.text_of_ratios(lines)
    assert len(text.splitlines()) == len(lines) + 1
    assert all(line.peer in text for line in lines)
    assert len(ratios.text_of_shares(shares).splitlines()) == len(shares) + 1
    picture.draw(lines, tmp_path / "ratios.png")
    assert (tmp_path / "ratios.png").stat().st_size > 10_000


def test_another_answer_is_an_error():
    timing.require_close("same", [1.0, 2.0], [1.0, 2.0])
    timing.require_close("near", [1.0 + 1e-10], [1.0], relative=1e-9)
    with pytest.raises(timing.Disagreement, match=r"2\.0 against our 3\.0 at \(1,\), 1 values"):
        timing.require_close("apart", [1.0, 2.0], [1.0, 3.0], relative=1e-9)
    with pytest.raises(timing.Disagreement, match="values against"):
        timing.require_close("shorter", [1.0], [1.0, 3.0])
    with pytest.raises(timing.Disagreement):
        timing.require_close("undefined", [float("nan")], [1.0], relative=1.0)


def test_each_repetition_is_timed():
    assert len(timing.samples(lambda: sum(range(1000)), 4, least_seconds=0.001)) == 4
    seen = []
    timing.samples(seen.append, 3, prepare=lambda: len(seen))
    assert seen == [0, 1, 2, 3]  # prepared anew for each, the first not counted


def world(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Flows with balanced trade, and elasticities."""
    random = np.random.default_rng(seed)
    flow = random.lognormal(size=(2, 7, 7)) + 10.0 * np.eye(7)
    flow = flow + flow.transpose(0, 2, 1)
    return flow, np.array([4.0, 6.0])


def flows_at(flow: np.ndarray, elasticity: np.ndarray, factor: np.ndarray, ln_wage: np.ndarray) -> np.ndarray:
    """Flows by sector, exporter and importer at wages, as the gravity equation has them."""
    sales = flow * factor * np.exp(-elasticity[:, None, None] * ln_wage[None, :, None])
    share = sales / sales.sum(axis=1, keepdims=True)
    return share * flow.sum(axis=1, keepdims=True) * np.exp(ln_wage)[None, None, :]


def test_numpy_solver_leaves_wages_alone_if_nothing_changes():
    flow, elasticity = world(1)
    solution = numpy_trade.NumpyTrade(flow, elasticity).solve(np.ones_like(flow))
    assert solution.iterations == 0
    assert np.allclose(solution.real_income, 1.0, rtol=0, atol=1e-12)
    assert np.allclose(solution.price_index, 1.0, rtol=0, atol=1e-12)


def test_numpy_solver_clears_markets_and_gains_follow_home_shares():
    flow, elasticity = world(2)
    solver = numpy_trade.NumpyTrade(flow, elasticity)
    factor = np.where(np.eye(7) > 0, 1.0, 0.4)[None].repeat(2, axis=0)
    solution = solver.solve(factor)
    output = np.exp(solution.ln_wage) * flow.sum(axis=(0, 2))
    after = flows_at(flow, elasticity, factor, solution.ln_wage)
    assert np.allclose(after.sum(axis=(0, 2)), output, rtol=1e-11)
    assert np.allclose(after.sum(axis=(0, 1)), output, rtol=1e-11)
    # Arkolakis, Costinot & Rodríguez-Clare (2012)
    home = (np.diagonal(after / after.sum(axis=1, keepdims=True), axis1=1, axis2=2)
            / np.diagonal(flow / flow.sum(axis=1, keepdims=True), axis1=1, axis2=2))
    gains = (home ** (-solver.sector_share / elasticity[:, None])).prod(axis=0)
    assert np.allclose(solution.real_income, gains, rtol=1e-11)
    assert (gains < 1.0).all()
