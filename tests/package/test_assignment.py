"""Traffic assignment: Braess and Sioux Falls as published, optimality by SciPy's paths, TNTP files, errors."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from splinternet import DataError, FileError, ScenarioError, SolverError, routing
from splinternet.routing import Forbidden

CASES = Path(__file__).parents[1] / "support" / "traffic_cases.hpp"


def braess(banned=0.0):
    """Six units from A to D over the paradoxical bridge from B to C, of which some may not use it."""
    links = [("A", "B"), ("A", "C"), ("B", "D"), ("C", "D"), ("B", "C")]
    roads = routing.network(
        links, weight=[1e-8, 50, 50, 1e-8, 10], capacity=1.0, b=[1e9, 0.02, 0.02, 1e9, 0.1], power=1.0
    )
    demand = np.zeros((2, 4, 4))
    demand[:, 0, 3] = [6.0 - banned, banned]
    return roads, demand, [Forbidden(), Forbidden(links=[("B", "C")])]


@pytest.fixture(scope="module")
def sioux_falls(tmp_path_factory):
    """Sioux Falls (LeBlanc, Morlok & Pierskalla 1975) as TNTP files, from the numbers of the C++ tests."""
    text = CASES.read_text(encoding="utf-8")
    links = re.findall(r"\{(\d+), (\d+), ([\d.]+), (\d+)\}", text.split("kLinks")[1].split("}};")[0])
    rows = re.findall(r"\{([\d, \n]+)\}", text.split("kTrips")[1].split("};")[0])
    trips = 100.0 * np.array([[float(cell) for cell in row.split(",")] for row in rows])
    assert len(links) == 76
    assert trips.shape == (24, 24)
    folder = tmp_path_factory.mktemp("tntp")
    head = "<NUMBER OF ZONES> 24\n"
    body = [f"{tail} {top} {capacity} {time} {time} 0.15 4 0 0 1 ;" for tail, top, capacity, time in links]
    counts = "<NUMBER OF NODES> 24\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> 76\n<END OF METADATA>\n"
    (folder / "net.tntp").write_text(head + counts + "\n".join(body) + "\n", encoding="utf-8")
    entries = [
        f"Origin {origin + 1}\n" + " ".join(f"{zone + 1} : {trips[origin, zone]};" for zone in range(24))
        for origin in range(24)
    ]
    total = f"<TOTAL OD FLOW> {trips.sum()}\n<END OF METADATA>\n"
    (folder / "trips.tntp").write_text(head + total + "\n".join(entries) + "\n", encoding="utf-8")
    return routing.read_tntp(folder / "net.tntp", folder / "trips.tntp")


def gap_by_scipy(found, demand):
    """How much dearer the paths in use are than the cheapest, computed anew."""
    net = found.network
    size = (net.node_count, net.node_count)
    cheapest = dijkstra(coo_array((found.cost, (net.tail, net.head)), shape=size).tocsr())[: len(demand), : len(demand)]
    least = (demand * cheapest)[demand > 0].sum()
    return (found.flow @ found.cost - least) / least


def test_tntp_files_are_read_as_they_stand(sioux_falls):
    net, trips = sioux_falls
    assert repr(net) == "<Network of 24 nodes and 76 directed links>"
    assert net.zones == 24
    assert trips.sum() == 360600.0
    assert net.to_frame().iloc[3].tolist() == ["2", "6", 5.0]


@pytest.mark.parametrize("method", ["gradient_projection", "frank_wolfe"])
def test_sioux_falls_comes_to_the_published_objective(sioux_falls, method):
    net, trips = sioux_falls
    found = routing.assign(net, trips, method=method, gap=1e-8)
    assert found.objective == pytest.approx(4231335.28710744, rel=1e-9)
    assert found.total_time == pytest.approx(7480225.344921119, rel=1e-4)
    assert found.gap <= 1e-8
    assert gap_by_scipy(found, trips) == pytest.approx(found.gap, abs=1e-12)
    assert len(found.gap_history) == found.iterations + 1
    assert (found.path_flows is None) == (method == "frank_wolfe")
    assert found.converged
    assert repr(found).startswith("<Assignment to 76 links: total cost 7.48")


def test_paths_in_use_add_up_to_flows_and_demand(sioux_falls):
    net, trips = sioux_falls
    found = routing.assign(net, trips, gap=1e-8)
    flow, served = np.zeros(76), np.zeros((24, 24))
    for _, origin, destination, amount, links in found.path_flows:
        flow[links] += amount
        served[int(origin) - 1, int(destination) - 1] += amount
        assert net.nodes[net.tail[links[0]]] == origin
        assert net.nodes[net.head[links[-1]]] == destination
    np.testing.assert_allclose(flow, found.flow, rtol=1e-9)
    np.testing.assert_allclose(served, trips, rtol=1e-12)


def test_a_system_optimum_costs_less_in_all_and_more_to_some(sioux_falls):
    net, trips = sioux_falls
    user = routing.assign(net, trips)
    system = routing.assign(net, trips, objective="system", gap=1e-8)
    assert system.total_cost < user.total_cost
    assert system.objective == pytest.approx(system.total_cost, rel=1e-12)
    marginal = net.weight * (1 + 5 * net.b * (system.flow / net.capacity) ** 4)
    np.testing.assert_allclose(system.cost, marginal, rtol=1e-12)
    np.testing.assert_allclose(user.time, user.cost, rtol=1e-12)


@pytest.mark.parametrize(
    ("banned", "bridge", "total"), [(0, 2, 552), (3, 2, 552), (4, 2, 552), (5, 1, 518.5), (6, 0, 498)]
)
def test_braess_with_those_who_may_not_use_the_bridge(banned, bridge, total):
    roads, demand, rules = braess(banned)
    found = routing.assign(roads, demand, forbidden=rules, gap=1e-12)
    assert found.total_time == pytest.approx(total, rel=1e-7)
    np.testing.assert_allclose(
        found.flow, [3 + bridge / 2, 3 - bridge / 2, 3 - bridge / 2, 3 + bridge / 2, bridge], atol=1e-5
    )
    assert found.class_flow[1, 4] == 0.0


def test_a_start_makes_the_next_assignment_shorter(sioux_falls):
    net, trips = sioux_falls
    first = routing.assign(net, trips, gap=1e-7)
    again = routing.assign(net, 1.01 * trips, gap=1e-7, start=first)
    assert again.iterations < routing.assign(net, 1.01 * trips, gap=1e-7).iterations
    assert routing.assign(net, trips, gap=1e-6, start=first).iterations == 0
    other = routing.network([("A", "B", 1.0)])
    with pytest.raises(ScenarioError, match="start: an assignment on the same links is needed"):
        routing.assign(other, [[0, 1], [0, 0]], start=first)
    with pytest.raises(ScenarioError, match="start: an Assignment is needed"):
        routing.assign(net, trips, start="first")


def test_zones_are_found_by_name_wherever_they_stand():
    roads, demand, _ = braess()
    wanted = routing.assign(roads, demand[0], gap=1e-10)
    named = pd.DataFrame([[0.0, 0.0], [6.0, 0.0]], index=["D", "A"], columns=["D", "A"])
    found = routing.assign(roads, named, gap=1e-10)
    np.testing.assert_allclose(found.flow, wanted.flow, atol=1e-6)
    assert {path[1:3] for path in found.path_flows} == {("A", "D")}
    frame = found.to_frame()
    assert frame.columns.tolist() == ["tail", "head", "weight", "flow", "time", "cost"]


def test_links_without_capacity_keep_their_time_and_tolls_count():
    found = routing.assign([("A", "B", 1.0), ("B", "C", 1.0), ("A", "C", 3.0)], [[0, 0, 9], [0, 0, 0], [0, 0, 0]])
    assert found.flow.tolist() == [9.0, 9.0, 0.0]
    assert found.iterations == 0
    tolled = routing.network(
        pd.DataFrame(
            {"tail": ["A", "A"], "head": ["B", "B"], "km": [1.0, 2.0], "toll": [5.0, 0.0], "lanes": [1.0, np.inf]}
        ),
        "km",
        capacity="lanes",
        fixed_cost="toll",
        b=1.0,
        power=1.0,
    )
    found = routing.assign(tolled, [[0, 3], [0, 0]])
    assert found.flow.tolist() == [0.0, 3.0]
    assert found.total_cost == 6.0


def test_demand_without_a_path_is_unserved_by_class():
    demand = np.zeros((2, 3, 3))
    demand[:, 2, 0] = [4.0, 5.0]
    demand[0, 0, 2] = 1.0
    found = routing.assign([("A", "B", 1.0), ("B", "C", 1.0)], demand)
    assert found.unserved.tolist() == [4.0, 5.0]
    assert found.flow.tolist() == [1.0, 1.0]


def test_an_assignment_that_does_not_get_there_says_so(sioux_falls):
    net, trips = sioux_falls
    with pytest.raises(SolverError, match=r"relative gap of .* in 3 iterations where 1e-12 was asked for"):
        routing.assign(net, trips, gap=1e-12, max_iterations=3)
    found = routing.assign(net, trips, gap=1e-12, max_iterations=3, if_not_converged="return")
    assert not found.converged
    assert found.iterations == 3


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"method": "msa"}, 'method: there is no "msa"'),
        ({"objective": "both"}, 'objective: there is no "both"'),
        ({"if_not_converged": "warn"}, 'if_not_converged: there is no "warn"'),
        ({"gap": -1.0}, "gap.* is -1"),
        ({"gap": np.nan}, "gap.* is nan"),
        ({"max_iterations": -1}, "max_iterations.* is -1"),
        ({"network": routing.network([("A", "B", 1.0)], directed=False)}, "network: directed links are needed"),
        ({"network": routing.network([("A", "B", 1.0)], capacity=0.0)}, "has a capacity of 0"),
        ({"network": routing.network([("A", "B", 1.0)], capacity=1.0, power=0.5)}, "has a power of 0.5"),
        ({"demand": [[0, np.inf], [0, 0]]}, r"demand\[0, 1\] is inf"),
    ],
)
def test_wrong_arguments_are_named(given, message):
    with pytest.raises(ValueError, match=message):
        routing.assign(**{"network": [("A", "B", 1.0)], "demand": [[0, 1], [0, 0]], **given})


def test_numbers_of_links_must_be_numbers():
    with pytest.raises(ScenarioError, match=r"capacity\[0\] is not a number"):
        routing.network([("A", "B", 1.0)], capacity=[np.nan])


def test_broken_files_are_refused_with_the_line(tmp_path):
    file = tmp_path / "net.tntp"
    file.write_text(
        "<NUMBER OF NODES> 2\n<NUMBER OF ZONES> 2\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> 1\n"
        "<END OF METADATA>\n1 2 0 ;\n"
    )
    with pytest.raises(DataError, match=r"net\.tntp:6: a link has 3 columns"):
        routing.read_tntp(file)
    with pytest.raises(FileError, match="nowhere"):
        routing.read_tntp(tmp_path / "nowhere.tntp")
    with pytest.raises(ScenarioError, match=r"toll_weight.* is -1"):
        routing.read_tntp(file, toll_weight=-1.0)


def test_nodes_before_the_first_through_node_let_nothing_pass(tmp_path):
    file = tmp_path / "net.tntp"
    head = "<NUMBER OF NODES> 4\n<NUMBER OF ZONES> 2\n<FIRST THRU NODE> 3\n<NUMBER OF LINKS> 4\n<END OF METADATA>\n"
    links = ["3 1 1 1 1 0 1 0 0 1 ;", "1 4 1 1 1 0 1 0 0 1 ;", "3 2 1 9 9 0 1 0 2 1 ;", "2 4 1 1 1 0 1 0 0 1 ;"]
    file.write_text(head + "\n".join(links) + "\n")
    net = routing.read_tntp(file, toll_weight=0.5)
    assert net.fixed_cost.tolist() == [0.0, 0.0, 1.0, 0.0]
    paths = routing.shortest_paths(net)
    assert paths.distance.sel(source="3", node="4") == np.inf
    assert paths.distance.sel(source="1", node="4") == 1.0
