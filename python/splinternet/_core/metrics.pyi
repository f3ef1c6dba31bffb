# Made by `make stubs`; not to be edited.
"""
Kernels of sim/metrics on plain arrays.
"""

from __future__ import annotations

import typing

import numpy
import numpy.typing

__all__: list[str] = [
    "algebraic_connectivity",
    "alibi_share",
    "best_partition",
    "bilateral_index",
    "compare_partitions",
    "connectivity_by_component",
    "cross_share",
    "demand_weighted_stretch",
    "effective_number",
    "efficiency_ratio",
    "esteban_ray",
    "external_internal_index",
    "flow_modularity",
    "freeman_centralization",
    "gini",
    "global_efficiency",
    "herfindahl",
    "hill_number_1",
    "largest_stretch",
    "maximum_modularity",
    "maximum_modularity_against",
    "mean_stretch",
    "mixing_matrix",
    "modularity",
    "modularity_against",
    "node_multiplicities",
    "percentile_interval",
    "policy_distance",
    "proportional_null",
    "reach_loss_by_demand",
    "reach_loss_by_pair",
    "relative_cross_change",
    "relative_esteban_ray",
    "resample_flows",
    "reynal_querol",
    "theil",
    "top_share",
    "undirected",
    "weighted_index",
    "zero_diagonal_null",
]

def algebraic_connectivity(capacity: numpy.typing.NDArray[numpy.float64], normalized: bool) -> float: ...
def alibi_share(
    distance: numpy.typing.NDArray[numpy.float64],
    forbidden: numpy.typing.NDArray[numpy.uint8],
    slack: typing.SupportsFloat | typing.SupportsIndex,
) -> float: ...
def best_partition(
    flow: numpy.typing.NDArray[numpy.float64],
    from_: numpy.typing.NDArray[numpy.uint32] | None,
    to: numpy.typing.NDArray[numpy.uint32] | None,
    nodes: typing.SupportsInt | typing.SupportsIndex,
    diagonal: bool,
    rank: numpy.typing.NDArray[numpy.uint32],
    resolution: typing.SupportsFloat | typing.SupportsIndex,
    seed: typing.SupportsInt | typing.SupportsIndex,
    random_starts: typing.SupportsInt | typing.SupportsIndex,
    reference: numpy.typing.NDArray[numpy.uint32] | None,
) -> dict[str, typing.Any]: ...
def bilateral_index(
    mixing: numpy.typing.NDArray[numpy.float64],
    a: typing.SupportsInt | typing.SupportsIndex,
    b: typing.SupportsInt | typing.SupportsIndex,
) -> float: ...
def compare_partitions(
    first: numpy.typing.NDArray[numpy.uint32],
    second: numpy.typing.NDArray[numpy.uint32],
    weight: numpy.typing.NDArray[numpy.float64],
) -> tuple[typing.Any, ...]: ...
def connectivity_by_component(
    capacity: numpy.typing.NDArray[numpy.float64], normalized: bool
) -> list[tuple[list[int], float]]: ...
def cross_share(
    mixing: numpy.typing.NDArray[numpy.float64], rival: numpy.typing.NDArray[numpy.uint8] | None
) -> float: ...
def demand_weighted_stretch(
    demand: numpy.typing.NDArray[numpy.float64],
    distance: numpy.typing.NDArray[numpy.float64],
    baseline: numpy.typing.NDArray[numpy.float64],
) -> float: ...
def effective_number(mass: numpy.typing.NDArray[numpy.float64]) -> float: ...
def efficiency_ratio(
    distance: numpy.typing.NDArray[numpy.float64], baseline: numpy.typing.NDArray[numpy.float64]
) -> float: ...
def esteban_ray(
    mass: numpy.typing.NDArray[numpy.float64],
    distance: numpy.typing.NDArray[numpy.float64],
    alpha: typing.SupportsFloat | typing.SupportsIndex,
    scale: typing.SupportsFloat | typing.SupportsIndex,
) -> float: ...
def external_internal_index(
    mixing: numpy.typing.NDArray[numpy.float64], rival: numpy.typing.NDArray[numpy.uint8] | None
) -> float: ...
def flow_modularity(
    flow: numpy.typing.NDArray[numpy.float64],
    label: numpy.typing.NDArray[numpy.uint32],
    resolution: typing.SupportsFloat | typing.SupportsIndex,
    diagonal: bool,
) -> float: ...
def freeman_centralization(
    centrality: numpy.typing.NDArray[numpy.float64], star_centre: typing.SupportsFloat | typing.SupportsIndex
) -> float: ...
def gini(mass: numpy.typing.NDArray[numpy.float64]) -> float: ...
def global_efficiency(distance: numpy.typing.NDArray[numpy.float64]) -> float: ...
def herfindahl(mass: numpy.typing.NDArray[numpy.float64]) -> float: ...
def hill_number_1(mass: numpy.typing.NDArray[numpy.float64]) -> float: ...
def largest_stretch(
    distance: numpy.typing.NDArray[numpy.float64], baseline: numpy.typing.NDArray[numpy.float64]
) -> float: ...
def maximum_modularity(mixing: numpy.typing.NDArray[numpy.float64]) -> float: ...
def maximum_modularity_against(mixing: numpy.typing.NDArray[numpy.float64]) -> float: ...
def mean_stretch(
    demand: numpy.typing.NDArray[numpy.float64],
    distance: numpy.typing.NDArray[numpy.float64],
    baseline: numpy.typing.NDArray[numpy.float64],
) -> float: ...
def mixing_matrix(
    flow: numpy.typing.NDArray[numpy.float64],
    bloc: numpy.typing.NDArray[numpy.uint32],
    blocs: typing.SupportsInt | typing.SupportsIndex,
    diagonal: bool,
) -> numpy.typing.NDArray[numpy.float64]: ...
def modularity(mixing: numpy.typing.NDArray[numpy.float64]) -> float: ...
def modularity_against(
    mixing: numpy.typing.NDArray[numpy.float64], null: numpy.typing.NDArray[numpy.float64]
) -> float: ...
def node_multiplicities(
    rank: numpy.typing.NDArray[numpy.uint32],
    seed: typing.SupportsInt | typing.SupportsIndex,
    replicates: typing.SupportsInt | typing.SupportsIndex,
) -> numpy.typing.NDArray[numpy.float64]: ...
def percentile_interval(
    values: numpy.typing.NDArray[numpy.float64], level: typing.SupportsFloat | typing.SupportsIndex
) -> tuple[typing.Any, ...]: ...
def policy_distance(
    position: numpy.typing.NDArray[numpy.float64],
    bloc: numpy.typing.NDArray[numpy.uint32],
    weight: numpy.typing.NDArray[numpy.float64],
) -> tuple[typing.Any, ...]: ...
def proportional_null(mixing: numpy.typing.NDArray[numpy.float64]) -> numpy.typing.NDArray[numpy.float64]: ...
def reach_loss_by_demand(
    demand: numpy.typing.NDArray[numpy.float64], distance: numpy.typing.NDArray[numpy.float64]
) -> float: ...
def reach_loss_by_pair(distance: numpy.typing.NDArray[numpy.float64]) -> float: ...
def relative_cross_change(
    current: numpy.typing.NDArray[numpy.float64],
    baseline: numpy.typing.NDArray[numpy.float64],
    rival: numpy.typing.NDArray[numpy.uint8] | None,
) -> float: ...
def relative_esteban_ray(
    mass: numpy.typing.NDArray[numpy.float64],
    distance: numpy.typing.NDArray[numpy.float64],
    alpha: typing.SupportsFloat | typing.SupportsIndex,
    maximal_distance: typing.SupportsFloat | typing.SupportsIndex,
) -> float: ...
def resample_flows(
    flow: numpy.typing.NDArray[numpy.float64], weight: numpy.typing.NDArray[numpy.float64]
) -> numpy.typing.NDArray[numpy.float64]: ...
def reynal_querol(mass: numpy.typing.NDArray[numpy.float64]) -> float: ...
def theil(
    value: numpy.typing.NDArray[numpy.float64],
    weight: numpy.typing.NDArray[numpy.float64],
    group: numpy.typing.NDArray[numpy.uint32],
    groups: typing.SupportsInt | typing.SupportsIndex,
) -> tuple[typing.Any, ...]: ...
def top_share(mass: numpy.typing.NDArray[numpy.float64], count: typing.SupportsInt | typing.SupportsIndex) -> float: ...
def undirected(mixing: numpy.typing.NDArray[numpy.float64]) -> numpy.typing.NDArray[numpy.float64]: ...
def weighted_index(
    components: numpy.typing.NDArray[numpy.float64], weights: numpy.typing.NDArray[numpy.float64]
) -> float: ...
def zero_diagonal_null(flow: numpy.typing.NDArray[numpy.float64]) -> numpy.typing.NDArray[numpy.float64]: ...
