# Made by `make stubs`; not to be edited.
"""
Trade engines on plain arrays.
"""

from __future__ import annotations

import collections.abc
import typing

import numpy
import numpy.typing

__all__: list[str] = ["Gravity", "LinearResponse", "World", "caliendo_parro"]

@typing.final
class LinearResponse:
    """
    How real income of a country answers to its own conditions.
    """
    def derivatives(self, of: str) -> numpy.typing.NDArray[numpy.float64]:
        """
        By country and partner, in all sectors at once.
        """
    def real_income(
        self,
        country: typing.SupportsInt | typing.SupportsIndex,
        export_cost: numpy.typing.NDArray[numpy.float64],
        export_trust: numpy.typing.NDArray[numpy.float64],
        import_cost: numpy.typing.NDArray[numpy.float64],
        import_trust: numpy.typing.NDArray[numpy.float64],
        productivity: typing.SupportsFloat | typing.SupportsIndex,
    ) -> float:
        """
        Change of the log of real income; conditions are [sector][partner].
        """

@typing.final
class World:
    """
    Equilibrium of trade under changed conditions, by exact hat algebra.
    """
    def __init__(
        self,
        flows: numpy.typing.NDArray[numpy.float64],
        elasticity: numpy.typing.NDArray[numpy.float64],
        labels: collections.abc.Sequence[str],
        cost_change: numpy.typing.NDArray[numpy.float64] | None,
        trust_change: numpy.typing.NDArray[numpy.float64] | None,
        productivity_change: numpy.typing.NDArray[numpy.float64] | None,
        deficits: str,
        supply_elasticity: typing.SupportsFloat | typing.SupportsIndex,
        tolerance: typing.SupportsFloat | typing.SupportsIndex,
    ) -> None: ...
    def arrays(self) -> dict[str, typing.Any]:
        """
        All that was found, [sector][exporter][importer].
        """
    def linear_response(self) -> LinearResponse:
        """
        Slopes around this world.
        """

@typing.final
class Gravity:
    """
    Structural gravity with multilateral resistances.
    """
    def __init__(
        self,
        costs: numpy.typing.NDArray[numpy.float64],
        output: numpy.typing.NDArray[numpy.float64],
        expenditure: numpy.typing.NDArray[numpy.float64],
        elasticity: typing.SupportsFloat | typing.SupportsIndex,
        form: str,
        reference: typing.SupportsInt | typing.SupportsIndex,
        labels: collections.abc.Sequence[str],
    ) -> None: ...
    def baseline(self) -> dict[str, typing.Any]: ...
    def conditional(self, costs: numpy.typing.NDArray[numpy.float64]) -> dict[str, typing.Any]:
        """
        Output and expenditure stay.
        """
    def full_endowment(self, costs: numpy.typing.NDArray[numpy.float64]) -> dict[str, typing.Any]:
        """
        Prices of endowments clear the markets.
        """

def caliendo_parro(
    flows: numpy.typing.NDArray[numpy.float64],
    elasticity: numpy.typing.NDArray[numpy.float64],
    labels: collections.abc.Sequence[str],
    value_added: numpy.typing.NDArray[numpy.float64],
    input_share: numpy.typing.NDArray[numpy.float64],
    tariffs: numpy.typing.NDArray[numpy.float64] | None,
    new_tariffs: numpy.typing.NDArray[numpy.float64] | None,
    cost_change: numpy.typing.NDArray[numpy.float64] | None,
    trust_change: numpy.typing.NDArray[numpy.float64] | None,
    productivity_change: numpy.typing.NDArray[numpy.float64] | None,
    deficits: numpy.typing.NDArray[numpy.float64] | None,
    tolerance: typing.SupportsFloat | typing.SupportsIndex,
) -> dict[str, typing.Any]:
    """
    Equilibrium of trade with inputs and tariffs; arrays are [sector][exporter][importer].
    """
