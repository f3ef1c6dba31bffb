"""Shortest paths and traffic on your own networks, with what each class of traffic may not use.

Networks may be edge lists, matrices or TNTP files. Weights and distances share one unit of your choice, demand and
flows another. Results do not depend on the number of threads; ties are broken by the order of nodes and links alone.
"""

from splinternet.routing._assignment import Assignment, assign
from splinternet.routing._network import Forbidden, Network, network, read_tntp
from splinternet.routing._paths import Loads, Paths, flows, shortest_paths

__all__ = [
    "Assignment",
    "Forbidden",
    "Loads",
    "Network",
    "Paths",
    "assign",
    "flows",
    "network",
    "read_tntp",
    "shortest_paths",
]
