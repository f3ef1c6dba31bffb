"""Calls of the functions of splinternet.metrics and splinternet.coalition."""

from typing import Any

import numpy as np
import pandas as pd
from good import Arguments, Call, flags, names, numbers, size, symmetric, use, whole
from numpy.random import Generator

from splinternet import coalition, metrics

CALLS: list[Call] = []


def add(module: Any, name: str, draw: Any) -> None:
    """Take a function of the module into the calls."""
    CALLS.append(Call(f"{module.__name__.removeprefix('splinternet.')}.{name}", getattr(module, name), draw))


def _either(rng: Generator, values: np.ndarray) -> Any:
    """The values as an array, a list or by name."""
    kind = rng.integers(3)
    if kind == 0:
        return values.tolist()
    if kind == 1:
        return pd.Series(values, index=names(len(values)))
    return values


# ---- metrics ----


def _mass(rng: Generator) -> Arguments:
    return {"mass": _either(rng, numbers(rng, size(rng)))}


def _flow(rng: Generator, *more: str) -> Arguments:
    n = size(rng)
    flow = {"flow": numbers(rng, n, n), "blocs": [str(rng.choice(["a", "b"])) for _ in range(n)]}
    return {**flow, "diagonal": str(rng.choice(["include", "exclude"])), **{key: numbers(rng, n, n) for key in more}}


def _distances(rng: Generator, **more: str) -> Arguments:
    n = size(rng)
    baseline = symmetric(numbers(rng, n, n))
    drawn = {
        "baseline": baseline,
        "distance": baseline * 1.2,
        "demand": numbers(rng, n, n),
        "forbidden": flags(rng, n) > 0,
    }
    return {key: drawn[key] for key in more}


def _polarization(rng: Generator) -> Arguments:
    n = size(rng)
    return {"mass": numbers(rng, n), "distance": symmetric(numbers(rng, n, n)), "alpha": 1.3}


def _rows(rng: Generator, **kinds: str) -> Arguments:
    n = size(rng)
    return {key: numbers(rng, n) if kind == "real" else whole(rng, 3, n).tolist() for key, kind in kinds.items()}


def _capacity(rng: Generator) -> Arguments:
    n = size(rng, 1, 8)
    return {"capacity": symmetric(numbers(rng, n, n)), "normalized": bool(rng.integers(2))}


for _name in ("effective_number", "gini", "herfindahl", "hill_number_1", "reynal_querol"):
    add(metrics, _name, _mass)
for _name in ("assortativity", "decoupling_index", "modularity", "mixing_matrix", "bilateral_index", "cross_share"):
    add(metrics, _name, _flow)
add(metrics, "external_internal_index", _flow)
add(metrics, "relative_cross_change", lambda rng: _flow(rng, "baseline"))
add(metrics, "zero_diagonal_null", lambda rng: {"flow": _distances(rng, distance="")["distance"]})
add(metrics, "algebraic_connectivity", _capacity)
add(metrics, "connectivity_by_component", _capacity)
add(metrics, "alibi_share", lambda rng: {**_distances(rng, distance="", forbidden=""), "slack": 0.1})
add(metrics, "global_efficiency", lambda rng: _distances(rng, distance="", baseline=""))
add(metrics, "reach_loss", lambda rng: _distances(rng, distance="", demand=""))
add(metrics, "stretch", lambda rng: _distances(rng, distance="", baseline="", demand=""))
add(metrics, "best_partition", lambda rng: {
    "flow": numbers(rng, 5, 5), "diagonal": "include", "resolution": 1.0, "random_starts": 2, "seed": 1,
})  # fmt: skip
add(metrics, "bootstrap", lambda rng: {
    "metric": lambda weight: float(np.sum(weight)), "countries": names(size(rng)), "replicates": 20, "level": 0.9,
})  # fmt: skip
add(metrics, "compare_partitions", lambda rng: _rows(rng, first="", second="", weight="real"))
add(metrics, "esteban_ray", lambda rng: {**_polarization(rng), "scale": 1.0})
add(metrics, "relative_esteban_ray", lambda rng: {**_polarization(rng), "maximal_distance": 4.0})
add(metrics, "freeman_centralization", lambda rng: {"centrality": numbers(rng, size(rng)), "star_centre": 9.0})
add(metrics, "node_multiplicities", lambda rng: {"countries": names(size(rng)), "replicates": 5, "seed": 1})
add(metrics, "policy_distance", lambda rng: _rows(rng, position="real", blocs="", weight="real"))
add(metrics, "resample_flows", lambda rng: {"flow": numbers(rng, 3, 3), "weight": whole(rng, 3, 3, of="f8")})
add(metrics, "splinternet_index", lambda rng: {"components": numbers(rng, 4, high=1.0), "weights": numbers(rng, 4)})
add(metrics, "theil", lambda rng: _rows(rng, value="real", weight="real", group=""))
add(metrics, "top_share", lambda rng: {**_mass(rng), "count": 1})

# ---- coalition ----


def _game(rng: Generator) -> Any:
    n = size(rng, 1, 3)
    payoff = numbers(rng, *[2] * n, n)
    return coalition.game(np.repeat(payoff[..., :1], n, axis=-1) if rng.random() < 0.3 else payoff)


def _land_arguments(rng: Generator) -> Arguments:
    n = size(rng)
    propensities = symmetric(numbers(rng, n, n, low=-1.0))
    return {"propensities": propensities, "sizes": _either(rng, numbers(rng, n)), "alliances": 2}


def _land(rng: Generator) -> Any:
    return coalition.landscape(**{**_land_arguments(rng), "sizes": 1.0})


def _good_arguments(rng: Generator) -> Arguments:
    n = size(rng)
    stage = str(rng.choice(["nash", "stackelberg", "target"]))
    target = numbers(rng, n) if stage == "target" else None
    return {"own_quadratic": numbers(rng, n), "good_linear": numbers(rng, n), "stage": stage, "target": target}


def _good(rng: Generator) -> Any:
    return coalition.public_good(**_good_arguments(rng))


def add_uses(owner: type, make: Any, draws: dict[str, Any]) -> None:
    """Take methods of what `make` draws into the calls."""
    for name, draw in draws.items():

        def arguments(rng: Generator, draw: Any = draw) -> Arguments:
            made = make(rng)
            return {"self": made, **draw(rng, made)}

        CALLS.append(Call(f"coalition.{owner.__name__}.{name}", use(owner, name), arguments))


def _nothing(rng: Generator, made: Any) -> Arguments:
    return {}


def _tie(rng: Generator, made: Any) -> Arguments:
    return {"tie_eps": 1e-9}


def _crowd(rng: Generator) -> Arguments:
    n = size(rng)
    graph = [(i, (i + 1) % n) for i in range(n)] if rng.random() < 0.5 and n > 2 else None
    return {"thresholds": whole(rng, n, n).astype(float), "graph": graph, "seeds": [0], "counts": "number"}


def _worth(is_member: Any) -> Any:
    """Of coalitions, a row each."""
    return np.sum(is_member, axis=-1) ** 2.0


add_uses(coalition.Game, _game, {
    "payoffs": lambda rng, game: {"state": dict.fromkeys(range(len(game.options)), 0)},
    "nash": _tie, "stable_coalitions": _tie, "simultaneous": _tie,
    "stability": lambda rng, game: {"members": [0], "tie_eps": 0.0},
    "transfers": lambda rng, game: {"members": [0], "weights": 1.0},
    "basins": lambda rng, game: {"weights": 1.0, "tie_eps": 0.0},
    "better_reply_cycles": lambda rng, game: {"reply": str(rng.choice(["better", "best"])), "tie_eps": 0.0},
    "potential": lambda rng, game: {"weights": 1.0, "tolerance": 1e-9},
    "gibbs": lambda rng, game: {"temperature": 1.0, "tolerance": None if rng.random() < 0.5 else 10.0},
    "quantal_response": lambda rng, game: {"temperature": 1.0},
    "shapley_value": _nothing,
})  # fmt: skip
add_uses(coalition.Landscape, _land, {
    "division": lambda rng, land: {"state": 0},
    "energy": lambda rng, land: {"division": [list(land.actors)]},
    "frustration": lambda rng, land: {"division": [list(land.actors)]},
    "energies": _nothing,
    "minima": lambda rng, land: {"frozen": None, "tie_eps": 1e-9},
    "basins": lambda rng, land: {"frozen": None, "tie_eps": 1e-9},
    "gibbs": lambda rng, land: {"temperature": 1.0},
    "simultaneous": lambda rng, land: {"frozen": [0], "tie_eps": 1e-9},
})  # fmt: skip
add_uses(coalition.PublicGood, _good, {
    "equilibrium": lambda rng, good: {"members": [0]},
    "stability": lambda rng, good: {"members": [0], "tie_eps": 0.0},
    "game": _nothing,
    "stable_coalitions": _tie,
})  # fmt: skip
_POWER = coalition.voting_power({"A": 50, "B": 40, "C": 10}, quota=55)
add_uses(coalition.VotingPower, lambda rng: _POWER, {"to_frame": _nothing})
_CLUB = coalition.scenario_game("gallery/buchanan-club")
add_uses(coalition.ScenarioGame, lambda rng: _CLUB, {"shapley_value": _nothing})
add(coalition, "binary_treaty", lambda rng: {"benefits": numbers(rng, 4), "costs": 2.5, "actors": 4})
add(coalition, "birth_death_law", lambda rng: {"up": numbers(rng, 3), "down": numbers(rng, 3)})
add(coalition, "cascade_condition", lambda rng: {"degrees": 3.0, "threshold": 0.18})
add(coalition, "cascade_size", lambda rng: {"degrees": numbers(rng, 5) / 10.0, "threshold": 0.18, "seed": 0.01})
add(coalition, "connections", lambda rng: {"actors": size(rng, 1, 4), "decay": 0.5, "link_cost": 0.3})
add(coalition, "contagion_threshold", lambda rng: {"graph": [(0, 1), (1, 2), (2, 3)], "seeds": [0]})
add(coalition, "critical_point", lambda rng: {
    "map_": lambda x, a: min(1.0, a + x * x), "quiet": 0.0, "loud": 0.5, "level": 0.5, "cells": 50,
})  # fmt: skip
add(coalition, "first_exit", lambda rng: {"up": numbers(rng, 3, high=0.5), "down": numbers(rng, 3, high=0.5),
                                          "start": 1})  # fmt: skip
add(coalition, "fixed_points", lambda rng: {"map_": lambda x: x * x, "low": 0.0, "high": 1.0, "cells": 50})
add(coalition, "game", lambda rng: {"payoff": numbers(rng, 2, 3, 2), "actors": names(2), "options": [2, 3]})
add(coalition, "landscape", _land_arguments)
add(coalition, "link_formation", lambda rng: {
    "payoff": lambda linked: linked.sum(axis=2) * 1.0, "actors": size(rng, 1, 4), "tie_eps": 0.0})  # fmt: skip
add(coalition, "logit_shares", lambda rng: {"temperature": 0.2, "advantage": lambda p: p - 0.5, "cells": 50})
add(coalition, "network_competition", lambda rng: {"groups": [1, 2], "network_effect": 0.5, "demand_less_cost": 1.0})
add(coalition, "public_good", _good_arguments)
add(coalition, "scenario_game", lambda rng: {"scenario": "gallery/buchanan-club"})
add(coalition, "set_game", lambda rng: {
    "payoff": lambda members: dict.fromkeys("ABC", float(len(members))), "actors": list("ABC")})  # fmt: skip
add(coalition, "shapley_value", lambda rng: {
    "worth": _worth, "players": names(3), "samples": None if rng.random() < 0.5 else 16, "seed": 1})  # fmt: skip
add(coalition, "stability", lambda rng: {
    "payoff": lambda states: 1.0 * states, "members": [0], "actors": 3, "tie_eps": 0.0})  # fmt: skip
add(coalition, "threshold_crowd", _crowd)
add(coalition, "threshold_good", lambda rng: {"actors": 5, "needed": 3, "cost": 0.2})
add(coalition, "voting_power", lambda rng: {
    "weights": _either(rng, 1 + whole(rng, 9, 4)), "quota": 9, "samples": None if rng.random() < 0.5 else 64,
})  # fmt: skip
