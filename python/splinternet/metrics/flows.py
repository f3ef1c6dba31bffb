"""How flows mix across blocs: modularity, assortativity, decoupling, mixing of blocs."""

from typing import Any

import numpy as np

from splinternet import _core
from splinternet._arrays import checked, relabelled
from splinternet._core import ScenarioError
from splinternet.metrics._blocs import require_same_order
from splinternet.metrics._mixing import Diagonal, Mixed, Null, Rivals, counts_diagonal, flows_of


def mixing_matrix(flow: Any, blocs: Any, *, diagonal: Diagonal | None = None) -> Any:
    """Flows summed by bloc of origin and bloc of destination.

    Parameters
    ----------
    flow : (N, N) array, DataFrame, DataArray or SciPy sparse matrix
        Flows ≥ 0 from the country of the row to that of the column, any unit.
    blocs : sequence of N names, dict or Series
        The bloc of each country: in the order of the rows or, for labelled flows, by country.
    diagonal : {"include", "exclude"}, optional
        Whether domestic flows count; must be said if there are any.

    Returns
    -------
    xarray.DataArray
        B × B, dimensions `bloc` and `partner_bloc`, blocs in order of first appearance; in the unit of the flows.

    Raises
    ------
    ScenarioError
        For a matrix that is not square, a flow that is negative or not finite, a country without a bloc.

    Examples
    --------
    >>> import splinternet as sn
    >>> mixing = sn.metrics.mixing_matrix([[0, 3, 1], [2, 0, 1], [1, 0, 0]], ["A", "A", "B"])
    >>> mixing.values.tolist()
    [[5.0, 2.0], [1.0, 0.0]]
    >>> float(mixing.sel(bloc="B", partner_bloc="A"))
    1.0
    """
    import xarray as xr  # noqa: PLC0415 - slow, and not needed by who asks for numbers only

    mixed = Mixed(flow, blocs, diagonal)
    names = mixed.blocs.names
    return xr.DataArray(
        mixed.mixing, dims=["bloc", "partner_bloc"], coords={"bloc": names, "partner_bloc": names}, name="flow"
    )


def _modularity(mixed: Mixed, null: Null, directed: bool) -> tuple[float, float]:
    """Modularity and the largest that the null allows."""
    expected = mixed.null(null)
    mixing = mixed.mixing
    if not directed:
        mixing = _core.metrics.undirected(mixing)
        expected = None if expected is None else _core.metrics.undirected(expected)
    if expected is None:
        return _core.metrics.modularity(mixing), _core.metrics.maximum_modularity(mixing)
    return (
        _core.metrics.modularity_against(mixing, expected),
        _core.metrics.maximum_modularity_against(expected),
    )


def modularity(
    flow: Any,
    blocs: Any,
    *,
    diagonal: Diagonal | None = None,
    null: Null = "proportional",
    directed: bool = True,
    resolution: float = 1.0,
) -> float:
    """How much more flows stay within blocs than the null expects.

    Parameters
    ----------
    flow : (N, N) array, DataFrame, DataArray or SciPy sparse matrix
        Flows ≥ 0 from the country of the row to that of the column, any unit.
    blocs : sequence of N names, dict or Series
        The bloc of each country: in the order of the rows or, for labelled flows, by country.
    diagonal : {"include", "exclude"}, optional
        Whether domestic flows count; must be said if there are any.
    null : {"proportional", "zero_diagonal"} or (N, N) array
        What is expected of flows that ignore blocs: out-strength times in-strength over the total (which lets 1/N or
        more of all flows stay at home); the same without flows at home (`zero_diagonal_null`); or flows of your own,
        such as those before the blocs, compared as shares of their total.
    directed : bool
        False: of the undirected flows W + Wᵀ.
    resolution : float
        γ of the proportional null, in (0, 100]; above 1 it favours smaller blocs.

    Returns
    -------
    float
        Q in [−1, 1); 0 if nothing flows.

    Raises
    ------
    ScenarioError
        For what cannot be flows or blocs, or a resolution with another null.

    Notes
    -----
    Peers differ in what they take domestic flows for: networkx doubles those of undirected graphs, and
    `igraph.Graph.modularity(directed=False)` ignores the flag.

    References
    ----------
    Newman & Girvan (2004), Physical Review E 69: 026113; Leicht & Newman (2008), Physical Review Letters 100: 118703.

    Examples
    --------
    Two equal blocs that keep 3/4 of their flows to themselves, Q = 3/4 − 1/2:

    >>> import splinternet as sn
    >>> flow = [[0, 6, 1, 1], [6, 0, 1, 1], [1, 1, 0, 6], [1, 1, 6, 0]]
    >>> sn.metrics.modularity(flow, ["A", "A", "B", "B"])
    0.25
    """
    mixed = Mixed(flow, blocs, diagonal)
    resolution = float(checked(resolution, "resolution", shape=()))
    if resolution == 1.0:
        return _modularity(mixed, null, directed)[0]
    if not isinstance(null, str) or null != "proportional":
        raise ScenarioError("resolution: it belongs to the proportional null; leave it out with another one")
    whole = mixed.flow if directed else mixed.flow + mixed.flow.T
    return _core.metrics.flow_modularity(whole, mixed.blocs.code, float(resolution), mixed.is_diagonal_counted)


def assortativity(
    flow: Any, blocs: Any, *, diagonal: Diagonal | None = None, null: Null = "proportional", directed: bool = True
) -> float:
    """Modularity over the largest that the strengths of the blocs allow.

    Parameters
    ----------
    flow, blocs, diagonal, null, directed
        As in `modularity`.

    Returns
    -------
    float
        Newman's r = Q/Q_max of the weighted flows: 1 if all flows stay within blocs; 0 if Q_max is 0.

    Notes
    -----
    `networkx.attribute_assortativity_coefficient` and `igraph.Graph.assortativity_nominal` ignore weights; the sign may
    differ.

    References
    ----------
    Newman (2003), Physical Review E 67: 026126.

    Examples
    --------
    >>> import splinternet as sn
    >>> flow = [[0, 6, 1, 1], [6, 0, 1, 1], [1, 1, 0, 6], [1, 1, 6, 0]]
    >>> sn.metrics.assortativity(flow, ["A", "A", "B", "B"])
    0.5
    """
    value, largest = _modularity(Mixed(flow, blocs, diagonal), null, directed)
    return value / largest if largest > 0.0 else 0.0


def zero_diagonal_null(flow: Any) -> Any:
    """Flows between countries as they would be if only the strengths of countries mattered.

    The least informative matrix with the row and column sums of `flow` and nothing on its diagonal, in closed form.

    Parameters
    ----------
    flow : (N, N) array, DataFrame, DataArray or SciPy sparse matrix
        Flows ≥ 0; what stands on the diagonal is left out.

    Returns
    -------
    (N, N) array, or DataArray for labelled flows
        a_i·b_j for i ≠ j and 0 on the diagonal, in the unit of the flows.

    References
    ----------
    Deming & Stephan (1940), Annals of Mathematical Statistics 11: 427 (as fitting of ones with a zero diagonal).

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.zero_diagonal_null([[9, 4, 0], [0, 9, 4], [4, 0, 9]]).round(6).tolist()
    [[0.0, 2.0, 2.0], [2.0, 0.0, 2.0], [2.0, 2.0, 0.0]]
    """
    return relabelled(
        _core.metrics.zero_diagonal_null(flows_of(flow)), flow, ("country", "partner"), "zero_diagonal_null"
    )


def cross_share(flow: Any, blocs: Any, *, diagonal: Diagonal | None = None, rivals: Rivals = None) -> float:
    """Share of flow between blocs in the flow between and within blocs.

    Parameters
    ----------
    flow, blocs, diagonal
        As in `modularity`.
    rivals : sequence of pairs of blocs, optional
        Only flow between these counts as cross flow, and that between others not at all; default: all different blocs.

    Returns
    -------
    float
        In [0, 1]; 0 if nothing flows.

    Examples
    --------
    >>> import splinternet as sn
    >>> sn.metrics.cross_share([[0, 6, 1, 1], [6, 0, 1, 1], [1, 1, 0, 6], [1, 1, 6, 0]], ["A", "A", "B", "B"])
    0.25
    """
    mixed = Mixed(flow, blocs, diagonal)
    return _core.metrics.cross_share(mixed.mixing, mixed.rivals(rivals))


def external_internal_index(flow: Any, blocs: Any, *, diagonal: Diagonal | None = None, rivals: Rivals = None) -> float:
    """E–I index: flow between blocs less flow within, over their sum.

    Parameters
    ----------
    flow, blocs, diagonal, rivals
        As in `cross_share`.

    Returns
    -------
    float
        In [−1, 1]; 0 if nothing flows. It depends on the sizes of blocs, so read it beside that of a null.

    References
    ----------
    Krackhardt & Stern (1988), Social Psychology Quarterly 51: 123.

    Examples
    --------
    >>> import splinternet as sn
    >>> flow = [[0, 6, 1, 1], [6, 0, 1, 1], [1, 1, 0, 6], [1, 1, 6, 0]]
    >>> sn.metrics.external_internal_index(flow, ["A", "A", "B", "B"])
    -0.5
    """
    mixed = Mixed(flow, blocs, diagonal)
    return _core.metrics.external_internal_index(mixed.mixing, mixed.rivals(rivals))


def decoupling_index(
    flow: Any,
    blocs: Any,
    *,
    diagonal: Diagonal | None = None,
    null: Null = "proportional",
    rivals: Rivals = None,
) -> float:
    """1 − (cross/within flow) over (cross/within flow of the null).

    Parameters
    ----------
    flow, blocs, diagonal, rivals
        As in `cross_share`.
    null : {"proportional", "zero_diagonal"} or (N, N) array
        As in `modularity`; a matrix of flows before the blocs makes it the relative change of `relative_cross_change`.

    Returns
    -------
    float
        1: no cross flow; 0: as if blocs did not matter; negative: more cross flow than that; −∞ if no flow is left
        within blocs.

    Examples
    --------
    >>> import splinternet as sn
    >>> flow = [[0, 6, 1, 1], [6, 0, 1, 1], [1, 1, 0, 6], [1, 1, 6, 0]]
    >>> round(sn.metrics.decoupling_index(flow, ["A", "A", "B", "B"]), 6)
    0.666667
    >>> round(sn.metrics.decoupling_index(flow, ["A", "A", "B", "B"], null="zero_diagonal"), 6)
    0.833333
    """
    mixed = Mixed(flow, blocs, diagonal)
    expected = mixed.null(null)
    if expected is None:
        expected = _core.metrics.proportional_null(mixed.mixing)
    return _core.metrics.relative_cross_change(mixed.mixing, expected, mixed.rivals(rivals))


def relative_cross_change(
    flow: Any, baseline: Any, blocs: Any, *, diagonal: Diagonal | None = None, rivals: Rivals = None
) -> float:
    """Fall of cross-bloc flow relative to flow within blocs since a baseline: a difference in differences.

    Parameters
    ----------
    flow, baseline : (N, N) array, DataFrame, DataArray or SciPy sparse matrix
        Flows now and before, in the same unit and order of countries.
    blocs, diagonal, rivals
        As in `cross_share`.

    Returns
    -------
    float
        0 for equal flows, 0.12 if cross flow has fallen by 12 % where flow within has not; 0 if the baseline lacks
        either.

    Examples
    --------
    >>> import splinternet as sn
    >>> before = [[0, 4, 2], [4, 0, 2], [2, 2, 0]]
    >>> after = [[0, 4, 1], [4, 0, 2], [1, 2, 0]]
    >>> sn.metrics.relative_cross_change(after, before, ["A", "A", "B"])
    0.25
    """
    mixed = Mixed(flow, blocs, diagonal)
    old = flows_of(baseline, "baseline")
    require_same_order(baseline, flow, "baseline", "flow")
    if old.shape != mixed.flow.shape:
        raise ScenarioError(f"baseline: the shape is {old.shape}, but that of flow is {mixed.flow.shape}")
    counts_diagonal(diagonal, old, "baseline")
    return _core.metrics.relative_cross_change(
        mixed.mixing, mixed.sums(old, mixed.is_diagonal_counted), mixed.rivals(rivals)
    )


def bilateral_index(flow: Any, blocs: Any, *, diagonal: Diagonal | None = None) -> Any:
    """Flow between two blocs against the geometric mean of the flows within, for each pair of blocs.

    Parameters
    ----------
    flow, blocs, diagonal
        As in `modularity`.

    Returns
    -------
    xarray.DataArray
        (F_ab + F_ba)/(2·√(F_aa·F_bb)), B × B: 1 on the diagonal and where two blocs exchange as much as within; NaN
        where a bloc has no flow within.

    Examples
    --------
    >>> import splinternet as sn
    >>> flow = [[0, 6, 1, 1], [6, 0, 1, 1], [1, 1, 0, 6], [1, 1, 6, 0]]
    >>> float(sn.metrics.bilateral_index(flow, ["A", "A", "B", "B"]).sel(bloc="A", partner_bloc="B").round(6))
    0.333333
    """
    mixing = mixing_matrix(flow, blocs, diagonal=diagonal)
    cells = checked(mixing, "flow")
    values = [[_core.metrics.bilateral_index(cells, a, b) for b in range(len(cells))] for a in range(len(cells))]
    return mixing.copy(data=np.array(values).reshape(cells.shape)).rename("bilateral_index")
