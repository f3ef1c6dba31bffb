"""Structural gravity."""

from dataclasses import dataclass
from typing import Any, Literal

from splinternet import _core
from splinternet._arrays import Floats, axis_labels, checked, dense
from splinternet._core import ScenarioError
from splinternet._labels import chosen
from splinternet.trade._inputs import World, arranged, frame_by_country, positive

Form = Literal["cost", "log_cost", "ease"]
_FORMS = ("cost", "log_cost", "ease")
_BY_COUNTRY = (
    "real_income_change",
    "price_change",
    "output",
    "expenditure",
    "outward_resistance",
    "inward_resistance",
)


@dataclass(frozen=True, eq=False, repr=False)
class GravityFlows:
    """Multilateral resistances and flows at given output and expenditure.

    Attributes
    ----------
    outward_resistance : array [country]
        Π of sellers.
    inward_resistance : array [country]
        P of buyers; 1 for the reference country.
    trade : array [exporter, importer]
        Flows, money.
    residual : float
        Largest relative gap between a country's purchases and its expenditure.
    evaluations : int
        Steps of the fit.
    """

    outward_resistance: Any
    inward_resistance: Any
    trade: Any
    residual: float
    evaluations: int

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self.inward_resistance)} countries: residual {self.residual:.1e}>"


@dataclass(frozen=True, eq=False, repr=False)
class GravityEquilibrium(GravityFlows):
    """A world of endowments whose prices have followed demand; world output is the numeraire.

    Attributes
    ----------
    price_change : array [country]
        p̂ at the factory gate.
    output, expenditure : array [country]
        New levels, money.
    real_income_change : array [country]
        Welfare, Ê/P̂.

    Resistances and `trade` as in GravityFlows, at the new incomes.
    """

    price_change: Any
    output: Any
    expenditure: Any
    real_income_change: Any

    def to_frame(self) -> Any:
        """Return what is told by country as a pandas DataFrame: changes, new levels and resistances.

        Examples
        --------
        >>> from splinternet import trade
        >>> world = trade.gravity([[1, 2], [2, 1]], [3, 1], [3, 1], elasticity=4)
        >>> world.full_endowment([[1, 1], [1, 1]]).to_frame()["real_income_change"].round(3).to_list()
        [1.073, 1.351]
        """
        return frame_by_country(self, _BY_COUNTRY)


class Gravity:
    """A world with its trade costs, and what other costs would do to it; made by :func:`gravity`.

    Attributes
    ----------
    baseline : GravityFlows
        At the costs given.
    """

    baseline: GravityFlows

    def __init__(self, core: Any, world: World) -> None:
        self._core = core
        self._world = world
        self.baseline = GravityFlows(**self._labelled(core.baseline()))

    def __repr__(self) -> str:
        return f"<Gravity of {self._world.countries} countries>"

    def conditional(self, costs: Any) -> GravityFlows:
        """Flows at other costs while output and expenditure of all countries stay ("modular trade impact").

        Parameters
        ----------
        costs : array (exporter, importer)
            New costs, in the form of the old ones.

        Returns
        -------
        GravityFlows

        Raises
        ------
        ScenarioError, DataError, SolverError
            As :func:`gravity`.

        Examples
        --------
        >>> from splinternet import trade
        >>> world = trade.gravity([[1, 2], [2, 1]], [3, 1], [3, 1], elasticity=4)
        >>> world.conditional([[1, 1], [1, 1]]).trade
        array([[2.25, 0.75],
               [0.75, 0.25]])
        """
        return GravityFlows(**self._labelled(self._core.conditional(_cost_matrix(costs, self._world))))

    def full_endowment(self, costs: Any) -> GravityEquilibrium:
        """General equilibrium at other costs: prices of endowments clear the markets and incomes follow.

        Parameters
        ----------
        costs : array (exporter, importer)
            New costs, in the form of the old ones.

        Returns
        -------
        GravityEquilibrium
            With the shares of the *new* incomes in the resistances. gegravity 0.3 for Python keeps those of the
            baseline, and small effects are then off by up to a quarter; its "welfare statistic" is baseline over
            counterfactual, so that values above 1 are losses.

        Raises
        ------
        ScenarioError, DataError, SolverError
            As :func:`gravity`.

        Examples
        --------
        >>> from splinternet import trade
        >>> world = trade.gravity([[1, 2], [2, 1]], [3, 1], [3, 1], elasticity=4)
        >>> world.full_endowment([[1, 1], [1, 1]]).real_income_change.round(3)
        array([1.073, 1.351])
        """
        return GravityEquilibrium(**self._labelled(self._core.full_endowment(_cost_matrix(costs, self._world))))

    def _labelled(self, found: dict[str, Any]) -> dict[str, Any]:
        labelled = {"trade": self._world.by_pair(found.pop("trade"), "trade")}
        for name, value in found.items():
            is_number = name in ("residual", "evaluations")
            labelled[name] = value if is_number else self._world.by_country(value, name)
        return labelled


def gravity(
    costs: Any,
    output: Any,
    expenditure: Any,
    *,
    elasticity: float,
    form: Form = "cost",
    reference: Any = None,
) -> Gravity:
    r"""Structural gravity: the flows and multilateral resistances that go with trade costs, output and expenditure.

    .. math:: X_{ij} = \frac{Y_i E_j}{Y} \left(\frac{t_{ij}}{\Pi_i P_j}\right)^{-\theta}

    where Π and P make all sales of *i* add up to Y and all purchases of *j* to E. They are defined up to one common
    factor, chosen so that P of the `reference` country is 1.

    Parameters
    ----------
    costs : array (exporter, importer)
        Trade costs, those at home on the diagonal. See `form`.
    output, expenditure : array (country,)
        Y and E > 0, home sales included, money; their sums must agree to 1e-9.
    elasticity : float
        θ = σ − 1 > 0.
    form : {"cost", "log_cost", "ease"}
        What `costs` holds: iceberg factors t > 0 (``inf`` where there is no trade), their logs as a gravity regression
        divided by −θ gives them, or the ease of trade t^(−θ) ≥ 0 as its exponential gives it.
    reference : label or int, optional
        The country whose inward resistance is 1; the first one if left out.

    Returns
    -------
    Gravity
        With `baseline`, and counterfactuals by its methods.

    Raises
    ------
    ScenarioError
        For arguments of the wrong shape or name.
    DataError
        Naming the country, for values out of range or sums that disagree.
    SolverError
        If no resistances fit, as where there are too many pairs without trade.

    References
    ----------
    Anderson & van Wincoop (2003), AER 93, equations 9-11. Anderson, Larch & Yotov (2018), The World Economy 41, for the
    full endowment counterfactual.

    Examples
    --------
    >>> from splinternet import trade
    >>> world = trade.gravity([[1, 2], [2, 1]], [3, 1], [3, 1], elasticity=4)
    >>> world.baseline.trade.round(3)
    array([[2.899, 0.101],
           [0.101, 0.899]])
    >>> world.baseline.inward_resistance.round(3)
    array([1.   , 1.137])
    """
    costs = arranged(costs, ("exporter", "importer"))
    matrix = dense(costs, "costs")
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.size == 0:
        raise ScenarioError(f"costs: the shape is {matrix.shape}, but a square matrix is needed")
    rows = axis_labels(costs, 0)
    if rows is None:
        rows = axis_labels(output, 0)
    world = World(len(matrix), 1, False, rows, None)
    core = _core.trade.Gravity(
        _cost_matrix(costs, world),
        _column(output, "output", world),
        _column(expenditure, "expenditure", world),
        positive(elasticity, "elasticity"),
        chosen("form", form, _FORMS),
        0 if reference is None else world.row(reference, "reference"),
        world.labels,
    )
    return Gravity(core, world)


def _column(values: Any, name: str, world: World) -> Floats:
    column = world.column(values, name)
    if column is None:
        raise ScenarioError(f"{name}: one number per country is needed")
    return column


def _cost_matrix(costs: Any, world: World) -> Floats:
    matrix = world.pairs(costs, "costs")
    if matrix is None:
        raise ScenarioError("costs: a square matrix is needed")
    return checked(matrix[0], "costs", finite=False)
