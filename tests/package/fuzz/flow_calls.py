"""Calls of trade and routing: kernels and the functions of the package."""

from pathlib import Path
from typing import Any

import numpy as np
from good import Arguments, Call, changes, flags, mostly_home, names, numbers, size, use, whole
from numpy.random import Generator

from splinternet import _core, routing, trade

CALLS: list[Call] = []
T, R = _core.trade, _core.routing

NET = "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 3\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> 2\n<END OF METADATA>\n"
LINKS = "1 3 100 5 7 0.15 4 0 0 1 ;\n3 2 100 5 7 0.15 4 0 0 1 ;\n"
TRIPS = "<NUMBER OF ZONES> 2\n<TOTAL OD FLOW> 7\n<END OF METADATA>\nOrigin 1\n 2 : 4;\nOrigin 2\n 1 : 3;\n"


def add(name: str, function: Any, draw: Any) -> None:
    """Take a function into the calls."""
    CALLS.append(Call(name, function, draw))


def add_use(name: str, owner: type, make: Any, draw: Any) -> None:
    """Take a method of what `make` draws into the calls; `draw` is also given that object."""

    def arguments(rng: Generator) -> Arguments:
        made = make(rng)
        return {"self": made, **draw(rng, made)}

    add(name, use(owner, name.rsplit(".", 1)[1]), arguments)


# ---- trade ----


def _world_arguments(rng: Generator) -> Arguments:
    sectors, n = size(rng, 1, 2), size(rng, 1, 4)
    return {
        "flows": mostly_home(rng, sectors, n),
        "elasticity": numbers(rng, sectors, low=2.0, high=8.0),
        "labels": names(n),
        "cost_change": changes(rng, sectors, n, n),
        "trust_change": changes(rng, sectors, n, n),
        "productivity_change": None if rng.random() < 0.5 else numbers(rng, n, low=0.9, high=1.1),
        "deficits": str(rng.choice(["balanced", "multiplicative", "additive"])),
        "supply_elasticity": 0.0,
        "tolerance": 1e-12,
    }


def _solve_arguments(rng: Generator) -> Arguments:
    given = _world_arguments(rng)
    del given["labels"]
    if given["flows"].shape[0] == 1 and rng.random() < 0.5:
        given = {key: value[0] if key in ("flows", "elasticity") else value for key, value in given.items()}
        given["elasticity"] = float(given["elasticity"])
    return given


def _response_arguments(rng: Generator) -> Arguments:
    given = _solve_arguments(rng)
    del given["supply_elasticity"], given["tolerance"]
    return given


def _inputs(rng: Generator) -> Arguments:
    sectors, n = size(rng, 1, 2), size(rng, 1, 4)
    value_added = numbers(rng, sectors, n, low=0.5, high=1.0)
    shares = np.broadcast_to((1.0 - value_added.T)[:, None, :] / sectors, (n, sectors, sectors))
    tariff = np.zeros((sectors, n, n))
    return {
        "flows": mostly_home(rng, sectors, n),
        "elasticity": numbers(rng, sectors, low=2.0, high=8.0),
        "value_added": value_added,
        "tariffs": None if rng.random() < 0.5 else tariff,
        "new_tariffs": None if rng.random() < 0.5 else tariff + 0.1 * (1.0 - np.eye(n)),
        "cost_change": changes(rng, sectors, n, n),
        "trust_change": changes(rng, sectors, n, n),
        "productivity_change": None,
        "deficits": None if rng.random() < 0.5 else np.zeros(n),
        "tolerance": 1e-10,
        "shares": np.ascontiguousarray(shares),
    }


def _core_inputs(rng: Generator) -> Arguments:
    given = _inputs(rng)
    return {**given, "labels": names(len(given["shares"])), "input_share": given["shares"], "shares": None}


def _public_inputs(rng: Generator) -> Arguments:
    given = _inputs(rng)
    shares = given["shares"]
    return {**given, "input_shares": shares.swapaxes(1, 2) if rng.random() < 0.5 else shares, "shares": None}


def _without_shares(function: Any) -> Any:
    return lambda shares, **arguments: function(**arguments)


def _gravity_arguments(rng: Generator) -> Arguments:
    n = size(rng, 1, 4)
    output = numbers(rng, n)
    return {
        "costs": 1.0 + numbers(rng, n, n),
        "output": output,
        "expenditure": output.copy(),
        "elasticity": 4.0,
        "form": str(rng.choice(["cost", "log_cost", "ease"])),
        "reference": size(rng, 0, n - 1),
    }


def _core_gravity_arguments(rng: Generator) -> Arguments:
    given = _gravity_arguments(rng)
    return {**given, "labels": names(len(given["output"]))}


def _world(rng: Generator) -> Any:
    return T.World(**_world_arguments(rng))


def _own(rng: Generator) -> Arguments:
    given = {**_world_arguments(rng), "deficits": "balanced"}
    sectors, n = given["flows"].shape[:2]
    own = {key: numbers(rng, sectors, n, low=0.9, high=1.1) for key in ("export_cost", "export_trust", "import_cost")}
    own["import_trust"] = np.ones((sectors, n))
    return {"self": T.World(**given).linear_response(), "country": 0, **own, "productivity": 1.0}


def _gravity_call(core: bool) -> Any:
    def draw(rng: Generator) -> Arguments:
        given = _core_gravity_arguments(rng) if core else _gravity_arguments(rng)
        return {"self": (T.Gravity if core else trade.gravity)(**given), "costs": given["costs"] * 1.1}

    return draw


def _of(rng: Generator, _: Any) -> Arguments:
    return {"of": str(rng.choice(["export_cost", "import_cost", "export_trust", "import_trust"]))}


def _nothing(rng: Generator, _: Any) -> Arguments:
    return {}


add("_core.trade.World", T.World, _world_arguments)
add_use("_core.trade.World.arrays", T.World, _world, _nothing)
add_use("_core.trade.World.linear_response", T.World, _world, _nothing)
add_use("_core.trade.LinearResponse.derivatives", T.LinearResponse, lambda rng: _own(rng)["self"], _of)
add("_core.trade.LinearResponse.real_income", use(T.LinearResponse, "real_income"), _own)
add("_core.trade.caliendo_parro", _without_shares(T.caliendo_parro), _core_inputs)
add("_core.trade.Gravity", T.Gravity, _core_gravity_arguments)
for _name in ("conditional", "full_endowment"):
    add(f"_core.trade.Gravity.{_name}", use(T.Gravity, _name), _gravity_call(core=True))
    add(f"trade.Gravity.{_name}", use(trade.Gravity, _name), _gravity_call(core=False))
add_use("_core.trade.Gravity.baseline", T.Gravity, lambda rng: _gravity_call(core=True)(rng)["self"], _nothing)
add("trade.solve", trade.solve, _solve_arguments)
add("trade.linear_response", trade.linear_response, _response_arguments)
add("trade.caliendo_parro", _without_shares(trade.caliendo_parro), _public_inputs)
add("trade.gravity", trade.gravity, _gravity_arguments)
_RESPONSE = trade.linear_response([[70, 20, 10], [15, 55, 12], [12, 10, 80]], elasticity=5)
add_use("trade.LinearResponse.derivatives", trade.LinearResponse, lambda rng: _RESPONSE, _of)
add_use("trade.LinearResponse.real_income", trade.LinearResponse, lambda rng: _RESPONSE, lambda rng, _: {
    "country": size(rng, 0, 2),
    "export_cost_change": numbers(rng, 3, low=0.9, high=1.1),
    "import_cost_change": {1: 1.05},
    "export_trust_change": 1.0,
    "productivity_change": 1.1,
})  # fmt: skip
for _owner, _made in (
    (trade.Equilibrium, trade.solve([[7, 3], [3, 7]], elasticity=5)),
    (trade.GravityEquilibrium, trade.gravity([[1, 2], [2, 1]], [3, 1], [3, 1], elasticity=4).full_endowment(
        [[1, 1], [1, 1]])),
    (trade.InputOutputEquilibrium, trade.caliendo_parro(
        [[[8, 2], [2, 8]]], elasticity=5, value_added=[[1, 1]], input_shares=[[0]])),
):  # fmt: skip
    add_use(f"trade.{_owner.__name__}.to_frame", _owner, lambda rng, made=_made: made, _nothing)

# ---- routing ----


def _links(rng: Generator, most: int = 7) -> Arguments:
    n = size(rng, 1, most)
    count = size(rng, 0, 2 * n)
    tail = whole(rng, n, count)
    return {
        "node_count": n,
        "tail": tail,
        "head": ((tail + whole(rng, n - 1, count) + (n > 1)) % n).astype("u4"),
        "cost": numbers(rng, count),
        "forbidden_nodes": flags(rng, n),
        "forbidden_links": flags(rng, count),
    }


def _sources(rng: Generator) -> Arguments:
    links = _links(rng)
    return {**links, "sources": whole(rng, links["node_count"], size(rng, 0, 3))}


def _whole_links(rng: Generator) -> Arguments:
    links = _sources(rng)
    del links["cost"]
    return {**links, "weight": 1 + whole(rng, 9, len(links["tail"]))}


def _demand(rng: Generator, *shape: int) -> np.ndarray:
    demand = numbers(rng, *shape)
    demand[..., np.arange(shape[-1]), np.arange(shape[-1])] = 0.0
    return demand


def _loads(rng: Generator) -> Arguments:
    links = _links(rng)
    zones = size(rng, 1, links["node_count"])
    return {**links, "demand": _demand(rng, zones, zones), "split": str(rng.choice(["single", "equal"]))}


def _ring(rng: Generator) -> tuple[np.ndarray, np.ndarray]:
    """Links around and some across, so that all nodes are connected."""
    n = size(rng, 2, 6)
    tail = np.concatenate([np.arange(n), np.arange(n)])
    head = np.concatenate([(np.arange(n) + 1) % n, (np.arange(n) - 1) % n])
    return tail.astype("u4"), head.astype("u4")


def _assignment(rng: Generator) -> Arguments:
    tail, head = _ring(rng)
    n, count, classes = int(tail.max()) + 1, len(tail), size(rng, 1, 2)
    numbers_of_links = numbers(rng, 5, count)
    numbers_of_links[3] = rng.integers(0, 5, count)
    return {
        "node_count": n,
        "tail": tail,
        "head": head,
        "numbers": numbers_of_links,
        "forbidden_nodes": np.zeros((classes, n), "u1"),
        "forbidden_links": np.zeros((classes, count), "u1"),
        "demand": _demand(rng, classes, n, n),
        "method": str(rng.choice(["frank_wolfe", "gradient_projection"])),
        "objective": str(rng.choice(["user", "system"])),
        "gap": 1e-3,
        "most_iterations": 50,
        "if_not_converged": str(rng.choice(["raise", "return"])),
    }


def _started(rng: Generator) -> Arguments:
    given = {**_assignment(rng), "if_not_converged": "return"}
    return {**given, "start": R.Assignment(**given)}


def _network(rng: Generator) -> Any:
    tail, head = _ring(rng)
    return routing.network(np.stack([tail, head], axis=1).astype(int), numbers(rng, len(tail)), capacity=5.0)


def _public_links(rng: Generator) -> Arguments:
    n = size(rng, 2, 5)
    kind = rng.integers(3)
    if kind == 0:
        return {"links": numbers(rng, n, n) * (rng.random((n, n)) < 0.7)}
    ends = [(f"c{k}", f"c{(k + 1) % n}") for k in range(n)]
    weight = numbers(rng, n)
    return {"links": ends, "weight": weight if kind == 1 else weight.tolist(), "directed": bool(rng.integers(2))}


def _rule(rng: Generator) -> Any:
    return routing.Forbidden(nodes=[0]) if rng.random() < 0.3 else None


def _assign(rng: Generator) -> Arguments:
    roads = _network(rng)
    return {"network": roads, "demand": _demand(rng, roads.node_count, roads.node_count), "gap": 1e-3,
            "max_iterations": 50, "if_not_converged": "return"}  # fmt: skip


def _flows(rng: Generator) -> Arguments:
    roads = _network(rng)
    return {"links": roads, "demand": _demand(rng, roads.node_count, roads.node_count), "forbidden": _rule(rng)}


def damaged(text: str, rng: Generator) -> str:
    """Return the text, in two of three cases with a piece of it gone, doubled or another."""
    start, length = int(rng.integers(len(text))), int(rng.integers(1, 12))
    piece = str(rng.choice(["", text[start : start + length] * 2, "-1", "1e999", "nan", "\0", "99999999999", ";", "<"]))
    return text if rng.random() < 0.33 else text[:start] + piece + text[start + length :]


def _file(text: str, name: str) -> Any:
    def draw(rng: Generator) -> str:
        Path(name).write_text(damaged(text, rng), encoding="utf-8")
        return name

    return draw


_net, _trips = _file(NET + LINKS, "net.tntp"), _file(TRIPS, "trips.tntp")
add("_core.routing.cheapest_paths", R.cheapest_paths, _sources)
add("_core.routing.whole_distances", R.whole_distances, _whole_links)
add("_core.routing.load_paths", R.load_paths, _loads)
add("_core.routing.Assignment", R.Assignment, _started)
add_use("_core.routing.Assignment.arrays", R.Assignment, lambda rng: R.Assignment(
    **{**_assignment(rng), "if_not_converged": "return"}), _nothing)  # fmt: skip
add("_core.routing.read_tntp_network", R.read_tntp_network, lambda rng: {
    "path": _net(rng), "toll_weight": 0.0, "length_weight": 0.0})  # fmt: skip
add("_core.routing.read_tntp_trips", R.read_tntp_trips, lambda rng: {"path": _trips(rng), "zone_count": 2})
add("routing.read_tntp", routing.read_tntp, lambda rng: {"network_file": _net(rng), "trips_file": _trips(rng)})
add("routing.network", routing.network, lambda rng: {**_public_links(rng), "capacity": 5.0, "power": 2.0})
add("routing.shortest_paths", routing.shortest_paths, lambda rng: {
    **_public_links(rng), "sources": None, "forbidden": _rule(rng), "predecessors": bool(rng.integers(2)),
})  # fmt: skip
add("routing.flows", routing.flows, _flows)
add("routing.assign", routing.assign, _assign)
add("routing.Forbidden", routing.Forbidden, lambda rng: {"nodes": [0, 1], "links": [(0, 1)]})
add_use("routing.Network.node", routing.Network, _network, lambda rng, roads: {"name": 0, "argument": "source"})
add_use("routing.Network.label", routing.Network, _network, lambda rng, roads: {"node": 0})
add_use("routing.Network.to_frame", routing.Network, _network, _nothing)
_PATHS = routing.shortest_paths([("A", "B", 2.0), ("B", "C", 1.0)], predecessors=True)
add_use("routing.Paths.path", routing.Paths, lambda rng: _PATHS, lambda rng, _: {"source": "A", "target": "C"})
add_use("routing.Loads.to_frame", routing.Loads, lambda rng: routing.flows(**_flows(rng)), _nothing)
add_use("routing.Assignment.to_frame", routing.Assignment, lambda rng: routing.assign(**_assign(rng)), _nothing)
