"""Calls of the kernels of `_core.metrics`."""

from good import Arguments, Call, flags, numbers, size, symmetric, whole
from numpy.random import Generator

from splinternet import _core

CALLS: list[Call] = []
M = _core.metrics


def add(name: str, draw: "object") -> None:
    """Take a kernel of metrics into the calls."""
    CALLS.append(Call(f"_core.metrics.{name}", getattr(M, name), draw))  # type: ignore[arg-type]


def _mass(rng: Generator) -> Arguments:
    return {"mass": numbers(rng, size(rng))}


def _mixing(rng: Generator) -> Arguments:
    blocs = size(rng)
    return {"mixing": numbers(rng, blocs, blocs)}


def _rival(rng: Generator) -> Arguments:
    mixing = _mixing(rng)["mixing"]
    return {"mixing": mixing, "rival": None if rng.random() < 0.5 else symmetric(flags(rng, *mixing.shape))}


def _capacity(rng: Generator) -> Arguments:
    n = size(rng, 1, 8)
    capacity = symmetric(numbers(rng, n, n) * (rng.random((n, n)) < 0.6))
    return {"capacity": capacity, "normalized": bool(rng.integers(2))}


def _distances(rng: Generator, *keys: str) -> Arguments:
    n = size(rng)
    result = {key: symmetric(numbers(rng, n, n)) for key in keys}
    if "distance" in result and "baseline" in result:
        result["distance"] = result["distance"] + result["baseline"]
    return result


def _partition(rng: Generator) -> Arguments:
    n, links = size(rng, 1, 8), size(rng, 0, 12)
    dense = rng.random() < 0.5
    return {
        "flow": numbers(rng, n, n) if dense else numbers(rng, links),
        "from_": None if dense else whole(rng, n, links),
        "to": None if dense else whole(rng, n, links),
        "nodes": n,
        "diagonal": bool(rng.integers(2)),
        "rank": rng.permutation(n).astype("u4"),
        "resolution": 1.0,
        "seed": size(rng),
        "random_starts": 2,
        "reference": None if rng.random() < 0.5 else whole(rng, 3, n),
    }


def _labelled(rng: Generator, **more: object) -> Arguments:
    n = size(rng)
    return {"flow": numbers(rng, n, n), **more, "bloc": whole(rng, 3, n), "blocs": 3, "diagonal": bool(rng.integers(2))}


def _modularity(rng: Generator) -> Arguments:
    n = size(rng)
    return {"flow": numbers(rng, n, n), "label": whole(rng, 3, n), "resolution": 1.0, "diagonal": True}


def _alibi(rng: Generator) -> Arguments:
    distance = _distances(rng, "distance")["distance"]
    return {"distance": distance, "forbidden": flags(rng, len(distance)), "slack": 0.1}


def _polarization(rng: Generator, last: str) -> Arguments:
    n = size(rng)
    return {"mass": numbers(rng, n), "distance": symmetric(numbers(rng, n, n)), "alpha": 1.3, last: 4.0}


def _policy(rng: Generator) -> Arguments:
    n = size(rng)
    return {"position": numbers(rng, n), "bloc": whole(rng, 3, n), "weight": numbers(rng, n)}


def _partitions(rng: Generator) -> Arguments:
    n = size(rng)
    return {"first": whole(rng, n, n), "second": whole(rng, n, n), "weight": numbers(rng, n)}


def _theil(rng: Generator) -> Arguments:
    n = size(rng)
    return {"value": numbers(rng, n), "weight": numbers(rng, n), "group": whole(rng, 3, n), "groups": 3}


def _two_mixings(rng: Generator, first: str, second: str) -> Arguments:
    blocs = size(rng)
    return {first: numbers(rng, blocs, blocs), second: numbers(rng, blocs, blocs)}


def _resampled(rng: Generator) -> Arguments:
    n = size(rng)
    return {"flow": numbers(rng, n, n), "weight": whole(rng, 3, n, of="f8")}


for _name in ("effective_number", "gini", "herfindahl", "hill_number_1", "reynal_querol"):
    add(_name, _mass)
for _name in ("maximum_modularity", "maximum_modularity_against", "modularity", "proportional_null", "undirected"):
    add(_name, _mixing)
for _name in ("cross_share", "external_internal_index"):
    add(_name, _rival)
for _name in ("algebraic_connectivity", "connectivity_by_component"):
    add(_name, _capacity)
for _name in ("demand_weighted_stretch", "mean_stretch"):
    add(_name, lambda rng: _distances(rng, "demand", "distance", "baseline"))
for _name in ("efficiency_ratio", "largest_stretch"):
    add(_name, lambda rng: _distances(rng, "distance", "baseline"))
for _name in ("global_efficiency", "reach_loss_by_pair"):
    add(_name, lambda rng: _distances(rng, "distance"))
add("reach_loss_by_demand", lambda rng: _distances(rng, "demand", "distance"))
add("alibi_share", _alibi)
add("best_partition", _partition)
add("bilateral_index", lambda rng: {"mixing": numbers(rng, 3, 3), "a": 0, "b": size(rng, 1, 2)})
add("compare_partitions", _partitions)
add("esteban_ray", lambda rng: _polarization(rng, "scale"))
add("relative_esteban_ray", lambda rng: _polarization(rng, "maximal_distance"))
add("flow_modularity", _modularity)
add("freeman_centralization", lambda rng: {"centrality": numbers(rng, size(rng)), "star_centre": 9.0})
add("mixing_matrix", _labelled)
add("modularity_against", lambda rng: _two_mixings(rng, "mixing", "null"))
add("node_multiplicities", lambda rng: {"rank": rng.permutation(size(rng)).astype("u4"), "seed": 1, "replicates": 5})
add("percentile_interval", lambda rng: {"values": numbers(rng, size(rng, 2, 9)), "level": 0.9})
add("policy_distance", _policy)
add("relative_cross_change", lambda rng: {**_two_mixings(rng, "current", "baseline"), "rival": None})
add("resample_flows", _resampled)
add("theil", _theil)
add("top_share", lambda rng: {"mass": numbers(rng, size(rng)), "count": 1})
add("weighted_index", lambda rng: {"components": numbers(rng, 4, high=1.0), "weights": numbers(rng, 4)})
add("zero_diagonal_null", lambda rng: {"flow": _distances(rng, "flow")["flow"]})
