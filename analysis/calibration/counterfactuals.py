"""Runs a scenario of ``scenarios/calibration`` and measures what it does to trade and income."""

from __future__ import annotations

import subprocess
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np

REPOSITORY = Path(__file__).resolve().parents[2]
SCENARIOS = REPOSITORY / "scenarios" / "calibration"
PROGRAM = REPOSITORY / "build" / "release" / "splinternet"


@dataclass(frozen=True)
class Outcome:
    """A world before and after, in the long run.

    Attributes
    ----------
    country : list of str
        ISO-3 codes.
    gdp : array, shape (countries,)
        Before, USD bn.
    real_income : array, shape (countries,)
        Change in percent.
    flow_before, flow_after : array, shape (countries, countries)
        Goods and services, exporter by importer, home sales on the diagonal; USD bn, world output the same in both.
    services_before, services_after : array, shape (countries, countries)
        The part of the flows that is services.
    productivity : array, shape (countries,)
        Â, after over before.
    bloc : list of str
        Bloc of each country; "" for none.
    world_income : float
        Change of world real income in percent, weighted by GDP.
    events : dict
        The events of the scenario as its resolved text has them, by id.
    """

    country: list[str]
    gdp: np.ndarray
    real_income: np.ndarray
    flow_before: np.ndarray
    flow_after: np.ndarray
    services_before: np.ndarray
    services_after: np.ndarray
    productivity: np.ndarray
    bloc: list[str]
    world_income: float
    events: dict[str, dict]

    def exports(self) -> float:
        """Change of world exports as a share of world output, percent."""
        return percent(abroad(self.flow_after), abroad(self.flow_before))

    def real_exports(self) -> float:
        """Change of world exports at the exporters' prices before, percent.

        The price of a country's goods at its border is ŵ_i/Â_i, ŵ_i = Y'_i/Y_i. What melts on the way (iceberg costs)
        has been exported.
        """
        price = self.flow_after.sum(axis=1) / self.flow_before.sum(axis=1) / self.productivity
        return percent(abroad(self.flow_after / price[:, None]), abroad(self.flow_before))

    def income_of(self, codes: list[str]) -> float:
        """Change of the real income of some countries together, percent, weighted by GDP."""
        rows = [self.country.index(code) for code in codes]
        return float(np.average(self.real_income[rows], weights=self.gdp[rows]))

    def members(self, bloc: str) -> list[str]:
        """The countries of a bloc."""
        return [code for code, name in zip(self.country, self.bloc, strict=True) if name == bloc]

    def median_income_of(self, codes: list[str]) -> float:
        """Median over some countries of the change of real income, percent."""
        return float(np.median(self.real_income[[self.country.index(code) for code in codes]]))

    def trade_between(self, blocs: list[str]) -> float:
        """Change of the trade between different ones of the blocs, as a share of world output, percent."""
        place = np.array([blocs.index(name) if name in blocs else -1 for name in self.bloc])
        apart = (place[:, None] != place[None, :]) & (place[:, None] >= 0) & (place[None, :] >= 0)
        return percent(self.flow_after[apart].sum(), self.flow_before[apart].sum())

    def trade_within(self, blocs: list[str]) -> float:
        """Change of the trade inside each of the blocs, taken together, as a share of world output, percent."""
        name = np.array(self.bloc)
        same = (name[:, None] == name[None, :]) & np.isin(name, blocs)[:, None] & ~np.eye(len(name), dtype=bool)
        return percent(self.flow_after[same].sum(), self.flow_before[same].sum())

    def decoupling(self, blocs: list[str]) -> float:
        """Change of the trade between the blocs relative to the trade within them, percent."""
        return percent(1 + self.trade_between(blocs) / 100, 1 + self.trade_within(blocs) / 100)

    def services_against_goods(self, codes: list[str], partners: list[str]) -> float:
        """Change of the services traded between two lists of countries relative to the goods, both ways, percent."""
        one, other = (np.isin(self.country, side) for side in (codes, partners))
        pairs = (one[:, None] & other[None, :]) | (other[:, None] & one[None, :])
        services = [flow[pairs].sum() for flow in (self.services_before, self.services_after)]
        goods = [flow[pairs].sum() - part for flow, part in zip((self.flow_before, self.flow_after), services, strict=True)]
        return percent(services[1] / services[0], goods[1] / goods[0])


def abroad(flow: np.ndarray) -> float:
    """Sum of the flows off the diagonal."""
    return float(flow.sum() - np.trace(flow))


def percent(after: float, before: float) -> float:
    """Change in percent."""
    return 100 * (float(after) / float(before) - 1)


def read_outcome(path: Path) -> Outcome:
    """The first and last state of a result file; Â follows from data access and φ (M15c)."""
    with h5py.File(path) as file:
        scenario = tomllib.loads(file.attrs["scenario"].decode())
        idea_diffusion = scenario["policy"]["idea_diffusion"]
        services = file["services_flow"][...].astype(float)
        flow = file["goods_flow"][...].astype(float) + services
        access = file["data_access"][...].astype(float)
        names = ["", *(name.decode() for name in file["framework"][...])]
        return Outcome(country=[code.decode() for code in file["country"][...]], gdp=file["gdp"][...].astype(float),
                       real_income=file["real_income"][-1].astype(float), flow_before=flow[0], flow_after=flow[-1],
                       services_before=services[0], services_after=services[-1],
                       productivity=np.exp(idea_diffusion * (access[-1] - access[0])),
                       bloc=[names[b] for b in file["bloc"][-1]], world_income=float(file["world_real_income"][-1]),
                       events=scenario.get("event", {}))


@dataclass(frozen=True)
class Laboratory:
    """Runs scenarios with other values of some parameters.

    Attributes
    ----------
    program : Path
    settings : tuple of (str, str)
        Keys and values set in every run.
    """

    program: Path
    settings: tuple[tuple[str, str], ...] = ()

    def run(self, scenario: str, **changed: float | str) -> Outcome:
        """Run a scenario.

        Parameters
        ----------
        scenario
            Name of a file in scenarios/calibration, without its ending.
        **changed
            Values of keys, their dots written as two underscores: ``policy__idea_diffusion=0``.

        Raises
        ------
        RuntimeError
            With the program's message.
        """
        settings = dict(self.settings) | {key.replace("__", "."): str(value) for key, value in changed.items()}
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "run.h5"
            command = [str(self.program), "run", str(SCENARIOS / f"{scenario}.toml"), "-o", str(output), "--quiet",
                       "--threads", "1"]
            for key, value in settings.items():
                command += ["--set", f"{key}={value}"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise RuntimeError(f"{scenario}: {done.stderr.strip() or done.returncode}")
            return read_outcome(output)
