"""A result in a line, and in a notebook."""

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from splinternet import _tables
from splinternet._labels import last_step, reached

if TYPE_CHECKING:
    import xarray as xr


def facts(dataset: "xr.Dataset") -> str:
    """Tell how large the world is, and from when to when it ran."""
    last, horizon = last_step(dataset), dataset.sizes["step"] - 1
    start, end = (np.datetime_as_string(dataset.time.values[step], "D") for step in (0, last))
    frameworks = dataset.sizes["framework"]
    parts = [
        f"{frameworks} framework" + "s" * (frameworks != 1),
        f"{start} to {end} in {last}{f' of {horizon}' if last < horizon else ''} steps",
        f"seed {dataset.attrs['seed']}",
    ]
    if "country" in dataset.sizes:
        parts.insert(0, f"{dataset.sizes['country']} {'countries' if 'gdp' in dataset else 'actors'}")
    return ", ".join(parts)


def html(dataset: "xr.Dataset", name: str) -> str:
    """Show title and facts, the members with a small picture of their course, and the index."""
    from splinternet._figures.sparkline import sparkline  # noqa: PLC0415 - loads matplotlib

    rows = []
    if "member_count" in dataset:
        members = _tables.members(dataset)
        for place, framework in enumerate(members.columns):
            curve = sparkline(members[framework].to_numpy(), 1 + place)
            title = str(dataset.framework_name.values[place])
            rows.append((title, f"{members[framework].iloc[-1]} members", curve))
    if "splinternet_index" in dataset:
        index = reached(dataset).splinternet_index.values
        rows.append(("Splinternet index", f"{index[0]:.3f} \u2192 {index[-1]:.3f}", sparkline(index, 0)))
    left = "<td style='text-align:left'>"
    cells = "".join(
        f"<tr>{left}{escape(what)}</td>{left}{value}</td><td>{curve}</td></tr>" for what, value, curve in rows
    )
    head = f"<b>{escape(str(dataset.attrs['title']) or name)}</b><br>{escape(name)}: {facts(dataset)}"
    return f"<div>{head}<table>{cells}</table></div>"
