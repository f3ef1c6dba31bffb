"""Shortest paths and flows: against SciPy, networkx, igraph and NetworKit, policies, errors."""

import igraph
import networkit
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import scipy.sparse
import xarray as xr
from scipy.sparse.csgraph import dijkstra, floyd_warshall

from splinternet import ScenarioError, routing
from splinternet.routing import Forbidden

LINKS = [("A", "B", 2.0), ("B", "C", 1.0), ("A", "C", 4.0)]


def random_links(seed, nodes=40, count=160, whole=False):
    """Tails, heads and weights; parallel links occur, and not all nodes are connected."""
    random = np.random.default_rng(seed)
    tail = random.integers(0, nodes, count)
    head = (tail + random.integers(1, nodes, count)) % nodes
    weight = random.integers(1, 6, count).astype(float) if whole else random.uniform(0.1, 9.0, count)
    return np.stack([tail, head], axis=1), weight


def as_digraph(ends, weight, nodes=40):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(nodes))
    for (tail, head), cost in zip(ends.tolist(), weight, strict=True):
        if not graph.has_edge(tail, head) or graph[tail][head]["weight"] > cost:
            graph.add_edge(tail, head, weight=cost)
    return graph


def distances_of(graph, nodes=40):
    distance = np.full((nodes, nodes), np.inf)
    for source, row in nx.all_pairs_dijkstra_path_length(graph):
        for target, cost in row.items():
            distance[source, target] = cost
    return distance


@pytest.mark.parametrize("seed", range(5))
def test_distances_are_those_of_scipy_networkx_igraph_and_networkit(seed):
    ends, weight = random_links(seed)
    found = routing.shortest_paths(ends, weight, nodes=range(40)).distance
    graph = as_digraph(ends, weight)
    assert (found == distances_of(graph)).all()
    sparse = nx.to_scipy_sparse_array(graph, nodelist=range(40))
    assert (found == dijkstra(sparse)).all()
    np.testing.assert_allclose(found, floyd_warshall(sparse), rtol=1e-12)
    peer = igraph.Graph(n=40, edges=ends.tolist(), directed=True)
    assert (found == np.array(peer.distances(weights=weight.tolist()))).all()
    # NetworKit: undirected and unweighted unless told; no path is the largest double.
    peer = networkit.nxadapter.nx2nk(graph, weightAttr="weight")
    assert peer.isDirected()
    assert peer.isWeighted()
    apsp = networkit.distance.APSP(peer)
    apsp.run()
    theirs = np.array(apsp.getDistances())
    theirs[theirs > 1e300] = np.inf
    np.testing.assert_allclose(found, theirs, rtol=1e-12)


def test_paths_both_ways_are_those_of_an_undirected_graph():
    for seed in range(5):
        ends, weight = random_links(seed)
        distance = routing.shortest_paths(ends, weight, nodes=range(40), directed=False).distance
        sparse = nx.to_scipy_sparse_array(as_digraph(ends, weight), nodelist=range(40))
        assert (distance == dijkstra(sparse, directed=False)).all()
        np.testing.assert_allclose(distance.T, distance, rtol=1e-12)


def test_whole_weights_give_the_same_distances_by_elimination_of_nodes():
    for seed in range(5):
        ends, weight = random_links(seed, count=70, whole=True)
        rule = Forbidden(nodes=[1, 2], links=[4])
        for sources in (None, [3], [7, 3]):
            given = {"nodes": range(40), "directed": False, "forbidden": rule, "sources": sources}
            fast = routing.shortest_paths(ends, weight, **given)
            searched = routing.shortest_paths(ends, weight, **given, predecessors=True)
            assert (fast.distance == searched.distance).all()
            large = routing.shortest_paths(ends, 2.0**40 * weight, **given)
            assert (large.distance == 2.0**40 * searched.distance).all()


def test_predecessors_give_paths_as_long_as_the_distances():
    for seed in range(5):
        ends, weight = random_links(seed, whole=True)
        for directed in (True, False):
            paths = routing.shortest_paths(ends, weight, nodes=range(40), directed=directed, predecessors=True)
            distance, before = paths.distance, paths.predecessor
            link = paths.predecessor_link
            reached = np.isfinite(distance) & ~np.eye(40, dtype=bool)
            assert (before[~reached] == -1).all()
            assert (link[~reached] == -1).all()
            source, node = np.nonzero(reached)
            used = link[source, node]
            assert (distance[source, before[source, node]] + weight[used] == distance[source, node]).all()
            joined = np.stack([before[source, node], node], axis=1)
            matches = (ends[used] == joined).all(axis=1)
            if not directed:
                matches |= (ends[used][:, ::-1] == joined).all(axis=1)
            assert matches.all()
            # Among equally long paths the predecessor is the lowest.
            for tail, head, cost in zip(ends[:, 0], ends[:, 1], weight, strict=True):
                tight = np.isfinite(distance[:, tail]) & (distance[:, tail] + cost == distance[:, head])
                assert (before[tight, head] <= tail).all()


def forbidden_reference(ends, weight, barred, links, size=40):
    """Dijkstra per pair on the graph without the barred nodes, ends exempt."""
    kept = ~np.isin(np.arange(len(ends)), links)
    graph = as_digraph(ends[kept], weight[kept])
    distance = np.full((size, size), np.inf)
    for source in range(size):
        for target in range(size):
            hidden = [node for node in barred if node not in (source, target)]
            allowed = nx.restricted_view(graph, hidden, [])
            if nx.has_path(allowed, source, target):
                distance[source, target] = nx.dijkstra_path_length(allowed, source, target)
    return distance


def test_forbidden_nodes_absorb_and_forbidden_links_are_gone():
    for seed in range(3):
        ends, weight = random_links(seed)
        rule = Forbidden(nodes=[3, 7, 11, 20], links=[0, 5, 9])
        found = routing.shortest_paths(ends, weight, nodes=[f"n{k}" for k in range(40)], forbidden=rule).distance.values
        # A source or a target that is barred itself is an end, not passed.
        wanted = forbidden_reference(ends, weight, [3, 7, 11, 20], [0, 5, 9])
        assert (found == wanted).all()
        nodes = np.isin(np.arange(40), [3, 7, 11, 20])
        links = np.isin(np.arange(len(ends)), [0, 5, 9])
        masks = routing.shortest_paths(ends, weight, nodes=range(40), forbidden=Forbidden(nodes=nodes, links=links))
        assert (masks.distance == found).all()


def test_links_may_be_forbidden_by_their_ends():
    one = routing.shortest_paths(LINKS, directed=False, forbidden=Forbidden(links=[("B", "A")]))
    assert one.distance.sel(source="A", node="B") == 5.0
    same = routing.shortest_paths(LINKS, forbidden=Forbidden(links={("A", "B")}, nodes={"C"}))
    assert same.distance.sel(source="A", node="B") == np.inf
    with pytest.raises(ScenarioError, match=r"forbidden.links: there is no link \('B', 'A'\)"):
        routing.shortest_paths(LINKS, forbidden=Forbidden(links=[("B", "A")]))


def test_all_that_holds_a_network_holds_the_same_one():
    wanted = np.array([[0.0, 2, 3], [np.inf, 0, 1], [np.inf, np.inf, 0]])
    matrix = np.array([[0.0, 2, 4], [0, 0, 1], [0, 0, 0]])
    names = list("ABC")
    frame = pd.DataFrame(LINKS, columns=["source", "target", "weight"])
    for held in (
        LINKS,
        tuple(LINKS),
        matrix,
        matrix.tolist(),
        np.where(matrix == 0, np.inf, matrix),
        np.where(matrix == 0, np.nan, matrix),
        pd.DataFrame(matrix, index=names, columns=names),
        xr.DataArray(matrix, dims=["tail", "head"], coords={"tail": names, "head": names}),
        scipy.sparse.csr_matrix(matrix),
        scipy.sparse.coo_array(matrix),
        frame,
        frame.rename(columns={"source": "init_node", "target": "term_node"}),
        routing.network(LINKS),
    ):
        assert (np.asarray(routing.shortest_paths(held).distance) == wanted).all()
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(LINKS)
    assert (routing.shortest_paths(list(graph.edges(data="weight"))).distance.values == wanted).all()
    long = frame.rename(columns={"weight": "km"})
    assert (routing.shortest_paths(long, "km").distance.values == wanted).all()
    assert (
        np.asarray(routing.shortest_paths(matrix + matrix.T, directed=False).distance)
        == [[0, 2, 3], [2, 0, 1], [3, 1, 0]]
    ).all()


def test_a_stored_zero_is_a_link_of_length_zero_and_a_dense_one_is_none():
    stored = scipy.sparse.coo_array(([0.0, 1.0], ([0, 1], [1, 2])), shape=(3, 3))
    assert routing.shortest_paths(stored).distance[0].tolist() == [0.0, 0.0, 1.0]
    assert routing.shortest_paths(stored.toarray()).distance[0].tolist() == [0.0, np.inf, np.inf]


def test_edge_lists_without_weights_count_links():
    hops = routing.shortest_paths([("A", "B"), ("B", "C"), ("A", "C")])
    assert hops.distance.sel(source="A").values.tolist() == [0.0, 1.0, 1.0]
    assert routing.shortest_paths([(0, 1), (1, 2)], 2.0).distance[0].tolist() == [0.0, 2.0, 4.0]
    assert routing.shortest_paths(pd.DataFrame({"from": ["A"], "to": ["B"]})).distance[0, 1] == 1.0


def test_paths_are_found_by_name_from_the_sources_asked_for():
    paths = routing.shortest_paths(LINKS, sources=["B"], predecessors=True)
    assert paths.distance.dims == ("source", "node")
    assert paths.path("B", "C") == ["B", "C"]
    assert paths.path("B", "B") == ["B"]
    assert paths.path("B", "A") == []
    assert repr(paths) == "<Paths from 1 sources to 3 nodes>"
    with pytest.raises(ScenarioError, match="paths from A were not asked for"):
        paths.path("A", "C")
    with pytest.raises(ScenarioError, match='target: there is no "D"'):
        paths.path("B", "D")
    with pytest.raises(ScenarioError, match="predecessors=True"):
        routing.shortest_paths(LINKS).path("A", "C")
    assert routing.shortest_paths([(0, 1), (1, 2)], predecessors=True).path(0, 2) == [0, 1, 2]


def test_flows_add_up_what_single_paths_carry():
    for seed in range(3):
        ends, weight = random_links(seed)
        demand = np.random.default_rng(seed).uniform(0, 5, (40, 40))
        paths = routing.shortest_paths(ends, weight, nodes=range(40), predecessors=True)
        link, transit, lost, cost = np.zeros(len(ends)), np.zeros(40), np.zeros(40), 0.0
        before, into = paths.predecessor, paths.predecessor_link
        for source in range(40):
            for target in range(40):
                if not np.isfinite(paths.distance[source, target]):
                    lost[source] += demand[source, target]
                    continue
                cost += demand[source, target] * paths.distance[source, target]
                node = target
                while node != source:
                    link[into[source, node]] += demand[source, target]
                    node = before[source, node]
                    transit[node] += demand[source, target] if node != source else 0.0
        loads = routing.flows(ends, demand, weight, nodes=range(40))
        np.testing.assert_allclose(loads.link_flow, link, rtol=1e-11)
        np.testing.assert_allclose(loads.transit, transit, rtol=1e-11)
        np.testing.assert_allclose(loads.lost, lost, rtol=1e-11)
        np.testing.assert_allclose(loads.total_cost, cost, rtol=1e-11)


def test_equal_splits_share_by_neighbour_in_both_directions():
    square = [("A", "B", 1), ("B", "D", 1), ("A", "C", 1), ("C", "D", 1)]
    demand = pd.DataFrame([[0.0, 6.0], [2.0, 0.0]], index=["D", "A"], columns=["D", "A"])
    loads = routing.flows(square, demand, directed=False, split="equal")
    assert loads.link_flow.tolist() == [4.0] * 4
    assert loads.transit.sel(node=["B", "C"]).values.tolist() == [4.0, 4.0]
    assert loads.lost.sel(origin="D") == 0.0
    single = routing.flows(square, demand, directed=False)
    assert single.link_flow.tolist() == [8.0, 8.0, 0.0, 0.0]
    assert repr(single) == "<Loads of 4 links: total cost 16, lost 0>"
    assert single.to_frame().flow.tolist() == [8.0, 8.0, 0.0, 0.0]


def test_classes_have_their_own_rules():
    demand = np.zeros((2, 3, 3))
    demand[:, 0, 2] = [5.0, 3.0]
    loads = routing.flows(LINKS, demand, forbidden=[Forbidden(), Forbidden(nodes=["B"])])
    assert loads.class_link_flow.tolist() == [[5.0, 5.0, 0.0], [0.0, 0.0, 3.0]]
    assert loads.link_flow.tolist() == [5.0, 5.0, 3.0]
    assert loads.transit.values.tolist() == [0.0, 5.0, 0.0]
    with pytest.raises(ScenarioError, match="forbidden: 1 rules for 2 classes"):
        routing.flows(LINKS, demand, forbidden=[Forbidden()])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"links": [("A", "B", -1.0)]}, r"weight\[0\] is -1, but at least 0"),
        ({"links": [("A", "B", np.nan)]}, r"weight\[0\] is nan"),
        ({"links": [("A", "A", 1.0)]}, r"links\[0\] joins node A to itself"),
        ({"links": [("A", "B", 1.0), ("A", "B")]}, "entries of 2, 3 elements"),
        ({"links": [("A", "B", 1.0)], "weight": [1.0]}, "entries of 3 elements"),
        ({"links": [("A", "B")], "weight": [1.0, 2.0]}, r"weight: the shape is \(2,\), but one number or \(1,\)"),
        ({"links": [("A", "B")], "weight": "km"}, 'weight: there is no "km"'),
        ({"links": [("A", "B")], "nodes": ["A"]}, 'links: there is no "B"'),
        ({"links": [("A", "B")], "nodes": ["A", "A"]}, "nodes: a label stands twice"),
        ({"links": [(-1, 2)]}, "numbers of nodes go from 0 to at most 9999999"),
        ({"links": np.ones((2, 3))}, r"links: the shape is \(2, 3\), but a square matrix is needed"),
        ({"links": np.ones(3)}, r"links: the shape is \(3,\)"),
        ({"links": np.array([[0.0, 1.0]]), "weight": np.ones(3)}, r"weight: the shape is \(3,\)"),
        ({"links": np.array([[0.5, 1.0]]), "weight": np.ones(1)}, "must hold whole numbers of nodes"),
        ({"links": np.ones((3, 3)), "weight": np.ones(3)}, "weight: a matrix holds the weights itself"),
        ({"links": np.ones((2, 2)), "nodes": ["A"]}, "nodes: 1 labels for 2 nodes"),
        ({"links": [[0.0, -1.0], [0.0, 0.0]]}, "links.* is -1"),
        ({"links": [[0.0, 1.0], [2.0, 0.0]], "directed": False}, "the matrix must be symmetric, but"),
        ({"links": pd.DataFrame({"a": [1], "b": [2]})}, "links: the shape is"),
        ({"links": routing.network(LINKS), "weight": 1.0}, "a Network has its weights"),
        ({"links": [[0.0, 1.0], [1.0]], "weight": 1.0}, "links: an array of numbers is needed"),
        ({"links": scipy.sparse.eye_array(2), "weight": 1.0}, "a matrix holds the weights itself"),
        ({"links": LINKS, "directed": "no"}, "directed: True or False is needed, not 'no'"),
        ({"links": LINKS, "predecessors": 1}, "predecessors: True or False is needed, not 1"),
        ({"links": LINKS, "sources": ["D"]}, 'sources: there is no "D"'),
        ({"links": LINKS, "forbidden": ["B"]}, r"forbidden: a Forbidden\(nodes=…, links=…\) is needed"),
        ({"links": LINKS, "forbidden": Forbidden(nodes="AB")}, "forbidden.nodes: a list is needed, not 'AB'"),
        ({"links": LINKS, "forbidden": Forbidden(nodes=[True])}, r"forbidden.nodes: \(1,\) flags, but \(3,\)"),
        ({"links": LINKS, "forbidden": Forbidden(links=[3])}, "there is no link 3"),
    ],
)
def test_wrong_arguments_are_named(given, message):
    with pytest.raises(ScenarioError, match=message):
        routing.shortest_paths(**given)


@pytest.mark.parametrize(
    ("demand", "message"),
    [
        (np.ones(3), r"demand: the shape is \(3,\)"),
        (np.ones((4, 4)), "demand: 4 zones in a network of 3 nodes"),
        (-np.ones((2, 2)), "demand.* is -1"),
        (pd.DataFrame(np.ones((1, 1)), index=["D"], columns=["D"]), 'demand: there is no "D"'),
        (pd.DataFrame(np.ones((2, 2)), index=["A", "B"], columns=["B", "A"]), "the same labels in the same order"),
        (pd.DataFrame(np.ones((2, 2)), index=["A", "A"], columns=["A", "A"]), "a zone stands twice"),
    ],
)
def test_wrong_demand_is_named(demand, message):
    with pytest.raises(ScenarioError, match=message):
        routing.flows(LINKS, demand)


def test_labels_that_are_numbers_are_no_numbers_of_nodes():
    net = routing.network([("1", "2", 5.0), ("2", "3", 1.0)])
    assert routing.shortest_paths(net, sources=[1]).distance.source.values.tolist() == ["1"]
    with pytest.raises(ScenarioError, match='sources: there is no "0"'):
        routing.shortest_paths(net, sources=[0])
    with pytest.raises(ScenarioError, match='split: there is no "ecmp"'):
        routing.flows(net, np.ones((3, 3)), split="ecmp")


def test_more_nodes_than_can_be_handled_are_refused_at_once():
    with pytest.raises(ScenarioError, match="nodes: there are 1000000000 labels, but at most 10000000 nodes"):
        routing.network([(0, 1)], nodes=range(10**9))
