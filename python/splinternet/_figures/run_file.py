"""A result file of `splinternet run`, read and checked for what the figures need."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

#: The parts of the splinternet index, in the order in which they are stacked, with their names in pictures.
INDEX_PARTS = {
    "decoupling_data": "decoupling of data flows",
    "decoupling_trade": "decoupling of trade",
    "reach_loss": "reach loss",
    "polarization": "polarization",
}
SERIES = (
    "time",
    "bloc",
    "membership",
    "member_count",
    "signatory_count",
    "splinternet_index",
    "real_income",
    "world_real_income",
    "world_digital_exports",
    "transit_share",
    "country_name",
    "framework_name",
    *INDEX_PARTS,
)


class ReadError(Exception):
    """The file cannot be read as a result of `splinternet run`; the text is for the user."""


@dataclass(frozen=True)
class RunFile:
    """One run: its arrays, by the names of the file, and its resolved scenario.

    Attributes
    ----------
    data
        The file as xarray shows it, loaded; dimensions step, country, framework.
    scenario
        The resolved scenario, as parsed TOML.
    """

    data: xr.Dataset
    scenario: dict[str, Any]

    @property
    def dates(self) -> NDArray[Any]:
        """Date of each step."""
        return np.asarray(self.data.time)

    @property
    def countries(self) -> list[str]:
        """ISO 3166-1 alpha-3 codes in the order of the file."""
        return [str(code) for code in self.data.country.values]

    @property
    def frameworks(self) -> list[str]:
        """Ids of the frameworks."""
        return [str(name) for name in self.data.framework.values]

    @property
    def framework_names(self) -> list[str]:
        """Names of the frameworks, as written for people."""
        return [str(name) for name in self.data.framework_name.values]

    @property
    def has_map(self) -> bool:
        """Whether it is a world of countries, not of actors."""
        return "gdp" in self.data

    @cached_property
    def sponsors(self) -> set[str]:
        """Codes of the countries that sponsor a framework."""
        frameworks = self.scenario.get("framework", {}).values()
        return {code for framework in frameworks for code in framework.get("sponsors", [])}

    @cached_property
    def index_weights(self) -> dict[str, float]:
        """Weight of each part of the splinternet index; they sum to one."""
        metrics = self.scenario["metrics"]
        weights = {part: float(metrics[f"weight_{part}"]) for part in INDEX_PARTS}
        total = sum(weights.values())
        return {part: weight / total for part, weight in weights.items()}

    @cached_property
    def events(self) -> list[tuple[int, str]]:
        """(step, id) of the events that happened, in order of time."""
        if "event_step" not in self.data:
            return []
        steps = self.data.event_step
        return sorted(
            (int(step), str(name)) for step, name in zip(steps.values, steps.event.values, strict=True) if step >= 0
        )

    def event_date(self, step: int) -> Any:
        """Date at which events of a step take effect: its beginning, whereas the state is that of its end."""
        return self.dates[max(step - 1, 0)]

    def final(self, name: str) -> NDArray[Any]:
        """Values of an array at the last step."""
        return np.asarray(self.data[name].isel(step=-1))

    def levels(self, step: int = -1) -> NDArray[Any]:
        """Membership of each country in each framework at a step: 0 none, 1 listed, 2 signed."""
        return np.asarray(self.data.membership.isel(step=step))

    def blocs(self, step: int = -1) -> NDArray[Any]:
        """Bloc of each country at a step: 0 for the unaligned, 1 + k for framework k.

        Worlds without a map record none: there it is the first framework among those of the highest level.
        """
        if "bloc" in self.data:
            return np.asarray(self.data.bloc.isel(step=step))
        levels = self.levels(step)
        if levels.shape[1] == 0:
            return np.zeros(len(levels), dtype=np.int8)
        return np.where(levels.max(axis=1) > 0, 1 + levels.argmax(axis=1), 0)


def read_run(path: Path) -> RunFile:
    """Read a result file.

    Raises
    ------
    ReadError
        The file is missing, damaged, no result of `splinternet run`, or lacks an array that is drawn.
    """
    if not path.is_file():
        raise ReadError(f"{path}: no such file")
    try:
        with xr.open_dataset(path, engine="h5netcdf") as opened:
            kind = str(opened.attrs.get("file_type", ""))
            data = opened.load() if kind == "splinternet run" else None
    except (OSError, ValueError, KeyError) as error:
        raise ReadError(f"{path}: cannot be read as HDF5 ({error})") from error
    if data is None:
        raise ReadError(f"{path}: not a result of splinternet run (file_type is '{kind}')")
    missing = [name for name in SERIES if name not in data]
    if missing:
        raise ReadError(f"{path}: lacks {', '.join(missing)}; record these arrays and run again")
    try:
        scenario = tomllib.loads(str(data.attrs["scenario"]))
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"{path}: the attribute 'scenario' is missing or no TOML ({error})") from error
    return RunFile(data, scenario)
