"""Measures of fragmentation on your own data.

Flows between blocs (`modularity`, `assortativity`, `decoupling_index`, …), divisions (`best_partition`,
`compare_partitions`), concentration and inequality (`herfindahl`, `effective_number`, `gini`, `theil`), polarization
(`esteban_ray`, `reynal_querol`, `policy_distance`), networks (`reach_loss`, `stretch`, `global_efficiency`,
`algebraic_connectivity`, `alibi_share`) and uncertainty (`bootstrap`).

Matrices run from the country of the row to that of the column. Lists, NumPy, pandas, xarray and SciPy sparse matrices
are taken; blocs, weights and results are matched by label where there are labels.
"""

from splinternet.metrics.concentration import (
    PolicyDistance,
    Theil,
    effective_number,
    esteban_ray,
    freeman_centralization,
    gini,
    herfindahl,
    hill_number_1,
    policy_distance,
    relative_esteban_ray,
    reynal_querol,
    theil,
    top_share,
)
from splinternet.metrics.flows import (
    assortativity,
    bilateral_index,
    cross_share,
    decoupling_index,
    external_internal_index,
    mixing_matrix,
    modularity,
    relative_cross_change,
    zero_diagonal_null,
)
from splinternet.metrics.networks import (
    Component,
    Stretch,
    algebraic_connectivity,
    alibi_share,
    connectivity_by_component,
    global_efficiency,
    reach_loss,
    splinternet_index,
    stretch,
)
from splinternet.metrics.partitions import Agreement, BestPartition, ReferenceFit, best_partition, compare_partitions
from splinternet.metrics.resampling import Interval, bootstrap, node_multiplicities, resample_flows

__all__ = [
    "Agreement",
    "BestPartition",
    "Component",
    "Interval",
    "PolicyDistance",
    "ReferenceFit",
    "Stretch",
    "Theil",
    "algebraic_connectivity",
    "alibi_share",
    "assortativity",
    "best_partition",
    "bilateral_index",
    "bootstrap",
    "compare_partitions",
    "connectivity_by_component",
    "cross_share",
    "decoupling_index",
    "effective_number",
    "esteban_ray",
    "external_internal_index",
    "freeman_centralization",
    "gini",
    "global_efficiency",
    "herfindahl",
    "hill_number_1",
    "mixing_matrix",
    "modularity",
    "node_multiplicities",
    "policy_distance",
    "reach_loss",
    "relative_cross_change",
    "relative_esteban_ray",
    "resample_flows",
    "reynal_querol",
    "splinternet_index",
    "stretch",
    "theil",
    "top_share",
    "zero_diagonal_null",
]
