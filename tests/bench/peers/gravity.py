"""Structural gravity by gegravity: resistances of the baseline and under other costs, full-endowment equilibrium.

Its full-endowment equilibrium keeps the output shares of the baseline in the resistances, so its prices are those of
ours to first order only; both kinds of resistances must agree to the tolerance of its root finder.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import gegravity
import numpy as np
import pandas as pd

from timing import Bench, Measurement, main, require_close

ELASTICITY = 4.0
ROW = "structural gravity"


def baseline_table(bench: Bench) -> pd.DataFrame:
    """One line for each pair of countries; the last country is the reference."""
    output, expenditure = bench.array("gravity_output"), bench.array("gravity_expenditure")
    ease = bench.array("gravity_ease")
    n = len(output)
    exporter, importer = (index.ravel() for index in np.indices((n, n)))
    return pd.DataFrame({
        "exporter": [f"C{i:02}" for i in exporter], "importer": [f"C{j:02}" for j in importer], "year": "2020",
        "trade": output[exporter] * expenditure[importer] / output.sum(), "Y": output[exporter],
        "E": expenditure[importer], "ln_ease": np.log(ease).ravel()})


def new_model(table: pd.DataFrame) -> gegravity.OneSectorGE:
    data = gegravity.BaselineData(table.copy(), trade_var_name="trade", expend_var_name="E", output_var_name="Y")
    coefficients = gegravity.CostCoeffs(pd.DataFrame([{"var": "ln_ease", "coeff": 1.0, "ste": 0.0}]),
                                        identifier_col="var", coeff_col="coeff", stderr_col="ste")
    return gegravity.OneSectorGE(data, year="2020", reference_importer=table["importer"].iloc[-1],
                                 expend_var_name="E", output_var_name="Y", sigma=ELASTICITY + 1.0,
                                 cost_variables=["ln_ease"], cost_coeff_values=coefficients, quiet=True)


def solve(model: gegravity.OneSectorGE, ln_ease_after: np.ndarray) -> None:
    model.build_baseline()
    after = model.baseline_data.drop(columns="index")
    after["ln_ease"] = ln_ease_after
    model.define_experiment(after)
    model.simulate()


def check(model: gegravity.OneSectorGE, bench: Bench) -> str:
    """Compares the resistances; returns how far the prices are apart."""
    for solved in model.solver_diagnostics.values():
        if not solved.success:
            raise RuntimeError(f"gegravity did not converge: {solved.message}")
    countries = [model.country_set[name] for name in sorted(model.country_set)]
    power = -1.0 / ELASTICITY
    for name, theirs in {
        "outward": [c.baseline_omr for c in countries],
        "inward": [c.baseline_imr for c in countries],
        "outward_after": [(1.0 / c._conditional_omr_ratio) ** power for c in countries],
        "inward_after": [(1.0 / c._conditional_imr_ratio) ** power for c in countries],
    }.items():
        require_close(f"gravity, {name}", theirs, bench.array(f"gravity_{name}"), relative=1e-6)
    prices = np.array([c.experiment_factory_price for c in countries])
    ours = bench.array("gravity_price")
    apart = np.abs(prices / prices.mean() - ours / ours.mean()).max()
    return f"its prices keep the baseline's output shares: up to {apart:.2%} from ours"


def measure(bench: Bench) -> Iterator[Measurement]:
    warnings.simplefilter("ignore", FutureWarning)
    table = baseline_table(bench)
    after = np.log(bench.array("gravity_ease_after")).ravel()
    model = new_model(table)
    solve(model, after)
    yield bench.time(ROW, "gegravity", lambda fresh: solve(fresh, after), prepare=lambda: new_model(table),
                     note=check(model, bench))


if __name__ == "__main__":
    main(measure)
