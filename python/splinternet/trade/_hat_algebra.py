"""Exact hat algebra of trade."""

from dataclasses import dataclass
from typing import Any, Literal

from splinternet import _core
from splinternet._arrays import Floats, checked
from splinternet._core import ScenarioError
from splinternet._labels import chosen
from splinternet.trade._inputs import World, changes, elasticities, flows_and_world, frame_by_country, positive

Deficits = Literal["balanced", "multiplicative", "additive"]
_DEFICITS = ("balanced", "multiplicative", "additive")
_BY_COUNTRY = ("real_income_change", "real_wage_change", "wage_change", "price_change", "output", "expenditure")


@dataclass(frozen=True, eq=False, repr=False)
class Equilibrium:
    """A solved world of trade. Changes are ratios to `baseline`; money is in its unit, with world output as numeraire.

    Attributes
    ----------
    real_income_change : array [country]
        Welfare: expenditure over the price index, Ê/P̂.
    real_wage_change : array [country]
        ŵ/P̂; with a supply elasticity p̂/P̂.
    wage_change : array [country]
        ŵ; with a supply elasticity the change of prices at the factory gate p̂.
    price_change : array [country]
        Price index P̂ of what a country buys.
    sector_price_change : array [sector, country]
        The same by sector; 1 where nothing is bought.
    output, expenditure : array [country]
        New levels, money.
    trade : array [sector, exporter, importer]
        New flows, money.
    trade_change : array [sector, exporter, importer]
        New over old flows; NaN where there was no trade.
    import_share : array [sector, exporter, importer]
        Share of each exporter in what an importer spends on a sector.
    home_share : array [sector, country]
        Its diagonal.
    baseline : array [sector, exporter, importer]
        The flows that changes refer to: those given, or with ``deficits="balanced"`` those without deficits.
    iterations : int
        Evaluations of the market clearing conditions after the first.
    residual : float
        Largest relative gap between a country's sales and its output.
    residual_history : array
        The residual of each evaluation.
    newton_used : bool
        Whether the first method had to give way to Newton's.
    acr_gap : float
        Largest gap, in logs, of the identity of real wages and home shares (Arkolakis, Costinot & Rodríguez-Clare
        2012), which every solve checks.

    The sector axis is absent where flows were one matrix.
    """

    real_income_change: Any
    real_wage_change: Any
    wage_change: Any
    price_change: Any
    sector_price_change: Any
    output: Any
    expenditure: Any
    trade: Any
    trade_change: Any
    import_share: Any
    home_share: Any
    baseline: Any
    iterations: int
    residual: float
    residual_history: Floats
    newton_used: bool
    acr_gap: float

    def __repr__(self) -> str:
        return (
            f"<Equilibrium of {len(self.output)} countries: residual {self.residual:.1e} "
            f"after {self.iterations} iterations>"
        )

    def to_frame(self) -> Any:
        """Return what is told by country as a pandas DataFrame: changes, and new levels.

        Examples
        --------
        >>> from splinternet import trade
        >>> world = trade.solve([[7, 3], [3, 7]], elasticity=5, cost_change=[[1, 1.2], [1.2, 1]])
        >>> world.to_frame()["real_income_change"].round(3).to_list()
        [0.961, 0.961]
        """
        return frame_by_country(self, _BY_COUNTRY)


def solve(
    flows: Any,
    *,
    elasticity: Any,
    cost_change: Any = None,
    trust_change: Any = None,
    productivity_change: Any = None,
    deficits: Deficits = "balanced",
    supply_elasticity: float = 0.0,
    tolerance: float = 1e-12,
) -> Equilibrium:
    r"""General equilibrium of trade after a change of costs, trust or productivity, by exact hat algebra.

    All is relative to observed flows, so that neither the level of trade costs nor that of productivity is needed. With
    B = τ̂^(−θ)·ψ̂ of exporter *i* and importer *j*, wages clear all markets,

    .. math:: ŵ_i Y_i = \sum_j \frac{\lambda_{ij} B_{ij} (ŵ_i/Â_i)^{-\theta}}
              {\sum_k \lambda_{kj} B_{kj} (ŵ_k/Â_k)^{-\theta}} E'_j .

    Parameters
    ----------
    flows : array (exporter, importer) or (sector, exporter, importer)
        Trade of one year with home sales on the diagonal, money ≥ 0 in any one unit.
    elasticity : float or array (sector,)
        Trade elasticity θ of flows to costs, 0.001 … 1000. σ − 1 for an Armington elasticity of substitution σ.
    cost_change : array like `flows`, optional
        τ̂ > 0: factor on iceberg costs; ``inf`` ends the trade. One matrix stands for all sectors.
    trust_change : array like `flows`, optional
        ψ̂ ≥ 0: factor on demand at given prices; 0 ends the trade.
    productivity_change : array (country,) or mapping, optional
        Â > 0. Countries that a mapping leaves out keep 1.
    deficits : {"balanced", "multiplicative", "additive"}
        What becomes of trade deficits. ``"balanced"``: they are first taken out of the flows at unchanged costs, and
        the result is compared with that balanced world (Dekle, Eaton & Kortum 2007). ``"multiplicative"``: expenditure
        stays in proportion to income, E' = Ξ ŵ E with Ξ such that world expenditure is world output. ``"additive"``:
        they keep their size in units of world output; results depend on that numeraire.
    supply_elasticity : float
        ψ ≥ 0 of universal gravity: output rises with what it is worth in goods, Ŷ = p̂ (p̂/P̂)^ψ. 0 is a fixed endowment.
    tolerance : float
        Largest residual allowed, at most 1e-3.

    Returns
    -------
    Equilibrium

    Raises
    ------
    ScenarioError
        For arguments of the wrong shape, sign or name.
    DataError
        For flows without output, expenditure or connection of a country, which it names.
    SolverError
        If a country is left without suppliers or buyers, or no equilibrium is found.

    See Also
    --------
    caliendo_parro : with inputs and tariffs.

    Notes
    -----
    Solved in log wages by Anderson mixing, to a *residual*, not a step: where plain iteration gains 1 % a step, a step
    below 1e-12 still is 1e-10 from the solution. Other codes differ: gegravity for Python keeps the shares of the
    baseline in the multilateral resistances, which is a first-order approximation; GEGravity for R takes Ξ = 1 in its
    multiplicative closure.

    References
    ----------
    Dekle, Eaton & Kortum (2008), IMF Staff Papers 55, equations 8-10. Arkolakis, Costinot & Rodríguez-Clare (2012),
    AER 102. Allen, Arkolakis & Takahashi (2020), JPE 128, for `supply_elasticity`.

    Examples
    --------
    Trade between the first and the third of three countries becomes half as dear again:

    >>> from splinternet import trade
    >>> flows = [[70, 20, 10], [15, 55, 12], [12, 10, 80]]
    >>> world = trade.solve(flows, elasticity=5, cost_change=[[1, 1, 1.5], [1, 1, 1], [1.5, 1, 1]])
    >>> world.real_income_change.round(4)
    array([0.9774, 1.0039, 0.9791])
    >>> world.trade_change[0].round(2)
    array([1.13, 1.  , 0.13])
    """
    array, world = flows_and_world(flows)
    found = solved_world(
        array,
        world,
        elasticity=elasticity,
        cost_change=cost_change,
        trust_change=trust_change,
        productivity_change=productivity_change,
        deficits=deficits,
        supply_elasticity=supply_elasticity,
        tolerance=tolerance,
    )
    return _labelled(found.arrays(), world)


def solved_world(
    flows: Floats,
    world: World,
    *,
    elasticity: Any,
    cost_change: Any,
    trust_change: Any,
    productivity_change: Any,
    deficits: str,
    supply_elasticity: float,
    tolerance: float,
) -> Any:
    """Solve in the core, after a look at all arguments."""
    supply = float(checked(supply_elasticity, "supply_elasticity", shape=(), minimum=0.0))
    if cost_change is not None and not hasattr(cost_change, "__len__"):
        raise ScenarioError("cost_change: a matrix is needed, as costs at home do not change with those abroad")
    return _core.trade.World(
        flows,
        elasticities(elasticity, world.sectors),
        world.labels,
        world.pairs(cost_change, "cost_change"),
        world.pairs(trust_change, "trust_change"),
        world.column(productivity_change, "productivity_change", absent=1.0),
        chosen("deficits", deficits, _DEFICITS),
        supply,
        positive(tolerance, "tolerance"),
    )


def _labelled(found: dict[str, Any], world: World) -> Equilibrium:
    by_pair = ("trade", "import_share", "baseline")
    by_sector = ("sector_price_change", "home_share")
    trade_change = changes(found["trade"], found["baseline"])
    return Equilibrium(
        **{name: world.by_country(found[name], name) for name in _BY_COUNTRY},
        **{name: world.by_sector(found[name], name) for name in by_sector},
        **{name: world.by_pair(found[name], name) for name in by_pair},
        trade_change=world.by_pair(trade_change, "trade_change"),
        iterations=found["iterations"],
        residual=found["residual"],
        residual_history=found["residual_history"],
        newton_used=found["newton_used"],
        acr_gap=found["acr_gap"],
    )
