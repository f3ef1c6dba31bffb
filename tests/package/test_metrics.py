"""Metrics on one's own data: published and closed forms, peers on random inputs, labels, refusals."""

import doctest
import importlib
import itertools
import math

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import scipy.linalg
import scipy.sparse
import scipy.sparse.csgraph
import xarray as xr

import splinternet as sn
from splinternet import metrics

# Flows of eight countries in three blocs, with figures of networkx, igraph, SciPy and plain formulas.
FLOW = np.array(
    [
        [0, 9, 7, 1, 0, 2, 3, 1],
        [8, 0, 6, 0, 1, 0, 2, 2],
        [5, 7, 0, 1, 0, 1, 1, 0],
        [1, 0, 2, 0, 9, 8, 2, 1],
        [0, 1, 0, 7, 0, 6, 3, 0],
        [2, 0, 1, 6, 5, 0, 1, 1],
        [4, 1, 2, 3, 2, 1, 0, 5],
        [1, 2, 0, 0, 1, 2, 4, 0],
    ],
    dtype=float,
)
BLOCS = ["A", "A", "A", "B", "B", "B", "C", "C"]
CODES = [f"C{row:02d}" for row in range(8)]
INF = float("inf")


def random_flows(rng, countries, density=0.6):
    flow = rng.uniform(0, 10, (countries, countries)) * (rng.uniform(size=(countries, countries)) < density)
    np.fill_diagonal(flow, 0)
    return flow


def labelled(flow=FLOW, codes=CODES):
    return pd.DataFrame(flow, index=codes, columns=codes)


@pytest.mark.parametrize("module", ["_blocs", "concentration", "flows", "networks", "partitions", "resampling"])
def test_every_example_in_the_documentation_gives_what_it_says(module):
    assert doctest.testmod(importlib.import_module(f"splinternet.metrics.{module}")).failed == 0


def test_every_public_function_has_an_example_and_tells_its_parameters():
    for name in metrics.__all__:
        held = getattr(metrics, name)
        if isinstance(held, type):
            continue
        assert ">>> " in held.__doc__, name
        assert "Parameters\n" in held.__doc__, name
        assert "Returns\n" in held.__doc__, name


def test_the_eight_countries_have_their_published_figures():
    near = lambda value: pytest.approx(value, rel=1e-13)  # noqa: E731
    assert metrics.modularity(FLOW, BLOCS) == near(0.2889693677380414)
    assert metrics.modularity(FLOW, BLOCS, directed=False) == near(0.2888687691766008)
    assert metrics.modularity(FLOW, BLOCS, null="zero_diagonal") == near(0.38089001717927123)
    assert metrics.assortativity(FLOW, BLOCS) == near(0.4540066382171645)
    assert metrics.cross_share(FLOW, BLOCS) == near(0.3475177304964539)
    assert metrics.external_internal_index(FLOW, BLOCS) == near(-0.3049645390070922)
    assert metrics.decoupling_index(FLOW, BLOCS) == near(0.6958145216154369)
    assert metrics.decoupling_index(FLOW, BLOCS, null="zero_diagonal") == near(0.8014128821100006)
    assert float(metrics.bilateral_index(FLOW, BLOCS)[0, 1]) == near(0.15663787513136096)
    assert metrics.effective_number([0.5, 0.25, 0.23, 0.02]) == near(1 / (0.25 + 0.0625 + 0.0529 + 0.0004))


def test_domestic_flows_count_as_in_published_figures_where_they_are_asked_for():
    rng = np.random.default_rng(1)
    domestic = FLOW + np.diag(rng.uniform(1, 30, 8))
    assert metrics.modularity(domestic, BLOCS, diagonal="exclude") == metrics.modularity(FLOW, BLOCS)
    graph = nx.from_numpy_array(domestic, create_using=nx.DiGraph)
    parts = [{0, 1, 2}, {3, 4, 5}, {6, 7}]
    expected = nx.community.modularity(graph, parts, weight="weight")
    assert metrics.modularity(domestic, BLOCS, diagonal="include") == pytest.approx(expected, abs=1e-14)
    # networkx doubles self-loops of undirected graphs; here W + Wᵀ counts them twice like any flow within a bloc
    undirected = metrics.modularity(domestic, BLOCS, diagonal="include", directed=False)
    both = nx.from_numpy_array(domestic + domestic.T - np.diag(np.diag(domestic)))
    assert undirected == pytest.approx(nx.community.modularity(both, parts, weight="weight"), abs=1e-14)


def test_modularity_is_that_of_networkx_and_igraph_on_random_flows():
    rng = np.random.default_rng(2)
    for _ in range(30):
        n = int(rng.integers(2, 25))
        flow = random_flows(rng, n, density=rng.uniform(0.1, 1))
        label = rng.integers(0, 4, n).tolist()
        if not flow.any():
            continue
        gamma = float(rng.choice([1.0, 0.5, 2.5]))
        parts = [{i for i in range(n) if label[i] == bloc} for bloc in set(label)]
        digraph = nx.from_numpy_array(flow, create_using=nx.DiGraph)
        expected = nx.community.modularity(digraph, parts, weight="weight", resolution=gamma)
        assert metrics.modularity(flow, label, resolution=gamma) == pytest.approx(expected, abs=1e-13)
        graph = igraph.Graph.Weighted_Adjacency(flow.tolist(), mode="directed")
        expected = igraph.GraphBase.modularity(graph, label, weights=graph.es["weight"], directed=True)
        assert metrics.modularity(flow, label) == pytest.approx(expected, abs=1e-13)
        summed = igraph.Graph.Weighted_Adjacency((flow + flow.T).tolist(), mode="max")
        expected = summed.modularity(label, weights="weight")
        assert metrics.modularity(flow, label, directed=False) == pytest.approx(expected, abs=1e-13)


def test_assortativity_is_that_of_weights_where_peers_ignore_them():
    rng = np.random.default_rng(3)
    for _ in range(20):
        flow = random_flows(rng, 12)
        label = rng.integers(0, 3, 12)
        mixing = np.array([[flow[label == a][:, label == b].sum() for b in range(3)] for a in range(3)]) / flow.sum()
        agreement = (np.trace(mixing) - (mixing.sum(0) * mixing.sum(1)).sum()) / (
            1 - (mixing.sum(0) * mixing.sum(1)).sum()
        )
        assert metrics.assortativity(flow, label) == pytest.approx(agreement, abs=1e-13)
    plain = nx.attribute_assortativity_coefficient
    graph = nx.from_numpy_array(FLOW, create_using=nx.DiGraph)
    nx.set_node_attributes(graph, dict(enumerate(BLOCS)), "bloc")
    assert plain(graph, "bloc") == pytest.approx(-0.03125)  # the trap: weights ignored, another sign


def test_the_null_without_a_diagonal_keeps_all_strengths():
    rng = np.random.default_rng(4)
    for _ in range(20):
        flow = random_flows(rng, int(rng.integers(3, 20)))
        null = metrics.zero_diagonal_null(flow)
        assert np.allclose(null.sum(axis=0), flow.sum(axis=0), rtol=1e-11, atol=1e-11 * flow.sum())
        assert np.allclose(null.sum(axis=1), flow.sum(axis=1), rtol=1e-11, atol=1e-11 * flow.sum())
        assert not np.diagonal(null).any()


def test_the_best_partition_beats_every_other_one_of_eight_countries():
    best = metrics.best_partition(FLOW, reference=BLOCS)
    highest = -1.0
    for label in itertools.product(range(3), repeat=7):
        highest = max(highest, metrics.modularity(FLOW, [0, *label]))
    assert best.modularity == pytest.approx(highest, abs=1e-14)
    assert best.label.tolist() == [0, 0, 0, 1, 1, 1, 2, 2]
    assert best.communities == 3
    assert best.reference.agreement == (1.0, 0.0)
    assert best.reference.modularity == pytest.approx(best.modularity, abs=1e-15)


def test_the_best_partition_is_no_worse_than_those_of_igraph_and_networkx():
    rng = np.random.default_rng(5)
    for _ in range(10):
        n = 40
        side = rng.integers(0, 4, n)
        flow = random_flows(rng, n, 0.15) + 4 * random_flows(rng, n, 0.4) * (side[:, None] == side[None, :])
        best = metrics.best_partition(flow)
        undirected = metrics.best_partition(flow + flow.T)
        assert best.modularity == pytest.approx(metrics.modularity(flow, best.label.tolist()), abs=1e-13)
        louvain = nx.community.louvain_communities(nx.from_numpy_array(flow, create_using=nx.DiGraph), seed=1)
        label = [next(c for c, part in enumerate(louvain) if i in part) for i in range(n)]
        assert best.modularity >= metrics.modularity(flow, label) - 1e-12
        graph = igraph.Graph.Weighted_Adjacency((flow + flow.T).tolist(), mode="max")
        found = graph.community_leiden("modularity", weights="weight", n_iterations=10)
        assert undirected.modularity >= graph.modularity(found.membership, weights="weight") - 1e-12


def test_sparse_flows_give_the_partition_of_dense_ones_without_being_filled_in():
    rng = np.random.default_rng(6)
    flow = random_flows(rng, 30, 0.1)
    dense, sparse = metrics.best_partition(flow), metrics.best_partition(scipy.sparse.csr_array(flow))
    assert sparse.label.tolist() == dense.label.tolist()
    assert sparse.modularity == pytest.approx(dense.modularity, abs=1e-15)
    ring = 20_000
    at = np.arange(ring)
    large = scipy.sparse.coo_array((np.ones(ring), (at, (at + 1) % ring)), shape=(ring, ring))
    assert metrics.best_partition(large, random_starts=0).modularity > 0.98


def test_the_best_partition_of_labelled_flows_does_not_depend_on_the_order_of_rows():
    rng = np.random.default_rng(7)
    flow = random_flows(rng, 20, 0.3)
    codes = [f"C{row:02d}" for row in range(20)]
    first = metrics.best_partition(labelled(flow, codes)).label
    order = rng.permutation(20)
    shuffled = labelled(flow, codes).iloc[order, order]
    again = metrics.best_partition(shuffled).label
    assert isinstance(again, xr.DataArray)
    assert again.sel(country=codes).values.tolist() == first.sel(country=codes).values.tolist()


def test_agreement_of_divisions_is_that_of_igraph():
    rng = np.random.default_rng(8)
    for _ in range(20):
        first, second = rng.integers(0, 4, (2, 30)).tolist()
        found = metrics.compare_partitions(first, second)
        assert found.variation_of_information == pytest.approx(
            igraph.compare_communities(first, second, method="vi"), abs=1e-12
        )
        assert found.normalized_mutual_information == pytest.approx(
            igraph.compare_communities(first, second, method="nmi"), abs=1e-12
        )


def test_weights_count_countries_as_often_as_they_say():
    first, second = ["A", "A", "B"], ["x", "y", "y"]
    twice = metrics.compare_partitions(["A", "A", "A", "B"], ["x", "x", "y", "y"])
    assert metrics.compare_partitions(first, second, weight=[2, 1, 1]) == pytest.approx(twice)


def test_closed_forms_of_concentration_and_polarization():
    near = lambda value: pytest.approx(value, rel=1e-12)  # noqa: E731
    assert metrics.effective_number([0.6, 0.4]) == near(1.923076923076923)
    assert metrics.effective_number([0.4, 0.35, 0.25]) == near(2.898550724637681)
    assert metrics.hill_number_1([1, 1, 1, 1]) == near(4)
    assert metrics.herfindahl([7, 7]) == 0.5
    assert metrics.gini([1, 1, 1]) == 0
    assert metrics.gini([0, 0, 1]) == near(2 / 3)
    assert metrics.top_share([1, 2, 3, 4], 3) == near(0.9)
    assert metrics.top_share([1, 2], 5) == 1
    assert metrics.reynal_querol([0.6, 0.4]) == near(0.96)
    positions, masses = [-1.0, 1.0, 0.1], [0.45, 0.3, 0.25]
    assert metrics.esteban_ray(masses, positions, alpha=1.3) == near(0.24154311038535747)
    assert metrics.esteban_ray([1, 1], [[0, 1], [1, 0]], alpha=1.3) == near(0.2030630990890589)
    assert metrics.esteban_ray(np.ones(10), np.linspace(0, 1, 10), alpha=1.6) == pytest.approx(0.009210, abs=5e-7)
    assert metrics.esteban_ray([1, 1], [0, 1], alpha=1, scale=2) == near(
        2 * metrics.esteban_ray([1, 1], [0, 1], alpha=1)
    )
    assert metrics.relative_esteban_ray([1, 1], [0, 4], maximal_distance=8) == near(0.5)
    assert metrics.freeman_centralization([6, 6, 6], 1) == 0
    for nothing in ([], [0, 0]):
        assert metrics.herfindahl(nothing) == metrics.gini(nothing) == metrics.reynal_querol(nothing) == 0


def test_inequality_splits_exactly_and_groups_alone_explain_what_lies_between():
    rng = np.random.default_rng(9)
    income, people = rng.uniform(0, 9, 40), rng.uniform(0, 3, 40)
    group = rng.integers(0, 5, 40)
    found = metrics.theil(income, weight=people, group=group)
    share, ratio = people / people.sum(), income / np.average(income, weights=people)
    assert found.total == pytest.approx((share * ratio * np.log(ratio)).sum(), rel=1e-12)
    assert found.between + found.within == pytest.approx(found.total, rel=1e-12)
    assert metrics.theil(income, weight=people).between == pytest.approx(0, abs=1e-15)
    alone = metrics.theil(income, weight=people, group=range(40))
    assert alone.within == pytest.approx(0, abs=1e-15)


def test_policy_distance_is_the_mean_over_pairs():
    rng = np.random.default_rng(10)
    position, weight, bloc = rng.normal(size=15), rng.uniform(size=15), rng.integers(0, 3, 15)
    sums = {True: [0.0, 0.0], False: [0.0, 0.0]}
    for i, j in itertools.combinations(range(15), 2):
        held = sums[bool(bloc[i] == bloc[j])]
        held[0] += weight[i] * weight[j] * abs(position[i] - position[j])
        held[1] += weight[i] * weight[j]
    found = metrics.policy_distance(position, bloc, weight=weight)
    assert found.within == pytest.approx(sums[True][0] / sums[True][1], rel=1e-12)
    assert found.across == pytest.approx(sums[False][0] / sums[False][1], rel=1e-12)


def test_reach_stretch_and_efficiency_are_those_of_scipy_and_igraph_on_random_networks():
    rng = np.random.default_rng(11)
    for _ in range(20):
        n = int(rng.integers(2, 20))
        length = random_flows(rng, n, 0.25)
        fewer = length * (rng.uniform(size=length.shape) < 0.8)
        before = scipy.sparse.csgraph.shortest_path(length)
        now = scipy.sparse.csgraph.shortest_path(fewer)
        demand = random_flows(rng, n, 0.9)
        off = ~np.eye(n, dtype=bool)
        lost = np.isinf(now) & off
        assert metrics.reach_loss(now) == pytest.approx(lost.sum() / (n * (n - 1)), rel=1e-13)
        assert metrics.reach_loss(now, demand=demand) == pytest.approx(demand[lost].sum() / demand.sum(), rel=1e-12)
        assert metrics.global_efficiency(now) == pytest.approx((1 / now[off]).mean(), rel=1e-12, abs=0)
        graph = igraph.Graph.Weighted_Adjacency(length.tolist(), mode="directed")
        far = np.array(graph.distances(weights="weight"))
        assert metrics.global_efficiency(before) == pytest.approx((1 / far[off]).mean(), rel=1e-12, abs=0)
        both = np.isfinite(now) & np.isfinite(before) & off
        if both.any() and demand[both].any():
            found = metrics.stretch(now, before, demand=demand)
            ratio = now[both] / before[both]
            assert found.mean == pytest.approx(np.average(ratio, weights=demand[both]), rel=1e-12)
            assert found.largest == pytest.approx(ratio.max(), rel=1e-13)
            assert found.by_length == pytest.approx(
                (demand[both] * now[both]).sum() / (demand[both] * before[both]).sum(), rel=1e-12
            )


def test_efficiency_has_its_closed_forms_and_its_ratio_is_one_for_equal_paths():
    path = np.abs(np.subtract.outer(np.arange(4.0), np.arange(4.0)))
    assert metrics.global_efficiency(path) == pytest.approx(0.7222222222222222)
    assert metrics.global_efficiency(path, baseline=path) == 1
    assert metrics.global_efficiency(2 * path, baseline=path) == pytest.approx(0.5)
    hops = nx.global_efficiency(nx.path_graph(4))
    assert hops == pytest.approx(metrics.global_efficiency(path))  # networkx counts hops, which are lengths here


def test_algebraic_connectivity_is_that_of_scipy_and_networkx():
    barbell = nx.to_numpy_array(nx.barbell_graph(5, 0))
    assert metrics.algebraic_connectivity(barbell) == pytest.approx(0.2984378812835765, rel=1e-12)
    rng = np.random.default_rng(12)
    for _ in range(15):
        capacity = random_flows(rng, int(rng.integers(2, 30)), 0.5)
        mean = (capacity + capacity.T) / 2
        laplacian = np.diag(mean.sum(axis=0)) - mean
        expected = scipy.linalg.eigvalsh(laplacian)[1]
        assert metrics.algebraic_connectivity(capacity) == pytest.approx(expected, abs=1e-11 * mean.sum())
        graph = nx.from_numpy_array(mean)
        if nx.is_connected(graph):
            value = scipy.linalg.eigvalsh(nx.normalized_laplacian_matrix(graph).toarray())[1]
            assert metrics.algebraic_connectivity(capacity, normalized=True) == pytest.approx(value, abs=1e-11)


def test_components_of_a_split_network_are_named_and_have_their_own_connectivity():
    codes = ["FRA", "DEU", "KEN", "BRA"]
    capacity = labelled(np.array([[0, 0, 3, 0], [0, 0, 0, 0], [3, 0, 0, 0], [0, 0, 0, 0.0]]), codes)
    parts = metrics.connectivity_by_component(capacity)
    assert [(part.nodes, round(part.algebraic_connectivity, 9)) for part in parts] == [
        (["FRA", "KEN"], 6.0),
        (["DEU"], 0.0),
        (["BRA"], 0.0),
    ]
    assert metrics.algebraic_connectivity(capacity) == 0


def test_alibis_are_those_of_plain_search():
    rng = np.random.default_rng(13)
    for _ in range(20):
        n = int(rng.integers(2, 12))
        distance = rng.uniform(1, 5, (n, n))
        forbidden = rng.uniform(size=n) < 0.3
        slack = rng.uniform(0, 1)
        proofs = [
            (1 + slack) * distance[s, r]
            < min((distance[s, f] + distance[f, r] for f in range(n) if forbidden[f]), default=INF)
            for s, r in itertools.permutations(range(n), 2)
            if not forbidden[s] and not forbidden[r]
        ]
        expected = np.mean(proofs) if proofs else 1.0
        assert metrics.alibi_share(distance, forbidden, slack=slack) == pytest.approx(expected)
    places = pd.DataFrame(
        [[0, 2, 1.5], [2, 0, 1], [1.5, 1, 0]], index=["FRA", "USA", "RUS"], columns=["FRA", "USA", "RUS"]
    )
    assert metrics.alibi_share(places, ["RUS"]) == metrics.alibi_share(places.values, [False, False, True])


def test_blocs_are_matched_by_label_whatever_their_order_and_form():
    flow = labelled()
    expected = metrics.modularity(FLOW, BLOCS)
    by_country = dict(zip(CODES, BLOCS, strict=True))
    backwards = pd.Series(BLOCS, index=CODES)[::-1]
    array = xr.DataArray(FLOW, dims=["country", "partner"], coords={"country": CODES, "partner": CODES})
    for held in (flow, array):
        for blocs in (BLOCS, np.array(BLOCS), by_country, backwards, backwards.rename_axis("country").to_xarray()):
            assert metrics.modularity(held, blocs) == expected
    assert metrics.modularity(scipy.sparse.csr_array(FLOW), tuple(BLOCS)) == expected
    assert metrics.modularity(FLOW.tolist(), backwards[::-1]) == expected


def test_weights_and_baselines_with_labels_in_another_order_are_refused_not_mixed_up():
    frame = labelled()
    other = frame.iloc[::-1, ::-1]
    lengths = labelled(1 - np.eye(8))
    backwards = pd.Series(np.ones(8), index=CODES[::-1])
    for call in (
        lambda: metrics.relative_cross_change(frame, other, BLOCS),
        lambda: metrics.modularity(frame, BLOCS, null=other),
        lambda: metrics.reach_loss(lengths, demand=other),
        lambda: metrics.stretch(lengths, lengths.iloc[::-1, ::-1]),
        lambda: metrics.global_efficiency(lengths, baseline=lengths.iloc[::-1, ::-1]),
        lambda: metrics.compare_partitions(pd.Series(BLOCS, index=CODES), BLOCS, weight=backwards),
        lambda: metrics.theil(pd.Series(range(8), index=CODES), weight=backwards),
        lambda: metrics.policy_distance(pd.Series(range(8), index=CODES), BLOCS, weight=backwards),
    ):
        with pytest.raises(sn.ScenarioError, match=r"row 0 is C07, but C00 in [a-z]+: bring both into the same order"):
            call()
    with pytest.raises(sn.ScenarioError, match="demand: it has 3 labels, but distance has 8"):
        metrics.reach_loss(lengths, demand=other.iloc[:3, :3])
    assert metrics.modularity(frame, pd.Series(BLOCS)) == metrics.modularity(FLOW, BLOCS)  # rows without names


def test_results_of_labelled_flows_bear_their_labels():
    null = metrics.zero_diagonal_null(labelled())
    assert isinstance(null, xr.DataArray)
    assert list(null.country.values) == list(null.partner.values) == CODES
    assert isinstance(metrics.zero_diagonal_null(FLOW), np.ndarray)
    assert list(metrics.mixing_matrix(labelled(), BLOCS).bloc.values) == ["A", "B", "C"]
    assert list(metrics.resample_flows(labelled(), np.ones(8)).country.values) == CODES


def test_flows_with_the_non_aligned_count_nowhere_between_rivals():
    mixing = metrics.mixing_matrix(FLOW, BLOCS)
    cross = float(mixing.sel(bloc="A", partner_bloc="B") + mixing.sel(bloc="B", partner_bloc="A"))
    within = float(np.trace(mixing))
    assert metrics.cross_share(FLOW, BLOCS, rivals=[("A", "B")]) == pytest.approx(cross / (cross + within))
    assert metrics.external_internal_index(FLOW, BLOCS, rivals=[("B", "A")]) == pytest.approx(
        (cross - within) / (cross + within)
    )
    assert metrics.relative_cross_change(FLOW, FLOW, BLOCS, rivals=[("A", "B")]) == 0
    less = FLOW.copy()
    less[:3, 3:6] /= 2
    less[3:6, :3] /= 2
    assert metrics.relative_cross_change(less, FLOW, BLOCS, rivals=[("A", "B")]) == pytest.approx(0.5)
    assert metrics.decoupling_index(less, BLOCS, null=FLOW, rivals=[("A", "B")]) == pytest.approx(0.5)
    assert metrics.modularity(less, BLOCS, null=FLOW) > 0
    assert metrics.modularity(less, BLOCS, null=FLOW, directed=False) > 0
    apart = np.kron(np.eye(2), np.ones((2, 2))) - np.eye(4)
    assert metrics.decoupling_index(apart, [0, 0, 1, 1]) == 1
    assert metrics.external_internal_index(apart, [0, 0, 1, 1]) == -1


def test_bootstrap_draws_whole_countries_the_same_for_any_order_of_rows():
    rng = np.random.default_rng(14)
    gdp = pd.Series(rng.uniform(1, 9, 30), index=[f"C{row:02d}" for row in range(30)])

    def of(values):
        weight = metrics.node_multiplicities(list(values.index), replicates=50)
        return np.sort((weight * values.values).sum(axis=1))

    assert of(gdp) == pytest.approx(of(gdp[::-1]), rel=1e-12)
    interval = metrics.bootstrap(lambda times: np.average(gdp, weights=times), 30, replicates=2000, level=0.9)
    assert interval.low < gdp.mean() < interval.high
    assert interval.standard_error == pytest.approx(gdp.std(ddof=0) / math.sqrt(30), rel=0.1)
    assert interval.undefined == 0
    half = metrics.bootstrap(lambda times: math.nan if times[0] == 0 else 1.0, gdp, replicates=500)
    assert (half.low, half.high, half.mean) == (1, 1, 1)
    assert half.undefined == pytest.approx(500 * (1 - 1 / 30) ** 30, abs=50)
    values = np.arange(101.0)
    drawn = iter(values)
    found = metrics.bootstrap(lambda times: next(drawn), 3, replicates=101, level=0.9)
    assert (found.low, found.high) == pytest.approx((np.quantile(values, 0.05), np.quantile(values, 0.95)))


def test_an_exception_in_a_metric_comes_out_as_it_is():
    with pytest.raises(ZeroDivisionError):
        metrics.bootstrap(lambda times: 1 / 0, 4)


def test_splinternet_index_is_the_weighted_mean():
    assert metrics.splinternet_index([0, 1, 0.5]) == 0.5
    assert metrics.splinternet_index([0, 1], [1, 3]) == 0.75
    assert metrics.splinternet_index({"a": 1.0, "b": 0.0}) == 0.5


NAN = float("nan")
REFUSALS = {
    "not square": (lambda: metrics.modularity(np.ones((2, 3)), [0, 0]), "flow: the shape is .2, 3., but a square"),
    "NaN": (lambda: metrics.modularity([[0, NAN], [1, 0]], [0, 1]), r"flow\[0, 1\] is nan"),
    "negative": (lambda: metrics.modularity([[0, 1], [-2, 0]], [0, 1]), r"flow\[1, 0\] is -2, but at least 0"),
    "text": (lambda: metrics.herfindahl(["a"]), "mass: an array of numbers is needed"),
    "domestic unsaid": (lambda: metrics.modularity([[1, 1], [1, 0]], [0, 1]), 'say diagonal="exclude"'),
    "domestic unsaid, sparse": (
        lambda: metrics.best_partition(scipy.sparse.eye_array(3)),
        'flow: there are domestic flows on the diagonal.*say diagonal="exclude"',
    ),
    "diagonal": (lambda: metrics.modularity(FLOW, BLOCS, diagonal="yes"), "diagonal: it is 'yes', but \"include\""),
    "too few blocs": (lambda: metrics.modularity(FLOW, ["A"] * 7), "blocs: there are 7 blocs for 8 countries"),
    "bloc missing": (
        lambda: metrics.modularity(labelled(), dict.fromkeys(CODES[:7], "A")),
        "blocs: C07 has no bloc; give one to each country. Did you mean",
    ),
    "bloc None": (lambda: metrics.modularity(FLOW, [None, *BLOCS[1:]]), "blocs: row 0 has the bloc None"),
    "bloc NaN": (lambda: metrics.modularity(labelled(), [NAN, *BLOCS[1:]]), "blocs: C00 has the bloc nan"),
    "bloc a range": (
        lambda: metrics.mixing_matrix(np.ones((2, 2)), [range(3), "b"], diagonal="include"),
        r"blocs: range\(0, 3\) cannot be the name of a bloc",
    ),
    "bloc no name": (lambda: metrics.modularity([[0.0]], [{}]), "blocs: {} cannot be the name of a bloc"),
    "dict without labels": (lambda: metrics.modularity(FLOW, dict.fromkeys(CODES, 1)), "the data have no labels"),
    "blocs a matrix": (lambda: metrics.modularity(FLOW, FLOW), "blocs: the shape is .8, 8., but one bloc"),
    "null": (lambda: metrics.modularity(FLOW, BLOCS, null="none"), "null: it is 'none', but"),
    "null shape": (lambda: metrics.modularity(FLOW, BLOCS, null=np.ones((2, 2))), "null: the shape is .2, 2."),
    "resolution": (lambda: metrics.modularity(FLOW, BLOCS, resolution=0), "resolution: it must be above 0"),
    "resolution, null": (
        lambda: metrics.modularity(FLOW, BLOCS, resolution=2, null="zero_diagonal"),
        "resolution: it belongs to the proportional null",
    ),
    "rivals": (lambda: metrics.cross_share(FLOW, BLOCS, rivals=[("A", "D")]), "no bloc 'D'; the blocs are A, B, C"),
    "rivals a word": (lambda: metrics.cross_share(FLOW, BLOCS, rivals=["AB"]), "rivals: 'AB' is not a pair"),
    "baseline": (lambda: metrics.relative_cross_change(FLOW, [[0.0]], BLOCS), "baseline: the shape is .1, 1."),
    "label twice": (
        lambda: metrics.best_partition(labelled(FLOW[:2, :2], ["FRA", "FRA"])),
        "flow: rows 0 and 1 are both FRA",
    ),
    "axes differ": (
        lambda: metrics.modularity(pd.DataFrame([[0, 1], [1, 0]], index=["a", "b"], columns=["b", "a"]), [0, 1]),
        "flow: row 0 is a but column 0 is b",
    ),
    "huge": (lambda: metrics.modularity([[0, 1e300], [1e300, 0]], [0, 1]), "take another unit"),
    "search resolution": (lambda: metrics.best_partition(FLOW, resolution=1000), "resolution: it is 1000"),
    "starts": (lambda: metrics.best_partition(FLOW, random_starts=-1), "random_starts: it is -1, but a whole number"),
    "seed": (lambda: metrics.best_partition(FLOW, seed=1.5), "seed: it is 1.5, but a whole number from 0"),
    "sparse not square": (
        lambda: metrics.best_partition(scipy.sparse.csr_array(np.ones((2, 3)))),
        "flow: the shape is .2, 3., but a square",
    ),
    "alpha": (lambda: metrics.esteban_ray([1, 1], [0, 1], alpha=2), "alpha: it is 2, but"),
    "distance": (lambda: metrics.esteban_ray([1, 1], [0, 1, 2]), "distance: it is of 3 groups, but mass of 2"),
    "scale": (lambda: metrics.relative_esteban_ray([1], [0], maximal_distance=0), "maximal_distance: it is 0"),
    "star": (lambda: metrics.freeman_centralization([1, 2], 0), "star_centre: it is 0"),
    "weights": (lambda: metrics.theil([1, 2], weight=[1]), "weight: the shape is .1,., but .2. is needed"),
    "zero distance": (lambda: metrics.reach_loss([[0, 0], [1, 0]]), r"distance\[0, 1\] is 0, but"),
    "NaN distance": (lambda: metrics.global_efficiency([[0, NAN], [1, 0]]), r"distance\[0, 1\] is nan, but"),
    "sparse distance": (lambda: metrics.reach_loss(scipy.sparse.eye_array(2)), "distance: in a sparse matrix"),
    "demand shape": (lambda: metrics.reach_loss(1 - np.eye(2), demand=[[0.0]]), "demand: the shape is .1, 1."),
    "baseline shape": (lambda: metrics.stretch(1 - np.eye(2), 1 - np.eye(3)), "baseline: the shape is .3, 3."),
    "forbidden": (lambda: metrics.alibi_share(1 - np.eye(3), [True]), "forbidden: a True or False for each of 3"),
    "forbidden place": (
        lambda: metrics.alibi_share(labelled(1 - np.eye(2), ["FRA", "USA"]), ["FRB"]),
        "forbidden: there is no place 'FRB'",
    ),
    "slack": (lambda: metrics.alibi_share(1 - np.eye(2), [True, False], slack=-1), "slack: it is -1"),
    "components": (lambda: metrics.splinternet_index([0.5, 1.5]), "components: numbers between 0 and 1"),
    "index weights": (lambda: metrics.splinternet_index({"a": 0.5}, {"b": 1}), "weights: a weight for each of a is"),
    "no weight": (lambda: metrics.splinternet_index([0.5], [0]), "all weights of the splinternet index are 0"),
    "level": (lambda: metrics.bootstrap(lambda times: 1.0, 3, level=1), "level: it is 1, but"),
    "replicates": (lambda: metrics.node_multiplicities(3, replicates=0), "replicates: it is 0, but a whole number"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_measured_is_refused_with_its_name_and_remedy(case):
    call, message = REFUSALS[case]
    with pytest.raises(sn.ScenarioError, match=message):
        call()
