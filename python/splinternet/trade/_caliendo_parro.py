"""Trade with inputs and tariffs."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from splinternet import _core
from splinternet._arrays import Floats, checked
from splinternet._core import ScenarioError
from splinternet.trade._inputs import (
    World,
    arranged,
    changes,
    elasticities,
    flows_and_world,
    frame_by_country,
    positive,
)

_BY_COUNTRY = (
    "real_income_change",
    "real_wage_change",
    "wage_change",
    "price_change",
    "final_demand",
    "tariff_revenue",
    "baseline_deficit",
    "baseline_final_demand",
)


@dataclass(frozen=True, eq=False, repr=False)
class InputOutputEquilibrium:
    """A solved world with inputs and tariffs. Changes are ratios to the data; the numeraire is world value added.

    Attributes
    ----------
    real_income_change : array [country]
        Welfare: final demand over consumer prices, Î/P̂c.
    real_wage_change : array [country]
        ŵ/P̂c.
    wage_change, price_change : array [country]
        ŵ, and P̂c of consumers.
    sector_price_change : array [sector, country]
        P̂; 1 where nothing is bought.
    final_demand, tariff_revenue : array [country]
        New levels, money.
    expenditure : array [sector, country]
        Purchases for final and input use, tariffs included.
    sales : array [sector, country]
        What sellers receive, tariffs not included.
    trade : array [sector, exporter, importer]
        New flows, tariffs included.
    trade_change, import_share : array [sector, exporter, importer]
        New over old flows (NaN where there were none), and shares of exporters in what an importer spends.
    baseline_deficit, baseline_final_demand : array [country]
        What the data imply.
    residual : float
        Largest relative gap of all conditions.
    evaluations : int
        Of these conditions.
    acr_gap : float
        Largest gap, in logs, of the identity of real wages and home shares, which every solve checks.
    """

    real_income_change: Any
    real_wage_change: Any
    wage_change: Any
    price_change: Any
    sector_price_change: Any
    final_demand: Any
    tariff_revenue: Any
    expenditure: Any
    sales: Any
    trade: Any
    trade_change: Any
    import_share: Any
    baseline_deficit: Any
    baseline_final_demand: Any
    residual: float
    evaluations: int
    acr_gap: float

    def __repr__(self) -> str:
        return (
            f"<InputOutputEquilibrium of {len(self.final_demand)} countries: residual {self.residual:.1e} "
            f"after {self.evaluations} evaluations>"
        )

    def to_frame(self) -> Any:
        """Return what is told by country as a pandas DataFrame: changes, and new and old levels.

        Examples
        --------
        >>> from splinternet import trade
        >>> world = trade.caliendo_parro([[[8, 2], [2, 8]]], elasticity=5, value_added=[[1, 1]], input_shares=[[0]])
        >>> world.to_frame()["final_demand"].to_list()
        [10.0, 10.0]
        """
        return frame_by_country(self, _BY_COUNTRY)


def caliendo_parro(
    flows: Any,
    *,
    elasticity: Any,
    value_added: Any,
    input_shares: Any,
    tariffs: Any = None,
    new_tariffs: Any = None,
    cost_change: Any = None,
    trust_change: Any = None,
    productivity_change: Any = None,
    deficits: Any = None,
    tolerance: float = 1e-12,
) -> InputOutputEquilibrium:
    """General equilibrium of trade with inputs, tariffs and many sectors, by exact hat algebra.

    Parameters
    ----------
    flows : array (sector, exporter, importer)
        Trade of one year for final and input use, at the prices that buyers pay (tariffs included), home sales on the
        diagonal, money.
    elasticity : float or array (sector,)
        Trade elasticities θ, 0.001 … 1000.
    value_added : array (sector, country)
        Share of labour in the cost of a sector, 0.001 or more.
    input_shares : array (country, input, output) or (input, output)
        Share of an input in the cost of an output, ≥ 0; with value added they add up to 1. One matrix stands for all
        countries.
    tariffs : array like `flows`, optional
        τ > −1 ad valorem, 0 at home; none if left out. One matrix stands for all sectors.
    new_tariffs : array like `flows`, optional
        Their new levels; unchanged if left out.
    cost_change, trust_change, productivity_change : optional
        As for :func:`solve`, tariffs not included in costs.
    deficits : array (country,) or "balanced", optional
        New levels of trade deficits in units of world value added, with sum 0; those of the data if left out.
    tolerance : float
        Largest residual allowed, at most 1e-10.

    Returns
    -------
    InputOutputEquilibrium

    Raises
    ------
    ScenarioError
        For arguments of the wrong shape, sign or name.
    DataError
        Naming country and sector, for accounts that contradict themselves.
    SolverError
        If a country is left without suppliers or buyers, deficits do not add up to 0, or no equilibrium is found.

    Notes
    -----
    No general proof says that the equilibrium with inputs and tariffs is unique; the one reached from the data is
    returned. Table 2 of Caliendo & Parro (Mexico +1.31 %, Canada −0.06 %, USA +0.08 %) decomposes finite changes as if
    they were small: the exact ratios of income to prices of that exercise are 0.007 %, −0.110 % and 0.074 %.

    References
    ----------
    Caliendo & Parro (2015), Review of Economic Studies 82, equations 10-14. Costinot & Rodríguez-Clare (2014), Handbook
    of International Economics 4, for the identity of real wages and home shares.

    Examples
    --------
    Two countries, two sectors, each using a quarter of its own and of the other's goods; country 0 takes 20 % on goods
    of sector 0:

    >>> from splinternet import trade
    >>> flows = [[[8, 2], [2, 8]], [[9, 1], [1, 9]]]
    >>> tariff = [[[0, 0], [0.2, 0]], [[0, 0], [0, 0]]]
    >>> world = trade.caliendo_parro(flows, elasticity=5, value_added=[[0.5, 0.5], [0.5, 0.5]],
    ...                              input_shares=[[0.25, 0.25], [0.25, 0.25]], new_tariffs=tariff)
    >>> world.real_income_change.round(4)
    array([1.0056, 0.9857])
    """
    array, world = flows_and_world(flows)
    found = _core.trade.caliendo_parro(
        array,
        elasticities(elasticity, world.sectors),
        world.labels,
        _value_added(value_added, world),
        _input_shares(input_shares, world),
        world.pairs(tariffs, "tariffs"),
        world.pairs(new_tariffs, "new_tariffs"),
        world.pairs(cost_change, "cost_change"),
        world.pairs(trust_change, "trust_change"),
        world.column(productivity_change, "productivity_change", absent=1.0),
        _deficits(deficits, world),
        positive(tolerance, "tolerance"),
    )
    return _labelled(found, array, world)


def _value_added(value: Any, world: World) -> Floats:
    return checked(world.table(value, "value_added"), "value_added")


def _input_shares(value: Any, world: World) -> Floats:
    value = arranged(value, ("country", "input", "output"))
    array = checked(value, "input_shares", minimum=0.0)
    shape = (world.countries, world.sectors, world.sectors)
    if array.shape not in (shape, shape[1:]):
        raise ScenarioError(
            f"input_shares: the shape is {array.shape}, but {shape} is needed: (country, input, output), "
            f"or {shape[1:]} for all countries"
        )
    return np.ascontiguousarray(np.broadcast_to(array, shape))


def _deficits(value: Any, world: World) -> Floats | None:
    if isinstance(value, str):
        if value != "balanced":
            raise ScenarioError(f'deficits: "{value}" is neither an array of levels nor "balanced"')
        return np.zeros(world.countries)
    return world.column(value, "deficits")


def _labelled(found: dict[str, Any], flows: Floats, world: World) -> InputOutputEquilibrium:
    by_sector = ("sector_price_change", "expenditure", "sales")
    by_pair = ("trade", "import_share")
    plain = ("residual", "evaluations", "acr_gap")
    by_country = [name for name in found if name not in (*by_sector, *by_pair, *plain)]
    return InputOutputEquilibrium(
        **{name: world.by_country(found[name], name) for name in by_country},
        **{name: world.by_sector(found[name], name) for name in by_sector},
        **{name: world.by_pair(found[name], name) for name in by_pair},
        trade_change=world.by_pair(changes(found["trade"], flows), "trade_change"),
        **{name: found[name] for name in plain},
    )
