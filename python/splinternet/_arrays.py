"""From what users hold (lists, NumPy, xarray, pandas, SciPy sparse) to arrays that the core takes, with labels kept.

Every message names the argument, says what is wrong with it and how to mend it.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from splinternet._core import ScenarioError
from splinternet._labels import unknown

Floats = NDArray[np.float64]

_MOST_CELLS = 2**28  # 2 GB as an array


def labels_of(value: Any) -> list[str] | None:
    """Labels along the first axis of a DataArray, DataFrame or Series; None for arrays without."""
    return axis_labels(value, 0)


def _require_room(value: Any, name: str) -> None:
    """Refuse what takes no memory until it is an array."""
    is_sparse = hasattr(value, "toarray") and hasattr(value, "nnz")
    cells = math.prod(value.shape) if is_sparse else len(value) if isinstance(value, range) else 0
    if cells > _MOST_CELLS:
        raise ScenarioError(
            f"{name}: {cells} numbers{' with the zeros' * is_sparse}, but at most {_MOST_CELLS} can be handled"
        )


def dense(value: Any, name: str) -> Floats:
    """Any array of numbers as float64, rows one after another; a copy is made only if needed."""
    _require_room(value, name)
    if hasattr(value, "toarray") and hasattr(value, "nnz"):  # SciPy sparse, matrix or array
        value = value.toarray()
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "fiub":
            raise TypeError(f"it holds {array.dtype}")
        return np.ascontiguousarray(array, dtype=np.float64).reshape(array.shape)
    except (TypeError, ValueError) as error:
        raise ScenarioError(f"{name}: an array of numbers is needed, but {error}") from None


def is_single(value: Any, name: str) -> bool:
    """Whether it is one number, not an array of any; refuse lists of unequal lengths."""
    _require_room(value, name)
    try:
        return np.ndim(value) == 0
    except ValueError as error:
        raise ScenarioError(f"{name}: an array of numbers is needed, but {error}") from None


def plain_array(value: Any, name: str) -> NDArray[Any]:
    """Return an array of whatever it holds; refuse lists of unequal lengths."""
    _require_room(value, name)
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ScenarioError(f"{name}: a plain list is needed, but {error}") from None


def _first_place(bad: NDArray[np.bool_], value: Any) -> str:
    place = tuple(int(at) for at in np.argwhere(bad)[0])
    labels = labels_of(value)
    named = f" ({labels[place[0]]})" if labels is not None and place else ""
    return "[" + ", ".join(str(at) for at in place) + "]" + named


def checked(
    value: Any,
    name: str,
    *,
    shape: Sequence[int | None] | None = None,
    minimum: float | None = None,
    finite: bool = True,
) -> Floats:
    """Return an array of numbers of the shape (None: any length of that axis), finite and not below `minimum`.

    Raises
    ------
    ScenarioError
        Naming the argument, the first element that is wrong, and what is needed.
    """
    array = dense(value, name)
    if shape is not None:
        fits = array.ndim == len(shape) and all(
            want is None or want == got for want, got in zip(shape, array.shape, strict=False)
        )
        if not fits:
            wanted = "(" + ", ".join("any" if size is None else str(size) for size in shape) + ")"
            raise ScenarioError(f"{name}: the shape is {array.shape}, but {wanted} is needed")
    if finite and not np.isfinite(array).all():
        bad = ~np.isfinite(array)
        raise ScenarioError(
            f"{name}{_first_place(bad, value)} is {array[bad].flat[0]}, and so are {int(bad.sum()) - 1} more: "
            "finite numbers are needed; fill or drop what is missing"
        )
    if minimum is not None and (array < minimum).any():
        bad = array < minimum
        raise ScenarioError(
            f"{name}{_first_place(bad, value)} is {array[bad].flat[0]:g}, but at least {minimum:g} is needed"
        )
    return array


def square(value: Any, name: str, *, minimum: float | None = None, finite: bool = True) -> Floats:
    """Return a square matrix; of an xarray or pandas one, both axes must bear the same labels in the same order."""
    array = checked(value, name, shape=(None, None), minimum=minimum, finite=finite)
    if array.shape[0] != array.shape[1]:
        raise ScenarioError(f"{name}: the shape is {array.shape}, but a square matrix is needed")
    rows = labels_of(value)
    columns = labels_of(value.T) if rows is not None else None
    if rows is not None and columns is not None and rows != columns:
        at = next(place for place, (row, column) in enumerate(zip(rows, columns, strict=True)) if row != column)
        raise ScenarioError(
            f"{name}: row {at} is {rows[at]} but column {at} is {columns[at]}: bring both axes into the same order"
        )
    return array


def relabelled(values: Any, like: Any, dims: Sequence[str], name: str | None = None) -> Any:
    """`values` as a DataArray with the labels of `like` on every axis if that had any, else as they are."""
    labels = labels_of(like)
    return with_labels(values, dict.fromkeys(dims, labels), name)


def axis_labels(value: Any, axis: int) -> list[str] | None:
    """Labels along any axis of a DataArray, DataFrame or Series; None for arrays and axes without."""
    if hasattr(value, "dims") and hasattr(value, "coords"):
        dim = value.dims[axis] if -len(value.dims) <= axis < len(value.dims) else None
        return [str(label) for label in value.coords[dim].values] if dim in value.coords else None
    if hasattr(value, "axes") and hasattr(value, "iloc"):
        return [str(label) for label in value.axes[axis]] if -value.ndim <= axis < value.ndim else None
    return None


def with_labels(values: Any, labels: Mapping[str, Sequence[str] | None], name: str | None) -> Any:
    """`values` as a DataArray whose dims are the keys, if any of them bears labels; else as they are."""
    if all(names is None for names in labels.values()):
        return values
    import xarray as xr  # noqa: PLC0415 - slow, and not needed by who passes plain arrays

    coords = {dim: list(names) for dim, names in labels.items() if names is not None}
    return xr.DataArray(values, dims=list(labels), coords=coords, name=name)


def place_of(item: Any, labels: Sequence[str] | None, count: int, name: str) -> int:
    """Return the place of an item given by label, or by number where labels are none or no numbers themselves."""
    if labels is not None and str(item) in labels:
        return labels.index(str(item))
    numbered = labels is None or not any(label.lstrip("-").isdigit() for label in labels)
    if numbered and isinstance(item, int | np.integer) and 0 <= int(item) < count:
        return int(item)
    known = list(labels) if labels is not None else [f"0 to {count - 1}"]
    raise unknown(name, item, known)
