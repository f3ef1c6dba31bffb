"""Traffic assignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from splinternet import _core
from splinternet._arrays import Floats, checked, with_labels
from splinternet._core import ScenarioError
from splinternet._labels import chosen
from splinternet.routing._demand import Task, task
from splinternet.routing._network import Forbidden, Network, network

Method = Literal["gradient_projection", "frank_wolfe"]
Objective = Literal["user", "system"]

_MOST_ITERATIONS = 10**6


@dataclass(frozen=True, eq=False, repr=False)
class Assignment:
    """Traffic whose paths depend on how full the links are.

    Attributes
    ----------
    flow : array [link]
        All classes together; unique if all costs rise with flow.
    class_flow : array [class, link]
        By policy class; not unique.
    cost : array [link]
        Of one more unit: time and fixed cost, and under ``objective="system"`` what it costs all others.
    time : array [link]
        Travel time at these flows.
    objective : float
        What was minimised: Beckmann's sum of integrals of costs, or the total cost.
    total_time, total_cost : float
        Σ flow × time, without and with fixed costs.
    unserved : array [class]
        Demand without any allowed path; not in the flows.
    gap : float
        Relative gap reached: how much dearer the paths in use are than the cheapest, on average.
    gap_history : array
        Of the first flows and after every iteration.
    converged : bool
        Whether the gap asked for was reached.
    path_flows : list of (class, origin, destination, flow, links), or None
        Paths in use, by gradient projection only; not unique.
    network : Network
        What it was found on.
    """

    flow: Floats
    class_flow: Any
    cost: Floats
    time: Floats
    objective: float
    total_time: float
    total_cost: float
    unserved: Any
    gap_history: Floats
    converged: bool
    path_flows: list[tuple[int, Any, Any, float, list[int]]] | None
    network: Network
    _core: Any

    @property
    def gap(self) -> float:
        """The relative gap reached."""
        return float(self.gap_history[-1])

    @property
    def iterations(self) -> int:
        """All-or-nothing loads after the first flows."""
        return len(self.gap_history) - 1

    def __repr__(self) -> str:
        return (
            f"<Assignment to {len(self.flow)} links: total cost {self.total_cost:g}, "
            f"gap {self.gap:.1e} after {self.iterations} iterations>"
        )

    def to_frame(self) -> Any:
        """Return links, weights, flows, times and costs as a pandas DataFrame.

        Examples
        --------
        >>> from splinternet import routing
        >>> road = routing.network([("A", "B", 10.0)], capacity=5.0, b=1.0, power=1.0)
        >>> routing.assign(road, [[0, 5], [0, 0]]).to_frame()
          tail head  weight  flow  time  cost
        0    A    B    10.0   5.0  20.0  20.0
        """
        return self.network.to_frame(flow=self.flow, time=self.time, cost=self.cost)


def assign(
    network: Any,
    demand: Any,
    *,
    forbidden: Forbidden | Sequence[Forbidden] | None = None,
    method: Method = "gradient_projection",
    objective: Objective = "user",
    gap: float = 1e-6,
    max_iterations: int = 10_000,
    if_not_converged: Literal["raise", "return"] = "raise",
    start: Assignment | None = None,
) -> Assignment:
    """Traffic on links that get slower as they fill: user equilibrium or system optimum, with policies.

    Parameters
    ----------
    network : Network
        Directed links with capacities, from :func:`network` or :func:`read_tntp`; or anything that :func:`network`
        takes, at constant times.
    demand : array (origin, destination) or (class, origin, destination)
        ≥ 0 in the unit of capacities, between the nodes that its labels name, or else between the first nodes. All
        classes share links and their times.
    forbidden : Forbidden, or a list of them with one per class, optional
        Links that a class may not use and nodes that it may not pass.
    method : {"gradient_projection", "frank_wolfe"}
        By path, to gaps of 1e-8 and beyond; or bi-conjugate Frank-Wolfe by link, to 1e-4 … 1e-6.
    objective : {"user", "system"}
        Everybody takes a path that is cheapest for himself, or the sum of all costs is least (Wardrop 1952).
    gap : float
        Relative gap at which to stop.
    max_iterations : int
        All-or-nothing loads after the first flows, at most; 1000000 of them or fewer. Ctrl-C ends between two.
    if_not_converged : {"raise", "return"}
        SolverError with the course of the gap, or the flows as they stand, with `converged` false.
    start : Assignment, optional
        An earlier result on the same links to begin from; demand, policies and costs may have changed.

    Returns
    -------
    Assignment

    Raises
    ------
    ScenarioError
        For arguments of the wrong shape or name.
    DataError
        Naming link or zones, for numbers out of range.
    SolverError
        If the gap is not reached or a cost overflows.

    Notes
    -----
    Compare objectives and gaps between programs, not single flows: at a gap of 1e-5 a link of Sioux Falls may still be
    off by 0.1 %. Flows by class and by path are not unique, total flows are where costs rise.

    References
    ----------
    Beckmann, McGuire & Winsten (1956). Mitradjieva & Lindberg (2013), Transportation Science 47 (bi-conjugate
    Frank-Wolfe). Jayakrishnan, Tsai, Prashker & Rajadhyaksha (1994), TRR 1443 (gradient projection).

    Examples
    --------
    The paradox of Braess (1968): without the bridge from B to C everybody would need 83 instead of 92.

    >>> from splinternet import routing
    >>> links = [("A", "B"), ("A", "C"), ("B", "D"), ("C", "D"), ("B", "C")]
    >>> roads = routing.network(links, weight=[1e-8, 50, 50, 1e-8, 10], capacity=1.0,
    ...                         b=[1e9, 0.02, 0.02, 1e9, 0.1], power=1.0)
    >>> demand = [[0, 0, 0, 6], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    >>> routing.assign(roads, demand, gap=1e-10).flow.round(3)
    array([4., 2., 2., 4., 2.])
    >>> closed = routing.Forbidden(links=[("B", "C")])
    >>> round(routing.assign(roads, demand, forbidden=closed, gap=1e-10).total_cost / 6, 3)
    83.0
    """
    net = _directed(network)
    work = task(net, demand, forbidden)
    iterations = int(checked(max_iterations, "max_iterations", shape=(), minimum=0))
    if iterations > _MOST_ITERATIONS:
        raise ScenarioError(f"max_iterations: at most {_MOST_ITERATIONS}")
    if start is not None and not isinstance(start, Assignment):
        raise ScenarioError("start: an Assignment is needed")
    core = _core.routing.Assignment(
        net.node_count,
        work.net.tail,
        work.net.head,
        np.stack([net.weight, net.capacity, net.b, net.power, net.fixed_cost]),
        work.forbidden_nodes,
        work.forbidden_links,
        work.demand,
        chosen("method", method, ("gradient_projection", "frank_wolfe")),
        chosen("objective", objective, ("user", "system")),
        float(checked(gap, "gap", shape=(), minimum=0.0)),
        iterations,
        chosen("if_not_converged", if_not_converged, ("raise", "return")),
        None if start is None else start._core,
    )
    return _result(core, work, net)


def _directed(links: Any) -> Network:
    net = network(links)
    if not net.directed:
        raise ScenarioError("network: directed links are needed; give each direction a link with its own capacity")
    return net


def _result(core: Any, work: Task, net: Network) -> Assignment:
    found = core.arrays()
    names = {"class": work.class_labels}
    return Assignment(
        flow=found["flow"],
        class_flow=with_labels(found["class_flow"], {**names, "link": None}, "class_flow"),
        cost=found["cost"],
        time=found["time"],
        objective=found["objective"],
        total_time=found["total_time"],
        total_cost=found["total_cost"],
        unserved=with_labels(found["unserved"], names, "unserved"),
        gap_history=found["gap_history"],
        converged=found["converged"],
        path_flows=_path_flows(found, work, net) if len(found["path_flow"]) > 0 else None,
        network=net,
        _core=core,
    )


def _path_flows(found: dict[str, Any], work: Task, net: Network) -> list[tuple[int, Any, Any, float, list[int]]]:
    first = found["path_first_link"]
    return [
        (
            int(found["path_class"][k]),
            net.label(int(work.nodes[found["path_origin"][k]])),
            net.label(int(work.nodes[found["path_destination"][k]])),
            float(found["path_flow"][k]),
            found["path_links"][first[k] : first[k + 1]].tolist(),
        )
        for k in range(len(found["path_flow"]))
    ]
