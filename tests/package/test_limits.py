"""Sizes beyond what can be handled are refused at once, and long computations end with Ctrl-C."""

import dataclasses
import os
import re
import signal
import threading
import time

import numpy as np
import pytest
from scipy.sparse import coo_array

import splinternet as sn
from splinternet import _core, coalition, metrics, routing, trade

ROAD = routing.network([("A", "B", 10.0)], capacity=5.0)
TRIPS = [[0, 5], [0, 0]]


def fold(cells):
    return coalition.critical_point(
        lambda x, lift: x**2 * (3 - 2 * x) + lift * (1 - x), quiet=0.0, loud=0.5, level=0.5, cells=cells
    )


REFUSED = [
    (lambda: fold(2**14 + 1), "cells: it is 16385, but a whole number from 2 to 16384 is needed"),
    (lambda: coalition.fixed_points(np.cos, cells=2**20 + 1), "cells: it is 1048577, but a whole number"),
    (lambda: coalition.logit_shares(1.0, np.cos, cells=10**20), "whole number from 2 to 1048576 is needed"),
    (lambda: coalition.cascade_size(np.full(2049, 1e-4), 0.1, 0.1), "degrees: there are 2049 probabilities, but at"),
    (lambda: coalition.cascade_condition([0.0] * 10**6, 0.1), "degrees: there are 1000000 probabilities, but at most"),
    (lambda: coalition.threshold_crowd(range(10**12)), "thresholds: 1000000000000 numbers, but at most"),
    (lambda: coalition.threshold_crowd(1.0, actors=range(10**12)), "actors: there are 1000000000000 of them, but at"),
    (lambda: coalition.set_game(len, range(10**12)), "actors: there are 1000000000000 of them, but at most 2000000"),
    (lambda: coalition.set_game(len, 10**12), "actors: it is 1000000000000, but a whole number from 0 to 2000000"),
    (lambda: coalition.birth_death_law(range(10**12), [1]), "up: 1000000000000 numbers, but at most"),
    (lambda: coalition.voting_power([1] * 1000, 501, samples=10**7), "samples: there are too many for so many voters"),
    (lambda: metrics.gini(range(10**12)), "mass: 1000000000000 numbers, but at most 268435456 can be handled"),
    (
        lambda: metrics.mixing_matrix(coo_array((10**6, 10**6)), "ab"),
        "1000000000000 numbers with the zeros, but at most",
    ),
    (lambda: metrics.best_partition(coo_array((10**9, 10**9))), "flow: 1000000000 countries, but at most 10000000 can"),
    (
        lambda: metrics.best_partition(np.ones((99, 99)), diagonal="include", random_starts=65535),
        "random_starts: 65535",
    ),
    (lambda: metrics.policy_distance(np.arange(100_001.0), ["a"] * 100_001), "there are 100001 countries, but at most"),
    (lambda: metrics.alibi_share(np.ones((4097, 4097)), [False] * 4097), "there are 4097 countries, but at most 4096"),
    (lambda: metrics.algebraic_connectivity(np.zeros((4097, 4097))), "there are 4097 countries, but at most 4096 can"),
    (lambda: metrics.connectivity_by_component(np.eye(4097)), "there are 4097 countries, but at most 4096 can"),
    (lambda: trade.linear_response(np.ones((4097, 4097)), elasticity=4.0), "at most 64 sectors and 4096 countries"),
    (lambda: routing.network([(0, 1)], nodes=range(10**12)), "nodes: there are 1000000000000 labels, but at most"),
    (lambda: routing.assign(ROAD, TRIPS, max_iterations=10**12), "max_iterations: at most 1000000"),
    (lambda: sn.Simulation("classroom-12").step(10**12), "the run ends with step 60"),
]


@pytest.mark.parametrize("place", range(len(REFUSED)))
def test_what_is_too_large_is_refused(place):
    call, message = REFUSED[place]
    with pytest.raises(sn.ScenarioError, match=re.escape(message)):
        call()


def test_as_many_cells_as_are_allowed_are_gone_through():
    assert fold(2**14).parameter == pytest.approx(0.125, abs=1e-15)


def grid(side):
    """Links to the right and downwards, and back."""
    node = np.arange(side * side).reshape(side, side)
    forth = [*zip(node[:, :-1].flat, node[:, 1:].flat, strict=True), *zip(node[:-1].flat, node[1:].flat, strict=True)]
    return routing.network([(int(a), int(b)) for one, other in forth for a, b in ((one, other), (other, one))], 1.0)


def assignment(method):
    roads = dataclasses.replace(grid(20), capacity=np.full(1520, 5.0), b=np.full(1520, 0.15))
    trips = np.random.default_rng(1).random((200, 200))
    return routing.assign(roads, trips, method=method, gap=0.0, max_iterations=10**6)


LONG = {
    "assignment by path": lambda: assignment("gradient_projection"),
    "assignment by link": lambda: assignment("frank_wolfe"),
    "cascade": lambda: coalition.cascade_size(
        np.full(2048, 1 / 2048), threshold=lambda m, k: m / np.maximum(k, 1), seed=1e-7
    ),
    "fold": lambda: [fold(2**14) for _ in range(10)],
    "quantal response": lambda: _core.coalition.Game(
        [2] * 14, np.random.default_rng(1).random((2**14, 14))
    ).quantal_response(1.0, 100_000, 1e-300, 2**63, np.zeros(0)),
}


@pytest.mark.parametrize("what", LONG)
def test_ctrl_c_ends_a_long_computation(what):
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    start = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            LONG[what]()
    finally:
        timer.cancel()
    assert time.monotonic() - start < 30


def test_a_tolerance_beyond_rounding_is_not_reached_but_answered():
    flows = np.array([[0.75446707, 0.98831397], [0.42160637, 10.47721053]])
    change = np.array([[1.0, 1.44437358], [1.25246617, 1.0]])
    with pytest.raises(sn.SolverError, match="no trade equilibrium found"):
        trade.solve(flows, elasticity=5.40281619, cost_change=change, deficits="additive", tolerance=1e-300)
