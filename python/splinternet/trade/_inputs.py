"""Trade data as users hold them, made into the arrays of the core and labelled again on the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from splinternet._arrays import Floats, axis_labels, checked, dense, place_of, with_labels
from splinternet._core import ScenarioError
from splinternet._labels import unknown

_PAIR = ("exporter", "importer")


def arranged(value: Any, dims: Sequence[str]) -> Any:
    """Bring a DataArray whose dims bear these names into their order; return anything else as it is."""
    if hasattr(value, "dims") and hasattr(value, "transpose") and set(dims) <= set(value.dims):
        rest = [dim for dim in value.dims if dim not in dims]
        return value.transpose(*rest, *dims)
    return value


@dataclass(frozen=True)
class World:
    """Countries and sectors of one set of flows: how many, and what they are called."""

    countries: int
    sectors: int
    stacked: bool  # whether flows came as a stack of sectors
    country_labels: list[str] | None
    sector_labels: list[str] | None

    @property
    def labels(self) -> list[str]:
        """Names of countries for messages of the core; none if they have none."""
        return self.country_labels or []

    def row(self, country: Any, name: str) -> int:
        """Return the row of a country given by label, or by number where labels are no numbers."""
        return place_of(country, self.country_labels, self.countries, name)

    def by_country(self, values: Any, name: str, dim: str = "country") -> Any:
        """Values [country], labelled."""
        return with_labels(values, {dim: self.country_labels}, name)

    def by_sector(self, values: Any, name: str) -> Any:
        """Values [sector, country], labelled; [country] if flows were one matrix."""
        if not self.stacked:
            return self.by_country(values[0], name)
        return with_labels(values, {"sector": self.sector_labels, "country": self.country_labels}, name)

    def by_pair(self, values: Any, name: str, dims: tuple[str, str] = _PAIR) -> Any:
        """Values [sector, exporter, importer], labelled; without the sector if flows were one matrix."""
        labels: dict[str, list[str] | None] = dict.fromkeys(dims, self.country_labels)
        if values.ndim == 2 or not self.stacked:
            return with_labels(values.reshape(values.shape[-2:]), labels, name)
        return with_labels(values, {"sector": self.sector_labels, **labels}, name)

    def pairs(self, value: Any, name: str) -> Floats | None:
        """Return a change by pair as [sector, exporter, importer]; one matrix does for all sectors, None stays None."""
        if value is None:
            return None
        value = arranged(value, _PAIR)
        array = self._in_order(dense(value, name), value, name, axes=2)
        if array.ndim == 2:
            array = array[None]
        return self._spread(array, name, (self.sectors, self.countries, self.countries))

    def table(self, value: Any, name: str) -> Floats:
        """Values by sector and country; one row stands for all sectors, one number for all."""
        value = arranged(value, ("country",))
        array = self._in_order(dense(self._listed(value, name, absent=1.0), name), value, name, axes=1)
        return self._spread(array, name, (self.sectors, self.countries))

    def column(self, value: Any, name: str, *, absent: float | None = None) -> Floats | None:
        """Values by country: an array, a Series, or a mapping, in which absent countries are so. None stays None."""
        if value is None:
            return None
        array = self._in_order(checked(self._listed(value, name, absent), name), value, name, axes=1)
        if array.shape != (self.countries,):
            raise ScenarioError(f"{name}: the shape is {array.shape}, but ({self.countries},) is needed")
        return np.ascontiguousarray(array)

    def _listed(self, value: Any, name: str, absent: float | None) -> Any:
        if not isinstance(value, Mapping):
            return value
        listed = np.full(self.countries, np.nan if absent is None else absent)
        for country, number in value.items():
            listed[self.row(country, name)] = checked(number, f"{name}[{country!r}]", shape=(), finite=False)
        return listed

    def _spread(self, array: Floats, name: str, shape: tuple[int, ...]) -> Floats:
        try:
            return np.ascontiguousarray(np.broadcast_to(array, shape))
        except ValueError:
            also = ", or one matrix for all sectors" if len(shape) == 3 else ""
            raise ScenarioError(
                f"{name}: the shape is {array.shape}, but {shape} is needed as in the flows{also}"
            ) from None

    def _in_order(self, array: Floats, value: Any, name: str, axes: int) -> Floats:
        """Bring the last axes into the order of the countries, by their labels if the array bears any."""
        for axis in range(-axes, 0):
            labels = axis_labels(value, axis) if array.ndim >= -axis else None
            if labels is None or self.country_labels is None or labels == self.country_labels:
                continue
            for label in labels:
                if label not in self.country_labels:
                    raise unknown(name, label, self.country_labels)
            missing = [label for label in self.country_labels if label not in labels]
            if missing:
                raise ScenarioError(f"{name}: {missing[0]} is missing; it must name all countries of the flows")
            array = np.take(array, [labels.index(label) for label in self.country_labels], axis=axis)
        return array


def flows_and_world(flows: Any, name: str = "flows") -> tuple[Floats, World]:
    """Flows as [sector, exporter, importer], and who is who in them."""
    flows = arranged(flows, _PAIR)
    array = checked(flows, name, minimum=0.0)
    if array.ndim not in (2, 3) or array.shape[-1] != array.shape[-2] or array.size == 0:
        raise ScenarioError(
            f"{name}: the shape is {array.shape}, but (exporter, importer) or (sector, exporter, importer) is needed, "
            "with home sales on the diagonal"
        )
    rows, columns = axis_labels(flows, -2), axis_labels(flows, -1)
    if rows is not None and columns is not None and rows != columns:
        at = next(place for place, pair in enumerate(zip(rows, columns, strict=True)) if pair[0] != pair[1])
        raise ScenarioError(
            f"{name}: row {at} is {rows[at]} but column {at} is {columns[at]}: bring both axes into the same order"
        )
    if rows is not None and len(set(rows)) < len(rows):
        raise ScenarioError(f"{name}: the label {next(r for r in rows if rows.count(r) > 1)} stands twice")
    stacked = array.ndim == 3
    world = World(
        countries=array.shape[-1],
        sectors=array.shape[0] if stacked else 1,
        stacked=stacked,
        country_labels=rows if columns is not None else None,
        sector_labels=axis_labels(flows, 0) if stacked else None,
    )
    return array if stacked else array[None], world


def elasticities(value: Any, sectors: int) -> Floats:
    """Trade elasticities by sector; one number stands for all. The core checks their range."""
    array = np.atleast_1d(checked(value, "elasticity"))
    if array.shape == (1,):
        array = np.repeat(array, sectors)
    if array.shape != (sectors,):
        raise ScenarioError(f"elasticity: the shape is {array.shape}, but one number or ({sectors},) is needed")
    return array


def positive(value: float, name: str) -> float:
    """Return the number if it is positive and finite."""
    number = float(checked(value, name, shape=()))
    if not number > 0.0:
        raise ScenarioError(f"{name} is {number:g}, but it must be positive")
    return number


def frame_by_country(result: Any, names: Sequence[str]) -> Any:
    """Arrays [country] of a result as columns of a pandas DataFrame, by label, or by number without labels."""
    import pandas as pd  # noqa: PLC0415 - slow, and not needed by who passes plain arrays

    columns = {name: np.asarray(getattr(result, name)) for name in names}
    labels = axis_labels(getattr(result, names[0]), 0)
    return pd.DataFrame(columns, pd.Index(range(len(columns[names[0]])) if labels is None else labels, name="country"))


def changes(trade: Floats, baseline: Floats) -> Floats:
    """Ratios of new to old; NaN where there was nothing before."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(baseline > 0.0, trade / baseline, np.nan)
