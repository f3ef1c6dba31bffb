"""Calls of the kernels of `_core.coalition`."""

from typing import Any

import numpy as np
from good import Arguments, Call, flags, numbers, size, symmetric, use, whole
from numpy.random import Generator

import splinternet as sn
from splinternet import _core

CALLS: list[Call] = []
C = _core.coalition
_CLUB = sn.load("gallery/buchanan-club").with_({"framework.club.fixed_cost": 20})._loaded


def add(name: str, draw: Any) -> None:
    """Take a kernel of coalitions, or the making of an object, into the calls."""
    CALLS.append(Call(f"_core.coalition.{name}", getattr(C, name), draw))


def add_use(owner: type, make: Any, name: str, draw: Any) -> None:
    """Take a method or a property of what `make` draws into the calls; `draw` is also given that object."""

    def arguments(rng: Generator) -> Arguments:
        made = make(rng)
        return {"self": made, **draw(rng, made)}

    CALLS.append(Call(f"_core.coalition.{owner.__name__}.{name}", use(owner, name), arguments))


def _game_arguments(rng: Generator) -> Arguments:
    options = [size(rng, 1, 3) for _ in range(size(rng, 1, 4))]
    profiles = int(np.prod(options))
    payoff = numbers(rng, profiles, len(options), low=-1.0)
    if rng.random() < 0.3:  # of common interest: it has a potential
        payoff = np.repeat(payoff[:, :1], len(options), axis=1)
    return {"options": options, "payoff": payoff}


def _game(rng: Generator) -> Any:
    return C.Game(**_game_arguments(rng))


def _treaty(rng: Generator) -> Any:
    n = size(rng)
    return C.binary_game(numbers(rng, n), numbers(rng, n))


def _weights(rng: Generator, game: Any) -> np.ndarray:
    return numbers(rng, game.actors) if rng.random() < 0.5 else np.zeros(0)


def _landscape_arguments(rng: Generator) -> Arguments:
    n = size(rng)
    propensities = symmetric(numbers(rng, n, n, low=-1.0))
    return {"sizes": numbers(rng, n), "propensities": propensities, "alliances": size(rng, 1, 3)}


class _Land:
    """A landscape that knows how many actors it has."""

    def __init__(self, rng: Generator) -> None:
        self.given = _landscape_arguments(rng)
        self.made = C.Landscape(**self.given)
        self.actors = len(self.given["sizes"])

    def division(self, rng: Generator) -> np.ndarray:
        """Draw a division."""
        return whole(rng, self.given["alliances"], self.actors, of="u1")

    def frozen(self, rng: Generator) -> np.ndarray:
        """Draw who stays where he is, or nobody."""
        return flags(rng, self.actors) if rng.random() < 0.5 else np.zeros(0, "u1")


def add_land(name: str, draw: Any) -> None:
    """Take a method of landscapes into the calls."""

    def arguments(rng: Generator) -> Arguments:
        land = _Land(rng)
        return {"self": land.made, **draw(rng, land)}

    CALLS.append(Call(f"_core.coalition.Landscape.{name}", use(C.Landscape, name), arguments))


def _good_arguments(rng: Generator) -> Arguments:
    n = size(rng)
    stage = str(rng.choice(["nash", "stackelberg", "target"]))
    target = numbers(rng, n) if stage == "target" else np.zeros(0)
    tastes = np.column_stack([np.zeros(n), numbers(rng, n), numbers(rng, n), np.zeros(n)])
    return {"tastes": tastes, "stage": stage, "target": target}


def _good(rng: Generator) -> Any:
    return C.PublicGood(**_good_arguments(rng))


def _membership(rng: Generator) -> Arguments:
    given = _good_arguments(rng)
    return {"self": C.PublicGood(**given), "members": flags(rng, len(given["tastes"]))}


def _worths(rng: Generator) -> Arguments:
    players = size(rng)
    return {"players": players, "value": numbers(rng, 2**players)}


def _graph(rng: Generator) -> Arguments:
    n = size(rng)
    links = symmetric(whole(rng, 2, n, n, of="i8")) > 0
    first = np.concatenate([[0], np.cumsum(links.sum(axis=1))]).astype("u8")
    peer = np.nonzero(links)[1].astype("u4")
    return {"first": first, "peer": peer, "seeds": whole(rng, n, size(rng, 0, 3))}


def _spread(rng: Generator) -> Arguments:
    graph = _graph(rng)
    return {**graph, "needed": whole(rng, 3, len(graph["first"]) - 1)}


def _cascade(rng: Generator) -> np.ndarray:
    degrees = numbers(rng, size(rng))
    return degrees / degrees.sum() * 0.999


def _response(rng: Generator) -> Arguments:
    degrees = _cascade(rng)
    return {"degrees": degrees, "response": numbers(rng, len(degrees), len(degrees), high=1.0), "seed": 0.01}


def _condition(rng: Generator) -> Arguments:
    degrees = _cascade(rng)
    return {"degrees": degrees, "follows_one": numbers(rng, len(degrees), high=1.0)}


def _rates(rng: Generator) -> Arguments:
    n = size(rng)
    return {"up": numbers(rng, n, high=0.5), "down": numbers(rng, n, high=0.5)}


def _votes(rng: Generator) -> Arguments:
    voters, conditions = size(rng), size(rng, 1, 2)
    weights = 1 + whole(rng, 9, conditions, voters, of="u8")
    return {"quota": weights.sum(axis=1) // 2 + 1, "weights": weights}


def _links(rng: Generator) -> Arguments:
    actors = size(rng, 1, 4)
    return {"actors": actors, "payoff": numbers(rng, 2 ** (actors * (actors - 1) // 2), actors), "tie_eps": 0.0}


def _pairs(rng: Generator, *keys: str) -> Arguments:
    n = size(rng)
    return {key: numbers(rng, n) for key in keys}


def _members(rng: Generator, *keys: str) -> Arguments:
    given = _pairs(rng, *keys)
    return {"members": flags(rng, len(given[keys[0]])), **given}


def _maps(kind: int) -> Any:
    def draw(rng: Generator) -> Arguments:
        slope = float(rng.uniform(0.0, 3.0))
        one = {"map": lambda x: min(1.0, slope * x * x), "low": 0.0, "high": 1.0, "cells": size(rng, 1, 50)}
        two = {**one, "map": lambda x, a: min(1.0, a + slope * x * x), "level": 0.5, "quiet": 0.0, "loud": 1.0}
        shares = {"precision": slope, "advantage": lambda p: p - 0.5, "cells": size(rng, 1, 50)}
        return (one, two, shares)[kind]

    return draw


add("Game", _game_arguments)
for _name, _draw in {
    "actors": lambda rng, game: {},
    "profiles": lambda rng, game: {},
    "basins": lambda rng, game: {"tie_eps": 0.0, "weights": _weights(rng, game)},
    "nash": lambda rng, game: {"tie_eps": 0.0},
    "open_square": lambda rng, game: {"tolerance": 1e-9, "weights": _weights(rng, game)},
    "payoffs": lambda rng, game: {"profile": size(rng, 0, game.profiles - 1)},
    "potential": lambda rng, game: {"tolerance": 1e-9, "weights": _weights(rng, game)},
    "quantal_response": lambda rng, game: {
        "precision": 1.0, "steps": 5, "tolerance": 1e-9, "most_iterations": 50, "start": np.zeros(0),
    },
    "replies": lambda rng, game: {"best_only": bool(rng.integers(2)), "tie_eps": 0.0},
    "simultaneous": lambda rng, game: {"tie_eps": 0.0},
}.items():  # fmt: skip
    add_use(C.Game, _game, _name, _draw)
add_use(C.Game, _treaty, "stable_coalitions", lambda rng, game: {"tie_eps": 0.0})
add_use(C.Game, _treaty, "worths", lambda rng, game: {})
add("Landscape", _landscape_arguments)
for _name, _draw in {
    "states": lambda rng, land: {},
    "energies": lambda rng, land: {},
    "basins": lambda rng, land: {"tie_eps": 1e-9, "frozen": land.frozen(rng), "start": land.division(rng)},
    "divisions": lambda rng, land: {"states": whole(rng, land.made.states, size(rng, 0, 4), of="u8")},
    "energy": lambda rng, land: {"alliance": land.division(rng)},
    "find": lambda rng, land: {"alliance": land.division(rng)},
    "frustration": lambda rng, land: {"alliance": land.division(rng)},
    "gibbs": lambda rng, land: {"beta": 1.0},
    "nash_partitions": lambda rng, land: {"tie_eps": 1e-9, "frozen": land.frozen(rng), "start": land.division(rng)},
    "simultaneous": lambda rng, land: {"tie_eps": 1e-9, "frozen": land.frozen(rng)},
}.items():
    add_land(_name, _draw)
add("PublicGood", _good_arguments)
add_use(C.PublicGood, _good, "game", lambda rng, good: {})
CALLS.append(Call("_core.coalition.PublicGood.equilibrium", use(C.PublicGood, "equilibrium"), _membership))
add(
    "adopters_needed",
    lambda rng: {"degree": whole(rng, 5, 3), "thresholds": numbers(rng, 3, high=1.0), "is_strict": True},
)
add("binary_game", lambda rng: _pairs(rng, "benefits", "costs"))
add("binary_payoffs", lambda rng: _members(rng, "benefits", "costs"))
add("birth_death_law", _rates)
add("cascade_condition", _condition)
add("cascade_size", _response)
add("connections", lambda rng: {"actors": size(rng, 1, 4), "decay": 0.5, "link_cost": 0.3})
add("contagion_threshold", _graph)
add("count_power", _votes)
add("critical_point", _maps(1))
add("first_exit", lambda rng: {**_rates(rng), "start": 1})
add("fixed_points", _maps(0))
add("gibbs_probabilities", lambda rng: {"potential": numbers(rng, size(rng)), "beta": 1.0})
add("link_formation", _links)
add("logit_shares", _maps(2))
add("network_equilibria", lambda rng: {
    "group_sizes": [1] * size(rng, 1, 4), "network_effect": 0.5, "demand_less_cost": 1.0,
})  # fmt: skip
add("poisson_degrees", lambda rng: {"mean": 3.0, "most": 20})
add("sample_power", lambda rng: {**_votes(rng), "samples": 64, "seed": 1})
add("sample_shapley_value", lambda rng: {
    "players": size(rng, 1, 4), "value": lambda members: float(np.sum(members)), "samples": 16, "seed": 1,
})  # fmt: skip
add("scenario_game", lambda rng: {"scenario": _CLUB})
add("shapley_value", _worths)
add("spread", _spread)
add("spread_among_all", lambda rng: {"needed": whole(rng, 4, 4), "seeds": whole(rng, 4, 2)})
add("stability", lambda rng: {**_members(rng, "margin"), "tie_eps": 0.0})
add("threshold_good", lambda rng: {"actors": 5, "needed": 3, "cost": 0.2})
add("transfers", lambda rng: _members(rng, "margin", "weights"))
