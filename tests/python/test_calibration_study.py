"""The measures of analysis/calibration on a world worked out by hand, its solver on a made-up one, and its picture."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

CALIBRATION = Path(__file__).resolve().parents[2] / "analysis" / "calibration"
sys.path.insert(0, str(CALIBRATION))

from calibration_picture import DATA_LINES, LABELLED, TRADE_LINES, draw  # noqa: E402
from published import FIGURES  # noqa: E402
from counterfactuals import Laboratory, Outcome, abroad, percent  # noqa: E402
from study import MEASURES, Costs, Row, calibrate, markdown, three_bloc_cost, write_csv  # noqa: E402


def outcome(**changed) -> Outcome:
    """Three countries of output 10; afterwards A sells 1 less to B and keeps it at home, B's wage doubles."""
    before = np.array([[7.0, 2.0, 1.0], [2.0, 6.0, 2.0], [0.0, 1.0, 9.0]])
    after = np.array([[8.0, 1.0, 1.0], [4.0, 12.0, 4.0], [0.0, 1.0, 9.0]])
    values = {"country": ["AAA", "BBB", "CCC"], "gdp": np.array([1.0, 3.0, 4.0]),
              "real_income": np.array([-4.0, -2.0, 1.0]), "flow_before": before, "flow_after": after,
              "services_before": before / 4, "services_after": after / np.array([[4], [2], [4]]),
              "productivity": np.ones(3), "bloc": ["x", "x", "y"], "world_income": -0.75,
              "events": {"decoupling": {"countries": ["AAA", "BBB"], "partners": ["CCC"]}}}
    return Outcome(**(values | changed))


def test_exports_leave_out_what_is_sold_at_home():
    assert abroad(np.array([[5.0, 1.0], [2.0, 7.0]])) == 3.0
    assert percent(3.0, 4.0) == -25.0
    assert outcome().exports() == pytest.approx(100 * (11 / 8 - 1))


def test_real_exports_are_valued_at_the_prices_before():
    # B's exports of 8 are 4 at the old wage; A's fell from 3 to 2.
    assert outcome().real_exports() == pytest.approx(100 * (7 / 8 - 1))
    # With half the productivity the same sales at the same wage are half the goods.
    assert outcome(productivity=np.array([0.5, 1.0, 1.0])).real_exports() == pytest.approx(100 * (6 / 8 - 1))


def test_income_of_a_group_is_weighted_by_gdp_and_the_median_is_not():
    assert outcome().income_of(["AAA", "BBB"]) == pytest.approx(-2.5)
    assert outcome().median_income_of(["AAA", "BBB", "CCC"]) == -2.0
    assert outcome().members("x") == ["AAA", "BBB"]
    assert MEASURES["east-west", "real income, West"](outcome()) == pytest.approx(-2.5)
    assert MEASURES["east-west", "real income, East"](outcome()) == 1.0


def test_trade_between_and_within_blocs():
    assert outcome().trade_between(["x", "y"]) == pytest.approx(percent(1 + 4 + 0 + 1, 1 + 2 + 0 + 1))
    assert outcome().trade_within(["x", "y"]) == pytest.approx(percent(1 + 4, 2 + 2))
    assert outcome().decoupling(["x", "y"]) == pytest.approx(percent(1.5, 1.25))
    alone = outcome(bloc=["x", "", "y"])
    assert alone.trade_between(["x", "y"]) == pytest.approx(percent(1 + 0, 1 + 0))


def test_services_against_goods_counts_both_ways():
    # A and C trade only services' usual quarter; of B's sales to C half are services, of its purchases a quarter.
    assert outcome().services_against_goods(["AAA"], ["CCC"]) == pytest.approx(0)
    assert outcome().services_against_goods(["BBB"], ["CCC"]) == pytest.approx(
        percent((2 + 0.25) / 0.75, (2 + 0.75) / 2.25))


class Linear(Laboratory):
    """A laboratory whose world answers linearly, with a little curvature."""

    def run(self, scenario: str, **changed: float) -> Outcome:
        assert scenario == "data-autarky"
        services, diffusion = changed["policy__data_cost_services"], changed["policy__idea_diffusion"]
        assert changed["policy__data_cost_goods"] == pytest.approx(0.2 * services)
        return outcome(world_income=-2 * services - 40 * diffusion + services * diffusion,
                       real_income=np.array([-60 * services - 30 * diffusion, 0.0, 0.0]))


def test_the_solver_finds_the_costs_that_give_both_targets():
    costs = calibrate(Linear(Path()), 0.2, lambda o: float(o.real_income[0]))
    assert -60 * costs.services - 30 * costs.diffusion == pytest.approx(-8.45, abs=1e-5)
    income = -2 * costs.services - 40 * costs.diffusion + costs.services * costs.diffusion
    assert income == pytest.approx(-4.53, abs=1e-5)
    assert costs.goods == pytest.approx(0.2 * costs.services)


def test_the_program_that_refuses_is_quoted(program: Path):
    with pytest.raises(RuntimeError, match="^world: .*policy.idea_difusion"):
        Laboratory(program).run("world", policy__idea_difusion=0)


def test_settings_name_parameters_and_events():
    assert Costs(1, 2, 3).settings() == {"policy__data_cost_services": 1, "policy__data_cost_goods": 2,
                                         "policy__idea_diffusion": 3}
    assert three_bloc_cost(0.1)["event__west_east__amount"] == 0.1


def test_every_published_figure_can_be_measured_and_every_scenario_exists():
    scenarios = CALIBRATION.parents[1] / "scenarios" / "calibration"
    assert all((figure.scenario, figure.quantity) in MEASURES for figure in FIGURES)
    assert all((scenarios / f"{scenario}.toml").is_file() for scenario, _ in MEASURES)
    assert all((scenario, quantity) in MEASURES for scenario, quantity, _ in DATA_LINES + TRADE_LINES)


def rows() -> list[Row]:
    return [Row(scenario, quantity, -2.0 if n % 2 else None, "test", "somebody", -1.5, -0.5)
            for n, (scenario, quantity, _) in enumerate(DATA_LINES + TRADE_LINES)]


def test_the_tables_hold_every_line(tmp_path: Path):
    text = markdown(rows()).splitlines()
    assert len(text) == 2 + len(rows())
    assert text[2] == "| data-autarky | real exports, world |  | -1.50 | -0.50 | test somebody |"
    assert text[3].startswith("| data-autarky | real income, world | -2.00 | -1.50 |")
    write_csv(tmp_path / "t.csv", [vars(row) for row in rows()])
    with open(tmp_path / "t.csv", newline="", encoding="utf-8") as handle:
        read = list(csv.DictReader(handle))
    assert [float(row["model"]) for row in read] == [-1.5] * len(rows())
    assert read[0]["published"] == ""


def test_the_picture_shows_every_line_and_country(tmp_path: Path):
    size = len(LABELLED)
    world = outcome(country=LABELLED, gdp=np.geomspace(1, 2e4, size), real_income=np.linspace(-8, -2, size))
    figure = draw(rows(), world)
    data, trade, countries = figure.axes
    assert [label.get_text() for label in data.get_yticklabels()] == [label for _, _, label in DATA_LINES]
    assert len(trade.get_yticks()) == len(TRADE_LINES)
    dots = [line.get_xdata()[0] for line in data.lines if line.get_marker() == "o"]
    assert dots == [-1.5] * len(DATA_LINES)
    assert {text.get_text() for text in countries.texts} == set(LABELLED)
    figure.savefig(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").stat().st_size > 20_000
