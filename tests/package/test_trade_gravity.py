"""Gravity, linear responses, and trade with inputs: against NumPy, against one another, and errors."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from splinternet import DataError, ScenarioError, SolverError, trade

FLOWS = [[70.0, 20, 10], [15, 55, 12], [12, 10, 80]]
NAMES = ["USA", "DEU", "CHN"]


def close(found, wanted, tolerance):
    np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=tolerance)


def random_costs(seed, countries):
    random = np.random.default_rng(seed)
    costs = random.uniform(1.2, 3.0, (countries, countries))
    np.fill_diagonal(costs, 1.0)
    output = random.lognormal(0.0, 1.0, countries)
    expenditure = output * random.uniform(0.9, 1.1, countries)
    return costs, output, expenditure * output.sum() / expenditure.sum()


def test_resistances_are_those_of_balancing_rows_and_columns_in_turn():
    for seed in range(5):
        costs, output, expenditure = random_costs(seed, 8)
        ease, world_output = costs**-5.0, output.sum()
        inward = np.ones(8)
        for _ in range(20_000):
            outward = ease @ (expenditure / world_output / inward)
            inward = ease.T @ (output / world_output / outward)
        world = trade.gravity(costs, output, expenditure, elasticity=5.0, reference=2)
        close(world.baseline.inward_resistance, (inward / inward[2]) ** -0.2, 1e-11)
        close(world.baseline.outward_resistance, (outward * inward[2]) ** -0.2, 1e-11)
        close(world.baseline.trade.sum(axis=1), output, 1e-11)
        close(world.baseline.trade.sum(axis=0), expenditure, 1e-11)


def test_costs_may_be_levels_logs_or_ease():
    costs, output, expenditure = random_costs(1, 5)
    costs[0, 3] = np.inf
    given = {"output": output, "expenditure": expenditure, "elasticity": 5.0}
    level = trade.gravity(costs, **given)
    log = trade.gravity(np.log(costs), **given, form="log_cost")
    ease = trade.gravity(costs**-5.0, **given, form="ease")
    close(log.baseline.trade, level.baseline.trade, 1e-11)
    close(ease.baseline.trade, level.baseline.trade, 1e-11)
    assert level.baseline.trade[0, 3] == 0.0


def test_full_endowment_is_exact_hat_algebra_with_multiplicative_deficits():
    for seed in range(5):
        costs, output, expenditure = random_costs(seed, 9)
        change = np.random.default_rng(100 + seed).uniform(0.8, 1.6, costs.shape)
        np.fill_diagonal(change, 1.0)
        world = trade.gravity(costs, output, expenditure, elasticity=5.0)
        gravity = world.full_endowment(costs * change)
        hat = trade.solve(world.baseline.trade, elasticity=5, cost_change=change, deficits="multiplicative")
        close(gravity.real_income_change, hat.real_income_change, 1e-10)
        close(gravity.price_change, hat.wage_change, 1e-10)
        close(gravity.trade, hat.trade, 1e-9)
        close(gravity.output, hat.output, 1e-10)
        close(gravity.expenditure, hat.expenditure, 1e-10)


def test_shares_of_the_baseline_would_give_another_full_endowment():
    # What gegravity 0.3 does: one pass from the resistances of the conditional counterfactual.
    costs, output, expenditure = random_costs(2, 6)
    world = trade.gravity(costs, output, expenditure, elasticity=4.0)
    conditional = world.conditional(np.where(np.eye(6) > 0, 1.0, 1.5 * costs))
    one_pass = world.baseline.outward_resistance / conditional.outward_resistance
    exact = world.full_endowment(np.where(np.eye(6) > 0, 1.0, 1.5 * costs)).price_change
    gap = np.abs(one_pass / one_pass[0] - exact / exact[0]).max()
    assert gap > 1e-3


def test_conditional_counterfactuals_keep_output_and_expenditure():
    costs, output, expenditure = random_costs(4, 6)
    frame = pd.DataFrame(costs, index=list("ABCDEF"), columns=list("ABCDEF"))
    world = trade.gravity(frame, output, expenditure, elasticity=4.0, reference="C")
    assert world.baseline.inward_resistance.sel(country="C") == 1.0
    flows = world.conditional(frame.iloc[::-1, ::-1] * 1.2)
    close(flows.trade, world.baseline.trade, 1e-10)  # what is dearer everywhere changes nothing
    assert list(flows.trade.exporter.values) == list("ABCDEF")
    assert repr(world) == "<Gravity of 6 countries>"
    assert repr(flows).startswith("<GravityFlows of 6 countries: residual ")


def test_labels_may_come_with_output():
    costs, output, expenditure = random_costs(4, 3)
    world = trade.gravity(
        costs, pd.Series(output, index=NAMES), dict(zip(NAMES, expenditure, strict=True)), elasticity=4.0
    )
    assert list(world.baseline.inward_resistance.country.values) == NAMES


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"costs": [1.0, 2.0]}, r"costs: the shape is \(2,\), but a square matrix"),
        ({"costs": [[1.0, -1], [1, 1]]}, "ease of trade from country in row 0 to country in row 1 is -1"),
        ({"costs": [[np.inf, np.inf], [1, 1]]}, "row 0 cannot sell to anyone"),
        ({"output": [1.0, 2.0, 3.0]}, r"output: the shape is \(3,\)"),
        ({"output": {"0": 1.0}}, 'output: there is no "0"'),
        ({"output": {0: 1.0}}, r"output\[1\] is nan"),
        ({"output": None}, "output: one number per country is needed"),
        ({"expenditure": [3.0, 2.0]}, "world output 4 is not world expenditure 5"),
        ({"expenditure": [4.0, 0.0]}, "must be positive and finite"),
        ({"elasticity": 0.0}, "elasticity is 0, but it must be positive"),
        ({"form": "level"}, 'form: there is no "level"'),
        ({"reference": 2}, 'reference: there is no "2"'),
    ],
)
def test_wrong_arguments_of_gravity_are_named(changed, message):
    given = {"costs": [[1.0, 2], [2, 1]], "output": [3.0, 1.0], "expenditure": [3.0, 1.0], "elasticity": 4.0}
    with pytest.raises(ValueError, match=message):
        trade.gravity(**{**given, **changed})


def test_gravity_without_a_counterfactual_matrix_says_so():
    world = trade.gravity([[1, 2], [2, 1]], [3, 1], [3, 1], elasticity=4)
    with pytest.raises(ScenarioError, match="costs: a square matrix is needed"):
        world.conditional(None)
    with pytest.raises(ScenarioError, match=r"costs: the shape is \(1, 3, 3\)"):
        world.full_endowment(np.ones((3, 3)))


def test_linear_response_is_exact_to_first_order():
    flows = np.random.default_rng(5).lognormal(0, 1, (2, 6, 6)) + 20 * np.eye(6)
    theta = np.array([3.0, 6.0])
    response = trade.linear_response(flows, elasticity=theta, deficits="multiplicative")
    step = 1e-4

    def solved(country, partner, of, size):
        change = np.ones((6, 6))
        change[(country, partner) if of.startswith("export") else (partner, country)] = np.exp(size)
        name = "cost_change" if of.endswith("cost") else "trust_change"
        world = trade.solve(flows, elasticity=theta, deficits="multiplicative", tolerance=1e-14, **{name: change})
        return np.log(world.real_income_change[country])

    for of in ("export_cost", "import_cost", "export_trust", "import_trust"):
        slopes = response.derivatives(of)
        assert (np.diagonal(slopes) == 0.0).all()
        for country, partner in [(0, 1), (3, 2), (5, 4)]:
            exact = (solved(country, partner, of, step) - solved(country, partner, of, -step)) / (2 * step)
            close(slopes[country, partner], exact, 1e-7)


def test_linear_response_to_large_changes_is_near_the_solution():
    response = trade.linear_response(FLOWS, elasticity=5)
    base = trade.solve(FLOWS, elasticity=5).baseline
    for partner, factor in [(1, 1.3), (2, 2.0), (1, np.inf)]:
        change = np.ones((3, 3))
        change[partner, 0] = factor
        exact = np.log(trade.solve(base, elasticity=5, cost_change=change).real_income_change[0])
        found = response.real_income(0, import_cost_change={partner: factor})
        assert abs(found - exact) < 0.25 * abs(exact)
    assert response.real_income(0) == 0.0
    alone = response.real_income(0, import_cost_change=np.inf, export_trust_change=0.0)
    close(alone, np.log(base[0, 0] / base[:, 0].sum()) / 5, 1e-12)


def test_linear_response_keeps_labels_and_takes_a_world_already_changed():
    frame = pd.DataFrame(FLOWS, index=NAMES, columns=NAMES)
    response = trade.linear_response(
        frame, elasticity=5, productivity_change={"CHN": 1.1}, trust_change=np.full((3, 3), 0.9)
    )
    slopes = response.derivatives("import_trust")
    assert slopes.dims == ("country", "partner")
    assert (slopes.values[~np.eye(3, dtype=bool)] > 0).all()
    rise = response.real_income("CHN", export_cost_change=pd.Series({"CHN": 1.0, "DEU": 0.9, "USA": 1.0}))
    close(rise, response.real_income(2, export_cost_change={"DEU": 0.9}), 1e-15)
    assert rise > 0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"country": 3}, 'country: there is no "3"'),
        ({"country": 0, "export_cost_change": 0.0}, "cost_change with country in row 0 is 0"),
        ({"country": 0, "import_trust_change": -1.0}, "trust_change with .* is -1"),
        ({"country": 0, "import_trust_change": [1.0, 1.0]}, r"import_trust_change: the shape is \(2,\)"),
        ({"country": 0, "productivity_change": 0.0}, "productivity_change is 0"),
    ],
)
def test_wrong_arguments_of_linear_responses_are_named(given, message):
    with pytest.raises(ScenarioError, match=message):
        trade.linear_response(FLOWS, elasticity=5).real_income(**given)


def test_linear_responses_have_limits():
    with pytest.raises(ScenarioError, match='of: there is no "costs"'):
        trade.linear_response(FLOWS, elasticity=5).derivatives("costs")
    with pytest.raises(ScenarioError, match="at most 64 sectors"):
        trade.linear_response(np.ones((65, 2, 2)), elasticity=5)


def three_by_three():
    """Three countries and sectors with tariffs, inputs and deficits: flows and the rest."""
    share = [
        [[0.8, 0.12, 0.08], [0.1, 0.82, 0.08], [0.06, 0.09, 0.85]],
        [[0.62, 0.22, 0.16], [0.2, 0.6, 0.2], [0.15, 0.19, 0.66]],
        [[0.9, 0.06, 0.04], [0.05, 0.92, 0.03], [0.04, 0.05, 0.91]],
    ]  # [sector][importer][exporter]
    spending = [
        [35.47983242577361, 26.11769316477454, 32.9390675291292],
        [81.24791542011407, 67.905885334795, 64.7389047736327],
        [78.66110344942231, 74.81950862662795, 49.924324621062155],
    ]
    flows = (np.array(share) * np.array(spending)[:, :, None]).transpose(0, 2, 1)
    away = 1.0 - np.eye(3)
    return flows, {
        "elasticity": [8.0, 5.0, 4.0],
        "tariffs": np.array([0.05 * away, 0.08 * away, 0.0 * away]),
        "value_added": [[0.45, 0.5, 0.4], [0.35, 0.3, 0.33], [0.6, 0.65, 0.55]],
        "input_shares": [
            [[0.165, 0.0975, 0.04], [0.275, 0.39, 0.12], [0.11, 0.1625, 0.24]],
            [[0.15, 0.105, 0.035], [0.25, 0.42, 0.105], [0.1, 0.175, 0.21]],
            [[0.18, 0.1005, 0.045], [0.3, 0.402, 0.135], [0.12, 0.1675, 0.27]],
        ],
    }


def test_trade_with_inputs_comes_to_the_stored_solutions():
    flows, data = three_by_three()
    same = trade.caliendo_parro(flows, **data)
    close(same.real_income_change, np.ones(3), 1e-13)
    close(same.baseline_deficit, [11.53714446558961, -6.4206147097503194, -5.116529755839282], 1e-11)
    close(same.baseline_final_demand, [100.0, 80.0, 60.0], 1e-11)
    dearer = np.ones((3, 3, 3))
    dearer[1:, [0, 2], [2, 0]] = 1.5
    apart = trade.caliendo_parro(flows, **data, cost_change=dearer)
    close(apart.real_wage_change, [0.9682647148150009, 1.003822098386317, 0.9585557357301792], 1e-11)
    close(apart.real_income_change, [0.963005643630635, 1.0066339645003095, 0.9468552714463857], 1e-11)
    close(apart.tariff_revenue, [2.064774483887858, 2.3679341211231115, 1.2498404555881222], 1e-10)
    war = data["tariffs"].copy()
    war[1, [0, 2], [2, 0]] = 0.4
    fought = trade.caliendo_parro(flows, **data, new_tariffs=war)
    close(fought.wage_change, [0.9969450499069705, 1.0172488273933882, 0.9811882660619023], 1e-11)
    close(fought.price_change, [1.0187377912757818, 1.0142652581920952, 1.0097772034223833], 1e-11)
    close(fought.real_income_change, [0.9831605404767213, 1.0050902802611503, 0.9723265499010751], 1e-11)
    close(fought.sector_price_change[:, 0], [1.0117151028276021, 1.041071561032235, 1.0047832111403707], 1e-11)
    assert fought.residual < 1e-12
    assert fought.acr_gap < 1e-10
    assert repr(fought).startswith("<InputOutputEquilibrium of 3 countries: residual ")


def test_without_inputs_and_tariffs_trade_is_that_of_hat_algebra():
    flows = np.array([FLOWS, np.transpose(FLOWS)]) + np.eye(3)
    change = [[1, 1, 1.5], [1, 1, 1], [1.5, 1, 1]]
    plain = {"value_added": np.ones((2, 3)), "input_shares": np.zeros((2, 2))}
    inputs = trade.caliendo_parro(flows, elasticity=5, **plain, cost_change=change)
    hat = trade.solve(flows, elasticity=5, cost_change=change, deficits="additive")
    close(inputs.real_income_change, hat.real_income_change, 1e-10)
    close(inputs.trade, hat.trade, 1e-9)
    balanced = trade.caliendo_parro(flows, elasticity=5, **plain, deficits="balanced")
    close(balanced.trade.sum(axis=(0, 1)), balanced.trade.sum(axis=(0, 2)), 1e-10)
    close(trade.caliendo_parro(flows, elasticity=5, **plain, deficits=np.zeros(3)).trade, balanced.trade, 0.0)


def test_inputs_keep_labels():
    flows, data = three_by_three()
    stack = xr.DataArray(
        flows,
        dims=["sector", "exporter", "importer"],
        coords={"sector": ["a", "b", "c"], "exporter": NAMES, "importer": NAMES},
    )
    added = xr.DataArray(np.transpose(data["value_added"]), dims=["country", "sector"], coords={"country": NAMES})
    world = trade.caliendo_parro(stack, **{**data, "value_added": added}, productivity_change={"USA": 1.01})
    assert world.expenditure.dims == ("sector", "country")
    assert world.real_income_change.sel(country="USA") > 1.005
    assert world.trade_change.dims == ("sector", "exporter", "importer")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"value_added": np.ones((2, 3))}, r"value_added: the shape is \(2, 3\)"),
        ({"value_added": 0.5}, "sector 0 of country in row 0 has a value added of 0.5"),
        ({"value_added": 1e-4}, "value_added: every sector needs a share of 0.001 or more"),
        ({"tolerance": 1e-6}, "tolerance is 1e-06; it must be positive and at most 1e-10"),
        ({"input_shares": np.ones(3)}, r"input_shares: the shape is \(3,\), but \(3, 3, 3\) is needed"),
        ({"input_shares": -np.ones((3, 3))}, "input_shares.* is -1"),
        ({"tariffs": np.full((3, 3), 0.1)}, "the tariff of country in row 0 on goods of country in row 0"),
        ({"deficits": "none"}, 'deficits: "none" is neither an array of levels nor "balanced"'),
        ({"deficits": [1.0, 1.0]}, r"deficits: the shape is \(2,\)"),
        ({"deficits": {"0": 1.0}}, "deficits"),
    ],
)
def test_wrong_arguments_of_trade_with_inputs_are_named(changed, message):
    flows, data = three_by_three()
    with pytest.raises(ValueError, match=message):
        trade.caliendo_parro(flows, **{**data, **changed})


def test_deficits_that_nobody_lends_are_refused():
    flows, data = three_by_three()
    with pytest.raises(SolverError, match="deficits add up to 3"):
        trade.caliendo_parro(flows, **data, deficits=[1.0, 1.0, 1.0])
    with pytest.raises(DataError, match="sells nothing"):
        trade.caliendo_parro(flows * np.array([0.0, 1.0, 1.0])[:, None], **data)
