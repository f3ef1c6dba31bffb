# Made by `make stubs`; not to be edited.
"""
Paths and traffic on plain arrays.
"""

from __future__ import annotations

import typing

import numpy
import numpy.typing

__all__: list[str] = [
    "Assignment",
    "cheapest_paths",
    "load_paths",
    "read_tntp_network",
    "read_tntp_trips",
    "whole_distances",
]

@typing.final
class Assignment:
    """
    User equilibrium or system optimum of traffic with policies.
    """
    def __init__(
        self,
        node_count: typing.SupportsInt | typing.SupportsIndex,
        tail: numpy.typing.NDArray[numpy.uint32],
        head: numpy.typing.NDArray[numpy.uint32],
        numbers: numpy.typing.NDArray[numpy.float64],
        forbidden_nodes: numpy.typing.NDArray[numpy.uint8],
        forbidden_links: numpy.typing.NDArray[numpy.uint8],
        demand: numpy.typing.NDArray[numpy.float64],
        method: str,
        objective: str,
        gap: typing.SupportsFloat | typing.SupportsIndex,
        most_iterations: typing.SupportsInt | typing.SupportsIndex,
        if_not_converged: str,
        start: Assignment | None = None,
    ) -> None: ...
    def arrays(self) -> dict[str, typing.Any]:
        """
        All that was found.
        """

def cheapest_paths(
    node_count: typing.SupportsInt | typing.SupportsIndex,
    tail: numpy.typing.NDArray[numpy.uint32],
    head: numpy.typing.NDArray[numpy.uint32],
    cost: numpy.typing.NDArray[numpy.float64],
    forbidden_nodes: numpy.typing.NDArray[numpy.uint8],
    forbidden_links: numpy.typing.NDArray[numpy.uint8],
    sources: numpy.typing.NDArray[numpy.uint32],
) -> tuple[typing.Any, ...]:
    """
    Costs, predecessors and the links into nodes, [source][node]; 2³² − 1 stands for none.
    """

def load_paths(
    node_count: typing.SupportsInt | typing.SupportsIndex,
    tail: numpy.typing.NDArray[numpy.uint32],
    head: numpy.typing.NDArray[numpy.uint32],
    cost: numpy.typing.NDArray[numpy.float64],
    forbidden_nodes: numpy.typing.NDArray[numpy.uint8],
    forbidden_links: numpy.typing.NDArray[numpy.uint8],
    demand: numpy.typing.NDArray[numpy.float64],
    split: str,
) -> dict[str, typing.Any]:
    """
    What the cheapest paths carry of the demand between the first nodes.
    """

def read_tntp_network(
    path: str,
    toll_weight: typing.SupportsFloat | typing.SupportsIndex,
    length_weight: typing.SupportsFloat | typing.SupportsIndex,
) -> dict[str, typing.Any]: ...
def read_tntp_trips(
    path: str, zone_count: typing.SupportsInt | typing.SupportsIndex
) -> numpy.typing.NDArray[numpy.float64]: ...
def whole_distances(
    node_count: typing.SupportsInt | typing.SupportsIndex,
    tail: numpy.typing.NDArray[numpy.uint32],
    head: numpy.typing.NDArray[numpy.uint32],
    weight: numpy.typing.NDArray[numpy.uint32],
    forbidden_nodes: numpy.typing.NDArray[numpy.uint8],
    forbidden_links: numpy.typing.NDArray[numpy.uint8],
    sources: numpy.typing.NDArray[numpy.uint32],
) -> numpy.typing.NDArray[numpy.float64]:
    """
    Distances along links that lead both ways and weigh whole numbers, [source][node].
    """
