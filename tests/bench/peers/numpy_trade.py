"""Trade equilibria by the algorithm of sim/trade/solver.cpp, in NumPy: Jacobi-scaled, step-capped Anderson mixing of
log wages, balanced trade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TOLERANCE = 1e-12
DAMPING = 0.9
LARGEST_STEP = 0.5
SLOPES_HOLD = 0.1
DEPTH = 7
MOST_ITERATIONS = 300


@dataclass(frozen=True)
class Solution:
    """A solved world: what our solver returns too."""

    ln_wage: np.ndarray
    price_index: np.ndarray
    real_income: np.ndarray
    iterations: int


class Mixing:
    """Anderson mixing with the last differences of points and values."""

    def __init__(self) -> None:
        self.points: list[np.ndarray] = []
        self.values: list[np.ndarray] = []
        self.last: tuple[np.ndarray, np.ndarray] | None = None

    def step(self, x: np.ndarray, f: np.ndarray) -> np.ndarray:
        if self.last is not None:
            self.points = [*self.points, x - self.last[0]][-DEPTH:]
            self.values = [*self.values, f - self.last[1]][-DEPTH:]
        self.last = (x, f)
        if not self.values:
            return f
        differences = np.array(self.values)
        length = np.sqrt((differences * differences).sum(axis=1))
        unit = differences / length[:, None]  # they shrink by orders of magnitude
        weight = np.linalg.solve(unit @ unit.T, unit @ f) / length
        return f - weight @ (np.array(self.points) + differences)


class NumpyTrade:
    """Solves one shock after another to one baseline, given as flow[sector][exporter][importer]."""

    def __init__(self, flow: np.ndarray, elasticity: np.ndarray) -> None:
        self.flow = flow
        self.theta = elasticity[:, None]
        self.output = flow.sum(axis=(0, 2))
        self.spent_before = flow.sum(axis=1)
        self.sector_share = self.spent_before / self.spent_before.sum(axis=0)

    def solve(self, factor: np.ndarray) -> Solution:
        """The equilibrium under cost factors B[sector][exporter][importer]."""
        sold = self.flow * factor
        home = np.diagonal(sold, axis1=1, axis2=2)
        mixing = Mixing()
        ln_wage = np.zeros_like(self.output)
        damping = np.zeros_like(ln_wage)
        for iteration in range(MOST_ITERATIONS):
            bill = np.exp(ln_wage) * self.output
            cost = np.exp(-self.theta * ln_wage)
            market = np.array([c @ x for c, x in zip(cost, sold, strict=True)])
            per_market = self.sector_share * bill / market
            sales = cost * np.array([x @ p for x, p in zip(sold, per_market, strict=True)])
            ratio = sales.sum(axis=0) / bill
            residual = np.abs(ratio - 1.0).max()
            if residual < TOLERANCE:
                return self.result(ln_wage, bill, market, iteration)
            if iteration == 0 or residual > SLOPES_HOLD:
                at_home = home * cost * per_market
                slope = (self.theta * (sales - at_home * (home * cost / market)) - at_home).sum(axis=0) + bill
                damping = DAMPING / np.maximum(1.0 + (slope - bill) / (ratio * bill), 1e-15)
            scaled = np.clip(damping * (2.0 * (ratio - 1.0) / (ratio + 1.0)), -LARGEST_STEP, LARGEST_STEP)
            step = mixing.step(ln_wage, scaled)
            step = step * min(1.0, LARGEST_STEP / np.abs(step).max())
            after = bill @ (1.0 + step * (1.0 + step * (0.5 + step / 6.0)))
            ln_wage = ln_wage + step - np.log(after / self.output.sum())
        raise RuntimeError(f"no equilibrium in {MOST_ITERATIONS} iterations: residual {residual}")

    def result(self, ln_wage: np.ndarray, bill: np.ndarray, market: np.ndarray, iterations: int) -> Solution:
        price_index = np.exp(-(self.sector_share * np.log(market / self.spent_before) / self.theta).sum(axis=0))
        return Solution(ln_wage, price_index, bill / self.output / price_index, iterations)
