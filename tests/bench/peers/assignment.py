"""User equilibrium to a relative gap of 1e-5 by AequilibraE's bi-conjugate Frank-Wolfe, from the TNTP files."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from aequilibrae.matrix import AequilibraeMatrix
from aequilibrae.paths import Graph, TrafficAssignment, TrafficClass

from timing import Bench, Disagreement, Measurement, main, require_close

GAP = 1e-5
MOST_ITERATIONS = 10_000
ROWS = {"Sioux Falls": "sioux_falls", "flagship": "flagship"}
COLUMNS = ["a_node", "b_node", "capacity", "length", "free_flow_time", "b", "power"]


def read_links(path: Path) -> pd.DataFrame:
    lines = path.read_text(encoding="utf-8").split("~")[1].splitlines()[1:]
    table = pd.DataFrame([[float(word) for word in line.split()[:7]] for line in lines if line], columns=COLUMNS)
    table[["a_node", "b_node"]] = table[["a_node", "b_node"]].astype(np.int64)
    table.insert(0, "link_id", np.arange(1, len(table) + 1))
    table["direction"] = 1
    return table


def read_trips(path: Path) -> np.ndarray:
    zones = int(path.read_text(encoding="utf-8").split(maxsplit=4)[3])
    trips = np.zeros((zones, zones))
    for block in path.read_text(encoding="utf-8").split("Origin")[1:]:
        origin, *cells = block.replace(";", " ").replace(":", " ").split()
        pairs = np.array(cells, dtype=float).reshape(-1, 2)
        trips[int(origin) - 1, pairs[:, 0].astype(int) - 1] = pairs[:, 1]
    return trips


def prepare(links: pd.DataFrame, trips: np.ndarray) -> TrafficAssignment:
    """An assignment ready to run."""
    zones = np.arange(1, len(trips) + 1)
    graph = Graph()
    graph.network = links.copy()
    graph.prepare_graph(zones, remove_dead_ends=False)
    graph.set_graph("free_flow_time")
    graph.set_skimming([])
    graph.set_blocked_centroid_flows(False)
    matrix = AequilibraeMatrix()
    matrix.create_empty(zones=len(trips), matrix_names=["trips"], memory_only=True)
    matrix.index[:] = zones
    matrix.matrix["trips"][:, :] = trips
    matrix.computational_view(["trips"])
    run = TrafficAssignment()
    run.set_classes([TrafficClass("all", graph, matrix)])
    run.set_vdf("BPR")
    run.set_vdf_parameters({"alpha": "b", "beta": "power"})
    run.set_capacity_field("capacity")
    run.set_time_field("free_flow_time")
    run.set_algorithm("bfw")
    run.set_cores(1)
    run.max_iter = MOST_ITERATIONS
    run.rgap_target = GAP
    return run


def objective(links: pd.DataFrame, flow: np.ndarray) -> float:
    """Beckmann's sum of integrals."""
    load = (flow / links["capacity"]) ** links["power"]
    return float((links["free_flow_time"] * flow * (1.0 + links["b"] * load / (links["power"] + 1.0))).sum())


def measure(bench: Bench) -> Iterator[Measurement]:
    logging.getLogger("aequilibrae").setLevel(logging.ERROR)
    for name, file in ROWS.items():
        row = f"Frank-Wolfe to 1e-5, {name}"
        links, trips = read_links(bench.inputs / f"{file}_net.tntp"), read_trips(bench.inputs / f"{file}_trips.tntp")
        run = prepare(links, trips)
        run.execute(log_specification=False)
        if not run.assignment.rgap <= GAP:
            raise Disagreement(f"{row}: AequilibraE came to a gap of {run.assignment.rgap}")
        flow = run.results()["PCE_tot"].reindex(links["link_id"]).to_numpy()
        # A gap of 1e-5 leaves the objective within 1e-5 of the total time, a few times the objective at most.
        require_close(f"{row}, objective", objective(links, flow), bench.counters[row]["objective"], relative=5 * GAP)
        yield bench.time(row, "aequilibrae", lambda fresh: fresh.execute(log_specification=False), peer="AequilibraE",
                         prepare=lambda: prepare(links, trips), note=f"{run.assignment.iter} iterations")


if __name__ == "__main__":
    main(measure)
