"""What a country gains from changes of its own trade conditions, by slopes."""

from typing import Any, Literal

import numpy as np

from splinternet._labels import chosen
from splinternet.trade._hat_algebra import Deficits, solved_world
from splinternet.trade._inputs import World, flows_and_world, positive

Condition = Literal["export_cost", "import_cost", "export_trust", "import_trust"]
_CONDITIONS = ("export_cost", "import_cost", "export_trust", "import_trust")


class LinearResponse:
    """Real income of any country under any change of its own conditions; see :func:`linear_response`."""

    def __init__(self, core: Any, world: World) -> None:
        self._core = core
        self._world = world

    def __repr__(self) -> str:
        return f"<LinearResponse of {self._world.countries} countries>"

    def real_income(
        self,
        country: Any,
        *,
        export_cost_change: Any = 1.0,
        import_cost_change: Any = 1.0,
        export_trust_change: Any = 1.0,
        import_trust_change: Any = 1.0,
        productivity_change: float = 1.0,
    ) -> float:
        """Change of the log of a country's real income if its own conditions change and all others' stay.

        Parameters
        ----------
        country : label or int
            Whose conditions, and whose income.
        export_cost_change, import_cost_change : float, array (partner,) or (sector, partner), or mapping, optional
            Factors τ̂ > 0 on the costs of what it sells to, and buys from, each partner; ``inf`` ends the trade. One
            number stands for all partners; partners that a mapping leaves out keep 1. Costs at home never change.
        export_trust_change, import_trust_change : as above, optional
            Factors ψ̂ ≥ 0 on demand at given prices.
        productivity_change : float
            Â > 0.

        Returns
        -------
        float
            ln(Ŵ'/Ŵ); −inf if nothing that it needs can be bought any more.

        Raises
        ------
        ScenarioError
            For an unknown country, and for arguments of the wrong shape or sign.

        Examples
        --------
        >>> from splinternet import trade
        >>> response = trade.linear_response([[70, 20, 10], [15, 55, 12], [12, 10, 80]], elasticity=5)
        >>> round(response.real_income(0, import_cost_change={2: 1.05}), 5)
        -0.00321
        """
        table = self._world.table
        return float(
            self._core.real_income(
                self._world.row(country, "country"),
                table(export_cost_change, "export_cost_change"),
                table(export_trust_change, "export_trust_change"),
                table(import_cost_change, "import_cost_change"),
                table(import_trust_change, "import_trust_change"),
                positive(productivity_change, "productivity_change"),
            )
        )

    def derivatives(self, of: Condition) -> Any:
        """Elasticities of each country's real income to its conditions with each partner, in all sectors at once.

        Parameters
        ----------
        of : {"export_cost", "import_cost", "export_trust", "import_trust"}
            The condition.

        Returns
        -------
        array (country, partner)
            ∂ln W/∂ln(condition); 0 on the diagonal. Rounding of differences leaves about eight digits.

        Raises
        ------
        ScenarioError
            For another condition.

        Examples
        --------
        >>> from splinternet import trade
        >>> response = trade.linear_response([[70, 20, 10], [15, 55, 12], [12, 10, 80]], elasticity=5)
        >>> response.derivatives("import_cost").round(3)
        array([[ 0.   , -0.095, -0.072],
               [-0.135,  0.   , -0.077],
               [-0.058, -0.067,  0.   ]])
        """
        values = self._core.derivatives(chosen("of", of, _CONDITIONS))
        return self._world.by_pair(np.asarray(values), f"derivative_of_{of}", ("country", "partner"))


def linear_response(
    flows: Any,
    *,
    elasticity: Any,
    cost_change: Any = None,
    trust_change: Any = None,
    productivity_change: Any = None,
    deficits: Deficits = "balanced",
) -> LinearResponse:
    """Prepare quick answers to "what would this country gain if only its own conditions changed?".

    The world is solved once, as by :func:`solve`, and its market clearing conditions are linearised there. Each change
    is then priced in a time that grows with the number of partners only: the response of all wages of the world is
    exact to first order, the country's own price index and the effect of its own wage are exact.

    Parameters
    ----------
    flows, elasticity, cost_change, trust_change, productivity_change, deficits
        As for :func:`solve`; at most 64 sectors and 4096 countries.

    Returns
    -------
    LinearResponse

    Raises
    ------
    ScenarioError, DataError, SolverError
        As :func:`solve`; SolverError also if the slopes are singular.

    References
    ----------
    Dekle, Eaton & Kortum (2008); Baqaee & Farhi (2024), Econometrica 92, for first-order responses of trade.

    Examples
    --------
    >>> from splinternet import trade
    >>> response = trade.linear_response([[70, 20, 10], [15, 55, 12], [12, 10, 80]], elasticity=5)
    >>> response
    <LinearResponse of 3 countries>
    >>> round(response.real_income(1, productivity_change=1.1), 4)
    0.0915
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
        supply_elasticity=0.0,
        tolerance=1e-12,
    )
    return LinearResponse(found.linear_response(), world)
