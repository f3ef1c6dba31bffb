"""From the arrays of a run, as the core holds them, to the xarray.Dataset that its file would give."""

from typing import TYPE_CHECKING, Any

import numpy as np

from splinternet import _core

if TYPE_CHECKING:
    import xarray as xr


def to_xarray(labelled: _core.LabelledDataset) -> "xr.Dataset":
    """Make the Dataset that ``xarray.open_dataset`` gives for the file of the same arrays.

    The arrays bear the attributes that the file has and are decoded as those of a file are, so that dates, flags and
    texts come out alike whatever the version of xarray.
    """
    import xarray as xr  # noqa: PLC0415 - slow

    variables = {name: _variable(labelled.array(name)) for name in labelled.names}
    return xr.decode_cf(xr.Dataset(variables, attrs=dict(labelled.attributes)))


def _variable(array: dict[str, Any]) -> "xr.Variable":
    import xarray as xr  # noqa: PLC0415 - slow

    values, attributes = array["values"], {}
    if array["units"]:
        attributes["units"] = array["units"]
    if array["long_name"]:
        attributes["long_name"] = array["long_name"]
    if values.dtype == bool:
        values, attributes["dtype"] = values.astype(np.int8), "bool"
    if array["flag_meanings"]:
        attributes["flag_values"] = np.arange(len(array["flag_meanings"]), dtype=np.int8)
        attributes["flag_meanings"] = " ".join(array["flag_meanings"])
    # What xarray notes of text of any length in a file, and goes by in decoding it.
    encoding = {"dtype": str} if values.dtype == object else {}
    return xr.Variable(array["dims"], values, attributes, encoding)
