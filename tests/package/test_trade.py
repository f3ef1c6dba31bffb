"""Trade engines on plain arrays: published numbers and closed forms, NumPy references on random worlds, errors."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from splinternet import DataError, ScenarioError, SolverError, trade

FLOWS = [[70.0, 20, 10], [15, 55, 12], [12, 10, 80]]
DECOUPLED = [[1, 1, 1.5], [1, 1, 1], [1.5, 1, 1]]
NAMES = ["USA", "DEU", "CHN"]


def close(found, wanted, tolerance):
    np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=tolerance)


def random_world(seed, countries, sectors):
    """Flows with much trade at home, elasticities, cost changes and trust changes."""
    random = np.random.default_rng(seed)
    flows = random.lognormal(0.0, 1.0, (sectors, countries, countries))
    flows[:, np.arange(countries), np.arange(countries)] *= 3.0 * countries
    shape = flows.shape
    cost = random.uniform(0.8, 2.0, shape)
    trust = random.uniform(0.5, 1.5, shape)
    for change in (cost, trust):
        change[:, np.arange(countries), np.arange(countries)] = 1.0
    return flows, random.uniform(2.0, 8.0, sectors), cost, trust, random.uniform(0.9, 1.2, countries)


def reference_equilibrium(flows, theta, factor, productivity, deficits):
    """Dekle, Eaton & Kortum (2008) by plain iteration of wages: wages, expenditure, prices and flows."""
    spent = flows.sum(axis=1)
    output, expenditure = flows.sum(axis=(0, 2)), spent.sum(axis=0)
    alpha, share = spent / expenditure, flows / spent[:, None, :]
    wage = np.ones(len(output))
    for _ in range(100_000):
        income = wage * output
        if deficits == "multiplicative":
            new_expenditure = wage * expenditure * income.sum() / (wage * expenditure).sum()
        elif deficits == "additive":
            new_expenditure = income + expenditure - output
        else:
            new_expenditure = income
        cheap = (wage / productivity)[None, :, None] ** -theta[:, None, None]
        market = (share * factor * cheap).sum(axis=1)
        trade_now = share * factor * cheap / market[:, None, :] * (alpha * new_expenditure)[:, None, :]
        ratio = trade_now.sum(axis=(0, 2)) / income
        if np.abs(ratio - 1.0).max() < 1e-13:
            break
        wage = wage * ratio ** (0.5 / (1.0 + theta.max()))
        wage /= (wage * output).sum() / output.sum()
    price = np.exp(-(alpha * np.log(market) / theta[:, None]).sum(axis=0))
    return wage, new_expenditure / expenditure / price, trade_now


@pytest.mark.parametrize(
    ("deficits", "real_wage", "real_income", "first_row"),
    [
        (
            "multiplicative",
            [0.9771670289957589, 1.0038012233957478, 0.9793898908482471],
            [0.9771231812140139, 1.0037561804750874, 0.9793459433214652],
            [78.98906692529359, 20.23445203759036, 1.3149936914023028],
        ),
        (
            "additive",
            [0.9771784489892066, 1.0037830911226526, 0.9793920074053178],
            [0.9773413219079721, 1.0034461465276288, 0.9793920074053178],
            [79.00377705236737, 20.223304558670435, 1.314759950374517],
        ),
    ],
)
def test_three_countries_with_deficits_come_to_the_stored_solution(deficits, real_wage, real_income, first_row):
    world = trade.solve(FLOWS, elasticity=5, cost_change=DECOUPLED, deficits=deficits)
    close(world.real_wage_change, real_wage, 1e-11)
    close(world.real_income_change, real_income, 1e-11)
    close(world.trade[0], first_row, 1e-11)


@pytest.mark.parametrize(
    ("world", "theta", "wanted"),
    [
        ((4, 2, 1.5, 1.5, 2.0), 5.0, 0.9693838957346934),
        ((6, 3, 1.3, 1.3, 3.0), 4.0, 0.8445699845894928),
        ((190, 2, 1.8, 1.8, 2.4), 4.0, 0.9062364050508859),
        ((190, 2, 1.8, 1.8, np.inf), 4.0, 0.8507308074785667),
    ],
)
def test_symmetric_blocs_lose_what_the_closed_form_says(world, theta, wanted):
    count, blocs, within, before, after = world
    bloc = np.arange(count) * blocs // count
    same = bloc[:, None] == bloc[None, :]
    cost = np.where(same, within, before)
    np.fill_diagonal(cost, 1.0)
    change = np.where(same, 1.0, after / before)
    found = trade.solve(cost**-theta, elasticity=theta, cost_change=change)
    close(found.real_income_change, np.full(count, wanted), 1e-13)


def test_autarky_costs_what_home_shares_say():
    flows = np.array([[70.0, 17.5, 11], [17.5, 55, 11], [11, 11, 80]])
    ended = np.where(np.eye(3) > 0, 1.0, np.inf)
    world = trade.solve(flows, elasticity=5, cost_change=ended)
    close(world.real_wage_change, [0.9339687858003384, 0.9198886127885879, 0.9525723320331683], 1e-12)
    close(world.real_wage_change, (flows.diagonal() / flows.sum(axis=0)) ** 0.2, 1e-12)
    assert (world.trade[~np.eye(3, dtype=bool)] == 0).all()
    close(trade.solve(flows, elasticity=5, trust_change=np.eye(3)).real_wage_change, world.real_wage_change, 1e-14)


@pytest.mark.parametrize("sectors", [1, 3])
@pytest.mark.parametrize("deficits", ["balanced", "multiplicative", "additive"])
def test_random_worlds_agree_with_a_plain_iteration_in_numpy(deficits, sectors):
    for seed in range(6):
        flows, theta, cost, trust, productivity = random_world(seed, 7, sectors)
        factor = trust * cost ** -theta[:, None, None]
        given = {"elasticity": theta, "cost_change": cost, "trust_change": trust, "productivity_change": productivity}
        world = trade.solve(flows, **given, deficits=deficits)
        before = flows
        if deficits == "balanced":
            before = reference_equilibrium(flows, theta, np.ones(flows.shape), np.ones(7), "balanced")[2]
            close(world.baseline, before, 1e-10)
        wage, real_income, after = reference_equilibrium(before, theta, factor, productivity, deficits)
        close(world.wage_change, wage, 1e-10)
        close(world.real_income_change, real_income, 1e-10)
        close(world.trade, after, 1e-9)
        close(world.import_share.sum(axis=1), np.ones((sectors, 7)), 1e-12)
        assert world.residual < 1e-12
        assert world.acr_gap < 1e-10
        assert len(world.residual_history) == world.iterations + 1
        assert world.residual_history[-1] == world.residual


def test_supply_that_answers_prices_solves_universal_gravity():
    psi, theta = 0.8, 4.0
    flows, _, cost, _, _ = random_world(3, 6, 1)
    world = trade.solve(flows[0], elasticity=theta, cost_change=cost[0], supply_elasticity=psi)
    base, factor = world.baseline, cost[0] ** -theta
    price, index = world.wage_change, world.price_change
    close(index**-theta, (base * factor * price[:, None] ** -theta).sum(axis=0) / base.sum(axis=0), 1e-11)
    close(world.output, price * (price / index) ** psi * base.sum(axis=1), 1e-11)
    close(world.real_income_change, (price / index) ** (1 + psi), 1e-11)
    close(world.trade.sum(axis=1), world.output, 1e-11)
    close(world.trade, base * factor * price[:, None] ** -theta / index**-theta / base.sum(axis=0) * world.output, 1e-9)


def test_nothing_changes_where_nothing_changes_and_units_do_not_matter():
    same = trade.solve(FLOWS, elasticity=5)
    assert (same.real_income_change == 1.0).all()
    close(same.trade_change, np.ones((3, 3)), 1e-15)
    millions = trade.solve(np.array(FLOWS) * 1e6, elasticity=5, cost_change=DECOUPLED)
    close(
        millions.real_income_change, trade.solve(FLOWS, elasticity=5, cost_change=DECOUPLED).real_income_change, 1e-12
    )


def test_labels_are_kept_and_changes_may_come_in_any_order():
    frame = pd.DataFrame(FLOWS, index=NAMES, columns=NAMES)
    plain = trade.solve(FLOWS, elasticity=5, cost_change=DECOUPLED, productivity_change=[1.0, 1.1, 1.0])
    other = ["CHN", "USA", "DEU"]
    change = pd.DataFrame(DECOUPLED, index=NAMES, columns=NAMES).loc[other, other]
    world = trade.solve(frame, elasticity=5, cost_change=change, productivity_change={"DEU": 1.1})
    assert world.real_income_change.dims == ("country",)
    assert world.trade.dims == ("exporter", "importer")
    assert list(world.trade_change.exporter.values) == NAMES
    assert (world.trade.values == plain.trade).all()
    turned = xr.DataArray(
        np.transpose(FLOWS), dims=["importer", "exporter"], coords=dict.fromkeys(("importer", "exporter"), NAMES)
    )
    series = pd.Series({"CHN": 1.0, "DEU": 1.1, "USA": 1.0})
    again = trade.solve(turned, elasticity=5, cost_change=change, productivity_change=series)
    assert (again.trade.values == plain.trade).all()
    stack = xr.DataArray(
        [FLOWS, FLOWS],
        dims=["sector", "exporter", "importer"],
        coords={"sector": ["goods", "data"], "exporter": NAMES, "importer": NAMES},
    )
    two = trade.solve(stack, elasticity=[5, 5], cost_change=DECOUPLED)
    assert two.home_share.dims == ("sector", "country")
    assert list(two.trade.sector.values) == ["goods", "data"]
    close(two.real_income_change, trade.solve(FLOWS, elasticity=5, cost_change=DECOUPLED).real_income_change, 1e-12)
    assert repr(two).startswith("<Equilibrium of 3 countries: residual ")


def test_a_table_by_country_holds_what_the_arrays_hold():
    table = pd.DataFrame(FLOWS, NAMES, NAMES)
    use = {"elasticity": 5, "value_added": [[1, 1, 1]], "input_shares": [[0]]}
    stack = xr.DataArray(
        [FLOWS], dims=["sector", "exporter", "importer"], coords={"exporter": NAMES, "importer": NAMES}
    )
    levels = pd.Series([1.0, 1.0, 1.0], NAMES)
    for world in (
        trade.solve(table, elasticity=5, cost_change=DECOUPLED),
        trade.caliendo_parro(stack, **use, cost_change=DECOUPLED),
        trade.gravity(DECOUPLED, levels, levels, elasticity=4).full_endowment(np.ones((3, 3))),
    ):
        frame = world.to_frame()
        assert frame.index.to_list() == NAMES
        assert frame.columns[0] == "real_income_change"
        for name, column in frame.items():
            np.testing.assert_array_equal(column, getattr(world, name))
    assert trade.solve(FLOWS, elasticity=5).to_frame().index.to_list() == [0, 1, 2]


def test_trade_that_was_not_there_has_no_change():
    flows = np.array(FLOWS)
    flows[0, 1] = 0.0
    world = trade.solve(flows, elasticity=5, cost_change=DECOUPLED)
    assert np.isnan(world.trade_change[0, 1])
    assert world.trade[0, 1] == 0.0


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"flows": [[1.0, 2.0]]}, r"flows: the shape is \(1, 2\), but \(exporter, importer\)"),
        ({"flows": np.zeros((0, 0))}, "flows: the shape is"),
        ({"flows": [[1.0, -2], [1, 1]]}, r"flows\[0, 1\] is -2, but at least 0 is needed"),
        ({"flows": [[1.0, np.nan], [1, 1]]}, r"flows\[0, 1\] is nan"),
        ({"flows": [["a", "b"], ["c", "d"]]}, "flows: an array of numbers is needed"),
        ({"flows": pd.DataFrame(FLOWS, index=NAMES, columns=NAMES[::-1])}, "row 0 is USA but column 0 is CHN"),
        ({"flows": pd.DataFrame(np.ones((2, 2)), index=["A", "A"], columns=["A", "A"])}, "label A stands twice"),
        ({"elasticity": -1.0}, "elasticity of sector 0 is -1; it must be between 0.001 and 1000"),
        ({"elasticity": [4.0, 5.0]}, r"elasticity: the shape is \(2,\)"),
        ({"cost_change": 1.1}, "cost_change: a matrix is needed"),
        ({"cost_change": np.ones((2, 2))}, r"cost_change: the shape is \(1, 2, 2\), but \(1, 3, 3\) is needed"),
        ({"cost_change": np.zeros((3, 3))}, "cost_change from country in row 0 to country in row 0 in sector 0 is 0"),
        ({"cost_change": np.full((3, 3), np.nan)}, "cost_change from .* is nan; it must be positive"),
        ({"trust_change": -np.ones((3, 3))}, "trust_change from .* is -1; it must be finite and not negative"),
        ({"productivity_change": [1.0, 1.0]}, r"productivity_change: the shape is \(2,\), but \(3,\)"),
        ({"productivity_change": {"FRA": 1.1}}, 'productivity_change: there is no "FRA"'),
        ({"deficits": "multiplicativ"}, 'deficits: there is no "multiplicativ"'),
        ({"supply_elasticity": -0.1}, "supply_elasticity.* is -0.1, but at least 0"),
        ({"tolerance": 0.0}, "tolerance is 0, but it must be positive"),
        ({"tolerance": 1.0}, "tolerance is 1; it must be positive and at most 0.001"),
    ],
)
def test_wrong_arguments_are_named(changed, message):
    with pytest.raises(ValueError, match=message):
        trade.solve(**{"flows": FLOWS, "elasticity": 5, **changed})


def test_labels_that_do_not_fit_are_named():
    frame = pd.DataFrame(FLOWS, index=NAMES, columns=NAMES)
    wrong = frame.rename(index={"DEU": "FRA"}, columns={"DEU": "FRA"})
    with pytest.raises(ScenarioError, match='cost_change: there is no "FRA"'):
        trade.solve(frame, elasticity=5, cost_change=wrong)
    with pytest.raises(ScenarioError, match="CHN is missing"):
        trade.solve(frame, elasticity=5, cost_change=frame.iloc[:2, :2])


def test_worlds_without_an_equilibrium_are_refused_by_name():
    frame = pd.DataFrame(FLOWS, index=NAMES, columns=NAMES)
    with pytest.raises(DataError, match=r"country DEU \(row 1\) sells nothing"):
        trade.solve(frame * np.array([[1.0], [0.0], [1.0]]), elasticity=5)
    apart = pd.DataFrame(np.eye(3), index=NAMES, columns=NAMES)
    with pytest.raises(DataError, match=r"DEU.* has no trade, not even through others"):
        trade.solve(apart, elasticity=5)
    with pytest.raises(SolverError, match="USA"):
        trade.solve(frame, elasticity=5, trust_change=[[0, 1, 1], [0, 1, 1], [0, 1, 1]])
    with pytest.raises(SolverError, match="productivity"):
        trade.solve(frame, elasticity=5, productivity_change=[1.0, 0.0, 1.0])


def test_threads_solve_side_by_side_what_one_solves():
    worlds = [random_world(seed, 20, 2) for seed in range(8)]

    def real_income(world):
        flows, theta, cost, trust, productivity = world
        given = {"cost_change": cost, "trust_change": trust, "productivity_change": productivity}
        return trade.solve(flows, elasticity=theta, **given).real_income_change

    alone = [real_income(world) for world in worlds]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(real_income, worlds))
    assert all((one == other).all() for one, other in zip(alone, together, strict=True))
