"""Demand between nodes, by policy class, in the order of nodes that the kernels want."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from splinternet._arrays import Floats, axis_labels, checked
from splinternet._core import ScenarioError
from splinternet.routing._network import Flags, Forbidden, Network, forbidden_flags


@dataclass(frozen=True)
class Task:
    """Demand [class, origin, destination] of zones that are the first nodes of a network."""

    net: Network  # nodes renumbered, zones first
    demand: Floats
    nodes: NDArray[np.intp]  # new number -> number as the user has it
    stacked: bool  # whether demand came as a stack of classes
    class_labels: list[str] | None
    zone_labels: list[str] | None
    forbidden_nodes: Flags  # [class, node]
    forbidden_links: Flags  # [class, link]


def task(net: Network, demand: Any, forbidden: Forbidden | Sequence[Forbidden] | None) -> Task:
    """Put zones first and look at all sizes."""
    array = checked(demand, "demand", minimum=0.0)
    if array.ndim not in (2, 3) or array.shape[-1] != array.shape[-2]:
        raise ScenarioError(
            f"demand: the shape is {array.shape}, but (origin, destination) or (class, origin, destination) is needed"
        )
    zones = axis_labels(demand, -2)
    if zones is not None and zones != axis_labels(demand, -1):
        raise ScenarioError("demand: origins and destinations must bear the same labels in the same order")
    if zones is None and array.shape[-1] > net.node_count:
        raise ScenarioError(f"demand: {array.shape[-1]} zones in a network of {net.node_count} nodes")
    first = np.arange(array.shape[-1]) if zones is None or net.nodes is None else _nodes_of(zones, net)
    if len(first) > net.node_count:
        raise ScenarioError(f"demand: {len(first)} zones in a network of {net.node_count} nodes")
    order = np.concatenate([first, np.setdiff1d(np.arange(net.node_count), first)])
    flags = _flags(forbidden, net, len(array) if array.ndim == 3 else 1)
    return Task(
        net=_renumbered(net, order),
        demand=np.ascontiguousarray(array if array.ndim == 3 else array[None]),
        nodes=order,
        stacked=array.ndim == 3,
        class_labels=axis_labels(demand, 0) if array.ndim == 3 else None,
        zone_labels=zones if zones is not None else None if net.nodes is None else [net.nodes[node] for node in first],
        forbidden_nodes=np.ascontiguousarray(np.stack([nodes for nodes, _ in flags])[:, order]),
        forbidden_links=np.ascontiguousarray(np.stack([links for _, links in flags])),
    )


def _nodes_of(zones: list[str], net: Network) -> NDArray[np.intp]:
    numbers = [net.node(zone, "demand") for zone in zones]
    if len(set(numbers)) < len(numbers):
        raise ScenarioError("demand: a zone stands twice")
    return np.array(numbers, dtype=np.intp)


def _flags(forbidden: Any, net: Network, classes: int) -> list[tuple[Flags, Flags]]:
    if forbidden is None or isinstance(forbidden, Forbidden):
        return [forbidden_flags(forbidden, net)] * classes
    rules = list(forbidden)
    if len(rules) != classes:
        raise ScenarioError(f"forbidden: {len(rules)} rules for {classes} classes of demand")
    return [forbidden_flags(rule, net) for rule in rules]


def _renumbered(net: Network, order: NDArray[np.intp]) -> Network:
    place = np.empty(net.node_count, dtype=np.uint32)
    place[order] = np.arange(net.node_count, dtype=np.uint32)
    return replace(net, tail=place[net.tail], head=place[net.head])
