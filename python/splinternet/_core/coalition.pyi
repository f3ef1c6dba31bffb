# Made by `make stubs`; not to be edited.
"""
Kernels of sim/coalition on plain arrays.
"""

from __future__ import annotations

import collections.abc
import typing

import numpy
import numpy.typing
import splinternet._core

__all__: list[str] = [
    "Game",
    "Landscape",
    "NEVER",
    "PublicGood",
    "adopters_needed",
    "binary_game",
    "binary_payoffs",
    "birth_death_law",
    "cascade_condition",
    "cascade_size",
    "connections",
    "contagion_threshold",
    "count_power",
    "critical_point",
    "first_exit",
    "fixed_points",
    "gibbs_probabilities",
    "link_formation",
    "logit_shares",
    "network_equilibria",
    "poisson_degrees",
    "sample_power",
    "sample_shapley_value",
    "scenario_game",
    "shapley_value",
    "spread",
    "spread_among_all",
    "stability",
    "threshold_good",
    "transfers",
]

@typing.final
class Game:
    """
    A game of finitely many actors and options, as a table of payoffs.
    """
    def __init__(
        self,
        options: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex],
        payoff: numpy.typing.NDArray[numpy.float64],
    ) -> None: ...
    def basins(
        self, tie_eps: typing.SupportsFloat | typing.SupportsIndex, weights: numpy.typing.NDArray[numpy.float64]
    ) -> tuple[typing.Any, ...]: ...
    def nash(self, tie_eps: typing.SupportsFloat | typing.SupportsIndex) -> tuple[typing.Any, ...]: ...
    def open_square(
        self, tolerance: typing.SupportsFloat | typing.SupportsIndex, weights: numpy.typing.NDArray[numpy.float64]
    ) -> typing.Annotated[list[float], "FixedSize(6)"] | None: ...
    def payoffs(self, profile: typing.SupportsInt | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]: ...
    def potential(
        self, tolerance: typing.SupportsFloat | typing.SupportsIndex, weights: numpy.typing.NDArray[numpy.float64]
    ) -> numpy.typing.NDArray[numpy.float64] | None: ...
    def quantal_response(
        self,
        precision: typing.SupportsFloat | typing.SupportsIndex,
        steps: typing.SupportsInt | typing.SupportsIndex,
        tolerance: typing.SupportsFloat | typing.SupportsIndex,
        most_iterations: typing.SupportsInt | typing.SupportsIndex,
        start: numpy.typing.NDArray[numpy.float64],
    ) -> tuple[typing.Any, ...]: ...
    def replies(
        self, best_only: bool, tie_eps: typing.SupportsFloat | typing.SupportsIndex
    ) -> tuple[typing.Any, ...]: ...
    def simultaneous(self, tie_eps: typing.SupportsFloat | typing.SupportsIndex) -> list[tuple[int, int, int]]: ...
    def stable_coalitions(self, tie_eps: typing.SupportsFloat | typing.SupportsIndex) -> tuple[typing.Any, ...]: ...
    def worths(self) -> numpy.typing.NDArray[numpy.float64]: ...
    @property
    def actors(self) -> int: ...
    @property
    def profiles(self) -> int: ...

@typing.final
class PublicGood:
    """
    A public good among different actors, solved in closed form.
    """
    def __init__(
        self, tastes: numpy.typing.NDArray[numpy.float64], stage: str, target: numpy.typing.NDArray[numpy.float64]
    ) -> None: ...
    def equilibrium(self, members: numpy.typing.NDArray[numpy.uint8]) -> tuple[typing.Any, ...]: ...
    def game(self) -> Game: ...

@typing.final
class Landscape:
    """
    A landscape of alliances and all its divisions.
    """
    def __init__(
        self,
        sizes: numpy.typing.NDArray[numpy.float64],
        propensities: numpy.typing.NDArray[numpy.float64],
        alliances: typing.SupportsInt | typing.SupportsIndex,
    ) -> None: ...
    def basins(
        self,
        tie_eps: typing.SupportsFloat | typing.SupportsIndex,
        frozen: numpy.typing.NDArray[numpy.uint8],
        start: numpy.typing.NDArray[numpy.uint8],
    ) -> list[tuple[int, int, float]]: ...
    def divisions(self, states: numpy.typing.NDArray[numpy.uint64]) -> numpy.typing.NDArray[numpy.uint8]: ...
    def energies(self) -> numpy.typing.NDArray[numpy.float64]: ...
    def energy(self, alliance: numpy.typing.NDArray[numpy.uint8]) -> float: ...
    def find(self, alliance: numpy.typing.NDArray[numpy.uint8]) -> int: ...
    def frustration(self, alliance: numpy.typing.NDArray[numpy.uint8]) -> numpy.typing.NDArray[numpy.float64]: ...
    def gibbs(self, beta: typing.SupportsFloat | typing.SupportsIndex) -> tuple[typing.Any, ...]: ...
    def nash_partitions(
        self,
        tie_eps: typing.SupportsFloat | typing.SupportsIndex,
        frozen: numpy.typing.NDArray[numpy.uint8],
        start: numpy.typing.NDArray[numpy.uint8],
    ) -> numpy.typing.NDArray[numpy.uint64]: ...
    def simultaneous(
        self, tie_eps: typing.SupportsFloat | typing.SupportsIndex, frozen: numpy.typing.NDArray[numpy.uint8]
    ) -> list[tuple[int, int, int]]: ...
    @property
    def states(self) -> int: ...

def adopters_needed(
    degree: numpy.typing.NDArray[numpy.uint32], thresholds: numpy.typing.NDArray[numpy.float64], is_strict: bool
) -> numpy.typing.NDArray[numpy.uint32]: ...
def binary_game(benefits: numpy.typing.NDArray[numpy.float64], costs: numpy.typing.NDArray[numpy.float64]) -> Game: ...
def binary_payoffs(
    benefits: numpy.typing.NDArray[numpy.float64],
    costs: numpy.typing.NDArray[numpy.float64],
    members: numpy.typing.NDArray[numpy.uint8],
) -> numpy.typing.NDArray[numpy.float64]: ...
def birth_death_law(
    up: numpy.typing.NDArray[numpy.float64], down: numpy.typing.NDArray[numpy.float64]
) -> numpy.typing.NDArray[numpy.float64]: ...
def cascade_condition(
    degrees: numpy.typing.NDArray[numpy.float64], follows_one: numpy.typing.NDArray[numpy.float64]
) -> float: ...
def cascade_size(
    degrees: numpy.typing.NDArray[numpy.float64],
    response: numpy.typing.NDArray[numpy.float64],
    seed: typing.SupportsFloat | typing.SupportsIndex,
) -> float: ...
def connections(
    actors: typing.SupportsInt | typing.SupportsIndex,
    decay: typing.SupportsFloat | typing.SupportsIndex,
    link_cost: typing.SupportsFloat | typing.SupportsIndex,
) -> numpy.typing.NDArray[numpy.float64]: ...
def contagion_threshold(
    first: numpy.typing.NDArray[numpy.uint64],
    peer: numpy.typing.NDArray[numpy.uint32],
    seeds: numpy.typing.NDArray[numpy.uint32],
) -> str: ...
def count_power(
    quota: numpy.typing.NDArray[numpy.uint64], weights: numpy.typing.NDArray[numpy.uint64]
) -> dict[str, typing.Any]: ...
def critical_point(
    map: collections.abc.Callable[[float, float], typing.SupportsFloat | typing.SupportsIndex],
    low: typing.SupportsFloat | typing.SupportsIndex,
    high: typing.SupportsFloat | typing.SupportsIndex,
    level: typing.SupportsFloat | typing.SupportsIndex,
    quiet: typing.SupportsFloat | typing.SupportsIndex,
    loud: typing.SupportsFloat | typing.SupportsIndex,
    cells: typing.SupportsInt | typing.SupportsIndex,
) -> tuple[float, float]: ...
def first_exit(
    up: numpy.typing.NDArray[numpy.float64],
    down: numpy.typing.NDArray[numpy.float64],
    start: typing.SupportsInt | typing.SupportsIndex,
) -> tuple[float, float]: ...
def fixed_points(
    map: collections.abc.Callable[[float], typing.SupportsFloat | typing.SupportsIndex],
    low: typing.SupportsFloat | typing.SupportsIndex,
    high: typing.SupportsFloat | typing.SupportsIndex,
    cells: typing.SupportsInt | typing.SupportsIndex,
) -> list[float]: ...
def gibbs_probabilities(
    potential: numpy.typing.NDArray[numpy.float64], beta: typing.SupportsFloat | typing.SupportsIndex
) -> numpy.typing.NDArray[numpy.float64]: ...
def link_formation(
    actors: typing.SupportsInt | typing.SupportsIndex,
    payoff: numpy.typing.NDArray[numpy.float64],
    tie_eps: typing.SupportsFloat | typing.SupportsIndex,
) -> tuple[typing.Any, ...]: ...
def logit_shares(
    precision: typing.SupportsFloat | typing.SupportsIndex,
    advantage: collections.abc.Callable[[float], typing.SupportsFloat | typing.SupportsIndex],
    cells: typing.SupportsInt | typing.SupportsIndex,
) -> list[float]: ...
def network_equilibria(
    group_sizes: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex],
    network_effect: typing.SupportsFloat | typing.SupportsIndex,
    demand_less_cost: typing.SupportsFloat | typing.SupportsIndex,
) -> list[tuple[typing.Any, ...]]: ...
def poisson_degrees(
    mean: typing.SupportsFloat | typing.SupportsIndex, most: typing.SupportsInt | typing.SupportsIndex
) -> numpy.typing.NDArray[numpy.float64]: ...
def sample_power(
    quota: numpy.typing.NDArray[numpy.uint64],
    weights: numpy.typing.NDArray[numpy.uint64],
    samples: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
) -> dict[str, typing.Any]: ...
def sample_shapley_value(
    players: typing.SupportsInt | typing.SupportsIndex,
    value: collections.abc.Callable[[numpy.typing.NDArray[numpy.uint8]], typing.SupportsFloat | typing.SupportsIndex],
    samples: typing.SupportsInt | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
) -> tuple[typing.Any, ...]: ...
def scenario_game(scenario: splinternet._core.LoadedScenario) -> tuple[typing.Any, ...]: ...
def shapley_value(
    players: typing.SupportsInt | typing.SupportsIndex, value: numpy.typing.NDArray[numpy.float64]
) -> numpy.typing.NDArray[numpy.float64]: ...
def spread(
    first: numpy.typing.NDArray[numpy.uint64],
    peer: numpy.typing.NDArray[numpy.uint32],
    needed: numpy.typing.NDArray[numpy.uint32],
    seeds: numpy.typing.NDArray[numpy.uint32],
) -> numpy.typing.NDArray[numpy.uint32]: ...
def spread_among_all(
    needed: numpy.typing.NDArray[numpy.uint32], seeds: numpy.typing.NDArray[numpy.uint32]
) -> numpy.typing.NDArray[numpy.uint32]: ...
def stability(
    members: numpy.typing.NDArray[numpy.uint8],
    margin: numpy.typing.NDArray[numpy.float64],
    tie_eps: typing.SupportsFloat | typing.SupportsIndex,
) -> dict[str, typing.Any]: ...
def threshold_good(
    actors: typing.SupportsInt | typing.SupportsIndex,
    needed: typing.SupportsInt | typing.SupportsIndex,
    cost: typing.SupportsFloat | typing.SupportsIndex,
) -> list[float]: ...
def transfers(
    members: numpy.typing.NDArray[numpy.uint8],
    margin: numpy.typing.NDArray[numpy.float64],
    weights: numpy.typing.NDArray[numpy.float64],
) -> numpy.typing.NDArray[numpy.float64]: ...

NEVER: int
