"""Trade equilibria of the flagship's size by the same algorithm in NumPy."""

from __future__ import annotations

from collections.abc import Iterator

from numpy_trade import NumpyTrade
from timing import Bench, Measurement, main, require_close

SHARES = ("observed", "home share .50", "home share .75", "home share .95")
COSTS = ("1.3", "2", "10")


def measure(bench: Bench) -> Iterator[Measurement]:
    for share in SHARES:
        for tau in COSTS:
            name = f"{share}, tau {tau}"
            row, file = f"trade equilibrium, {name}", "trade_" + "".join("_" if c in " ,." else c for c in name)
            solver = NumpyTrade(bench.array(f"{file}_flow"), bench.array(f"{file}_elasticity"))
            factor = bench.array(f"{file}_factor")
            solution = solver.solve(factor)
            # At a residual of 1e-12 the wages of blocs that hardly trade are known less well than anything real.
            require_close(f"{row}, NumPy's wages", solution.ln_wage, bench.array(f"{file}_ln_wage"), absolute=1e-6)
            require_close(f"{row}, NumPy's real income", solution.real_income, bench.array(f"{file}_real_income"),
                          relative=1e-9)
            yield bench.time(row, "numpy", lambda s=solver, f=factor: s.solve(f), peer="NumPy",
                             note=f"the same algorithm, {solution.iterations} iterations")


if __name__ == "__main__":
    main(measure)
