"""Tables (pandas) made of the arrays of a result, with words in the place of numbers of categories."""

from typing import TYPE_CHECKING

import numpy as np

from splinternet._labels import chosen, country_code, needed, reached

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


def dates_of(dataset: "xr.Dataset") -> "pd.DatetimeIndex":
    """Return the dates of all steps as an index named `date`."""
    import pandas as pd  # noqa: PLC0415 - slow

    return pd.DatetimeIndex(dataset.time.values, name="date")


def words(array: "xr.DataArray") -> "pd.Categorical | np.ndarray[tuple[int, ...], np.dtype[np.object_]]":
    """Return the values of an array one after another; of categories their words."""
    import pandas as pd  # noqa: PLC0415 - slow

    meanings = array.attrs.get("flag_meanings")
    if meanings is None:
        return np.asarray(array).ravel()
    return pd.Categorical.from_codes(np.asarray(array, dtype=np.int64).ravel(), str(meanings).split())


def events_of(dataset: "xr.Dataset", kind: str) -> "pd.DataFrame":
    """Return the arrays along `kind` (act, decision, option, answer) as columns, named without that prefix.

    Those that bear a step get a date beside it: that of its beginning, as explanations tell it.
    """
    import pandas as pd  # noqa: PLC0415 - slow

    names = [str(name) for name in dataset.data_vars if dataset[name].dims == (kind,) and str(name).startswith(kind)]
    table = pd.DataFrame({name.removeprefix(f"{kind}_"): words(dataset[name]) for name in names})
    table.index.name = kind
    table.attrs["units"] = {name.removeprefix(f"{kind}_"): dataset[name].attrs.get("units", "") for name in names}
    if "step" in table:
        begins = dataset.time.values[np.maximum(table["step"].to_numpy() - 1, 0)]
        table.insert(1, "date", begins)
    return table


def acts(dataset: "xr.Dataset") -> "pd.DataFrame":
    """List the changes of membership in order of time."""
    needed(dataset, "act_step")
    return events_of(dataset, "act")


def answers(dataset: "xr.Dataset") -> "pd.DataFrame":
    """List the answers of organisations in order of time."""
    needed(dataset, "answer_step")
    return events_of(dataset, "answer").drop(columns=["first_ballot", "ballot_count"])


def decisions(dataset: "xr.Dataset") -> "pd.DataFrame":
    """List the revisions in order of time, with what was chosen: target, offer and total in the place of its number."""
    needed(dataset, "decision_step", "option_target")
    table = events_of(dataset, "decision")
    first, count, number = (table.pop(name).to_numpy() for name in ("first_option", "option_count", "chosen"))
    taken = dataset.isel(option=first + number)
    table["options"] = count
    units = table.attrs["units"] | {"options": "1"}
    for name in ("target", "offer", "total"):
        table[f"chosen_{name}"] = np.asarray(taken[f"option_{name}"])
        units[f"chosen_{name}"] = dataset[f"option_{name}"].attrs.get("units", "")
    table.attrs["units"] = {name: units[name] for name in table if name in units}
    return table


def options(dataset: "xr.Dataset") -> "pd.DataFrame":
    """List the options of all revisions, one below the other, with a column for each payoff term."""
    import pandas as pd  # noqa: PLC0415 - slow

    needed(dataset, "decision_step", "option_target")
    count = dataset.decision_option_count.values
    number = np.arange(dataset.sizes["option"]) - np.repeat(dataset.decision_first_option.values, count)
    revisions = events_of(dataset, "decision")
    head = revisions.loc[np.repeat(np.arange(len(revisions)), count), ["step", "date", "country"]]
    table = pd.DataFrame({"decision": head.index.to_numpy(), **{name: head[name].to_numpy() for name in head}})
    table["option"] = number
    table["is_chosen"] = number == np.repeat(dataset.decision_chosen.values, count)
    own = events_of(dataset, "option")
    terms = dataset.option_value.to_pandas()
    terms.columns.name = None
    table = pd.concat([table, own, terms.reset_index(drop=True)], axis=1)
    table.attrs["units"] = own.attrs["units"] | {
        str(term): dataset.option_value.attrs.get("units", "") for term in terms.columns
    }
    return table


def members(dataset: "xr.Dataset") -> "pd.DataFrame":
    """Count the members of each framework by date."""
    import pandas as pd  # noqa: PLC0415 - slow

    needed(dataset, "member_count")
    columns = pd.Index([str(name) for name in dataset.framework.values], name="framework")
    until = reached(dataset)
    counts = until.member_count.values.astype(np.int64)
    return pd.DataFrame(counts, index=dates_of(until), columns=columns)


def member(dataset: "xr.Dataset", country: object) -> "pd.DataFrame":
    """Tell the membership of one country in each framework by date, in words."""
    import pandas as pd  # noqa: PLC0415 - slow

    code = country_code(dataset, country)
    needed(dataset, "membership")
    until = reached(dataset)
    levels = until.membership.sel(country=code)
    columns = {str(name): words(levels.sel(framework=name)) for name in levels.framework.values}
    table = pd.DataFrame(columns, index=dates_of(until))
    table.columns.name = "framework"
    return table


def metrics(dataset: "xr.Dataset") -> "xr.Dataset":
    """Gather the scalars over time, with dates as the dimension."""
    names = [
        name
        for name in dataset.data_vars
        if dataset[name].dims in (("step",), ("metrics_step",)) and _is_number(dataset[name])
    ]
    scalars = dataset[names].assign_coords(time=dataset.time)
    if "metrics_time" in dataset:
        scalars = scalars.assign_coords(metrics_time=dataset.metrics_time)
    swaps = {"step": "time", "metrics_step": "metrics_time"}
    return scalars.swap_dims({old: new for old, new in swaps.items() if old in scalars.dims})


def to_pandas(dataset: "xr.Dataset", name: str | None, tidy: bool) -> "pd.DataFrame | pd.Series[float]":
    """Return an array, or all scalars over time, as a table with dates as its index; see Result.to_pandas."""
    import pandas as pd  # noqa: PLC0415 - slow

    if name is None:
        scalars = [one for one in dataset.data_vars if dataset[one].dims == ("step",) and _is_number(dataset[one])]
        table = pd.DataFrame({str(one): dataset[one].values for one in scalars}, index=dates_of(dataset))
        return table.melt(var_name="variable", ignore_index=False).reset_index() if tidy else table
    array = dataset[chosen("name", name, dataset.variables)]
    over = {"step": dates_of(dataset)} if "step" in array.dims else {}
    if "metrics_step" in array.dims:
        over["metrics_step"] = pd.DatetimeIndex(dataset.metrics_time.values, name="date")
    levels = [over.get(str(dim), array.indexes.get(dim, pd.RangeIndex(array.sizes[dim]))) for dim in array.dims]
    labels = ["date" if dim in over else str(dim) for dim in array.dims]
    if not levels:
        return pd.DataFrame({name: [array.item()]})
    values = words(array)
    if tidy:
        index = pd.MultiIndex.from_product(levels, names=labels)
        return pd.DataFrame({name: values}, index=index).reset_index()
    rows = levels[0].rename(labels[0])
    if array.ndim == 1:
        return pd.Series(values, index=rows, name=name)
    columns = levels[1].rename(labels[1])
    if array.ndim > 2:
        columns = pd.MultiIndex.from_product(levels[1:], names=labels[1:])
    return pd.DataFrame(np.asarray(values).reshape(len(rows), -1), index=rows, columns=columns)


def _is_number(array: "xr.DataArray") -> bool:
    """Whether an array holds measures: digests (unsigned), texts and dates are none."""
    return array.dtype.kind in "fib"
