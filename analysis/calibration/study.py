#!/usr/bin/env python3
"""Calibrate what data rules cost, and lay the model beside published counterfactuals.

Solves for κ_s (``policy.data_cost_services``, with κ_g in the default's proportion) and φ (``policy.idea_diffusion``)
such that data autarky lowers world real exports and real income as in OECD & WTO (2025), then runs every other scenario
of ``scenarios/calibration`` with them, once more with φ = 0, and solves again under other assumptions.

Usage::

    study.py [--program PATH] [-o FOLDER] [--no-sensitivity]

Writes calibration.csv, sensitivity.csv and calibration.png into the folder and prints both tables.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calibration_picture import draw
from counterfactuals import PROGRAM, REPOSITORY, Laboratory, Outcome
from published import FIGURES, Figure

#: κ_g as a share of κ_s.
GOODS_SHARE = 0.1
TARGETS = {figure.quantity: figure.value for figure in FIGURES if figure.scenario == "data-autarky"}
CHINA = ["CHN", "HKG", "MAC"]
#: Members of the adequacy scenario that are not of the EU.
ADEQUATE = ["AND", "ARG", "CAN", "CHE", "ISR", "JPN", "NZL", "URY", "USA"]
SOLVER_TOLERANCE = 1e-5  # pp
SOLVER_STEPS = 12


def one_side(outcome: Outcome, side: str) -> float:
    """Change of the real income of those whom the event `decoupling` names as "countries" or as "partners"."""
    return outcome.income_of(outcome.events["decoupling"][side])


def adequacy_effect(outcome: Outcome) -> float:
    """Change of services against goods between the EU and those it finds adequate, percent."""
    union = [code for code in outcome.members("adequacy") if code not in ADEQUATE]
    return outcome.services_against_goods(union, ADEQUATE)


#: What can be measured, by scenario and name.
MEASURES: dict[tuple[str, str], Callable[[Outcome], float]] = {
    ("cross-bloc-costs", "trade across against within blocs"): lambda o: o.decoupling(["west", "east"]),
    ("three-blocs", "trade between the three blocs"): lambda o: o.trade_between(["west", "east", "neutral"]),
    ("three-blocs", "real income, median of the East"): lambda o: o.median_income_of(o.members("east")),
    ("three-blocs", "real income, median of the neutrals"): lambda o: o.median_income_of(o.members("neutral")),
    ("three-blocs", "real income, median of the West"): lambda o: o.median_income_of(o.members("west")),
    ("east-west", "real income, East"): lambda o: one_side(o, "partners"),
    ("east-west", "real income, West"): lambda o: one_side(o, "countries"),
    ("russia-west", "real income, Russia"): lambda o: one_side(o, "partners"),
    ("russia-west", "real income, West"): lambda o: one_side(o, "countries"),
    ("eu-china", "real income, EU"): lambda o: one_side(o, "countries"),
    ("eu-china", "real income, Germany"): lambda o: o.income_of(["DEU"]),
    ("eu-china", "real income, China"): lambda o: one_side(o, "partners"),
}
MEASURES["adequacy", "digital against other trade, EU and adequate"] = adequacy_effect
DATA_SCENARIOS = ("data-autarky", "data-regimes", "data-regimes-neutrals-east", "data-regimes-three")
for _name in DATA_SCENARIOS:
    MEASURES[_name, "real exports, world"] = lambda o: o.real_exports()
    MEASURES[_name, "real income, world"] = lambda o: o.world_income
    MEASURES[_name, "real income, USA"] = lambda o: o.income_of(["USA"])
    MEASURES[_name, "real income, China"] = lambda o: o.income_of(CHINA)
    MEASURES[_name, "real income, median country"] = lambda o: o.median_income_of(o.country)

#: Other assumptions: name -> settings of every run, κ_g/κ_s, measure of exports.
SENSITIVITY: dict[str, tuple[dict[str, str], float, Callable[[Outcome], float]]] = {
    "as calibrated": ({}, GOODS_SHARE, Outcome.real_exports),
    "exports as a share of world output": ({}, GOODS_SHARE, Outcome.exports),
    "κ_g = .05 κ_s": ({}, 0.05, Outcome.real_exports),
    "κ_g = .2 κ_s": ({}, 0.2, Outcome.real_exports),
    "θ = 4": ({"trade.elasticity_goods": "4", "trade.elasticity_services": "4"}, GOODS_SHARE, Outcome.real_exports),
    "θ = 8": ({"trade.elasticity_goods": "8", "trade.elasticity_services": "8"}, GOODS_SHARE, Outcome.real_exports),
    "δ = 0 (demand for data)": ({"data.distance_exponent": "0"}, GOODS_SHARE, Outcome.real_exports),
    "δ = 1.2": ({"data.distance_exponent": "1.2"}, GOODS_SHARE, Outcome.real_exports),
    "the stricter side alone (pair_rule)": ({"policy.pair_rule": "maximum"}, GOODS_SHARE, Outcome.real_exports),
}


@dataclass(frozen=True)
class Costs:
    """What data rules cost: κ_s, κ_g and φ."""

    services: float
    goods: float
    diffusion: float

    def settings(self) -> dict[str, float]:
        """As arguments of `Laboratory.run`."""
        return {"policy__data_cost_services": self.services, "policy__data_cost_goods": self.goods,
                "policy__idea_diffusion": self.diffusion}


# ---- solving ---------------------------------------------------------------------------------------------------------
def calibrate(laboratory: Laboratory, goods_share: float = GOODS_SHARE,
              exports: Callable[[Outcome], float] = Outcome.real_exports) -> Costs:
    """κ_s and φ at which data autarky has the published effects: Newton's method with differences.

    Raises
    ------
    RuntimeError
        Without a solution after `SOLVER_STEPS` steps.
    """
    target = np.array([TARGETS["real exports, world"], TARGETS["real income, world"]])

    def miss(point: np.ndarray) -> np.ndarray:
        services, diffusion = (float(value) for value in point)
        outcome = laboratory.run("data-autarky", **Costs(services, goods_share * services, diffusion).settings())
        return np.array([exports(outcome), outcome.world_income]) - target

    point = np.array([0.06, 0.11])
    step = 1e-3
    for _ in range(SOLVER_STEPS):
        error = miss(point)
        if np.abs(error).max() < SOLVER_TOLERANCE:
            return Costs(float(point[0]), goods_share * float(point[0]), float(point[1]))
        slope = np.column_stack([(miss(point + step * side) - error) / step for side in np.eye(2)])
        point = point - np.linalg.solve(slope, error)
    raise RuntimeError(f"no κ_s and φ found: {point} misses by {error} pp")


def separation_cost(laboratory: Laboratory, fall: float) -> float:
    """Iceberg cost τ − 1 between three blocs at which the trade between them falls by `fall` percent: the secant."""

    def change(amount: float) -> float:
        outcome = laboratory.run("three-blocs", **three_bloc_cost(amount))
        return MEASURES["three-blocs", "trade between the three blocs"](outcome) + fall

    low, high = 0.05, 0.1
    at_low, at_high = change(low), change(high)
    for _ in range(SOLVER_STEPS):
        if abs(at_high) < SOLVER_TOLERANCE:
            return high
        low, high = high, high - at_high * (high - low) / (at_high - at_low)
        at_low, at_high = at_high, change(high)
    raise RuntimeError(f"no cost found that lowers trade by {fall} %")


def three_bloc_cost(amount: float) -> dict[str, float]:
    """Settings that put one iceberg cost between all three blocs."""
    return {f"event__{pair}__amount": amount for pair in ("west_east", "west_neutral", "east_neutral")}


# ---- tables ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """A line of the table: what was published (None: only the model's), and the model with and without diffusion."""

    scenario: str
    quantity: str
    published: float | None
    role: str
    source: str
    model: float
    without_diffusion: float


def comparison(laboratory: Laboratory, costs: Costs) -> list[Row]:
    """Every measure of every scenario beside what was published."""
    alone = Costs(costs.services, costs.goods, 0.0)
    rows = []
    for scenario in dict.fromkeys(name for name, _ in MEASURES):
        model = laboratory.run(scenario, **costs.settings())
        without = laboratory.run(scenario, **alone.settings())
        for (name, quantity), measure in MEASURES.items():
            if name != scenario:
                continue
            known = [figure for figure in FIGURES if (figure.scenario, figure.quantity) == (name, quantity)]
            for figure in known or [Figure(name, quantity, np.nan, "model", "")]:
                rows.append(Row(name, quantity, figure.value if known else None, figure.role, figure.source,
                                measure(model), measure(without)))
    return rows


def sensitivity(program: Path) -> list[dict[str, str | float]]:
    """κ_s and φ solved anew under other assumptions, and what fragmentation then costs."""
    rows = []
    for name, (settings, goods_share, exports) in SENSITIVITY.items():
        laboratory = Laboratory(program, tuple(settings.items()))
        costs = calibrate(laboratory, goods_share, exports)
        split = laboratory.run("data-regimes", **costs.settings())
        rows.append({"assumption": name, "kappa_services": costs.services, "phi": costs.diffusion,
                     "fragmentation_exports": exports(split), "fragmentation_income": split.world_income})
    return rows


def markdown(rows: list[Row]) -> str:
    """The comparison as a table."""
    lines = ["| scenario | change of | published | model | φ = 0 | |", "|---|---|---|---|---|---|"]
    for row in rows:
        published = "" if row.published is None else f"{row.published:+.2f}"
        lines.append(f"| {row.scenario} | {row.quantity} | {published} | {row.model:+.2f} "
                     f"| {row.without_diffusion:+.2f} | {row.role} {row.source} |")
    return "\n".join(lines)


def sensitivity_markdown(rows: list[dict[str, str | float]]) -> str:
    """The other assumptions as a table."""
    lines = ["| assumption | κ_s | φ | fragmentation: exports | income |", "|---|---|---|---|---|"]
    lines += [f"| {row['assumption']} | {row['kappa_services']:.4f} | {row['phi']:.4f} "
              f"| {row['fragmentation_exports']:+.2f} | {row['fragmentation_income']:+.2f} |" for row in rows]
    return "\n".join(lines)


def write_csv(path: Path, rows: list[dict]) -> None:
    """Rows of equal keys as a CSV file."""
    with open(path, "w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


# ---- command ---------------------------------------------------------------------------------------------------------
def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=PROGRAM)
    parser.add_argument("-o", "--output", type=Path, default=REPOSITORY / "out" / "calibration", metavar="FOLDER")
    parser.add_argument("--no-sensitivity", action="store_true", help="leave the other assumptions out")
    chosen = parser.parse_args(arguments)
    if not chosen.program.is_file():
        parser.error(f"no program at {chosen.program}: build it (make program) or name it with --program")
    return chosen


def main(arguments: list[str] | None = None) -> int:
    chosen = parse(arguments)
    laboratory = Laboratory(chosen.program)
    chosen.output.mkdir(parents=True, exist_ok=True)
    try:
        costs = calibrate(laboratory)
        print(f"κ_s {costs.services:.5f}, κ_g {costs.goods:.6f}, φ {costs.diffusion:.5f}")
        for fall in (22, 57):
            print(f"trade between three blocs falls by {fall} % at an iceberg cost of "
                  f"{100 * separation_cost(laboratory, fall):.2f} %")
        rows = comparison(laboratory, costs)
        print(f"\n{markdown(rows)}")
        write_csv(chosen.output / "calibration.csv", [vars(row) for row in rows])
        autarky = laboratory.run("data-autarky", **costs.settings())
        draw(rows, autarky).savefig(chosen.output / "calibration.png")
        if not chosen.no_sensitivity:
            other = sensitivity(chosen.program)
            print(f"\n{sensitivity_markdown(other)}")
            write_csv(chosen.output / "sensitivity.csv", other)
    except RuntimeError as error:
        print(f"study.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
