"""Which picture answers `Result.plot` and `Result.map`, and whether the result holds what it takes."""

import tomllib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from splinternet._core import ScenarioError
from splinternet._labels import Step, chosen, country_code, needed, reached, state_at, unknown

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from splinternet._figures.run_file import RunFile

#: Pictures with a name, and the arrays that each draws.
KINDS = {
    "overview": (),
    "members": ("member_count", "signatory_count"),
    "index": ("splinternet_index", "decoupling_data", "decoupling_trade", "reach_loss", "polarization"),
    "income": ("bloc", "real_income", "world_real_income"),
    "transit": ("bloc", "transit_share"),
    "map": ("membership",),
}
#: Lines in one picture: there are no more colours.
MOST_LINES = 7


def plot(dataset: "xr.Dataset", kind: str | None, only: Sequence[str] | None) -> "Figure":
    """Draw the picture of this kind, or the array of this name over time; see Result.plot."""
    if kind not in KINDS and kind is not None:
        if kind not in dataset.data_vars:
            raise unknown("kind", kind, [*KINDS, *dataset.data_vars])
        return _plot_array(dataset, kind, only)
    if only is not None:
        raise ScenarioError(f"only: {kind or 'overview'} shows everything; only= is for arrays over time")
    if kind == "map":
        return draw_map(dataset, -1, None)
    if kind in (None, "overview"):
        return _plot_overview(dataset, kind)
    from splinternet._figures import charts, panels  # noqa: PLC0415 - loads matplotlib

    needed(dataset, *KINDS[kind])
    painters: dict[str, Callable[..., None]] = {
        "members": charts.draw_membership,
        "index": charts.draw_index,
        "income": charts.draw_welfare,
        "transit": charts.draw_transit,
    }
    place = panels.WIDE_PLACE if kind in ("income", "transit") else panels.PLACE
    return panels.draw_panel(run_of(dataset), painters[kind], place)


def draw_map(dataset: "xr.Dataset", step: Step, variable: str | None) -> "Figure":
    """Draw the map of blocs, or of an array by country; see Result.map."""
    from splinternet._figures import maps  # noqa: PLC0415 - loads matplotlib

    place = state_at(dataset, step)
    if variable is None or variable == "bloc":
        needed(dataset, "membership")
        return maps.draw_blocs(run_of(dataset), place)
    array = dataset[chosen("variable", variable, _by_country(dataset))]
    when = ""
    if "step" in array.dims:
        array, when = array.isel(step=place), _day(dataset.time, place)
    elif "metrics_step" in array.dims:
        # These are measured at some steps only: the last of them up to the step that was asked for.
        place = int(np.searchsorted(dataset.metrics_step.values, place, side="right")) - 1
        array, when = array.isel(metrics_step=place), _day(dataset.metrics_time, place)
    return maps.draw_array(run_of(dataset), array.values, dict(array.attrs), when)


def _day(times: "xr.DataArray", place: int) -> str:
    return str(np.datetime_as_string(times.values[place], "D"))


def run_of(dataset: "xr.Dataset") -> "RunFile":
    """Return the result as the drawing code takes it."""
    from splinternet._figures.run_file import RunFile  # noqa: PLC0415 - loads xarray

    return RunFile(reached(dataset), tomllib.loads(str(dataset.attrs["scenario"])))


def _by_country(dataset: "xr.Dataset") -> list[str]:
    """Names of the arrays of numbers that a map can show."""
    shapes = ({"country"}, {"step", "country"}, {"metrics_step", "country"})
    return [
        str(name)
        for name, array in dataset.data_vars.items()
        if set(array.dims) in shapes and array.dtype.kind in "fib"
    ]


def _plot_overview(dataset: "xr.Dataset", kind: str | None) -> "Figure":
    from splinternet._figures import overview, panels  # noqa: PLC0415 - loads matplotlib
    from splinternet._figures.run_file import SERIES  # noqa: PLC0415

    run = run_of(dataset)
    is_whole = all(name in dataset.variables for name in SERIES)
    if run.has_map and (is_whole or kind == "overview"):
        needed(dataset, *SERIES)
        return overview.draw(run)[0]
    needed(dataset, *KINDS["members"])
    return panels.draw_world(run)


def _plot_array(dataset: "xr.Dataset", name: str, only: Sequence[str] | None) -> "Figure":
    """Draw an array over time, a line for each label of its other dimension: `only` those, or the largest."""
    from splinternet._figures import panels  # noqa: PLC0415 - loads matplotlib

    array = dataset[name]
    time = "metrics_time" if "metrics_step" in array.dims else "time"
    if array.ndim not in (1, 2) or array.dims[0] not in ("step", "metrics_step") or array.dtype.kind not in "fib":
        raise ScenarioError(
            f"kind: {name} has the dimensions {array.dims} and is no series over time, or one by more than one "
            "label; take a part of result.dataset and plot that with its own .plot()"
        )
    lines = {} if array.ndim == 2 else {name: array.values.astype(float)}
    for label in _labels(dataset, array, only):
        lines[label] = array.sel({array.dims[1]: label}).values.astype(float)
    return panels.draw_lines(run_of(dataset), dataset[time].values, lines, array.attrs)


def _labels(dataset: "xr.Dataset", array: "xr.DataArray", only: Sequence[str] | None) -> list[str]:
    if array.ndim == 1:
        if only is not None:
            raise ScenarioError(f"only: {array.name} is one series, there is nothing to choose from")
        return []
    dim = str(array.dims[1])
    known = [str(label) for label in array[dim].values]
    if only is None:
        size = np.nanmax(np.abs(np.nan_to_num(array.values.astype(float))), axis=0, initial=0.0)
        return [known[place] for place in np.argsort(-size, kind="stable")[:MOST_LINES]]
    wanted = [only] if isinstance(only, str) else list(only)
    if not 1 <= len(wanted) <= MOST_LINES:
        raise ScenarioError(f"only: {len(wanted)} lines are asked for; from 1 to {MOST_LINES} can be told apart")
    find: Callable[[Any], str] = (
        (lambda label: country_code(dataset, label)) if dim == "country" else lambda label: chosen("only", label, known)
    )
    return [find(label) for label in wanted]
